// One visit as its caller may see it, its end, and its being opened again. Refuses to end what never began, and to open again what ended long ago.

import { withHeartbeats } from '../domain/visit/attendance.ts'
import { reopened } from '../domain/visit/reopened.ts'
import { finished } from '../domain/visit/visit.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import { countRoom } from '../house/attendance.ts'
import type { AtVisit } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { roomFor } from '../house/rooms.ts'
import { visitTopic } from '../house/topics.ts'
import { lookedAfter } from '../house/unanswered.ts'
import { seenBy } from '../house/views.ts'
import { writeDownEnd } from '../house/visit-over.ts'
import { heardFrom } from '../house/who-is-there.ts'
import type { LookAt } from '../wire/wire.ts'
import type { VisitSeen } from './step.ts'

/** Of several pages of one person on the patient's side the newest counts; an older one is told that it is `elsewhere`, and tells nothing of who is here. */
export async function look(house: House, caller: AtVisit, { seat: own }: LookAt): Promise<VisitSeen> {
  const { person, visit: before } = caller
  if (person.role === 'clinician') return looked(house, { ...caller, visit: await lookedAfter(house, caller) })
  const { seat, newest, others } = house.memory.pageSeats.told(before.id, person.who, own, house.now())
  const { body, etag } = newest ? await looked(house, caller) : await seenBy(house, caller, before)
  // The older one looks again, and reads that it is that.
  if (others) house.live.stir(visitTopic(before.id))
  const older = newest ? {} : ({ elsewhere: true } as const)
  return { body: body.as === 'patient' ? { ...body, seat, ...older } : body, etag }
}

async function looked(house: House, caller: AtVisit): Promise<VisitSeen> {
  const visit = await heardFrom(house, caller)
  house.goings.expect(visit, caller.person.who)
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
  await writeDownEnd(house, caller, { before, after: visit }, now)
  return seenBy(house, caller, visit)
}

/**
 * Opens an ended visit again: another room, so that no earlier token opens it, and an empty door: everybody is let in anew. Its note goes on as the
 * one it is: what was signed is amended.
 */
export async function reopenVisit(house: House, caller: AtVisit): Promise<VisitSeen> {
  const now = house.now()
  const again = (v: Visit) => reopened(v, now, (opening) => roomFor(house, v, opening))
  const { before, after: visit } = await house.changeVisit(caller.visit.id, again)
  if (before !== visit) await house.happened(caller, 'visit-reopened')
  return seenBy(house, caller, visit)
}
