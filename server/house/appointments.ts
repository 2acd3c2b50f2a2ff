// Asks for an Appointment with the caller's own token, and what screens show of it. What follows for its visit is kept in reviews.ts.
// Shared by all who ask anew: opening a visit, admitting to it, the day, and the readings in the background.

import { interpreterFor, isTranslator, languageOf } from '../domain/ehr/interpreter.ts'
import { spokenBy } from '../domain/ehr/languages.ts'
import { nameOf, paragraphOf, shownOf, type Today, wordsOf } from '../domain/ehr/names.ts'
import { relativeTo, sameBase } from '../domain/ehr/reference.ts'
import { telephoneOf } from '../domain/ehr/telephone.ts'
import { nameWords } from '../domain/ehr/words.ts'
import { type Code, Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { AppointmentId, Instant, Ref } from '../domain/ids.ts'
import { mailAddressOf } from '../domain/notice/address.ts'
import type { Launch } from '../domain/sign-in/launch.ts'
import { namedIn } from '../domain/visit/access.ts'
import type { Reading } from '../domain/visit/reviewed.ts'
import type { Expected, Face, Visit, Who } from '../domain/visit/visit-shape.ts'
import type { Resource } from '../outside/ehr/ehr.ts'
import type { Organisation } from '../settings/config.ts'
import { issuerOf } from '../settings/issuer.ts'
import type { SignedIn } from './caller.ts'
import type { House } from './house.ts'

/** What the EHR told whoever asked for an Appointment: what it says, or why it is not there for them. */
export type AppointmentAsked =
  | { readonly said: Reading; readonly appointment: Resource<'Appointment'> }
  | { readonly said: 'deleted' | 'hidden'; readonly code: 'appointment-unknown' | 'ehr-refused' }

/**
 * Asks for it with the caller's own token. `of`: the visit it is asked for, where there is one. `unsaid`: it is not there by the word of a
 * gateway alone, which takes nobody's place. Refuses what was no answer (`ehr-…`).
 */
export async function askAppointment(
  house: House,
  { launch, organisation }: SignedIn,
  id: AppointmentId,
  of?: Pick<Visit, 'iss'>,
): Promise<AppointmentAsked | 'unsaid'> {
  const found = await house.ehr(launch).readOrAbsence('Appointment', id)
  if (found === 'forbidden') return { said: 'hidden', code: 'ehr-refused' }
  if (found === 'unsaid') return 'unsaid'
  if (typeof found === 'string') {
    // Under another base URL than the visit's it may be another Appointment that was there.
    const gone = found === 'deleted' && (of === undefined || sameBase(of.iss, launch.iss))
    return { said: gone ? 'deleted' : 'hidden', code: 'appointment-unknown' }
  }
  return { said: readingOf({ launch, organisation }, found.resource), appointment: found.resource }
}

/** What an Appointment says to whom it was shown. */
export function readingOf(
  { launch, organisation }: Pick<SignedIn, 'launch' | 'organisation'>,
  appointment: Resource<'Appointment'>,
): Reading {
  const by = launch.role === 'clinician' ? 'clinician' : 'patient'
  const named = namedIn(appointment, relativeTo(launch.iss), organisation.timeZone)
  return { ...named, by, iss: launch.iss, face: wordsIn(appointment) }
}

/** One record that cannot be had, whatever the reason, must not close all that it stands among. */
export function unread(cause: unknown): undefined {
  cannotBeHad(cause)
}

/**
 * Why something cannot be had in the EHR. That it takes this token no longer, or is too busy, is said of one record too, and some say 401
 * of what this client may not see: where it is so of everything, nothing at all can be had, and that is said then. Passes on a fault of ours.
 */
export function cannotBeHad(cause: unknown): Refusal {
  if (cause instanceof Refusal && codes.has(cause.code)) return cause
  throw cause
}

const codes: ReadonlySet<Code> = new Set([
  'ehr-refused',
  'ehr-failed',
  'ehr-too-large',
  'ehr-unreachable',
  'ehr-busy',
  'ehr-session-ended',
])

/** The clinic's, of this sign-in's EHR. */
export const timeZoneOf = ({ config }: House, launch: Pick<Launch, 'iss' | 'people'>): string =>
  issuerOf(config, launch).organisation.timeZone

/** What screens show of an Appointment: its patient as the EHR knows them, and who else is named in it. `interpreterAsked` as below. */
export function faceOf(
  appointment: Resource<'Appointment'>,
  patient: Resource<'Patient'>,
  today: Reader,
  interpreterAsked?: boolean,
): Face {
  return { ...whoIn(patient, today, interpreterAsked), ...wordsIn(appointment) }
}

/** `writes`: whether the organisation writes to its patients; of whom nobody writes to, no address is kept. */
type Reader = Today & { readonly writes?: boolean }

/** For whom a record is read, at this moment. */
export const readerAt = (house: House, { timeZone, mail }: Pick<Organisation, 'timeZone' | 'mail'>): Reader => ({
  ...{ now: house.now(), timeZone, writes: mail !== undefined },
})

/** What is shown of the patient alone. `interpreterAsked` is what the visit's own Encounter says, as far as it is known. */
export const whoIn = (patient: Resource<'Patient'>, today: Reader, interpreterAsked?: boolean): Who => ({
  name: nameOf(patient.name, today) ?? nameWords.notRecorded,
  // As it stands, whatever it is: the pages show as a date what is one.
  ...given({ birthDate: wordsOf({ text: patient.birthDate ?? '' }) }),
  ...given({ interpreter: interpreterFor(patient, interpreterAsked), language: languageOf(patient), interpreterAsked }),
  ...given({ phone: telephoneOf(patient.telecom, today) }),
  ...(today.writes
    ? given({ mail: mailAddressOf(patient.telecom, today), reads: spokenBy(patient.communication)[0] })
    : {}),
})

/** The same, where the patient's record cannot be had: what was known of them before, or what the Appointment calls them. */
export function faceWithout(
  appointment: Resource<'Appointment'>,
  patient: Ref<'Patient'> | undefined,
  known: Face | undefined,
): Face {
  if (known !== undefined) {
    const { reason: _reason, patientInstruction: _told, ...whose } = known
    return { ...whose, ...wordsIn(appointment) }
  }
  const called = appointment.participant.find((p) => patient !== undefined && p.actor?.reference?.endsWith(patient))
  const name = shownOf({ text: called?.actor?.display ?? '' }) ?? nameWords.notRecorded
  return { name, ...wordsIn(appointment) }
}

/** What is shown of the Appointment alone. */
export function wordsIn(
  appointment: Resource<'Appointment'>,
): Pick<Face, 'clinicians' | 'expected' | 'reason' | 'patientInstruction'> {
  const reason =
    wordsOf(appointment.reasonCode?.[0]) ??
    wordsOf({ text: appointment.description ?? '' }) ??
    wordsOf(appointment.serviceType?.[0])
  const patientInstruction = paragraphOf(appointment.patientInstruction ?? '')
  return {
    clinicians: cliniciansIn(appointment),
    ...given({ expected: expectedIn(appointment), reason, patientInstruction }),
  }
}

/** So many are named at most: more fit on no row. */
const mostExpected = 10

/** Who comes beside patient and clinicians: family by their record, others by name alone; nobody who said that they do not. */
function expectedIn(appointment: Resource<'Appointment'>): readonly Expected[] | undefined {
  const people = appointment.participant.flatMap(({ actor, status, type }): readonly Expected[] => {
    const isPerson = actor?.reference === undefined || /(?:^|\/)(?:RelatedPerson|Person)\//.test(actor.reference)
    const name = isPerson && status !== 'declined' ? shownOf({ text: actor?.display ?? '' }) : undefined
    if (name === undefined) return []
    return [{ name, ...(isTranslator(type) ? { as: 'interpreter' } : {}) }]
  })
  return people.length === 0 ? undefined : people.slice(0, mostExpected)
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
