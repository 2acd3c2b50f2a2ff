// A locked door: who tried to come in meanwhile, and whom of them a clinician lets wait all the same. Pure.
// Refuses whoever was sent away, and one more than a visit can know of.
import { Refusal } from '../errors.ts'
import type { DoorId, Instant, Ref } from '../ids.ts'
import { isOfPatientsSide } from './sides.ts'
import { requireOpen, withCall } from './visit.ts'
import type { Open, TriedKnock, Visit } from './visit-shape.ts'

/** So many are known to have tried: more than one patient has people. */
export const mostTried = 20

/** Locking twice changes nothing. Whoever was let through a lock and has not come is not let through the next one. */
export function locked(visit: Visit, on: boolean): Open {
  const at = requireOpen(visit)
  const { locked: was, ...call } = at.call
  if ((was ?? false) === on) return at
  if (!on) return { ...at, call }
  const shut = { ...at, call: { ...call, locked: true as const } }
  return call.tried === undefined ? shut : withTried(shut, call.tried.map(asTried))
}

/** Whoever waits or was let in before stays: a reload is no new knock. Refuses (`door-locked`) who was sent away. */
export function isShutTo({ call }: Open, who: Ref): boolean {
  if (call.locked === undefined) return false
  const person = call.door.find((p) => p.who === who)
  if (person?.state === 'declined') throw new Refusal('door-locked')
  return person === undefined && call.tried?.find((one) => one.who === who)?.mayWait !== true
}

/** Somebody new came to a locked door. Each stands there once, with the last time and the first handle. */
export function tried(visit: Open, person: Omit<TriedKnock, 'mayWait'>): Open {
  const before = triedBy(visit, person.who)
  const rest = others(visit, person.who)
  if (rest.length >= mostTried) throw new Refusal('door-locked')
  return withTried(visit, [...rest, { ...person, doorId: before?.doorId ?? person.doorId }])
}

/** Lets this one person knock although the door is locked. Refuses `not-at-door` where nobody of this handle has tried. */
export function letWait(visit: Visit, doorId: DoorId): Open {
  const at = requireOpen(visit)
  const all = at.call.tried ?? []
  const person = all.find((one) => one.doorId === doorId)
  if (person === undefined) throw new Refusal('not-at-door')
  // An open door lets everybody knock.
  if (person.mayWait || at.call.locked === undefined) return at
  return withTried(
    at,
    all.map((one) => (one === person ? { ...person, mayWait: true } : one)),
  )
}

/** They came in, went away, or would rather speak by telephone: nothing of it is left. */
export const untried = <V extends Open>(visit: V, who: Ref): V =>
  triedBy(visit, who) === undefined ? visit : withTried(visit, others(visit, who))

export const triedBy = (visit: Visit, who: Ref): TriedKnock | undefined =>
  'call' in visit ? visit.call.tried?.find((one) => one.who === who) : undefined

/** When somebody of the patient's side last tried in vain whom nobody has let since. */
export function lastShutOut(visit: Visit): Instant | undefined {
  if (!('call' in visit) || visit.call.locked === undefined) return undefined
  const shut = (visit.call.tried ?? []).filter(({ who, mayWait }) => mayWait !== true && isOfPatientsSide(who))
  return shut
    .map(({ triedAt }) => triedAt)
    .sort()
    .at(-1)
}

const others = ({ call }: Open, who: Ref): readonly TriedKnock[] => (call.tried ?? []).filter((one) => one.who !== who)

const asTried = ({ mayWait: _mayWait, ...person }: TriedKnock): TriedKnock => person

function withTried<V extends Open>(visit: V, all: readonly TriedKnock[]): V {
  if (all.length > 0) return withCall(visit, { tried: all })
  const { tried: _tried, ...call } = visit.call
  return { ...visit, call }
}
