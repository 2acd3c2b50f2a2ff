// The number of a page: of one person's pages the one with the highest is the newest, also over a restart, since pages bring theirs along.
import type { Instant } from '../../domain/ids.ts'
import { secondsBetween } from '../../domain/instant.ts'
import { retention } from '../../domain/retention.ts'

/** Of a page that asks with its own number, or without one where it has just come; `before`: of the newest one known. The time, so that the numbers keep rising over a restart. */
export const seatOf = (own: number | undefined, before: number | undefined, now: Instant): number =>
  own ?? Math.max(Date.parse(now), (before ?? 0) + 1)

/** Lets go of whom nobody has heard of for longer than a sign-in lasts. Answers of how many. */
export function sweepUnheard<Visit, Who>(
  visits: Map<Visit, Map<Who, { readonly heard: Instant }>>,
  now: Instant,
): number {
  let gone = 0
  for (const [visit, people] of visits) {
    for (const [who, { heard }] of people)
      if (secondsBetween(heard, now) >= retention.launch && people.delete(who)) gone++
    if (people.size === 0) visits.delete(visit)
  }
  return gone
}
