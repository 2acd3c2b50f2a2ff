// What can happen to a call, by the names Jitsi gives its errors.

export type Trouble = 'entry' | 'turned-away' | 'removed' | 'ended' | 'full' | 'no-room' | 'elsewhere' | 'unknown'
/** What an `errorOccurred` means: something to show, a wait in the room's own lobby, a room that gave up and why, or nothing that stops the call. */
export type Meaning = Trouble | 'lobby' | 'bridge' | 'line' | 'shut' | 'nothing'

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
    // A room without its videobridge, or one that reached it no more after all its tries, falls apart a little later, and nobody has left it.
    case 'conference.videobridgeNotAvailable':
    case 'conference.iceFailed':
      return 'bridge'
    case 'connection.droppedError':
    case 'connection.serverError':
    case 'connection.otherError':
      return 'line'
    // Nobody makes the room: jicofo is away, or our server, which Jitsi asks before a room begins, was not reached (lib-jitsi-meet, moderator.ts).
    case 'connection.conferenceRequestFailed':
    case 'conference.reservationError':
      return 'shut'
    case 'conference.connectionError':
    case 'conference.focusDisconnected':
      return joined ? 'nothing' : 'line'
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
