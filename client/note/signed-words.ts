// The words of a signed note: where it is on its way to the chart, putting it right, and taking it along as a file.
import type { Code, NotFiled } from '../../server/wire/wire.ts'

/** Of an amendment: when the text that the chart still has was signed. */
type Before = { readonly time: string; readonly day: string }

/** What no remedy has words for, or others than here. */
const whys: Readonly<Record<Exclude<NotFiled, Code> | 'patient-replaced', string>> = {
  'not-arrived': 'We looked for it: it did not arrive.',
  'ehr-policy':
    'A rule of the health record system does not let you write for this patient from here. Write the note in the chart itself, or ask who may.',
  'ehr-limit': 'The health record system takes no more notes from here today. Send it again tomorrow.',
  'ehr-invalid':
    'The health record system did not like its form. Tell the people who look after it, with the code under “Details”.',
  'ehr-conflict': 'Somebody changed it in the chart meanwhile. Look at the chart, then send it again.',
  'not-offered': 'This health record system takes no such notes from outside.',
  'no-encounter':
    'The chart shows no encounter that is surely this visit’s, and nothing was sent. Open the visit from its encounter in the chart, then try again.',
  'encounter-refused': 'The health record system did not take the visit it belongs to.',
  'patient-replaced':
    'The patient’s record was replaced by another one in the chart, which we cannot open from here, and nothing goes under the old one. Ask the people who look after the health record system, then send it again.',
  'sign-in-ended':
    'Your sign-in at the health record system has ended: open the visit again from the chart, then send the note.',
}

export const filingWords = {
  afterVisit: 'The note is signed. It goes to the chart when the visit has ended.',
  unfiled: 'The note is signed. It is not in the chart yet.',
  amendmentUnfiled: ({ time, day }: Before) =>
    `The amendment is signed. The chart still has the text signed at ${time} on ${day}.`,
  pending: 'The note is on its way to the chart…',
  filed: 'The note is in the chart.',
  unknown:
    'We cannot tell whether the note arrived. The health record system did not confirm it. Look for it in the chart before anything else: we do not send it twice by ourselves.',
  amendmentUnknown: ({ time, day }: Before) =>
    `We cannot tell whether the amendment arrived, or the chart still has the text signed at ${time} on ${day}. The health record system did not confirm it. Look for it in the chart before anything else: we do not send it twice by ourselves.`,
  /** `why` is one sentence or more. */
  notFiled: (why: string) => `The note is not in the chart. ${why} It is kept here.`,
  amendmentNotFiled: (why: string, { time, day }: Before) =>
    `The chart still has the text signed at ${time} on ${day}. ${why} The amendment is kept here.`,
  enteredInError: 'In the chart the note is marked as entered in error. Write a new note if the visit needs one.',
  whys,
  whyUntold: 'The health record system did not take it.',
  /** A remedy's title, and what it says. */
  whyOf: (title: string, says: string) => `${title}. ${says}`,
}

export const signedWords = {
  signedBy: (name: string, time: string) => `Signed ${time} by ${name}`,
  appointmentLeft: 'The appointment itself could not be marked as done. Please do that in the schedule.',
  borrowed: {
    stay: 'It is filed under the stay that was open in the chart: the chart shows no encounter of this visit alone. “Details” names the stay.',
    'another-day':
      'It is filed under an encounter of another day that was open in the chart: the chart has none of this visit, and none could be made. “Details” names it.',
  },
  astray:
    'It is there without the visit it belongs to: the health record system did not take the visit, and does not let us change the note. Look at it in the chart.',
  sentAgainAt: (time: string) =>
    `It asked us to come back at ${time}. While this page is open, the note is sent again by itself then, once.`,
  sendAgainAt: (time: string) =>
    `It asked us to come back at ${time}. It is not sent by itself any more: press “Send it again” then.`,
  code: (code: string) => `The EHR’s code for support: ${code}`,
  endAndFile: 'End the visit and file the note',
  check: 'Check again',
  file: 'File the note',
  tryAgain: 'Try again',
  sendAgain: 'Send it again',
}

