// Looks for a note of ours in the chart: when nobody knows whether it arrived, and when the EHR took it without saying under which id.
// Refuses to say "absent" before it has looked everywhere it can.

import { isPatientOf, recordsOf } from '../domain/ehr/merged.ts'
import { idOf, relative } from '../domain/ehr/reference.ts'
import { leftAlone, Refusal } from '../domain/errors.ts'
import type { Ref } from '../domain/ids.ts'
import { dayBounds, instantOf, plus } from '../domain/instant.ts'
import { noteData, noteIdentifier, saysTheSame } from '../domain/note/fhir.ts'
import type { Entry } from '../domain/note/ledger.ts'
import type { LookedThrough, Resource, Unread } from '../outside/ehr/ehr.ts'
import type { Task } from './task.ts'

type Note = Resource<'DocumentReference'>

/** A note of ours as the EHR has it, with the Encounter it stands under. */
export type NoteInChart = {
  readonly documentReference: Ref<'DocumentReference'>
  readonly encounter?: Ref<'Encounter'>
}

/**
 * The note as the EHR has it: by our identifier, else by its text among the patient's documents, those of its own days first; a new version
 * of one is looked for in that one first. `absent` is said only after the last look (a server may drop identifiers it was given);
 * `cannot-tell` where a look is not to be had, did not come to its end, or leaves a doubt. Refuses as `Ehr.search` does, where looking
 * again may help. `late`: it was sent long ago, and one look that goes wrong is passed over where another one would find the same.
 */
export async function findNote(task: Task, late = false): Promise<NoteInChart | 'absent' | 'cannot-tell'> {
  const { target } = task
  if (target.how === 'update') {
    const there = await lookIn(task, target.ref)
    if (there !== 'gone') return there
  }
  const { marked, unread } = await byMark(task, late)
  if (marked !== undefined) return asNoteInChart(task, marked)
  const found = await byText(task, late)
  // What nobody can read may be the one that is looked for, whatever else was read to its end.
  return found === 'absent' && unread.some((one) => mayBeUnread(task, one)) ? 'cannot-tell' : found
}

type Marked = { readonly marked?: Note | undefined; readonly unread: readonly Unread[] }

/** Nothing where it cannot be looked for by its mark: every document of the patient's, looked through next, has it too. */
async function byMark(task: Task, late: boolean): Promise<Marked> {
  const { system, value } = noteIdentifier(task.forChart)
  const look = await lookThrough(task, 'identifier', [['identifier', `${system}|${value}`]]).catch(
    passedOver(task, late),
  )
  if (look === 'not-possible') return { unread: [] }
  const marked = look.found.find((d) => isOurs(task, d) && d.status === 'current')
  return { marked, unread: look.unread }
}

async function byText(task: Task, late: boolean): Promise<NoteInChart | 'absent' | 'cannot-tell'> {
  const { note } = task.forChart
  const { from } = dayBounds(note.date, task.organisation.timeZone)
  // From its day on: a server may date what it is given by its own clock. One that cannot search by date is asked for all of them at once.
  const near = await underAllRecords(task, [['date', `ge${from}`]]).catch(passedOver(task, late))
  const { found: early, unread: oddEarly } = near === 'not-possible' ? { found: [], unread: [] } : near
  const same = early.find((d) => isTheSame(task, d))
  if (same !== undefined) return asNoteInChart(task, same)
  const all = await underAllRecords(task, [])
  if (all === 'not-possible') return 'cannot-tell'
  const found = all.found.find((d) => isTheSame(task, d))
  if (found !== undefined) return asNoteInChart(task, found)
  // A text kept elsewhere (as a Binary) cannot be compared here: it may be ours.
  const isElsewhere = (d: Note) => d.content.every((c) => c.attachment.data === undefined)
  const seen = [...early, ...all.found]
  if (seen.some((d) => isElsewhere(d) || (mayBeOurs(task, d) && !isAnother(task, d)))) return 'cannot-tell'
  if ([...oddEarly, ...all.unread].some((one) => mayBeUnread(task, one))) return 'cannot-tell'
  // Not all of very many could be read: its own days, read to their end, tell where every document seen has a date to be found by.
  const isDated = seen.every((d) => instantOf(d.date ?? '') !== undefined)
  return all.isWhole || (near !== 'not-possible' && near.isWhole && isDated) ? 'absent' : 'cannot-tell'
}

/** Whether the chart's document is still this patient's, current, and the text we sent: else somebody has been at work on it since. */
export function isStillOurs(
  { forChart, launch }: Task,
  was: Entry | undefined,
  { status, subject, content }: Note,
): boolean {
  const mine = isPatientOf(forChart.visit, relative(launch.iss, subject?.reference ?? ''))
  const texts = content.flatMap(({ attachment }) => attachment.data ?? [])
  // What we want to say now may stand there already: an update that was taken in part.
  const said = was === undefined ? [] : [noteData({ ...forChart, note: was }), noteData(forChart)]
  const same =
    was === undefined || texts.length === 0 || texts.some((data) => said.some((one) => saysTheSame(data, one)))
  return status === 'current' && mine && same
}

