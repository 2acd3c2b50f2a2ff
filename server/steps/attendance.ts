// Hears what Jitsi's server says of a visit's room, and keeps who joined and left when. Nobody is signed in here: the secret was checked.
// An unknown room, another organisation's and a stranger change nothing, and are counted.

import { given } from '../domain/given.ts'
import type { Ref, RoomName } from '../domain/ids.ts'
import { earliest } from '../domain/instant.ts'
import { byOurClock, type Sighting, sighted } from '../domain/visit/attendance.ts'
import { recordedSinceOf, unrecorded } from '../domain/visit/recording.ts'
import { roomFromJitsi } from '../domain/visit/room.ts'
import { timeInCall } from '../domain/visit/time-in-call.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import { auditAttendance, auditRecordingEnd, visitInRoom } from '../house/attendance.ts'
import type { House } from '../house/house.ts'
import type { Organisation } from '../settings/config.ts'
import type { CallEvent, Occupant } from '../wire/jitsi.ts'

export async function hear(house: House, organisation: Organisation, event: CallEvent): Promise<void> {
  const room = roomFromJitsi(event.room_name)
  const visit = await visitInRoom(house, organisation, room)
  if (visit === undefined) return logEvent(house, organisation, 'unknown-room')
  if (event.event_name === 'muc-room-created') return logEvent(house, organisation, 'room-created', visit)
  for (const sighting of saidBy(event)) await keepSighting(house, organisation, visit, room, sighting)
  if (event.event_name !== 'muc-room-destroyed') return
  if (!house.memory.closedRooms.isFirstWord(visit.id, event.created_at))
    return logEvent(house, organisation, 'known', visit)
  logEvent(house, organisation, 'room-closed', visit)
  // The visit goes on: a room is closed as well when everyone has lost the connection.
  await house.happened({ organisation, visit }, 'call-closed')
  if (recordedSinceOf(visit) !== undefined) await unrecord(house, organisation, visit, event.destroyed_at)
}

/** What was recorded in a room ends with it, though no page is left to say so. */
async function unrecord(house: House, organisation: Organisation, { id }: Visit, destroyedAt: number): Promise<void> {
  const now = house.now()
  const changed = await house.changeVisit(id, (v) => ('call' in v ? unrecorded(v) : v))
  const at = earliest(now, byOurClock(destroyedAt, destroyedAt, now))
  await auditRecordingEnd(house, changed, at, { organisation, visit: changed.after }, 'room-closed')
}

function saidBy(event: Exclude<CallEvent, { event_name: 'muc-room-created' }>) {
  if (event.event_name !== 'muc-room-destroyed') {
    const { joined_at, left_at = joined_at } = event.occupant
    return [sightingOf(event.occupant, left_at)]
  }
  // Whoever was in a room that is no more is out of it.
  const { all_occupants, destroyed_at } = event
  return all_occupants.map((o) => sightingOf({ left_at: destroyed_at, ...o }, destroyed_at))
}

const sightingOf = ({ id, occupant_jid, joined_at, left_at }: Occupant, happenedAt: number): Sighting => ({
  idInRoom: id,
  connection: occupant_jid,
  joinedAt: joined_at,
  leftAt: left_at,
  happenedAt,
})

async function keepSighting(
  house: House,
  organisation: Organisation,
  { id }: Visit,
  room: RoomName,
  sighting: Sighting,
) {
  const now = house.now()
  const { before, after: visit } = await house.changeVisit(id, (v) => sighted(v, room, sighting, now).visit)
  const { heard, who } = sighted(before, room, sighting, now)
  logEvent(house, organisation, heard, visit)
  if (who !== undefined) await correctAttendance(house, organisation, who, { before, after: visit })
  if (heard === 'known') return
  const by = { organisation, visit }
  if (who === undefined) return house.happened(by, 'call-joined', { outcome: 'failed', code: 'stranger' })
  await house.happened(by, heard === 'joined' ? 'call-joined' : 'call-left', { who })
}

/** Late word, after the end: what was written down of this person is no longer true. */
async function correctAttendance(
  house: House,
  organisation: Organisation,
  who: Ref,
  { before, after: visit }: { readonly before: Visit; readonly after: Visit },
): Promise<void> {
  if (before.status !== 'finished' || visit.status !== 'finished' || before === visit) return
  const times = (of: Extract<Visit, { status: 'finished' }>) =>
    of.attendance.map((a) => a.who === who && timeInCall(a, of))
  if (JSON.stringify(times(before)) !== JSON.stringify(times(visit)))
    await auditAttendance(house, organisation, visit, who)
}

/** A line of the log for each, by its kind: what a graph counts. */
function logEvent(house: House, { id }: Organisation, code: string, visit?: Visit): void {
  house.log.info('call-event', { organisation: id, code, ...given({ visit: visit?.id }) })
}
