// The words of what happened in a visit in which nobody of the patient's side was seen in the call.
import type { Happening, OutcomeInChart } from '../../server/wire/wire.ts'

type Option = { readonly label: string; readonly means: string }

const options: Readonly<Record<Happening, Option>> = {
  came: {
    label: 'The patient came all the same',
    means: 'You met the patient, or somebody for them. The appointment is marked as done.',
  },
  telephone: {
    label: 'We spoke by telephone',
    means: 'The chart says that it was by telephone. The appointment is marked as done.',
  },
  'another-came': {
    label: 'Another person came; the patient did not',
    means:
      'The appointment is marked as not attended, where the health record system takes that. Nothing is filed for this patient.',
  },
  'did-not-come': {
    label: 'The patient did not come',
    means: 'The appointment is marked as not attended, where the health record system takes that.',
  },
  moved: {
    label: 'It is moved to another time',
    means:
      'The appointment stays as it is in the health record system: change it in the schedule. The patient’s page says that the visit is moved.',
  },
  'technical-failure': {
    label: 'It failed for a technical reason',
    means: 'The appointment stays as it is. The patient’s page tells them to call the clinic.',
  },
}

const said: Readonly<Record<Happening, string>> = {
  came: 'The patient, or somebody for them, came all the same.',
  telephone: 'You spoke by telephone.',
  'another-came': 'Another person came. The patient did not.',
  'did-not-come': 'The patient did not come.',
  moved: 'The visit is moved to another time.',
  'technical-failure': 'The visit failed for a technical reason.',
}

const appointment: Readonly<Record<OutcomeInChart['appointment'], string>> = {
  fulfilled: 'The appointment is marked as done.',
  noshow: 'The appointment is marked as not attended.',
  booked: 'The appointment is booked again.',
  untouched: '',
  left: 'The appointment could not be marked. Please do that in the schedule.',
  'not-its-way':
    'This health record system takes no such mark of an appointment from here. Please do that in the schedule.',
  unknown: 'We cannot tell whether the appointment was marked. Look at it in the schedule.',
}

export const outcomeWords = {
  title: 'What happened?',
  nobodySeen: 'We saw nobody of the patient’s side in the call.',
  anotherCame: 'Whoever came was not this patient, as was said in the call. Nobody has been confirmed since.',
  nobodyBegan: 'Nobody began this visit. If the patient is here now, start the call instead.',
  /** Where both were in the call, as far as the pages there told. */
  nothingThrough: 'The patient’s side was in the call, and neither picture nor sound came through.',
  askedForTelephone: 'The patient’s side asked to speak by telephone.',
  options,
  /** In place of that they came, where nothing came through as far as we were told. */
  byVideo: {
    label: 'It went by video all the same',
    means: 'You saw or heard each other. The appointment is marked as done.',
  } satisfies Option,
  times: 'When did you speak? Leave both empty if you do not know.',
  from: 'From',
  to: 'To',
  confirm:
    'I have spoken with the patient, or with who may speak for them, and full name and birth date are as the chart has them:',
  confirmFirst: 'Another person was in the call: say first that you confirmed who it was, or choose another answer.',
  choose: 'Choose what happened first.',
  bothTimes: 'Fill in both times, or neither.',
  save: 'Save',
  saving: 'Saving…',
  later: 'Say it later',
  asItWas: 'Leave it as it was',
  change: 'Change it',
  again: 'Tell the health record system again',
  said,
  spoke: (from: string, to: string) => `You spoke by telephone from ${from} to ${to}.`,
  appointment,
  untold: 'The health record system has not been told yet.',
  encounterCancelled: 'Its encounter in the chart is marked as cancelled.',
  encounterLeft: 'Its encounter in the chart could not be changed. Please look at it there.',
  /** What the clinician does after that. */
  move: 'Agree on the new time, and change the appointment in the schedule.',
  /** What the clinician does after a technical failure. */
  next: (phone: string) =>
    `Agree on a new time, or ring the patient. Their page tells them to call the clinic, ${phone}.`,
}
