// From the EHR's launch to a sign-in of ours: leaving for the EHR, coming back, and signing out.
// Refuses issuers that are not listed before anything is fetched, and anyone whose identity is not proven.
import type { Issuer, Organisation } from '../config.ts'
import { Refusal } from '../domain/errors.ts'
import type { AppointmentId, Instant, LaunchId, Ref } from '../domain/ids.ts'
import { plus } from '../domain/instant.ts'
import { endsAt, type Launch, spent } from '../domain/launch.ts'
import { nameOf } from '../domain/names.ts'
import type { Caller } from '../guards.ts'
import { type House, hashed, issuerOf } from '../house.ts'
import type { Me, OrganisationList } from '../wire.ts'
import type { Reply } from './step.ts'

type Ehr = ReturnType<House['ehrWith']>
type Arrival = Awaited<ReturnType<House['smart']['finish']>>

const signInSeconds = 600

/** Where the browser goes, and the cookie that binds the way back to this browser: `name` is unique to this attempt. */
export type Leaving = {
  readonly url: string
  readonly cookie: { readonly name: string; readonly value: string; readonly seconds: number }
}

/** SMART App Launch 2.2, "Launch App": EHR launch with `launch`, standalone without. */
export async function leave(house: House, iss: string, launch: string | undefined): Promise<Leaving> {
  const { organisation, issuer } = issuerOf(house.config, iss)
  const { url, state, nonce, codeVerifier } = await house.smart.begin(issuer, launch)
  const value = house.random.secret()
  const id = hashed(state)
  const expiresAt = plus(house.now(), signInSeconds)
  const kept = { id, revision: 0, expiresAt, organisation: organisation.id, iss: issuer.iss, nonce, codeVerifier }
  await house.pendings.add({ ...kept, secretHash: hashed(value), spent: false })
  return { url, cookie: { name: pendingCookie(state), value, seconds: signInSeconds } }
}

/** The name of the cookie that belongs to one `state`. */
export const pendingCookie = (state: string): string => `housecall-in-${hashed(state).slice(0, 16)}`

/** The callback: `query` as it came, `secret` the cookie's value. Answers the new launch's handle and its cookie's value. */
export async function arrive(
  house: House,
  query: URLSearchParams,
  secret: string | undefined,
): Promise<{ launch: Launch; secret: string }> {
  const state = query.get('state') ?? ''
  const pending = await spend(house, state, secret)
  const { organisation, issuer } = issuerOf(house.config, pending.iss)
  const { arrival, person } = await proven(house, issuer, query, { ...pending, state }).catch(
    auditRefusal(house, organisation),
  )
  const value = house.random.secret()
  const launch = await house.launches.add(launchRow(house, organisation, issuer, arrival, person, value))
  await house.record.audit({
    event: 'launch',
    outcome: 'success',
    organisation: organisation.id,
    who: launch.fhirUser as `Practitioner/${string}`, // sound: whoIs takes only these types
    role: launch.role,
  })
  return { launch, secret: value }
}

/** Exchanges the code and reads who came; what either refuses is refused. */
async function proven(
  house: House,
  issuer: Issuer,
  query: URLSearchParams,
  departed: Parameters<House['smart']['finish']>[2],
) {
  const { state, nonce, codeVerifier } = departed
  const arrival = await house.smart.finish(issuer, query, { state, nonce, codeVerifier })
  return { arrival, person: await whoIs(house.ehrWith(issuer, arrival.tokens), arrival) }
}

const auditRefusal =
  (house: House, organisation: Organisation) =>
  async (cause: unknown): Promise<never> => {
    const code = cause instanceof Refusal ? cause.code : 'fault'
    await house.record.audit({ event: 'launch-refused', outcome: 'refused', organisation: organisation.id, code })
    throw cause
  }

// The state must be spent before the exchange: a second callback with it must find nothing (RFC 9700, 4.7).
async function spend(house: House, state: string, secret: string | undefined) {
  const id = hashed(state)
  if ((await house.pendings.get(id)) === undefined) throw new Refusal('launch-unknown')
  return house.pendings.change(id, (p) => spent(p, secret === undefined ? undefined : hashed(secret), house.now()))
}

type PersonSeen = Pick<Launch, 'role' | 'fhirUser' | 'name' | 'self' | 'patients'>

