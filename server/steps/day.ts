// The list of Appointments: a clinician's day, or what a patient has before them.
// What the EHR gives is shown only where the caller is part of it. One record that cannot be had closes nobody's list.

import { idOf, isClinician, relativeTo } from '../domain/ehr/reference.ts'
import { Refusal } from '../domain/errors.ts'
import type { AppointmentId, Ref } from '../domain/ids.ts'
import { dayBounds, earliest, latest, plus } from '../domain/instant.ts'
import type { Launch } from '../domain/sign-in/launch.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import { between, unread } from '../house/appointments.ts'
import type { SignedIn } from '../house/caller.ts'
import { attendedItems, itemOfVisit, type Mine, mineOf, rowOf } from '../house/day-rows.ts'
import type { House } from '../house/house.ts'
import { isOfEhr } from '../settings/bases.ts'
import type { AppointmentItem, AppointmentList } from '../wire/wire.ts'
import type { Reply } from './step.ts'

type Ehr = ReturnType<House['ehr']>
type Search = Awaited<ReturnType<Ehr['searchIncluding']>>
type Appointment = Search['found'][number]
type Patient = Search['patients'][number]

const aroundSeconds = 3 * 3600
const aheadSeconds = 30 * 24 * 3600

export async function appointments(house: House, caller: SignedIn): Promise<Reply> {
  const { launch } = caller
  const ehr = house.ehr(launch)
  const { known, patients, chosen } = await found(house, ehr, caller)
  const mine = known.flatMap((appointment) => mineOf(caller, appointment))
  await addMissing(ehr, patients, mine)
  const rows = (await Promise.all(mine.map((m) => rowOf(house, caller, m, patients)))).flatMap((row) => row ?? [])
  const shown = rows.flatMap((row) => ('start' in row ? row : []))
  shown.push(...(await attendedItems(house, caller, new Set(rows.map((row) => row.id)))))
  shown.sort(byStart)
  const left = await unfinished(house, caller, new Set(shown.map((i) => i.id)))
  shown.unshift(...left)
  const untimed = rows.flatMap((row) => ('start' in row ? [] : row))
  const picked = shown.find((i) => i.id === chosen?.id)
  const body: AppointmentList = {
    appointments: shown,
    ...(untimed.length > 0 ? { untimed } : {}),
    ...(picked ? { chosen: picked.id } : {}),
  }
  return { body }
}

type Found = {
  readonly known: readonly Appointment[]
  readonly patients: Map<string, Patient>
  readonly chosen?: Appointment | undefined
}

/** Several that the launch named are the list; else it is what the search finds, with the one that was named. */
async function found(house: House, ehr: Ehr, caller: SignedIn): Promise<Found> {
  const several = await namedBy(ehr, caller)
  if (several.length > 0) {
    const [only, another] = several.filter((one) => mineOf(caller, one).length > 0)
    return { known: several, patients: new Map(), chosen: another === undefined ? only : undefined }
  }
  const [pages, chosen] = await Promise.all([searchAppointments(house, ehr, caller), chosenBy(ehr, caller)])
  const known = new Map(pages.flatMap((p) => p.found).map((a) => [a.id, a]))
  const patients = new Map(pages.flatMap((p) => p.patients).map((p) => [p.id, p]))
  if (chosen !== undefined) known.set(chosen.id, chosen)
  return { known: [...known.values()], patients, chosen }
}

/** Those of several that can be had; which of them is meant, only the person knows. */
async function namedBy(ehr: Ehr, { launch }: SignedIn): Promise<readonly Appointment[]> {
  const read = (launch.appointments ?? []).map((id) => ehr.read('Appointment', id).catch(unread))
  return (await Promise.all(read)).flatMap((one) => one?.resource ?? [])
}

const byStart = (a: AppointmentItem, b: AppointmentItem): number => a.start.localeCompare(b.start)

