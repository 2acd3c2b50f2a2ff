// A list of Appointments of which something cannot be had: what can be had stands, and the list says that there may be others. It is refused
// only where nothing at all can be had, and never empty without saying so.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import type { AppointmentList } from '../../server/wire/wire.ts'
import { newPatient } from '../support/chart.ts'
import { type Hostile, hostile } from '../support/hostile-ehr.ts'
import { asOddity } from '../support/odd-records.ts'
import type { Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf, book } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const { practitioners } = clinic
const { chen } = practitioners
const user = chen.reference

let world: World
let hospital: Hostile
/** What is answered in place of the EHR where it says so, by the address that is asked. */
let instead: (url: string) => { readonly status: number; readonly headers?: Record<string, string> } | undefined
beforeAll(async () => {
  hospital = hostile('http://127.0.0.1:9', () => undefined)
  const inTheWay = (request: IncomingMessage, response: ServerResponse, handOn: () => void) => {
    const answer =
      request.headers['x-honest'] === undefined ? instead(decodeURIComponent(request.url ?? '')) : undefined
    if (answer === undefined) return hospital.inTheWay(request, response, handOn)
    response.writeHead(answer.status, { 'content-type': 'application/fhir+json', ...answer.headers })
    response.end(
      JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] }),
    )
  }
  instead = () => undefined
  world = await openWorld({ inTheWay, personality: generic })
})
afterEach(() => {
  instead = () => undefined
  hospital.calm()
  world.ehr.faults.clear()
})
afterAll(() => world.close())

const list = async (person: Person) => bodyOf<AppointmentList>(await person.get('/api/appointments'))
const ids = ({ appointments }: AppointmentList) => appointments.map(({ id }) => String(id))
const unreadable = {
  name: 'no times that can be read',
  of: 'Appointment',
  change: (one: object) => ({ ...one, participant: 7 }),
}

describe('a list with an Appointment in it that nobody can read', () => {
  test('has the others, for the clinician and for the patient, and says that it is not whole', async () => {
    const patient = await newPatient(world)
    const [odd, good] = [await book(world, { patient }), await book(world, { patient, startsInMinutes: 60 })]
    const clinician = await world.signIn({ user })
    const theirs = await world.signIn({ user: patient as `Patient/${string}`, patient: patient.split('/')[1] ?? '' })
    expect([(await list(clinician)).incomplete, (await list(theirs)).incomplete]).toEqual([undefined, undefined])
    hospital.turns('search', asOddity(unreadable, odd))

    for (const person of [clinician, theirs]) {
      const seen = await list(person)

      expect(ids(seen)).toContain(good)
      expect(ids(seen)).not.toContain(odd)
      expect(seen.incomplete).toBe(true)
    }
  })

  test('says so where nothing else is in it', async () => {
    const patient = await newPatient(world)
    const only = await book(world, { patient })
    const theirs = await world.signIn({ user: patient as `Patient/${string}`, patient: patient.split('/')[1] ?? '' })
    hospital.turns('search', asOddity(unreadable, only))

    expect(await list(theirs)).toEqual({ appointments: [], incomplete: true })
  })
})

describe('several searches for a clinician’s day', () => {
  const own = (url: string) => url.includes('/Appointment?') && url.includes(`actor=${chen.reference}&`)
  const role = (url: string) => url.includes('/Appointment?') && url.includes(`actor=${chen.role}&`)
  const failures = [
    [500, 'ehr-failed'],
    [403, 'ehr-refused'],
    [401, 'ehr-session-ended'],
    [429, 'ehr-busy'],
  ] as const

  test.each(failures)('of which one is answered %i leave what the other finds, and that is said', async (status) => {
    const [byName, byRole] = [await book(world), await book(world, { practitioner: chen.role })]
    const clinician = await world.signIn({ user })
    expect(ids(await list(clinician))).toEqual(expect.arrayContaining([byName, byRole]))

    instead = (url) => (role(url) ? { status } : undefined)
    const named = await list(clinician)
    instead = (url) => (own(url) ? { status } : undefined)
    const held = await list(clinician)

    expect([ids(named).includes(byName), ids(named).includes(byRole), named.incomplete]).toEqual([true, false, true])
    expect([ids(held).includes(byName), ids(held).includes(byRole), held.incomplete]).toEqual([false, true, true])
    instead = () => undefined
    expect((await list(clinician)).incomplete).toBeUndefined()
  })

  test.each(failures)('that are all answered %i are refused: %s', async (status, code) => {
    const clinician = await world.signIn({ user })
    instead = (url) => (url.includes('/Appointment?') ? { status } : undefined)

    await refuses(world, code, () => clinician.get('/api/appointments'))
  })

  test('that are all too busy pass on the longest time that was asked for', async () => {
    const clinician = await world.signIn({ user })
    const after = (seconds: string) => ({ status: 429, headers: { 'retry-after': seconds } })
    instead = (url) => (own(url) ? after('5') : role(url) ? after('40') : undefined)

    const { headers } = await refuses(world, 'ehr-busy', () => clinician.get('/api/appointments'))

    expect(headers['retry-after']).toBe('40')
  })

  test('of an EHR that takes no token any more say that the sign-in has ended', async () => {
    const clinician = await world.signIn({ user })
    world.ehr.faults.on('fhir-401')

    await refuses(world, 'ehr-session-ended', () => clinician.get('/api/appointments'))
  })
})

