// Looks for Encounters in the chart. No note waits for such a look: where one is refused there is nothing to be found in that way, and where
// one goes wrong, or finds what nobody can read, it is remembered, so that nobody makes a second one of ours that could not be seen.
import { type Ability, may } from '../domain/ehr/capability.ts'
import { isPatientOf, recordsOf } from '../domain/ehr/merged.ts'
import { idOf, relativeTo } from '../domain/ehr/reference.ts'
import { Refusal } from '../domain/errors.ts'
import type { Ref } from '../domain/ids.ts'
import { encounterIdentifier } from '../domain/note/fhir.ts'
import { isMistaken } from '../domain/visit/visit-encounter.ts'
import type { LookedThrough, ReadType, Resource } from '../outside/ehr/ehr.ts'
import { lookFailed, whereLookFailed } from './find-note.ts'
import type { Task } from './task.ts'

export type Existing = { readonly resource: Resource<'Encounter'>; readonly etag?: string }

/** One filing's looks. `missed`: what went wrong where. */
export type Looking = Task & { readonly missed: Map<Ability, 'failed' | 'silent' | 'unread'> }

export const lookingFor = (task: Task): Looking => ({ ...task, ehr: refusedApart(task), missed: new Map() })

/**
 * Some EHRs answer 401 for what this client may not see, however often it signs in. Where the visit's own Appointment can be asked for with the
 * same sign-in, that is not over: what was looked for is refused (`ehr-refused`), and nothing else.
 */
function refusedApart({ ehr, forChart }: Task): Task['ehr'] {
  const apart = async (cause: unknown): Promise<never> => {
    if (!(cause instanceof Refusal && cause.code === 'ehr-session-ended')) throw cause
    await ehr.readOrAbsence('Appointment', forChart.visit.appointment).catch(() => {
      throw cause
    })
    throw new Refusal('ehr-refused', { cause })
  }
  return {
    ...ehr,
    read: (type, id) => ehr.read(type, id).catch(apart),
    lookThrough: (type, params) => ehr.lookThrough(type, params).catch(apart),
  }
}

type Params = Parameters<Task['ehr']['search']>[1]

/**
 * Nothing where the EHR, or this client's scope, has no such search, where it is refused, and where it goes wrong. `isWhole` only where it
 * was read to its end, and all of it.
 */
export async function lookFor<T extends ReadType>(
  { ehr, profile, missed }: Looking,
  ability: Ability,
  type: T,
  params: Params,
): Promise<LookedThrough<T>> {
  if (!may(profile, ability)) return nothing
  // Who did not answer once is not waited for again and again.
  if ([...missed.values()].includes('silent')) return missing(missed, ability, 'silent')
  const look = await ehr.lookThrough(type, params).catch((cause: unknown) => {
    if (!lookFailed(cause)) throw cause
    if (cause.code === 'ehr-refused') return nothing
    return missing(missed, ability, cause.code === 'ehr-unreachable' ? 'silent' : 'failed')
  })
  if (look !== nothing && !look.isWhole && !missed.has(ability)) missed.set(ability, 'failed')
  return look
}

const nothing = { found: [], unread: [], isWhole: false } as const

function missing(missed: Looking['missed'], what: Ability, why: 'failed' | 'silent'): typeof nothing {
  missed.set(what, why)
  return nothing
}

/** The Encounter the EHR had open, where it is this patient's, no mistake, and can be read. */
export async function launchedEncounter(looking: Looking): Promise<Existing | undefined> {
  const { launch } = looking
  if (launch.encounter === undefined) return undefined
  return existing(looking, launch.encounter).catch(whereLookFailed(undefined))
}

/** An Encounter of this patient that is no mistake; undefined for any other. */
export async function existing(task: Task, ref: Ref<'Encounter'>): Promise<Existing | undefined> {
  const found = await task.ehr.read('Encounter', idOf(ref))
  return found && isUsable(task, found.resource) ? found : undefined
}

/** What a search found, as it is now; where it cannot be read again, as it was found: then its version is not known, and it is left as it is. */
export const asItIs = (task: Task, found: Resource<'Encounter'>): Promise<Existing | undefined> =>
  existing(task, `Encounter/${found.id}`).catch(
    whereLookFailed(isUsable(task, found) ? { resource: found } : undefined),
  )

function isUsable({ launch, forChart }: Task, encounter: Resource<'Encounter'>): boolean {
  const subject = relativeTo(launch.iss)(encounter.subject?.reference ?? '')
  return !isMistaken(encounter) && isPatientOf(forChart.visit, subject)
}

/** Whether it is of the visit's own Appointment. */
export function isOurs({ launch, forChart }: Task, encounter: Resource<'Encounter'>): boolean {
  const relative = relativeTo(launch.iss)
  const appointment = `Appointment/${forChart.visit.appointment}`
  return (encounter.appointment ?? []).some((a) => relative(a.reference ?? '') === appointment)
}

/** `lookFor` by the patient, under each of the records they are known by. */
export async function lookForPatient<T extends 'Encounter' | 'Appointment'>(
  looking: Looking,
  ability: Ability,
  type: T,
  params: Params,
): Promise<LookedThrough<T>> {
  const looks: LookedThrough<T>[] = []
  for (const record of recordsOf(looking.forChart.visit))
    looks.push(await lookFor(looking, ability, type, [['patient', record], ...params]))
  const found = new Map(looks.flatMap((look) => look.found).map((one) => [one.id, one]))
  const isWhole = looks.every((look) => look.isWhole)
  return { found: [...found.values()], unread: looks.flatMap((look) => look.unread), isWhole }
}

export async function byAppointment(looking: Looking): Promise<Existing | undefined> {
  const about = `Appointment/${looking.forChart.visit.appointment}`
  const look = await lookFor(looking, 'findEncounterByAppointment', 'Encounter', [['appointment', about]])
  const { found, unread, isWhole } = look
  const [only, another] = found.filter((e) => !isMistaken(e) && isOurs(looking, e))
  const odd = unread.some(({ json }) => json.includes(`${about}"`))
  // Two Encounters of one Appointment, also where one cannot be read: choosing one would be a guess in somebody's chart.
  return only && !another && !odd && isWhole ? asItIs(looking, only) : undefined
}

/** The one that says it is of this Appointment: the launch's own, where that does, needs no search. */
export const ofTheAppointment = async (
  looking: Looking,
  launched: Existing | undefined,
): Promise<Existing | undefined> => (launched && isOurs(looking, launched.resource) ? launched : byAppointment(looking))

/** The one an earlier attempt of ours made without learning its id. */
export async function byIdentifier(looking: Looking): Promise<Existing | undefined> {
  const { system, value } = encounterIdentifier(looking.forChart)
  const params = [['identifier', `${system}|${value}`]] as const
  const { found, unread } = await lookFor(looking, 'findEncounterByIdentifier', 'Encounter', params)
  const mine = found.find((e) => !isMistaken(e) && isMadeHere(looking, e))
  if (mine !== undefined) return asItIs(looking, mine)
  // It is there, and nobody can read it: one more would be the second.
  if (unread.some(({ json }) => json.includes(JSON.stringify(value))))
    looking.missed.set('findEncounterByIdentifier', 'unread')
  return undefined
}

/** Whether it was made from here, for this visit: it bears our mark. */
export function isMadeHere({ forChart }: Task, { identifier = [] }: Resource<'Encounter'>): boolean {
  const { system, value } = encounterIdentifier(forChart)
  return identifier.some((i) => i.system === system && i.value === value)
}
