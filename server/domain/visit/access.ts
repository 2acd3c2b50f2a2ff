// Who may open a visit: the caller is checked against the Appointment, failing closed. And who may have a token for its room.
// Refuses whoever is no part of the Appointment, who was not let in, and who comes outside the visit's hours.

import { isPatient } from '../ehr/reference.ts'
import { Refusal } from '../errors.ts'
import type { Instant, Ref } from '../ids.ts'
import { instantOf } from '../instant.ts'
import { type Launch, requireSamePatient } from '../sign-in/launch.ts'
import { requireAdmitted } from './door.ts'
import { closesAt, hoursAt, type JoinWindow, requireInHours, requireOpen } from './visit.ts'
import type { Open, Visit } from './visit-shape.ts'

/** What a visit needs of an Appointment. `practitioners`: in person or by a PractitionerRole. */
export type Booked = {
  readonly id: string
  readonly status: string
  readonly start: Instant
  readonly end: Instant
  readonly patient: Ref<'Patient'>
  readonly practitioners: readonly Ref[]
}

type AppointmentLike = {
  readonly id: string
  readonly status: string
  readonly start?: string
  readonly end?: string
  readonly participant: readonly { readonly actor?: { readonly reference?: string }; readonly status?: string }[]
}

/** Reads an Appointment; refuses (`appointment-unusable`) one without exactly one patient, a start and an end. */
export function booked(appointment: AppointmentLike, relative: (reference: string) => Ref | undefined): Booked {
  // Who declined to come is no participant (http://hl7.org/fhir/R4/valueset-participationstatus.html).
  // In one that was cancelled everybody has declined, and it is still theirs to see.
  const off = lifeOf(appointment.status) === 'cancelled'
  const coming = appointment.participant.filter((p) => off || p.status !== 'declined')
  const actors = coming.flatMap((p) => relative(p.actor?.reference ?? '') ?? [])
  const [patient, another] = [...new Set(actors.filter(isPatient))]
  const start = instantOf(appointment.start ?? '')
  const end = instantOf(appointment.end ?? '')
  if (!patient || another || !start || !end || end <= start) throw new Refusal('appointment-unusable')
  const practitioners = actors.filter((a) => a.startsWith('Practitioner/') || a.startsWith('PractitionerRole/'))
  return { id: appointment.id, status: appointment.status, start, end, patient, practitioners }
}

/**
 * Refuses (`other-patient`) a launch for another patient, and (`not-participant`) who is neither a clinician of the Appointment
 * (in person or through a PractitionerRole of their own), nor its patient, nor a RelatedPerson of its patient.
 */
export function mayOpen(launch: Pick<Launch, 'role' | 'self' | 'patients' | 'patient'>, appointment: Booked): void {
  requireSamePatient(launch, appointment.patient)
  const part =
    launch.role === 'clinician'
      ? appointment.practitioners.some((p) => launch.self.includes(p))
      : launch.patients.includes(appointment.patient)
  if (!part) throw new Refusal('not-participant')
}

/** Whether an Appointment's status leaves something to open; undefined for those that are no appointments yet or were a mistake. */
export function lifeOf(status: string): 'on' | 'cancelled' | 'fulfilled' | undefined {
  if (status === 'cancelled' || status === 'noshow') return 'cancelled'
  if (status === 'fulfilled') return 'fulfilled'
  return ['booked', 'arrived', 'checked-in', 'pending', 'proposed'].includes(status) ? 'on' : undefined
}

/** What a list says of an Appointment and of its visit, where there is one. */
export function appointmentState(
  { status, start, end }: Pick<Booked, 'status' | 'start' | 'end'>,
  visit: Pick<Visit, 'status'> | undefined,
  window: JoinWindow,
  now: Instant,
): 'cancelled' | 'finished' | ReturnType<typeof hoursAt> {
  const life = lifeOf(status)
  if (visit?.status === 'finished') return 'finished'
  if (life === 'cancelled') return 'cancelled'
  if (life === 'fulfilled' && visit?.status !== 'in-progress') return 'finished'
  return hoursAt({ start, end, status: visit?.status }, window, now)
}

type AtTheTime = { readonly window: JoinWindow; readonly now: Instant; readonly clinicianHere: boolean }

/**
 * Passes on a visit for whose room this person may have a token. A clinician may come in the visit's hours: an early click would start
 * it, and file a wrong period. Who was let in may come while it is open; after its hours only while a clinician's page is here, for a
 * visit that nobody ended is no open door for days.
 */
export function mayHaveToken(
  visit: Visit,
  { who, role }: { readonly who: Ref; readonly role: Launch['role'] },
  { window, now, clinicianHere }: AtTheTime,
): Open {
  if (role === 'clinician') return requireInHours(requireOpen(visit), window, now)
  const at = requireAdmitted(visit, who)
  if (now >= closesAt(at, window) && !clinicianHere) throw new Refusal('appointment-past')
  return at
}
