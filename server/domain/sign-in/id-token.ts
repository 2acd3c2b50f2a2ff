// What an id_token must say beyond its signature, issuer, audience, nonce and end: that it was made for us, made now, and signed by the
// algorithm of the key that it names. Takes the token's own word for none of these.
import { Refusal } from '../errors.ts'
import type { Instant } from '../ids.ts'
import { algorithmWordIn } from '../oauth-words.ts'

/** In seconds: so far the clock of an EHR may be ahead of ours, and so long ago it may have made the token of this very sign-in. */
const [mostAhead, oldest] = [10 * 60, 60 * 60]

type Claims = { readonly iat: number; readonly azp?: unknown }

/**
 * Refuses (`identity-unverified`) one that was given to another app (`azp`, also where `aud` names us alone: OpenID Connect Core 1.0,
 * 3.1.3.7, 4 and 5), and one of another time (the same, 10). `clientId` is ours there.
 */
export function requireForUsNow({ iat, azp }: Claims, clientId: string, now: Instant): void {
  const age = Date.parse(now) / 1000 - iat
  const foreign = azp !== undefined && azp !== clientId
  if (foreign || !(age >= -mostAhead && age <= oldest)) throw new Refusal('identity-unverified')
}

/** What we verify: never `none`, never a shared secret. */
export const idTokenAlgorithms = ['RS256', 'ES256', 'ES384', 'PS256'] as const

/** As much of a published key as is looked at (RFC 7517, 4); whatever stands there. */
export type PublishedKey = { readonly [Member in 'kty' | 'crv' | 'kid' | 'use' | 'key_ops' | 'alg']?: unknown }

/**
 * The one key that a token's `kid` names says by which algorithm it is signed; without `kid` it is the only one there is (OpenID Connect
 * Core 1.0, 10.1). Refuses (`identity-unverified`) a token that says another, and where no key or several are meant. Before or after the
 * signature, which is verified elsewhere.
 */
export function requireItsKey(
  { alg, kid }: { readonly alg?: unknown; readonly kid?: unknown },
  published: readonly PublishedKey[],
): void {
  const usable = published.filter((key) => algorithmOf(key) !== undefined)
  const [key, ...more] = kid === undefined ? usable : usable.filter((one) => one.kid === kid)
  if (key === undefined || more.length > 0 || algorithmOf(key) !== alg)
    throw new Refusal('identity-unverified', { detail: { alg: algorithmWordIn(alg) } })
}

/** What the key itself says, where its kind fits; else what its kind is used for. Undefined for a key that signs no id_tokens of ours. */
export function algorithmOf({ kty, crv, use, key_ops: operations, alg }: PublishedKey): string | undefined {
  if (use !== undefined && use !== 'sig') return undefined
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) return undefined
  const fitting =
    (kty === 'EC' ? byCurve[String(crv)] : kty === 'RSA' ? (['RS256', 'PS256'] as const) : undefined) ?? []
  return alg === undefined ? fitting[0] : fitting.find((one) => one === alg)
}

const byCurve: Readonly<Record<string, readonly string[]>> = { 'P-256': ['ES256'], 'P-384': ['ES384'] }
