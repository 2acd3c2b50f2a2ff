// Follows a Patient that the EHR has merged into another one to the record that counts, by reading each of them with the caller's own token.
// Refuses (`patient-replaced`) where that cannot be said or had: a visit, or a note, under a record that was replaced is lost to whoever reads
// the chart. What EHRs answer in place of a record (another record, a redirect) is no word of a merger.

import {
  alsoKnownAs,
  isPatientOf,
  type KnownAs,
  knownNow,
  mostMergers,
  onlyKnownAs,
  replacementOf,
} from '../domain/ehr/merged.ts'
import { idOf, relativeTo, sameBase } from '../domain/ehr/reference.ts'
import { leftAlone, Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { Ref } from '../domain/ids.ts'
import { comesFor, isWithin, type Launch } from '../domain/sign-in/launch.ts'
import type { Booked } from '../domain/visit/access.ts'
import { namesAStranger } from '../domain/visit/reviewed.ts'
import { hasBegun } from '../domain/visit/visit.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { Resource } from '../outside/ehr/ehr.ts'
import { type AppointmentAsked, askAppointment, readerAt, unread, whoIn } from './appointments.ts'
import type { Party } from './caller.ts'
import type { House } from './house.ts'

/**
 * The person of a record, as the EHR knows them now. `record` is the one that counts, or the last that this person is shown; absent where it is
 * known already, and not shown.
 */
export type PersonFound = KnownAs & { readonly record?: Resource<'Patient'> }

/**
 * The person whose record this is; undefined where the EHR has none, or shows none, and it is not of who is `known`. What was read counts
 * before what was known. Refuses as `Ehr.read` does what goes wrong with the first record, where it may help to ask again.
 */
export async function whoseRecord(
  house: House,
  launch: Launch,
  first: Ref<'Patient'>,
  known?: KnownAs,
): Promise<PersonFound | undefined> {
  const record = await read(house, launch, first).catch((cause: unknown) => {
    if (known !== undefined && isPatientOf(known, first)) return unread(cause)
    throw cause
  })
  if (record === undefined) return known !== undefined && isPatientOf(known, first) ? asKnown(known, []) : undefined
  return follow(house, launch, [first], record, known)
}

/** The person of a record that was read. Refuses `patient-replaced`. */
export const personBehind = (house: House, launch: Launch, record: Resource<'Patient'>): Promise<PersonFound> =>
  follow(house, launch, [`Patient/${record.id}`], record, undefined)

/** `chain`: the records that were come by, the last of which is `record`. */
async function follow(
  house: House,
  launch: Launch,
  chain: readonly [Ref<'Patient'>, ...Ref<'Patient'>[]],
  record: Resource<'Patient'>,
  known: KnownAs | undefined,
): Promise<PersonFound> {
  const [latest, ...before] = chain
  const next = replacementOf(record.link, relativeTo(launch.iss))
  // An EHR may keep links from patients: that one is read of without any takes nothing back of what a clinician's reading said.
  const isHidden = launch.role !== 'clinician' && known !== undefined && latest !== known.patient
  if (next === undefined && isHidden && isPatientOf(known, latest)) return asKnown(known, before)
  if (next === undefined)
    return { patient: latest, ...given({ replaced: before.length > 0 ? before : undefined }), record }
  // A chain without an end would be followed for ever.
  if (chain.includes(next) || chain.length > mostMergers) throw new Refusal('patient-replaced')
  const found = await read(house, launch, next).catch(unread)
  if (found !== undefined) return follow(house, launch, [next, ...chain], found, known)
  if (known !== undefined && isPatientOf(known, next)) return asKnown(known, chain)
  // A patient's own sign-in may be shown none but the record it came with: the name of the other is enough, until a clinician comes, who reads it.
  if (launch.role !== 'clinician') return { patient: next, replaced: chain, record }
  throw new Refusal('patient-replaced')
}

const asKnown = (known: KnownAs, chain: readonly Ref<'Patient'>[]): PersonFound =>
  alsoKnownAs(onlyKnownAs(known), chain)

const read = async (house: House, launch: Launch, patient: Ref<'Patient'>) =>
  (await house.ehr(launch).read('Patient', idOf(patient)))?.resource

/**
 * The same person, known too by those of these records of which the EHR says that they are theirs. One that cannot be had, or of which it does
 * not say so clearly, is not.
 */
export async function withRecords<P extends KnownAs>(
  house: House,
  launch: Launch,
  person: P,
  records: readonly Ref<'Patient'>[],
): Promise<P> {
  const strange = [...new Set(records)].filter((one) => !isPatientOf(person, one))
  const found = await Promise.all(strange.map((one) => whoseRecord(house, launch, one, person).catch(leftAlone)))
  const theirs = found.flatMap((one) => (one?.patient === person.patient ? (one.replaced ?? []) : []))
  return alsoKnownAs(person, theirs)
}

/**
 * Whom an Appointment is for, as far as it must be known to tell whether a sign-in is part of it: nobody is asked where it names the very record
 * that the sign-in does, and nobody's record is read for a clinician who is not named. Refuses `patient-replaced`.
 */
export async function whoComes(
  house: House,
  launch: Launch,
  { patient, practitioners }: Pick<Booked, 'patient' | 'practitioners'>,
  before: KnownAs | undefined,
): Promise<KnownAs> {
  const named = { patient }
  const isClinician = launch.role === 'clinician'
  if (isClinician && !practitioners.some((one) => launch.self.includes(one))) return named
  if (isWithin(launch, named) && (isClinician || comesFor(launch, named))) return named
  const found = await whoseRecord(house, launch, patient, before).catch((cause: unknown) => {
    if (cause instanceof Refusal && cause.code === 'patient-replaced') throw cause
    return leftAlone(cause)
  })
  return withRecords(house, launch, onlyKnownAs(found ?? named), [
    ...launch.patients,
    ...(launch.patient ? [launch.patient] : []),
  ])
}

/**
 * The patient of an Appointment that names this record, for whom its visit is opened. Refuses (`appointment-unusable`) where there is no such
 * record, and `patient-replaced`: but who was part of a visit that has begun comes back to it, and its note is looked at again when it is filed.
 */
export async function whoseVisit(
  house: House,
  launch: Launch,
  named: Ref<'Patient'>,
  before: Visit | undefined,
): Promise<PersonFound> {
  const found = await whoseRecord(house, launch, named, before).catch((cause: unknown) => {
    const goesOn = before !== undefined && hasBegun(before) && isPatientOf(before, named)
    if (goesOn && cause instanceof Refusal && cause.code === 'patient-replaced') return onlyKnownAs(before)
    throw cause
  })
  if (found === undefined) throw new Refusal('appointment-unusable')
  return before === undefined ? found : withRecords(house, launch, found, [before.patient])
}

/** A visit's patient, known by those of these records too of which the EHR says that they are theirs, whichever of them took the other's place. */
export async function asNamed(
  house: House,
  launch: Launch,
  visit: KnownAs,
  named: readonly Ref<'Patient'>[],
): Promise<PersonFound> {
  const stranger = named.find((one) => !isPatientOf(visit, one))
  if (stranger === undefined) return onlyKnownAs(visit)
  const theirs = await whoseRecord(house, launch, visit.patient, { patient: stranger }).catch(leftAlone)
  const now = theirs === undefined ? visit : knownNow(visit, theirs)
  return withRecords(house, launch, { ...onlyKnownAs(now), ...given({ record: theirs?.record }) }, named)
}

/**
 * Asks for a visit's Appointment. Where it names somebody else by now, it is looked whether that is another record of the visit's own
 * patient, before anybody loses their place by it.
 */
export async function askForVisit(house: House, caller: Party): Promise<AppointmentAsked | 'unsaid'> {
  const { launch, visit } = caller
  const told = await askAppointment(house, caller, visit.appointment, visit)
  if (told === 'unsaid' || 'code' in told || !sameBase(visit.iss, launch.iss)) return told
  const { said } = told
  const [named] = said.patients
  if (named === undefined || !namesAStranger(visit, said)) return told
  const merged = await asNamed(house, launch, visit, said.patients)
  if (!isPatientOf(merged, named)) return told
  const face = merged.record && whoIn(merged.record, readerAt(house, caller.organisation), visit.face.interpreterAsked)
  return { ...told, said: { ...said, merged: { ...onlyKnownAs(merged), ...given({ face }) } } }
}