/**
 * Whether a document that was updated is what was sent: current, signed as it should be, and with its words. An EHR may drop `docStatus`,
 * keep the words elsewhere, or write them anew under our mark: but the words that stood there `was` are not the new ones.
 */
export function isAsSent(task: Task, note: Note): boolean {
  const { forChart, target } = task
  const signed = (note.docStatus ?? forChart.note.docStatus) === forChart.note.docStatus
  const texts = note.content.flatMap(({ attachment }) => attachment.data ?? [])
  const before = target.how === 'update' && target.was ? noteData({ ...forChart, note: target.was }) : undefined
  const isBefore = before !== undefined && texts.some((data) => saysTheSame(data, before))
  const says = texts.length === 0 || isSame(task, note) || (isOurs(task, note) && !isBefore)
  return note.status === 'current' && signed && says
}

/** After a write nothing may be thrown: what cannot be read back is unknown, never "not filed". */
export async function readBack(task: Task): Promise<Ref<'DocumentReference'> | undefined> {
  const found = await findNote(task).catch(leftAlone)
  return typeof found === 'object' ? found.documentReference : undefined
}

/** Whether it was the look that went wrong, and not the sign-in that is over: something else, or somebody, may still tell. */
export const lookFailed = (cause: unknown): cause is Refusal =>
  cause instanceof Refusal && cause.code !== 'ehr-session-ended' && cause.code !== 'session-ended'

/** For `catch`: this, where it was the look that went wrong. */
export const whereLookFailed =
  <T>(instead: T) =>
  (cause: unknown): T => {
    if (!lookFailed(cause)) throw cause
    return instead
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

type Look = LookedThrough<'DocumentReference'>
type Params = Parameters<Task['ehr']['lookThrough']>[1]

/** How it is asked for first, the newest at the front, and without what a server may refuse to be told (FHIR R4, 3.1.1.3.1). */
const wishes: readonly Params[] = [
  [
    ['_sort', '-date'],
    ['_count', '100'],
  ],
  [['_count', '100']],
  [],
]

/** A refusal is an answer: it cannot be looked for in this way, whatever /metadata says. */
async function lookThrough(
  { ehr, profile }: Task,
  by: 'identifier' | 'patient',
  params: Params,
): Promise<Look | 'not-possible'> {
  if (!profile.notesBy.includes(by)) return 'not-possible'
  for (const wish of by === 'identifier' ? [[]] : wishes) {
    const look = await ehr.lookThrough('DocumentReference', [...params, ...wish]).catch(notPossible)
    if (look !== 'not-possible') return look
  }
  return 'not-possible'
}

/** All of the patient's, under each of the records they are known by: where one of them cannot be looked through, the look is not whole. */
async function underAllRecords(task: Task, params: Params): Promise<Look | 'not-possible'> {
  const looks: (Look | 'not-possible')[] = []
  for (const record of recordsOf(task.forChart.visit))
    looks.push(await lookThrough(task, 'patient', [['patient', record], ...params]))
  const seen = looks.flatMap((look) => (look === 'not-possible' ? [] : look))
  if (seen.length === 0) return 'not-possible'
  const isWhole = seen.length === looks.length && seen.every((look) => look.isWhole)
  const [found, unread] = [seen.flatMap((look) => look.found), seen.flatMap((look) => look.unread)]
  return { found, unread, isWhole }
}

function notPossible(cause: unknown): 'not-possible' {
  if (cause instanceof Refusal && cause.code === 'ehr-refused') return 'not-possible'
  throw cause
}

/** The look through all of the patient's documents follows, and would find the same. */
const passedOver =
  ({ profile }: Task, late: boolean) =>
  (cause: unknown): 'not-possible' => {
    if (late && lookFailed(cause) && profile.notesBy.includes('patient')) return 'not-possible'
    throw cause
  }

const isTheSame = (task: Task, d: Note): boolean =>
  d.status === 'current' && (isOurs(task, d) || (isSame(task, d) && !isAnother(task, d)))

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

/**
 * Whether one that nobody can read may be ours: not where it bears the mark of another of our notes alone, nor where it was last changed, or
 * is dated, more than a day before the visit began.
 */
function mayBeUnread({ forChart }: Task, { json, lastUpdated, date }: Unread): boolean {
  const { system, value } = noteIdentifier(forChart)
  if (json.includes(JSON.stringify(system)) && !json.includes(JSON.stringify(value))) return false
  const last = [lastUpdated, date].flatMap((one) => instantOf(one ?? '') ?? [])
  return !last.some((one) => one < plus(forChart.visit.startedAt, -24 * 3600))
}

function asNoteInChart({ launch }: Task, { id, context }: Note): NoteInChart {
  const encounter = relative(launch.iss, context?.encounter?.[0]?.reference ?? '')
  const under = encounter?.startsWith('Encounter/') ? { encounter: `Encounter/${idOf(encounter)}` as const } : {}
  return { documentReference: `DocumentReference/${id}`, ...under }
}
