// Back from the room to the waiting room: somebody may come in again, only not now. Pure.
// Refuses nobody who waits already, and has nobody wait who has left or was sent away.
import { Refusal } from './errors.ts'
import type { GuestId, Instant } from './ids.ts'
import { type Open, open, type Visit, type Waiting } from './visit.ts'

/** They wait anew from now on, at the end; the next admission confirms again who they are. */
export function sentBack(visit: Visit, guest: GuestId, now: Instant): Open {
  const at = open(visit)
  const person = at.door.find((p) => p.guest === guest)
  if (person?.state === 'waiting') return at
  if (person?.state !== 'admitted') throw new Refusal('not-at-door')
  const { guest: id, who, as, name, devices } = person
  const waiting: Waiting = { guest: id, who, as, name, devices, knockedAt: now, state: 'waiting' }
  return { ...at, door: [...at.door.filter((p) => p.guest !== guest), waiting] }
}
