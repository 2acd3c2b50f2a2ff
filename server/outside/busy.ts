// An EHR that is too busy has refused nothing: whatever was asked of it may be asked again, later.
import { Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import { retryAfter } from '../domain/note/ehr-refusal.ts'
import type { Answered } from './ask.ts'

/**
 * Passes an answer on. Refuses (`ehr-busy`) a 429, with the seconds after which to come back, where it says them in Retry-After (RFC 6585, 4),
 * as a number or a date. `nowMs` is in milliseconds since 1970.
 */
export function notBusy(answered: Answered, nowMs: number): Answered {
  if (answered.status !== 429) return answered
  const seconds = retryAfter(answered.headers.get('retry-after'), nowMs)
  throw new Refusal('ehr-busy', { detail: given({ retryAfter: seconds }) })
}
