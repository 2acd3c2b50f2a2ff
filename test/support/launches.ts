// Owns every kind of launch there is: how it begins, what the EHR tells of its screen, as what kind of record a person comes, and
// how the app proves itself. What cannot happen says why.
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { LaunchRequest, UserRef } from '../../sandbox/ehr/contract.ts'
import { keyPair } from '../../sandbox/key-pair.ts'
import type { ClientKey } from '../../server/settings/config.ts'
import type { Me } from '../../server/wire/wire.ts'
import { openWorld, type World } from './world.ts'

const { patients, practitioners, relatedPersons, persons, appointments, encounters } = clinic

export const beginnings = ['EHR launch', 'standalone'] as const
export const contexts = ['objects', 'bare strings', 'appointment member', 'encounter', 'patient', 'nothing'] as const
export const clients = [
  'public',
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt RS384',
  'private_key_jwt ES384',
] as const

type Identity = {
  readonly is: string
  readonly user: UserRef
  readonly role: Me['role']
  /** Of the visit this person has today. */
  readonly patient: string
  readonly appointment: string
  readonly encounter: string
}

const encounterOfBrandt = 't-encounter-brandt'
const zoes = { patient: patients.zoe.id, appointment: appointments.zoe.id, encounter: encounters.zoe.id }
const noors = { patient: patients.noor.id, appointment: appointments.noor.id, encounter: encounters.noor.id }
const brandts = { patient: patients.brandt.id, appointment: appointments.brandt.id, encounter: encounterOfBrandt }

export const identities: readonly Identity[] = [
  { is: 'Practitioner', user: practitioners.chen.reference, role: 'clinician', ...zoes },
  { is: 'PractitionerRole', user: practitioners.chen.role, role: 'clinician', ...zoes },
  { is: 'Patient', user: patients.zoe.reference, role: 'patient', ...zoes },
  { is: 'RelatedPerson', user: relatedPersons.layla.reference, role: 'representative', ...noors },
  { is: 'Person→Practitioner', user: 'Person/t-person-chen', role: 'clinician', ...zoes },
  { is: 'Person→Patient', user: persons.zoe.reference, role: 'patient', ...zoes },
  { is: 'Person→both', user: persons.brandt.reference, role: 'patient', ...brandts },
]

export type Row = {
  readonly beginning: (typeof beginnings)[number]
  readonly context: (typeof contexts)[number]
  readonly identity: Identity
  readonly client: (typeof clients)[number]
}

export const table: readonly Row[] = beginnings.flatMap((beginning) =>
  contexts.flatMap((context) =>
    identities.flatMap((identity) => clients.map((client) => ({ beginning, context, identity, client }))),
  ),
)

/** Why a row cannot happen, in words; undefined for one that can. */
export function impossible({ beginning, context }: Row): string | undefined {
  if (beginning === 'EHR launch' || context === 'nothing') return undefined
  const screen = 'a standalone launch begins on our own page: no EHR has anything open that it could tell of'
  const asked = 'and we do not ask for launch/patient or launch/encounter, since everyone picks from their own list'
  return context === 'patient' || context === 'encounter' ? `${screen}, ${asked}` : screen
}

const shapes = {
  objects: 'objects',
  'bare strings': 'bare-strings',
  'appointment member': 'appointment-member',
} as const

/** What the EHR has open, and tells. */
export function launchOf({ context, identity }: Row): LaunchRequest {
  const { user, patient, appointment, encounter } = identity
  if (context === 'nothing') return { user, contextShape: 'none' }
  if (context === 'patient') return { user, patient, contextShape: 'none' }
  if (context === 'encounter') return { user, encounter, contextShape: 'none' }
  return { user, patient, appointment, contextShape: shapes[context] }
}

/** A world whose EHR knows the app as this kind of client, and everyone in the table. */
export async function worldFor(client: Row['client']): Promise<World> {
  const world = await openWorld(await proofOf(client))
  const chen = [{ target: { reference: practitioners.chen.reference } }]
  await world.ehr.put({ resourceType: 'Person', id: 't-person-chen', active: true, link: chen })
  await world.ehr.put({
    ...{ resourceType: 'Encounter', id: encounterOfBrandt, status: 'planned' },
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'VR' },
    subject: { reference: patients.brandt.reference },
    appointment: [{ reference: appointments.brandt.reference }],
  })
  return world
}

async function proofOf(client: Row['client']): Promise<Parameters<typeof openWorld>[0]> {
  switch (client) {
    case 'public':
      return {}
    case 'client_secret_basic':
      return { clientSecret: 'basic' }
    case 'client_secret_post':
      return { clientSecret: 'post' }
    case 'private_key_jwt RS384':
      return { clientKeys: [clientKey('RS384')] }
    case 'private_key_jwt ES384':
      return { clientKeys: [clientKey('ES384')] }
  }
}

export function clientKey(alg: ClientKey['alg'], kid = `a ${alg} key`): ClientKey {
  const { privateKey } = keyPair(alg)
  return { ...privateKey, kty: privateKey.kty ?? '', d: privateKey.d ?? '', kid, alg }
}
