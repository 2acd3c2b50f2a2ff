// Answers Jitsi's server whether a room may begin (mod_reservations), and for how long. Nobody is signed in here: the secret was checked.
// Refuses every room but those of visits that are open and that somebody has a token for.

import { roomFromJitsi } from '../domain/visit/room.ts'
import { longestTokenSeconds } from '../domain/visit/room-token.ts'
import { visitInRoom } from '../house/attendance.ts'
import type { House } from '../house/house.ts'
import type { Organisation } from '../settings/config.ts'
import type { Reservation } from '../wire/jitsi.ts'

/** As the module reads it: seconds from `start_time`, after which it closes the room. */
export type Reserved = Reservation & { readonly id: string; readonly duration: number }

/** No call outlives the longest token that may have been given at its beginning; the room of a visit that goes on may begin again. */
export async function reserve(
  house: House,
  organisation: Organisation,
  asked: Reservation,
): Promise<Reserved | undefined> {
  const visit = await visitInRoom(house, organisation, roomFromJitsi(asked.name))
  const begins = visit !== undefined && 'call' in visit && visit.attendance.length > 0
  const code = begins ? 'reserved' : 'reservation-refused'
  house.log.info('call-event', { organisation: organisation.id, code, ...(visit && { visit: visit.id }) })
  return begins ? { ...asked, id: visit.id, duration: longestTokenSeconds } : undefined
}
