// One visit as its caller may see it, and its end. Refuses to end what never began.

import { withHeartbeats } from '../domain/visit/attendance.ts'
import { unconfirmed } from '../domain/visit/identity.ts'
import { wasSeen } from '../domain/visit/outcome.ts'
import { finished } from '../domain/visit/visit.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import { auditAttendance, auditRecordingEnd, countRoom } from '../house/attendance.ts'
import type { AtVisit } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { seenBy } from '../house/views.ts'
import type { VisitSeen } from './step.ts'

export async function look(house: House, caller: AtVisit): Promise<VisitSeen> {
  const { person, visit } = caller
  house.memory.openPages.seen(visit.id, person.who, house.now())
  house.goings.expect(visit, person.who)
  return seenBy(house, caller, visit)
}

/** Closes the room for everyone: no more tokens, and every page is told. Ending twice changes nothing, and is written down once. */
export async function end(house: House, caller: AtVisit): Promise<VisitSeen> {
  // Before everybody leaves.
  const count = await countRoom(house, caller.organisation, caller.visit)
  const words = house.memory.heartbeats.of(caller.visit.id)
  const now = house.now()
  const { before, after: visit } = await house.changeVisit(caller.visit.id, (v) =>
    finished(withHeartbeats(count(v), words), caller.organisation.joinWindow, now),
  )
  if (visit.status !== 'finished' || before.status === 'finished') return seenBy(house, caller, visit)
  await house.happened(caller, 'visit-ended')
  // The room closes, and what was recorded in it ends.
  await auditRecordingEnd(house, { before, after: visit }, now, caller, 'visit-ended')
  await auditAttendance(house, caller.organisation, visit)
  await auditUnconfirmed(house, caller, before)
  return seenBy(house, caller, visit)
}

/** Of whoever was in the call to its end without being confirmed, that is written down. */
async function auditUnconfirmed(house: House, caller: AtVisit, before: Visit): Promise<void> {
  if (!('call' in before)) return
  const words = house.memory.heartbeats.of(before.id)
  const seen = withHeartbeats(before, words).attendance.filter(wasSeen)
  for (const { doorId, who } of unconfirmed(before))
    if (seen.some((one) => one.who === who))
      await house.happened(caller, 'identity-unconfirmed', { doorId, patient: before.patient })
}
