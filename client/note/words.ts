// The words of a note until it is signed: its fields, whether they are saved, two texts of one note, the signature, the draft.
import type { SoapText } from '../../server/wire/wire.ts'
import type { WaitWords } from '../ui/words.ts'

const titles: Readonly<Record<keyof SoapText, string>> = {
  subjective: 'Subjective',
  objective: 'Objective',
  assessment: 'Assessment',
  plan: 'Plan',
}
const hints: Readonly<Record<keyof SoapText, string>> = {
  subjective: 'What the patient tells',
  objective: 'What you see and measure',
  assessment: 'What you think it is',
  plan: 'What happens next',
}
const waiting: WaitWords = {
  now: 'Loading the note…',
  still: 'Still waiting for the note. This takes longer than usual.',
}

export const noteWords = {
  heading: 'Note',
  waiting,
  tryAgain: 'Try again',
  chooseText: 'Choose a text',
  saveNow: 'Save now',
  titles,
  hints,
  nothingWritten: 'Nothing written',
  oneMoment: 'One moment…',
  lookedSendAgain: 'I looked in the chart: it is not there. Send it again',
}

export const savingWords = {
  nothingYet: 'Nothing written yet',
  saved: (at: string) => `Saved ${at}`,
  saving: 'Saving…',
  offline: 'Not saved: no connection. Your text is kept on this page; we keep trying.',
  /** `problem` is a remedy's title. */
  unsaved: (problem: string) => `Not saved. ${problem}. Your text is kept on this page.`,
  changed: 'Changed in another window',
  signed: 'Signed',
}

export const conflictWords = {
  changed: 'This note was changed in another window',
  signed: 'This note was signed in another window',
  whichOne: 'Nothing is lost. Which text do you want to keep?',
  tooLong: 'Both texts together are too long for one section. Copy yours before you keep the other one.',
  nothingOverSigned:
    'Nothing is written over what was signed. Copy your text, keep the other one, then amend the note if it lacks yours.',
  mine: 'Your text, on this page',
  theirs: 'The text from the other window',
  empty: '(empty)',
  /** `time` with its day. */
  typed: (time: string) => `Written here, last at ${time}`,
  saved: (time: string) => `Saved there at ${time}`,
  signedAt: (time: string) => `Signed there at ${time}`,
  keepBoth: 'Keep both texts',
  keepMine: 'Keep my text',
  takeTheirs: 'Keep the other text',
  kept: {
    both: 'Both texts are in the note, one below the other, each with its time.',
    mine: 'Your text is in the note.',
    other: 'The text from the other window is in the note.',
  },
  chooseAgain: 'Undo, and choose again',
  /** These stand in the note itself. */
  writtenHere: (time: string) => `[This window, ${time}]`,
  writtenThere: (time: string | undefined) => (time === undefined ? '[Other window]' : `[Other window, ${time}]`),
}

export const copyWords = {
  ready: 'Copy the note',
  copied: 'Copied',
  failed: 'Copying is not allowed here: select the text',
}

export const signWords = {
  review: 'Review and sign',
  notSaved: 'The note is not saved yet. Sign it when it is.',
  empty: 'The note is empty. Write it first.',
  heading: 'Sign this note',
  /** `born` as `born 12 March 1954 (72 years)`. */
  whose: (name: string, born: string, visitOn: string) => `${name}, ${born}. ${visitOn}`,
  visitOn: {
    video: (day: string, time: string) => `Video visit on ${day}, ${time}.`,
    telephone: (day: string, time: string) => `Visit by telephone on ${day}, ${time}.`,
    unbegun: (day: string, time: string) => `Visit on ${day}, ${time}. Nobody began it.`,
  },
  amendable: 'You can amend the note after you signed it: change the text, sign it again, and file it again.',
  notAmendable:
    'You can change the note here until it is in the chart. From then on it is changed in the chart itself.',
  goingOn: 'The visit is still going on. The note goes to the chart when it has ended.',
  notStarted: 'The visit has not started. The note can be signed now, and goes to the chart after the visit.',
  signing: 'Signing…',
  endSignAndFile: 'End the visit, sign and file',
  signAndFile: 'Sign and file',
  sign: 'Sign',
  endAndSign: 'End the visit and sign',
  fileLater: 'Sign now, file later',
  writeOn: 'Go on writing',
}

export const draftWords = {
  put: 'Save it to the chart as a draft',
  checkAgain: 'Check for the draft again',
  notSaved: 'The note is not saved yet. Put it in the chart when it is.',
  empty: 'The note is empty: there is nothing to put in the chart yet.',
  filed: 'The chart has this text as a draft. It is not signed.',
  filedEarlier: 'The chart has an earlier text of this as a draft. It is not signed.',
  pending: 'The draft is on its way to the chart…',
  unknown: 'We cannot tell whether the draft arrived. Look for it in the chart: we do not send it twice by ourselves.',
  /** `why` is one sentence or more. */
  notFiled: (why: string) => `The draft is not in the chart. ${why} The text is kept here.`,
}
