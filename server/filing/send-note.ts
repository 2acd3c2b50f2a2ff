// How one text goes into one EHR: the Encounter it belongs to, then the note, in one transaction where the server has them.
// Sends each thing once and says what is known of it. The outcome is data for the ledger.

import type { FhirResource } from 'fhir/r4'
import { may } from '../domain/ehr/capability.ts'
import { idOf, locationReference } from '../domain/ehr/reference.ts'
import { given } from '../domain/given.ts'
import type { Instant, Ref } from '../domain/ids.ts'
import { plus } from '../domain/instant.ts'
import type { Reason } from '../domain/note/ehr-refusal.ts'
import {
  documentReferenceOf,
  documentReferenceOnto,
  encounterFinished,
  encounterIdentifier,
  noteIdentifier,
} from '../domain/note/fhir.ts'
import { type Borrowed, encounterIn, type NotFiled } from '../domain/note/ledger.ts'
import type { Versioned, Written } from '../outside/ehr/ehr.ts'
import { Bundle } from '../outside/ehr/resources.ts'
import { findEncounter, type NoteEncounter } from './find-encounter.ts'
import { findNote, isStillOurs, leftAlone, readBack } from './find-note.ts'
import type { Existing } from './look-for-encounter.ts'
import { patiently, type Task } from './task.ts'

/** What became of one attempt. `encounter` is kept in the ledger, so that a second attempt makes no second one. */
export type Attempt = { readonly encounter?: Ref<'Encounter'> } & (
  | { readonly outcome: 'filed'; readonly documentReference: Ref<'DocumentReference'>; readonly borrowed?: Borrowed }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'not-filed'; readonly why: NotFiled; readonly code?: string; readonly retryAt?: Instant }
)

/** Files once. `earlierEncounter` is the Encounter an earlier attempt made or found; `now` dates `retryAt`. */
export async function sendNote(
  task: Task,
  earlierEncounter: Ref<'Encounter'> | undefined,
  now: () => Instant,
): Promise<Attempt> {
  const { profile, target, organisation } = task
  if (profile.verdicts.fileNotes === 'not-granted') return { outcome: 'not-filed', why: 'scope-missing' }
  if (!may(profile, 'fileNotes')) return { outcome: 'not-filed', why: 'not-offered' }
  if (target.how === 'update') {
    const current = await task.ehr.read('DocumentReference', idOf(target.ref))
    // Taken out of the chart, or a draft that was withdrawn there: what is sent now is a note of its own.
    const isGone = current === undefined || (target.isDraft && current.resource.status !== 'current')
    if (!isGone)
      return isStillOurs(task, target.was, current.resource)
        ? updateInChart(task, current, earlierEncounter, now)
        : changedInChart
  }
  const place = await findEncounter(task, earlierEncounter)
  // Epic takes no note without an Encounter: asking it to would only be refused.
  const mayStandAlone = organisation.policies.notesWithoutEncounter && profile.kind !== 'epic'
  if (place.encounter === 'none' && !mayStandAlone)
    return { outcome: 'not-filed', why: place.unseen ? 'ehr-failed' : 'no-encounter' }
  return withBorrowed(place, await sendTo(task, place, now))
}

async function sendTo(task: Task, place: NoteEncounter, now: () => Instant): Promise<Attempt> {
  if (may(task.profile, 'transaction') && place.encounter !== 'none') {
    const together = await inTransaction(task, place, now)
    // A refused transaction wrote nothing (FHIR R4, 3.1.0.11.2): then one after the other, so that the note is not lost with it.
    if (together !== 'refused') return together
  }
  return oneByOne(task, place, now)
}

/** Of a note that arrived: whether its Encounter is the visit's own. */
function withBorrowed(place: NoteEncounter, attempt: Attempt): Attempt {
  if (attempt.outcome !== 'filed' || place.encounter !== 'existing' || attempt.encounter !== place.ref) return attempt
  return { ...attempt, ...given({ borrowed: place.borrowed }) }
}

/** Somebody has been at work on it in the chart: nothing of theirs is written over, and what they took back stays so. */
const changedInChart: Attempt = { outcome: 'not-filed', why: 'ehr-conflict' }

