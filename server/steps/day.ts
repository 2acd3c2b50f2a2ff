// The list of Appointments: a clinician's day, or what a patient has before them.
// What the EHR gives is shown only where the caller is part of it. One record that cannot be had closes nobody's list: the list says so.

import { idOf } from '../domain/ehr/reference.ts'
import { leftAlone } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { AppointmentId } from '../domain/ids.ts'
import { isWithin } from '../domain/sign-in/launch.ts'
import { hoursAt } from '../domain/visit/visit.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import { unread } from '../house/appointments.ts'
import type { SignedIn } from '../house/caller.ts'
import { attendedItems, itemOfVisit, type Mine, mineOf, rowOf, unsaidItems } from '../house/day-rows.ts'
import type { House } from '../house/house.ts'
import { listedAppointments } from '../house/listed-appointments.ts'
import { personBehind } from '../house/merged.ts'
import { withRoles } from '../house/own-roles.ts'
import { whoWaits } from '../house/who-waits.ts'
import { isOfEhr } from '../settings/bases.ts'
import type { AppointmentItem, AppointmentList } from '../wire/wire.ts'
import type { Reply } from './step.ts'

type Ehr = ReturnType<House['ehr']>
type Patient = Awaited<ReturnType<Ehr['searchIncluding']>>['patients'][number]

export async function appointments(house: House, signedIn: SignedIn): Promise<Reply> {
  const caller = await withRoles(house, signedIn)
  const { launch } = caller
  const ehr = house.ehr(launch)
  const { known, patients, chosen, isWhole, merged } = await listedAppointments(house, ehr, caller)
  const mine = known.flatMap((appointment) => mineOf(caller, appointment, merged))
  await addMissing(ehr, patients, mine)
  await showSurvivors(house, caller, patients)
  const rows = (await Promise.all(mine.map((m) => rowOf(house, caller, m, patients)))).flatMap((row) => row ?? [])
  const shown = rows.flatMap((row) => ('start' in row ? row : []))
  shown.push(...(await attendedItems(house, caller, new Set(rows.map((row) => row.id)))))
  shown.push(...(await unsaidItems(house, caller, new Set(shown.map((item) => item.id)))))
  shown.sort(byStart)
  const left = await unfinished(house, caller, new Set(shown.map((i) => i.id)))
  shown.unshift(...left)
  const untimed = rows.flatMap((row) => ('start' in row ? [] : row))
  const picked = shown.find((i) => i.id === chosen)
  const body: AppointmentList = {
    appointments: shown,
    ...(untimed.length > 0 ? { untimed } : {}),
    ...(picked ? { chosen: picked.id } : {}),
    ...(launch.role === 'clinician' ? await beyondReach(house, caller) : {}),
    ...(isWhole && launch.rolesUnread === undefined ? {} : { incomplete: true }),
  }
  return { body }
}

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