/** The role comes from fhirUser's type alone; refuses (`role-unknown`) any other, and who cannot be read. */
async function whoIs(ehr: Ehr, { fhirUser }: Arrival): Promise<PersonSeen> {
  const [type, id = ''] = fhirUser.split('/')
  switch (type) {
    case 'Practitioner':
      return practitioner(ehr, id, [])
    case 'PractitionerRole': {
      const role = await must(ehr.read('PractitionerRole', id))
      const of = /(?:^|\/)Practitioner\/([A-Za-z0-9\-.]{1,64})$/.exec(role.practitioner?.reference ?? '')?.[1]
      if (of === undefined) throw new Refusal('role-unknown')
      return practitioner(ehr, of, [`PractitionerRole/${id}`])
    }
    case 'Patient': {
      const patient = await must(ehr.read('Patient', id))
      const self: Ref<'Patient'> = `Patient/${id}`
      return { role: 'patient', fhirUser, name: nameOf(patient.name) ?? 'Patient', self: [self], patients: [self] }
    }
    case 'RelatedPerson': {
      const person = await must(ehr.read('RelatedPerson', id))
      const of = /(?:^|\/)Patient\/([A-Za-z0-9\-.]{1,64})$/.exec(person.patient.reference ?? '')?.[1]
      if (of === undefined || person.active === false) throw new Refusal('role-unknown')
      const name = nameOf(person.name) ?? 'Representative'
      return { role: 'representative', fhirUser, name, self: [fhirUser], patients: [`Patient/${of}`] }
    }
    default:
      throw new Refusal('role-unknown')
  }
}

async function practitioner(ehr: Ehr, id: string, roles: readonly Ref[]): Promise<PersonSeen> {
  const [practitioner, own] = await Promise.all([must(ehr.read('Practitioner', id)), ownRoles(ehr, id)])
  const fhirUser: Ref = `Practitioner/${id}`
  const self = [...new Set([fhirUser, ...roles, ...own])]
  return { role: 'clinician', fhirUser, name: nameOf(practitioner.name) ?? 'Clinician', self, patients: [] }
}

/** A clinician's own PractitionerRoles; none where the EHR does not say, and then only Appointments naming them in person open. */
async function ownRoles(ehr: Ehr, id: string): Promise<readonly Ref[]> {
  try {
    const roles = await ehr.search('PractitionerRole', [['practitioner', `Practitioner/${id}`]])
    const own = roles.filter((r) => r.active !== false && r.practitioner?.reference?.endsWith(`Practitioner/${id}`))
    return own.map((r): Ref => `PractitionerRole/${r.id}`)
  } catch (cause) {
    if (cause instanceof Refusal && cause.code === 'ehr-refused') return []
    throw cause
  }
}

async function must<T extends { resource: unknown }>(read: Promise<T | undefined>): Promise<T['resource']> {
  const found = await read
  if (found === undefined) throw new Refusal('role-unknown')
  return found.resource
}

function launchRow(
  house: House,
  organisation: Organisation,
  issuer: Issuer,
  { tokens, patient, encounter, appointment, needPatientBanner }: Arrival,
  person: PersonSeen,
  secret: string,
): Launch {
  const now: Instant = house.now()
  return {
    id: house.random.launchId(),
    revision: 0,
    expiresAt: endsAt(now),
    organisation: organisation.id,
    iss: issuer.iss,
    ...person,
    patientBanner: needPatientBanner,
    secretHash: hashed(secret),
    tokens,
    startedAt: now,
    seenAt: now,
    endsAt: endsAt(now),
    visits: [],
    ...(patient === undefined ? {} : { patient: `Patient/${patient}` as const }),
    ...(encounter === undefined ? {} : { encounter: `Encounter/${encounter}` as const }),
    ...(appointment === undefined ? {} : { appointment: appointment as AppointmentId }), // sound: fhirContext's pattern is FHIR's id
  }
}

/** Ends this sign-in: its row goes, and the tokens in it. */
export async function signOut(house: House, { launch, organisation }: Caller): Promise<Reply> {
  await house.launches.remove(launch.id as LaunchId)
  await house.record.audit({ event: 'sign-out', outcome: 'success', organisation: organisation.id, role: launch.role })
  return {}
}

export async function me(_house: House, { launch, organisation }: Caller): Promise<Reply> {
  const { id, name, phone, timeZone, accent, beforeVisit } = organisation
  const body: Me = {
    launch: launch.id,
    role: launch.role,
    name: launch.name,
    organisation: {
      id,
      name,
      phone,
      timeZone,
      ...(accent === undefined ? {} : { accent }),
      ...(beforeVisit === undefined ? {} : { beforeVisit }),
    },
    patientBanner: launch.patientBanner,
    onePatient: launch.patient !== undefined || launch.role !== 'clinician',
    endsAt: launch.endsAt,
  }
  return { body }
}

/** Whom one can sign in to when no EHR opened the page. */
export function organisations(house: House): OrganisationList {
  const links = house.config.organisations.flatMap((organisation) =>
    organisation.issuers.map(({ iss, title }) => ({
      name: organisation.name,
      title,
      signIn: `/smart/launch?${new URLSearchParams({ iss })}`,
    })),
  )
  return { organisations: links }
}
