// The queue at the door, back to it from the room, and a door that is locked for a while. Pure.
// Refuses to have somebody wait who has left or was sent away, and lets nobody new come to a locked door.
import { Refusal } from '../errors.ts'
import type { DoorId, Instant, Ref } from '../ids.ts'
import { open, withCall } from './visit.ts'
import type { Open, Person, Visit, Waiting } from './visit-shape.ts'

/** They wait anew from now on, at the end; the next admission confirms again who they are. */
export function sentBack(visit: Visit, id: DoorId, now: Instant): Open {
  const at = open(visit)
  const person = at.call.door.find((p) => p.guest === id)
  if (person?.state === 'waiting') return at
  if (person?.state !== 'admitted') throw new Refusal('not-at-door')
  const { who, as, name, devices } = person
  const waiting: Waiting = { guest: id, who, as, name, devices, knockedAt: now, state: 'waiting' }
  return withCall(at, { door: [...at.call.door.filter((p) => p.guest !== id), waiting] })
}

/** Locking twice changes nothing. */
export function locked(visit: Visit, on: boolean): Open {
  const at = open(visit)
  const { locked: was, ...call } = at.call
  if ((was ?? false) === on) return at
  return { ...at, call: on ? { ...call, locked: true } : call }
}

/** Whoever waits or was let in before stays: a reload is no new knock. */
export function mayKnock(visit: Visit, who: Ref): Visit {
  if (!('call' in visit) || visit.call.locked === undefined) return visit
  const person = visit.call.door.find((p) => p.who === who)
  if (person === undefined || person.state === 'declined') throw new Refusal('door-locked')
  return visit
}

/** How many stand before this person, among those waiting. */
export const ahead = (door: readonly Person[], who: Ref): number => {
  const waiting = door.filter((p) => p.state === 'waiting')
  return Math.max(
    0,
    waiting.findIndex((p) => p.who === who),
  )
}
