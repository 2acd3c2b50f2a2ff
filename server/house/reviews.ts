// What was verified when a visit was opened does not go stale: where the Appointment, or the record by which somebody acts for its patient,
// was last read more than five minutes ago, it is read again in the background, with the token of whoever asks about the visit. Nobody
// waits for it; an EHR that does not answer is left in peace for a while. What follows from a reading is kept here, whoever has read it.
// Refuses (`no-longer-participant`) whom the last reading names no longer.
import { type Code, Refusal } from '../domain/errors.ts'
import type { LaunchId, VisitId } from '../domain/ids.ts'
import { actingFor, lost, mayAsk } from '../domain/sign-in/launch.ts'
import { requireStillNamed } from '../domain/visit/access.ts'
import { isUnconfirmed, readAgain } from '../domain/visit/as-read.ts'
import { turnedOut } from '../domain/visit/door.ts'
import {
  type AppointmentSays,
  type Course,
  changesBetween,
  courseOf,
  isOfVisit,
  tellsClinicians,
} from '../domain/visit/reviewed.ts'
import { toldUnusable } from '../domain/visit/unusable.ts'
import { hasBegun, isStale } from '../domain/visit/visit.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { End } from '../outside/memory/reviews.ts'
import type { AppointmentAsked } from './appointments.ts'
import type { Party } from './caller.ts'
import type { House } from './house.ts'
import { stillActsFor } from './identity.ts'
import { askForVisit, asNamed } from './merged.ts'

/** Passes on whom the Appointment still names, and has it read again where it is time to. */
export function stillNamed(house: House, party: Party): Party {
  const { launch, visit } = party
  requireStillNamed(launch, visit)
  const now = house.now()
  if (!mayAsk(launch.tokens, now)) return party
  if (isStale(visit.appointmentReadAt, now) || isUnconfirmed(visit)) reviewSoon(house, party)
  if (launch.role === 'representative' && isStale(launch.actingReadAt ?? launch.startedAt, now))
    inBackground(house, party, launch.id, reviewActing)
  return party
}

/** Has it read now, however fresh the last reading is: what this person has just been told does not agree with it. */
export const reviewSoon = (house: House, party: Party): void => inBackground(house, party, party.visit.id, review)

type Read = (house: House, party: Party) => Promise<End>

function inBackground(house: House, party: Party, subject: VisitId | LaunchId, read: Read): void {
  void inTurn(house, party, subject, read)
}

/** Undefined where it is not to be read now; `failed` says why, and takes nothing from anybody. */
async function inTurn(house: House, party: Party, subject: VisitId | LaunchId, read: Read): Promise<End | undefined> {
  const { id, iss } = party.launch
  const asked = { subject, launch: id, iss, isUrgent: isUnconfirmed(party.visit) }
  const ended = house.memory.reviews.begin(asked, house.now())
  if (ended === undefined) return undefined
  const end = await read(house, party).catch((cause: unknown) => failed(house, party, cause))
  ended(end, house.now())
  return end
}

/**
 * Has it read while somebody waits for what comes of it, and answers what follows; undefined where nothing was told, or where it is being
 * read at this moment or was tried in vain not long ago.
 */
export async function reviewNow(house: House, party: Party): Promise<Course | undefined> {
  let course: Course | undefined
  await inTurn(house, party, party.visit.id, async () => {
    const told = await askForVisit(house, party)
    if (told !== 'unsaid') course = courseOf(party.visit, told.said)
    return keepTold(house, party, told)
  })
  return course
}

/** A representative's own record: who acts for the patient no longer is out, as whoever is named no longer. */
async function reviewActing(house: House, party: Party): Promise<End> {
  const { launch, person, visit } = party
  const patients = await stillActsFor(house, launch)
  if (patients === undefined) return 'withheld'
  const [now, whose] = [house.now(), await asNamed(house, launch, visit, patients)]
  const { after } = await house.changeLaunch(launch.id, (l) => actingFor(l, patients, whose, now))
  if (after.patients.length === launch.patients.length) return 'read'
  await house.changeVisit(visit.id, (v) => turnedOut(v, person.who))
  await house.happened(party, 'representation-ended')
  return 'read'
}

