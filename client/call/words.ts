// What is read in a call, by either side. Loads with the call, not with the page before it.
import { isolated } from '../base/isolated.ts'
import { plural } from '../base/plural.ts'
import type { WaitWords } from '../ui/words.ts'
import type { Trouble } from './trouble.ts'
import type { Why } from './watchdog.ts'
import type { Lost } from './way-back.ts'

const number = plural('en')
const list = new Intl.ListFormat('en-GB')
const plainList = new Intl.ListFormat('en-GB', { type: 'unit', style: 'short' })

const room: WaitWords = {
  now: 'Loading the video room…',
  still: 'Still waiting for the video room. This takes longer than usual.',
}
/** At the room's own door. */
const lobby: Readonly<Record<'clinician' | 'patient', WaitWords>> = {
  clinician: {
    now: 'Waiting for the room to open…',
    still: 'Still waiting for the room to open. This takes longer than usual.',
  },
  patient: {
    now: 'One moment, the picture is coming.',
    still: 'Still waiting for your clinician to open the room. This takes longer than usual.',
  },
}

export const callWords = {
  frame: 'Video call',
  room,
  lobby,
  lost: 'Your connection is lost. We are trying.',
  again: 'Try again',
  tryNow: 'Try now',
  knockAgain: 'Ask once more',
  phone: (phone: string) => `Or call ${isolated(phone)}`,
  support: (code: string) => `Code for support: ${code}`,
  joined: 'You are in the call.',
  recorded: 'This visit is being recorded.',
  exhausted: 'The call does not hold. Reconnect, or go on by telephone.',
  reconnect: 'Reconnect',
}

/** Why a person is out of the call, and their way back. */
type OutWords = {
  readonly title: string
  readonly todo: string
  readonly again: string
  /** What to read out on the telephone. */
  readonly support?: string
}

/** A page that a browser brought back. */
export const restoredWords: OutWords = {
  title: 'You are not in the call',
  todo: 'This page was opened again. Your camera and your microphone are off. The visit goes on, and you can go in.',
  again: 'Go into the call',
}

export const leftWords: OutWords = {
  title: 'You left the call',
  todo: 'The visit goes on. You can come back.',
  again: 'Rejoin the call',
}

export const troubleWords: Readonly<Record<Trouble, Required<OutWords>>> = {
  entry: {
    title: 'The video room did not open for you',
    todo: 'Try again: you get a new entry.',
    again: 'Try again',
    support: 'V1',
  },
  'turned-away': {
    title: 'The video room was not opened',
    todo: 'Ask once more.',
    again: 'Ask once more',
    support: 'V2',
  },
  removed: {
    title: 'You were taken out of the call',
    todo: 'If that was a mistake, come back.',
    again: 'Come back',
    support: 'V3',
  },
  ended: {
    title: 'The call has ended',
    todo: 'If the visit goes on, you can come back.',
    again: 'Come back',
    support: 'V4',
  },
  full: { title: 'The video room is full', todo: 'Wait a moment, then try again.', again: 'Try again', support: 'V5' },
  'no-room': {
    title: 'The video call did not load',
    todo: 'It may be your internet connection, or something on our side. Try again, or go on by telephone.',
    again: 'Try again',
    support: 'V7',
  },
  elsewhere: {
    title: 'You opened the visit somewhere else',
    todo: 'The call goes on there. You can also bring it back to this page.',
    again: 'Use this one instead',
    support: 'V9',
  },
  unknown: {
    title: 'The video call did not start',
    todo: 'Try again, or go on by telephone.',
    again: 'Try again',
    support: 'V8',
  },
}

/** Why the picture was gone for a moment. */
export const reopenedWords: Readonly<Record<Why, string>> = {
  ends: 'The call was opened anew, so that it can go on.',
  word: 'The call was opened anew, as everyone has agreed.',
  slept: 'Your device was asleep. You are back in the call.',
  cut: 'The connection was lost for a while. You are back in the call.',
  unseen: 'The others could not see you any more. You are back in the call.',
  unheard: 'The picture stood still. The call was opened anew.',
  bridge: 'The video had stopped. You are back in the call.',
  line: 'The connection was lost for a while. You are back in the call.',
  shut: 'The video system did not open the room at first. You are in the call now.',
  silence: 'The video room did not answer at first. You are in the call now.',
}

