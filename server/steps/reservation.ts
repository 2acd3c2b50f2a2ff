// Answers Jitsi's server whether a room may begin (mod_reservations), and for how long. Nobody is signed in here: the secret was checked.
// Refuses every room but those of visits that are open and that somebody has a token for, and the one in which the doctor rehearses a visit.

import { given } from '../domain/given.ts'
import type { RoomName } from '../domain/ids.ts'
import { isRehearsalRoom, rehearsalSeconds, roomFromJitsi } from '../domain/visit/room.ts'
import { longestTokenSeconds } from '../domain/visit/room-token.ts'
import { visitInRoom } from '../house/attendance.ts'
import type { House } from '../house/house.ts'
import type { Organisation } from '../settings/config.ts'
import type { Reservation } from '../wire/jitsi.ts'

/** As the module reads it: seconds from `start_time`, after which it closes the room. */
export type Reserved = Reservation & { readonly id: string; readonly duration: number }

/**
 * `organisations`: those whose secret was shown; a Jitsi that several share asks for all of them at one address. No call outlives the longest
 * token that may have been given at its beginning; the room of a visit that goes on may begin again.
 */
export async function reserve(
  house: House,
  organisations: readonly Organisation[],
  asked: Reservation,
): Promise<Reserved | undefined> {
  const room = roomFromJitsi(asked.name)
  const found = (await openIn(house, organisations, room)) ?? rehearsedIn(house, organisations, room)
  const { organisation, visit, code = 'reservation-refused' } = found ?? {}
  house.log.info('call-event', { code, ...given({ organisation: organisation ?? only(organisations), visit }) })
  return found && { ...asked, id: found.visit ?? room, duration: found.seconds }
}

async function openIn(house: House, organisations: readonly Organisation[], room: RoomName) {
  for (const organisation of organisations) {
    const visit = await visitInRoom(house, organisation, room)
    if (visit !== undefined && 'call' in visit && visit.attendance.length > 0)
      return { organisation: organisation.id, visit: visit.id, code: 'reserved', seconds: longestTokenSeconds } as const
  }
  return undefined
}

function rehearsedIn({ config, now }: House, organisations: readonly Organisation[], room: RoomName) {
  const its = organisations.find(({ id }) => isRehearsalRoom(config.roomKey, id, room, now()))
  if (its === undefined) return undefined
  return { organisation: its.id, visit: undefined, code: 'rehearsal-reserved', seconds: rehearsalSeconds } as const
}

/** Of several, nobody knows whose a room is that none of them has. */
const only = ([first, ...more]: readonly Organisation[]) => (more.length === 0 ? first?.id : undefined)
