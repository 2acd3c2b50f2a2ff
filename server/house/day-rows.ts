// The rows of a list of Appointments: what is said of each, and of its visit. Whoever stands at a door stays on their clinician's day, whatever
// the EHR lists. Refuses to show what the caller is no part of.

import { isPatientOf, type KnownAs } from '../domain/ehr/merged.ts'
import { idOf } from '../domain/ehr/reference.ts'
import { given } from '../domain/given.ts'
import type { AppointmentId, Instant, Ref } from '../domain/ids.ts'
import { comesFor, isWithin } from '../domain/sign-in/launch.ts'
import { appointmentState, isUsable, untimedAs } from '../domain/visit/access.ts'
import { lastShutOut } from '../domain/visit/locked-door.ts'
import { isUnsaid } from '../domain/visit/outcome.ts'
import { courseOf, namesPeople, type Reading } from '../domain/visit/reviewed.ts'
import { asksForTelephone, closesAt, hoursAt, opensAt } from '../domain/visit/visit.ts'
import type { Face, Visit } from '../domain/visit/visit-shape.ts'
import type { Resource } from '../outside/ehr/ehr.ts'
import type { RowRead } from '../outside/memory/days-read.ts'
import { isOfEhr } from '../settings/bases.ts'
import type { AppointmentItem, UntimedItem } from '../wire/wire.ts'
import { faceOf, faceWithout, readerAt, readingOf } from './appointments.ts'
import type { SignedIn } from './caller.ts'
import type { House } from './house.ts'
import { reviewNow, tellUnusable } from './reviews.ts'
import { faceView } from './views.ts'
import { visitItem } from './visit-item.ts'
import { attendedKeys, clinicianKeys, visitOf } from './visit-of.ts'

/** An Appointment that is the caller's. `patient`: the one it is for, where it says so. */
export type Mine = {
  readonly appointment: Resource<'Appointment'>
  readonly said: Reading
  readonly patient?: Ref<'Patient'>
}

/**
 * The Appointment where the caller is part of it, else nothing. A patient who declined is still told of it. `merged`: of whom the launch is for,
 * those who are known by several records.
 */
export function mineOf(
  caller: SignedIn,
  appointment: Resource<'Appointment'>,
  merged: readonly KnownAs[],
): readonly Mine[] {
  const { launch } = caller
  const said = readingOf(caller, appointment)
  const named = [...said.patients, ...(said.declined ?? [])]
  const person = (one: Ref<'Patient'>) => merged.find((known) => isPatientOf(known, one)) ?? { patient: one }
  if (!named.some((one) => isWithin(launch, person(one))) && launch.patient !== undefined) return []
  const theirs = launch.role === 'clinician' ? named : named.filter((one) => comesFor(launch, person(one)))
  const isPart =
    launch.role === 'clinician' ? said.practitioners.some((p) => launch.self.includes(p)) : theirs.length > 0
  const [patient, another] = theirs
  return isPart ? [{ appointment, said, ...given({ patient: another === undefined ? patient : launch.patient }) }] : []
}

/** What is read of one Appointment, before it is known how it stands with its visit. */
export async function rowRead(
  house: House,
  caller: SignedIn,
  { appointment, said, patient }: Mine,
  patients: ReadonlyMap<string, Resource<'Patient'>>,
): Promise<RowRead> {
  const { organisation } = caller
  const id = appointment.id as AppointmentId // sound: the EHR's own
  const visit = await visitHere(house, caller, { id, patient })
  const record = patient === undefined ? undefined : patients.get(idOf(patient))
  const known = visit !== undefined && isPatientOf(visit, patient) ? visit.face : undefined
  const face = record
    ? faceOf(appointment, record, readerAt(house, organisation), known?.interpreterAsked)
    : faceWithout(appointment, patient, known)
  const told = timesOf(said) === undefined ? appointment.start?.slice(0, 40) : undefined
  const unread = record || patient === undefined ? undefined : (true as const)
  const about = { id, ...faceView(face), ...expectedBy(caller, face), ...given({ patientUnread: unread, told }) }
  return { said, about, ...given({ patient }) }
}

