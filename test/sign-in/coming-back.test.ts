// Who comes back: into a call whose Appointment was cancelled or moved meanwhile, to a note that is not in the chart yet,
// to an Appointment that is on again. And what is not come back to: another patient's.
import type { Appointment } from 'fhir/r4'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Instant } from '../../server/domain/ids.ts'
import type { AppointmentItem, AppointmentList, NoteView, RoomToken } from '../../server/wire/wire.ts'
import { changeAppointment } from '../support/appointment.ts'
import { attempt, chart } from '../support/chart.ts'
import type { Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import {
  admit,
  admitted,
  bodyOf,
  doorIdOf,
  inCall,
  knock,
  open,
  opened,
  patientWasThere,
  save,
  signed,
  soap,
  tokenFor,
} from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, practitioners, relatedPersons } = clinic
const chen = practitioners.chen.reference
const okafor = practitioners.okafor.reference
const margaret = patients.margaret.reference
const week = 7 * 24 * 60

let world: World
beforeAll(async () => {
  const timeZone = noonZone()
  world = await openWorld({
    config: (c) => ({ ...c, organisations: c.organisations.map((o) => ({ ...o, timeZone })) }),
  })
})
afterEach(() => world.ehr.faults.clear())
afterAll(() => world.close())

/** Where it is noon now: no day of a test ends in the middle of it. */
function noonZone(): string {
  const behind = new Date().getUTCHours() - 12
  return `Etc/GMT${behind < 0 ? '' : '+'}${behind}`
}

/** The hospital changes an Appointment; nobody here is told. */
const changed = (id: string, change: Partial<Appointment>) => changeAppointment(world, id, change)

const at = (minutes: number) => new Date(world.now() + minutes * 60_000).toISOString() as Instant // sound: toISOString is one
const nextWeek = () => ({ start: at(week), end: at(week + 15) })
const roomOf = async (person: Person, visit: string) => bodyOf<RoomToken>(await tokenFor(person, visit)).room

const losses: readonly [string, () => Partial<Appointment>][] = [
  ['cancelled', () => ({ status: 'cancelled' })],
  ['marked as missed', () => ({ status: 'noshow' })],
  ['marked as a mistake', () => ({ status: 'entered-in-error' })],
  ['moved to next week', nextWeek],
]

describe('a call whose Appointment is', () => {
  test.each(losses)(
    '%s meanwhile goes on: both sides launch again and come back into the same room',
    async (_how, how) => {
      const { appointment, visit, room } = await inCall(world)
      await changed(appointment, how())
      const clinician = await world.signIn({ user: chen, appointment })
      const patient = await world.signIn({ user: margaret, appointment })

      const paths = [await open(clinician, appointment), await open(patient, appointment)]

      expect(paths).toEqual([visit, visit])
      expect([await roomOf(clinician, visit), await roomOf(patient, visit)]).toEqual([room, room])
    },
  )

  test('moved to next week, and is come back to, leaves next week’s Appointment to next week', async () => {
    const { appointment, patient, visit, clinician: before } = await opened(world)
    bodyOf(await tokenFor(before, visit))
    await changed(appointment, nextWeek())
    const clinician = await world.signIn({ user: chen, appointment })
    await open(clinician, appointment)
    expect((await patient.get(visit)).body).toMatchObject({ place: { at: 'outside', window: 'open' } })
    bodyOf(await save(clinician, visit))
    await patientWasThere(world, visit)
    bodyOf(await clinician.post(`${visit}/end`))
    bodyOf(await clinician.post(`${visit}/note/signature`, {}, { 'If-Match': 'W/"1"' }))

    const filing = await attempt({ clinician, visit })

    expect(filing).toMatchObject({ state: 'filed', appointment: 'left' })
    expect(world.ehr.resource('Appointment', appointment)?.status).toBe('booked')
  })

  test('another patient’s by now cannot be come back to', async () => {
    const { appointment } = await inCall(world)
    const participant = [patients.zoe.reference, chen].map((reference) => ({
      ...{ actor: { reference }, status: 'accepted' as const },
    }))
    await changed(appointment, { participant })
    const again = await world.signIn({ user: chen })

    await refuses(world, 'appointment-changed', () => again.post('/api/visits', { appointment }))
  })
})

