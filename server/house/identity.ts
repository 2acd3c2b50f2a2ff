// Who the fhirUser of a launch is here: clinician, patient or representative, by the type of record the EHR names and by nothing else.
// Refuses (`role-unknown`) whoever cannot be read, is no longer who they were, could be two people, or comes in at the others' door.

import { spokenBy } from '../domain/ehr/languages.ts'
import { membersOf } from '../domain/ehr/members.ts'
import { nameOf } from '../domain/ehr/names.ts'
import { idOf, isPatient, relativeTo } from '../domain/ehr/reference.ts'
import { telephoneOf } from '../domain/ehr/telephone.ts'
import { nameWords } from '../domain/ehr/words.ts'
import { Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { Ref } from '../domain/ids.ts'
import { within } from '../domain/instant.ts'
import type { Launch, Side } from '../domain/sign-in/launch.ts'
import type { Resource } from '../outside/ehr/ehr.ts'
import type { Issuer } from '../settings/config.ts'
import { timeZoneOf } from './appointments.ts'
import type { House } from './house.ts'
import { inTime } from './in-time.ts'
import { briefMs, rolesOf } from './own-roles.ts'

type Ehr = ReturnType<House['ehrWith']>
type Arrival = Awaited<ReturnType<House['smart']['finish']>>

export type Identity = Pick<
  Launch,
  'role' | 'fhirUser' | 'name' | 'phone' | 'speaks' | 'self' | 'rolesUnread' | 'profession' | 'patients'
>

/** One sign-in that is being looked at. */
type Looking = Pick<House, 'now' | 'log'> & {
  readonly ehr: Ehr
  readonly relative: (reference: string) => Ref | undefined
  /** The clinic's. */
  readonly timeZone: string
}

export async function whoIs(house: House, issuer: Issuer, arrival: Arrival): Promise<Identity> {
  const ehr = house.ehrWith(issuer, arrival.tokens)
  const looking = {
    now: house.now,
    log: house.log,
    ehr,
    relative: relativeTo(issuer.iss),
    timeZone: timeZoneOf(house, issuer),
  }
  atTheirDoor(arrival.fhirUser, issuer.people)
  return typeOf(arrival.fhirUser) === 'Person'
    ? person(looking, arrival, issuer.people)
    : known(looking, arrival.fhirUser)
}

const today = ({ now, timeZone }: Looking) => ({ now: now(), timeZone })

const typeOf = (ref: Ref) => ref.slice(0, ref.indexOf('/'))
const sides: Readonly<Record<string, Side>> = {
  Practitioner: 'clinicians',
  PractitionerRole: 'clinicians',
  Patient: 'patients',
  RelatedPerson: 'patients',
}

/** Refuses whoever is nobody by the type of their record, or is of the side that does not come here; a Person may be of either. */
export function atTheirDoor(who: Ref, people: Side | undefined): void {
  if (typeOf(who) === 'Person') return
  const side = sides[typeOf(who)]
  if (side === undefined || (people !== undefined && people !== side)) throw new Refusal('role-unknown')
}

async function known(looking: Looking, who: Ref): Promise<Identity> {
  switch (typeOf(who)) {
    case 'Practitioner':
      return practitioner(looking, idOf(who), [])
    case 'PractitionerRole':
      return holder(looking, who)
    case 'Patient':
      return patient(looking, idOf(who))
    default:
      return (await representative(looking, who)) ?? nobody()
  }
}

function nobody(): never {
  throw new Refusal('role-unknown')
}

/**
 * A Person is whom their records say (http://hl7.org/fhir/R4/person.html). Who has both a clinician's and a patient's is the
 * clinician where clinicians alone come, and else the patient: an employee who opens their own record has no other's in hand.
 */
async function person(looking: Looking, { fhirUser, patient }: Arrival, people: Side | undefined): Promise<Identity> {
  const { active, link = [] } = await must(looking.ehr.read('Person', idOf(fhirUser)))
  if (active === false) throw new Refusal('role-unknown')
  // level1: "little or no confidence that this link is right".
  const believed = link.filter(({ assurance }) => assurance !== 'level1')
  const records = [...new Set(believed.flatMap(({ target }) => looking.relative(target.reference ?? '') ?? []))]
  const of = (type: string) => records.filter((ref) => typeOf(ref) === type)
  const [clinician, another] = of('Practitioner')
  const theirOwn = [...of('Patient'), ...of('RelatedPerson')]
  if (people !== 'clinicians' && theirOwn.length > 0)
    return patientSide(looking, of('Patient'), of('RelatedPerson'), patient)
  if (people === 'patients' || clinician === undefined || another !== undefined) throw new Refusal('role-unknown')
  return practitioner(looking, idOf(clinician), [])
}

/** Their own record, unless the launch is for somebody they act for. `context` is the id of the launch's patient. */
async function patientSide(
  looking: Looking,
  own: readonly Ref[],
  relatives: readonly Ref[],
  context: string | undefined,
): Promise<Identity> {
  const [self, another] = own
  if (another !== undefined) throw new Refusal('role-unknown')
  const isOwn = self !== undefined && (context === undefined || context === idOf(self))
  if (isOwn || relatives.length === 0) return patient(looking, idOf(self ?? nobody()))
  const read = await Promise.all(relatives.map((ref) => representative(looking, ref).catch(unread)))
  const acting = read.flatMap((one) => (one === undefined || one instanceof Refusal ? [] : one))
  const [first, ...more] = acting.filter(({ patients: [of] }) => context === undefined || of === `Patient/${context}`)
  // Twice for the same patient is one guardian, written down twice; for two patients, nobody knows which is meant.
  if (more.some(({ patients: [of] }) => of !== first?.patients[0])) throw new Refusal('role-unknown')
  const failure = read.find((one) => one instanceof Refusal)
  // Where none that was read is the one, it may be one that was not: then they are not somebody else for that.
  if (first === undefined && failure !== undefined) throw failure
  return first ?? patient(looking, idOf(self ?? nobody()))
}

/** A record that is gone, or not for this launch's eyes, lets nobody act; one that cannot be had closes none of the others. */
function unread(cause: unknown): Refusal | undefined {
  if (!(cause instanceof Refusal) || cause.code === 'ehr-session-ended') throw cause
  return cause.code === 'role-unknown' || cause.code === 'ehr-refused' ? undefined : cause
}

async function patient(looking: Looking, id: string): Promise<Identity> {
  const read = await must(looking.ehr.read('Patient', id))
  const self: Ref<'Patient'> = `Patient/${id}`
  const name = nameOf(read.name, today(looking)) ?? nameWords.patient
  return { role: 'patient', fhirUser: self, name, ...speaking(read), self: [self], patients: [self] }
}

/** Their own word, and not of whom they act for: it is they who read. */
function speaking(record: object): Pick<Identity, 'speaks'> {
  const speaks = spokenBy(membersOf(record).communication)
  return speaks.length === 0 ? {} : { speaks }
}

/** Undefined for who no longer acts for the patient (http://hl7.org/fhir/R4/relatedperson.html: active, period), or for none of ours. */
async function representative(looking: Looking, who: Ref): Promise<Identity | undefined> {
  const read = await must(looking.ehr.read('RelatedPerson', idOf(who)))
  const patients = patientsOf(looking, read)
  if (patients.length === 0) return undefined
  const name = nameOf(read.name, today(looking)) ?? nameWords.representative
  const phone = telephoneOf(read.telecom, today(looking))
  return { role: 'representative', fhirUser: who, name, ...given({ phone }), ...speaking(read), self: [who], patients }
}

/** None, or the one they act for now. */
function patientsOf(
  { relative, now, timeZone }: Omit<Looking, 'ehr' | 'log'>,
  { active, period, patient }: Resource<'RelatedPerson'>,
): readonly Ref<'Patient'>[] {
  const of = relative(patient.reference ?? '')
  return active === false || !within(period, now(), timeZone) || !of || !isPatient(of) ? [] : [of]
}

/**
 * The patients a representative still acts for, by their record as it is now, read with their own token: none once it is inactive or
 * out of its period. Undefined where the EHR does not show it.
 */
export async function stillActsFor(house: House, launch: Launch): Promise<readonly Ref<'Patient'>[] | undefined> {
  const found = await house.ehr(launch).readOrAbsence('RelatedPerson', idOf(launch.fhirUser))
  if (typeof found === 'string') return undefined
  return patientsOf(
    { now: house.now, relative: relativeTo(launch.iss), timeZone: timeZoneOf(house, launch) },
    found.resource,
  )
}

async function holder(looking: Looking, who: Ref): Promise<Identity> {
  const role = await must(looking.ehr.read('PractitionerRole', idOf(who)))
  const of = looking.relative(role.practitioner?.reference ?? '')
  if (!of?.startsWith('Practitioner/') || role.active === false) throw new Refusal('role-unknown')
  return practitioner(looking, idOf(of), [who])
}

/** Their roles are waited for briefly, beside their own record: what is not told by then is looked for again (own-roles.ts). */
async function practitioner(looking: Looking, id: string, roles: readonly Ref[]): Promise<Identity> {
  const fhirUser: Ref = `Practitioner/${id}`
  const [read, own] = await Promise.all([
    must(looking.ehr.read('Practitioner', id)),
    inTime(rolesOf(looking, fhirUser), briefMs),
  ])
  const name = nameOf(read.name, today(looking)) ?? nameWords.clinician
  const self = [...new Set([fhirUser, ...roles, ...(own?.roles ?? [])])]
  const told = { rolesUnread: own?.isAll ? undefined : (true as const), profession: own?.profession }
  return { role: 'clinician', fhirUser, name, self, patients: [], ...given(told) }
}

async function must<T extends { resource: unknown }>(read: Promise<T | undefined>): Promise<T['resource']> {
  const found = await read
  if (found === undefined) throw new Refusal('role-unknown')
  return found.resource
}
