// One write to an EHR: sent once, and what is known of it afterwards. Only under the FHIR base; never follows a Location.
// What the EHR answers, and that it did not answer, is data.

import { locationReference } from '../../domain/ehr/reference.ts'
import { Refusal } from '../../domain/errors.ts'
import { given } from '../../domain/given.ts'
import type { Iss, Ref } from '../../domain/ids.ts'
import { type Reason, reasonOf, retryAfter, saysFailed, vendorCode } from '../../domain/note/ehr-refusal.ts'
import { type Answered, ask, jsonOf, neverSent } from '../ask.ts'
import { fhirBytes } from './read.ts'
import { type ReadType, readable, readOutcome } from './resources.ts'
import { underBase } from './under-base.ts'

export type Write = {
  readonly method: 'POST' | 'PUT' | 'PATCH'
  /** `Encounter`, `Appointment/123`, or the empty text for the base itself. */
  readonly path: string
  /** A resource; for PATCH the operations of a JSON Patch (RFC 6902). */
  readonly body: object
  readonly ifMatch?: string
  readonly ifNoneExist?: string
}

/**
 * What is known after a write. `unknown`: it may or may not have been kept. `not-sent`: nothing went out. `busy`: the EHR took nothing
 * and asks to come back (429), in so many seconds where it says.
 */
export type Written =
  | { readonly outcome: 'written'; readonly reference?: Ref; readonly etag?: string; readonly body: unknown }
  | { readonly outcome: 'refused'; readonly reason: Reason; readonly code?: string }
  | { readonly outcome: 'busy'; readonly seconds?: number }
  | { readonly outcome: 'not-sent' }
  | { readonly outcome: 'unknown' }

type Sending = {
  readonly iss: Iss
  readonly giveAccessToken: () => Promise<string>
  readonly timeoutMs: number
  readonly now: () => number
}

export async function written(write: Write, { iss, giveAccessToken, timeoutMs, now }: Sending): Promise<Written> {
  const token = await giveAccessToken().catch(unsent)
  if (typeof token !== 'string') return token
  const headers: Record<string, string> = {
    authorization: `Bearer ${token}`,
    accept: 'application/fhir+json',
    'content-type': write.method === 'PATCH' ? 'application/json-patch+json' : 'application/fhir+json',
    prefer: 'return=representation',
    ...given({ 'if-match': write.ifMatch, 'if-none-exist': write.ifNoneExist }),
  }
  const url = write.path === '' ? iss : underBase(iss, write.path)
  const question = { method: write.method, headers, body: JSON.stringify(write.body), mostBytes: fhirBytes, timeoutMs }
  try {
    return known(await ask(url, question), write, now())
  } catch (cause) {
    return { outcome: neverSent(cause) ? 'not-sent' : 'unknown' }
  }
}

/** Nothing went out: the sign-in has ended (as the EHR's own 401 would say), or could not be refreshed. */
function unsent(cause: unknown): Written {
  if (!(cause instanceof Refusal)) throw cause
  if (cause.code === 'ehr-busy') return { outcome: 'busy', ...given({ seconds: cause.detail.retryAfter }) }
  const over = cause.code === 'ehr-session-ended' || cause.code === 'session-ended'
  return over ? { outcome: 'refused', reason: 'signed-out' } : { outcome: 'not-sent' }
}

function known(answered: Answered, write: Write, nowMs: number): Written {
  const { status, headers } = answered
  const seconds = status === 429 ? retryAfter(headers.get('retry-after'), nowMs) : undefined
  const [location, etag] = [headers.get('location'), headers.get('etag')]
  const body = json(answered)
  return outcomeOf(write, { status, body, outcome: body, ...given({ seconds }), location, etag })
}

/** One answer to one write, in HTTP or as an entry of a Bundle. `outcome` may be an OperationOutcome; `seconds` is Retry-After's. */
export type AnswerToWrite = {
  readonly status: number
  readonly body: unknown
  readonly outcome: unknown
  readonly seconds?: number
  readonly location: string | null
  readonly etag: string | null
}

/** What an answer says of what was asked: by its status first, and then by what else it says. */
export function outcomeOf(write: Pick<Write, 'method' | 'path' | 'ifNoneExist'>, answer: AnswerToWrite): Written {
  const { status, body, location } = answer
  if (status === 429) return { outcome: 'busy', ...given({ seconds: answer.seconds }) }
  const isTaken = taken.has(status)
  // 503 may come from a proxy after the EHR has written: every 5xx is unknown. A redirect, or a success of another kind, says no more.
  if (!isTaken && (status < 400 || status >= 500 || undecided.has(status))) return { outcome: 'unknown' }
  const outcome = readOutcome(answer.outcome)
  if (!isTaken) {
    const code = vendorCode(outcome)
    // Several are there already (FHIR R4, 3.1.0.8.1): that is no change of somebody's.
    const several = status === 412 && write.ifNoneExist !== undefined
    const reason = several ? 'duplicate' : reasonOf(status, outcome)
    return { outcome: 'refused', reason, ...given({ code }) }
  }
  // "Done", and in the same breath "failed": of what was there before only a look can tell which it is now.
  if (saysFailed(outcome) && write.method !== 'POST') return { outcome: 'unknown' }
  const etag = answer.etag ?? undefined
  const reference = saysFailed(outcome) ? undefined : referenceIn(body, location, write.path)
  return {
    outcome: 'written',
    body,
    ...given({ reference, etag }),
  }
}

/** Created, updated, or accepted: that it was kept is looked up where it does not say so. */
const taken = new Set([200, 201, 202, 204])
/** 408, 425 and 499 say that somebody on the way stopped waiting, not that nothing was kept. */
const undecided = new Set([408, 425, 499])

/** The status has said it: a body that is cut short, too long or no JSON changes nothing. */
function json(answered: Answered): unknown {
  try {
    return jsonOf(answered)
  } catch {
    return undefined
  }
}

/** The id from the body, or from Location whatever host it names: only its last `Type/id` is read. */
function referenceIn(body: unknown, location: string | null, path: string): Ref | undefined {
  const type = path.split('/')[0] ?? ''
  const read = readable[type as ReadType]?.safeParse(body)
  if (read?.success) return `${type}/${read.data.id}`
  return locationReference(location ?? '', type)
}
