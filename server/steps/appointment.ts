// Opens the visit of one Appointment. The same Appointment gives both sides the same visit.
// Refuses whoever is no part of it, another patient than the launch's, and what is cancelled, incomplete or long over.

import { alsoKnownAs, isPatientOf, type KnownAs, onlyKnownAs, recordsOf } from '../domain/ehr/merged.ts'
import { Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { AppointmentId } from '../domain/ids.ts'
import { plus } from '../domain/instant.ts'
import { retention } from '../domain/retention.ts'
import { comesFor, opened, requireSamePatient } from '../domain/sign-in/launch.ts'
import { type Booked, isUsable, lifeOf, mayOpen, requireStillNamed, requireUsable } from '../domain/visit/access.ts'
import { openedAs } from '../domain/visit/as-read.ts'
import { professed } from '../domain/visit/profession.ts'
import { type Course, courseOf, namesPeople, type Reading } from '../domain/visit/reviewed.ts'
import { visitId } from '../domain/visit/room.ts'
import { closesAt, hasBegun, planned, type Reread, rebooked } from '../domain/visit/visit.ts'
import type { Face, Visit } from '../domain/visit/visit-shape.ts'
import { type AppointmentAsked, faceOf, faceWithout, readerAt } from '../house/appointments.ts'
import { askOpening } from '../house/as-read.ts'
import type { Party, SignedIn } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { inTime } from '../house/in-time.ts'
import {
  asAsked,
  type Facing,
  interpreterSaid,
  keepInterpreter,
  lookForEncounters,
  momentMs,
} from '../house/interpreter.ts'
import { type PersonFound, whoComes, whoseVisit } from '../house/merged.ts'
import { withRoles } from '../house/own-roles.ts'
import { keepReading, tellUnusable } from '../house/reviews.ts'
import { roomFor } from '../house/rooms.ts'
import { visitOf } from '../house/visit-of.ts'
import { ownBase } from '../settings/bases.ts'
import type { OpenVisit, VisitOpened } from '../wire/wire.ts'
import type { Tells } from './step.ts'

/**
 * Opens or finds the visit, after reading its Appointment anew with the caller's own token; as it is known where the EHR says nothing. `anyway`: a
 * clinician who was told what is odd about it wants to come in all the same.
 */
export async function openVisit(house: House, signedIn: SignedIn, asked: OpenVisit): Promise<Tells<VisitOpened>> {
  const caller = await withRoles(house, signedIn)
  const before = await visitOf(house, caller, asked.appointment)
  const told = await askOpening(house, caller, asked.appointment, before)
  if (told === 'unsaid') throw new Refusal('appointment-unknown')
  const known = 'asKnown' in told ? { readAt: told.asKnown.readWell?.at, code: told.why } : {}
  const visit =
    'asKnown' in told ? told.asKnown : await mayEnter(house, caller, { told, before, asked }).catch(untold(caller))
  await house.changeLaunch(caller.launch.id, (l) => opened(l, visit.id))
  await house.happened({ ...caller, visit }, 'appointment-opened', {
    appointment: `Appointment/${asked.appointment}`,
    patient: visit.patient,
    ...given(known),
  })
  if (before !== undefined && before.patient !== visit.patient)
    await house.happened({ ...caller, visit }, 'appointment-changed', { code: 'patient-merged' })
  return { body: { visit: visit.id } satisfies VisitOpened }
}

/** Whether they are part of it by a role, the EHR has not said yet: nobody tells them that they are not. */
const untold =
  ({ launch }: SignedIn) =>
  (cause: unknown): never => {
    const isSaid = launch.rolesUnread === undefined || !(cause instanceof Refusal && cause.code === 'not-participant')
    throw isSaid ? cause : new Refusal('ehr-unreachable', { cause })
  }

type Opening = {
  readonly told: AppointmentAsked
  readonly before: Visit | undefined
  readonly asked: OpenVisit
}

/** The visit as it is for whoever comes now, or why they cannot come. */
async function mayEnter(house: House, caller: SignedIn, opening: Opening): Promise<Visit> {
  const { told, before, asked } = opening
  if ('code' in told) return whereGone(house, caller, told, before)
  const { said, appointment } = told
  const course = courseOf(before, said)
  // Who was part of a visit that has begun comes back to it, though its Appointment is off, or lacks something by now.
  if (before !== undefined && hasBegun(before) && !isUsableNow(said)) {
    const kept = asKept(caller, before)
    await keepReading(house, { ...caller, visit: kept }, told)
    return kept
  }
  if (lifeOf(said.status) === 'cancelled') {
    requirePart(caller, before, said)
    if (before !== undefined) await keepReading(house, { ...caller, visit: before }, told)
    throw new Refusal('appointment-cancelled')
  }
  if (course === 'unusable' && before !== undefined) await keepUnusable(house, { ...caller, visit: before }, told)
  if (course === 'unusable' && before !== undefined && mayComeAnyway(caller, before, asked))
    return asKept(caller, before)
  const booking = requireUsable(asked.appointment, said)
  const whose = await whoComes(house, caller.launch, booking, before)
  mayOpen(caller.launch, { ...booking, ...whose })
  if (course === 'unusable') throw new Refusal('appointment-unusable')
  refuseUnopenable(house, caller, { booking, course, before, anyway: asked.anyway === true })
  return asBooked(house, caller, { appointment, booking, whose, before })
}

type Coming = Pick<Faced, 'appointment' | 'before'> & { readonly booking: Booked; readonly whose: KnownAs }

/** It is kept as the visit, with whose record it is, and what its Encounter says of an interpreter. */
async function asBooked(
  house: House,
  caller: SignedIn,
  { appointment, booking, whose, before }: Coming,
): Promise<Visit> {
  const encounters = lookForEncounters(house, caller, booking.id)
  const [person, soon] = await Promise.all([
    whoseVisit(house, caller.launch, booking.patient, before),
    inTime(encounters, momentMs),
  ])
  const found = alsoKnownAs(person, recordsOf(whose))
  const known = { ...booking, ...onlyKnownAs(found) }
  const facing = facingFor(house, caller, { appointment, found, before })
  const visit = await planOrRebook(house, caller, known, facing(interpreterSaid(caller, known, soon)))
  const told = encounters.then((all) => interpreterSaid(caller, known, all))
  keepInterpreter(house, visit, told, facing)
  return visit
}

const isUsableNow = (said: Reading): boolean => namesPeople(said) && isUsable(said)

/** The EHR has it no more, or does not show it to this person. */
async function whereGone(
  house: House,
  caller: SignedIn,
  told: Extract<AppointmentAsked, { code: unknown }>,
  before: Visit | undefined,
): Promise<Visit> {
  if (before === undefined) throw new Refusal(told.code)
  const goesOn = told.said === 'deleted' && hasBegun(before)
  if (goesOn) asKept(caller, before)
  if (told.said === 'deleted' || caller.launch.visits.includes(before.id))
    await keepReading(house, { ...caller, visit: before }, told)
  if (goesOn) return before
  throw new Refusal(told.said === 'deleted' ? 'appointment-cancelled' : told.code)
}

/** By what was last read, for whom it names; refuses everybody else. */
function asKept({ launch }: SignedIn, visit: Visit): Visit {
  requireSamePatient(launch, visit)
  requireStillNamed({ ...launch, notFound: [] }, visit)
  return visit
}

/** Refuses whoever is named neither in what was read nor in what was read before: what is off may name nobody any more. */
function requirePart({ launch }: SignedIn, before: Visit | undefined, said: Reading): void {
  const practitioners = [...said.practitioners, ...(before?.practitioners ?? [])]
  const named = [
    ...(before === undefined ? [] : [onlyKnownAs(before)]),
    ...said.patients.map((patient) => ({ patient })),
  ]
  const isTheirs = (one: KnownAs) => isPatientOf(one, launch.patient) || comesFor(launch, one)
  const theirs = named.find(isTheirs) ?? named[0]
  if (theirs === undefined) throw new Refusal('appointment-cancelled')
  mayOpen(launch, { ...theirs, practitioners })
}

/** Whoever waits is told what a part of the visit has just read: a clinician is told of it now. */
async function keepUnusable(house: House, party: Party, told: AppointmentAsked): Promise<void> {
  const { launch, visit } = party
  if (launch.role !== 'clinician') return launch.visits.includes(visit.id) ? keepReading(house, party, told) : undefined
  if (visit.practitioners.some((one) => launch.self.includes(one))) await tellUnusable(house, visit)
}

/** Who has a place there keeps it. A clinician is told first what is missing: by it nobody can be let in. */
const mayComeAnyway = ({ launch }: SignedIn, visit: Visit, { anyway }: OpenVisit): boolean =>
  visit.status !== 'cancelled' && (launch.role !== 'clinician' || anyway === true)

type Openable = {
  readonly booking: Booked
  readonly course: Course
  readonly before: Visit | undefined
  readonly anyway: boolean
}

/** Refuses what is over before anyone opened it, since nobody can meet in it: a clinician may still say what became of it; and what the chart calls done before anybody came, unless a clinician says otherwise. */
function refuseUnopenable(
  house: House,
  { organisation, launch }: SignedIn,
  { booking, course, before, anyway }: Openable,
): void {
  const isClinician = launch.role === 'clinician'
  if (course === 'fulfilled' && (isClinician ? !anyway : before?.status !== 'planned'))
    throw new Refusal('appointment-fulfilled')
  const late = house.now() >= closesAt(booking, organisation.joinWindow)
  if (before === undefined && late && !(isClinician && anyway)) throw new Refusal('appointment-past')
}

type Faced = {
  readonly appointment: Extract<AppointmentAsked, { appointment: unknown }>['appointment']
  readonly found: PersonFound
  readonly before: Visit | undefined
}

/**
 * The patient's record must be there when a visit is opened first; later one that cannot be had keeps nobody from the door. What the visit's
 * Encounter once said of an interpreter stands until one is read again.
 */
function facingFor(house: House, { organisation }: SignedIn, { appointment, found, before }: Faced): Facing {
  const { patient, record } = found
  const today = readerAt(house, organisation)
  return (told = given({ needed: before?.face.interpreterAsked })) =>
    record === undefined
      ? asAsked(faceWithout(appointment, patient, before?.face), told.needed)
      : faceOf(appointment, record, today, told.needed)
}

async function planOrRebook(house: House, caller: SignedIn, booking: Booked & KnownAs, face: Face): Promise<Visit> {
  const { practitioners, start, end } = booking
  const appointment = booking.id as AppointmentId // sound: the EHR gave it for the id that was asked
  const read = { iss: caller.launch.iss, appointmentReadAt: house.now() }
  const found = { ...read, ...onlyKnownAs(booking), practitioners, start, end, face }
  const kept = (await visitOf(house, caller, appointment)) ?? (await plan(house, caller, appointment, found))
  const roomOf = (opening: number) => roomFor(house, kept, opening)
  const openedBy = (v: Visit) => professed(openedAs(v, rebooked(v, found, roomOf), found), caller.launch)
  return (await house.changeVisit(kept.id, openedBy)).after
}

async function plan(
  house: House,
  { organisation }: SignedIn,
  appointment: AppointmentId,
  found: Reread,
): Promise<Visit> {
  const base = ownBase(organisation, found.iss)
  const id = visitId(organisation.id, appointment, base)
  const named = { id, organisation: organisation.id, appointment, ...given({ base }) }
  const booking = { ...named, ...found, expiresAt: plus(found.end, retention.visit) }
  const fresh = planned(booking, roomFor(house, named, 1))
  const row = openedAs(fresh, fresh, found)
  // Both sides may open it in the same moment: one adds, the other finds it.
  await house.addOnce(house.visits, row)
  return row
}
