// The visit of a room, as Jitsi's server names rooms. Refuses nothing: a room of no visit, or of another organisation's, has none.

import type { RoomName } from './domain/ids.ts'
import type { Visit } from './domain/visit/visit.ts'
import type { House } from './house/house.ts'
import type { Organisation } from './settings/config.ts'

/** With tenants Prosody puts theirs before the name: `[clinic]room`. */
export const roomNamed = (name: string): RoomName => name.replace(/^\[[^\]]*\]/, '').toLowerCase() as RoomName // sound: only a visit's own room finds a row

export const visitOf = async (house: House, organisation: Organisation, room: RoomName): Promise<Visit | undefined> =>
  (await house.visits.find('room', room)).find((visit) => visit.organisation === organisation.id)
