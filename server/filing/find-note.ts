// Looks for a note of ours in the chart: when nobody knows whether it arrived, and when the EHR took it without saying under which id.
// Refuses to say "absent" before it has looked everywhere it can.

import { idOf, relative } from '../domain/ehr/reference.ts'
import { Refusal } from '../domain/errors.ts'
import type { Ref } from '../domain/ids.ts'
import { instantOf } from '../domain/instant.ts'
import { noteData, noteIdentifier, saysTheSame } from '../domain/note/fhir.ts'
import type { Entry } from '../domain/note/ledger.ts'
import type { Resource } from '../outside/ehr/ehr.ts'
import type { Task } from './task.ts'

type Note = Resource<'DocumentReference'>

/** A note of ours as the EHR has it, with the Encounter it stands under. */
export type NoteInChart = {
  readonly documentReference: Ref<'DocumentReference'>
  readonly encounter?: Ref<'Encounter'>
}

/**
 * The note as the EHR has it: by our identifier, else by its text among the patient's documents; a new version of one is looked for in
 * that one first. `absent` is said only after the last look (a server may drop identifiers it was given), `cannot-tell` where a look is not to
 * be had. Refuses as `Ehr.search` does.
 */
export async function findNote(task: Task): Promise<NoteInChart | 'absent' | 'cannot-tell'> {
  const { forChart, target } = task
  if (target.how === 'update') {
    const there = await lookIn(task, target.ref)
    if (there !== 'gone') return there
  }
  const marked = await search(
    task,
    'identifier',
    `${noteIdentifier(forChart).system}|${noteIdentifier(forChart).value}`,
  )
  const found = marked === 'not-possible' ? undefined : marked.find((d) => isOurs(task, d) && d.status === 'current')
  if (found) return asNoteInChart(task, found)
  const documents = await search(task, 'patient', forChart.visit.patient)
  if (documents === 'not-possible') return 'cannot-tell'
  const same = documents.find(
    (d) => d.status === 'current' && (isOurs(task, d) || (isSame(task, d) && !isAnother(task, d))),
  )
  if (same) return asNoteInChart(task, same)
  // A text kept elsewhere (as a Binary) cannot be compared here: it may be ours.
  const unread = (d: Note) => d.content.every((c) => c.attachment.data === undefined)
  const doubtful = documents.some((d) => unread(d) || (mayBeOurs(task, d) && !isAnother(task, d)))
  return doubtful ? 'cannot-tell' : 'absent'
}

/** Whether the chart's document is still this patient's, current, and the text we sent: else somebody has been at work on it since. */
export function isStillOurs(
  { forChart, launch }: Task,
  was: Entry | undefined,
  { status, subject, content }: Note,
): boolean {
  const mine = relative(launch.iss, subject?.reference ?? '') === forChart.visit.patient
  const texts = content.flatMap(({ attachment }) => attachment.data ?? [])
  const said = was === undefined ? undefined : noteData({ ...forChart, note: was })
  const same = said === undefined || texts.length === 0 || texts.some((data) => saysTheSame(data, said))
  return status === 'current' && mine && same
}

/** After a write nothing may be thrown: what cannot be read back is unknown, never "not filed". */
export async function readBack(task: Task): Promise<Ref<'DocumentReference'> | undefined> {
  const found = await findNote(task).catch(leftAlone)
  return typeof found === 'object' ? found.documentReference : undefined
}

/** What is done besides the note may not undo its filing: a refusal of the EHR's is nothing, a fault of ours is one. */
export function leftAlone(cause: unknown): undefined {
  if (!(cause instanceof Refusal)) throw cause
  return undefined
}

/** `gone`: taken out of the chart or withdrawn there; the text may then have gone in as a note of its own. */
async function lookIn(
  task: Task,
  ref: Ref<'DocumentReference'>,
): Promise<NoteInChart | 'absent' | 'cannot-tell' | 'gone'> {
  const kept = await task.ehr.read('DocumentReference', idOf(ref))
  if (kept === undefined) return 'gone'
  const { resource } = kept
  if (resource.content.every((c) => c.attachment.data === undefined) && !isOurs(task, resource)) return 'cannot-tell'
  const there = isOurs(task, resource) || isSame(task, resource)
  // Where the EHR says nothing of it, the text alone tells a signed note from its draft: their last lines differ.
  const signed = (resource.docStatus ?? task.forChart.note.docStatus) === task.forChart.note.docStatus
  if (there && signed) return asNoteInChart(task, resource)
  return resource.status === 'current' ? 'absent' : 'gone'
}

async function search(
  { ehr, profile }: Task,
  by: 'identifier' | 'patient',
  value: string,
): Promise<readonly Note[] | 'not-possible'> {
  if (!profile.notesBy.includes(by)) return 'not-possible'
  const found = ehr.search('DocumentReference', [[by, value]])
  if (profile.told) return found
  // Nobody said that it could be searched: a refusal is then an answer.
  return found.catch((cause: unknown) => {
    if (cause instanceof Refusal && cause.code === 'ehr-refused') return 'not-possible' as const
    throw cause
  })
}

function isOurs({ forChart }: Task, { identifier }: Note): boolean {
  const { system, value } = noteIdentifier(forChart)
  return identifier?.some((i) => i.system === system && i.value === value) ?? false
}

/** One that bears the mark of another of our notes is that one, though it says the same to the letter. */
function isAnother(task: Task, note: Note): boolean {
  const { system } = noteIdentifier(task.forChart)
  return !isOurs(task, note) && (note.identifier?.some((i) => i.system === system) ?? false)
}

const isSame = ({ forChart }: Task, { content }: Note) =>
  content.some(({ attachment: { data } }) => data !== undefined && saysTheSame(data, noteData(forChart)))

/** Of the same author and the same second, and yet with other words: an EHR that writes texts anew may have made it of ours. */
const mayBeOurs = ({ forChart, launch }: Task, { date, author }: Note) =>
  instantOf(date ?? '') === forChart.note.date &&
  (author ?? []).some(({ reference }) => relative(launch.iss, reference ?? '') === forChart.note.author)

function asNoteInChart({ launch }: Task, { id, context }: Note): NoteInChart {
  const encounter = relative(launch.iss, context?.encounter?.[0]?.reference ?? '')
  const under = encounter?.startsWith('Encounter/') ? { encounter: `Encounter/${idOf(encounter)}` as const } : {}
  return { documentReference: `DocumentReference/${id}`, ...under }
}
