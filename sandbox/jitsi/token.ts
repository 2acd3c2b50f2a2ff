// Owns Prosody's reading of a room token: what it refuses, at which stage, in which words and in which order.
// Refuses no more than Prosody does: a token without `exp` passes here because it passes there.
import { createHmac, type KeyObject, timingSafeEqual, verify } from 'node:crypto'
import { z } from 'zod'
import { readJson } from './json.ts'

/** How tokens are signed here: one algorithm and no other. */
export type Signing =
  | { secret: string; alg?: 'HS256' | 'HS384' | 'HS512' }
  | { keys: KeyServer; alg?: 'RS256' | 'RS384' | 'RS512' }

/** Public keys by `kid`: all fetched before (`cache_keys_url`), or asked for one by one (`asap_key_server`). */
export type KeyServer = { by: 'jwks' | 'asap'; keyOf: (kid: string) => KeyObject | undefined }

/** What the server accepts. `now` gives milliseconds since 1970. */
export type Realm = {
  issuer: string
  audience: string
  domain: string
  now: () => number
  /** `enable_domain_verification`, true when absent; docker's default is false, and then any `sub` will do. */
  verifyDomain?: boolean
  /** `token_no_wildcard`, true when absent. */
  refusesWildcards?: () => boolean
} & Signing

/** The XMPP role of whoever holds the token. */
export type Role = 'moderator' | 'participant'

/** A token that may connect. It may still be refused the room (see `refusedRoom`). */
export type Pass = {
  userId: string | undefined
  /** The whole `context.user`, each value as text. */
  user: Readonly<Record<string, string>>
  name: string | undefined
  role: Role
  lobbyBypass: boolean
  room: string
  sub: string
  /** The room claim is meant as a pattern. */
  pattern: boolean
  /** What the client is told it may do; telling is not enforcing. */
  features: Readonly<Record<string, boolean>>
  nameReadonly: boolean
}

/** `silent`: the server breaks off without an answer, and the client waits. */
type Reading = { ok: true; pass: Pass } | { ok: false; text: string; silent?: true }

const Body = z.record(z.string(), z.unknown())
const Claims = z
  .object({ user: Body.catch({}), features: Body.optional().catch(undefined), room: Body.catch({}) })
  .catch({ user: {}, room: {} })

/** Reads a token at the connect stage, in Prosody's order: key, form, typ, alg, signature, times, iss, aud, room, sub. */
export function readToken(token: string, realm: Realm): Reading {
  if (token === '') return refused('token required')
  const keyless = 'keys' in realm ? keyFault(token, realm.keys) : undefined
  if (keyless !== undefined) return keyless
  const parts = token.split('.').filter((part) => part !== '')
  const [head, body, signature] = parts
  // An unsigned token has two filled parts, so `alg: none` already fails on its form.
  if (parts.length !== 3 || !head || !body || !signature) return refused('Invalid token')
  const header = readJson(decoded(head), Body)
  const claims = readJson(decoded(body), Body)
  if (!header) return refused('Invalid header')
  if (!claims) return refused('Invalid body')
  if (header.typ !== 'JWT') return refused('Invalid typ')
  if (header.alg !== algOf(realm)) return refused('Invalid or incorrect alg')
  if (!signed(`${head}.${body}`, signature, realm, header.kid)) return refused('Invalid signature')
  const fault = timeFault(claims, realm.now) ?? claimFault(claims, realm)
  return fault === undefined ? { ok: true, pass: passOf(claims) } : refused(fault)
}

/** The join-stage check: the words of the refusal, or undefined when the token opens this room. */
export function refusedRoom(pass: Pass, at: { room: string; tenant?: string | undefined }, realm: Realm) {
  // The clinic's server loads token_no_wildcard.
  if (realm.refusesWildcards?.() ?? true) {
    if (pass.room === '*') return 'Wildcard room in token not allowed'
    if (pass.sub === '*') return 'Wildcard sub in token not allowed'
    if (pass.pattern) return 'Regex support not allowed for token'
  }
  // Prosody compares rooms in lower case, and `sub` with the domain, or with the tenant where the URL has one.
  const sameRoom = pass.room === '*' || pass.room.toLowerCase() === at.room.toLowerCase()
  const realmName = (at.tenant ?? realm.domain).toLowerCase()
  const sameRealm = realm.verifyDomain === false || pass.sub === '*' || pass.sub.toLowerCase() === realmName
  return sameRoom && sameRealm ? undefined : 'Room and token mismatched'
}

