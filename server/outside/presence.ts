// Who is at their page right now: an open event stream, or a poll not long ago; and who is in the call, by what their own page says.
// Kept in memory: after a restart pages come back by themselves. Refuses nothing and decides nothing: it is only shown.
import type { Instant, Ref, VisitId } from '../domain/ids.ts'
import { secondsBetween } from '../domain/instant.ts'

export type Presence = {
  /** Someone's page asked. */
  seen(visit: VisitId, who: Ref, now: Instant): void
  /** Someone's page listens; call what comes back when it stops. */
  listening(visit: VisitId, who: Ref, now: () => Instant): () => void
  here(visit: VisitId, who: Ref, now: Instant): boolean
  clinicianHere(visit: VisitId, now: Instant): boolean
  /** A page tells of the call; answers its seat: its own, or a new one, higher than any before, for a page that has none. */
  told(visit: VisitId, who: Ref, told: Told, now: Instant): { readonly seat: number; readonly newest: boolean }
  /** Everyone whose page ever told of the call, and how it is with them now. */
  inCall(visit: VisitId, now: Instant): readonly Caller[]
  forget(visit: VisitId): void
}

// Hidden tabs poll every 15 s: three missed polls and the page counts as gone.
const goneAfterSeconds = 45

/** What a page says of the call: where it is in it, and the names of the others its room shows. */
type Told = {
  readonly seat?: number | undefined
  readonly at: 'door' | 'in' | 'out'
  readonly sees: readonly string[]
}
/** `gone`: said so, or was not heard of for a while; `since` is when they were heard of last. */
type Caller = {
  readonly who: Ref
  readonly at: 'door' | 'in' | 'gone'
  readonly since: Instant
  readonly sees: readonly string[]
}

type Seat = { streams: number; lastSeen: Instant; call?: Call }
type Call = { seat: number; at: Told['at']; since: Instant; heard: Instant; sees: readonly string[] }

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
    told(visit, who, { seat: own, at, sees }, now) {
      const mine = seat(visit, who, now)
      mine.lastSeen = now
      const before = mine.call
      // The time, so that seats keep rising over a restart.
      const its = own ?? Math.max(Date.parse(now), (before?.seat ?? 0) + 1)
      if (before !== undefined && its < before.seat) return { seat: its, newest: false }
      mine.call = { seat: its, at, since: before?.at === at ? before.since : now, heard: now, sees }
      return { seat: its, newest: true }
    },
    inCall: (visit, now) =>
      [...(visits.get(visit) ?? [])].flatMap(([who, { call }]) => (call === undefined ? [] : callerOf(who, call, now))),
    forget: (visit) => void visits.delete(visit),
  }
}

const isHere = (kept: Seat | undefined, now: Instant): boolean =>
  kept !== undefined && (kept.streams > 0 || secondsBetween(kept.lastSeen, now) < goneAfterSeconds)

function callerOf(who: Ref, { at, since, heard, sees }: Call, now: Instant): Caller {
  if (at === 'out') return { who, at: 'gone', since, sees: [] }
  const silent = secondsBetween(heard, now) >= goneAfterSeconds
  return silent ? { who, at: 'gone', since: heard, sees: [] } : { who, at, since, sees }
}
