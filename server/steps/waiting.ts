// The waiting room: the check before it, knocking, leaving, admitting, asking for patience, declining, sending back, locking the door, and letting one wait.
// Refuses a knock before devices were checked, and without consent where the clinic asks for it.

import { Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import { letInBy, readAgain, withoutReading } from '../domain/visit/as-read.ts'
import { requireConsent } from '../domain/visit/consent.ts'
import { admitted, askedToWait, declined, knocked, left, sentBack, turnedOut } from '../domain/visit/door.ts'
import { hindered, hindranceOf } from '../domain/visit/hindrance.ts'
import { letWait, locked, triedBy } from '../domain/visit/locked-door.ts'
import { presenceTimes, stepped, waitingAt } from '../domain/visit/presence.ts'
import { courseOf, namesPeople, requireNamed } from '../domain/visit/reviewed.ts'
import { isInvited } from '../domain/visit/sides.ts'
import type { SaidWhy } from '../domain/visit/turned-away.ts'
import { hasBegun } from '../domain/visit/visit.ts'
import type { Person, Visit } from '../domain/visit/visit-shape.ts'
import type { AppointmentAsked } from '../house/appointments.ts'
import { askOrAsRead } from '../house/as-read.ts'
import type { AtVisit, Party } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { isTold, keepReading, reviewSoon, tellUnusable, writeDownReading } from '../house/reviews.ts'
import { seenBy } from '../house/views.ts'
import { heardFrom } from '../house/who-is-there.ts'
import type {
  Admission,
  AskToWait,
  Decline,
  Knock,
  LeaveDoor,
  LetWait,
  Lock,
  SendBack,
  StepAway,
  TellDevices,
} from '../wire/wire.ts'
import type { Done, VisitSeen } from './step.ts'

/** As what the guard has let them come to the door. */
function atDoorAs(role: AtVisit['person']['role']): Person['as'] {
  if (role === 'clinician') throw new Refusal('patient-only')
  return role
}

/** The check of the devices found something wrong, or that all is well now; or the person would rather speak by telephone. */
export async function tellDevices(house: House, caller: AtVisit, found: TellDevices): Promise<VisitSeen> {
  const { person: asks, organisation } = caller
  if (found.byTelephone && isInvited(asks.who)) throw new Refusal('bad-request', { detail: { field: 'byTelephone' } })
  const as = atDoorAs(asks.role)
  const whose = { who: asks.who, as, name: asks.name, ...given({ phone: asks.phone }) } as const
  const person = { ...whose, ...found, since: house.now() }
  const { before, after: visit } = await house.changeVisit(caller.visit.id, (v) =>
    hindered(v, person, organisation.joinWindow),
  )
  await heardFrom(house, { ...caller, visit })
  const asked = (v: Visit) => hindranceOf(v, asks.who)?.byTelephone === true
  if (asked(visit) && !asked(before)) await house.happened(caller, 'telephone-asked')
  const cannot = (v: Visit) => hindranceOf(v, asks.who)?.cannotCome === true
  if (cannot(visit) && !cannot(before)) await house.happened(caller, 'cannot-come-said')
  return seenBy(house, caller, visit)
}

/**
 * Knocking twice keeps the place. The name at the door is the launch's own, never the request's. At a locked door the answer is that they
 * tried: a clinician of the visit sees it.
 */
export async function knock(house: House, caller: AtVisit, { devices }: Knock): Promise<VisitSeen> {
  const { person: asks, organisation } = caller
  // Who can be neither seen nor heard would wait for a visit that cannot happen.
  if (!devices.camera && !devices.microphone) throw new Refusal('devices-unchecked')
  const as = atDoorAs(asks.role)
  const knockedAt = house.now()
  const person = {
    doorId: house.random.doorId(),
    who: asks.who,
    as,
    name: asks.name,
    ...given({ phone: asks.phone }),
    devices,
    knockedAt,
  } as const
  // Who was gone waits anew: their place is not kept by a second knock.
  await heardFrom(house, caller)
  const { after: visit } = await house.changeVisit(caller.visit.id, (v) =>
    knocked(requireConsent(v, asks.who, organisation.consent?.version), person, organisation.joinWindow),
  )
  const isOutside = triedBy(visit, asks.who) !== undefined
  await house.happened(caller, isOutside ? 'knock-at-locked-door' : 'knock')
  return seenBy(house, caller, visit)
}

/** Who waits says that they step away for a while, or that they are back. They keep their place meanwhile. */
export async function stepAway(house: House, caller: AtVisit, { where }: StepAway): Promise<VisitSeen> {
  const { person } = caller
  const now = house.now()
  const before = await heardFrom(house, caller)
  if (waitingAt(before, person.who) === undefined) throw new Refusal('not-at-door')
  const { after: visit } = await house.changeVisit(caller.visit.id, (v) => stepped(v, person.who, where, now))
  if (where === 'away') house.goings.expectBack(visit, 60 * presenceTimes.stepAwayMinutes)
  await house.happened(caller, where === 'away' ? 'stepped-away' : 'stepped-back')
  return seenBy(house, caller, visit)
}

export async function leave(house: House, caller: AtVisit, { fromCall }: LeaveDoor): Promise<Done> {
  const leaving = fromCall ? turnedOut : left
  await house.changeVisit(caller.visit.id, (v) => leaving(v, caller.person.who))
  await house.happened(caller, 'left')
  return {}
}

/**
 * Lets one person in, after the Appointment was read again: it may have been cancelled or moved meanwhile. Where the EHR says nothing, by what
 * it said when it was read at `asReadAt`, which the clinician has been shown. Who it is, is asked in the call.
 */
export async function admit(house: House, caller: Party, admission: Admission): Promise<VisitSeen> {
  const { doorId, asReadAt } = admission
  const told = await askOrAsRead(house, caller, asReadAt)
  if (!('asRead' in told)) await stillOn(house, caller, told)
  const [by, now] = [caller.person.who, house.now()]
  const lettingIn = (v: Visit): Visit => {
    const after = admitted(v, doorId, by, now)
    if ('asRead' in told) return after === v ? v : letInBy(after, told.asRead, now)
    const read = readAgain(after, told.said, now)
    // Whom she lets in a second time changes nothing, nor does a reading that says the same.
    return after === v && !isTold(v, read) ? v : read
  }
  const { before, after: visit } = await house.changeVisit(caller.visit.id, lettingIn)
  const byReading = 'asRead' in told ? { readAt: told.asRead.at, code: told.why } : {}
  await house.happened(caller, 'admit', { doorId, patient: visit.patient, ...byReading })
  if (!('asRead' in told)) await writeDownReading(house, caller, before, visit)
  return seenBy(house, caller, visit)
}

/** A visit that has begun goes on; before, its Appointment must still be the one everybody came for, and one that lets somebody come. */
async function stillOn(house: House, caller: Party, told: AppointmentAsked): Promise<void> {
  const { launch, visit } = caller
  const course = courseOf(visit, told.said)
  if (course === 'ends' || course === 'hidden') {
    await keepReading(house, caller, told)
    throw new Refusal('code' in told && told.said === 'hidden' ? told.code : 'appointment-cancelled')
  }
  if (course === 'unusable') {
    await tellUnusable(house, visit)
    throw new Refusal('appointment-unusable')
  }
  if (visit.unusable !== undefined) await keepReading(house, caller, told)
  // Of a visit that has begun, what is off or not shown names nobody any more.
  if (told.said === 'hidden' || told.said === 'deleted' || !namesPeople(told.said)) return
  try {
    requireNamed(launch, visit, told.said)
  } catch (cause) {
    // Whom it names no longer must not go on reading the visit until it is looked at again.
    await house.visits.change(visit.id, withoutReading)
    reviewSoon(house, caller)
    throw cause
  }
  if (!hasBegun(visit) && told.said.start !== visit.start) {
    // Nobody takes the new time but who opens the visit again; by the old one nobody is let in any more.
    await house.visits.change(visit.id, withoutReading)
    throw new Refusal('appointment-changed')
  }
}

/** Sends someone away from the door, or back out of the room: no more tokens for them until they are admitted anew. */
export async function decline(house: House, caller: AtVisit, { doorId, why }: Decline): Promise<VisitSeen> {
  const now = house.now()
  const { after: visit } = await house.changeVisit(caller.visit.id, (v) => declined(v, doorId, now, why))
  await house.happened(caller, 'refuse', { doorId, ...codeOf(why) })
  return seenBy(house, caller, visit)
}

/** Asks someone who waits to wait a while longer: they keep their place, and their page says why. */
export async function askToWait(house: House, caller: AtVisit, { doorId, why }: AskToWait): Promise<VisitSeen> {
  const now = house.now()
  const { after: visit } = await house.changeVisit(caller.visit.id, (v) => askedToWait(v, doorId, why, now))
  await house.happened(caller, 'not-now', { doorId, ...codeOf(why) })
  return seenBy(house, caller, visit)
}

/** The trail has the reason, never what somebody wrote. */
const codeOf = (why: SaidWhy<string> | undefined) =>
  given({ code: why && ('reason' in why ? why.reason : 'own-words') })

/** Sends someone from the room back to the waiting room: no more tokens for them until they are admitted anew. */
export async function sendBack(house: House, caller: AtVisit, { doorId, why }: SendBack): Promise<VisitSeen> {
  const now = house.now()
  const { after: visit } = await house.changeVisit(caller.visit.id, (v) => sentBack(v, doorId, now, why))
  await house.happened(caller, 'send-back', { doorId, ...codeOf(why) })
  return seenBy(house, caller, visit)
}

/** Locks or unlocks the door for who is not at it yet. */
export async function lock(house: House, caller: AtVisit, wish: Lock): Promise<VisitSeen> {
  const { after: visit } = await house.changeVisit(caller.visit.id, (v) => locked(v, wish.locked))
  const event = wish.locked ? 'door-locked' : 'door-unlocked'
  await house.happened(caller, event)
  return seenBy(house, caller, visit)
}

/** Lets one person who tried knock although the door is locked; nobody else. They still wait until they are admitted. */
export async function letThemWait(house: House, caller: AtVisit, { doorId }: LetWait): Promise<VisitSeen> {
  const { after: visit } = await house.changeVisit(caller.visit.id, (v) => letWait(v, doorId))
  await house.happened(caller, 'let-wait', { doorId })
  return seenBy(house, caller, visit)
}
