// Once a minute: what people's pages said of being in a call goes into the visits' rows, and a room in which nobody's page says anything
// any more is counted by Jitsi; once more, without counting, before the app ends. No page is told of this. And what was left open ends by itself, which
// pages are told of. Less often: what has expired goes.
// A store's fault is logged.

import type { VisitId } from '../domain/ids.ts'
import { plus } from '../domain/instant.ts'
import { withHeartbeats } from '../domain/visit/attendance.ts'
import { endedByItself } from '../domain/visit/left-open.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import { countRoom } from './attendance.ts'
import type { House } from './house.ts'
import { presenceAt } from './silence.ts'
import { writeDownEnd } from './visit-over.ts'

export async function keepHeartbeats(house: House): Promise<void> {
  for (const { visit, silent } of house.memory.heartbeats.due(house.now()))
    await loggingFaults(house, () => keepOf(house, visit, silent))
}

/**
 * Ends what was left open for as long as the clinic says, and tells whoever looks. Where the app has just started, pages come back first: what they
 * would say is not known yet.
 */
export async function endLeftOpen(house: House): Promise<void> {
  if (house.now() < plus(house.memory.listeningSince, comeBackSeconds)) return
  await loggingFaults(house, async () => {
    for (const visit of await house.visits.find('unended', 'yes')) await loggingFaults(house, () => endOf(house, visit))
  })
}

const comeBackSeconds = 300

async function endOf(house: House, visit: Visit): Promise<void> {
  const organisation = house.config.organisations.find((one) => one.id === visit.organisation)
  if (organisation === undefined || isAwaited(house, visit)) return
  const now = house.now()
  const heard = house.memory.heartbeats.of(visit.id)
  const { joinWindow: window, leftOpenMinutes: minutes } = organisation
  const ended = (v: Visit) => endedByItself(v, { heard, window, minutes, now })
  if (ended(visit) === visit) return
  const { before, after } = await house.changeVisit(visit.id, ended)
  if (before.status !== 'finished' && after.status === 'finished')
    await writeDownEnd(house, { organisation, visit: after }, { before, after }, now)
}

/** Somebody stands at its door: a clinician is to see to them first. */
const isAwaited = ({ memory, now }: House, visit: Visit): boolean =>
  'call' in visit &&
  visit.call.door.some((p) => p.state === 'waiting' && presenceAt(memory, visit.id, p, now()).is === 'here')

/** Keeps every word there is, due or not: what stands in memory alone is gone with the app. */
export async function keepLastHeartbeats(house: House): Promise<void> {
  for (const visit of house.memory.heartbeats.visits()) await loggingFaults(house, () => keepOf(house, visit, false))
}

/** Once a minute, and once more, with all of them, before the app ends: how many refusals were counted. */
export async function keepRefusals(house: House, which: 'over' | 'all'): Promise<void> {
  await house.sumUpRefusals(which).catch((cause: unknown) => house.log.error('audit-fault', {}, cause))
}

/** One visit's fault keeps no other's words from being kept. */
export async function loggingFaults(house: House, act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (cause) {
    house.log.error('store-fault', {}, cause)
  }
}

async function keepOf(house: House, id: VisitId, silent: boolean): Promise<void> {
  const visit = await house.visits.get(id)
  const organisation = house.config.organisations.find((o) => o.id === visit?.organisation)
  if (visit === undefined || !('call' in visit) || organisation === undefined) return house.memory.heartbeats.forget(id)
  const count = silent ? await countRoom(house, organisation, visit) : undefined
  const words = house.memory.heartbeats.of(id)
  await house.visits.change(id, (v) => {
    // What was said of a visit that ended meanwhile was kept at its end.
    if (!('call' in v)) return v
    const heard = withHeartbeats(v, words)
    return count === undefined ? heard : count(heard)
  })
}

/** Everything kept expires: rows past their time, and what memory holds of pages that are gone. */
export async function sweep(house: House): Promise<void> {
  try {
    const now = house.now()
    const shelves = [house.signInsUnderWay, house.launches, house.visits, house.notes]
    const swept = await Promise.all(shelves.map((shelf) => shelf.sweep(now)))
    swept.push(house.memory.sweep(now), await house.webhooks.sweep(now), await house.notices.sweep(now))
    house.log.info('sweep', { count: swept.reduce((a, b) => a + b, 0) })
  } catch (cause) {
    house.log.error('store-fault', {}, cause)
  }
}