function timeFault(claims: Record<string, unknown>, now: () => number): string | undefined {
  const seconds = Math.floor(now() / 1000)
  const { exp, nbf } = claims
  if (exp !== undefined && typeof exp !== 'number') return 'exp must be number'
  if (nbf !== undefined && typeof nbf !== 'number') return 'nbf must be number'
  // No leeway on either side: a token that expires this very second is too late.
  if (exp !== undefined && seconds >= exp)
    return `Not acceptable by exp (${(seconds - exp).toFixed(1)} sec since expired)`
  if (nbf !== undefined && seconds < nbf) return 'Not acceptable by nbf'
  return undefined
}

function claimFault({ iss, aud, room, sub }: Record<string, unknown>, realm: Realm): string | undefined {
  if (iss === undefined) return `'iss' claim is missing`
  if (iss !== realm.issuer) return `invalid 'iss' claim`
  if (aud === undefined) return `'aud' claim is missing`
  // A list is refused even when the right audience stands in it.
  if (aud !== realm.audience) return `invalid 'aud' claim`
  // What is there but no text opens no room, and is refused there.
  if (room === undefined) return 'room claim is missing'
  if (sub === undefined) return 'sub claim is missing'
  return undefined
}

function passOf(claims: Record<string, unknown>): Pass {
  const { user, features, room } = Claims.parse(claims.context)
  // token_affiliation takes the text "true" as well; token_lobby_bypass takes the boolean only.
  const role: Role = user.moderator === true || user.moderator === 'true' ? 'moderator' : 'participant'
  return {
    userId: text(user.id),
    user: Object.fromEntries(Object.entries(user).map(([key, value]) => [key, String(value)])),
    name: text(user.name),
    role,
    lobbyBypass: user.lobby_bypass === true,
    room: text(claims.room) ?? '',
    sub: text(claims.sub) ?? '',
    pattern: room.regex === true || room.regex === 'true',
    features: announced(features, role),
    nameReadonly: features?.['name-readonly'] === true,
  }
}

const spoken = ['send-groupchat', 'create-polls', 'screen-sharing', 'file-upload']
const costly = ['recording', 'livestreaming', 'transcription', 'outbound-call']

// With a features claim all that is not literally true is off; without one a moderator is offered recording and the like.
function announced(features: Record<string, unknown> | undefined, role: Role): Record<string, boolean> {
  const allowed = (name: string) => (features ? features[name] === true : spoken.includes(name) || role === 'moderator')
  return Object.fromEntries([...costly, ...spoken].map((name) => [name, allowed(name)]))
}

/** With a key server the header is looked at first (token/util.lib.lua, process_and_verify_token). */
function keyFault(token: string, { by, keyOf }: KeyServer): Reading | undefined {
  if (!token.includes('.')) return refused('Invalid token')
  const header = readJson(decoded(token.split('.')[0] ?? ''), Body)
  if (!header) return refused('bad token format')
  const { kid, alg } = header
  if (kid === undefined) return refused("'kid' claim is missing")
  if (alg === undefined) return refused("'alg' claim is missing")
  if (typeof alg !== 'string' || !alg.startsWith('RS')) return refused("'kid' claim only support with RS family")
  if (typeof kid === 'string' && keyOf(kid) !== undefined) return undefined
  // Without a server to ask for the one key, the module fails on its way there.
  return by === 'jwks' ? { ...refused(''), silent: true } : refused('could not obtain public key')
}

const algOf = (realm: Realm): string => realm.alg ?? ('keys' in realm ? 'RS256' : 'HS256')

function signed(input: string, signature: string, realm: Realm, kid: unknown): boolean {
  const hash = `sha${algOf(realm).slice(2)}`
  const given = Buffer.from(signature, 'base64url')
  if ('keys' in realm) {
    const key = realm.keys.keyOf(String(kid))
    return key !== undefined && verify(hash, Buffer.from(input), key, given)
  }
  const wanted = createHmac(hash, realm.secret).update(input).digest()
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

const decoded = (part: string) => Buffer.from(part, 'base64url').toString('utf8')
const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
const refused = (words: string) => ({ ok: false, text: words }) as const
