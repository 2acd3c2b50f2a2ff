// What a clinician reads of a visit into which somebody was let while the health record system did not answer.
import type { CalledOff, FoundOtherwise } from '../../server/wire/wire.ts'

const found: Readonly<Record<FoundOtherwise, string>> = {
  cancelled: 'Since then it says that this appointment was cancelled. Look in the schedule.',
  moved: 'Since then it says that this appointment is at another time. Look in the schedule.',
  'another-patient': 'Since then it says that this appointment is another patient’s. Look in the schedule.',
  unclear: 'Since then it does not say clearly how this appointment stands. Look in the schedule.',
}

export const letInWords = {
  letIn: (start: string, read: string) =>
    `Let in as booked at ${start}, read at ${read}: the health record system did not say how the appointment stands.`,
  unread: 'We ask it again by ourselves.',
  found,
  /** Before a note is signed, and where it did not go. */
  before: 'Before the note goes to the chart it is asked once more.',
  ask: 'Should the note go to the chart all the same?',
  endSignAndFile: 'End the visit, sign and file all the same',
  signAndFile: 'Sign and file all the same',
}

const off: Readonly<Record<CalledOff['as'], string>> = {
  cancelled: 'this appointment was cancelled',
  noshow: 'this appointment is marked as not attended',
  'entered-in-error': 'this appointment was entered in error',
  deleted: 'this appointment was deleted',
}

/** Of an appointment that was called off while its visit was under way. */
export const calledOffWords = ({ as }: CalledOff, clock: string) =>
  `At ${clock} the health record system said that ${off[as]}. The visit does not end by that. Look in the schedule.`

/** Of one that was moved then: in words, when it is and when it was. */
export const movedWords = (to: string, from: string, clock: string) =>
  `At ${clock} the health record system said that this appointment is now ${to}. Before that it was ${from}. The visit does not end by that. Look in the schedule.`
export const fromUntil = (from: string, until: string) => `${from}, until ${until}`

type Open = FoundOtherwise | 'unread'

/** Where a note or a draft did not go to the chart since the appointment stands otherwise, or nobody knows how. */
export const otherwiseWords = {
  /** `time`: when it was asked, to the second, for it may be pressed twice within a minute. */
  unread: (time: string | undefined) =>
    `The health record system did not say how the appointment stands${time === undefined ? '' : `: we asked it at ${time}`}.`,
  found: {
    cancelled: 'The health record system was asked, and says that this appointment was cancelled.',
    moved: 'The health record system was asked, and says that this appointment is at another time.',
    'another-patient': 'The health record system was asked, and says that this appointment is another patient’s.',
    unclear: 'The health record system was asked, and does not say clearly how this appointment stands.',
  } satisfies Record<FoundOtherwise, string>,
  movedTo: (time: string) => `The health record system was asked, and says that this appointment is now ${time}.`,
  kept: {
    unread: 'Nothing was sent, and the note is kept here. Ask again, or file it without that answer.',
    found: 'Nothing was sent. Look in the schedule: does the note belong in this chart?',
  },
  file: {
    unread: 'File without its answer',
    cancelled: 'File though it was cancelled',
    moved: 'File though it was moved',
    'another-patient': 'File though it is another patient’s',
    unclear: 'File though it is not clear',
  } satisfies Record<Open, string>,
  askAgain: 'Ask again, then file',
  draft: {
    unread: 'Save the draft without its answer',
    cancelled: 'Save the draft though it was cancelled',
    moved: 'Save the draft though it was moved',
    'another-patient': 'Save the draft though it is another patient’s',
    unclear: 'Save the draft though it is not clear',
  } satisfies Record<Open, string>,
}
