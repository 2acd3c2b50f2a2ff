// Each person's page in the call: where it is in it and whom it shows there, by what it says of itself.
// Kept in memory: after a restart pages tell it again. Decides nothing: it is only shown.
import { given } from '../../domain/given.ts'
import type { Instant, Ref, VisitId } from '../../domain/ids.ts'
import { secondsBetween } from '../../domain/instant.ts'
import { presenceTimes } from '../../domain/visit/presence.ts'
import { seatOf, sweepUnheard } from './seats.ts'

export type CallPages = {
  /** A page tells of the call; answers its number: its own, or a new one, higher than any before, for a page that has none. */
  told(visit: VisitId, who: Ref, told: Told, now: Instant): { readonly seat: number; readonly newest: boolean }
  /** Everyone whose page ever told of the call, and how it is with them now. */
  inCall(visit: VisitId, now: Instant): readonly Caller[]
  /** For a visit that is over: there is no call in it. */
  forget(visit: VisitId): void
  /** For a visit that may have been taken from some: whoever is still in its call tells of it again within seconds. */
  forgetSome(visit: VisitId, which: (who: Ref) => boolean): void
  /** Lets go of every page that has said nothing for longer than a sign-in lasts. Answers of how many. */
  sweep(now: Instant): number
}

/** What a page says of the call: where it is in it, the names of the others its room shows, and that no picture or sound comes through. */
type Told = {
  readonly seat?: number | undefined
  readonly at: 'door' | 'in' | 'out'
  readonly sees: readonly string[]
  readonly mediaBlocked?: true
  /** Since when they will be right back, as they say. */
  readonly awaySince?: Instant
}
/** `gone`: said so, or was not heard of for a while; `since` is when they were heard of last. */
type Caller = {
  readonly who: Ref
  readonly at: 'door' | 'in' | 'gone'
  readonly since: Instant
  readonly sees: readonly string[]
  readonly mediaBlocked?: true
  readonly awaySince?: Instant
}

type Page = Omit<Told, 'seat'> & { readonly seat: number; readonly since: Instant; readonly heard: Instant }

export function rememberCallPages(): CallPages {
  const visits = new Map<VisitId, Map<Ref, Page>>()
  return {
    told(visit, who, { seat: own, ...told }, now) {
      const pages = visits.get(visit) ?? new Map<Ref, Page>()
      const before = pages.get(who)
      const seat = seatOf(own, before?.seat, now)
      if (before !== undefined && seat < before.seat) return { seat, newest: false }
      visits.set(visit, pages)
      pages.set(who, { ...told, seat, since: before?.at === told.at ? before.since : now, heard: now })
      return { seat, newest: true }
    },
    inCall: (visit, now) => [...(visits.get(visit) ?? [])].map(([who, page]) => callerOf(who, page, now)),
    forget: (visit) => void visits.delete(visit),
    forgetSome(visit, which) {
      for (const who of [...(visits.get(visit)?.keys() ?? [])].filter(which)) visits.get(visit)?.delete(who)
    },
    sweep: (now) => sweepUnheard(visits, now),
  }
}

function callerOf(who: Ref, { at, since, heard, sees, mediaBlocked, awaySince }: Page, now: Instant): Caller {
  if (at === 'out') return { who, at: 'gone', since, sees: [] }
  if (secondsBetween(heard, now) >= presenceTimes.silentAfter) return { who, at: 'gone', since: heard, sees: [] }
  return { who, at, since, sees, ...(at === 'in' ? given({ mediaBlocked, awaySince }) : {}) }
}