/** While there is no call, and it comes back without anybody's doing. */
export const lostWords: Readonly<Record<Lost, WaitWords>> & { readonly support: string } = {
  bridge: {
    now: 'The video has stopped. The video system says that a part of it is away. The call comes back by itself.',
    still:
      'The video is still away. Stay on this page: the call comes back by itself, and you need not press anything.',
  },
  line: {
    now: 'The connection to the video is lost. The call comes back by itself.',
    still:
      'Still no connection to the video. Stay on this page: the call comes back by itself, and you need not press anything.',
  },
  shut: {
    now: 'The video system does not open the room yet. It is tried again by itself.',
    still:
      'The video system still does not open the room. Stay on this page: the call begins by itself, and you need not press anything.',
  },
  silence: {
    now: 'The video room does not answer yet. It is tried again by itself.',
    still:
      'The video room still does not answer. Stay on this page: the call begins by itself, and you need not press anything.',
  },
  support: 'V6',
}

export const whoIsHereWords = {
  alone: 'You are alone in the call.',
  /** What a patient does then. */
  aloneSince:
    'The visit is still open, and they may come back: stay here. If nobody comes in a few minutes, call the clinic.',
  aloneYet: 'Stay here. If nobody comes in a few minutes, call the clinic.',
  here: (names: readonly string[]) => {
    const listed = list.format(names.map(isolated))
    return number(names.length, { one: `${listed} is here.`, other: `${listed} are here.` })
  },
  backSoon: (name: string, clock: string) => `${isolated(name)} will be right back (away since ${clock}).`,
  coming: (names: readonly string[]) => {
    const listed = list.format(names.map(isolated))
    return number(names.length, { one: `${listed} is coming in.`, other: `${listed} are coming in.` })
  },
  gone: (name: string, clock: string) => `${isolated(name)} left at ${clock}.`,
}

export const hintWords = {
  microphoneFailed: 'Your microphone does not work here: nobody hears you. Allow it for this page, then reconnect.',
  microphoneOff: 'Your microphone is off: nobody hears you.',
  cameraFailed: 'Your camera does not work here: nobody sees you. Allow it for this page, then reconnect.',
  cameraOff: 'Your camera is off.',
  bothFailed:
    'Your camera and your microphone do not work here: nobody sees or hears you. Allow them for this page, then reconnect.',
  bothOff: 'Your camera and your microphone are off: nobody sees or hears you.',
}

export const qualityWords = {
  paused: 'Video is paused to keep the sound.',
  spoken: 'The video is paused to keep the sound.',
  videoOn: 'Turn video back on',
  phone: (phone: string) => `No sound either? Call ${isolated(phone)}`,
}

const nameless = 'someone without a name'

/** What the clinician is told of people whom nobody let in. */
export const uninvitedWords = {
  atRoomDoor: (names: readonly string[]) =>
    `Also at the room’s own door, and not let in: ${plainList.format(names.map(isolated).map((name) => name || nameless))}`,
  inCall: (name: string) => `In the call, and not let in at your door: ${name ? isolated(name) : nameless}.`,
  takeOut: 'Take out',
}

/** What everyone who is asked to be recorded reads. */
export const recordingWords = {
  title: 'Recording',
  unasked: 'This visit is being recorded, and nobody was asked. Say so, or leave the call.',
  runs: 'Everyone agreed: this visit is being recorded.',
  stopping: 'Not everyone agrees: the recording is being stopped. If it goes on, leave the call.',
  question:
    'Your clinician would like to record this visit. It is recorded only if everyone agrees, and you can stop it at any time. The visit goes on either way.',
  refused: 'You did not agree. This visit is not recorded.',
  allAgreed: 'Everyone agreed: this visit may be recorded now.',
  agreed: 'You agreed. It is not recorded yet: not everyone has.',
  yes: 'Yes, I agree',
  yesNow: 'I agree now',
  no: 'No, do not record',
  stop: 'Stop the recording',
  takeBack: 'Take it back',
}
