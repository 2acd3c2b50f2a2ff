// How a signed note goes into one EHR: the Encounter it belongs to, then the note, in one transaction where the server has them.
// Sends each thing once and says what is known of it. Refuses nothing: the outcome is data for the ledger.
import type { FhirResource } from 'fhir/r4'
import {
  documentReferenceOf,
  encounterFinished,
  encounterIdentifier,
  encounterOf,
  type Filed,
  noteIdentifier,
} from './domain/chart.ts'
import { Refusal } from './domain/errors.ts'
import type { Ref } from './domain/ids.ts'
import type { Launch } from './domain/launch.ts'
import type { NotFiled } from './domain/note.ts'
import { idOf, relativeTo } from './domain/reference.ts'
import type { Capability, Ehr, Resource, Written } from './outside/ehr.ts'
import { locationReference } from './outside/ehr.ts'
import { Bundle } from './outside/resources.ts'
import { covers } from './outside/scopes.ts'

/** What became of one attempt. `encounter` is kept in the ledger, so that a second attempt makes no second one. */
export type Attempt =
  | {
      readonly outcome: 'filed'
      readonly documentReference: Ref<'DocumentReference'>
      readonly encounter?: Ref<'Encounter'>
    }
  | { readonly outcome: 'unknown'; readonly encounter?: Ref<'Encounter'> }
  | { readonly outcome: 'not-filed'; readonly why: NotFiled; readonly encounter?: Ref<'Encounter'> }

type With = { readonly ehr: Ehr; readonly launch: Launch; readonly filed: Filed; readonly capability: Capability }

/** The Encounter of a visit, as far as the EHR has one. `ours`: its `appointment` is the visit's, so we may bring it to its end. */
type Place =
  | { readonly encounter: 'existing'; readonly ref: Ref<'Encounter'>; readonly ours?: Existing }
  | { readonly encounter: 'new' }
  | { readonly encounter: 'none' }
type Existing = { readonly resource: Resource<'Encounter'>; readonly etag?: string }

/** Files once. `known` is the Encounter an earlier attempt made or found. */
export async function fileOnce(
  ehr: Ehr,
  launch: Launch,
  filed: Filed,
  known: Ref<'Encounter'> | undefined,
): Promise<Attempt> {
  if (!covers(launch.tokens.scope, 'DocumentReference', 'c')) return { outcome: 'not-filed', why: 'scope-missing' }
  const task = { ehr, launch, filed, capability: await ehr.capability() }
  const place = await placeOf(task, known)
  if (task.capability.transaction && place.encounter !== 'none') {
    const together = await inTransaction(task, place)
    // A refused transaction wrote nothing (FHIR R4, 3.1.0.11.2): then one after the other, so that the note is not lost with it.
    if (together !== 'refused') return together
  }
  return oneByOne(task, place)
}

async function placeOf(task: With, known: Ref<'Encounter'> | undefined): Promise<Place> {
  const ref = known ?? task.launch.encounter
  const own = ref === undefined ? undefined : await usable(task, ref)
  if (own) return own
  const found = await byAppointment(task)
  if (found) return found
  const mayCreate = task.capability.can('Encounter', 'create') && covers(task.launch.tokens.scope, 'Encounter', 'c')
  return { encounter: mayCreate ? 'new' : 'none' }
}

/** The launch's Encounter, when it is this patient's and not long over. It may be a hospital stay: then its status is left alone. */
async function usable({ ehr, launch, filed }: With, ref: Ref<'Encounter'>): Promise<Place | undefined> {
  const existing = await ehr.read('Encounter', idOf(ref))
  if (existing === undefined) return undefined
  const { resource } = existing
  const relative = relativeTo(launch.iss)
  if (relative(resource.subject?.reference ?? '') !== filed.visit.patient) return undefined
  const ours = isOurs(resource, filed, relative)
  const over = ['finished', 'cancelled', 'entered-in-error'].includes(resource.status)
  // Another Appointment's Encounter of the same patient is the wrong one, even when the EHR had it open.
  const others = !ours && (resource.appointment ?? []).length > 0
  if (others || (over && !ours)) return undefined
  return { encounter: 'existing', ref, ...(ours && !over ? { ours: existing } : {}) }
}

