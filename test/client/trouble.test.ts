// What the errors mean that Jitsi reports, by their names.
import { describe, expect, it } from 'vitest'
import { errorName, meaningOf } from '../../client/call/trouble.ts'

describe('what Jitsi reports', () => {
  it.each([
    ['conference.connectionError.membersOnly', 'lobby'],
    ['connection.passwordRequired', 'entry'],
    ['conference.connectionError.notAllowed', 'entry'],
    ['conference.connectionError.accessDenied', 'turned-away'],
    ['conference.destroyed', 'ended'],
    ['connection.droppedError', 'line'],
    ['conference.focusDisconnected', 'line'],
    ['never.heard.of', 'unknown'],
  ])('%s means %s before the call', (name, meaning) => {
    expect(meaningOf(name, false)).toBe(meaning)
  })

  it('a running call is not taken away for what Jitsi mends by itself', () => {
    const mended = ['conference.connectionError', 'conference.focusDisconnected', 'never.heard.of']

    expect(mended.map((name) => meaningOf(name, true))).toEqual(['nothing', 'nothing', 'nothing'])
  })

  it('a connection that Jitsi gave up is ours to bring back, in the call and before it', () => {
    const gaveUp = ['connection.droppedError', 'connection.otherError', 'connection.serverError']

    for (const joined of [true, false])
      expect(gaveUp.map((name) => meaningOf(name, joined))).toEqual(['line', 'line', 'line'])
  })

  it('a videobridge that died, or that nothing reaches, has taken the call away, or keeps it from beginning: nobody left it', () => {
    const gone = ['conference.videobridgeNotAvailable', 'conference.iceFailed']

    for (const joined of [true, false])
      expect(gone.map((name) => meaningOf(name, joined))).toEqual(['bridge', 'bridge'])
  })

  it('a room that Jitsi does not open, since jicofo is away or our server gave it no yes, is tried again by the page', () => {
    const shut = ['connection.conferenceRequestFailed', 'conference.reservationError']

    for (const joined of [true, false]) expect(shut.map((name) => meaningOf(name, joined))).toEqual(['shut', 'shut'])
  })

  it('the name is found nested, as it comes, and bare, as the handbook says', () => {
    expect(errorName({ error: { name: 'a.b' } })).toBe('a.b')
    expect(errorName({ name: 'a.b' })).toBe('a.b')
    expect([undefined, null, 'x', { error: null }, { error: { name: 5 } }].map(errorName)).toEqual(['', '', '', '', ''])
  })
})
