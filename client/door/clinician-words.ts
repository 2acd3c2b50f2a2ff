// What a clinician reads at the door: who waits, who is let in and confirmed, who is refused or sent away.
import { plural } from '../base/plural.ts'

const number = plural('en')

export const doorWords = {
  title: 'Door',
  waiting: (n: number) => number(n, { one: '1 person is waiting.', other: `${n} people are waiting.` }),
  nobodyCame: 'Nobody has come yet.',
  nobodyWaits: 'Nobody is waiting.',
  finished: 'The visit has ended.',
  cancelled: 'This appointment was cancelled.',
  lock: 'Lock the door',
  unlock: 'Unlock the door',
  locked: 'Nobody new can come.',
  lockedChip: 'Door, locked',
  /** Read out; the number alone is seen. */
  chip: (n: number) => number(n, { one: '1 waiting', other: `${n} waiting` }),
}

export const personWords = {
  forPatient: (patient: string) => `for ${patient}`,
  phone: (phone: string) => `Telephone ${phone}`,
  waiting: (span: string, clock: string) => `Waiting ${span}, since ${clock}`,
  sentAway: 'Sent away',
  notHere: 'Not here now',
  noCamera: 'No camera',
  noMicrophone: 'No microphone',
  letIn: 'Let in',
  inCall: 'In the call',
  comingIn: 'Coming in',
  gone: (clock: string) => `Left at ${clock}`,
  admit: 'Admit',
  admitNamed: (name: string) => `Admit ${name}`,
  sendBack: 'To waiting room',
  sendBackNamed: (name: string) => `Send ${name} back to the waiting room`,
}

/** Of somebody who came while the door was locked. */
export const triedWords = {
  shut: (name: string, clock: string) => `${name} tried to come in at ${clock}. The door is locked.`,
  open: (name: string, clock: string) => `${name} tried to come in at ${clock}. They may wait at the door now.`,
  letWait: 'Let them wait',
  letWaitNamed: (name: string) => `Let them wait: ${name}`,
}

export const confirmWords = {
  title: 'Confirm who this is',
  hereFor: (name: string, patient: string) => `${name} is here for ${patient}.`,
  merged:
    'The chart has joined records of this patient. This name and birth date count now; others may have stood there before.',
  yes: 'Confirm and let in',
  busy: 'Letting in…',
  no: 'Not yet',
}

/** Who waits is refused, who was let in is removed. */
export const sendAwayWords = {
  refuse: {
    act: 'Refuse',
    actNamed: (name: string) => `Refuse ${name}`,
    title: (name: string) => `Refuse ${name}?`,
    says: (phone: string) => `They will not be let in. Their page asks them to call ${phone}. They can knock again.`,
    no: 'Keep waiting',
  },
  remove: {
    act: 'Remove',
    actNamed: (name: string) => `Remove ${name}`,
    title: (name: string) => `Remove ${name}?`,
    says: (phone: string) => `They leave the call. Their page asks them to call ${phone}. They can knock again.`,
    no: 'Keep in the call',
  },
}
