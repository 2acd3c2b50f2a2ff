// Whether somebody who waits is there, by their row and by what memory holds of their page; and that a silence is kept, for a restart.
import type { Instant, Ref, VisitId } from '../domain/ids.ts'
import { fellSilent, type Presence, presenceOf } from '../domain/visit/presence.ts'
import type { Visit, Waiting } from '../domain/visit/visit-shape.ts'
import type { Memory } from '../outside/memory/memory.ts'

type Remembered = Pick<Memory, 'openPages' | 'listeningSince'>

export const presenceAt = (
  { openPages, listeningSince }: Remembered,
  visit: VisitId,
  person: Waiting,
  now: Instant,
): Presence => {
  const heard = { here: openPages.here(visit, person.who, now), last: openPages.lastHere(visit, person.who) }
  return presenceOf(person, heard, now, listeningSince)
}

type Parts = {
  readonly memory: Pick<Memory, 'openPages'>
  readonly now: () => Instant
  readonly changeVisit: (id: VisitId, change: (visit: Visit) => Visit) => Promise<unknown>
}

/** A page has fallen silent: of whoever waits that is kept. */
export async function keepSilence({ memory, now, changeVisit }: Parts, visit: Visit, who: Ref): Promise<void> {
  const since = memory.openPages.lastHere(visit.id, who)
  if (since === undefined || memory.openPages.here(visit.id, who, now())) return
  await changeVisit(visit.id, (v) => fellSilent(v, who, since))
}
