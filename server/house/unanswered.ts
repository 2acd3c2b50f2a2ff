// Where nobody of the clinic looks after who waits, for as long as it has set, all clinicians of the Appointment who are signed in are told, and the
// outside: once, until somebody looks. A store's fault is logged.
import type { Instant } from '../domain/ids.ts'
import { latest } from '../domain/instant.ts'
import { type Answering, answered, leftUnanswered } from '../domain/visit/unanswered.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { Organisation } from '../settings/config.ts'
import type { AtVisit } from './caller.ts'
import type { House } from './house.ts'
import { keysOfPractitioners } from './queues.ts'
import { presenceAt } from './silence.ts'
import { loggingFaults } from './upkeep.ts'

/** Looks at every visit at which somebody waits, of the organisations that want it: once a minute. */
export async function tellUnanswered(house: House): Promise<void> {
  for (const organisation of house.config.organisations) {
    const { id, unansweredMinutes: minutes } = organisation
    if (minutes === undefined) continue
    await loggingFaults(house, async () => {
      for (const visit of await house.visits.find('waiting', id))
        await loggingFaults(house, () => tellOf(house, organisation, visit, minutes))
    })
  }
}

async function tellOf(house: House, organisation: Organisation, visit: Visit, minutes: number): Promise<void> {
  const now = house.now()
  const missed = (v: Visit) => leftUnanswered(v, answeringAt(house, v, now), minutes, now)
  if (missed(visit) === visit) return
  const { before, after } = await house.changeVisit(visit.id, missed)
  if (isMissed(after) && !isMissed(before)) await house.happened({ organisation, visit: after }, 'waiting-unanswered')
}

/** A clinician looks at the visit: who is told that nobody does is told that somebody does. */
export async function lookedAfter(house: House, caller: AtVisit): Promise<Visit> {
  house.memory.clinicianLooks.looked(caller.visit.id, house.now())
  if (!isMissed(caller.visit)) return caller.visit
  const { before, after } = await house.changeVisit(caller.visit.id, answered)
  if (isMissed(before)) await house.happened(caller, 'waiting-answered')
  return after
}

const isMissed = (visit: Visit): boolean => 'call' in visit && visit.call.unanswered !== undefined

/** Before this process nobody knows who looked. */
function answeringAt({ memory, queues }: House, visit: Visit, now: Instant): Answering {
  const late = queues.lateWord(visit.organisation, keysOfPractitioners(visit))?.at
  const looked = memory.openPages.clinicianHere(visit.id, now) ? now : memory.clinicianLooks.last(visit.id)
  return {
    here: (person) => presenceAt(memory, visit.id, person, now).is === 'here',
    lookedAt: latest(memory.listeningSince, ...[looked, late].flatMap((at) => at ?? [])),
  }
}
