// Who may open a visit: the caller is checked against the Appointment, failing closed. And who may have a token for its room.
// Refuses whoever is no part of the Appointment, or no longer, who was not let in, and who comes outside the visit's hours.

import type { KnownAs } from '../ehr/merged.ts'
import { isPatient } from '../ehr/reference.ts'
import { Refusal } from '../errors.ts'
import type { Instant, Ref } from '../ids.ts'
import { endOf, firstOf } from '../instant.ts'
import { comesFor, type Launch, requireSamePatient } from '../sign-in/launch.ts'
import { requireAdmitted } from './door.ts'
import type { RoleAtVisit } from './invitation-shape.ts'
import { requireInvited } from './invited.ts'
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
  readonly status?: string
  readonly start?: string
  readonly end?: string
  readonly participant: readonly { readonly actor?: { readonly reference?: string }; readonly status?: string }[]
}

/**
 * Whom an Appointment names, when it is and what its status says, whatever it lacks. Times that make no hours are left out; `declined` are
 * patients who said that they do not come, absent where nobody did.
 */
export type Named = Pick<Booked, 'status' | 'practitioners'> &
  Partial<Pick<Booked, 'start' | 'end'>> & {
    readonly patients: readonly Ref<'Patient'>[]
    readonly declined?: readonly Ref<'Patient'>[]
  }

/** `timeZone` is the clinic's: an Appointment's time may be a day. */
export function namedIn(
  appointment: AppointmentLike,
  relative: (reference: string) => Ref | undefined,
  timeZone: string,
): Named {
  // Who declined to come is no participant (http://hl7.org/fhir/R4/valueset-participationstatus.html).
  // In one that was cancelled everybody has declined, and it is still theirs to see.
  const { status = '', participant } = appointment
  const off = lifeOf(status) === 'cancelled'
  const comes = (p: (typeof participant)[number]) => off || p.status !== 'declined'
  const named = (of: typeof participant) => of.flatMap((p) => relative(p.actor?.reference ?? '') ?? [])
  const actors = named(participant.filter(comes))
  const patients = [...new Set(actors.filter(isPatient))]
  const away = named(participant.filter((p) => !comes(p))).filter((one) => isPatient(one) && !patients.includes(one))
  const start = firstOf(timeIn(appointment.start), timeZone)
  const end = endOf(timeIn(appointment.end), timeZone)
  return {
    status,
    patients,
    ...(away.length > 0 ? { declined: [...new Set(away.filter(isPatient))] } : {}),
    practitioners: actors.filter((a) => a.startsWith('Practitioner/') || a.startsWith('PractitionerRole/')),
    ...(start && end && start < end ? { start, end } : {}),
  }
}

/** A month or a year is no time at which anybody can come: a door would stand open all the while. Nothing, then. */
const timeIn = (dateTime = ''): string => (dateTime.length < '2026-03-02'.length ? '' : dateTime)

/**
 * Reads an Appointment; refuses (`appointment-unusable`) one without exactly one patient, a start and an end. A time without a zone is
 * neither: guessed, it would be hours off; nor is a month or a year alone.
 */
export function booked(
  appointment: AppointmentLike,
  relative: (reference: string) => Ref | undefined,
  timeZone: string,
): Booked {
  return requireUsable(appointment.id, namedIn(appointment, relative, timeZone))
}

/** Passes on what is named where a visit can be made of it; refuses (`appointment-unusable`) what lacks a patient, a start or an end. */
export function requireUsable(id: string, { status, start, end, patients, practitioners }: Named): Booked {
  const [patient, another] = patients
  if (!patient || another || !start || !end) throw new Refusal('appointment-unusable')
  return { id, status, start, end, patient, practitioners }
}

/**
 * Refuses (`other-patient`) a launch for another patient, and (`not-participant`) who is neither a clinician of the Appointment
 * (in person or through a PractitionerRole of their own), nor its patient, nor a RelatedPerson of its patient.
 */
export function mayOpen(
  launch: Pick<Launch, 'role' | 'self' | 'patients' | 'patient'>,
  appointment: KnownAs & Pick<Booked, 'practitioners'>,
): void {
  requireSamePatient(launch, appointment)
  const part =
    launch.role === 'clinician'
      ? appointment.practitioners.some((p) => launch.self.includes(p))
      : comesFor(launch, appointment)
  if (!part) throw new Refusal('not-participant')
}

