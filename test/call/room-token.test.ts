// What a room token must be and what must never be minted, for any clinic, person and visit; and that Prosody takes what is.
import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readToken, refusedRoom } from '../../sandbox/jitsi/token.ts'
import type { Instant, RoomName } from '../../server/domain/ids.ts'
import { instant, plus } from '../../server/domain/instant.ts'
import { type CallPolicies, featuresOf, rulesFor } from '../../server/domain/visit/call.ts'
import { features, type RoomClaims, roomTokenOf } from '../../server/domain/visit/room-token.ts'

const secret = 'a secret of this test, thirty-two bytes or more'
const now = instant(1_700_000_000_000)
const policies: CallPolicies = {
  ...{ names: 'full', recording: false, chat: true, screenShare: true, fileShare: false, polls: false },
  ...{ breakoutRooms: false, reactions: false, endToEnd: false, relayOnly: false },
}
const good: RoomClaims = {
  ...{ signing: { alg: 'HS256' }, issuer: 'housecall', audience: 'jitsi', subject: 'meet.jitsi' },
  room: 'mfrggzdfmztwq2lkmnzxezlnmv2a' as RoomName, // sound: letters and digits as a room's are
  user: { id: 'opaque', name: 'Wei Chen', moderator: true, lobbyBypass: true },
  features: featuresOf(rulesFor(policies, { moderator: true, recordingAgreed: false })),
  ...{ now, expiresAt: plus(now, 3600) },
}

function signed({ header, payload }: ReturnType<typeof roomTokenOf>): string {
  const input = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

/** Any place that a clinic's settings and a visit can make. */
const name = fc.string({ minLength: 1, maxLength: 60 }).filter((text) => text.trim() !== '')
const seats: fc.Arbitrary<RoomClaims> = fc.record({
  signing: fc.constant({ alg: 'HS256' as const }),
  ...{ issuer: name, audience: name, subject: fc.stringMatching(/^[a-z0-9.-]{1,30}$/) },
  room: fc.stringMatching(/^[a-z2-7]{52}$/).map((text) => text as RoomName), // sound: as rooms are made
  user: fc.record({ id: name, name, moderator: fc.boolean(), lobbyBypass: fc.boolean() }),
  features: fc.constant(good.features),
  now: fc.constant(now),
  expiresAt: fc.integer({ min: 1, max: 4 * 3600 }).map((seconds) => plus(now, seconds)),
})

test('whatever is minted, Prosody lets its holder into that room, as what they are, and into no other', () => {
  fc.assert(
    fc.property(seats, (seat) => {
      const { issuer, audience, subject, room, user } = seat
      const realm = { issuer, audience, domain: subject, secret, now: () => Date.parse(now) }

      const reading = readToken(signed(roomTokenOf(seat)), realm)

      if (!reading.ok) throw new Error(reading.text)
      const { pass } = reading
      expect(pass).toMatchObject({
        userId: user.id,
        name: user.name,
        lobbyBypass: user.lobbyBypass,
        nameReadonly: true,
      })
      expect(pass.role).toBe(user.moderator ? 'moderator' : 'participant')
      expect(refusedRoom(pass, { room }, realm)).toBeUndefined()
      expect(refusedRoom(pass, { room: `${room}a` }, realm)).toBe('Room and token mismatched')
    }),
  )
})

test('every token says an end within four hours, begins half a minute ago, and says each feature as true or false', () => {
  fc.assert(
    fc.property(seats, (seat) => {
      const { header, payload } = roomTokenOf(seat)

      expect(header).toEqual({ alg: 'HS256', typ: 'JWT' })
      const at = Date.parse(now) / 1000
      expect(payload.nbf).toBe(at - 30)
      expect(payload.exp).toBeGreaterThan(at)
      expect(payload.exp).toBeLessThanOrEqual(at + 4 * 3600)
      expect(Object.keys(payload.context.features).sort()).toEqual([...features].sort())
      expect(new Set(Object.values(payload.context.features).map((v) => typeof v))).toEqual(new Set(['boolean']))
      expect(Object.keys(payload).sort()).toEqual(['aud', 'context', 'exp', 'iss', 'nbf', 'room', 'sub'])
    }),
  )
})

test('by RS256 the header names the key', () => {
  const { header } = roomTokenOf({ ...good, signing: { alg: 'RS256', kid: 'k1' } })

  expect(header).toEqual({ alg: 'RS256', kid: 'k1', typ: 'JWT' })
})

// Sound, these casts: what no type lets through is handed over all the same, as a cast elsewhere would.
const wrong = (change: object) => ({ ...good, ...change }) as unknown as RoomClaims
const user = (change: object) => wrong({ user: { ...good.user, ...change } })

describe('no token is minted', () => {
  test.each<[what: string, seat: RoomClaims]>([
    ['for every room', wrong({ room: '*' })],
    ['for a room in capitals', wrong({ room: 'MFRGGZDF' })],
    ['for no room', wrong({ room: '' })],
    ['for a room of another tenant', wrong({ room: 'other/room' })],
    ['without a room', wrong({ room: undefined })],
    ['for every domain', wrong({ subject: '*' })],
    ['for every part of a domain', wrong({ subject: '*.jitsi' })],
    ['without a domain', wrong({ subject: '' })],
    ['without an issuer', wrong({ issuer: ' ' })],
    ['without an audience', wrong({ audience: undefined })],
    ['for a list of audiences', wrong({ audience: ['jitsi'] })],
    ['without an end', wrong({ expiresAt: undefined })],
    ['whose end is no time', wrong({ expiresAt: 'tomorrow' })],
    ['that has ended already', wrong({ expiresAt: now })],
    ['that lasts longer than four hours', wrong({ expiresAt: plus(now, 4 * 3600 + 1) })],
    ['for nobody', user({ id: '' })],
    ['for somebody without a name', user({ name: '  ' })],
    ['for a name that is a number', user({ name: 7 })],
    ['for a moderator said in text', user({ moderator: 'true' })],
    ['for a lobby bypass said in text', user({ lobbyBypass: 'true' })],
    ['without a word on the lobby', user({ lobbyBypass: undefined })],
    ['with no word on some feature', wrong({ features: { ...good.features, recording: undefined } })],
    ['with a feature said in text', wrong({ features: { ...good.features, recording: 'false' } })],
    ['with a feature nobody knows', wrong({ features: { ...good.features, telepathy: true } })],
    ['without features', wrong({ features: {} })],
    ['by an algorithm that is none', wrong({ signing: { alg: 'none' } })],
    ['by RS256 without a key’s name', wrong({ signing: { alg: 'RS256', kid: '' } })],
  ])('%s', (_what, seat) => {
    expect(() => roomTokenOf(seat)).toThrow(/^no room token is minted /)
  })
})

test('the fault of a token that is not minted repeats nobody’s name', () => {
  const message = (seat: RoomClaims): string => {
    try {
      return JSON.stringify(roomTokenOf(seat))
    } catch (cause) {
      return String(cause)
    }
  }

  expect(message(good)).toContain('Wei Chen')
  expect(message(wrong({ room: '*' }))).not.toContain('Wei Chen')
})

test('a token may end at any second of the next four hours, and at no other', () => {
  fc.assert(
    fc.property(fc.integer({ min: -86_400, max: 86_400 }), (seconds) => {
      const expiresAt: Instant = plus(now, seconds)
      const mint = () => roomTokenOf({ ...good, expiresAt })

      if (seconds > 0 && seconds <= 4 * 3600) expect(mint().payload.exp).toBe(Date.parse(now) / 1000 + seconds)
      else expect(mint).toThrow()
    }),
  )
})
