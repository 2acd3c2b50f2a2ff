// How long somebody may still wait, guessed from how long the visits of their clinician took today. Pure.
// Refuses to guess by fewer than three visits, while nobody knows where the clinician is, and past the day or the door's closing.
import type { Instant } from '../ids.ts'
import { secondsBetween } from '../instant.ts'
import { wasMet } from './outcome.ts'
import type { Standing } from './queue.ts'
import type { Finished, Visit } from './visit-shape.ts'

export const fewestVisits = 3

/** In minutes from now: between `from` and `to`, in steps of five. */
export type Estimate = { readonly from: number; readonly to: number }

/** A visit that somebody was met in, for as long as it took; `at`: when it ended. */
export const paceOf = (visit: Visit): readonly Finished[] =>
  visit.status === 'finished' && visit.neverBegan === undefined && visit.reopenedAt === undefined && wasMet(visit)
    ? [visit]
    : []

type Asked = Pick<Standing, 'ahead' | 'clinician'> & {
  /** Those of today. */
  readonly visits: readonly Pick<Finished, 'startedAt' | 'finishedAt'>[]
  /** Since when the clinician has been in the call of another; absent where they are not. */
  readonly busySince?: Instant | undefined
  /** When the visit is booked for: whoever came early waits until then at least. */
  readonly start: Instant
  readonly now: Instant
  /** No guess beyond it: the clinic's midnight, or the closing of the door. */
  readonly until: Instant
}

/**
 * If she goes on by who has waited longest: what is left of the visit she is in, and all those before. The shortest and the longest of today bound
 * it; of ten or more the extremes count no more.
 */
export function estimated({ ahead, clinician, visits, busySince, start, now, until }: Asked): Estimate | undefined {
  if (visits.length < fewestVisits || clinician === 'away') return undefined
  const [shortest, longest] = bounds(visits.map((v) => secondsBetween(v.startedAt, v.finishedAt) / 60))
  const under = busySince === undefined ? undefined : secondsBetween(busySince, now) / 60
  const rest = (whole: number) => (under === undefined ? 0 : Math.max(0, whole - under))
  const early = Math.max(0, secondsBetween(now, start) / 60)
  const from = Math.max(early, rest(shortest) + ahead * shortest)
  const to = Math.max(early, rest(longest) + ahead * longest)
  const estimate = { from: Math.floor(from / 5) * 5, to: Math.max(5, Math.ceil(to / 5) * 5) }
  return estimate.to * 60 <= secondsBetween(now, until) ? estimate : undefined
}

function bounds(minutes: readonly number[]): readonly [shortest: number, longest: number] {
  const sorted = minutes.toSorted((a, b) => a - b)
  const aside = Math.floor(sorted.length / 10)
  const [shortest = 0, longest = 0] = [sorted[aside], sorted[sorted.length - 1 - aside]]
  return [shortest, longest]
}
