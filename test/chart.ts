// Owns the look into the sandbox EHR's chart after a filing, and one more press on "file".
import type { Reference } from 'fhir/r4'
import { startEhr } from '../sandbox/ehr/main.ts'
import type { Personality } from '../sandbox/ehr/personality.ts'
import type { Person } from './people.ts'
import { file, filingOf } from './visits.ts'
import type { World } from './world.ts'

type Walked = { readonly clinician: Person; readonly visit: string }

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

/** One press. */
export const press = ({ clinician, visit }: Walked) => filingOf(file(clinician, visit))
/** What the note's page says of the filing. */
export const shown = ({ clinician, visit }: Walked) => filingOf(clinician.get(`${visit}/note`))

/** An EHR of this kind that nobody signs in to: for what it says of itself. */
export const startEhrOf = (personality: Personality) => startEhr({ clients: [], launchUrls: [], personality })
