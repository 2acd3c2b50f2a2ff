// Owns the places the contract is held against: the sandbox's Jitsi over its own socket, and a real one over XMPP where the environment
// names it. Whoever comes into a room of the real one leaves it when the test ends.
import { execFile } from 'node:child_process'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { SignJWT } from 'jose'
import { onTestFinished } from 'vitest'
import { signIn, socketAt } from '../../../doctor/xmpp.ts'
import { connect, type Entrance, features, type House, type Visitor } from '../../support/jitsi-visitor.ts'
import recorded from './token-cases.json' with { type: 'json' }
import { connectXmpp } from './xmpp.ts'

/** What a server says to a token: it may connect, or not, in these words. */
export type Said = 'connected' | { readonly refused: string }
export type Place = {
  readonly name: string
  readonly origin: string
  readonly realm: Realm
  /** Its clock, in milliseconds since 1970. */
  readonly now: () => number
  connect(token: string): Promise<Said>
  /** Connects to stay, or takes up a line that was cut. */
  enter(token: string, resume?: string): Promise<Visitor>
  /** Absent where nothing of it can be stopped from here. */
  readonly parts: Parts | undefined
}
export type Part = 'bridge' | 'prosody' | 'jicofo'
/** Each settles once it is so; starting what runs changes nothing. */
export type Parts = {
  stop(part: Part): Promise<void>
  start(part: Part): Promise<void>
  /** As long as an answer would have taken. */
  quiet(): Promise<unknown>
}
type Realm = { readonly issuer: string; readonly audience: string; readonly domain: string; readonly secret: string }

type Env = Readonly<Record<string, string | undefined>>

/** The real one of the environment, if any: an origin, and what its Prosody accepts. */
export function realPlace(env: Env): Place | undefined {
  const { JITSI_CONTRACT_URL: url, JITSI_CONTRACT_SECRET: secret = '' } = env
  if (url === undefined || url === '') return undefined
  const { JITSI_CONTRACT_ISSUER: issuer = 'housecall', JITSI_CONTRACT_AUDIENCE: audience = 'jitsi' } = env
  const { JITSI_CONTRACT_DOMAIN: domain = 'meet.jitsi' } = env
  const { JITSI_CONTRACT_MUC: muc = `muc.${domain}` } = env
  const { origin } = new URL(url)
  const realm = { issuer, audience, domain, secret }
  const enter = async (token: string, resume?: string) => {
    const visitor = await connectXmpp({ origin, domain, muc }, token, resume)
    onTestFinished(() => visitor.leave())
    return visitor
  }
  return {
    name: 'a real Jitsi',
    origin,
    realm,
    now: Date.now,
    connect: (token) => overXmpp(origin, domain, token),
    enter,
    parts: commanded(env),
  }
}

const run = promisify(execFile)
const quietMs = 20_000

/** By the commands of the environment, which are given the part's name: `bridge`, `prosody` or `jicofo`. */
function commanded({ JITSI_CONTRACT_STOP: stop = '', JITSI_CONTRACT_START: start = '' }: Env): Parts | undefined {
  if (stop === '' || start === '') return undefined
  const given = (command: string) => async (part: Part) => void (await run('/bin/sh', ['-c', `${command} ${part}`]))
  return { stop: given(stop), start: given(start), quiet: () => pause(quietMs) }
}

/** The sandbox's die as quickly as a test wants. */
const switched = ({ faults }: House['jitsi']): Parts => ({
  async stop(part) {
    if (part === 'bridge') faults.on('bridge-away', { noticedMs: 0 })
    else if (part === 'jicofo') faults.on('jicofo-away')
    else faults.on('prosody-restart', { awayMs: 60_000 })
  },
  async start(part) {
    if (part === 'bridge') faults.on('bridge-back')
    else if (part === 'jicofo') faults.off('jicofo-away')
    else faults.off('signalling-down')
  },
  quiet: () => pause(100),
})

/** The way in with tokens of the place's own. */
export const entranceOf = (place: Place): Entrance => ({
  mint(room, user, more = features) {
    const context = { user, ...(more && { features: more }) }
    return tokenAt(place, { case: '', answer: 'ok', claims: { room, context } })
  },
  connect: place.enter,
})

/** What a run says of itself, so that nobody takes the stand-in's word for the real one's. */
export const saidOf = (real: Place | undefined): string =>
  real === undefined
    ? 'JITSI_CONTRACT_URL is not set: the contract was held against the Jitsi of the sandbox only, not against a real one.'
    : `The contract is also held against the Jitsi that JITSI_CONTRACT_URL names, its rooms too. What a browser alone shows is not: try that by hand. ${ofParts(real)}`

const ofParts = ({ parts }: Place) =>
  parts === undefined
    ? 'JITSI_CONTRACT_STOP and JITSI_CONTRACT_START do not both name a command: that its videobridge, its Prosody or its jicofo dies was held against the Jitsi of the sandbox only.'
    : 'Its videobridge, its Prosody and its jicofo are stopped and started again by the commands of JITSI_CONTRACT_STOP and JITSI_CONTRACT_START: nobody else should be in a call there.'

export function sandboxPlace(house: House, realm: Realm): Place {
  const { origin } = house.jitsi
  const now = () => house.clock.now
  return {
    ...{ name: 'the sandbox’s Jitsi', origin, realm, now, connect: (token) => overSandbox(origin, token) },
    enter: (token, resume) => connect(house, token, resume),
    parts: switched(house.jitsi),
  }
}

/** The subprotocol a websocket was opened with. */
export async function handshake(origin: string): Promise<string> {
  const socket = socketAt(origin, '/xmpp-websocket', 'xmpp')
  await once(socket, 'open')
  socket.terminate()
  return socket.protocol
}

async function overSandbox(origin: string, token: string): Promise<Said> {
  const socket = socketAt(origin, '/xmpp-websocket')
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connect', token }))
  const [raw] = await once(socket, 'message')
  socket.terminate()
  const { type, text } = JSON.parse(String(raw))
  return type === 'connected' ? 'connected' : { refused: String(text) }
}

/** Signs in as the web app does, and joins nothing. */
export async function overXmpp(origin: string, domain: string, token: string): Promise<Said> {
  const { socket, said } = await signIn({ origin, domain }, { token, room: recorded.good.claims.room }, () => {})
  socket.terminate()
  return said
}

export type TokenCase = {
  readonly case: string
  readonly header?: { alg: string; typ?: string }
  readonly claims?: Readonly<Record<string, unknown>>
  readonly key?: string
  readonly answer: string
  readonly role?: string
  readonly text?: string
}
export const tokenCases: readonly TokenCase[] = recorded.cases
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The good token of a place, changed as the case says: times are seconds from now, null drops a claim. */
export async function tokenAt({ realm, now }: Pick<Place, 'realm' | 'now'>, row: TokenCase): Promise<string> {
  const { issuer, audience, domain, secret } = realm
  const { header = recorded.good.header, claims = {}, key } = row
  const good = { ...recorded.good.claims, iss: issuer, aud: audience, sub: domain }
  const seconds = Math.floor(now() / 1000)
  const changed = Object.entries({ ...good, ...claims }).flatMap(([name, value]) => {
    if (value === null) return []
    return [[name, (name === 'nbf' || name === 'exp') && typeof value === 'number' ? seconds + value : value] as const]
  })
  const body = Object.fromEntries(changed)
  if (key === 'none') return `${base64url(header)}.${base64url(body)}.`
  const signer = key === 'rsa' ? rsa : new TextEncoder().encode(key === 'other' ? randomUUID() : secret)
  return new SignJWT(body).setProtectedHeader(header).sign(signer)
}
