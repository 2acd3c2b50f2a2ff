// What stands in for an Appointment while the EHR says nothing of it: what it said when it was read well today. And the question that is
// asked before the note of a visit goes to the chart into which somebody was let by that.

import { isSilent, Refusal } from '../domain/errors.ts'
import type { AppointmentId, Instant } from '../domain/ids.ts'
import { isWithin } from '../domain/sign-in/launch.ts'
import { isStillNamed } from '../domain/visit/access.ts'
import { filedAnyway, isUnconfirmed, openQuestion, readingToday } from '../domain/visit/as-read.ts'
import type { Visit, WellRead } from '../domain/visit/visit-shape.ts'
import type { FileNote } from '../wire/wire.ts'
import { type AppointmentAsked, askAppointment } from './appointments.ts'
import type { Party, SignedIn } from './caller.ts'
import type { House } from './house.ts'
import { inTime } from './in-time.ts'
import { askForVisit } from './merged.ts'
import { keepReading, leftUnread } from './reviews.ts'

/** How long the EHR is waited for once more by whoever has seen it say nothing, in milliseconds. */
const onceMoreMs = 3_000

type AsRead = { readonly asRead: WellRead; readonly why: Refusal['code'] }

/**
 * Asks for the visit's Appointment. Where the EHR says nothing, the refusal tells by which reading somebody could be let in all the same
 * (`readAt`); for whoever was told and wants it (`asReadAt`) that reading is the answer.
 */
export async function askOrAsRead(
  house: House,
  caller: Party,
  asReadAt: Instant | undefined,
): Promise<AppointmentAsked | AsRead> {
  const told = await ask(house, caller, asReadAt === undefined ? undefined : onceMoreMs)
  if (!(told instanceof Refusal)) return told
  const { launch, organisation } = caller
  const visit = (await house.visits.get(caller.visit.id)) ?? caller.visit
  const asRead = readingToday(visit, launch, { now: house.now(), timeZone: organisation.timeZone })
  if (asRead === undefined) throw told
  if (asRead.at === asReadAt) return { asRead, why: told.code }
  throw new Refusal(told.code, { cause: told, detail: { ...told.detail, readAt: asRead.at } })
}

type AsKnown = { readonly asKnown: Visit; readonly why: Refusal['code'] }

/** How long the EHR is waited for where a visit can be opened without it, in milliseconds. */
const openingMs = 5_000

/**
 * Asks for the Appointment whose visit is to be opened. Where the EHR says nothing, a visit that this sign-in has opened before is opened as it is
 * known, and for a clinician one whose Appointment was read well today with her in it: nobody is let in by that.
 */
export async function askOpening(
  house: House,
  caller: SignedIn,
  id: AppointmentId,
  before: Visit | undefined,
): Promise<AppointmentAsked | 'unsaid' | AsKnown> {
  if (before === undefined) return askAppointment(house, caller, id)
  const party = { ...caller, visit: before }
  if (!mayOpenAsKnown(house, caller, before)) return askForVisit(house, party)
  const told = await ask(house, party, openingMs)
  return told instanceof Refusal ? { asKnown: before, why: told.code } : told
}

function mayOpenAsKnown(house: House, { launch, organisation }: SignedIn, visit: Visit): boolean {
  if (visit.status === 'cancelled' || visit.patientGone || !isWithin(launch, visit) || !isStillNamed(launch, visit))
    return false
  if (launch.visits.includes(visit.id)) return true
  const today = { now: house.now(), timeZone: organisation.timeZone }
  return launch.role === 'clinician' && readingToday(visit, launch, today) !== undefined
}

/** What it was told, or how it was told nothing. Refuses what is the EHR's word. */
async function ask(house: House, caller: Party, mostMs: number | undefined): Promise<AppointmentAsked | Refusal> {
  const asked = askForVisit(house, caller)
  try {
    const told = await (mostMs === undefined ? asked : inTime(asked, mostMs))
    if (told === 'unsaid') throw new Refusal('appointment-unknown')
    return told ?? late(house, caller, asked)
  } catch (cause) {
    if (isSilent(cause)) return cause
    throw cause
  }
}

/** Nobody waits for it any longer; what it says when it comes counts all the same. */
function late(house: House, caller: Party, asked: ReturnType<typeof askForVisit>): Refusal {
  void asked
    .then((told) => (told === 'unsaid' ? undefined : keepReading(house, caller, told)))
    .catch((cause: unknown) => leftUnread(house, caller, cause))
  return new Refusal('ehr-unreachable')
}

/**
 * Before a note goes to the chart: where somebody was let in by an earlier reading, the Appointment must have been read since, and say the same.
 * Else refuses (`appointment-otherwise`), until a clinician who has read so wants it filed `anyway`.
 */
export async function requireConfirmed<C extends Party>(
  house: House,
  caller: C,
  anyway: FileNote['anyway'],
): Promise<C> {
  const { visit: before, person } = caller
  if (openQuestion(before) === undefined) return caller
  if (isUnconfirmed(before)) {
    const told = await askForVisit(house, caller).catch((cause: unknown) => leftUnread(house, caller, cause))
    if (typeof told === 'object') await keepReading(house, caller, told)
  }
  const visit = (await house.visits.get(before.id)) ?? before
  const open = openQuestion(visit)
  if (open === undefined) return { ...caller, visit }
  if (anyway !== (open.found?.is ?? 'unread')) throw new Refusal('appointment-otherwise')
  const now = house.now()
  const { after } = await house.changeVisit(visit.id, (v) => filedAnyway(v, person.who, now))
  await house.happened(caller, 'filing-all-the-same', { code: anyway, readAt: open.readAt })
  return { ...caller, visit: after }
}
