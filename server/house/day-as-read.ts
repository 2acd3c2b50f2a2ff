// A list of Appointments as it is read now; for a clinician, while the EHR says nothing, as this very sign-in read it last, today, with each visit as
// it is now. Refuses to show what was read where the EHR says no, and whatever else this house has learnt since that somebody else is meant.

import { isSilent, Refusal } from '../domain/errors.ts'
import type { AppointmentId, Instant } from '../domain/ids.ts'
import { dayBounds } from '../domain/instant.ts'
import { isWithin } from '../domain/sign-in/launch.ts'
import { isStillNamed } from '../domain/visit/access.ts'
import { readingToday } from '../domain/visit/as-read.ts'
import { hoursAt } from '../domain/visit/visit.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import type { DayRead, RowRead } from '../outside/memory/days-read.ts'
import { isOfEhr } from '../settings/bases.ts'
import type { AppointmentItem } from '../wire/wire.ts'
import type { SignedIn } from './caller.ts'
import { type DayItem, itemOfVisit, rowOf, rowWith, visitHere } from './day-rows.ts'
import type { House } from './house.ts'
import { inTime } from './in-time.ts'

/** How long a page that could show an earlier reading waits for this one, and one that could not: it asks for no longer itself. */
const patienceMs = { read: 4_000, unread: 7_000 }

/** `silent`: why nothing could be read now; then `day` is what was read before, today, or absent. */
export type DayAsked =
  | { readonly day: DayRead; readonly silent?: undefined }
  | { readonly day: DayRead | undefined; readonly silent: Refusal }

/** What `read` brings, kept for later. Refuses what the EHR refuses: its word takes away what was read before. */
export async function askDay(
  house: House,
  { launch, organisation }: SignedIn,
  read: Promise<DayRead>,
): Promise<DayAsked> {
  if (launch.role !== 'clinician') return { day: await read }
  const { daysRead } = house.memory
  const today = dayBounds(house.now(), organisation.timeZone)
  const keptToday = () => {
    const before = daysRead.of(launch.id)
    return before !== undefined && today.from <= before.at ? before : undefined
  }
  const keeping = read.then(
    async (day) => {
      // One that may lack something takes the place of none that is whole; of who has signed out meanwhile nothing is kept.
      const isBetter = day.isWhole || keptToday()?.isWhole !== true
      if (isBetter && (await house.launches.get(launch.id)) !== undefined) daysRead.keep(launch.id, day)
      return day
    },
    (cause: unknown) => {
      if (isSilent(cause)) return cause
      daysRead.forget(launch.id)
      throw cause
    },
  )
  const kept = keptToday()
  const told = (await inTime(keeping, patienceMs[kept === undefined ? 'unread' : 'read'])) ?? late(house, keeping)
  return told instanceof Refusal ? { day: kept, silent: told } : { day: told }
}

/** Nobody waits for it any longer; what it says when it comes counts for the next look. */
function late(house: House, keeping: Promise<unknown>): Refusal {
  void keeping.catch((cause: unknown) => {
    if (!(cause instanceof Refusal)) house.log.error('fault', {}, cause)
  })
  return new Refusal('ehr-unreachable')
}

/** The rows of what was read, as they stand now. */
export async function rowsOf(house: House, caller: SignedIn, { day, silent }: DayAsked): Promise<readonly DayItem[]> {
  if (day === undefined) return []
  const now = (row: RowRead) =>
    silent === undefined ? rowOf(house, caller, row) : rowAsRead(house, caller, row, day.at)
  return (await Promise.all(day.rows.map(now))).flatMap((row) => row ?? [])
}

/**
 * A row as it was read `at` then, with its visit as it is now: nobody asks the EHR. What anybody has read of the visit since counts; undefined
 * where that names this person no longer.
 */
async function rowAsRead(house: House, caller: SignedIn, read: RowRead, at: Instant): Promise<DayItem | undefined> {
  const visit = await visitHere(house, caller, { id: read.about.id, patient: read.patient })
  if (visit === undefined) return rowWith(house, caller, read, undefined)
  if (!isStillNamed(caller.launch, visit) || visit.patientGone) return undefined
  const isNewer = visit.status === 'cancelled' || (visit.appointmentReadAt ?? at) > at
  return isNewer ? itemAsKept(house, caller, visit) : rowWith(house, caller, read, visit)
}

/** Visits that this sign-in has opened, of whose Appointment it is known today that they are on with this clinician. */
export async function openedItems(
  house: House,
  caller: SignedIn,
  listed: ReadonlySet<AppointmentId>,
): Promise<readonly AppointmentItem[]> {
  const { launch, organisation } = caller
  const today = { now: house.now(), timeZone: organisation.timeZone }
  const found = (await Promise.all(launch.visits.map((id) => house.visits.get(id)))).flatMap((visit) => visit ?? [])
  const theirs = found.filter(
    (v) =>
      !listed.has(v.appointment) &&
      isOfEhr(organisation, v, launch.iss) &&
      isWithin(launch, v) &&
      isStillNamed(launch, v) &&
      readingToday(v, launch, today) !== undefined,
  )
  return Promise.all(theirs.map((v) => itemAsKept(house, caller, v)))
}

/** By what was kept of a visit alone. */
function itemAsKept(house: House, caller: SignedIn, visit: Visit): Promise<AppointmentItem> {
  const { status, unusable } = visit
  if (status === 'finished' || status === 'cancelled') return itemOfVisit(house, caller, visit, status)
  const hours = hoursAt(visit, caller.organisation.joinWindow, house.now())
  return itemOfVisit(house, caller, visit, unusable === undefined ? hours : 'unusable')
}
