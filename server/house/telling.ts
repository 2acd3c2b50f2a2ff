// A change of a visit, told to whoever watches it, to the day it is on, and to the queue it belongs to. An event says "look again" and no more.
import { isClinician } from '../domain/ehr/reference.ts'
import type { VisitId } from '../domain/ids.ts'
import { isSameQueue } from '../domain/visit/queue.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { Live } from '../outside/live.ts'
import type { Memory } from '../outside/memory/memory.ts'
import type { Changed, Shelf } from '../outside/store/store.ts'
import type { Config } from '../settings/config.ts'
import type { Queues } from './queues.ts'
import { clinicianTopic, visitTopic } from './topics.ts'

type Parts = {
  readonly config: Config
  readonly memory: Memory
  readonly live: Live
  readonly queues: Queues
  readonly clock: () => number
}

/** Changes a visit and tells who watches it, and whose day it is on. */
export function telling(
  visits: Shelf<Visit>,
  { config, memory, live, queues, clock }: Parts,
): (id: VisitId, change: (visit: Visit) => Visit) => Promise<Changed<Visit>> {
  let dayRevision = clock() // rises with every change, also over a restart
  return async (id, change) => {
    const changed = await visits.change(id, change)
    const { before, after: visit } = changed
    if (!('call' in visit)) memory.forget(id)
    // Then the others' pages show who is in the room and was not told to be.
    if (before.practitioners.some((p) => !visit.practitioners.includes(p))) memory.callPages.forgetSome(id, isClinician)
    live.publish(visitTopic(id), visit.revision)
    if (!isSameQueue(before, visit)) queues.changed(visit)
    dayRevision = Math.max(dayRevision + 1, clock())
    const organisation = config.organisations.find(({ id }) => id === visit.organisation)
    // Of an organisation that is listed no more nobody is signed in.
    if (organisation === undefined) return changed
    // Also whoever the visit has just been taken from.
    for (const practitioner of new Set([...before.practitioners, ...visit.practitioners]))
      live.publish(clinicianTopic(organisation, visit.iss, practitioner), dayRevision)
    return changed
  }
}
