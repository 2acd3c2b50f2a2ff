// Owns the places the contract is held against: the sandbox's Jitsi, and a real one where the environment names it.
// At a real one nothing is joined: a token is shown when connecting, as the web app shows it (XMPP over WebSocket, RFC 7395).
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { on, once } from 'node:events'
import { SignJWT } from 'jose'
import { WebSocket } from 'ws'
import recorded from './jitsi-token-cases.json' with { type: 'json' }
import type { House } from './jitsi-visitor.ts'

/** What a server says to a token: it may connect, or not, in these words. */
export type Said = 'connected' | { readonly refused: string }
export type Place = {
  readonly name: string
  readonly origin: string
  readonly realm: Realm
  /** Its clock, in milliseconds since 1970. */
  readonly now: () => number
  connect(token: string): Promise<Said>
  /** The sandbox's rooms, which are joined over its own socket. */
  readonly house?: House
}
type Realm = { readonly issuer: string; readonly audience: string; readonly domain: string; readonly secret: string }

type Env = Readonly<Record<string, string | undefined>>

/** The real one of the environment, if any: an origin, and what its Prosody accepts. */
export function realPlace(env: Env): Place | undefined {
  const { JITSI_CONTRACT_URL: url, JITSI_CONTRACT_SECRET: secret = '' } = env
  if (url === undefined || url === '') return undefined
  const { JITSI_CONTRACT_ISSUER: issuer = 'housecall', JITSI_CONTRACT_AUDIENCE: audience = 'jitsi' } = env
  const { JITSI_CONTRACT_DOMAIN: domain = 'meet.jitsi' } = env
  const { origin } = new URL(url)
  const realm = { issuer, audience, domain, secret }
  return { name: 'a real Jitsi', origin, realm, now: Date.now, connect: (token) => overXmpp(origin, domain, token) }
}

/** What a run says of itself, so that nobody takes the stand-in's word for the real one's. */
export const saidOf = (real: Place | undefined): string =>
  real === undefined
    ? 'JITSI_CONTRACT_URL is not set: the contract was held against the Jitsi of the sandbox only, not against a real one.'
    : 'The contract is also held against the Jitsi that JITSI_CONTRACT_URL names. What happens inside a room is not: try that by hand.'

export function sandboxPlace(house: House, realm: Realm): Place {
  const { origin } = house.jitsi
  const now = () => house.clock.now
  return { name: 'the sandbox’s Jitsi', origin, realm, now, house, connect: (token) => overSandbox(origin, token) }
}

const socketAt = (origin: string, path: string, protocol?: string) =>
  new WebSocket(`${origin.replace('http', 'ws')}${path}`, protocol === undefined ? [] : [protocol])

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

const framing = 'urn:ietf:params:xml:ns:xmpp-framing'
const sasl = 'urn:ietf:params:xml:ns:xmpp-sasl'

/** Opens a stream and signs in without a name, as the web app does with its token in the address; joins nothing. */
export async function overXmpp(origin: string, domain: string, token: string): Promise<Said> {
  const query = `?room=${encodeURIComponent(recorded.good.claims.room)}&token=${encodeURIComponent(token)}`
  const socket = socketAt(origin, `/xmpp-websocket${query}`, 'xmpp')
  await once(socket, 'open')
  // Listened to before anything is said: two stanzas may come at once.
  const stanzas = on(socket, 'message', { signal: AbortSignal.timeout(5_000) })
  socket.send(`<open xmlns="${framing}" to="${domain}" version="1.0"/>`)
  try {
    for await (const [raw] of stanzas) {
      const stanza = String(raw)
      if (stanza.includes('<mechanism')) socket.send(`<auth xmlns="${sasl}" mechanism="ANONYMOUS"/>`)
      if (stanza.startsWith('<success')) return 'connected'
      const text = /<text[^>]*>([^<]*)<\/text>/.exec(stanza)?.[1]
      if (stanza.startsWith('<failure')) return { refused: unescaped(text ?? '') }
    }
    throw new Error('the stream ended without a word about the token')
  } finally {
    socket.terminate()
  }
}

const unescaped = (text: string) =>
  text
    .replaceAll('&apos;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

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
