// One write to an EHR: sent once, and what is known of it afterwards. Only under the FHIR base; never follows a Location.
// What the EHR answers, and that it did not answer, is data.

import { locationReference } from '../../domain/ehr/reference.ts'
import { Refusal } from '../../domain/errors.ts'
import { given } from '../../domain/given.ts'
import type { Iss, Ref } from '../../domain/ids.ts'
import { type Reason, reasonOf, retryAfter, saysFailed, vendorCode } from '../../domain/note/ehr-refusal.ts'
import { type ReadType, readable, readOutcome } from './resources.ts'

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

// Not through fhirclient: after an empty 201 it takes the token to wherever Location points.
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
  const request = { method: write.method, headers, body: JSON.stringify(write.body), redirect: 'error' as const }
  try {
    const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(timeoutMs) })
    return await known(answer, write, now())
  } catch (cause) {
    return { outcome: neverSent(cause) ? 'not-sent' : 'unknown' }
  }
}

/** As URL reads them, a segment of one or two dots: it would leave the folder it stands in (https://url.spec.whatwg.org/#double-dot-path-segment). */
const dots = /^(?:\.|%2e){1,2}$/i

/** The token goes nowhere but under the FHIR base: a next link or reference to elsewhere, or with a way out in it, is refused (`ehr-failed`). */
export function underBase(iss: Iss, url: string): string {
  const [path = ''] = url.split(/[?#]/, 1)
  if (path.split(/[/\\]/).some((segment) => dots.test(segment))) throw new Refusal('ehr-failed')
  const absolute = new URL(url, `${iss}/`).href
  if (!absolute.startsWith(`${iss}/`) && !absolute.startsWith(`${iss}?`)) throw new Refusal('ehr-failed')
  return absolute
}

/** Nothing went out: the sign-in has ended (as the EHR's own 401 would say), or could not be refreshed. */
function unsent(cause: unknown): Written {
  if (!(cause instanceof Refusal)) throw cause
  const over = cause.code === 'ehr-session-ended' || cause.code === 'session-ended'
  return over ? { outcome: 'refused', reason: 'signed-out' } : { outcome: 'not-sent' }
}

async function known(answer: Response, write: Write, nowMs: number): Promise<Written> {
  // 503 may come from a proxy after the EHR has written: every 5xx is unknown. 429 says it was not taken.
  if (answer.status >= 500 || undecided.has(answer.status)) return { outcome: 'unknown' }
  if (answer.status === 429) {
    const seconds = retryAfter(answer.headers.get('retry-after'), nowMs)
    return { outcome: 'busy', ...given({ seconds }) }
  }
  const body = json(await answer.text().catch(() => '')) // the status has said it: a body cut short changes nothing
  const outcome = readOutcome(body)
  if (!answer.ok) {
    const code = vendorCode(outcome)
    // Several are there already (FHIR R4, 3.1.0.8.1): that is no change of somebody's.
    const several = answer.status === 412 && write.ifNoneExist !== undefined
    const reason = several ? 'duplicate' : reasonOf(answer.status, outcome)
    return { outcome: 'refused', reason, ...given({ code }) }
  }
  // "Done", and in the same breath "failed": of what was there before only a look can tell which it is now.
  if (saysFailed(outcome) && write.method !== 'POST') return { outcome: 'unknown' }
  const etag = answer.headers.get('etag') ?? undefined
  const reference = saysFailed(outcome) ? undefined : referenceIn(body, answer.headers.get('location'), write.path)
  return {
    outcome: 'written',
    body,
    ...given({ reference, etag }),
  }
}

/** 408, 425 and 499 say that somebody on the way stopped waiting, not that nothing was kept. */
const undecided = new Set([408, 425, 499])

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
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

const connecting = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

/** Whether a request that failed with this did not even reach the EHR. */
export function neverSent(cause: unknown): boolean {
  const under = cause instanceof Error ? cause.cause : undefined
  return under instanceof Error && 'code' in under && connecting.has(String(under.code))
}