/** What came of looking for a note that may be in the chart. `time`: to the second, for it may be pressed twice within a minute. */
export const lookWords = {
  came: {
    'not-there-yet': (time: string) =>
      `We looked in the chart at ${time}: it is not there yet. It may still arrive: for five minutes we do not take it for lost.`,
    'cannot-tell': (time: string) =>
      `We looked in the chart at ${time}: what it shows us does not tell whether it is there.`,
    'no-answer': (time: string) =>
      `We could not look in the chart at ${time}: the health record system did not answer as it should.`,
    elsewhere: () =>
      'It went to another health record system than the one you are signed in to now: we cannot look there from here.',
  },
  next: (pause: string) => `While this page is open, we look by ourselves, next ${pause}.`,
  pause: (seconds: number) =>
    seconds < 60 ? `in ${seconds} seconds` : seconds < 120 ? 'in a minute' : `in ${Math.round(seconds / 60)} minutes`,
  over: 'We do not look by ourselves any more: press “Check again”.',
}

export const amendWords = {
  reopen: 'Amend the note',
  writeAnew: 'Write a new note',
  change: 'Change the text',
  heading: 'Change the signed note?',
  chartKeeps: 'The chart keeps the text you signed until you have changed it here, signed it again, and filed it.',
  signatureOff: 'Your signature is removed. Change the text, sign it again, then file it.',
  mistake: 'Mark as entered in error',
  mistakeHeading: 'Mark this note as entered in error?',
  mistakeMeans:
    'The note stays in the chart, marked as entered in error: readers are told not to rely on it. This cannot be undone from here. If the visit needs a note, write a new one afterwards.',
  leave: 'Leave it as it is',
  amending: (signedBy: string, time: string) =>
    `You are amending the note that ${signedBy} signed ${time}. The chart keeps that text until this one is signed and filed.`,
  drop: 'Discard the amendment',
  dropHeading: 'Discard the amendment?',
  dropMeans: 'What you changed here is deleted. The note in the chart stays as it is.',
  throwAway: 'Discard the changes',
  amendOn: 'Continue amending',
}

export const downloadWords = {
  heading: 'Download',
  keepSafe: 'The whole note as a file. It has the patient’s name in it: keep it where nobody else can open it.',
  /** Of a note that is of somebody else than the visit's patient. */
  ofAnother:
    'The whole note as a file. It says that whoever came was not this patient, and names them as the one for whom the visit was booked: keep it where nobody else can open it.',
  files: { text: 'Text', pdf: 'PDF', fhir: 'FHIR document' },
  making: 'Making the file…',
  offline: 'No connection: there is no file. Copy the note instead, or try again when you are connected.',
  saved: (name: string) => `Your browser has the file ${name}.`,
  savedInFrame: (name: string) =>
    `Your browser has the file ${name}. If there is none, your health record system does not allow files here: copy the note instead.`,
}

/** Where somebody in the call was found to be another, and nobody was confirmed since. */
export const confirmWhoWords = {
  title: 'Confirm who it was',
  kept: 'The person in the call was not this patient, and nobody has been confirmed since: the note is not filed. It is kept here.',
  /** Where it was said that the patient did not come. */
  keptMissed:
    'The person in the call was not this patient: what you wrote of them does not go into this patient’s chart. It is kept here, and can be signed, copied and downloaded. If the chart should say that the patient was not seen, write that in the chart itself. If you have reached the patient since then, press “Confirm who it was”: then the note can be filed.',
  signed: 'The note is signed. It stays here, and is in no chart.',
  keptLive:
    'The person in the call was not this patient. The note is kept, and goes to the chart once somebody is confirmed.',
  says: 'Only if you have spoken with the patient, or with who may speak for them, by telephone or in person, and full name and birth date are as the chart has them. It is written down as your word.',
  yes: 'I confirmed it',
  no: 'Not now',
}

/** Before the signature: whether it is known who was in the call. */
export const whoSignedWords = {
  confirmed: (name: string, clock: string) => `${name} was confirmed at ${clock}.`,
  unsaid: (name: string) => `You have not said who ${name} is.`,
  filedAllTheSame: 'Without an answer the note is filed all the same, and the visit says that nobody was confirmed.',
  nobodySaid:
    'Nobody said in the call who it was. The note is filed all the same, and the visit says that nobody was confirmed.',
  someone: {
    call: (clock: string) => `It was confirmed in the call at ${clock} who it was.`,
    afterwards: (clock: string) => `It was confirmed after the call, at ${clock}, who it was.`,
  },
  denied: (clock: string) =>
    `Whoever came was not this patient, as was said at ${clock}, and nobody has been confirmed since. You can sign the note: it stays here, and goes to no chart until somebody is confirmed.`,
}
