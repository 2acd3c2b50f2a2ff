// Opens the visit of one Appointment. The same Appointment gives both sides the same visit.
// Refuses whoever is no part of it, another patient than the launch's, and what is cancelled or long over.
import { faceOf, readBooking, readPatient } from '../bookings.ts'
import { type Booked, lifeOf } from '../domain/access.ts'
import { Refusal } from '../domain/errors.ts'
import type { AppointmentId, Instant, VisitId } from '../domain/ids.ts'
import { plus } from '../domain/instant.ts'
import { opened } from '../domain/launch.ts'
import { roomName, visitId } from '../domain/room.ts'
import { cancelled, closesAt, type Face, planned, rebooked, type Visit } from '../domain/visit.ts'
import { type Caller, doer } from '../guards.ts'
import type { House } from '../house.ts'
import type { OpenVisit, VisitOpened } from '../wire.ts'
import type { Reply } from './step.ts'

const keptSeconds = 90 * 24 * 3600

/** Opens or finds the visit, after reading its Appointment anew with the caller's own token. */
export async function openVisit(house: House, caller: Caller, { appointment: id }: OpenVisit): Promise<Reply> {
  const { launch, organisation } = caller
  const { appointment, booking } = await readBooking(house, launch, id)
  const visitIdOf = visitId(organisation.id, id)
  const before = await house.visits.get(visitIdOf)
  if (lifeOf(booking.status) === 'cancelled') await refuseCancelled(house, before)
  if (before === undefined) refuseOver(caller, booking, house.now())
  const face = faceOf(appointment, await readPatient(house, launch, booking))

  const visit = await theVisit(house, caller, visitIdOf, booking, face)
  await house.launches.change(launch.id, (l) => opened(l, visit.id))
  await house.record.audit({
    event: 'appointment-opened',
    outcome: 'success',
    visit: visit.id,
    appointment: `Appointment/${id}`,
    patient: visit.patient,
    ...doer(caller),
  })
  return { body: { visit: visit.id } satisfies VisitOpened }
}

async function refuseCancelled(house: House, before: Visit | undefined): Promise<never> {
  if (before !== undefined) await house.changeVisit(before.id, (v) => cancelled(v, house.now()))
  throw new Refusal('appointment-cancelled')
}

/** A visit nobody opened in its time is over; one that was opened can be come back to, for its note. */
function refuseOver({ organisation }: Caller, booking: Booked, now: Instant): void {
  if (lifeOf(booking.status) !== 'on' || now >= closesAt(booking, organisation.joinWindow))
    throw new Refusal('appointment-past')
}

async function theVisit(house: House, caller: Caller, id: VisitId, booking: Booked, face: Face): Promise<Visit> {
  const { organisation, launch } = caller
  const { patient, practitioners, start, end } = booking
  const appointment = booking.id as AppointmentId // sound: the EHR gave it for the id that was asked
  const found = { patient, practitioners, start, end, face }
  if ((await house.visits.get(id)) === undefined) {
    const expiresAt = plus(end, keptSeconds)
    const room = roomName(house.config.roomKey, organisation.id, appointment, 1)
    const row = planned({ id, expiresAt, organisation: organisation.id, iss: launch.iss, appointment, ...found }, room)
    // Both sides may open it in the same moment: one adds, the other finds it.
    await house.addOnce(house.visits, row)
  }
  return house.changeVisit(id, (v) => rebooked(v, found))
}
