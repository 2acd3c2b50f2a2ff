// Owns who meets whom and when, read off the store: the day of one clinician, the appointments of one patient.
import type { Appointment, Encounter, Patient } from 'fhir/r4'
import type { UserRef } from '../contract.ts'
import type { Hospital } from '../hospital.ts'
import { isUserRef } from '../oauth/context.ts'
import type { Clock } from './words.ts'

export type Slot = { appointment: Appointment; patient: Patient | undefined; encounter: Encounter | undefined }

/** Today's appointments of the clinician, in person or through one of their roles, by time. */
export function dayOf(hospital: Hospital, user: UserRef, clock: Clock): Slot[] {
  const roles = hospital.store.all('PractitionerRole').filter((role) => role.practitioner?.reference === user)
  const them = new Set<string>([user, ...roles.map((role) => `PractitionerRole/${role.id}`)])
  const today = clock.date(hospital.now())
  return slots(hospital, them).filter(({ appointment: { start } }) => start && clock.date(new Date(start)) === today)
}

/** All appointments of one patient, by time. */
export function slotsOfPatient(hospital: Hospital, patient: string): Slot[] {
  return slots(hospital, new Set([`Patient/${patient}`]))
}

function slotOf({ store }: Hospital, appointment: Appointment): Slot {
  const reference = `Appointment/${appointment.id}`
  const encounter = store.all('Encounter').find((one) => one.appointment?.some((its) => its.reference === reference))
  return { appointment, patient: store.get('Patient', patientIdOf(appointment) ?? ''), encounter }
}

function slots(hospital: Hospital, participants: ReadonlySet<string>): Slot[] {
  const time = ({ start }: Appointment) => new Date(start ?? 0).getTime()
  return hospital.store
    .all('Appointment')
    .filter(({ participant }) => participant.some(({ actor }) => participants.has(actor?.reference ?? '')))
    .sort((a, b) => time(a) - time(b))
    .map((appointment) => slotOf(hospital, appointment))
}

const off = ['cancelled', 'noshow', 'entered-in-error']
/** How long after its end an appointment is worth opening, in milliseconds: longer than any clinic lets people come late. */
const lateMs = 2 * 60 * 60_000

/** Why nothing can be opened for it; undefined where something can. What is done can be opened where a note of it stands in the chart. */
export function whyShut({ store, now }: Hospital, { appointment, encounter }: Slot): string | undefined {
  const { status, end } = appointment
  if (off.includes(status)) return 'Nothing to open: it does not take place.'
  const noted = store
    .all('DocumentReference')
    .some(({ context }) => context?.encounter?.some((its) => its.reference === `Encounter/${encounter?.id}`))
  if (noted) return undefined
  if (status === 'fulfilled') return 'Nothing to open: it is done.'
  if (end !== undefined && new Date(end).getTime() + lateMs < now().getTime()) return 'Nothing to open: it is over.'
  return undefined
}

export function patientIdOf({ participant }: Appointment): string | undefined {
  const references = participant.map(({ actor }) => actor?.reference)
  return references.find((reference) => reference?.startsWith('Patient/'))?.split('/')[1]
}

/** Who is meant by `?user=`, if it is one of these types and known; else the first there is. */
export function userFrom(
  { store }: Hospital,
  asked: unknown,
  types: readonly ('Practitioner' | 'Patient' | 'RelatedPerson')[],
): UserRef | undefined {
  const known = types.flatMap((type) => store.all(type).map(({ id }): UserRef => `${type}/${id ?? ''}`))
  return typeof asked === 'string' && isUserRef(asked) && known.includes(asked) ? asked : known[0]
}
