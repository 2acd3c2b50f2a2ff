// Room tokens signed by a key instead of a secret: what Prosody says of each, and that it finds our public keys in both its ways.
import { createHash, createPrivateKey, createPublicKey, type KeyObject, randomUUID } from 'node:crypto'
import { decodeProtectedHeader, type JWK, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { startJitsi } from '../../sandbox/jitsi/main.ts'
import { type Realm, readToken, refusedRoom } from '../../sandbox/jitsi/token.ts'
import { keyPair } from '../../sandbox/key-pair.ts'
import type { Config, JitsiKey } from '../../server/settings/config.ts'
import type { RoomToken } from '../../server/wire/wire.ts'
import { ask } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { admitted, bodyOf, tokenFor } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

// An RSA key takes its time, most of all beside other tests.
function pair() {
  const { privateKey: jwk, publicKey } = keyPair('RS256')
  const of = (key: JWK) => ({ key: { ...key }, format: 'jwk' as const })
  return { jwk, privateKey: createPrivateKey(of(jwk)), publicKey: createPublicKey(of(publicKey)) }
}
const [ours, theirs] = [pair(), pair()]
const now = () => 1_700_000_000_000
const claims = {
  ...{ aud: 'jitsi', iss: 'telehealth', sub: 'meet.jitsi', room: 'visit-abc123' },
  ...{ nbf: now() / 1000 - 30, exp: now() / 1000 + 300, context: { user: { id: 'u1', moderator: true } } },
}
const secret = randomUUID()
const common = { issuer: 'telehealth', audience: 'jitsi' as const, domain: 'meet.jitsi', now }
const keyOf = (kid: string) => (kid === 'ours' ? ours.publicKey : undefined)
const asap: Realm = { ...common, keys: { by: 'asap', keyOf } }
const jwks: Realm = { ...common, keys: { by: 'jwks', keyOf } }

type Header = { alg: string; typ?: string; kid?: string }
const token = (header: Header, key: KeyObject | Uint8Array = ours.privateKey, change: object = {}) =>
  new SignJWT({ ...claims, ...change }).setProtectedHeader(header).sign(key)
const bytes = new TextEncoder().encode(secret.repeat(2))

describe('a Prosody that fetches keys', () => {
  test.each<[what: string, header: Header, key: KeyObject | Uint8Array, says: string | undefined]>([
    ['takes what our key signed', { alg: 'RS256', typ: 'JWT', kid: 'ours' }, ours.privateKey, undefined],
    [
      'refuses what another key signed',
      { alg: 'RS256', typ: 'JWT', kid: 'ours' },
      theirs.privateKey,
      'Invalid signature',
    ],
    ['wants to know which key', { alg: 'RS256', typ: 'JWT' }, ours.privateKey, "'kid' claim is missing"],
    [
      'refuses a key it cannot get',
      { alg: 'RS256', typ: 'JWT', kid: 'new' },
      ours.privateKey,
      'could not obtain public key',
    ],
    [
      'takes one algorithm alone',
      { alg: 'RS384', typ: 'JWT', kid: 'ours' },
      ours.privateKey,
      'Invalid or incorrect alg',
    ],
    ['refuses a secret', { alg: 'HS256', typ: 'JWT', kid: 'ours' }, bytes, "'kid' claim only support with RS family"],
    ['refuses a header without typ', { alg: 'RS256', kid: 'ours' }, ours.privateKey, 'Invalid typ'],
  ])('%s', async (_what, header, key, says) => {
    const reading = readToken(await token(header, key), asap)

    expect(reading.ok ? undefined : reading.text).toBe(says)
  })

  test('holds dates, issuer, audience, room and domain as strictly as by a secret', async () => {
    const header = { alg: 'RS256', typ: 'JWT', kid: 'ours' }
    const said = async (change: object) => {
      const reading = readToken(await token(header, ours.privateKey, change), asap)
      return reading.ok ? refusedRoom(reading.pass, { room: 'visit-abc123' }, asap) : reading.text
    }

    expect(await said({})).toBeUndefined()
    expect(await said({ exp: now() / 1000 })).toBe('Not acceptable by exp (0.0 sec since expired)')
    expect(await said({ iss: 'other' })).toBe("invalid 'iss' claim")
    expect(await said({ aud: ['jitsi'] })).toBe("invalid 'aud' claim")
    expect(await said({ room: '*' })).toBe('Wildcard room in token not allowed')
    expect(await said({ sub: 'example.org' })).toBe('Room and token mismatched')
  })

  test('cannot read what is no token, nor an unsigned one, nor one whose header names no algorithm', () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const texts = ['garbage', 'x.y.z', `${part({ typ: 'JWT' })}.x.y`, `${part({ kid: 'ours' })}.x.y`, '']
    const unsigned = `${part({ alg: 'none', kid: 'ours' })}.${part(claims)}.`

    expect([...texts, unsigned].map((text) => readToken(text, asap))).toMatchObject([
      { text: 'Invalid token' },
      { text: 'bad token format' },
      { text: "'kid' claim is missing" },
      { text: "'alg' claim is missing" },
      { text: 'token required' },
      { text: "'kid' claim only support with RS family" },
    ])
  })

  test('answers nothing at all to a key that is not in its set, so the person waits', async () => {
    const jitsi = await startJitsi({ ...common, keys: jwks.keys, lobby: false })
    onTestFinished(() => jitsi.close())
    const lost = await connected(jitsi.origin, await token({ alg: 'RS256', typ: 'JWT', kid: 'new' }))

    const known = await connected(jitsi.origin, await token({ alg: 'RS256', typ: 'JWT', kid: 'ours' }))
    await expect.poll(() => known.heard).toEqual(['connected'])

    expect(lost.heard).toEqual([])
    expect(lost.socket.readyState).toBe(WebSocket.OPEN)
  })
})

