// Reads the Appointment behind a visit with the caller's own token, and checks the caller against it.
// Shared by the steps that must ask anew: opening a visit and admitting to it.

import { interpreterFor } from '../domain/ehr/interpreter.ts'
import { nameOf, shownOf, type Today, wordsOf } from '../domain/ehr/names.ts'
import { idOf, relativeTo } from '../domain/ehr/reference.ts'
import { nameWords } from '../domain/ehr/words.ts'
import { Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { AppointmentId, Instant } from '../domain/ids.ts'
import type { Launch } from '../domain/sign-in/launch.ts'
import { type Booked, booked, mayOpen } from '../domain/visit/access.ts'
import type { Face } from '../domain/visit/visit-shape.ts'
import type { Resource } from '../outside/ehr/ehr.ts'
import { issuerOf } from '../settings/issuer.ts'
import type { House } from './house.ts'

/** One Appointment the caller is part of; refuses `appointment-unknown`, `appointment-unusable`, `other-patient`, `not-participant`. */
export async function readAppointment(house: House, launch: Launch, id: AppointmentId) {
  const found = await house.ehr(launch).read('Appointment', id)
  if (found === undefined) throw new Refusal('appointment-unknown')
  const booking = booked(found.resource, relativeTo(launch.iss), timeZoneOf(house, launch))
  mayOpen(launch, booking)
  return { appointment: found.resource, booking }
}

/** The clinic's, of this sign-in's EHR. */
export const timeZoneOf = ({ config }: House, launch: Pick<Launch, 'iss' | 'people'>): string =>
  issuerOf(config, launch).organisation.timeZone

/** What screens show of an Appointment: its patient as the EHR knows them, and who else is named in it. */
export function faceOf(appointment: Resource<'Appointment'>, patient: Resource<'Patient'>, today: Today): Face {
  const interpreter = interpreterFor(patient)
  return {
    name: nameOf(patient.name, today) ?? nameWords.notRecorded,
    ...wordsIn(appointment),
    // As it stands, whatever it is: the pages show as a date what is one.
    ...given({ birthDate: wordsOf({ text: patient.birthDate ?? '' }), interpreter }),
  }
}

/** What is shown of the Appointment alone. */
export function wordsIn(appointment: Resource<'Appointment'>): Pick<Face, 'clinicians' | 'reason'> {
  const reason =
    wordsOf(appointment.reasonCode?.[0]) ??
    wordsOf({ text: appointment.description ?? '' }) ??
    wordsOf(appointment.serviceType?.[0])
  return { clinicians: cliniciansIn(appointment), ...given({ reason }) }
}

/** The patient of an Appointment; refuses (`appointment-unusable`) when the EHR has none. */
export async function readPatient(house: House, launch: Launch, booking: Booked): Promise<Resource<'Patient'>> {
  const found = await house.ehr(launch).read('Patient', idOf(booking.patient))
  if (found === undefined) throw new Refusal('appointment-unusable')
  return found.resource
}

function cliniciansIn(appointment: Resource<'Appointment'>): readonly string[] {
  const clinicians = appointment.participant.filter((p) =>
    /(?:^|\/)Practitioner(?:Role)?\//.test(p.actor?.reference ?? ''),
  )
  return clinicians.flatMap((p) => shownOf({ text: p.actor?.display ?? '' }) ?? [])
}

/** A search's `date` as explicit instants: servers differ in what a bare date means. */
export const between = (from: Instant, until: Instant) => [
  ['date', `ge${from}`] as const,
  ['date', `lt${until}`] as const,
]