/** A patient knows who comes with them; their list has no room for it. */
const expectedBy = ({ person }: SignedIn, { expected }: Face): Pick<AppointmentItem, 'expected'> =>
  person.role === 'clinician' ? given({ expected }) : {}

/**
 * One Appointment in the list. One that is off ends its visit, where nobody has begun it, before it is shown. One that says neither when it is,
 * nor has a visit that does, stands without a time.
 */
export const rowOf = async (house: House, caller: SignedIn, read: RowRead): Promise<DayItem | undefined> =>
  rowWith(house, caller, read, await visitFor(house, caller, read))

export type DayItem = AppointmentItem | UntimedItem

/** The same, with its visit as it is kept. */
export async function rowWith(
  house: House,
  caller: SignedIn,
  { said, about }: RowRead,
  visit: Visit | undefined,
): Promise<DayItem | undefined> {
  const { organisation, launch } = caller
  const { told, ...row } = about
  const state = stateOf(house, caller, said, visit)
  const times = timesOf(said) ?? visit
  if (times === undefined) {
    const as = untimedAs(launch.role, said.status)
    // What it tells its patient is for a visit that has a time: the wire has no place for it.
    const { patientInstruction: _, expected: _others, ...face } = row
    return as && { ...face, state: as, ...given({ told }) }
  }
  if (state === undefined) return undefined
  const { start, end } = times
  const hours = { start, end, opensAt: opensAt(times, organisation.joinWindow) }
  return { ...row, ...hours, state, ...(visit ? { visit: await visitItem(house, caller, visit) } : {}) }
}

function timesOf({ start, end }: Reading): { readonly start: Instant; readonly end: Instant } | undefined {
  return start !== undefined && end !== undefined ? { start, end } : undefined
}

/** Undefined where there is none, or it is another patient's: base URLs that share their ids may still be at odds. */
export async function visitHere(
  house: House,
  caller: SignedIn,
  { id, patient }: { readonly id: AppointmentId; readonly patient: Ref<'Patient'> | undefined },
): Promise<Visit | undefined> {
  const found = await visitOf(house, caller, id)
  const isTheirs = found !== undefined && (found.iss === caller.launch.iss || isPatientOf(found, patient))
  return isTheirs ? found : undefined
}

async function visitFor(
  house: House,
  caller: SignedIn,
  { said, patient, about: { id } }: RowRead,
): Promise<Visit | undefined> {
  const found = await visitHere(house, caller, { id, patient })
  if (found === undefined) return undefined
  const course = courseOf(found, said)
  if (course === 'unusable' && caller.person.role === 'clinician') await tellUnusable(house, found)
  const isWhole = found.unusable !== undefined && course === 'goes-on'
  if (found.status === 'cancelled' || (course !== 'ends' && !isWhole)) return found
  // A list may be a minute old: what ends a visit, or says that one is whole again, is read by itself.
  await reviewNow(house, { ...caller, visit: found })
  return house.visits.get(found.id)
}

/** Undefined for what a list does not show: to a patient, what nobody can come to. */
function stateOf(
  house: House,
  { organisation, person }: SignedIn,
  said: Reading,
  visit: Visit | undefined,
): AppointmentItem['state'] | undefined {
  const [window, now] = [organisation.joinWindow, house.now()]
  const times = timesOf(said) ?? visit
  const place = visit !== undefined && 'call' in visit ? hoursAt(visit, window, now) : undefined
  // Who has a place there comes back to it, whatever the chart says meanwhile: it is the clinician who is asked.
  if (person.role !== 'clinician' && place !== undefined && courseOf(visit, said) !== 'ends') return place
  if (visit?.status === 'in-progress' || visit?.status === 'finished' || (namesPeople(said) && isUsable(said)))
    return times && appointmentState({ ...times, status: said.status }, visit, window, now)
  if (courseOf(undefined, said) === 'ends') return 'cancelled'
  return person.role === 'clinician' ? 'unusable' : undefined
}

