// Who is and was in a visit's room: which visit a room belongs to, the count of the room by Jitsi's server, and the lines of the record.

import type { Instant, Ref, RoomName } from '../domain/ids.ts'
import { recordingEnd } from '../domain/visit/recording.ts'
import { inRoomNow, timeInCall, withCount } from '../domain/visit/time-in-call.ts'
import type { Finished, Visit } from '../domain/visit/visit-shape.ts'
import type { Organisation } from '../settings/config.ts'
import type { House } from './house.ts'
import type { By } from './trail.ts'

/** A room of no visit, or of another organisation's, has none. */
export const visitInRoom = async (
  house: House,
  organisation: Organisation,
  room: RoomName,
): Promise<Visit | undefined> =>
  (await house.visits.find('room', room)).find((visit) => visit.organisation === organisation.id)

type Change = (visit: Visit) => Visit
const asItIs: Change = (visit) => visit

/**
 * Asks the Jitsi at which the visit is held how many are in the room, and logs whether it has told of as many: if not, word of somebody
 * was lost, or nobody told of them. Returns the change that the count makes to the visit.
 */
export async function countRoom(house: House, organisation: Organisation, visit: Visit): Promise<Change> {
  const { jitsi, jitsiEvents, id } = organisation
  if (visit.status !== 'in-progress' || jitsiEvents === undefined) return asItIs
  const { census } = jitsi.servers.find(({ origin }) => origin === (visit.call.jitsi ?? jitsi.origin)) ?? {}
  if (census === undefined) return asItIs
  const people = await house.census(census, visit.call.room)
  const at = house.now()
  if (people === undefined) {
    house.log.warn('call-event', { organisation: id, code: 'census-missing' })
    return asItIs
  }
  const told = inRoomNow(visit, at)
  const code = people === told ? 'census-agrees' : people < told ? 'census-fewer' : 'census-more'
  house.log.info('call-event', { organisation: id, code, visit: visit.id, count: people })
  return (v) => withCount(v, { asked: visit, people, at })
}

type Changed = Awaited<ReturnType<House['changeVisit']>>

/** Writes down that a recording ended with a change of the visit, where one did: by a page's word, with its room, or with the visit. */
export async function auditRecordingEnd(
  house: House,
  { before, after: visit }: Changed,
  at: Instant,
  by: By,
  code?: string,
): Promise<void> {
  const ran = recordingEnd(before, visit, at)
  if (ran !== undefined) await house.happened(by, 'recording-stopped', code === undefined ? ran : { ...ran, code })
}

/** Writes down who was there, from when until when and by whose word, as far as it is known now: of everyone, or of one person. */
export async function auditAttendance(
  house: House,
  organisation: Organisation,
  visit: Finished,
  one?: Ref,
): Promise<void> {
  const by = { organisation, visit }
  const written = visit.attendance
    .filter(({ who }) => one === undefined || who === one)
    .map((a) => {
      const { start: from, end: until, by: code } = timeInCall(a, visit)
      return house.happened(by, 'visit-attended', { who: a.who, from, until, code })
    })
  await Promise.all(written)
}
