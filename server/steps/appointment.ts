// Opens the visit of one Appointment. The same Appointment gives both sides the same visit.
// Refuses whoever is no part of it, another patient than the launch's, and what is cancelled or long over.

import { Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { AppointmentId } from '../domain/ids.ts'
import { plus } from '../domain/instant.ts'
import { retention } from '../domain/retention.ts'
import { opened } from '../domain/sign-in/launch.ts'
import { type Booked, lifeOf } from '../domain/visit/access.ts'
import { roomName, visitId } from '../domain/visit/room.ts'
import { cancelled, closesAt, hasBegun, isToldAlike, planned, type Reread, rebooked } from '../domain/visit/visit.ts'
import type { Face, Visit } from '../domain/visit/visit-shape.ts'
import { faceOf, readAppointment, readPatient } from '../house/appointments.ts'
import type { SignedIn } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { visitOf } from '../house/visit-of.ts'
import { ownBase } from '../settings/bases.ts'
import type { OpenVisit, VisitOpened } from '../wire/wire.ts'
import type { Reply } from './step.ts'

/** Opens or finds the visit, after reading its Appointment anew with the caller's own token. */
export async function openVisit(house: House, caller: SignedIn, { appointment: id }: OpenVisit): Promise<Reply> {
  const { launch } = caller
  const { appointment, booking } = await readAppointment(house, launch, id)
  const before = await visitOf(house, caller, id)
  // Once begun, a visit can always be come back to: somebody is in the room, or its note is still to be written.
  if (before === undefined || !hasBegun(before)) await refuseUnopenable(house, caller, booking, before)
  const patient = await readPatient(house, launch, booking)
  const face = faceOf(appointment, patient, { now: house.now(), timeZone: caller.organisation.timeZone })

  const visit = await planOrRebook(house, caller, booking, face)
  await house.changeLaunch(launch.id, (l) => opened(l, visit.id))
  await house.happened({ ...caller, visit }, 'appointment-opened', {
    appointment: `Appointment/${id}`,
    patient: visit.patient,
  })
  return { body: { visit: visit.id } satisfies VisitOpened }
}

/** Refuses what is cancelled, a mistake, or over before anyone opened it. */
async function refuseUnopenable(
  house: House,
  { organisation, launch }: SignedIn,
  booking: Booked,
  before: Visit | undefined,
): Promise<void> {
  const life = lifeOf(booking.status)
  if (life === undefined) throw new Refusal('appointment-unusable')
  if (life === 'cancelled') {
    const now = house.now()
    const told = { iss: launch.iss, ...booking }
    const off = (v: Visit) => (isToldAlike(v, told) ? cancelled(v, now) : v)
    if (before !== undefined) await house.changeVisit(before.id, off)
    throw new Refusal('appointment-cancelled')
  }
  const late = house.now() >= closesAt(booking, organisation.joinWindow)
  if (before === undefined && (late || life === 'fulfilled')) throw new Refusal('appointment-past')
}

async function planOrRebook(house: House, caller: SignedIn, booking: Booked, face: Face): Promise<Visit> {
  const { patient, practitioners, start, end } = booking
  const appointment = booking.id as AppointmentId // sound: the EHR gave it for the id that was asked
  const found = { iss: caller.launch.iss, patient, practitioners, start, end, face, appointmentReadAt: house.now() }
  const kept = (await visitOf(house, caller, appointment)) ?? (await plan(house, caller, appointment, found))
  const roomOf = (opening: number) => roomFor(house, kept, opening)
  return (await house.changeVisit(kept.id, (v) => rebooked(v, found, roomOf))).after
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
  const row = planned({ ...named, ...found, expiresAt: plus(found.end, retention.visit) }, roomFor(house, named, 1))
  // Both sides may open it in the same moment: one adds, the other finds it.
  await house.addOnce(house.visits, row)
  return row
}

/** A visit opened again goes on under the name it was given first. */
const roomFor = (
  { config }: House,
  { organisation, appointment, base }: Pick<Visit, 'organisation' | 'appointment' | 'base'>,
  opening: number,
) => roomName(config.roomKey, organisation, appointment, opening, base)
