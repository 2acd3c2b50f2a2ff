// What a clinician reads at the door: who waits, who is let in, who is refused or sent away.
import { plural } from '../base/plural.ts'

const number = plural('en')
const list = new Intl.ListFormat('en-GB')

export const doorWords = {
  title: 'Door',
  waiting: (n: number) => number(n, { one: '1 person is waiting.', other: `${n} people are waiting.` }),
  nobodyCame: 'Nobody has come to this visit yet.',
  nobodyCameSince: (span: string) => `Nobody has come to this visit yet, ${span} after the start.`,
  checking: 'Signed in, has not knocked yet.',
  byTelephone: 'Nobody is waiting at this door. Somebody asks to be rung.',
  nobodyWaits: 'Nobody is waiting at this door.',
  finished: 'The visit has ended.',
  cancelled: 'This appointment was cancelled.',
  lock: 'Lock the door',
  unlock: 'Unlock the door',
  locked: 'Nobody new can come, unless you let them wait.',
  lockedChip: 'Door, locked',
  /** Read out; the number alone is seen. */
  chip: (n: number) => number(n, { one: '1 waiting', other: `${n} waiting` }),
  asksChip: (n: number) => number(n, { one: '1 by telephone', other: `${n} by telephone` }),
  triedChip: (n: number) => number(n, { one: '1 tried to come in', other: `${n} tried to come in` }),
  triedToCome: (n: number) => number(n, { one: '1 person tried to come in.', other: `${n} people tried to come in.` }),
}

export const personWords = {
  forPatient: (patient: string) => `for ${patient}`,
  phone: (phone: string) => `Telephone ${phone}`,
  waiting: (span: string, clock: string) => `Waiting ${span}, since ${clock}`,
  askedToWait: (clock: string) => `Asked to wait at ${clock}.`,
  wrote: (clock: string, text: string) => `Written at ${clock}: “${text}”`,
  onTheirPage: (clock: string) => `On their page since ${clock}.`,
  notOnTheirPage: 'Not on their page yet.',
  sentAway: 'Sent away.',
  notHere: 'Not here now',
  noCamera: 'No camera',
  noMicrophone: 'No microphone',
  letIn: 'Was let in',
  inCall: 'In the call',
  comingIn: 'Coming in',
  gone: (clock: string) => `Left at ${clock}`,
  admit: 'Let in',
  admitNamed: (name: string) => `Let in ${name}`,
  admitting: 'Letting in…',
}

/** Before what ends the visit: who is in its call, as their own pages say. */
export const stillInWords = {
  inCall: (names: readonly string[]) =>
    number(names.length, {
      one: `${list.format(names)} is in the call now, and leaves it with the end of the visit.`,
      other: `${list.format(names)} are in the call now, and leave it with the end of the visit.`,
    }),
  comingIn: (names: readonly string[]) =>
    number(names.length, {
      one: `${list.format(names)} is on the way into the call, and does not get there any more.`,
      other: `${list.format(names)} are on the way into the call, and do not get there any more.`,
    }),
}

/** Of somebody who came while the door was locked. */
export const triedWords = {
  shut: (name: string, clock: string) => `${name} tried to come in at ${clock}. The door is locked.`,
  open: (name: string, clock: string) => `${name} tried to come in at ${clock}. They may wait at the door now.`,
  letWait: 'Let them wait',
  letWaitNamed: (name: string) => `Let them wait: ${name}`,
}

/** A visit that has ended is opened again. */
export const reopenWords = {
  act: 'Open the visit again',
  title: 'Open this visit again?',
  says: 'A new call begins, and you let everybody in anew. The note goes on: what is signed stays in the chart until you amend it.',
  yes: 'Open it again',
  no: 'Leave it ended',
  busy: 'One moment…',
}

/** While the health record system says nothing. `start`: when the visit is booked; `read`: when that was last read. */
export const asReadWords = {
  says: (start: string, read: string) =>
    `At ${read} today it said: on, with you, at ${start}. It may have changed since. Letting in by that is written down.`,
  act: (read: string) => `Let in as booked, read at ${read}`,
  again: 'Ask the EHR again',
  busy: 'One moment…',
}

/** Who waits is written to, asked for patience or refused, who was let in is sent back to wait or removed. */
export const turnAwayWords = {
  message: {
    act: 'Write',
    actNamed: (name: string) => `Write to ${name}`,
    title: (name: string) => `Write to ${name}?`,
    says: () =>
      'They go on waiting. Their page shows one of these in their own language, or your words as you write them:',
    yes: 'Send',
    no: 'Cancel',
  },
  'not-now': {
    act: 'Not now',
    actNamed: (name: string) => `Not now: ${name}`,
    title: (name: string) => `Not now, ${name}?`,
    says: () => 'They keep their place in the waiting room. Their page says:',
    yes: 'Ask them to wait',
    no: 'Cancel',
  },
  'send-back': {
    act: 'To waiting room',
    actNamed: (name: string) => `Send ${name} back to the waiting room`,
    title: (name: string) => `Send ${name} back to the waiting room?`,
    says: () => 'They leave the call, and wait for you. Their page says:',
    yes: 'Send back',
    no: 'Keep in the call',
  },
  refuse: {
    act: 'Refuse',
    actNamed: (name: string) => `Refuse ${name}`,
    title: (name: string) => `Refuse ${name}?`,
    says: (phone: string) =>
      `They will not be let in, and can ask again. Their page shows the clinic’s number, ${phone}, and says:`,
    yes: 'Refuse',
    no: 'Keep waiting',
  },
  remove: {
    act: 'Remove',
    actNamed: (name: string) => `Remove ${name}`,
    title: (name: string) => `Remove ${name}?`,
    says: (phone: string) =>
      `They leave the call, and can ask again. Their page shows the clinic’s number, ${phone}, and says:`,
    yes: 'Remove',
    no: 'Keep in the call',
  },
  own: 'In your own words',
  ownTitle: 'What their page says',
  ownMissing: 'Write what their page says first.',
  saving: 'Saving…',
}
