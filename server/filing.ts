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
  noteText,
} from './domain/chart.ts'
import { Refusal } from './domain/errors.ts'
import type { Ref } from './domain/ids.ts'
import { instantOf } from './domain/instant.ts'
import type { Launch } from './domain/launch.ts'
import type { NotFiled } from './domain/note.ts'
import { idOf, relative } from './domain/reference.ts'
import { covers } from './domain/scopes.ts'
import { type JoinWindow, opensAt } from './domain/visit.ts'
import { type Existing, type Place, placeOf, type Task } from './encounters.ts'
import { type Ehr, locationReference, type Resource, type Written } from './outside/ehr.ts'
import { Bundle } from './outside/resources.ts'

/** What became of one attempt. `encounter` is kept in the ledger, so that a second attempt makes no second one. */
export type Attempt =
  | {
      readonly outcome: 'filed'
      readonly documentReference: Ref<'DocumentReference'>
      readonly encounter?: Ref<'Encounter'>
    }
  | { readonly outcome: 'unknown'; readonly encounter?: Ref<'Encounter'> }
  | { readonly outcome: 'not-filed'; readonly why: NotFiled; readonly encounter?: Ref<'Encounter'> }

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

const newEncounter = 'urn:uuid:7d0c1f0e-0b1e-4b59-9d7c-6a3a2b0f5a01'

/** FHIR R4, 3.1.0.11: all or nothing; If-None-Exist keeps a repeated one from making a second note. */
async function inTransaction(task: Task, place: Exclude<Place, { encounter: 'none' }>): Promise<Attempt | 'refused'> {
  const { ehr, filed } = task
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
  return (await answered(task, sent.body, place)) ?? { outcome: 'unknown', ...encounter }
}

function encounterEntries(filed: Filed, place: Exclude<Place, { encounter: 'none' }>) {
  if (place.encounter === 'new') {
    const request = { method: 'POST', url: 'Encounter', ifNoneExist: query(encounterIdentifier(filed)) }
    return [{ fullUrl: newEncounter, resource: encounterOf(filed), request }]
  }
  // Without an ETag nothing says that it is still as it was read: then it is left as it is.
  if (place.ours?.etag === undefined) return []
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
  task: Task,
  body: unknown,
  place: Exclude<Place, { encounter: 'none' }>,
): Promise<Attempt | undefined> {
  const bundle = Bundle.safeParse(body)
  const entries = bundle.success ? (bundle.data.entry ?? []) : []
  const made = (type: string) => entries.flatMap((e) => locationReference(e.response?.location ?? '', type) ?? [])[0]
  const encounter = place.encounter === 'existing' ? place.ref : (made('Encounter') as Ref<'Encounter'> | undefined) // sound: of that type
  const documentReference =
    (made('DocumentReference') as Ref<'DocumentReference'> | undefined) ?? (await readBack(task)) // sound: of that type
  return documentReference && { outcome: 'filed', documentReference, ...(encounter ? { encounter } : {}) }
}

async function oneByOne(task: Task, place: Place): Promise<Attempt> {
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
  if (sent.outcome === 'refused' && 'refused' in settled) return { outcome: 'not-filed', why: 'encounter-refused' }
  if (sent.outcome !== 'written') return { ...failed(sent), ...kept }
  const reference = (sent.reference as Ref<'DocumentReference'> | undefined) ?? (await readBack(task)) // sound: of that type
  return reference ? { outcome: 'filed', documentReference: reference, ...kept } : { outcome: 'unknown', ...kept }
}

