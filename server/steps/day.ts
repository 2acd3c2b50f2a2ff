// The list of Appointments: a clinician's day, or what a patient has before them.
// What the EHR gives is shown only where the caller is part of it. One record that cannot be had closes nobody's list: the list says so; and a
// clinician's day stands, as it was read, while the EHR says nothing.

import { idOf } from '../domain/ehr/reference.ts'
import { leftAlone, type Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { AppointmentId } from '../domain/ids.ts'
import { isWithin } from '../domain/sign-in/launch.ts'
import { hoursAt } from '../domain/visit/visit.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import { unread } from '../house/appointments.ts'
import type { SignedIn } from '../house/caller.ts'
import { askDay, type DayAsked, openedItems, rowsOf } from '../house/day-as-read.ts'
import { attendedItems, type DayItem, itemOfVisit, type Mine, mineOf, rowRead, unsaidItems } from '../house/day-rows.ts'
import type { House } from '../house/house.ts'
import { listedAppointments } from '../house/listed-appointments.ts'
import { personBehind } from '../house/merged.ts'
import { withRoles } from '../house/own-roles.ts'
import { whoWaits } from '../house/who-waits.ts'
import { isOfEhr } from '../settings/bases.ts'
import type { AppointmentItem, AppointmentList } from '../wire/wire.ts'
import type { Tells } from './step.ts'

type Ehr = ReturnType<House['ehr']>
type Patient = Awaited<ReturnType<Ehr['searchIncluding']>>['patients'][number]

export async function appointments(house: House, signedIn: SignedIn): Promise<Tells<AppointmentList>> {
  const caller = await withRoles(house, signedIn)
  const asked = await askDay(house, caller, readDay(house, caller))
  const { day, silent } = asked
  const rows = await rowsOf(house, caller, asked)
  const shown = await withOwn(house, caller, rows, silent !== undefined)
  const untimed = rows.flatMap((row) => ('start' in row ? [] : row))
  const picked = shown.find((i) => i.id === day?.chosen)
  const elsewhere = caller.launch.role === 'clinician' ? await beyondReach(house, caller) : {}
  const isKnown = day !== undefined || shown.length > 0 || Object.keys(elsewhere).length > 0
  if (silent !== undefined && !isKnown) throw silent
  const body: AppointmentList = {
    appointments: shown,
    ...(untimed.length > 0 ? { untimed } : {}),
    ...(picked ? { chosen: picked.id } : {}),
    ...elsewhere,
    ...(day?.isWhole !== false && caller.launch.rolesUnread === undefined ? {} : { incomplete: true }),
    ...given({ asRead: silent && asReadOf(silent, day) }),
  }
  return { body }
}

/** What the EHR lists now, as far as it can be had. */
async function readDay(house: House, caller: SignedIn) {
  const ehr = house.ehr(caller.launch)
  const { known, patients, chosen, isWhole, merged } = await listedAppointments(house, ehr, caller)
  const mine = known.flatMap((appointment) => mineOf(caller, appointment, merged))
  await addMissing(ehr, patients, mine)
  await showSurvivors(house, caller, patients)
  const rows = await Promise.all(mine.map((m) => rowRead(house, caller, m, patients)))
  return { at: house.now(), rows, isWhole, ...given({ chosen }) }
}

/** With what this house knows itself: who waits, what is unsaid, and whose note is not in the chart; while the EHR is silent, what was opened before. */
async function withOwn(
  house: House,
  caller: SignedIn,
  rows: readonly DayItem[],
  isSilent: boolean,
): Promise<readonly AppointmentItem[]> {
  const shown = rows.flatMap((row) => ('start' in row ? row : []))
  const listed = () => new Set(shown.map((item) => item.id))
  shown.push(...(await attendedItems(house, caller, new Set(rows.map((row) => row.id)), isSilent)))
  shown.push(...(await unsaidItems(house, caller, listed())))
  if (isSilent) shown.push(...(await openedItems(house, caller, listed())))
  shown.sort(byStart)
  return [...(await unfinished(house, caller, listed())), ...shown]
}

const asReadOf = ({ code, detail: { retryAfter } }: Refusal, day: DayAsked['day']): AppointmentList['asRead'] => ({
  code,
  ...given({ at: day?.at, retryAfter }),
})

/** Who waits, or asks, at visits that this sign-in may not open. */
async function beyondReach(house: House, caller: SignedIn) {
  const { outOfReach, asking = [] } = await whoWaits(house, caller)
  const nameless = asking.filter(({ named }) => named === undefined)
  return given({ outOfReach, asking: nameless.length > 0 ? nameless : undefined })
}

const byStart = (a: AppointmentItem, b: AppointmentItem): number => a.start.localeCompare(b.start)

/** Visits of earlier days whose note is not in the chart yet: they stay on their writer's list until it is. */
async function unfinished(house: House, caller: SignedIn, listed: ReadonlySet<AppointmentId>) {
  const { person, launch, organisation } = caller
  if (person.role !== 'clinician') return []
  const notes = await house.notes.find('unfiled', `${organisation.id}:${person.who}`)
  const visits = await Promise.all(notes.map((note) => house.visits.get(note.id)))
  const mine = visits.flatMap((v) => v ?? []).filter((v) => isOfEhr(organisation, v, launch.iss))
  const left = mine.filter((v) => !listed.has(v.appointment) && isWithin(launch, v))
  const items = left.map((v) => earlier(house, caller, v))
  return (await Promise.all(items)).sort(byStart)
}

const earlier = (house: House, caller: SignedIn, visit: Visit): Promise<AppointmentItem> =>
  itemOfVisit(
    house,
    caller,
    visit,
    visit.status === 'finished' ? 'finished' : hoursAt(visit, caller.organisation.joinWindow, house.now()),
  )

/** Patients the search did not bring along (a server may ignore `_include`) are read one by one, side by side. */
async function addMissing(ehr: Ehr, patients: Map<string, Patient>, mine: readonly Mine[]): Promise<void> {
  const ids = mine.flatMap((m) => (m.patient === undefined ? [] : idOf(m.patient)))
  const missing = new Set(ids.filter((id) => !patients.has(id)))
  const read = await Promise.all([...missing].map((id) => ehr.read('Patient', id).catch(unread)))
  for (const found of read) if (found) patients.set(found.resource.id, found.resource)
}

/** Who was merged is shown as the record has them that counts, where it can be had. */
async function showSurvivors(house: House, { launch }: SignedIn, patients: Map<string, Patient>): Promise<void> {
  const shown = [...patients].map(async ([id, record]) => {
    const person = await personBehind(house, launch, record).catch(leftAlone)
    if (person?.record !== undefined) patients.set(id, person.record)
  })
  await Promise.all(shown)
}
