// The Encounter and its note in one transaction. Some servers answer a transaction as a batch, 200 whatever became of its entries: so each
// entry's own status decides, and such a server gets one after the other from then on.
// Refuses to call a note filed under an Encounter that was refused, and to send again what may be there.

import { may } from '../domain/ehr/capability.ts'
import { idOf } from '../domain/ehr/reference.ts'
import { leftAlone } from '../domain/errors.ts'
import type { Instant, Ref } from '../domain/ids.ts'
import { encounterIdentifier, noteIdentifier } from '../domain/note/fhir.ts'
import { encounterFinished } from '../domain/note/fhir-encounter.ts'
import { encounterIn } from '../domain/note/ledger.ts'
import { type EntriesWritten, entriesWritten, resourceIn, type Written } from '../outside/ehr/ehr.ts'
import type { NoteEncounter } from './find-encounter.ts'
import { findNote, readBack } from './find-note.ts'
import { type Attempt, changedInChart, isTakenBack, mayStandAlone, noteOf, notWritten, unlessThere } from './sent.ts'
import { duplicateOrNotWritten, encounterNamed, type First, setRight } from './set-right.ts'
import { patiently, type Task } from './task.ts'

const newEncounter = 'urn:uuid:7d0c1f0e-0b1e-4b59-9d7c-6a3a2b0f5a01'

type InOne = Exclude<NoteEncounter, { encounter: 'none' }>

/** `first`: what is known of the Encounter; the note was certainly not taken, and is worth sending by itself. */
export type Together = Attempt | { readonly first: First } | 'refused'

/** FHIR R4, 3.1.0.11: all or nothing; If-None-Exist keeps a repeated one from making a second note. `refused`: nothing was kept. */
export async function sentTogether(task: Task, place: InOne, now: () => Instant): Promise<Together> {
  const encounter = place.encounter === 'new' ? newEncounter : place.ref
  const entry = [...encounterEntries(task, place), noteEntry(task, encounter)]
  const sent = await patiently(task, {
    method: 'POST',
    path: '',
    body: { resourceType: 'Bundle', type: 'transaction', entry },
  })
  if (sent.outcome === 'refused' && sent.reason !== 'signed-out' && sent.reason !== 'duplicate') return 'refused'
  const under = place.encounter === 'existing' ? { encounter: place.ref } : {}
  if (sent.outcome !== 'written') return duplicateOrNotWritten(task, sent, under, now)
  const asked = entry.map(({ request: { url, ...request } }) => ({ ...request, path: url }))
  const answered = entriesWritten(sent.body, asked)
  if (answered.apart) task.foundApart()
  const first = place.encounter === 'new' ? firstOf(answered.each[0]) : under
  return entryByEntry(task, answered, first, now)
}

function encounterEntries(task: Task, place: InOne) {
  const { forChart, profile } = task
  if (place.encounter === 'new') {
    const request = { method: 'POST', url: 'Encounter', ...unlessThere(task, encounterIdentifier(forChart)) } as const
    return [{ fullUrl: newEncounter, resource: place.body, request }]
  }
  // Without an ETag nothing says that it is still as it was read: then it is left as it is.
  if (place.ours?.etag === undefined || !may(profile, 'finishEncounters')) return []
  const { resource, etag } = place.ours
  const request = { method: 'PUT', url: place.ref, ifMatch: etag } as const
  return [{ resource: encounterFinished(resource, forChart), request }]
}

const noteEntry = (task: Task, encounter: string) => ({
  fullUrl: 'urn:uuid:7d0c1f0e-0b1e-4b59-9d7c-6a3a2b0f5a02',
  resource: noteOf(task, encounter),
  request: { method: 'POST', url: 'DocumentReference', ...unlessThere(task, noteIdentifier(task.forChart)) } as const,
})

function firstOf(sent: Written | undefined): First {
  if (sent?.outcome === 'refused') return { refused: true }
  const made = sent?.outcome === 'written' ? (sent.reference as Ref<'Encounter'> | undefined) : undefined // sound: of that type
  return made === undefined ? {} : { encounter: made }
}

async function entryByEntry(
  task: Task,
  { each, certain }: EntriesWritten,
  first: First,
  now: () => Instant,
): Promise<Together> {
  const note = each.at(-1) ?? { outcome: 'unknown' }
  if (note.outcome === 'written') return taken(task, note, first)
  if (first.encounter !== undefined) await task.keepEncounter(first.encounter)
  if (note.outcome === 'unknown' || !certain) {
    // Of what was perhaps not said of the note, the chart itself tells.
    const found = await findNote(task).catch(leftAlone)
    if (typeof found === 'object') return setRight(task, found.documentReference, first)
    if (note.outcome === 'unknown' || found !== 'absent') return { outcome: 'unknown', ...encounterIn(first) }
  }
  return refusedEntry(task, note, { first, encounter: each[0] ?? note }, now)
}

/** The ids out of the answer, or by reading back: never "filed" without an id. */
async function taken(task: Task, note: Extract<Written, { outcome: 'written' }>, first: First): Promise<Attempt> {
  const reference = (note.reference as Ref<'DocumentReference'> | undefined) ?? (await readBack(task)) // sound: of that type
  if (reference === undefined) return { outcome: 'unknown', ...encounterIn(first) }
  if (isTakenBack(note.body, reference)) return { ...changedInChart, ...encounterIn(first) }
  const said = resourceIn('DocumentReference', note.body, idOf(reference))
  const named = said && encounterNamed(task, said)
  const agrees = first.encounter !== undefined && (named === undefined || named === first.encounter)
  return agrees
    ? { outcome: 'filed', documentReference: reference, ...encounterIn(first) }
    : setRight(task, reference, first)
}

type NotTaken = Extract<Written, { outcome: 'refused' | 'busy' | 'not-sent' }>

/** The note was certainly not taken. By itself it may be, where it was the other entry, or their being together, that it was refused for. */
async function refusedEntry(
  task: Task,
  note: NotTaken,
  { first, encounter }: { readonly first: First; readonly encounter: Written },
  now: () => Instant,
): Promise<Together> {
  if (note.outcome === 'refused' && note.reason === 'duplicate') return duplicateOrNotWritten(task, note, first, now)
  const isSignedOut = note.outcome === 'refused' && note.reason === 'signed-out'
  if (first.refused && !isSignedOut)
    return mayStandAlone(task) ? { first } : { outcome: 'not-filed', why: 'encounter-refused' }
  if (note.outcome === 'busy' && encounter.outcome === 'busy') return 'refused'
  const worthwhile = note.outcome === 'busy' || (note.outcome === 'refused' && ofTheBundle.has(note.reason))
  if (first.encounter !== undefined && worthwhile) return { first }
  return { ...notWritten(note, now), ...encounterIn(first) }
}

/** What may be said of a placeholder that was not understood, and not of the note. */
const ofTheBundle: ReadonlySet<string> = new Set(['invalid', 'not-supported', 'conflict', 'refused'])
