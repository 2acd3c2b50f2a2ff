// Finds the Encounter a visit's note belongs to, rung by rung, or says that one may be made.
// Refuses every Encounter that could be somebody else's, another Appointment's, or a mistake: a note on the wrong one is harm.
import { encounterIdentifier, type Filed } from './domain/chart.ts'
import type { Ref } from './domain/ids.ts'
import type { Launch } from './domain/launch.ts'
import { idOf, relativeTo } from './domain/reference.ts'
import { covers } from './domain/scopes.ts'
import type { Capability, Ehr, Resource } from './outside/ehr.ts'

export type Task = {
  readonly ehr: Ehr
  readonly launch: Launch
  readonly filed: Filed
  readonly capability: Capability
}

/** Where the note goes. `ours`: the Encounter's `appointment` is the visit's and it is not over, so we may bring it to its end. */
export type Place =
  | { readonly encounter: 'existing'; readonly ref: Ref<'Encounter'>; readonly ours?: Existing }
  | { readonly encounter: 'new' }
  | { readonly encounter: 'none' }
export type Existing = { readonly resource: Resource<'Encounter'>; readonly etag?: string }

/** `known` is the Encounter an earlier attempt at filing made or found. */
export async function placeOf(task: Task, known: Ref<'Encounter'> | undefined): Promise<Place> {
  const { launch, capability } = task
  const again = known && (await existing(task, known))
  if (again) return asPlace(task, again)
  const launched = launch.encounter && (await existing(task, launch.encounter))
  if (launched && isOurs(task, launched.resource)) return asPlace(task, launched)
  const found = (await byAppointment(task)) ?? (await byIdentifier(task))
  if (found) return asPlace(task, found)
  if (launched && mayBear(task, launched.resource)) return asPlace(task, launched)
  const mayCreate = capability.can('Encounter', 'create') && covers(launch.tokens.scope, 'Encounter', 'c')
  return { encounter: mayCreate ? 'new' : 'none' }
}

/** An Encounter of this patient that is no mistake; undefined for any other. */
async function existing({ ehr, launch, filed }: Task, ref: Ref<'Encounter'>): Promise<Existing | undefined> {
  const found = await ehr.read('Encounter', idOf(ref))
  if (found === undefined || isMistaken(found.resource)) return undefined
  const subject = relativeTo(launch.iss)(found.resource.subject?.reference ?? '')
  return subject === filed.visit.patient ? found : undefined
}

const isMistaken = ({ status }: Resource<'Encounter'>) => status === 'cancelled' || status === 'entered-in-error'

function isOurs({ launch, filed }: Task, encounter: Resource<'Encounter'>): boolean {
  const relative = relativeTo(launch.iss)
  const appointment = `Appointment/${filed.visit.appointment}`
  return (encounter.appointment ?? []).some((a) => relative(a.reference ?? '') === appointment)
}

function asPlace(task: Task, found: Existing): Place {
  const ref = `Encounter/${found.resource.id}` as const
  const open = isOurs(task, found.resource) && found.resource.status !== 'finished'
  return { encounter: 'existing', ref, ...(open ? { ours: found } : {}) }
}

/**
 * Whether the Encounter the EHR had open may bear the note although no Appointment links it: it may be a hospital stay, so its status
 * is left alone. Not when it is over, when it belongs to another Appointment, or when this sign-in was, or went on, for another visit.
 */
function mayBear({ launch, filed }: Task, encounter: Resource<'Encounter'>): boolean {
  const linked = (encounter.appointment ?? []).length > 0
  const elsewhere = launch.appointment !== undefined && launch.appointment !== filed.visit.appointment
  const others = launch.visits.some((v) => v !== filed.visit.id)
  return !linked && !elsewhere && !others && encounter.status !== 'finished'
}

async function byAppointment(task: Task): Promise<Existing | undefined> {
  const found = await searched(task, 'appointment', `Appointment/${task.filed.visit.appointment}`)
  const [only, another] = found.filter((e) => isOurs(task, e))
  // Two Encounters of one Appointment: choosing one would be a guess in somebody's chart.
  return only && !another ? existing(task, `Encounter/${only.id}`) : undefined
}

/** The one an earlier attempt of ours made without learning its id. */
async function byIdentifier(task: Task): Promise<Existing | undefined> {
  const { system, value } = encounterIdentifier(task.filed)
  const found = await searched(task, 'identifier', `${system}|${value}`)
  const mine = found.find((e) => e.identifier?.some((i) => i.system === system && i.value === value))
  return mine && existing(task, `Encounter/${mine.id}`)
}

async function searched({ ehr, launch, capability }: Task, param: 'appointment' | 'identifier', value: string) {
  const may = capability.searches('Encounter', param) && covers(launch.tokens.scope, 'Encounter', 's')
  return may ? (await ehr.search('Encounter', [[param, value]])).filter((e) => !isMistaken(e)) : []
}
