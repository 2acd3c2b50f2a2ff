// Who somebody in the room is: by the id in their token, whatever they are called, where the room tells it; else by the name that our
// server gives to nobody else in the visit. Pure.
// Refuses to take somebody with another id for a person whose name they have.
import type { DoorPerson } from '../../server/wire/wire.ts'

/**
 * Someone in the room, or at the room's own door. `id` is a connection's, a new one at each join. `idInRoom` is their token's: Jitsi tells
 * it of those inside (`userContext`, jitsi-meet #16865) where its Prosody loads `presence_identity`, and of those who knock never.
 */
export type Someone = { readonly id: string; readonly idInRoom?: string; readonly name: string }

/** One of the visit, as our server says the room has them. */
export type RoomPerson = { readonly idInRoom: string; readonly name: string }

export const isSame = ({ idInRoom, name }: Omit<Someone, 'id'>, person: RoomPerson | undefined): boolean =>
  idInRoom === undefined ? name === person?.name : idInRoom === person?.idInRoom

/** What a page tells our server of somebody its room shows. */
export const knownBy = ({ idInRoom, name }: Someone): string => idInRoom ?? name

/** Somebody at our door as the room has them; undefined for whoever never had an entry, and is not in it. */
export const inRoom = ({ idInRoom, called }: DoorPerson): RoomPerson | undefined =>
  idInRoom === undefined || called === undefined ? undefined : { idInRoom, name: called }
