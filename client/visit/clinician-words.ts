// What a clinician reads around door, call and note: whose visit it is, whether the call runs, and how the visit ends.
import type { WaitWords } from '../ui/words.ts'

const wait: WaitWords = {
  now: 'Loading the visit…',
  still: 'Still waiting for the visit. This takes longer than usual.',
}

export const clinicVisitWords = {
  wait,
  stale: {
    offline: 'No connection. What you see may be old; we keep trying. A call that runs may go on.',
    ours: 'The visit’s page does not answer, and it is not your connection. What you see may be old; we keep trying. A call that runs may go on.',
  },
  note: 'Note',
  noteElsewhere: 'You write and sign it in your health record system, where you opened this window.',
  noteHere: 'Write it here instead',
  patientGone:
    'The appointment is no longer this patient’s, so nobody can join this visit now. Your note stays with the patient whose visit this was.',
  unsaid: 'What happened',
  /** `seen`: who was seen in it, as a sentence. */
  ended: (seen: string) => `The visit has ended. ${seen}`,
  endedItself: (at: string, seen: string) =>
    `This visit was left open, and ended by itself at ${at}. Somebody was last seen in its call at ${seen}.`,
  noteKept: 'A note that was begun here is kept with the visit.',
  tooLate: 'Your last words came too late to be kept. Copy them if you need them: they are on this page only.',
}

export const bannerWords = {
  appointments: 'Appointments',
  today: 'Today',
  tab: (clock: string) => `Visit ${clock}`,
  nameless: 'Video visit',
  visitOf: (name: string, born: string) => `Visit of ${name}, ${born}`,
  time: (start: string, end: string) => `${start} to ${end}`,
  phone: (phone: string) => `Telephone ${phone}`,
  mute: 'Mute the bell',
  unmute: 'Unmute the bell',
}

export const endWords = {
  end: 'End visit',
  title: 'End the visit for everyone?',
  says: 'Everybody leaves the room, which does not open again. Your note stays open.',
  saysSince: (span: string) =>
    `Everybody leaves the room, which does not open again. The visit began ${span} ago. Your note stays open.`,
  yes: 'End for everyone',
  ending: 'Ending…',
  no: 'Go on with the visit',
}

export const clinicCallWords = {
  section: 'Call',
  running: 'The visit is under way',
  comesOver: 'You are not in the call here. If you are in it on another page, it comes over to this one.',
  recorded: 'This visit is being recorded.',
  join: 'Join the call',
  notStarted: 'The call has not started',
  someoneWaits:
    'Someone is waiting at the door. Letting them in starts the call, or start it now and let them in later.',
  nobodyWaits: 'You can start it now. Nobody comes in until you let them in.',
  past: 'The time of this visit has passed',
  sayAtDoor: 'Nobody began it, and no call can begin now. At the door you can say what happened.',
  start: 'Start the call',
  finished: 'The visit has ended',
  cancelled: 'This appointment was cancelled',
  endedAt: (clock: string) => `Ended at ${clock}.`,
  endedAtAfter: (clock: string, span: string) => `Ended at ${clock}. It took ${span}.`,
}

export const noteFoldWords = {
  fold: 'Fold the note',
  unfold: 'Unfold the note',
  unfoldUnsafe: 'Unfold the note: it is not saved',
}

export const tabsWords = {
  title: 'Parts of the visit',
  door: 'Door',
  call: 'Call',
  note: 'Note',
  chart: 'Chart',
  locked: 'Door, locked',
}

export const chartBesideWords = {
  show: 'Show the chart',
  hide: 'Hide the chart',
}