describe('a finished visit whose note is not in the chart', () => {
  test.each(losses)('is come back to although its Appointment was %s, and the note is filed', async (_how, how) => {
    const { appointment, visit } = await signed(world)
    await changed(appointment, how())
    const clinician = await world.signIn({ user: chen })

    expect(await open(clinician, appointment)).toBe(visit)

    expect(await attempt({ clinician, visit })).toMatchObject({ state: 'filed', appointment: 'left' })
    expect(chart(world, appointment)).toMatchObject({ encounters: 1, notes: 1 })
  })

  test('outlives a sweep a year on, note and visit, until it is filed', async () => {
    const { appointment, visit, clinician } = await signed(world)
    const untouched = await opened(world)
    const yearOn = at(366 * 24 * 60)

    const [, notes] = await Promise.all([world.house.visits.sweep(yearOn), world.house.notes.sweep(yearOn)])

    expect(notes).toBe(0)
    expect((await untouched.clinician.get(untouched.visit)).code).toBe('not-your-visit')
    expect(await open(clinician, appointment)).toBe(visit)
    expect(bodyOf<NoteView>(await clinician.get(`${visit}/note`)).soap).toEqual(soap)
    expect(await attempt({ clinician, visit })).toMatchObject({ state: 'filed' })
  })

  test('stands on its writer’s list on the next day until it is filed, and on nobody else’s', async () => {
    const { appointment, visit } = await signed(world)
    const draft = await inCall(world)
    bodyOf(await save(draft.clinician, draft.visit))
    world.later(24 * 60 + 1)
    const writer = await world.signIn({ user: chen })
    const others = await Promise.all([
      world.signIn({ user: okafor }),
      world.signIn({ user: chen, patient: patients.zoe.id }),
      world.signIn({ user: margaret }),
    ])

    const items = await listed(writer)
    const elsewhere = await Promise.all(others.map(listed))

    const mine = (id: string) => items.find((i) => i.id === id)
    expect(mine(appointment)).toMatchObject({ patient: { name: patients.margaret.name }, visit: { note: 'final' } })
    expect(mine(draft.appointment)).toMatchObject({ state: 'open', visit: { note: 'preliminary' } })
    expect(elsewhere.flat().filter((i) => [appointment, draft.appointment].includes(i.id))).toEqual([])
    await open(writer, appointment)
    bodyOf(await writer.post(`${visit}/note/filing`))
    const left = await listed(writer)
    expect(left.map((i) => i.id)).not.toContain(appointment)
    expect(left.map((i) => i.id)).toContain(draft.appointment)
  })

  test('is opened long after its Appointment was over', async () => {
    const { appointment, visit } = await signed(world)
    world.later(3 * 24 * 60)
    const clinician = await world.signIn({ user: chen, patient: patients.margaret.id, appointment })

    expect(await open(clinician, appointment)).toBe(visit)

    expect((await listed(clinician)).filter((i) => i.id === appointment)).toHaveLength(1)
    expect(await attempt({ clinician, visit })).toMatchObject({ state: 'filed' })
  })
})

const listed = async (person: Person): Promise<readonly AppointmentItem[]> =>
  bodyOf<AppointmentList>(await person.get('/api/appointments')).appointments

describe('an Appointment that was cancelled by mistake and is on again', () => {
  const layla = { patient: patients.noor.reference, patientUser: relatedPersons.layla.reference } as const

  /** Someone was let in and had a token; then the Appointment was off, and is on again. */
  async function offAndOn() {
    const before = await admitted(world, layla)
    const room = await roomOf(before.patient, before.visit)
    await changed(before.appointment, { status: 'cancelled' })
    await before.clinician.post('/api/visits', { appointment: before.appointment })
    await changed(before.appointment, { status: 'booked' })
    return { ...before, room }
  }

  test('opens anew, with an empty door and another room', async () => {
    const { appointment, clinician, patient, visit, room } = await offAndOn()

    const paths = [await open(clinician, appointment), await open(patient, appointment)]

    expect(paths).toEqual([visit, visit])
    await refuses(world, 'not-admitted', () => tokenFor(patient, visit))
    bodyOf(await knock(patient, visit))
    bodyOf(await admit(clinician, visit, await doorIdOf(clinician, visit)))
    const rooms = [await roomOf(clinician, visit), await roomOf(patient, visit)]
    expect(rooms[0]).toBe(rooms[1])
    expect(rooms[0]).not.toBe(room)
  })

  test('has nobody in its Encounter who was only in the room it had before', async () => {
    const { appointment, clinician, visit } = await offAndOn()
    await open(clinician, appointment)
    await roomOf(clinician, visit)
    bodyOf(await save(clinician, visit))
    await patientWasThere(world, visit)
    bodyOf(await clinician.post(`${visit}/end`))
    bodyOf(await clinician.post(`${visit}/note/signature`, {}, { 'If-Match': 'W/"1"' }))

    expect(await attempt({ clinician, visit })).toMatchObject({ state: 'filed' })

    const about = `Appointment/${appointment}`
    const encounter = world.ehr.all('Encounter').find((e) => e.appointment?.some((a) => a.reference === about))
    expect(encounter?.participant?.map((p) => p.individual?.reference)).toEqual([chen])
  })
})

test('a substitute whom the Appointment names later hears of the knock on her own day', async () => {
  const { appointment, patient, visit } = await opened(world)
  const substitute = await world.signIn({ user: okafor })
  const day = await watch(world, substitute, '/api/events')
  const first = await day.until(0)
  const participant = [margaret, okafor].map((reference) => ({ actor: { reference }, status: 'accepted' as const }))
  await changed(appointment, { participant })
  await open(patient, appointment)
  const named = await day.until(first + 1)

  bodyOf(await knock(patient, visit))

  expect(await day.until(named + 1)).toBeGreaterThan(named)
  const waiting = (await listed(substitute)).find((i) => i.id === appointment)
  expect(waiting).toMatchObject({ visit: { status: 'arrived', waiting: 1 } })
  day.stop()
})

test('a save whose answer was lost is made again and is no conflict; another text of the old version is one', async () => {
  const { clinician, visit } = await inCall(world)
  const first = await save(clinician, visit, 0)

  const again = await save(clinician, visit, 0)

  expect([again.status, again.headers.etag, again.body]).toEqual([200, first.headers.etag, first.body])
  expect(first.headers.etag).toBe('W/"1"')
  await refuses(world, 'note-changed', () => save(clinician, visit, 0, { ...soap, plan: 'Another plan.' }))
})
