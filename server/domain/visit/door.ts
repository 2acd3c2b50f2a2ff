// The door of a visit: the queue, who was let in or sent away, and the way back from the room. Pure.
// Refuses to let in who is not waiting.
import { Refusal } from '../errors.ts'
import { given } from '../given.ts'
import type { DoorId, Instant, Ref } from '../ids.ts'
import { knockedWith, unhindered } from './hindrance.ts'
import { requireInvited } from './invited.ts'
import { isShutTo, tried, untried } from './locked-door.ts'
import { isOfPatientsSide, patientsWaiting } from './sides.ts'
import type { WhyNotNow, WhyRefused } from './turned-away.ts'
import { type JoinWindow, requireInHours, requireOpen, withCall } from './visit.ts'
import type { Devices, Open, Person, Visit, Waiting } from './visit-shape.ts'

/**
 * Someone knocks. Knocking twice keeps the place and the admission; who was declined waits again at the end. Somebody new at a locked door
 * does not come to it: that they tried is kept.
 * `as` and `name` come from the verified launch or the invitation, never from the request. Refuses whose invitation holds no longer.
 */
export function knocked(visit: Visit, knock: Omit<Waiting, 'state'>, window: JoinWindow): Open {
  const open = requireInHours(requireOpen(requireInvited(visit, knock.who)), window, knock.knockedAt)
  const known = knockedWith(open, knock.who, knock.devices, knock.knockedAt)
  if (isShutTo(known, knock.who)) {
    const { knockedAt: triedAt, ...person } = knock
    return tried(known, { ...person, triedAt })
  }
  const at = untried(known, knock.who)
  const before = at.call.door.find((p) => p.who === knock.who)
  if (before?.state === 'admitted') return at
  if (before?.state === 'waiting')
    return sameDevices(before.devices, knock.devices) ? at : swapped(at, { ...before, devices: knock.devices })

  const waiting: Waiting = { ...knock, state: 'waiting' }
  const after = withCall(at, { door: [...at.call.door.filter((p) => p.who !== knock.who), waiting] })
  // Arrived has who the visit is for, or acts for them: an interpreter who is early is not the patient.
  const arrives = after.status === 'planned' && isOfPatientsSide(knock.who)
  return arrives ? { ...after, status: 'arrived', arrivedAt: knock.knockedAt } : after
}

/** Lets one person in. Admitting twice changes nothing; someone who left or was declined is `not-at-door`. */
export function admitted(visit: Visit, id: DoorId, by: Ref, now: Instant): Open {
  const at = requireOpen(visit)
  const person = at.call.door.find((p) => p.doorId === id)
  if (person?.state === 'admitted') return at
  if (person?.state !== 'waiting') throw new Refusal('not-at-door')
  const away = person.steppedAway !== undefined && now < person.steppedAway.until ? (true as const) : undefined
  return swapped(at, { ...whoOf(person), state: 'admitted', admittedAt: now, admittedBy: by, ...given({ away }) })
}

/** Asks one person who waits for patience: they keep their place. Refuses `not-at-door` of who does not wait. */
export function askedToWait(visit: Visit, id: DoorId, why: WhyNotNow, now: Instant): Open {
  const at = requireOpen(visit)
  const person = at.call.door.find((p) => p.doorId === id)
  if (person?.state !== 'waiting') throw new Refusal('not-at-door')
  return swapped(at, { ...person, notNow: { at: now, why } })
}

/** Sends one person away, also one who was admitted before. */
export function declined(visit: Visit, id: DoorId, now: Instant, why?: WhyRefused): Open {
  const at = requireOpen(visit)
  const person = at.call.door.find((p) => p.doorId === id)
  if (person === undefined) throw new Refusal('not-at-door')
  if (person.state === 'declined') return at
  return swapped(at, { ...whoOf(person), state: 'declined', declinedAt: now, ...given({ why }) })
}

/** The person walks away from the door. An admission stays: it is a rejoin that needs no queue. */
export function left(visit: Visit, who: Ref): Visit {
  if (!('call' in visit)) return visit
  const door = visit.call.door.filter((p) => p.who !== who || p.state === 'admitted')
  return door.length === visit.call.door.length ? untried(visit, who) : withCall(gone(visit, who), { door })
}

/** Whoever may not be in this visit any more, or gave it up, has no place at its door, nor in its room. */
export function turnedOut(visit: Visit, who: Ref): Visit {
  if (!('call' in visit)) return visit
  if (visit.call.door.every((p) => p.who !== who)) return gone(visit, who)
  return withCall(gone(visit, who), { door: visit.call.door.filter((p) => p.who !== who) })
}

/** Back from the room: they wait anew from now on, at the end, and read why; the next admission confirms again who they are. */
export function sentBack(visit: Visit, id: DoorId, now: Instant, why?: WhyNotNow): Open {
  const at = requireOpen(visit)
  const person = at.call.door.find((p) => p.doorId === id)
  if (person?.state === 'waiting') return at
  if (person?.state !== 'admitted') throw new Refusal('not-at-door')
  const notNow = why && { at: now, why }
  const waiting: Waiting = {
    ...{ ...whoOf(person), knockedAt: now, sentBackAt: now, state: 'waiting' },
    ...given({ notNow }),
  }
  return withCall(at, { door: [...at.call.door.filter((p) => p.doorId !== id), waiting] })
}

/** Passes on a visit this person was let into; refuses `not-admitted` and `admission-declined`. */
export function requireAdmitted(visit: Visit, who: Ref): Open {
  const at = requireOpen(visit)
  const person = at.call.door.find((p) => p.who === who)
  if (person?.state === 'declined') throw new Refusal('admission-declined')
  if (person?.state !== 'admitted') throw new Refusal('not-admitted')
  return at
}

/** Since when the first of the patient's side who waits here does; undefined where none of them waits. */
export const waitingSince = (door: readonly Person[]): Instant | undefined =>
  patientsWaiting(door)
    .map((p) => p.knockedAt)
    .sort()
    .at(0)

/** Nothing is left of what stood between them and the call. */
const gone = (visit: Open, who: Ref): Open => untried(unhindered(visit, who), who)

/** The person, without how it is with them at the door. */
const whoOf = ({ doorId, who, as, name, phone, devices, knockedAt }: Person) => ({
  ...{ doorId, who, as, name, devices, knockedAt },
  ...given({ phone }),
})

const swapped = (visit: Open, person: Person): Open =>
  withCall(visit, { door: visit.call.door.map((p) => (p.doorId === person.doorId ? person : p)) })

const sameDevices = (a: Devices, b: Devices) => a.camera === b.camera && a.microphone === b.microphone
