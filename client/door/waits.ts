// Who waits at a door, on every screen of a clinician: somebody whose page is there. Whoever closed it keeps the place, and has left.
import type { DoorPerson } from '../../server/wire/wire.ts'

export const waitsNow = ({ state, here }: Pick<DoorPerson, 'state' | 'here'>): boolean => state === 'waiting' && here