/** A new version of a note that is in the chart, if it is still as it was read. */
async function updateInChart(
  task: Task,
  current: Versioned<'DocumentReference'>,
  encounter: Ref<'Encounter'> | undefined,
  now: () => Instant,
): Promise<Attempt> {
  // Without an ETag nothing says that it is still as it was read.
  if (current.etag === undefined) return changedInChart
  const body = documentReferenceOnto(current.resource, task.forChart)
  const ref = `DocumentReference/${current.resource.id}` as const
  const sent = await patiently(task, { method: 'PUT', path: ref, body, ifMatch: current.etag })
  const under = given({ encounter })
  return sent.outcome === 'written' ? { outcome: 'filed', documentReference: ref, ...under } : notWritten(sent, now)
}

const newEncounter = 'urn:uuid:7d0c1f0e-0b1e-4b59-9d7c-6a3a2b0f5a01'

type InOne = Exclude<NoteEncounter, { encounter: 'none' }>

/** FHIR R4, 3.1.0.11: all or nothing; If-None-Exist keeps a repeated one from making a second note. */
async function inTransaction(task: Task, place: InOne, now: () => Instant): Promise<Attempt | 'refused'> {
  const encounter = place.encounter === 'new' ? newEncounter : place.ref
  const entry = [...encounterEntries(task, place), noteEntry(task, encounter)]
  const sent = await patiently(task, {
    method: 'POST',
    path: '',
    body: { resourceType: 'Bundle', type: 'transaction', entry },
  })
  if (sent.outcome === 'refused' && sent.reason !== 'signed-out' && sent.reason !== 'duplicate') return 'refused'
  const under = place.encounter === 'existing' ? { encounter: place.ref } : {}
  if (sent.outcome !== 'written') return { ...(await duplicateOrNotWritten(task, sent, now)), ...under }
  return (await filedByAnswer(task, sent.body, place)) ?? { outcome: 'unknown', ...under }
}

function encounterEntries(task: Task, place: InOne) {
  const { forChart, profile } = task
  if (place.encounter === 'new') {
    const request = { method: 'POST', url: 'Encounter', ...unlessThere(task, encounterIdentifier(forChart)) }
    return [{ fullUrl: newEncounter, resource: place.body, request }]
  }
  // Without an ETag nothing says that it is still as it was read: then it is left as it is.
  if (place.ours?.etag === undefined || !may(profile, 'finishEncounters')) return []
  const { resource, etag } = place.ours
  return [
    { resource: encounterFinished(resource, forChart), request: { method: 'PUT', url: place.ref, ifMatch: etag } },
  ]
}

const noteEntry = (task: Task, encounter: string) => ({
  fullUrl: 'urn:uuid:7d0c1f0e-0b1e-4b59-9d7c-6a3a2b0f5a02',
  resource: noteOf(task, encounter) as FhirResource,
  request: { method: 'POST', url: 'DocumentReference', ...unlessThere(task, noteIdentifier(task.forChart)) },
})

const noteOf = ({ forChart, target }: Task, encounter: string | undefined) =>
  documentReferenceOf(forChart, {
    ...given({ encounter }),
    ...(target.how === 'replace' ? { replaces: target.ref } : {}),
  })

/** The ids out of a transaction's answer, or by reading back: never "filed" without an id. */
async function filedByAnswer(task: Task, body: unknown, place: InOne): Promise<Attempt | undefined> {
  const bundle = Bundle.safeParse(body)
  const entries = bundle.success ? (bundle.data.entry ?? []) : []
  const made = (type: string) => entries.flatMap((e) => locationReference(e.response?.location ?? '', type) ?? [])[0]
  const encounter = place.encounter === 'existing' ? place.ref : (made('Encounter') as Ref<'Encounter'> | undefined) // sound: of that type
  const documentReference =
    (made('DocumentReference') as Ref<'DocumentReference'> | undefined) ?? (await readBack(task)) // sound: of that type
  return documentReference && { outcome: 'filed', documentReference, ...(encounter ? { encounter } : {}) }
}

async function oneByOne(task: Task, place: NoteEncounter, now: () => Instant): Promise<Attempt> {
  const first = await encounterFirst(task, place, now)
  if ('outcome' in first) return first
  const { encounter } = first
  const refused = 'refused' in first
  // Where a note may not stand alone, an Encounter that was refused ends it here.
  if (refused && !task.organisation.policies.notesWithoutEncounter)
    return { outcome: 'not-filed', why: 'encounter-refused' }
  const sent = await patiently(task, {
    method: 'POST',
    path: 'DocumentReference',
    body: noteOf(task, encounter),
    ...unlessThere(task, noteIdentifier(task.forChart)),
  })
  const under = encounterIn(first)
  if (refused && refusedForLackOfEncounter(sent)) return { outcome: 'not-filed', why: 'encounter-refused' }
  if (sent.outcome !== 'written') return { ...(await duplicateOrNotWritten(task, sent, now)), ...under }
  const reference = (sent.reference as Ref<'DocumentReference'> | undefined) ?? (await readBack(task)) // sound: of that type
  return reference ? { outcome: 'filed', documentReference: reference, ...under } : { outcome: 'unknown', ...under }
}

