// Why a sign-in came to nothing, as the library or the EHR says it: one refusal of ours, and for the log OAuth's own word or the algorithm.
// Takes no text of anybody's: what is on no list is `other`.
import * as client from 'openid-client'
import { type Detail, Refusal } from '../../domain/errors.ts'
import { algorithmWordIn, oauthWordIn } from '../../domain/oauth-words.ts'

/** What the library finds wrong in an answer that did arrive is about the id_token or the parameters that prove it. */
const unproven = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_JWT_USERINFO_EXPECTED',
  'OAUTH_KEY_SELECTION_FAILED',
  'OAUTH_UNSUPPORTED_OPERATION',
  'OAUTH_PARSE_ERROR',
  'OAUTH_MISSING_SERVER_METADATA',
])

/** Of an exchange that failed with `cause`: `launch-declined`, `identity-unverified`, `ehr-busy` or `launch-failed`. */
export function refusalOfExchange(cause: unknown): Refusal {
  const ours = refusalUnder(cause)
  if (ours !== undefined) return ours
  const detail = toldIn(cause)
  if (cause instanceof client.AuthorizationResponseError) return new Refusal('launch-declined', { cause, detail })
  if (cause instanceof client.ClientError && unproven.has(cause.code ?? ''))
    return new Refusal('identity-unverified', { cause, detail })
  return new Refusal('launch-failed', { cause, detail })
}

/** What our own line to the EHR refused, before the library heard of an answer. */
export const refusalUnder = (cause: unknown): Refusal | undefined =>
  causesOf(cause).find((one) => one instanceof Refusal)

/** OAuth's word for it where the EHR said one; else the algorithm of an id_token, where the library says which it was. */
export function toldIn(cause: unknown): Detail {
  if (cause instanceof client.AuthorizationResponseError || cause instanceof client.ResponseBodyError)
    return { oauth: oauthWordIn(cause.error) }
  const said = causesOf(cause).flatMap((one) => algorithmOf(one) ?? [])
  return said[0] === undefined ? {} : { alg: algorithmWordIn(said[0]) }
}

/** An error, and what caused it, and so on. */
function causesOf(cause: unknown, depth = 0): readonly unknown[] {
  if (typeof cause !== 'object' || cause === null || depth > 5) return []
  return [cause, ...causesOf('cause' in cause ? cause.cause : undefined, depth + 1)]
}

/** The library tells the head of a token whose algorithm it does not take, or for which there is no key. */
function algorithmOf(told: unknown): unknown {
  const header = typeof told === 'object' && told !== null && 'header' in told ? told.header : told
  return typeof header === 'object' && header !== null && 'alg' in header ? header.alg : undefined
}
