// Owns the look into the sandbox EHR's chart after a filing, and one attempt at filing.
import { randomBytes } from 'node:crypto'
import type { DocumentReference, Encounter, Reference } from 'fhir/r4'
import { startEhr } from '../../sandbox/ehr/main.ts'
import type { Personality } from '../../sandbox/ehr/personality.ts'
import type { Config, Issuer, Organisation } from '../../server/settings/config.ts'
import type { NoteView } from '../../server/wire/wire.ts'
import type { Person } from './people.ts'
import { book, file, filingOf, signedAlone } from './visits.ts'
import type { World } from './world.ts'

type Walked = { readonly clinician: Person; readonly visit: string; readonly world?: World }

/** How many Encounters and notes the chart has of one Appointment, and how many notes at all. */
export function chart(world: World, appointment: string) {
  const about = `Appointment/${appointment}`
  const isAbout = (references: readonly Reference[] = []) => references.some((r) => r.reference === about)
  const encounters = world.ehr.all('Encounter').filter((e) => isAbout(e.appointment))
  const ids = encounters.map(({ id }) => `Encounter/${id}`)
  const all = world.ehr.all('DocumentReference')
  const notes = all.filter((d) => ids.includes(d.context?.encounter?.[0]?.reference ?? ''))
  return { encounters: encounters.length, notes: notes.length, all: all.length }
}

export const nothing = { encounters: 0, notes: 0, all: 0 }
export const once = { encounters: 1, notes: 1, all: 1 }

/** Every write the EHR was asked for, in order. */
export const writes = (world: World): readonly string[] =>
  world.ehr.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`)

/** One attempt: a first one, or a patient one, after the minutes in which what was sent may still arrive. */
export async function attempt({ clinician, visit, world }: Walked) {
  const before = await filingOf(clinician.get(`${visit}/note`))
  if (before.state === 'unknown') world?.later(6)
  return filingOf(file(clinician, visit))
}
/** What the note's page says of the filing. */
export const shown = ({ clinician, visit }: Walked) => filingOf(clinician.get(`${visit}/note`))

/** An EHR of this kind that nobody signs in to: for what it says of itself. */
export const startEhrOf = (personality: Personality) => startEhr({ clients: [], launchUrls: [], personality })

/** A patient nobody else's test has heard of; answers the reference. */
export async function newPatient({ ehr }: World): Promise<string> {
  const id = `p-${randomBytes(6).toString('hex')}`
  await ehr.put({ resourceType: 'Patient', id, name: [{ text: 'Somebody New' }], birthDate: '1980-01-01' })
  return `Patient/${ehr.idOf(id)}`
}

/** An Encounter that registration made behind everybody's back: virtual and planned unless told; answers its id. */
export async function registered(world: World, patient: string, of: Partial<Encounter> = {}): Promise<string> {
  const { id = `e-${randomBytes(6).toString('hex')}` } = of
  await world.ehr.put({
    ...{ resourceType: 'Encounter', status: 'planned', class: actCode('VR'), subject: { reference: patient } },
    ...of,
    id,
  })
  return world.ehr.idOf(id)
}
export const actCode = (code: string) => ({ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code })
export const about = (appointment: string) => ({ appointment: [{ reference: `Appointment/${appointment}` }] })

/** Somebody new with an Appointment, and registration's Encounter of it. */
export async function withEncounter(world: World) {
  const patient = await newPatient(world)
  const appointment = await book(world, { patient })
  const encounter = await registered(world, patient, { ...about(appointment), status: 'finished' })
  return { patient, appointment, registered: `Encounter/${encounter}` }
}

/** A note of somebody new that is in the chart; `first` is where. */
export async function filedAlone(world: World) {
  const whose = await withEncounter(world)
  const walked = { ...whose, ...(await signedAlone(world, whose)) }
  const { state } = await attempt(walked)
  if (state !== 'filed') throw new Error(`the note is ${state}`)
  const [first] = notesOf(world, whose.patient)
  return { ...walked, first: `DocumentReference/${first?.id}` }
}

/** What the chart has of a patient's notes, the oldest first. */
export const notesOf = (world: World, patient: string) =>
  world.ehr.all('DocumentReference').filter((d) => d.subject?.reference === patient)
/** The page of words in a note. */
export const wordsIn = (note: DocumentReference | undefined): string =>
  Buffer.from(note?.content[0]?.attachment.data ?? '', 'base64').toString('utf8')
/** Every write since, as `writes` has them. */
export function writesSince(world: World): () => readonly string[] {
  const from = writes(world).length
  return () => writes(world).slice(from)
}

/** The Encounter a filed note stands under; what else is said of a filing in its place. */
export const bearing = (filing: NoteView['filing']): string | undefined =>
  filing.state === 'filed' ? filing.encounter : filing.state

export type Changes = {
  readonly issuer?: Partial<Issuer>
  readonly policies?: Partial<Organisation['policies']>
  readonly jitsiEvents?: string
}

/** The settings of a world with something else in its organisations. */
export const having =
  ({ issuer = {}, policies = {}, ...own }: Changes) =>
  (config: Config): Config => ({
    ...config,
    organisations: config.organisations.map((o) => ({
      ...{ ...o, ...own },
      issuers: o.issuers.map((i) => ({ ...i, ...issuer })),
      policies: { ...o.policies, ...policies },
    })),
  })