/** Visits of earlier days whose note is not in the chart yet: they stay on their writer's list until it is. */
async function unfinished(house: House, caller: SignedIn, listed: ReadonlySet<AppointmentId>) {
  const { person, launch, organisation } = caller
  if (person.role !== 'clinician') return []
  const notes = await house.notes.find('unfiled', `${organisation.id}:${person.who}`)
  const visits = await Promise.all(notes.map((note) => house.visits.get(note.id)))
  const mine = visits.flatMap((v) => v ?? []).filter((v) => isOfEhr(organisation, v, launch.iss))
  const left = mine.filter((v) => !listed.has(v.appointment) && (launch.patient ?? v.patient) === v.patient)
  const items = left.map((v) => earlier(house, caller, v))
  return (await Promise.all(items)).sort(byStart)
}

const earlier = (house: House, caller: SignedIn, visit: Visit): Promise<AppointmentItem> =>
  itemOfVisit(house, caller, visit, visit.status === 'finished' ? 'finished' : 'open')

/** Several searches run side by side. */
async function searchAppointments(
  house: House,
  ehr: Ehr,
  { launch, organisation }: SignedIn,
): Promise<readonly Search[]> {
  const now = house.now()
  const day = dayBounds(now, organisation.timeZone)
  // At midnight the day is not over for whom is at work: the hours around now belong to it.
  const from = earliest(day.from, plus(now, -aroundSeconds))
  const until = latest(day.until, plus(now, aroundSeconds))
  const { appointmentsOf, includesPatients, told } = await house.profile(launch, 'briefly')
  const search = (params: Parameters<Ehr['searchIncluding']>[0]) => ehr.searchIncluding(params, includesPatients)
  if (launch.role !== 'clinician')
    return Promise.all(launch.patients.map((p) => search([['patient', p], ...between(from, plus(from, aheadSeconds))])))
  if (launch.patient !== undefined) return Promise.all([search([['patient', launch.patient], ...between(from, until)])])
  const mine = (by: typeof appointmentsOf) =>
    Promise.all(whoseDay(launch, by).map((me) => search([[by, me], ...between(from, until)]).catch(asRole(house, me))))
  return mine(appointmentsOf).catch((cause: unknown) => {
    // An EHR that has not said yet by which name it is searched for a clinician's Appointments is asked by the other one too.
    if (told || !isRefused(cause)) throw cause
    return mine('practitioner')
  })
}

/** Where only `practitioner` is searched, a role cannot be asked for: its Appointments name the Practitioner too, or are not found. */
const whoseDay = ({ self }: Launch, by: 'actor' | 'practitioner') =>
  self.filter((me) => by === 'actor' || isClinician(me))

/** An EHR that takes no search by a role still has the clinician's own: a search that merely went wrong closes the list, and says so. */
const asRole =
  ({ log }: House, me: Ref) =>
  (cause: unknown): Search => {
    if (isClinician(me) || !isRefused(cause)) throw cause
    log.warn('roles-unread', { code: 'ehr-refused' })
    return { found: [], patients: [], unread: true }
  }

const isRefused = (cause: unknown): boolean => cause instanceof Refusal && cause.code === 'ehr-refused'

/** What the launch named: its Appointment, or the one its Encounter belongs to. */
async function chosenBy(ehr: Ehr, { launch }: SignedIn): Promise<Appointment | undefined> {
  const id = launch.appointment ?? (await appointmentOfEncounter(ehr, launch.encounter, relativeTo(launch.iss)))
  return id === undefined ? undefined : (await ehr.read('Appointment', id).catch(unread))?.resource
}

async function appointmentOfEncounter(ehr: Ehr, encounter: Ref | undefined, relative: (r: string) => Ref | undefined) {
  if (encounter === undefined) return undefined
  const found = await ehr.read('Encounter', idOf(encounter)).catch(unread)
  const [only, another] = found?.resource.appointment ?? []
  const reference = another === undefined ? relative(only?.reference ?? '') : undefined
  return reference?.startsWith('Appointment/') ? idOf(reference) : undefined
}

/** Patients the search did not bring along (a server may ignore `_include`) are read one by one, side by side. */
async function addMissing(ehr: Ehr, patients: Map<string, Patient>, mine: readonly Mine[]): Promise<void> {
  const ids = mine.flatMap((m) => (m.patient === undefined ? [] : idOf(m.patient)))
  const missing = new Set(ids.filter((id) => !patients.has(id)))
  const read = await Promise.all([...missing].map((id) => ehr.read('Patient', id).catch(unread)))
  for (const found of read) if (found) patients.set(found.resource.id, found.resource)
}