async function byAppointment(task: With): Promise<Place | undefined> {
  const { ehr, launch, filed, capability } = task
  if (!capability.searches('Encounter', 'appointment') || !covers(launch.tokens.scope, 'Encounter', 's'))
    return undefined
  const found = await ehr.search('Encounter', [['appointment', `Appointment/${filed.visit.appointment}`]])
  const ours = found.filter(
    (e) => isOurs(e, filed, relativeTo(launch.iss)) && !['cancelled', 'entered-in-error'].includes(e.status),
  )
  const [only, another] = ours
  // Two Encounters of one Appointment: choosing one would be a guess in somebody's chart.
  return only && !another ? usable(task, `Encounter/${only.id}`) : undefined
}

const isOurs = (encounter: Resource<'Encounter'>, { visit }: Filed, relative: (r: string) => Ref | undefined) =>
  (encounter.appointment ?? []).some((a) => relative(a.reference ?? '') === `Appointment/${visit.appointment}`)

const newEncounter = 'urn:uuid:7d0c1f0e-0b1e-4b59-9d7c-6a3a2b0f5a01'

/** FHIR R4, 3.1.0.11: all or nothing; If-None-Exist keeps a repeated one from making a second note. */
async function inTransaction(
  { ehr, filed }: With,
  place: Exclude<Place, { encounter: 'none' }>,
): Promise<Attempt | 'refused'> {
  const note = documentReferenceOf(filed, place.encounter === 'new' ? newEncounter : place.ref)
  const entry = [...encounterEntries(filed, place), noteEntry(note, filed)]
  const sent = await ehr.write({
    method: 'POST',
    path: '',
    body: { resourceType: 'Bundle', type: 'transaction', entry },
  })
  if (sent.outcome === 'refused' && sent.status !== 401) return 'refused'
  const encounter = place.encounter === 'existing' ? { encounter: place.ref } : {}
  if (sent.outcome !== 'written') return { ...failed(sent), ...encounter }
  return (await answered(ehr, filed, sent.body, place)) ?? { outcome: 'unknown', ...encounter }
}

function encounterEntries(filed: Filed, place: Exclude<Place, { encounter: 'none' }>) {
  if (place.encounter === 'new') {
    const request = { method: 'POST', url: 'Encounter', ifNoneExist: query(encounterIdentifier(filed)) }
    return [{ fullUrl: newEncounter, resource: encounterOf(filed), request }]
  }
  if (!place.ours) return []
  const { resource, etag } = place.ours
  const request = { method: 'PUT', url: place.ref, ...(etag === undefined ? {} : { ifMatch: etag }) }
  return [{ resource: encounterFinished(resource, filed), request }]
}

const noteEntry = (resource: FhirResource, filed: Filed) => ({
  fullUrl: 'urn:uuid:7d0c1f0e-0b1e-4b59-9d7c-6a3a2b0f5a02',
  resource,
  request: { method: 'POST', url: 'DocumentReference', ifNoneExist: query(noteIdentifier(filed)) },
})

/** The ids out of a transaction's answer, or by reading back: never "filed" without an id. */
async function answered(
  ehr: Ehr,
  filed: Filed,
  body: unknown,
  place: Exclude<Place, { encounter: 'none' }>,
): Promise<Attempt | undefined> {
  const bundle = Bundle.safeParse(body)
  const entries = bundle.success ? (bundle.data.entry ?? []) : []
  const made = (type: string) => entries.flatMap((e) => locationReference(e.response?.location ?? '', type) ?? [])[0]
  const encounter = place.encounter === 'existing' ? place.ref : (made('Encounter') as Ref<'Encounter'> | undefined) // sound: of that type
  const documentReference =
    (made('DocumentReference') as Ref<'DocumentReference'> | undefined) ?? (await readBack(ehr, filed)) // sound: of that type
  return documentReference && { outcome: 'filed', documentReference, ...(encounter ? { encounter } : {}) }
}

