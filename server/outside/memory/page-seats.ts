// Which page of a person's own is their newest at a visit: one who opened it on the telephone waits there, and no longer at the desk.
// Kept in memory: after a restart pages bring their numbers along. Decides nothing: it is told.
import type { Instant, Ref, VisitId } from '../../domain/ids.ts'
import { seatOf, sweepUnheard } from './seats.ts'

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
      const seat = seatOf(own, before, now)
      if (before !== undefined && seat < before) return { seat, newest: false, others: false }
      visits.set(visit, people)
      people.set(who, { seat, heard: now })
      return { seat, newest: true, others: before !== undefined && before < seat }
    },
    sweep: (now) => sweepUnheard(visits, now),
  }
}