/**
 * Visits with somebody at the door, or in the call, whose Appointment is not listed: cancelled without times, moved to another day, or kept from
 * the clinician. Each is read again, which may end it, unless the EHR says nothing (`isSilent`); whoever still waits stays on their clinician's
 * day, and is reached from there.
 */
export async function attendedItems(
  house: House,
  caller: SignedIn,
  listed: ReadonlySet<AppointmentId>,
  isSilent: boolean,
): Promise<readonly AppointmentItem[]> {
  const theirs = (await theirVisits(house, caller, 'attended', listed)).filter((v) => isAttended(house, caller, v))
  const items = theirs.map((v) => attendedItem(house, caller, v, isSilent))
  return (await Promise.all(items)).flatMap((item) => item ?? [])
}

/** Visits that ended without anybody of the patient's side, on whatever day: they stay until a clinician of them says what happened. */
export async function unsaidItems(
  house: House,
  caller: SignedIn,
  listed: ReadonlySet<AppointmentId>,
): Promise<readonly AppointmentItem[]> {
  const theirs = (await theirVisits(house, caller, 'unsaid', listed)).filter(isUnsaid)
  return Promise.all(theirs.map((v) => itemOfVisit(house, caller, v, 'finished')))
}

/** A clinician's visits of an index whose Appointment is not listed yet. */
async function theirVisits(
  house: House,
  { launch, organisation }: SignedIn,
  index: 'attended' | 'unsaid',
  listed: ReadonlySet<AppointmentId>,
): Promise<readonly Visit[]> {
  if (launch.role !== 'clinician') return []
  const keys = index === 'attended' ? attendedKeys(launch, house.now()) : clinicianKeys(launch)
  const found = (await Promise.all(keys.map((key) => house.visits.find(index, key)))).flat()
  return [...new Map(found.map((v) => [v.id, v])).values()]
    .filter((v) => v.organisation === organisation.id && isOfEhr(organisation, v, launch.iss))
    .filter((v) => !listed.has(v.appointment) && isWithin(launch, v))
}

async function attendedItem(
  house: House,
  caller: SignedIn,
  before: Visit,
  isSilent: boolean,
): Promise<AppointmentItem | undefined> {
  const { launch, organisation } = caller
  const course = isSilent ? undefined : await reviewNow(house, { ...caller, visit: before })
  const visit = await house.visits.get(before.id)
  if (visit === undefined || !isAttended(house, caller, visit)) return undefined
  if (!visit.practitioners.some((one) => launch.self.includes(one))) return undefined
  const isHidden = course === 'hidden' || (course === undefined && launch.notFound?.includes(visit.id))
  const hours = hoursAt(visit, organisation.joinWindow, house.now())
  return itemOfVisit(house, caller, visit, isHidden ? 'hidden' : course === 'unusable' ? course : hours)
}

/**
 * After its hours a place at the door is nobody's, unless their page is still there. Who asked to speak by telephone closed it, perhaps: they
 * are to be rung until somebody has said what became of the visit.
 */
function isAttended(house: House, { organisation }: SignedIn, visit: Visit): boolean {
  if (!('call' in visit)) return false
  if (asksForTelephone(visit.call)) return true
  const { door } = visit.call
  if (door.length === 0 && visit.status !== 'in-progress' && lastShutOut(visit) === undefined) return false
  const now = house.now()
  const isHere = ({ who }: { who: Ref }) => house.memory.openPages.here(visit.id, who, now)
  return now < closesAt(visit, organisation.joinWindow) || door.some(isHere)
}

/** A row of what was kept of a visit alone. */
export async function itemOfVisit(
  house: House,
  caller: SignedIn,
  visit: Visit,
  state: AppointmentItem['state'],
): Promise<AppointmentItem> {
  return {
    id: visit.appointment,
    start: visit.start,
    end: visit.end,
    state,
    opensAt: opensAt(visit, caller.organisation.joinWindow),
    ...faceView(visit.face),
    ...expectedBy(caller, visit.face),
    visit: await visitItem(house, caller, visit),
  }
}
