// A visit that was left open ends by itself: so long after the last person was seen in its call, and after its booked end. Pure.
import type { Instant, Ref } from '../ids.ts'
import { latest, plus } from '../instant.ts'
import { withHeartbeats } from './attendance.ts'
import { finished, type JoinWindow } from './visit.ts'
import type { InProgress, Said, Visit } from './visit-shape.ts'

/** When somebody was seen in the call last, by Jitsi's word or their own page's; or when a clinician began it, or opened it again. */
export const lastSeenIn = ({ startedAt, reopenedAt, attendance }: InProgress): Instant =>
  latest(
    startedAt,
    ...(reopenedAt === undefined ? [] : [reopenedAt]),
    ...attendance.flatMap(({ said, seen = [] }) => [
      ...(said === undefined ? [] : [said.until]),
      ...seen.map(({ from, until }) => until ?? from),
    ]),
  )

type LeftOpen = {
  /** What the pages in the call have said that the row does not have yet. */
  readonly heard: ReadonlyMap<Ref, Said>
  readonly window: JoinWindow
  readonly minutes: number
  readonly now: Instant
}

/** It ended when the last person was seen there, and that it ended by itself is kept with when it did. The same object where it goes on. */
export function endedByItself(visit: Visit, { heard, window, minutes, now }: LeftOpen): Visit {
  if (visit.status !== 'in-progress') return visit
  const told = withHeartbeats(visit, heard)
  const seen = lastSeenIn(told)
  if (now < plus(latest(seen, told.end), 60 * minutes)) return visit
  return { ...finished(told, window, seen), endedItselfAt: now }
}
