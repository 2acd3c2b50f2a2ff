// What a clinician reads of a visit into which somebody was let while the health record system did not answer.
import type { FoundOtherwise } from '../../server/wire/wire.ts'

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
  file: 'File all the same',
  draft: 'Put the draft into the chart all the same',
}
