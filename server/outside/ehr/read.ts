// One look under the FHIR base, with the token of whoever looks. Only 200 is an answer: what says anything else is not believed, and nobody
// is followed. Refuses by what came instead.
import { Refusal } from '../../domain/errors.ts'
import type { Iss } from '../../domain/ids.ts'
import { type Answered, ask, isGarbled, jsonOf, Unreadable } from '../ask.ts'
import { notBusy } from '../busy.ts'
import { readOutcome } from './resources.ts'
import { underBase } from './under-base.ts'

/** A token that is good now, and another one than the EHR has just refused; refuses (`ehr-session-ended`) when there is none. */
export type GiveAccessToken = (refused?: string) => Promise<string>

/** `bytes` long. */
type Found = { readonly body: unknown; readonly headers: Headers; readonly bytes: number }

/**
 * `deleted` (410): it was there; `unknown` (404): it is not, or this person is not to know of it (FHIR R4, 6.1.0.6). `forbidden` (403): it is
 * not for this person's eyes. `unsaid`: 404 or 410 without an OperationOutcome, as from a gateway whose server is not there.
 */
export type Absence = 'deleted' | 'unknown' | 'forbidden' | 'unsaid'

export type LookUp = (url: string, timeoutMs: number) => Promise<Found | Absence>

/** How much is read of one answer, in bytes. */
export const fhirBytes = 5_000_000

/**
 * As it is now: HAPI answers a search from a cache of a minute, and so may whoever stands before a server, and what is looked for may have
 * arrived a moment ago (RFC 9111, 5.2.1.4).
 */
const presentState = { 'cache-control': 'no-cache' } as const

/** Looks under the base; when the EHR takes the token no longer, once more with another one. */
export function looking(iss: Iss, giveAccessToken: GiveAccessToken, now: () => number): LookUp {
  const once = async (url: string, token: string, timeoutMs: number): Promise<Found | Absence> => {
    const headers = { authorization: `Bearer ${token}`, accept: 'application/fhir+json', ...presentState }
    const answered = await ask(url, { headers, mostBytes: fhirBytes, timeoutMs }).catch((cause: unknown) => {
      throw new Refusal(isGarbled(cause) ? 'ehr-failed' : 'ehr-unreachable', { cause })
    })
    return found(notBusy(answered, now()))
  }
  return async (url, timeoutMs) => {
    const within = underBase(iss, url)
    const token = await giveAccessToken()
    return once(within, token, timeoutMs).catch(async (cause: unknown) => {
      if (!(cause instanceof Refusal && cause.code === 'ehr-session-ended')) throw cause
      return once(within, await giveAccessToken(token).catch(afterNo), timeoutMs)
    })
  }
}

/** It took the token no longer, whatever became of the attempt to get another one. */
function afterNo(cause: unknown): never {
  if (!(cause instanceof Refusal)) throw cause
  throw new Refusal(cause.code, { cause, detail: { ...cause.detail, answered: true } })
}

function found(answered: Answered): Found | Absence {
  const { status, headers, body } = answered
  if (status === 404 || status === 410) return isSaid(answered) ? (status === 410 ? 'deleted' : 'unknown') : 'unsaid'
  if (status === 401) throw new Refusal('ehr-session-ended')
  // Without an OperationOutcome it is a gateway's, for a quota or while it is repaired.
  if (status === 403 && isSaid(answered)) return 'forbidden'
  // 501 is a verdict: it cannot do that at all.
  if ((status >= 400 && status < 500) || status === 501) throw new Refusal('ehr-refused')
  // Another 2xx, or a redirect, comes from somebody who is there.
  if (status < 500 && status !== 200) throw new Refusal('ehr-failed', { detail: { answered: true } })
  if (status !== 200 || !isJson(headers)) throw new Refusal('ehr-failed')
  try {
    return { body: jsonOf(answered), headers, bytes: body instanceof Unreadable ? 0 : body.length }
  } catch (cause) {
    throw new Refusal(cause instanceof Unreadable ? codes[cause.why] : 'ehr-failed', { cause })
  }
}

function isSaid(answered: Answered): boolean {
  try {
    return readOutcome(jsonOf(answered)) !== undefined
  } catch {
    return false
  }
}

const codes = { 'too-large': 'ehr-too-large', cut: 'ehr-unreachable', garbled: 'ehr-failed' } as const

const isJson = (headers: Headers) => /\bjson\b/i.test(headers.get('content-type') ?? '')
