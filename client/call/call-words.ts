// What can happen to a call, by the names Jitsi gives its errors, and what to say about it.

export type Trouble =
  | 'entry'
  | 'turned-away'
  | 'removed'
  | 'ended'
  | 'full'
  | 'connection'
  | 'no-room'
  | 'elsewhere'
  | 'unknown'
/** What an `errorOccurred` means: something to show, a wait in the room's own lobby, a room that gave up, or nothing that stops the call. */
export type Meaning = Trouble | 'lobby' | 'cut' | 'nothing'

/** `joined`: an unknown error in a running call is Jitsi's to mend; before it, it is ours to say. */
export function meaningOf(name: string, joined: boolean): Meaning {
  switch (name) {
    case 'conference.connectionError.membersOnly':
      return 'lobby'
    case 'connection.passwordRequired':
    case 'conference.connectionError.notAllowed':
    case 'conference.authenticationRequired':
      return 'entry'
    case 'conference.connectionError.accessDenied':
      return 'turned-away'
    case 'conference.destroyed':
      return 'ended'
    case 'conference.max_users':
      return 'full'
    case 'connection.droppedError':
    case 'connection.serverError':
    case 'connection.otherError':
      return joined ? 'cut' : 'connection'
    case 'conference.connectionError':
    case 'conference.focusDisconnected':
      return joined ? 'nothing' : 'connection'
    default:
      return joined ? 'nothing' : 'unknown'
  }
}

/** The name in what Jitsi sends: nested under `error` (as it does), or bare (as its handbook says). */
export function errorName(payload: unknown): string {
  const nested = field(payload, 'error')
  const name = field(nested === undefined ? payload : nested, 'name')
  return typeof name === 'string' ? name : ''
}

export function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

type Words = { readonly title: string; readonly todo: string; readonly again: string; readonly support: string }

export const troubleWords: Readonly<Record<Trouble, Words>> = {
  entry: {
    title: 'The video room did not open for you',
    todo: 'Try again: you get a new entry.',
    again: 'Try again',
    support: 'V1',
  },
  'turned-away': {
    title: 'The video room was not opened',
    todo: 'Ask once more, or call the clinic.',
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
  connection: {
    title: 'The video room does not answer',
    todo: 'Check your internet connection. Then try again, or go on by telephone.',
    again: 'Try again',
    support: 'V6',
  },
  'no-room': {
    title: 'The video call did not load',
    todo: 'Check your internet connection. Then try again, or go on by telephone.',
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
