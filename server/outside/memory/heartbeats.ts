// When each person's own page said that it was in the call: the first and the last time, in memory, until the row has them.
// Decides nothing. A row is not written for each heartbeat: `due` says for which visits it is time.

import { given } from '../../domain/given.ts'
import type { Instant, Ref, VisitId } from '../../domain/ids.ts'
import { secondsBetween } from '../../domain/instant.ts'
import { retention } from '../../domain/retention.ts'
import { everOf } from '../../domain/visit/attendance.ts'
import { silentAfterSeconds } from '../../domain/visit/time-in-call.ts'
import type { Said } from '../../domain/visit/visit-shape.ts'

export type Heartbeats = {
  /** Somebody's page says that it is in the call, and perhaps whether something comes through to it. */
  heard(visit: VisitId, who: Ref, now: Instant, media?: Said['media']): void
  of(visit: VisitId): ReadonlyMap<Ref, Said>
  /** Every visit that a page was heard from. */
  visits(): readonly VisitId[]
  /**
   * The visits whose heartbeats are to be kept now, each once: the first, those of five minutes, and the last, when nobody's page has
   * said anything for as long as one in a call would (`silent`).
   */
  due(now: Instant): readonly { readonly visit: VisitId; readonly silent: boolean }[]
  /** For a visit that is over: its row has them. */
  forget(visit: VisitId): void
  /** Lets go of visits that nobody has been in for longer than a sign-in lasts. Answers of how many. */
  sweep(now: Instant): number
}

const keptEverySeconds = 300

/** `kept`, `silent`: the last heartbeat when it was kept, and when nothing had followed it for long. */
type Call = { readonly people: Map<Ref, Said>; last: Instant; kept?: Instant; silent?: Instant }

export function rememberHeartbeats(): Heartbeats {
  const calls = new Map<VisitId, Call>()
  return {
    heard(visit, who, now, media) {
      const call = calls.get(visit) ?? { people: new Map<Ref, Said>(), last: now }
      calls.set(visit, call)
      const before = call.people.get(who)
      const ever = everOf(media, before?.media)
      call.people.set(who, { from: before?.from ?? now, until: now, ...given({ media: ever }) })
      call.last = now
    },
    of: (visit) => new Map(calls.get(visit)?.people),
    visits: () => [...calls.keys()],
    due(now) {
      return [...calls].flatMap(([visit, call]) => {
        const { last, kept } = call
        const silent = secondsBetween(last, now) > silentAfterSeconds
        if (silent ? call.silent === last : kept !== undefined && secondsBetween(kept, last) < keptEverySeconds)
          return []
        call.kept = last
        if (silent) call.silent = last
        return [{ visit, silent }]
      })
    },
    forget: (visit) => void calls.delete(visit),
    sweep(now) {
      let gone = 0
      for (const [visit, { last }] of calls)
        if (secondsBetween(last, now) >= retention.launch && calls.delete(visit)) gone++
      return gone
    },
  }
}
