// Owns the proof that the sandbox's Jitsi answers tokens as a real Prosody did: 21 recorded cases, read and joined.
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Jitsi, startJitsi } from '../../../sandbox/jitsi/main.ts'
import { readToken, refusedRoom } from '../../../sandbox/jitsi/token.ts'
import recorded from './token-cases.json' with { type: 'json' }

type Claims = Record<string, unknown>
type Case = {
  case: string
  header?: { alg: string; typ?: string }
  claims?: Claims
  key?: string
  answer: string
  role?: string
  text?: string
}

const cases: Case[] = recorded.cases
const room = recorded.good.claims.room
const secret = randomUUID()
// The clock stands still: a token that expires this very second does so for as long as the test runs.
const now = () => 1_700_000_000_000
const realm = { issuer: 'telehealth', audience: 'jitsi' as const, domain: 'meet.jitsi', secret, now }
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The good token changed as the case says: numbers in nbf and exp are seconds from now, null drops a claim. */
async function tokenOf({ header = recorded.good.header, claims = {}, key }: Case): Promise<string> {
  const merged: Claims = { ...recorded.good.claims, ...claims }
  const body: Claims = {}
  for (const [name, value] of Object.entries(merged)) {
    const relative = (name === 'nbf' || name === 'exp') && typeof value === 'number'
    if (value !== null) body[name] = relative ? now() / 1000 + value : value
  }
  if (key === 'none') return `${base64url(header)}.${base64url(body)}.`
  const signer = key === 'rsa' ? rsa : new TextEncoder().encode(key === 'other' ? randomUUID() : secret)
  return new SignJWT(body).setProtectedHeader(header).sign(signer)
}

/** What the case must give, in the words of the recorded server. */
const expected = ({ answer, role, text }: Case) => (answer === 'ok' ? { answer, role } : { answer, text })

describe('a token is read as Prosody reads it:', () => {
  test.each(cases)('$case', async (row) => {
    const reading = readToken(await tokenOf(row), realm)

    expect(outcome(reading)).toEqual(expected(row))
  })

  function outcome(reading: ReturnType<typeof readToken>) {
    if (!reading.ok) return { answer: 'connect', text: reading.text }
    const text = refusedRoom(reading.pass, { room }, realm)
    return text === undefined ? { answer: 'ok', role: reading.pass.role } : { answer: 'join', text }
  }
})

describe('a room is joined or refused at the same stage over the socket:', () => {
  let jitsi: Jitsi
  beforeAll(async () => {
    jitsi = await startJitsi({ ...realm, lobby: false })
  })
  afterAll(() => jitsi.close())

  test.each(cases)('$case', async (row) => {
    const token = await tokenOf(row)

    expect(await tryJoining(jitsi.origin, token)).toEqual(expected(row))
  })
})

function tryJoining(origin: string, token: string): Promise<unknown> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/xmpp-websocket`)
  const say = (message: unknown) => socket.send(JSON.stringify(message))
  socket.on('open', () => say({ type: 'connect', token }))
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('message', (raw) => {
      const message = JSON.parse(raw.toString())
      if (message.type === 'connected') return say({ type: 'join', room })
      socket.close()
      if (message.type === 'refused') resolve({ answer: message.stage, text: message.text })
      else resolve({ answer: message.type === 'joined' ? 'ok' : message.type, role: message.self.role })
    })
  })
}

describe('beside the recorded cases', () => {
  const mint = (change: Claims) => tokenOf({ case: '', answer: '', claims: change })
  const pass = async (change: Claims) => {
    const reading = readToken(await mint(change), realm)
    if (!reading.ok) throw new Error(reading.text)
    return reading.pass
  }

  test('a tenant stands in the place of the domain', async () => {
    const clinic = await pass({ sub: 'Clinic1' })

    expect(refusedRoom(clinic, { room, tenant: 'clinic1' }, realm)).toBeUndefined()
    expect(refusedRoom(clinic, { room }, realm)).toBe('Room and token mismatched')
    expect(refusedRoom(await pass({}), { room, tenant: 'clinic1' }, realm)).toBe('Room and token mismatched')
  })

  test.each<[what: string, change: Claims, says: string]>([
    ['no issuer', { iss: null }, "'iss' claim is missing"],
    ['no room', { room: null }, 'room claim is missing'],
    ['a beginning as text', { nbf: '0' }, 'nbf must be number'],
    ['a list with the right audience alone', { aud: ['jitsi'] }, "invalid 'aud' claim"],
    ['a wildcard for an audience', { aud: '*' }, "invalid 'aud' claim"],
  ])('%s is refused when connecting', async (_what, change, says) => {
    expect(readToken(await mint(change), realm)).toEqual({ ok: false, text: says })
  })

  test('a domain is compared in any letter case, and a wildcard for it opens nothing', async () => {
    expect(refusedRoom(await pass({ sub: 'Meet.Jitsi' }), { room }, realm)).toBeUndefined()
    for (const tenant of [undefined, 'clinic1'])
      expect(refusedRoom(await pass({ sub: '*' }), { room, tenant }, realm)).toBe('Wildcard sub in token not allowed')
  })

  test('a room that is no text connects and opens nothing, nor does a pattern of rooms', async () => {
    for (const odd of [5, ['visit-abc123'], {}])
      expect(refusedRoom(await pass({ room: odd }), { room }, realm)).toBe('Room and token mismatched')
    const pattern = await pass({ room: '.*', context: { user: {}, room: { regex: 'true' } } })
    expect(refusedRoom(pattern, { room }, realm)).toBe('Regex support not allowed for token')
  })

  test('a token that begins this very second, or has no beginning, is good', async () => {
    for (const nbf of [0, null]) expect(readToken(await mint({ nbf }), realm)).toMatchObject({ ok: true })
  })

  test('the lobby bypass is the boolean true and nothing like it', async () => {
    const bypass = async (lobby_bypass: unknown) => (await pass({ context: { user: { lobby_bypass } } })).lobbyBypass

    expect([await bypass(true), await bypass('true'), await bypass(1), await bypass(undefined)]).toEqual([
      true,
      false,
      false,
      false,
    ])
  })

  test('with a features claim all that is not literally true is off, without one a moderator is offered recording', async () => {
    const some = await pass({
      context: { user: { moderator: true }, features: { 'send-groupchat': true, recording: 'true' } },
    })
    const none = await pass({ context: { user: { moderator: true } } })
    const patient = await pass({ context: { user: {} } })

    expect(some.features).toMatchObject({ 'send-groupchat': true, recording: false, 'screen-sharing': false })
    expect(none.features).toMatchObject({ recording: true, livestreaming: true, transcription: true })
    expect(patient.features).toMatchObject({ recording: false, livestreaming: false, transcription: false })
  })

  test('no token at all and a torn one are refused when connecting', () => {
    expect(readToken('', realm)).toEqual({ ok: false, text: 'token required' })
    expect(readToken('garbage', realm)).toEqual({ ok: false, text: 'Invalid token' })
    expect(readToken('a.b.c', realm)).toEqual({ ok: false, text: 'Invalid header' })
    expect(readToken('e30.b.c', realm)).toEqual({ ok: false, text: 'Invalid body' })
  })
})
