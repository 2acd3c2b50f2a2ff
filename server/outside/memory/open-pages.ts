// Whose page is here right now: an open event stream, or a poll not long ago.
// Kept in memory: after a restart pages come back by themselves. Decides one thing: after the visit's time patients get a room token only
// while a clinician's page is here.

import { isClinician } from '../../domain/ehr/reference.ts'
import type { Instant, Ref, VisitId } from '../../domain/ids.ts'
import { secondsBetween } from '../../domain/instant.ts'
import { presenceTimes } from '../../domain/visit/presence.ts'

export type OpenPages = {
  /** Someone's page asked. */
  seen(visit: VisitId, who: Ref, now: Instant): void
  /** Someone's page listens; call what comes back when it stops. */
  listening(visit: VisitId, who: Ref, now: () => Instant): () => void
  /** Someone's page says that it closes: it counts as gone soon, unless one of theirs is heard of again. */
  goodbye(visit: VisitId, who: Ref, now: Instant): void
  /** For how many seconds nothing may be heard of a page that is here until it counts as gone. */
  goneAfter(visit: VisitId, who: Ref): number
  here(visit: VisitId, who: Ref, now: Instant): boolean
  /** When this person's page was heard of last; undefined where it is not remembered. */
  lastHere(visit: VisitId, who: Ref): Instant | undefined
  clinicianHere(visit: VisitId, now: Instant): boolean
  whoIsHere(visit: VisitId, now: Instant): readonly Ref[]
  /** Lets go of every page that is gone: to whoever asks it is as if it had never been. Answers of how many. */
  sweep(now: Instant): number
}

/** `goodbye`: when it said so; absent once it, or another of theirs, was heard of again. */
type Page = { streams: number; lastSeen: Instant; goodbye?: Instant | undefined }

export function rememberOpenPages(): OpenPages {
  const visits = new Map<VisitId, Map<Ref, Page>>()
  const page = (visit: VisitId, who: Ref, now: Instant): Page => {
    const pages = visits.get(visit) ?? new Map<Ref, Page>()
    visits.set(visit, pages)
    const kept = pages.get(who) ?? { streams: 0, lastSeen: now }
    pages.set(who, kept)
    return kept
  }
  return {
    seen(visit, who, now) {
      Object.assign(page(visit, who, now), { lastSeen: now, goodbye: undefined })
    },
    listening: (visit, who, now) => listeningAt(page(visit, who, now()), now),
    goodbye(visit, who, now) {
      Object.assign(visits.get(visit)?.get(who) ?? {}, { lastSeen: now, goodbye: now })
    },
    goneAfter: (visit, who) => goneAfter(visits.get(visit)?.get(who)),
    here: (visit, who, now) => isHere(visits.get(visit)?.get(who), now),
    lastHere: (visit, who) => visits.get(visit)?.get(who)?.lastSeen,
    clinicianHere: (visit, now) =>
      [...(visits.get(visit) ?? [])].some(([who, kept]) => isClinician(who) && isHere(kept, now)),
    whoIsHere: (visit, now) => [...(visits.get(visit) ?? [])].flatMap(([who, kept]) => (isHere(kept, now) ? who : [])),
    sweep(now) {
      let gone = 0
      for (const [visit, pages] of visits) {
        for (const [who, kept] of pages) if (!isHere(kept, now) && pages.delete(who)) gone++
        if (pages.size === 0) visits.delete(visit)
      }
      return gone
    },
  }
}

function listeningAt(mine: Page, now: () => Instant): () => void {
  mine.streams++
  mine.goodbye = undefined
  return () => {
    mine.streams--
    mine.lastSeen = now()
    // It was not this one that said goodbye, or another one of theirs is open.
    if (mine.streams > 0) mine.goodbye = undefined
  }
}

const isHere = (kept: Page | undefined, now: Instant): boolean =>
  kept !== undefined && (kept.streams > 0 || secondsBetween(kept.lastSeen, now) < goneAfter(kept))

/** A goodbye is of the page that was heard of last where both came in the same few seconds: its stream may end before or after it. */
const goneAfter = (kept: Page | undefined): number =>
  kept?.goodbye !== undefined && Math.abs(secondsBetween(kept.goodbye, kept.lastSeen)) <= presenceTimes.closedAfter
    ? presenceTimes.closedAfter
    : presenceTimes.silentAfter