async function connected(origin: string, sent: string) {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/xmpp-websocket`)
  const heard: string[] = []
  const Told = z.object({ type: z.string() })
  socket.on('message', (raw) => heard.push(Told.parse(JSON.parse(raw.toString())).type))
  await new Promise((open) => socket.once('open', open))
  socket.send(JSON.stringify({ type: 'connect', token: sent }))
  return { socket, heard }
}

describe('a Prosody with a secret', () => {
  test.each(['HS256', 'HS384', 'HS512'] as const)('set to %s takes that and no other', async (alg) => {
    const realm: Realm = { ...common, secret: secret.repeat(2), alg }

    for (const used of ['HS256', 'HS384', 'HS512']) {
      const reading = readToken(await token({ alg: used, typ: 'JWT' }, bytes), realm)
      expect(reading.ok ? 'ok' : reading.text).toBe(used === alg ? 'ok' : 'Invalid or incorrect alg')
    }
  })

  test('that verifies no domain takes any sub, also another tenant’s, but still one room alone', async () => {
    const realm: Realm = { ...common, secret: secret.repeat(2), verifyDomain: false }
    const reading = readToken(await token({ alg: 'HS256', typ: 'JWT' }, bytes, { sub: 'clinic2' }), realm)
    if (!reading.ok) throw new Error(reading.text)

    expect(refusedRoom(reading.pass, { room: 'visit-abc123', tenant: 'clinic1' }, realm)).toBeUndefined()
    expect(refusedRoom(reading.pass, { room: 'visit-zzz999' }, realm)).toBe('Room and token mismatched')
  })
})

const KeySet = z.object({ keys: z.array(z.record(z.string(), z.string())) })
const jitsiKey = (jwk: JWK, kid: string) => ({ ...jwk, kid, alg: 'RS256' }) as JitsiKey // sound: an RSA key's JWK

describe('the app, signing by a key', () => {
  const keys = [jitsiKey(ours.jwk, 'signs now'), jitsiKey(theirs.jwk, 'will sign')]
  let world: World
  beforeAll(async () => {
    world = await openWorld({ organisations: ['riverside', 'harbor'], config: (config) => signing(config, keys) })
  })
  afterAll(() => world.close())

  test('publishes every key as Prosody’s cache_keys_url wants it, and no private part', async () => {
    const answer = await ask(world.url, '/jitsi/riverside/jwks.json')

    const set = KeySet.parse(answer.body)
    expect(set.keys.map(({ kid, kty, alg }) => [kid, kty, alg])).toEqual([
      ['signs now', 'RSA', 'RS256'],
      ['will sign', 'RSA', 'RS256'],
    ])
    expect(Object.keys(set.keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
    expect(answer.headers['cache-control']).toBe('public, max-age=300')
  })

  test('publishes each key under the digest of its name, as Prosody’s asap_key_server wants it', async () => {
    const digest = createHash('sha256').update('will sign').digest('hex')

    const answer = await fetch(`${world.url}/jitsi/riverside/asap/${digest}.pem`)

    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-pem-file'])
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300')
    expect(await answer.text()).toBe(theirs.publicKey.export({ type: 'spki', format: 'pem' }))
  })

  test('has nothing for another key, for a clinic that signs by a secret, and for no clinic at all', async () => {
    const digest = createHash('sha256').update('signs now').digest('hex')
    const paths = [
      ...[`/jitsi/riverside/asap/${'0'.repeat(64)}.pem`, '/jitsi/riverside/asap/signs%20now.pem'],
      ...['/jitsi/harbor/jwks.json', `/jitsi/harbor/asap/${digest}.pem`, '/jitsi/nowhere/jwks.json'],
    ]

    for (const path of paths) await refuses(world, 'not-found', () => ask(world.url, path))
  })

  test('signs with the first key, and who fetched the published set lets both sides in', async () => {
    const { patient, clinician, visit } = await admitted(world)
    const set = KeySet.parse((await ask(world.url, '/jitsi/riverside/jwks.json')).body)
    const published = new Map(set.keys.map((jwk) => [jwk.kid, createPublicKey({ key: jwk, format: 'jwk' })]))
    const realm: Realm = {
      ...{ issuer: 'housecall', audience: 'jitsi', domain: 'meet.jitsi', now: Date.now },
      keys: { by: 'jwks', keyOf: (kid) => published.get(kid) },
    }

    for (const person of [patient, clinician]) {
      const entry = bodyOf<RoomToken>(await tokenFor(person, visit))

      const reading = readToken(entry.token, realm)
      if (!reading.ok) throw new Error(reading.text)
      expect(refusedRoom(reading.pass, { room: entry.room }, realm)).toBeUndefined()
      expect(decodeProtectedHeader(entry.token)).toEqual({ alg: 'RS256', kid: 'signs now', typ: 'JWT' })
    }
  })
})

function signing(config: Config, keys: readonly JitsiKey[]): Config {
  const [first, ...others] = config.organisations
  const [key] = keys
  if (first === undefined || key === undefined) throw new Error('one clinic signs, with one key')
  return { ...config, organisations: [{ ...first, jitsiSigner: { alg: 'RS256', key }, jitsiKeys: keys }, ...others] }
}
