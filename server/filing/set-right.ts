// A note that is in the chart, though something about its sending went otherwise: the Encounter it names may never have come to be. Says
// under which Encounter it truly stands; takes a name that leads nowhere out of it, or the note back where the clinic wants none without.

import { may } from '../domain/ehr/capability.ts'
import { idOf, locationReference, relative } from '../domain/ehr/reference.ts'
import { leftAlone, Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { Instant, Ref } from '../domain/ids.ts'
import { withoutMark } from '../domain/note/fhir.ts'
import { encounterIn } from '../domain/note/ledger.ts'
import type { Resource, Versioned } from '../outside/ehr/ehr.ts'
import { findNote } from './find-note.ts'
import { type Attempt, mayStandAlone, type NotWritten, notWritten } from './sent.ts'
import type { Task } from './task.ts'
import { updated } from './updated.ts'

type Note = Resource<'DocumentReference'>
type FiledNote = Extract<Attempt, { outcome: 'filed' }>

/** What is known of the Encounter: that it was made, or is there; that it was refused; or neither. */
export type First = { readonly encounter?: Ref<'Encounter'>; readonly refused?: true }

/** What the note in the chart is, once it is as it should be; `unknown` where that cannot be read. */
export async function setRight(
  task: Task,
  documentReference: Ref<'DocumentReference'>,
  { encounter: known, refused }: First,
): Promise<Attempt> {
  const filed: FiledNote = { outcome: 'filed', documentReference }
  const doubtful: Attempt = { outcome: 'unknown', ...given({ encounter: known }) }
  const kept = await task.ehr.read('DocumentReference', idOf(documentReference)).catch(leftAlone)
  if (kept === undefined) return doubtful
  const named = encounterNamed(task, kept.resource)
  if (named === undefined && !refused) return filed
  if (named === undefined) return mayStandAlone(task) ? filed : takenBack(task, kept, filed)
  if (named !== 'nowhere') {
    if (named === known) return { ...filed, encounter: named }
    const standing = await isThere(task, named)
    if (standing === 'there') return { ...filed, encounter: named }
    if (standing === 'untold') return doubtful
    // Not for these eyes: where nobody said that it was refused, it may well be there.
    if (standing === 'unseen' && !refused) return filed
  }
  return mayStandAlone(task) ? unlinked(task, kept, filed) : takenBack(task, kept, filed)
}

/** An EHR that calls our note a duplicate has it, or one like it: the chart itself tells which. */
export async function duplicateOrNotWritten(
  task: Task,
  sent: NotWritten,
  first: First,
  now: () => Instant,
): Promise<Attempt> {
  const under = encounterIn(first)
  if (sent.outcome !== 'refused' || sent.reason !== 'duplicate') return { ...notWritten(sent, now), ...under }
  const found = await findNote(task).catch(leftAlone)
  if (typeof found === 'object') return setRight(task, found.documentReference, first)
  return { ...(found === 'absent' ? notWritten(sent, now) : { outcome: 'unknown' }), ...under }
}

/** The Encounter a note names; `nowhere` for a placeholder that nobody replaced. */
export function encounterNamed(
  { launch }: Pick<Task, 'launch'>,
  { context }: Note,
): Ref<'Encounter'> | 'nowhere' | undefined {
  const reference = context?.encounter?.[0]?.reference
  if (reference === undefined) return undefined
  const own = relative(launch.iss, reference) ?? locationReference(reference, 'Encounter')
  return own?.startsWith('Encounter/') ? `Encounter/${idOf(own)}` : 'nowhere'
}

/** `unseen`: the EHR does not let this person look. `untold`: it did not answer. */
async function isThere({ ehr }: Task, encounter: Ref<'Encounter'>): Promise<'there' | 'gone' | 'unseen' | 'untold'> {
  try {
    return (await ehr.read('Encounter', idOf(encounter))) === undefined ? 'gone' : 'there'
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    return cause.code === 'ehr-refused' ? 'unseen' : 'untold'
  }
}

/** Names no Encounter any more. Where the EHR does not take that, the note is `astray`. */
async function unlinked(task: Task, kept: Versioned<'DocumentReference'>, filed: FiledNote): Promise<Attempt> {
  const { context, ...rest } = kept.resource
  const { encounter: _encounter, ...others } = context ?? {}
  const now = await changed(task, kept, Object.keys(others).length === 0 ? rest : { ...rest, context: others })
  return now !== undefined && encounterNamed(task, now) === undefined ? filed : { ...filed, astray: true }
}

/** Marked as a mistake, and without our mark: the next attempt makes a note of its own. */
async function takenBack(task: Task, kept: Versioned<'DocumentReference'>, filed: FiledNote): Promise<Attempt> {
  const now = await changed(task, kept, withoutMark({ ...kept.resource, status: 'entered-in-error' }, task.forChart))
  const isBack = now?.status === 'entered-in-error'
  return isBack ? { outcome: 'not-filed', why: 'encounter-refused' } : { ...filed, astray: true }
}

async function changed(task: Task, kept: Versioned<'DocumentReference'>, body: object): Promise<Note | undefined> {
  const { etag } = kept
  if (etag === undefined || !may(task.profile, 'updateNotes')) return undefined
  return (await updated(task.ehr, 'DocumentReference', { ...kept, etag }, { method: 'PUT', body })).now
}
