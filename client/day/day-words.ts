// The words of the clinician's day.
import type { AppointmentItem, AskingVisit } from '../../server/wire/wire.ts'
import { plural } from '../base/plural.ts'

const sentence = plural('en')
type Asking = Readonly<Record<AskingVisit['as'], number>>
type Visit = NonNullable<AppointmentItem['visit']>
type Expected = NonNullable<AppointmentItem['expected']>[number]
type Invited = NonNullable<Visit['invited']>[number]
const list = new Intl.ListFormat('en-GB')

const states: Readonly<Record<Invited['state'], string>> = {
  sent: 'has not opened the link',
  opened: 'not at the door yet',
  waiting: 'at the door',
  admitted: 'was let in',
  in: 'in the call',
  left: 'has left',
  declined: 'was sent away',
}
const invitedOne = ({ name, as, state }: Invited): string =>
  as === 'interpreter' ? `${name} (interpreter, ${states[state]})` : `${name} (${states[state]})`

export const day = {
  title: 'Today – video visits',
  today: (day: string) => `Today, ${day}`,
  waiting: {
    now: 'Loading today’s appointments…',
    still: 'Still waiting for today’s appointments. This takes longer than usual.',
  },
  going: {
    now: 'Opening the visit…',
    still: 'Still opening the visit. This takes longer than usual.',
  },
  ehr: 'What this health record system can do',
  none: 'You have no video visits today.',
  incomplete:
    'Not all appointments could be read from the health record system. Look in its schedule for what is missing here, or try again.',
  /** Beside the words that the health record system says nothing. */
  asRead: (clock: string) =>
    `The appointments below are as they were read at ${clock} today, and may have changed since. Who waits is as it is now.`,
  knownHere:
    'Your day could not be read yet. Below are only the visits that you opened today, those at which somebody waits, and those with something left to do. Others may be missing.',
  untimed: 'Without a time',
  now: (clock: string) => `Now ${clock}`,
  count: (people: number) =>
    people === 0
      ? 'Nobody is waiting.'
      : sentence(people, { one: `${people} person is waiting.`, other: `${people} people are waiting.` }),
  /** Who would rather speak by telephone, and who tried a locked door. */
  asking: ({ 'by-telephone': telephone, locked }: Asking) =>
    [
      ...(telephone === 0
        ? []
        : [
            sentence(telephone, {
              one: '1 asks to speak by telephone.',
              other: `${telephone} ask to speak by telephone.`,
            }),
          ]),
      ...(locked === 0
        ? []
        : [
            sentence(locked, {
              one: '1 tried to come in at a locked door.',
              other: `${locked} tried to come in at locked doors.`,
            }),
          ]),
    ].join(' '),
  /** `span`: how long the longest of them has waited. */
  outOfReach: (visits: number, span: string) =>
    sentence(visits, {
      one: `1 other patient of yours is waiting, for ${span}. Open the visit from your health record system.`,
      other: `${visits} other patients of yours are waiting, the longest for ${span}. Open their visits from your health record system.`,
    }),
  close: 'Close',
}

const notes: Readonly<Record<Visit['note'], string>> = {
  none: 'No note written.',
  preliminary: 'Note not signed.',
  final: 'Note signed, not in the chart.',
  pending: 'Note on its way to the chart.',
  filed: 'Note in the chart.',
  unknown: 'Look for the note in the chart.',
  'not-filed': 'Note not in the chart.',
  'entered-in-error': 'Note marked as entered in error.',
}

export const row = {
  hours: <T>(start: string, end: string, quiet: (words: string) => T) => [start, quiet(` to ${end}`)] as const,
  waiting: (people: number) => sentence(people, { one: `${people} person waiting`, other: `${people} people waiting` }),
  waitingSince: (people: number, span: string, clock: string) =>
    sentence(people, {
      one: `${people} person waiting, ${span}, since ${clock}`,
      other: `${people} people waiting, ${span}, since ${clock}`,
    }),
  notThere: 'Came to the door; their page is not open now',
  became: {
    left: 'Came, and left again',
    'let-in': 'Let in. The call has not begun.',
    'sent-away': 'Came, and was sent away',
  },
  /** In the record's own words. */
  speaks: (language: string) => `Language: ${language}`,
  expected: (names: readonly string[]) => `Expected too: ${list.format(names)}`,
  expectedAs: ({ name, as }: Expected) => (as === 'interpreter' ? `${name} (interpreter)` : name),
  /** Who comes by a link, and how far each is. */
  invited: (all: readonly Invited[]) => `Invited: ${list.format(all.map(invitedOne))}`,
  lacks: (devices: readonly ('camera' | 'microphone')[]) =>
    devices.map((one) => ({ camera: 'No camera', microphone: 'No microphone' })[one]).join(', '),
  overdue: (span: string) => `Nobody there yet, ${span} after the start`,
  cannotCome: (clock: string) => `Says that they cannot make it, since ${clock}`,
  byTelephone: (clock: string) => `Asks to speak by telephone, since ${clock}`,
  tried: (clock: string) => `Tried to come in at ${clock}. The door is locked.`,
  unanswered: (clock: string) => `Nobody has answered since ${clock}`,
  denied: (clock: string) => `Not this person, as was said at ${clock}`,
  here: 'This visit',
  inProgress: 'In progress',
  cancelled: 'Cancelled',
  done: 'Done, as the chart says',
  opens: (clock: string) => `Opens ${clock}`,
  over: 'Time has passed',
  unusable: 'Not complete in the schedule',
  hidden: 'The chart does not show you this appointment now',
  untimed: 'It says no time that can be relied on. Complete it in the schedule, with its time zone.',
  noTime: 'Time not known',
  patientUnread: 'The patient’s record could not be read',
  anyway: 'Open it all the same',
  nobody: 'Nobody there yet',
  checking: 'Signed in, has not knocked yet',
  ended: 'Ended.',
  endedItself: 'Left open, and ended by itself.',
  outcomes: {
    unsaid: 'Ended. Nobody has said yet what happened.',
    came: 'Ended.',
    telephone: 'By telephone.',
    'another-came': 'Another person came; the patient did not.',
    'did-not-come': 'Did not come.',
    moved: 'Moved to another time.',
    'technical-failure': 'Failed for a technical reason.',
  },
  notes,
  notesOfAnother: {
    open: 'Note not signed, and kept here: whoever came was not this patient.',
    signed: 'Note signed, and kept here: whoever came was not this patient.',
  },
  opening: 'Opening…',
}

type Way = { readonly shown: string; readonly spoken: (patient: string, clock: string) => string }

/** The button of a row: what stands on it, and what is read out. */
export const ways: Readonly<Record<'back' | 'note' | 'visit' | 'what', Way>> = {
  what: {
    shown: 'What happened?',
    spoken: (patient, clock) => `What happened in the visit with ${patient}, ${clock}?`,
  },
  back: { shown: 'Back to visit', spoken: (patient, clock) => `Back to visit with ${patient}, ${clock}` },
  note: { shown: 'Open note', spoken: (patient, clock) => `Open note with ${patient}, ${clock}` },
  visit: { shown: 'Open visit', spoken: (patient, clock) => `Open visit with ${patient}, ${clock}` },
}