test('a search that goes no further than its first page leaves what stood there, and that is said', async () => {
  const patient = await newPatient(world)
  const many = await Promise.all(Array.from({ length: 30 }, (_, n) => book(world, { patient, startsInMinutes: -n })))
  const theirs = await world.signIn({ user: patient as `Patient/${string}`, patient: patient.split('/')[1] ?? '' })
  const whole = await list(theirs)
  world.ehr.faults.on('next-link-other-host', { url: 'http://127.0.0.1:9' })

  const cut = await list(theirs)

  expect([ids(whole).length, whole.incomplete]).toEqual([many.length, undefined])
  expect(cut.appointments.length).toBeGreaterThan(0)
  expect(cut.appointments.length).toBeLessThan(many.length)
  expect(cut.incomplete).toBe(true)
})

describe('a patient’s record that is answered', () => {
  test.each([401, 403, 429, 500])('%i closes nobody’s day: the others are called by their records', async (status) => {
    const [one, other] = [await newPatient(world), await newPatient(world)]
    const booked = [await book(world, { patient: one }), await book(world, { patient: other })]
    const clinician = await world.signIn({ user })
    // The search brings no patients along: each is read by itself.
    instead = (url) => (url.includes('_include=') ? { status: 400 } : url.endsWith(`/${one}`) ? { status } : undefined)

    const seen = await list(clinician)

    const rows = booked.map((id) => seen.appointments.find((a) => a.id === id))
    expect(rows.map((row) => row?.patientUnread)).toEqual([true, undefined])
    expect(rows[1]?.patient.name).toBe('Somebody New')
    expect(seen.incomplete).toBeUndefined()
  })
})

describe('an Appointment that the launch named', () => {
  const another = (of: number) =>
    Promise.all(Array.from({ length: of }, (_, n) => book(world, { startsInMinutes: 24 * 60 + 30 * n })))

  test.each([
    [500, true],
    [403, true],
    [429, true],
    [410, undefined],
  ])('and that is answered %i leaves the day, which says so unless it is not there any more', async (status, says) => {
    const [far = ''] = await another(1)
    const today = await book(world)
    const clinician = await world.signIn({ user, appointment: far })
    expect((await list(clinician)).chosen).toBe(far)
    instead = (url) => (url.endsWith(`/Appointment/${far}`) ? { status } : undefined)

    const seen = await list(clinician)

    expect(ids(seen)).toContain(today)
    expect([seen.incomplete, seen.chosen]).toEqual([says, undefined])
  })

  test('is chosen where the day has it, though it cannot be read by itself', async () => {
    const today = await book(world)
    const clinician = await world.signIn({ user, appointment: today })
    instead = (url) => (url.endsWith(`/Appointment/${today}`) ? { status: 500 } : undefined)

    const seen = await list(clinician)

    expect([seen.chosen, seen.incomplete]).toEqual([today, undefined])
  })

  test('beside another one closes neither it nor the day where it cannot be read, and nothing is chosen for anybody', async () => {
    const [one = '', other = ''] = await another(2)
    const today = await book(world)
    const clinician = await world.signIn({ user, appointment: one, besides: [`Appointment/${other}`] })
    expect((await list(clinician)).appointments).toHaveLength(2)

    instead = (url) => (url.endsWith(`/Appointment/${other}`) ? { status: 500 } : undefined)
    const half = await list(clinician)
    instead = (url) => (/\/Appointment\/[^/?]+$/.test(url) ? { status: 500 } : undefined)
    const none = await list(clinician)

    expect(half).toMatchObject({ appointments: [{ id: one }], incomplete: true })
    expect(half.chosen).toBeUndefined()
    expect([ids(none).includes(today), none.incomplete]).toEqual([true, true])
  })
})
