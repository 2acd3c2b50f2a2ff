// What stands between a person and the call before they have knocked, or beside their knock: pure rules. Refuses outside the
// visit's hours, and whose invitation holds no longer.

import { given } from '../given.ts'
import type { Instant, Ref } from '../ids.ts'
import { requireInvited } from './invited.ts'
import { untried } from './locked-door.ts'
import { isOfPatientsSide } from './sides.ts'
import { hoursAt, type JoinWindow, requireInHours, requireOpen, withCall } from './visit.ts'
import type { Devices, Hindered, Hindrance, Open, Visit } from './visit-shape.ts'

/**
 * A person's page told how it is with their devices. Told alike again, nothing changes, so `since` stays; told that all is well, nothing is
 * left of it. Who cannot make it, or waits and asks for the telephone instead, leaves the door; the first may be said before it opens. What was found of
 * the devices of who asks while waiting stays: no check stands on their screen. `as` and `name` come from the verified launch
 * or the invitation, never from the request.
 */
export function hindered(visit: Visit, told: Hindered, window: JoinWindow): Open {
  const open = requireInTime(requireOpen(requireInvited(visit, told.who)), told, window)
  // Who would rather speak by telephone, or cannot come, does not wait for a locked door.
  const elsewhere = told.byTelephone || told.cannotCome ? untried(open, told.who) : open
  const waited = open.call.door.some((p) => p.who === told.who && p.state === 'waiting')
  const at = told.cannotCome || (told.byTelephone && waited) ? withoutPlace(elsewhere, told.who) : elsewhere
  const before = hindranceOf(at, told.who)
  const person = waited && told.byTelephone ? { ...devicesIn(before), ...told } : told
  if (isNothing(person) || (before !== undefined && isSame(before, person)))
    return isNothing(person) ? unhindered(at, person.who) : at
  return withCall(at, { hindered: [...others(at, person.who), person] })
}

const devicesIn = (before: Hindered | undefined) => given({ camera: before?.camera, microphone: before?.microphone })

function requireInTime(visit: Open, { cannotCome, since }: Hindered, window: JoinWindow): Open {
  return cannotCome && hoursAt(visit, window, since) === 'too-early' ? visit : requireInHours(visit, window, since)
}

/** Only who waits: whoever was let in leaves the call by its own way. */
function withoutPlace(visit: Open, who: Ref): Open {
  const door = visit.call.door.filter((p) => p.who !== who || p.state === 'admitted')
  return door.length === visit.call.door.length ? visit : withCall(visit, { door })
}

/** Whoever knocks comes by video after all; a device that works now was mended. */
export function knockedWith(visit: Open, who: Ref, devices: Devices, now: Instant): Open {
  const before = hindranceOf(visit, who)
  if (before === undefined) return visit
  const { byTelephone, cannotCome, camera, microphone, ...person } = before
  const left = {
    ...(camera !== undefined && !devices.camera ? { camera } : {}),
    ...(microphone !== undefined && !devices.microphone ? { microphone } : {}),
  }
  const after = { ...person, ...left, since: byTelephone || cannotCome ? now : before.since }
  if (isNothing(after)) return unhindered(visit, who)
  return isSame(before, after) ? visit : withCall(visit, { hindered: [...others(visit, who), after] })
}

/** Nothing of it is left. */
export const unhindered = <V extends Open>(visit: V, who: Ref): V =>
  hindranceOf(visit, who) === undefined ? visit : withCall(visit, { hindered: others(visit, who) })

export const hindranceOf = (visit: Visit, who: Ref): Hindered | undefined =>
  'call' in visit ? visit.call.hindered?.find((one) => one.who === who) : undefined

/** Since when somebody of the patient's side who is not at the door would rather speak by telephone; the first of them. */
export const byTelephoneSince = (visit: Visit): Instant | undefined => saidSince(visit, 'byTelephone')

/** Since when somebody of the patient's side who is not at the door says that they cannot make it; the first of them. A visit goes on without a guest. */
export const cannotComeSince = (visit: Visit): Instant | undefined => saidSince(visit, 'cannotCome')

function saidSince(visit: Visit, what: 'byTelephone' | 'cannotCome'): Instant | undefined {
  if (!('call' in visit)) return undefined
  const { door, hindered = [] } = visit.call
  const theirs = hindered.filter(
    (one) => one[what] && isOfPatientsSide(one.who) && door.every((p) => p.who !== one.who),
  )
  return theirs.map(({ since }) => since).sort()[0]
}

const others = ({ call }: Open, who: Ref) => (call.hindered ?? []).filter((one) => one.who !== who)

const isNothing = ({ camera, microphone, byTelephone, cannotCome }: Omit<Hindrance, 'since'>): boolean =>
  camera === undefined && microphone === undefined && byTelephone === undefined && cannotCome === undefined

const isSame = (a: Hindrance, b: Hindrance): boolean =>
  a.camera === b.camera &&
  a.microphone === b.microphone &&
  a.byTelephone === b.byTelephone &&
  a.cannotCome === b.cannotCome
