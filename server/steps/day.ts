// The list of Appointments: a clinician's day, or what a patient has before them.
// What the EHR gives is shown only where the caller is part of it.

import { idOf, relativeTo } from '../domain/ehr/reference.ts'
import { Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { AppointmentId, Ref } from '../domain/ids.ts'
import { dayBounds, earliest, latest, plus } from '../domain/instant.ts'
import type { Filing } from '../domain/note/ledger.ts'
import { appointmentState, type Booked, booked, lifeOf, mayOpen } from '../domain/visit/access.ts'
import { opensAt } from '../domain/visit/visit.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import { between, faceOf } from '../house/appointments.ts'
import type { SignedIn } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { faceView } from '../house/views.ts'
import { visitOf } from '../house/visit-of.ts'
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
  const [pages, chosen] = await Promise.all([searchAppointments(house, ehr, caller), chosenBy(ehr, caller)])
  const known = new Map(pages.flatMap((p) => p.found).map((a) => [a.id, a]))
  const patients = new Map(pages.flatMap((p) => p.patients).map((p) => [p.id, p]))
  if (chosen !== undefined) known.set(chosen.id, chosen)

  const mine = [...known.values()].flatMap((appointment) => bookedFor(caller, appointment))
  await addMissing(ehr, patients, mine)
  const items = await Promise.all(mine.map((m) => item(house, caller, m, patients)))
  const shown = items.filter((i) => i !== undefined).sort((a, b) => a.start.localeCompare(b.start))
  const left = await unfinished(house, caller, new Set(shown.map((i) => i.id)))
  shown.unshift(...left)
  const picked = shown.find((i) => i.id === chosen?.id)
  return { body: { appointments: shown, ...(picked ? { chosen: picked.id } : {}) } satisfies AppointmentList }
}

/** Visits of earlier days whose note is not in the chart yet: they stay on their writer's list until it is. */
async function unfinished(house: House, caller: SignedIn, listed: ReadonlySet<AppointmentId>) {
  const { person, launch, organisation } = caller
  if (person.role !== 'clinician') return []
  const notes = await house.notes.find('unfiled', `${organisation.id}:${person.who}`)
  const visits = await Promise.all(notes.map((note) => house.visits.get(note.id)))
  const mine = visits.flatMap((v) => v ?? []).filter((v) => isOfEhr(organisation, v, launch.iss))
  const left = mine.filter((v) => !listed.has(v.appointment) && (launch.patient ?? v.patient) === v.patient)
  const items = left.map((v) => earlier(house, caller, v))
  return (await Promise.all(items)).sort((a, b) => a.start.localeCompare(b.start))
}

async function earlier(house: House, caller: SignedIn, visit: Visit): Promise<AppointmentItem> {
  return {
    id: visit.appointment,
    start: visit.start,
    end: visit.end,
    state: visit.status === 'finished' ? 'finished' : 'open',
    opensAt: opensAt(visit, caller.organisation.joinWindow),
    ...faceView(visit.face),
    visit: await visitItem(house, caller, visit),
  }
}

type Mine = { readonly appointment: Appointment; readonly booking: Booked }

/** The Appointment where the caller is part of it, else nothing. */
function bookedFor({ launch, organisation }: SignedIn, appointment: Appointment): readonly Mine[] {
  try {
    const booking = booked(appointment, relativeTo(launch.iss), organisation.timeZone)
    mayOpen(launch, booking)
    return [{ appointment, booking }]
  } catch (cause) {
    if (cause instanceof Refusal) return []
    throw cause
  }
}

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
  const { appointmentsOf, includesPatients } = await house.profile(launch, 'briefly')
  const search = (params: Parameters<Ehr['searchIncluding']>[0]) => ehr.searchIncluding(params, includesPatients)
  if (launch.role !== 'clinician')
    return Promise.all(launch.patients.map((p) => search([['patient', p], ...between(from, plus(from, aheadSeconds))])))
  if (launch.patient !== undefined) return Promise.all([search([['patient', launch.patient], ...between(from, until)])])
  // Where only `practitioner` is searched, a role cannot be asked for: its Appointments name the Practitioner too, or are not found.
  const whose = launch.self.filter((me) => appointmentsOf === 'actor' || me.startsWith('Practitioner/'))
  return Promise.all(whose.map((me) => search([[appointmentsOf, me], ...between(from, until)])))
}

/** What the launch named: its Appointment, or the one its Encounter belongs to. */
async function chosenBy(ehr: Ehr, { launch }: SignedIn): Promise<Appointment | undefined> {
  const id = launch.appointment ?? (await appointmentOfEncounter(ehr, launch.encounter, relativeTo(launch.iss)))
  return id === undefined ? undefined : (await ehr.read('Appointment', id))?.resource
}

async function appointmentOfEncounter(ehr: Ehr, encounter: Ref | undefined, relative: (r: string) => Ref | undefined) {
  if (encounter === undefined) return undefined
  const found = await ehr.read('Encounter', idOf(encounter))
  const [only, another] = found?.resource.appointment ?? []
  const reference = another === undefined ? relative(only?.reference ?? '') : undefined
  return reference?.startsWith('Appointment/') ? idOf(reference) : undefined
}

/** Patients the search did not bring along (a server may ignore `_include`) are read one by one, side by side. */
async function addMissing(ehr: Ehr, patients: Map<string, Patient>, mine: readonly Mine[]): Promise<void> {
  const missing = new Set(mine.map((m) => idOf(m.booking.patient)).filter((id) => !patients.has(id)))
  const read = await Promise.all([...missing].map((id) => ehr.read('Patient', id).catch(withheld)))
  for (const found of read) if (found) patients.set(found.resource.id, found.resource)
}

/** One record that is closed to the caller must not close their whole day. */
function withheld(cause: unknown): undefined {
  if (cause instanceof Refusal && cause.code === 'ehr-refused') return undefined
  throw cause
}

async function item(house: House, caller: SignedIn, { appointment, booking }: Mine, patients: Map<string, Patient>) {
  const { organisation, launch } = caller
  const patient = patients.get(idOf(booking.patient))
  if (patient === undefined || lifeOf(booking.status) === undefined) return undefined
  const id = booking.id as AppointmentId // sound: the EHR's own
  const found = await visitOf(house, caller, id)
  // Base URLs that share their ids may still be at odds: then it is another patient's.
  const visit = found?.iss === launch.iss || found?.patient === booking.patient ? found : undefined
  const listed: AppointmentItem = {
    id,
    start: booking.start,
    end: booking.end,
    state: appointmentState(booking, visit, organisation.joinWindow, house.now()),
    opensAt: opensAt(booking, organisation.joinWindow),
    ...faceView(faceOf(appointment, patient, { now: house.now(), timeZone: organisation.timeZone })),
    ...(visit === undefined ? {} : { visit: await visitItem(house, caller, visit) }),
  }
  return listed
}

async function visitItem(
  house: House,
  { person }: SignedIn,
  visit: Visit,
): Promise<NonNullable<AppointmentItem['visit']>> {
  const door = 'call' in visit ? visit.call.door.filter((p) => p.state === 'waiting') : []
  const [first] = door.map((p) => p.knockedAt).sort()
  const note = person.role === 'clinician' ? await house.notes.get(visit.id) : undefined
  const noteState =
    note === undefined ? 'none' : note.docStatus === 'final' ? filingOf(note.filing.state) : 'preliminary'
  const since = given({ waitingSince: first })
  return { id: visit.id, status: visit.status, waiting: door.length, ...since, note: noteState }
}

const filingOf = (state: Filing['state']) => (state === 'unfiled' ? 'final' : state)