const review: Read = async (house, party) => keepTold(house, party, await askForVisit(house, party))

async function keepTold(house: House, party: Party, told: AppointmentAsked | 'unsaid'): Promise<End> {
  if (told === 'unsaid') return failed(house, party, new Refusal('ehr-failed'))
  await keepReading(house, party, told)
  if (told.said === 'hidden') return 'withheld'
  const { visit } = party
  return told.said === 'deleted' || (isOfVisit(visit, told.said) && tellsClinicians(visit, told.said))
    ? 'read'
    : 'withheld'
}

/** Keeps what follows from what this person was told: for the visit, and for them. */
export const keepReading = (house: House, party: Party, told: AppointmentAsked): Promise<void> =>
  'code' in told && told.said === 'hidden' ? loseReader(house, party, told.code) : keep(house, party, told.said)

/** A clinician is being told that nobody can be let in by the Appointment: who waits reads that they know. */
export async function tellUnusable(house: House, visit: Visit): Promise<void> {
  if (toldUnusable(visit) !== visit) await house.changeVisit(visit.id, toldUnusable)
}

/** Keeps what was read. Pages are told of what changed, and not of the time alone. */
async function keep(house: House, party: Party, said: AppointmentSays): Promise<void> {
  const now = house.now()
  const rule = (v: Visit) => readAgain(v, said, now)
  const kept = (await house.visits.get(party.visit.id)) ?? party.visit
  const quiet = !isTold(kept, rule(kept))
  const { before, after } = quiet ? await house.visits.change(kept.id, rule) : await house.changeVisit(kept.id, rule)
  await writeDownReading(house, party, before, after)
}

/** Whether pages are told of what a reading made of a visit: not of the time alone. */
export const isTold = (before: Visit, after: Visit): boolean =>
  changesBetween(before, after).length > 0 || before.letInAsRead !== after.letInAsRead

/** What a reading changed, and what it said of an Appointment by which somebody was let in before it could be read. */
export async function writeDownReading(house: House, party: Party, before: Visit, after: Visit): Promise<void> {
  for (const code of changesBetween(before, after)) await house.happened(party, 'appointment-changed', { code })
  const { letInAsRead: letIn } = before
  if (letIn === undefined || letIn === after.letInAsRead) return
  const code = after.letInAsRead?.found?.is ?? 'as-read'
  await house.happened(party, 'let-in-as-read-looked-up', { code, readAt: letIn.readAt })
}

/**
 * A server says 404, as 403, also of what this person is not to see (FHIR R4, 6.1.0.6): it says nothing of others, and ends this sign-in's way
 * to a visit that has not begun, with their own place at its door: nobody should be shown as waiting who cannot come in. Opening it again asks
 * the EHR anew.
 */
async function loseReader(house: House, party: Party, code: Code): Promise<void> {
  const { launch, visit, person } = party
  const kept = await house.visits.get(visit.id)
  if (kept === undefined || hasBegun(kept)) return
  const { before, after } = await house.changeLaunch(launch.id, (l) => lost(l, visit.id))
  if (before !== after) await house.happened(party, 'appointment-changed', { outcome: 'failed', code })
  const without = (v: Visit) => (hasBegun(v) ? v : turnedOut(v, person.who))
  // Their page, where it stands open, is told as well.
  if (without(kept) !== kept) await house.changeVisit(visit.id, without)
}

/** A reading that failed takes nothing from anybody. */
export const leftUnread = (house: House, party: Party, cause: unknown): void => void failed(house, party, cause)

function failed(house: House, { visit, organisation }: Party, cause: unknown): End {
  const about = { organisation: organisation.id, visit: visit.id }
  if (!(cause instanceof Refusal)) {
    house.log.error('store-fault', about, cause)
    return 'failed'
  }
  house.log.warn('appointment-unread', { ...about, code: cause.code })
  return cause.code === 'ehr-unreachable' ? 'silent' : withheld.has(cause.code) ? 'withheld' : 'failed'
}

const withheld: ReadonlySet<string> = new Set(['ehr-refused', 'ehr-session-ended', 'session-ended'])
