// Who of those who wait is there; and what follows when a page of theirs is heard of again: their place, or a new one.
import type { Ref } from '../domain/ids.ts'
import { cameBack, waitingAt } from '../domain/visit/presence.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { AtVisit } from './caller.ts'
import type { House } from './house.ts'
import { presenceAt } from './silence.ts'

/** Everybody at this visit who has lost their place, and has not come back. */
export function goneFrom(house: House, visit: Visit): readonly Ref[] {
  const now = house.now()
  const waiting = 'call' in visit ? visit.call.door.flatMap((p) => waitingAt(visit, p.who) ?? []) : []
  return waiting.filter((p) => presenceAt(house.memory, visit.id, p, now).is === 'gone').map(({ who }) => who)
}

/** A page of theirs asks. Answers the visit as it is then: who was away has their place again, who was gone waits anew. */
export async function heardFrom(house: House, caller: AtVisit): Promise<Visit> {
  const { visit, person } = caller
  const now = house.now()
  const waits = waitingAt(visit, person.who)
  // Before they are heard of: else nobody was ever away.
  const was = waits && presenceAt(house.memory, visit.id, waits, now)
  house.memory.openPages.seen(visit.id, person.who, now)
  if (was === undefined) return visit
  const back = (v: Visit) => cameBack(v, person.who, was, now)
  if (back(visit) === visit) return visit
  const { before, after } = await house.changeVisit(visit.id, back)
  if (was.is === 'gone' && before !== after) await house.happened(caller, 'came-back')
  return after
}