async function oneByOne(task: With, place: Place): Promise<Attempt> {
  const { ehr, filed } = task
  const settled = await settle(task, place)
  if ('outcome' in settled) return settled
  const { encounter } = settled
  const kept = encounter === undefined ? {} : { encounter }
  const body = documentReferenceOf(filed, encounter)
  const sent = await ehr.write({
    method: 'POST',
    path: 'DocumentReference',
    body,
    ifNoneExist: query(noteIdentifier(filed)),
  })
  if (sent.outcome !== 'written') return { ...failed(sent), ...kept }
  const reference = (sent.reference as Ref<'DocumentReference'> | undefined) ?? (await readBack(ehr, filed)) // sound: of that type
  return reference ? { outcome: 'filed', documentReference: reference, ...kept } : { outcome: 'unknown', ...kept }
}

/** The Encounter first, and its reference, or why the note cannot go anywhere. */
async function settle({ ehr, filed }: With, place: Place): Promise<{ encounter?: Ref<'Encounter'> } | Attempt> {
  if (place.encounter === 'none') return {}
  if (place.encounter === 'existing') {
    // Bringing it to its end is a courtesy: the note goes on whatever the EHR says to it.
    if (place.ours) await ehr.write(endingOf(place.ref, place.ours, filed))
    return { encounter: place.ref }
  }
  const body = encounterOf(filed)
  const sent = await ehr.write({
    method: 'POST',
    path: 'Encounter',
    body,
    ifNoneExist: query(encounterIdentifier(filed)),
  })
  if (sent.outcome === 'refused' && sent.status !== 401) return { outcome: 'not-filed', why: 'encounter-refused' }
  if (sent.outcome !== 'written') return failed(sent)
  return sent.reference ? { encounter: sent.reference as Ref<'Encounter'> } : { outcome: 'unknown' } // sound: of that type
}

const endingOf = (ref: Ref, { resource, etag }: Existing, filed: Filed) => ({
  method: 'PUT' as const,
  path: ref,
  body: encounterFinished(resource, filed),
  ...(etag === undefined ? {} : { ifMatch: etag }),
})

function failed(sent: Exclude<Written, { outcome: 'written' }>): Attempt {
  if (sent.outcome === 'unknown') return { outcome: 'unknown' }
  if (sent.outcome === 'not-sent') return { outcome: 'not-filed', why: 'ehr-unreachable' }
  return { outcome: 'not-filed', why: sent.status === 401 ? 'sign-in-ended' : 'ehr-refused' }
}

/** The note by its identifier, as the EHR has it; undefined when it has none. Refuses as `Ehr.search` does. */
export async function lookFor(ehr: Ehr, filed: Filed): Promise<Ref<'DocumentReference'> | undefined> {
  const { system, value } = noteIdentifier(filed)
  const found = await ehr.search('DocumentReference', [['identifier', `${system}|${value}`]])
  // A server may ignore a parameter it does not know: only a note that carries our identifier is ours.
  const ours = found.find((d) => d.identifier?.some((i) => i.system === system && i.value === value))
  return ours && `DocumentReference/${ours.id}`
}

/** After a write nothing may be thrown: what cannot be read back is unknown, never "not filed". */
const readBack = (ehr: Ehr, filed: Filed) => lookFor(ehr, filed).catch(leftAlone)

/** Planning is over: sets our Appointment to fulfilled, if it is as it was read. `left` says that the EHR did not take it. */
export async function fulfil(ehr: Ehr, launch: Launch, { visit }: Filed): Promise<'fulfilled' | 'left'> {
  if (!covers(launch.tokens.scope, 'Appointment', 'u')) return 'left'
  const kept = await ehr.read('Appointment', visit.appointment).catch(leftAlone)
  if (kept === undefined) return 'left'
  const { resource, etag } = kept
  if (resource.status === 'fulfilled') return 'fulfilled'
  if (!['booked', 'arrived', 'checked-in'].includes(resource.status)) return 'left'
  const body = { ...resource, status: 'fulfilled' }
  const path = `Appointment/${visit.appointment}`
  const sent = await ehr
    .write({ method: 'PUT', path, body, ...(etag === undefined ? {} : { ifMatch: etag }) })
    .catch(leftAlone)
  return sent?.outcome === 'written' ? 'fulfilled' : 'left'
}

/** The Appointment comes after the note and alone: nothing about it may undo a filing. */
function leftAlone(cause: unknown): undefined {
  if (!(cause instanceof Refusal)) throw cause
  return undefined
}

const query = ({ system, value }: { system: string; value: string }) =>
  new URLSearchParams({ identifier: `${system}|${value}` }).toString()
