// Which page of a person's own is their newest at a visit: one who opened it on the telephone waits there, and no longer at the desk.
// Kept in memory: after a restart pages bring their numbers along. Decides nothing: it is told.
import type { Instant, Ref, VisitId } from '../../domain/ids.ts'
import { secondsBetween } from '../../domain/instant.ts'
import { retention } from '../../domain/retention.ts'

export type PageSeats = {
  /** A page asks: with its own number, or without one where it has just come. `others`: it took the place of another. */
  told(visit: VisitId, who: Ref, own: number | undefined, now: Instant): PageSeat
  /** Lets go of whom nobody has heard of for longer than a sign-in lasts. Answers of how many. */
  sweep(now: Instant): number
}
export type PageSeat = { readonly seat: number; readonly newest: boolean; readonly others: boolean }

export function rememberPageSeats(): PageSeats {
  const visits = new Map<VisitId, Map<Ref, { readonly seat: number; readonly heard: Instant }>>()
  return {
    told(visit, who, own, now) {
      const people = visits.get(visit) ?? new Map<Ref, { readonly seat: number; readonly heard: Instant }>()
      const before = people.get(who)?.seat
      // The time, so that the numbers keep rising over a restart.
      const seat = own ?? Math.max(Date.parse(now), (before ?? 0) + 1)
      if (before !== undefined && seat < before) return { seat, newest: false, others: false }
      visits.set(visit, people)
      people.set(who, { seat, heard: now })
      return { seat, newest: true, others: before !== undefined && before < seat }
    },
    sweep(now) {
      let gone = 0
      for (const [visit, people] of visits) {
        for (const [who, { heard }] of people)
          if (secondsBetween(heard, now) >= retention.launch && people.delete(who)) gone++
        if (people.size === 0) visits.delete(visit)
      }
      return gone
    },
  }
}
