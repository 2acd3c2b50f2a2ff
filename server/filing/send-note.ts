// How one text goes into one EHR: the Encounter it belongs to, then the note, in one transaction where the server has them.
// Sends each thing once and says what is known of it. The outcome is data for the ledger.

import { may } from '../domain/ehr/capability.ts'
import { idOf, relative } from '../domain/ehr/reference.ts'
import { given } from '../domain/given.ts'
import type { Instant, Ref } from '../domain/ids.ts'
import { documentReferenceOnto, encounterIdentifier, noteIdentifier } from '../domain/note/fhir.ts'
import { encounterFinished } from '../domain/note/fhir-encounter.ts'
import { encounterIn } from '../domain/note/ledger.ts'
import type { Resource, Versioned, Write, Written } from '../outside/ehr/ehr.ts'
import { findEncounter, type NoteEncounter } from './find-encounter.ts'
import { isAsSent, isStillOurs, readBack } from './find-note.ts'
import { type Attempt, changedInChart, isTakenBack, mayStandAlone, noteOf, notWritten, unlessThere } from './sent.ts'
import { duplicateOrNotWritten, type First } from './set-right.ts'
import { patiently, type Task } from './task.ts'
import { sentTogether } from './together.ts'
import { updated } from './updated.ts'

/** Files once. `earlierEncounter` is the Encounter an earlier attempt made or found; `now` dates `retryAt`. */
export async function sendNote(
  task: Task,
  earlierEncounter: Ref<'Encounter'> | undefined,
  now: () => Instant,
): Promise<Attempt> {
  const { profile, target } = task
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
  if (place.encounter === 'none' && !mayStandAlone(task))
    return { outcome: 'not-filed', why: place.unseen ? 'ehr-failed' : 'no-encounter' }
  return withBorrowed(place, await sendTo(task, place, now))
}

async function sendTo(task: Task, place: NoteEncounter, now: () => Instant): Promise<Attempt> {
  if (may(task.profile, 'transaction') && place.encounter !== 'none') {
    const together = await sentTogether(task, place, now)
    // A refused transaction wrote nothing (FHIR R4, 3.1.0.11.2): then one after the other, so that the note is not lost with it.
    if (together !== 'refused') return 'first' in together ? noteAfter(task, together.first, now) : together
  }
  return oneByOne(task, place, now)
}

/** Of a note that arrived: whether its Encounter is the visit's own. */
function withBorrowed(place: NoteEncounter, attempt: Attempt): Attempt {
  if (attempt.outcome !== 'filed' || place.encounter !== 'existing' || attempt.encounter !== place.ref) return attempt
  return { ...attempt, ...given({ borrowed: place.borrowed }) }
}

/** A new version of a note that is in the chart, if it is still as it was read. */
async function updateInChart(
  task: Task,
  current: Versioned<'DocumentReference'>,
  encounter: Ref<'Encounter'> | undefined,
  now: () => Instant,
): Promise<Attempt> {
  const { etag } = current
  // Without an ETag nothing says that it is still as it was read.
  if (etag === undefined) return changedInChart
  const change = {
    method: 'PUT',
    body: documentReferenceOnto(underPatient(task, current.resource), task.forChart),
  } as const
  const sending = { read: task.ehr.read, write: (write: Write) => patiently(task, write) }
  const became = await updated(sending, 'DocumentReference', { ...current, etag }, change)
  const under = given({ encounter })
  const filed = { outcome: 'filed', documentReference: `DocumentReference/${current.resource.id}`, ...under } as const
  const { sent, now: there } = became
  // A lost answer is lost: the next attempt looks, and settles whatever else hangs on it.
  if (sent.outcome !== 'written') return notWritten(sent, now)
  if (there !== undefined && isAsSent(task, there)) return filed
  // What the answer itself shows is as it is. What was only looked for may still come.
  return became.by === 'answer'
    ? { outcome: 'not-filed', why: 'ehr-refused', ...under }
    : { outcome: 'unknown', ...under }
}

/** A note under a record that was replaced meanwhile goes with its new version to the one that took its place. */
function underPatient({ launch, forChart: { visit } }: Task, note: Resource<'DocumentReference'>) {
  const isThere = relative(launch.iss, note.subject?.reference ?? '') === visit.patient
  return isThere ? note : { ...note, subject: { reference: visit.patient } }
}

async function oneByOne(task: Task, place: NoteEncounter, now: () => Instant): Promise<Attempt> {
  const first = await encounterFirst(task, place, now)
  return 'outcome' in first ? first : noteAfter(task, first, now)
}

/** The note by itself, under the Encounter there is. */
async function noteAfter(task: Task, first: First, now: () => Instant): Promise<Attempt> {
  const { encounter, refused } = first
  // Where a note may not stand alone, an Encounter that was refused ends it here.
  if (refused && !mayStandAlone(task)) return { outcome: 'not-filed', why: 'encounter-refused' }
  const sent = await patiently(task, {
    method: 'POST',
    path: 'DocumentReference',
    body: noteOf(task, encounter),
    ...unlessThere(task, noteIdentifier(task.forChart)),
  })
  const under = encounterIn(first)
  if (refused && refusedForLackOfEncounter(sent)) return { outcome: 'not-filed', why: 'encounter-refused' }
  if (sent.outcome !== 'written') return duplicateOrNotWritten(task, sent, first, now)
  const reference = (sent.reference as Ref<'DocumentReference'> | undefined) ?? (await readBack(task)) // sound: of that type
  if (reference && isTakenBack(sent.body, reference)) return changedInChart
  return reference ? { outcome: 'filed', documentReference: reference, ...under } : { outcome: 'unknown', ...under }
}

/** Nothing is said of the note itself, in a number or in so many words: then it was the Encounter that was missing. */
const refusedForLackOfEncounter = (sent: Written): boolean =>
  sent.outcome === 'refused' && sent.code === undefined && !['duplicate', 'limit', 'signed-out'].includes(sent.reason)

/** The Encounter, before the note. An EHR that refuses to make one may still take the note without (`refused`). */
async function encounterFirst(task: Task, place: NoteEncounter, now: () => Instant): Promise<First | Attempt> {
  const { forChart, profile } = task
  if (place.encounter === 'none') return {}
  if (place.encounter === 'existing') {
    // Bringing it to its end is a courtesy: the note goes on whatever the EHR says to it.
    if (place.ours?.etag !== undefined && may(profile, 'finishEncounters'))
      await finish(task, { ...place.ours, etag: place.ours.etag })
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

const finish = ({ ehr, forChart }: Task, ours: Versioned<'Encounter'> & { readonly etag: string }) =>
  updated(ehr, 'Encounter', ours, { method: 'PUT', body: encounterFinished(ours.resource, forChart) })