/** The Encounter first. An EHR that refuses to make one may still take the note without (`refused`). */
async function settle(
  { ehr, filed }: Task,
  place: Place,
): Promise<{ encounter?: Ref<'Encounter'>; refused?: true } | Attempt> {
  if (place.encounter === 'none') return {}
  if (place.encounter === 'existing') {
    // Bringing it to its end is a courtesy: the note goes on whatever the EHR says to it.
    if (place.ours?.etag !== undefined) await ehr.write(endingOf(place.ref, place.ours, filed))
    return { encounter: place.ref }
  }
  const body = encounterOf(filed)
  const sent = await ehr.write({
    method: 'POST',
    path: 'Encounter',
    body,
    ifNoneExist: query(encounterIdentifier(filed)),
  })
  if (sent.outcome === 'refused' && sent.status !== 401) return { refused: true }
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

/** A note of ours as the EHR has it, with the Encounter it stands under. */
type Found = { readonly documentReference: Ref<'DocumentReference'>; readonly encounter?: Ref<'Encounter'> }

function asFound({ launch }: Task, { id, context }: Resource<'DocumentReference'>): Found {
  const encounter = relative(launch.iss, context?.encounter?.[0]?.reference ?? '')
  const under = encounter?.startsWith('Encounter/') ? { encounter: `Encounter/${idOf(encounter)}` as const } : {}
  return { documentReference: `DocumentReference/${id}`, ...under }
}

/**
 * The note as the EHR has it: by our identifier, else by its text among the patient's documents. `absent` is said only after the
 * second look (a server may drop identifiers it was given), `cannot-tell` where that look is not to be had. Refuses as `Ehr.search` does.
 */
export async function lookFor(task: Task): Promise<Found | 'absent' | 'cannot-tell'> {
  const { ehr, filed, capability } = task
  const { system, value } = noteIdentifier(filed)
  const isOurs = (d: Resource<'DocumentReference'>) =>
    d.identifier?.some((i) => i.system === system && i.value === value)
  if (capability.searches('DocumentReference', 'identifier')) {
    const found = (await ehr.search('DocumentReference', [['identifier', `${system}|${value}`]])).find(isOurs)
    if (found) return asFound(task, found)
  }
  if (!capability.searches('DocumentReference', 'patient')) return 'cannot-tell'
  const kept = await ehr.search('DocumentReference', [['patient', filed.visit.patient]])
  const data = Buffer.from(noteText(filed), 'utf8').toString('base64')
  // One that bears the mark of another of our notes is that one, though it says the same to the letter.
  const isAnother = (d: Resource<'DocumentReference'>) => !isOurs(d) && d.identifier?.some((i) => i.system === system)
  const isSame = (d: Resource<'DocumentReference'>) => d.content.some((c) => c.attachment.data === data)
  const found = kept.find((d) => d.status === 'current' && !isAnother(d) && (isOurs(d) || isSame(d)))
  if (found) return asFound(task, found)
  // A text kept elsewhere (as a Binary) cannot be compared here: it may be ours.
  return kept.some((d) => d.content.every((c) => c.attachment.data === undefined)) ? 'cannot-tell' : 'absent'
}

/** After a write nothing may be thrown: what cannot be read back is unknown, never "not filed". */
async function readBack(task: Task): Promise<Ref<'DocumentReference'> | undefined> {
  const found = await lookFor(task).catch(leftAlone)
  return typeof found === 'object' ? found.documentReference : undefined
}

/** Planning is over: sets our Appointment to fulfilled, if it is as it was read. `left` says that the EHR did not take it. */
export async function fulfil(
  ehr: Ehr,
  launch: Launch,
  { visit }: Filed,
  window: JoinWindow,
): Promise<'fulfilled' | 'left'> {
  // Moved away while the visit was under way, the Appointment is another visit's now.
  if (visit.startedAt < opensAt(visit, window)) return 'left'
  if (!covers(launch.tokens.scope, 'Appointment', 'u')) return 'left'
  const kept = await ehr.read('Appointment', visit.appointment).catch(leftAlone)
  if (kept === undefined) return 'left'
  const { resource, etag } = kept
  // Moved to another day it is another visit's; without an ETag nothing says that it is still as it was read.
  if (etag === undefined || instantOf(resource.start ?? '') !== visit.start) return 'left'
  if (resource.status === 'fulfilled') return 'fulfilled'
  if (!['booked', 'arrived', 'checked-in'].includes(resource.status)) return 'left'
  const body = { ...resource, status: 'fulfilled' }
  const path = `Appointment/${visit.appointment}`
  const sent = await ehr.write({ method: 'PUT', path, body, ifMatch: etag })
  return sent.outcome === 'written' ? 'fulfilled' : 'left'
}

/** The Appointment comes after the note and alone: nothing about it may undo a filing. */
function leftAlone(cause: unknown): undefined {
  if (!(cause instanceof Refusal)) throw cause
  return undefined
}

const query = ({ system, value }: { system: string; value: string }) =>
  new URLSearchParams({ identifier: `${system}|${value}` }).toString()
