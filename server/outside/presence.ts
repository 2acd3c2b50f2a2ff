// Who is at their page right now: an open event stream, or a poll not long ago. Kept in memory: after a restart pages come back by themselves.
// Refuses nothing and decides nothing: it is only shown.
import type { Instant, Ref, VisitId } from '../domain/ids.ts'
import { secondsBetween } from '../domain/instant.ts'

export type Presence = {
  /** Someone's page asked. */
  seen(visit: VisitId, who: Ref, now: Instant): void
  /** Someone's page listens; call what comes back when it stops. */
  listening(visit: VisitId, who: Ref, now: () => Instant): () => void
  here(visit: VisitId, who: Ref, now: Instant): boolean
  clinicianHere(visit: VisitId, now: Instant): boolean
  forget(visit: VisitId): void
}

// Hidden tabs poll every 15 s: three missed polls and the page counts as gone.
const goneAfterSeconds = 45

type Seat = { streams: number; lastSeen: Instant }

export function openPresence(): Presence {
  const visits = new Map<VisitId, Map<Ref, Seat>>()
  const seat = (visit: VisitId, who: Ref, now: Instant): Seat => {
    const seats = visits.get(visit) ?? new Map<Ref, Seat>()
    visits.set(visit, seats)
    const kept = seats.get(who) ?? { streams: 0, lastSeen: now }
    seats.set(who, kept)
    return kept
  }
  return {
    seen(visit, who, now) {
      seat(visit, who, now).lastSeen = now
    },
    listening(visit, who, now) {
      const mine = seat(visit, who, now())
      mine.streams++
      return () => {
        mine.streams--
        mine.lastSeen = now()
      }
    },
    here: (visit, who, now) => isHere(visits.get(visit)?.get(who), now),
    clinicianHere: (visit, now) =>
      [...(visits.get(visit) ?? [])].some(([who, kept]) => who.startsWith('Practitioner') && isHere(kept, now)),
    forget: (visit) => void visits.delete(visit),
  }
}

const isHere = (kept: Seat | undefined, now: Instant): boolean =>
  kept !== undefined && (kept.streams > 0 || secondsBetween(kept.lastSeen, now) < goneAfterSeconds)
