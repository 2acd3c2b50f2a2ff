// An ended visit is opened again: by mistake it was ended too soon, or the patient came after all. Pure.
// Refuses what ended long ago, what was cancelled, and a visit of which the chart was told that it did not take place.
import { Refusal } from '../errors.ts'
import type { Instant, RoomName } from '../ids.ts'
import { plus } from '../instant.ts'
import { allTakenBack } from './invited.ts'
import { hasToldChart } from './outcome.ts'
import type { InProgress, Visit } from './visit-shape.ts'

/** In seconds: so long after its end. After that it is another visit, with an appointment of its own. */
const reopensFor = 12 * 3600

/** Until when one that has ended can be opened again; undefined for any other. */
export const reopensUntil = (visit: Visit): Instant | undefined =>
  visit.status === 'finished' ? plus(visit.endedItselfAt ?? visit.finishedAt, reopensFor) : undefined

/**
 * Under way again, in another room, with nobody at its door, and nobody invited: an invitation is over with the visit. What was kept of who was there stays, and what happened is asked anew at its end.
 * One that goes on is answered as it is. Refuses (`appointment-cancelled`), (`visit-not-finished`) one that no clinician has begun,
 * (`appointment-past`) what ended more than twelve hours ago, (`outcome-kept`) where the EHR was told what happened in it.
 */
export function reopened(visit: Visit, now: Instant, roomOf: (opening: number) => RoomName): InProgress {
  if (visit.status === 'in-progress') return visit
  if (visit.status === 'cancelled') throw new Refusal('appointment-cancelled')
  if (visit.status !== 'finished') throw new Refusal('visit-not-started')
  const until = reopensUntil(visit)
  const {
    finishedAt: _ended,
    endedItselfAt: _byItself,
    outcome,
    neverBegan,
    telephoneAsked: _asked,
    confirmedAfterwards: _said,
    ...rest
  } = visit
  if (until !== undefined && now >= until) throw new Refusal('appointment-past')
  if (outcome !== undefined && hasToldChart(outcome)) throw new Refusal('outcome-kept')
  const opening = visit.opening + 1
  const startedAt = neverBegan ? now : visit.startedAt
  return {
    ...rest,
    ...allTakenBack(rest, now),
    startedAt,
    opening,
    status: 'in-progress',
    reopenedAt: now,
    call: { room: roomOf(opening), door: [] },
  }
}
