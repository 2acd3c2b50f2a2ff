// Nobody of the clinic has looked after those who wait at a visit, for longer than the clinic wants: that is kept, until somebody looks. Pure.
import { given } from '../given.ts'
import type { Instant } from '../ids.ts'
import { latest, plus } from '../instant.ts'
import { messagesTo } from './messages.ts'
import { patientsWaiting } from './sides.ts'
import { withCall } from './visit.ts'
import type { Visit, Waiting } from './visit-shape.ts'

/** What is known beside the row: who is there, and when somebody of the clinic last looked, or said something to all who wait. */
export type Answering = { here(person: Waiting): boolean; readonly lookedAt: Instant | undefined }

/**
 * Since when the longest of those of the patient's side who are here has had no answer: since they came, since the visit's hour, since a clinician looked, wrote to them or
 * asked them for patience, whichever was last. Undefined where nobody is here.
 */
export function unansweredSince(visit: Visit, { here, lookedAt }: Answering): Instant | undefined {
  if (!('call' in visit)) return undefined
  const sinceOf = (person: Waiting) =>
    latest(
      person.knockedAt,
      ...[visit.start, lookedAt, person.notNow?.at, messagesTo(visit, person.who).at(-1)?.at].flatMap((at) => at ?? []),
    )
  return patientsWaiting(visit.call.door).filter(here).map(sinceOf).sort()[0]
}

/** After so many minutes it is kept that nobody answers, once; and no more once somebody has. The same object where nothing is new. */
export function leftUnanswered(visit: Visit, answering: Answering, minutes: number, now: Instant): Visit {
  const since = unansweredSince(visit, answering)
  if (!('call' in visit) || since === undefined || now < plus(since, 60 * minutes)) return answered(visit)
  return visit.call.unanswered === undefined ? withCall(visit, { unanswered: { since, at: now } }) : visit
}

/** Somebody looks. The same object where nobody was missed. */
export function answered(visit: Visit): Visit {
  if (!('call' in visit) || visit.call.unanswered === undefined) return visit
  const { unanswered: _missed, ...call } = visit.call
  return { ...visit, call }
}

/** For clinicians' screens: while anybody is there. */
export const unansweredAt = (visit: Visit, isAnybodyHere: boolean) =>
  given({ unanswered: 'call' in visit && isAnybodyHere ? visit.call.unanswered : undefined })
