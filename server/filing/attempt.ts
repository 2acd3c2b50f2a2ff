// One attempt at a note's way into the chart, signed or as a draft: the ledger row first, then the EHR, then what became of it.
// Refuses a second attempt while one is under way, and to send again what may have arrived before a person, told so, wants it.
import { amendsBy, lackingWhileBusy, may, type Profile } from '../domain/ehr/capability.ts'
import { isSilent, type LookedFor, leftAlone, Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { Instant, Iss, Ref } from '../domain/ids.ts'
import { noteHash } from '../domain/note/fhir.ts'
import { newLease } from '../domain/note/lease.ts'
import {
  type Entry,
  encounterIn,
  type Filing,
  inChart,
  knownEncounter,
  mayStillArrive,
  notArrived,
  type PendingFiling,
  type Sending,
  unknownSince,
  wentElsewhere,
} from '../domain/note/ledger.ts'
import { appointmentDone, entryFor, filingEnded, type Note } from '../domain/note/note.ts'
import { isMissed, outcomeIn } from '../domain/visit/outcome.ts'
import type { Party } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import type { Ehr } from '../outside/ehr/ehr.ts'
import { borrowedUnder } from './find-encounter.ts'
import { findNote, isStillOurs, lookFailed, type NoteInChart } from './find-note.ts'
import { underLease } from './lease.ts'
import { markAppointment } from './mark-appointment.ts'
import { sendNote } from './send-note.ts'
import { type Attempt, busyUntil } from './sent.ts'
import { setRight } from './set-right.ts'
import { knownByAll, underSurvivor } from './survivor.ts'
import { noteForChart, type Target, type Task, taskOf } from './task.ts'
import { updated } from './updated.ts'

/**
 * Looks for a text whose outcome is unknown. Found: it is filed. Not there, and no longer to be expected: it is not filed. When the EHR
 * cannot tell, or cannot tell yet, or the text went to another EHR, it stays unknown (`filing-unknown`, with what the look came to), unless the
 * person, told so, has looked and wants it sent again.
 */
export async function settleUnknown(house: House, caller: Party, entry: Entry, sendAgain: boolean): Promise<Note> {
  const { filing } = entry
  if (filing.state !== 'unknown') throw new Error('only what is unknown is looked for')
  const update = filing.onto === undefined ? undefined : ({ how: 'update', ref: filing.onto } as const)
  const profile = await house.profile(caller.launch)
  const party = await knownByAll(house, caller)
  const task = taskOf(house, party, entry, { profile, target: update ?? { how: 'new' } })
  const late = !mayStillArrive(filing, house.now())
  const inDoubt = (cause: unknown) => {
    // A look that goes wrong now may go well in a moment; one that goes on going wrong leaves it to the person, as where nobody can look.
    if (late && lookFailed(cause)) return isSilent(cause) ? ('no-answer' as const) : ('cannot-tell' as const)
    throw cause
  }
  const found = wentElsewhere(filing, caller.launch.iss) ? 'elsewhere' : await findNote(task, late).catch(inDoubt)
  const look = lookIn(found, late)
  if (look !== undefined && !sendAgain) throw new Refusal('filing-unknown', { detail: { look } })
  if (typeof found === 'string') return conclude(house, caller, entry, filing, (now) => notArrived(filing, now))
  const { iss } = caller.launch
  const right = await setRight(task, found.documentReference, encounterIn(filing))
  if (right.outcome === 'not-filed')
    return conclude(house, caller, entry, filing, (at) => filedOr(right, at, filing, iss))
  // It is there: where nobody can tell under which Encounter it stands, nothing is said of that.
  const is =
    right.outcome === 'filed' ? right : ({ outcome: 'filed', documentReference: found.documentReference } as const)
  const told = { ...is, ...given({ borrowed: await borrowedUnder(task, is) }) }
  await conclude(house, caller, entry, filing, (at) => filedOr(told, at, filing, iss))
  const after = await followUp(house, caller, task, entry)
  const target = targetOf(task.profile, inChart(after.earlier ?? []))
  if (entry.docStatus === 'final' && update === undefined && target) await supersede({ ...task, target })
  return after
}

/** What is still open after a look; undefined where it is known, one way or the other. */
function lookIn(
  found: NoteInChart | 'absent' | Exclude<LookedFor, 'not-there-yet'>,
  late: boolean,
): LookedFor | undefined {
  if (typeof found === 'object') return undefined
  if (found !== 'absent') return found
  return late ? undefined : 'not-there-yet'
}

/** Sends one text. `begin` makes its row pending, which is kept before anything goes out. */
export async function attempt(
  house: House,
  caller: Party,
  { earlier = [] }: Pick<Note, 'earlier'>,
  entry: Entry,
  begin: (note: Note, sending: Sending, now: Instant) => Note,
): Promise<Note> {
  const { visit } = caller
  const { iss } = caller.launch
  const chart = inChart(earlier)
  // What another EHR has is not this one's to change.
  const elsewhere = chart !== undefined && wentElsewhere(chart.filing, iss)
  // Weighed once: an EHR that says another thing a moment later must not change the way in the middle of it.
  const profile = await house.profile(caller.launch)
  const target = elsewhere ? undefined : targetOf(profile, chart)
  const hash = noteHash(noteForChart(house, caller, entry))
  const now = house.now()
  const lease = newLease(house.random.secret(), house.holder, now)
  const sending = { hash, iss, lease, ...(target?.how === 'update' ? { onto: target.ref } : {}) }
  const { after: note } = await house.notes.change(visit.id, (n) => begin(n, sending, now))
  const row = entryFor(note, entry)
  if (row?.filing.state !== 'pending') return note
  // The Encounter of a first attempt, or of the text that is there: so none is made for the second time.
  const earlierEncounter = row.filing.encounter ?? knownEncounter(earlier)
  const pending = { ...row, filing: row.filing }
  return underLease(house, visit.id, lease, (gated) =>
    sendPending(house, caller, pending, { profile, target, earlierEncounter, gated }),
  )
}

type Means = {
  readonly profile: Profile
  readonly target: Target | undefined
  readonly earlierEncounter: Ref<'Encounter'> | undefined
  readonly gated: (ehr: Ehr) => Ehr
}

async function sendPending(
  house: House,
  caller: Party,
  row: Entry & { readonly filing: PendingFiling },
  { profile, target, earlierEncounter, gated }: Means,
): Promise<Note> {
  const { filing } = row
  const { iss } = caller.launch
  await house.happened(caller, 'note-filing', { code: 'pending' })
  const notFiled = (what: Pick<Extract<Filing, { state: 'not-filed' }>, 'why' | 'retryAt'>) =>
    conclude(house, caller, row, filing, (at) => ({ state: 'not-filed', at, ...encounterIn(filing), ...what }))
  if (target === undefined) {
    const retryAt = lackingWhileBusy(profile, 'replaceNotes', 'updateNotes')
    return notFiled(retryAt === undefined ? { why: 'not-offered' } : { why: 'ehr-busy', retryAt })
  }
  const party = await underSurvivor(house, caller)
  if (party === 'patient-replaced') return notFiled({ why: party })
  const task = taskOf(house, party, row, { profile, target })
  const attempt = await sendNote({ ...task, ehr: gated(task.ehr) }, earlierEncounter, house.now).catch(
    beforeSending(house.now),
  )
  // What is known is written down before anything else is asked of the EHR: the Appointment may take its time.
  const after = await conclude(house, caller, row, filing, (at) => filingOf(attempt, at, filing, iss))
  if (attempt.outcome !== 'filed') return after
  await supersede(task)
  return followUp(house, caller, task, row)
}

/** What the text becomes where the chart has one of this note already; undefined where this EHR takes neither way. */
function targetOf(profile: Profile, chart: ReturnType<typeof inChart>): Target | undefined {
  if (chart === undefined) return { how: 'new' }
  const ref = chart.filing.documentReference
  // A draft becomes the signed note it was a draft of, where it may; a signed note stays readable beside what replaced it.
  const was = chart
  if (chart.docStatus === 'preliminary' && may(profile, 'updateNotes'))
    return { how: 'update', ref, was, isDraft: true }
  const how = amendsBy(profile)
  return how && { how, ref, was }
}

/** What is refused before the first write (reading the EHR, refreshing the sign-in) left nothing behind. */
const beforeSending =
  (now: () => Instant) =>
  (cause: unknown): Attempt => {
    if (!(cause instanceof Refusal)) throw cause
    if (cause.code === 'ehr-busy') return busyUntil(cause.detail.retryAfter, now)
    if (cause.code === 'ehr-session-ended' || cause.code === 'session-ended')
      return { outcome: 'not-filed', why: 'sign-in-ended' }
    if (cause.code === 'ehr-unreachable') return { outcome: 'not-filed', why: 'ehr-unreachable' }
    return { outcome: 'not-filed', why: cause.code === 'ehr-refused' ? 'ehr-refused' : 'ehr-failed' }
  }

const filingOf = (attempt: Attempt, at: Instant, from: PendingFiling, iss: Iss): Filing =>
  attempt.outcome === 'unknown'
    ? { ...unknownSince(from, at), ...encounterIn(attempt) }
    : filedOr(attempt, at, from, iss)

/** What is known for certain. An Encounter that an earlier attempt made is kept for the next one. */
function filedOr(attempt: Exclude<Attempt, { outcome: 'unknown' }>, at: Instant, from: Filing, iss: Iss): Filing {
  const { outcome, ...what } = attempt
  if ('documentReference' in what) return { state: 'filed', at, iss, appointment: 'left', ...what }
  return { state: 'not-filed', at, ...encounterIn(from), ...what }
}

async function conclude(
  house: House,
  caller: Party,
  entry: Entry,
  from: Filing,
  filing: (now: Instant) => Filing,
): Promise<Note> {
  const { visit } = caller
  const at = house.now()
  const { after: note } = await house.notes.change(visit.id, (n) => filingEnded(n, entry, from, filing(at)))
  const now = entryFor(note, entry)?.filing ?? from
  await house.happened(caller, entry.docStatus === 'final' ? 'note-filing' : 'note-draft', {
    outcome: now.state === 'filed' ? 'success' : 'failed',
    code: now.state,
    ...(now.state === 'filed' ? { document: now.documentReference } : {}),
  })
  return note
}

/** After the note and alone: whatever becomes of the Appointment, the note stays filed. */
async function followUp(house: House, caller: Party, task: Task, entry: Entry): Promise<Note> {
  const { visit } = task.forChart
  const { id, appointment } = visit
  // A draft says that somebody is still at work; of a visit that did not take place it was said when that was.
  const isDone = entry.docStatus === 'final' && !isMissed(outcomeIn(visit))
  const done = isDone && (await markAppointment(task, 'fulfilled')) === 'fulfilled'
  const about = { appointment: `Appointment/${appointment}` } as const
  if (done) await house.happened(caller, 'appointment-fulfilled', about)
  return (await house.notes.change(id, (n) => (done ? appointmentDone(n, entry) : n))).after
}

/** The note that was replaced says so itself, where the EHR lets it (http://hl7.org/fhir/R4/valueset-document-reference-status.html). */
async function supersede(task: Task): Promise<void> {
  const { ehr, profile, target } = task
  if (target.how !== 'replace' || !may(profile, 'updateNotes')) return
  const [, id = ''] = target.ref.split('/')
  const replaced = await ehr.read('DocumentReference', id).catch(leftAlone)
  if (replaced?.etag === undefined || !isStillOurs(task, target.was, replaced.resource)) return
  const body = { ...replaced.resource, status: 'superseded' }
  await updated(ehr, 'DocumentReference', { ...replaced, etag: replaced.etag }, { method: 'PUT', body })
}