/** Nothing is said of the note itself, in a number or in so many words: then it was the Encounter that was missing. */
const refusedForLackOfEncounter = (sent: Written): boolean =>
  sent.outcome === 'refused' && sent.code === undefined && !['duplicate', 'limit', 'signed-out'].includes(sent.reason)

/** The Encounter, before the note. An EHR that refuses to make one may still take the note without (`refused`). */
async function encounterFirst(
  task: Task,
  place: NoteEncounter,
  now: () => Instant,
): Promise<{ encounter?: Ref<'Encounter'>; refused?: true } | Attempt> {
  const { ehr, forChart, profile } = task
  if (place.encounter === 'none') return {}
  if (place.encounter === 'existing') {
    // Bringing it to its end is a courtesy: the note goes on whatever the EHR says to it.
    if (place.ours?.etag !== undefined && may(profile, 'finishEncounters'))
      await ehr.write(endingOf(task, place.ref, place.ours, place.ours.etag))
    return { encounter: place.ref }
  }
  const identifier = encounterIdentifier(forChart)
  const sent = await patiently(task, {
    method: 'POST',
    path: 'Encounter',
    body: place.body,
    ...unlessThere(task, identifier),
  })
  if (sent.outcome === 'refused' && sent.reason !== 'signed-out') return { refused: true }
  if (sent.outcome !== 'written') return notWritten(sent, now)
  const made = sent.reference as Ref<'Encounter'> | undefined // sound: of that type
  if (made === undefined) return { outcome: 'unknown' }
  await task.keepEncounter(made)
  return { encounter: made }
}

const endingOf = ({ forChart }: Task, ref: Ref, { resource }: Existing, ifMatch: string) =>
  ({ method: 'PUT', path: ref, body: encounterFinished(resource, forChart), ifMatch }) as const

/** A server that does not know If-None-Exist ignores it, and one may even refuse it: it is sent where it is listed. */
const unlessThere = ({ profile }: Task, identifier: { system: string; value: string }) =>
  may(profile, 'conditionalCreate') ? { ifNoneExist: query(identifier) } : {}

type NotWritten = Exclude<Written, { outcome: 'written' }>

/** An EHR that calls our note a duplicate has it, or one like it: the chart itself tells which. */
async function duplicateOrNotWritten(task: Task, sent: NotWritten, now: () => Instant): Promise<Attempt> {
  if (sent.outcome !== 'refused' || sent.reason !== 'duplicate') return notWritten(sent, now)
  const found = await findNote(task).catch(leftAlone)
  if (typeof found === 'object') return { outcome: 'filed', ...found }
  return found === 'absent' ? notWritten(sent, now) : { outcome: 'unknown' }
}

function notWritten(sent: NotWritten, now: () => Instant): Attempt {
  if (sent.outcome === 'unknown') return { outcome: 'unknown' }
  if (sent.outcome === 'not-sent') return { outcome: 'not-filed', why: 'ehr-unreachable' }
  if (sent.outcome === 'busy') return busyUntil(sent.seconds, now)
  return { outcome: 'not-filed', why: whys[sent.reason], ...given({ code: sent.code }) }
}

/** It said so several times by now: however soon it would have us back, it gets half a minute. */
export function busyUntil(seconds: number | undefined, now: () => Instant): Attempt {
  const retryAt = seconds === undefined ? undefined : plus(now(), Math.max(seconds, 30))
  return { outcome: 'not-filed', why: 'ehr-busy', ...given({ retryAt }) }
}

const whys: Readonly<Record<Reason, NotFiled>> = {
  'signed-out': 'sign-in-ended',
  policy: 'ehr-policy',
  limit: 'ehr-limit',
  duplicate: 'ehr-refused',
  conflict: 'ehr-conflict',
  invalid: 'ehr-invalid',
  'not-supported': 'not-offered',
  refused: 'ehr-refused',
}

const query = ({ system, value }: { system: string; value: string }) =>
  new URLSearchParams({ identifier: `${system}|${value}` }).toString()
