// The name of a visit's room at each of its openings: an earlier one's token opens an empty room.
import { roomName } from '../domain/visit/room.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { House } from './house.ts'

/** A visit opened again goes on under the name it was given first. */
export const roomFor = (
  { config }: Pick<House, 'config'>,
  { organisation, appointment, base }: Pick<Visit, 'organisation' | 'appointment' | 'base'>,
  opening: number,
) => roomName(config.roomKey, organisation, appointment, opening, base)
