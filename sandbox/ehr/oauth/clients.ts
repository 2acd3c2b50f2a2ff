// Owns how a client proves at the token endpoint who it is: exactly as it was registered, and in no other way.
// `client_id` stands in the body for public clients and beside a secret there, for no others (SMART 2.2, "Obtain access token").
// Private keys by SMART App Launch 2.2, "asymmetric authentication"; secrets by RFC 6749, 2.3.1.
import { createHash, timingSafeEqual } from 'node:crypto'
import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, type JWTVerifyGetKey, jwtVerify } from 'jose'
import type { Client } from '../contract.ts'
import type { SmartWays } from '../personality.ts'
import { OAuthError } from './errors.ts'

type Proof = { authorization?: string; form: Readonly<Record<string, string>> }

export type ClientDesk = { identify(proof: Proof): Promise<Client> }

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const maxAssertionSeconds = 300
const skewSeconds = 5

type Desk = {
  tokenUrl: string
  now: () => Date
  /** How secrets are read here. */
  ways: Pick<SmartWays, 'basic' | 'secretsBy'>
}

/** A desk that knows these clients, remembers every jti it has seen, and wants assertions addressed to `tokenUrl`. */
export function clientDesk(clients: readonly Client[], { tokenUrl, now, ways: house }: Desk): ClientDesk {
  const seen = new Map<string, number>()
  const keysOf = new Map(clients.map((client) => [client.clientId, keysFor(client)]))

  const byAssertion = async (client: Client, form: Proof['form']) => {
    const keys = keysOf.get(client.clientId)
    if (!keys || form.client_assertion_type !== assertionType || !form.client_assertion) {
      throw refused('This client must send a signed client_assertion.')
    }
    const claims = await readAssertion(form.client_assertion, client.clientId, keys, { tokenUrl, now })
    for (const [jti, exp] of seen) if (exp < now().getTime() / 1000 - skewSeconds) seen.delete(jti)
    const jti = `${client.clientId} ${claims.jti}`
    if (seen.has(jti)) throw refused('This client_assertion has been used already (jti).')
    seen.set(jti, claims.exp)
  }

  return {
    async identify({ authorization, form }) {
      const read = readBasic(authorization, house.basic)
      const basic = read?.find(({ id }) => clients.some(({ clientId }) => clientId === id)) ?? read?.[0]
      const ways = [basic !== undefined, 'client_secret' in form, 'client_assertion' in form].filter(Boolean).length
      if (ways > 1) throw new OAuthError('invalid_request', 'A client proves itself in one way, not in several.')
      const clientId = basic?.id ?? form.client_id ?? subjectOf(form.client_assertion)
      const client = clients.find((one) => one.clientId === clientId)
      if (!client) throw refused('This client is not registered here.')
      if (form.client_id !== undefined && (basic || 'client_assertion' in form)) {
        throw new OAuthError('invalid_request', 'A client that proves itself otherwise sends no client_id in the body.')
      }
      if (client.auth.kind === 'public') {
        if (ways > 0) throw refused('This client is public and has nothing to prove itself with.')
      } else if (client.auth.kind === 'secret') {
        requireSecret(client.clientId, client.auth, { read, form, house })
      } else await byAssertion(client, form)
      return client
    },
  }
}

type Brought = { read: Basic[] | undefined; form: Proof['form']; house: Desk['ways'] }

function requireSecret(
  clientId: string,
  { secret, by: registered }: Extract<Client['auth'], { kind: 'secret' }>,
  { read, form, house: { secretsBy } }: Brought,
): void {
  const by = registered ?? secretsBy ?? (read ? 'basic' : 'post')
  if (by === 'post' && secretsBy === 'basic') throw refused('Basic authentication is required.')
  const brought = by === 'basic' ? (read ?? []) : [{ id: clientId, secret: form.client_secret ?? '' }]
  const isRight = brought.some((one) => one.id === clientId && same(one.secret, secret))
  if (!isRight) throw refused('The client secret is not right.')
}

type Verified = { jti: string; exp: number }

async function readAssertion(
  assertion: string,
  clientId: string,
  keys: JWTVerifyGetKey,
  { tokenUrl, now }: { tokenUrl: string; now: () => Date },
): Promise<Verified> {
  const { payload, protectedHeader } = await jwtVerify(assertion, keys, {
    algorithms: ['RS384', 'ES384'],
    typ: 'JWT',
    issuer: clientId,
    subject: clientId,
    audience: tokenUrl,
    requiredClaims: ['exp', 'jti'],
    clockTolerance: skewSeconds,
    currentDate: now(),
  }).catch((cause: Error) => {
    throw refused(`The client_assertion is not right: ${cause.message}.`, cause)
  })
  const { exp, jti } = payload
  if (!protectedHeader.kid) throw refused('The client_assertion names no kid.')
  if (!jti || exp === undefined) throw refused('The client_assertion needs jti and exp.')
  if (exp > now().getTime() / 1000 + maxAssertionSeconds + skewSeconds) {
    throw refused('The client_assertion lives longer than five minutes.')
  }
  return { jti, exp }
}

function keysFor({ auth }: Client): JWTVerifyGetKey | undefined {
  if (auth.kind !== 'private_key_jwt') return undefined
  if (auth.jwks) return createLocalJWKSet(auth.jwks)
  // Fetched anew whenever a kid is unknown: how long a real EHR waits before it asks again is its own affair.
  if (auth.jwksUrl) return createRemoteJWKSet(new URL(auth.jwksUrl), { cooldownDuration: 0 })
  return undefined
}

/** Whom an assertion speaks for, before it is believed: only to find the registration it must then match. */
function subjectOf(assertion: string | undefined): string | undefined {
  if (!assertion) return undefined
  try {
    return decodeJwt(assertion).sub
  } catch {
    // Unreadable is the same as unknown: the caller refuses.
    return undefined
  }
}

type Basic = { id: string; secret: string }

/** What a Basic header may say here: one reading, or two where both are taken. */
function readBasic(authorization: string | undefined, taken: SmartWays['basic'] = 'decoded'): Basic[] | undefined {
  if (authorization === undefined) return undefined
  const [scheme, encoded] = authorization.split(' ')
  if (scheme?.toLowerCase() !== 'basic' || !encoded)
    throw refused('Only Basic is taken in the Authorization header here.')
  const text = Buffer.from(encoded, 'base64').toString()
  const colon = text.indexOf(':')
  if (colon < 0) throw refused('The Authorization header cannot be read.')
  const whole = { id: text.slice(0, colon), secret: text.slice(colon + 1) }
  // RFC 6749, 2.3.1: both halves are form-encoded before they are joined.
  const decode = (part: string) => new URLSearchParams(`v=${part}`).get('v') ?? ''
  const decoded = { id: decode(whole.id), secret: decode(whole.secret) }
  if (taken === 'decoded') return [decoded]
  return taken === 'either' ? [whole, decoded] : [{ ...whole, secret: whole.secret.split(':', 1)[0] ?? '' }]
}

function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

function refused(description: string, cause?: unknown): OAuthError {
  return new OAuthError('invalid_client', description, { cause })
}