/**
 * Refuses (`no-longer-participant`) a sign-in that the visit's Appointment, as it was last read, names no longer; and
 * (`appointment-unknown`) one that the EHR has since told that it knows of no such Appointment.
 */
export function requireStillNamed(
  launch: Pick<Launch, 'role' | 'self' | 'patients' | 'notFound'>,
  visit: Pick<Visit, 'id' | 'patient' | 'replaced' | 'practitioners' | 'patientGone'>,
): void {
  if (launch.notFound?.includes(visit.id)) throw new Refusal('appointment-unknown')
  if (!isStillNamed(launch, visit)) throw new Refusal('no-longer-participant')
}

/** The same as a question. */
export function isStillNamed(
  launch: Parameters<typeof requireStillNamed>[0],
  visit: Parameters<typeof requireStillNamed>[1],
): boolean {
  if (launch.notFound?.includes(visit.id)) return false
  return launch.role === 'clinician'
    ? visit.practitioners.some((p) => launch.self.includes(p))
    : visit.patientGone === undefined && comesFor(launch, visit)
}

/**
 * What an Appointment's status (http://hl7.org/fhir/R4/valueset-appointmentstatus.html) leaves to open; undefined where it does not say:
 * who is on a waiting list has no appointment yet, and what is no status of R4 is none.
 */
export function lifeOf(status: string): 'on' | 'cancelled' | 'fulfilled' | undefined {
  if (status === 'cancelled' || status === 'noshow' || status === 'entered-in-error') return 'cancelled'
  if (status === 'fulfilled') return 'fulfilled'
  return ['booked', 'arrived', 'checked-in', 'pending', 'proposed'].includes(status) ? 'on' : undefined
}

/** What a list says of an Appointment and of its visit, where there is one. Whatever becomes of the one, a call that runs can be come back to. */
export function appointmentState(
  { status, start, end }: Pick<Booked, 'status' | 'start' | 'end'>,
  visit: Pick<Visit, 'status'> | undefined,
  window: JoinWindow,
  now: Instant,
): 'cancelled' | 'finished' | ReturnType<typeof hoursAt> {
  const life = lifeOf(status)
  if (visit?.status === 'finished') return 'finished'
  if (visit?.status === 'in-progress') return 'open'
  if (life === 'cancelled') return 'cancelled'
  if (life === 'fulfilled' && visit?.status !== 'arrived') return 'finished'
  return hoursAt({ start, end }, window, now)
}

/**
 * As what an Appointment without a time is listed; undefined where it is not. A patient is told of what was agreed on, and of what was called off:
 * one that is proposed may have no time yet (R4, app-3).
 */
export function untimedAs(role: Launch['role'], status: string): 'unusable' | 'cancelled' | undefined {
  if (role === 'clinician') return lifeOf(status) === 'cancelled' ? 'cancelled' : 'unusable'
  if (status === 'cancelled') return status
  return lifeOf(status) === 'on' && status !== 'proposed' ? 'unusable' : undefined
}

/** Whether it says all that a visit needs: one patient, who comes, from when until when, and a status that leaves something to open. */
export const isUsable = ({ status, start, end, patients }: Named): boolean =>
  lifeOf(status) !== undefined && patients.length === 1 && start !== undefined && end !== undefined

type AtTheTime = { readonly window: JoinWindow; readonly now: Instant; readonly clinicianHere: boolean }

/**
 * Passes on a visit for whose room this person may have a token. A clinician may come in the visit's hours: an early click would start
 * it, and file a wrong period. Who was let in may come while it is open; after its hours only while a clinician's page is here, for a
 * visit that nobody ended is no open door for days. Nobody may once the Appointment is another patient's (`appointment-changed`).
 */
export function mayHaveToken(
  visit: Visit,
  { who, role }: { readonly who: Ref; readonly role: RoleAtVisit },
  { window, now, clinicianHere }: AtTheTime,
): Open {
  if (visit.patientGone) throw new Refusal('appointment-changed')
  if (role === 'clinician') return requireInHours(requireOpen(visit), window, now)
  const at = requireAdmitted(requireInvited(visit, who), who)
  if (now >= closesAt(at, window) && !clinicianHere) throw new Refusal('appointment-past')
  return at
}
