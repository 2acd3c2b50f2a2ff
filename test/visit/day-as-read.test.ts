// A clinician's day while the EHR says nothing: as she has read it today, with who waits as it is now, and the ways to those whom she may let in.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Appointment } from 'fhir/r4'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { LaunchId } from '../../server/domain/ids.ts'
import type { AppointmentItem, AppointmentList } from '../../server/wire/wire.ts'
import { changeAppointment, naming } from '../support/appointment.ts'
import type { Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf, book, knock, open, opened, toLateEvening, visitIdOf, waiting } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, practitioners } = clinic
const { chen, okafor } = practitioners
const user = chen.reference

type Meddling = (url: string, response: ServerResponse) => void
let inTheWay: Meddling | undefined

const between = (request: IncomingMessage, response: ServerResponse, handOn: () => void) => {
  const url = decodeURIComponent(request.url ?? '')
  if (inTheWay === undefined || !/\/Appointment[/?]/.test(url)) return handOn()
  inTheWay(url, response)
}
let world: World
beforeAll(async () => {
  world = await openWorld({ inTheWay: between })
})
beforeEach(() => {
  inTheWay = undefined
  // Nobody of an earlier test is at a page any more.
  world.later(1)
})
afterAll(() => world.close())

const fhir = { 'content-type': 'application/fhir+json' }
const outcome = JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] })
const says =
  (status: number, body = outcome, head: Record<string, string> = fhir): Meddling =>
  (_url, response) =>
    void response.writeHead(status, head).end(body)
const down = says(503)

const list = async (person: Person) => bodyOf<AppointmentList>(await person.get('/api/appointments'))
const rowIn = ({ appointments }: AppointmentList, id: string): AppointmentItem | undefined =>
  appointments.find((item) => item.id === id)
const launchOf = ({ home }: Person) => (home.split('/').at(-1) ?? '') as LaunchId // sound: our own address
const keptOf = (person: Person) => world.house.memory.daysRead.of(launchOf(person))

const changed = (appointment: string, change: Partial<Appointment>) => changeAppointment(world, appointment, change)
/** A clinician who has read her day, and somebody of it whose page waits since then. */
async function readThenDown(how: Meddling = down) {
  const appointment = await book(world)
  const clinician = await world.signIn({ user })
  const before = await list(clinician)
  const patient = await world.signIn({ user: patients.margaret.reference, appointment })
  const visit = await open(patient, appointment)
  inTheWay = how
  bodyOf(await knock(patient, visit))
  return { appointment, clinician, patient, visit, before }
}

describe('while the EHR', () => {
  test.each<readonly [string, string, Meddling]>([
    ['answers 500', 'ehr-failed', says(500)],
    ['answers 502 with a page', 'ehr-failed', says(502, '<h1>Bad Gateway</h1>', { 'content-type': 'text/html' })],
    ['answers 504', 'ehr-failed', says(504, '')],
    ['asks to come back', 'ehr-busy', says(429, '', { 'retry-after': '7' })],
    ['cuts the line', 'ehr-unreachable', (_url, response) => void response.destroy()],
    ['answers with half a text', 'ehr-failed', says(200, '{"resourceType":')],
  ])('%s the day stands as it was read, and says since when; who waits is as it is now', async (_how, code, how) => {
    const { appointment, clinician, before } = await readThenDown(how)

    const seen = await list(clinician)

    expect(seen.asRead).toMatchObject({ code, at: keptOf(clinician)?.at })
    expect(seen.asRead?.retryAfter).toBe(code === 'ehr-busy' ? 7 : undefined)
    expect(seen.appointments.map(({ id }) => id)).toEqual(before.appointments.map(({ id }) => id))
    expect(rowIn(before, appointment)?.visit).toBeUndefined()
    const { visit, ...row } = rowIn(seen, appointment) ?? {}
    expect(row).toEqual(rowIn(before, appointment))
    expect(visit).toMatchObject({ status: 'arrived', waiting: 1, here: 1 })
  })

  test('never answers, a page that has read its day before is not kept waiting for longer than it waits', async () => {
    const { appointment, clinician } = await readThenDown(() => undefined)

    const from = performance.now()
    const seen = await list(clinician)

    expect(performance.now() - from).toBeLessThan(7_500)
    expect(seen.asRead?.code).toBe('ehr-unreachable')
    expect(rowIn(seen, appointment)?.visit).toMatchObject({ here: 1 })
  })

  test('is back the day is what it says then', async () => {
    const { appointment, clinician } = await readThenDown()
    expect((await list(clinician)).asRead).toBeDefined()
    await changed(appointment, { description: 'Asthma, once more' })
    inTheWay = undefined

    const seen = await list(clinician)

    expect(seen.asRead).toBeUndefined()
    expect(rowIn(seen, appointment)?.reason).toBe('Asthma, once more')
  })
})

describe('what was read is not shown', () => {
  test.each<readonly [string, number, string]>([
    ['401', 401, 'ehr-session-ended'],
    ['403', 403, 'ehr-refused'],
    ['404', 404, 'ehr-refused'],
    ['410', 410, 'ehr-refused'],
  ])('once the EHR has answered %s, nor afterwards while it says nothing', async (_what, status, code) => {
    const appointment = await book(world)
    const clinician = await world.signIn({ user })
    await list(clinician)
    inTheWay = says(status)

    const refused = await clinician.get('/api/appointments')
    inTheWay = down
    const after = await clinician.get('/api/appointments')

    expect([refused.status >= 400, refused.code]).toEqual([true, code])
    expect(keptOf(clinician)).toBeUndefined()
    expect(JSON.stringify([refused.body, after.body])).not.toContain(appointment)
  })

  test.each([401, 403])('where one search is answered %i and the other not at all', async (status) => {
    const appointment = await book(world)
    const clinician = await world.signIn({ user })
    await list(clinician)
    inTheWay = (url, response) => (url.includes(`actor=${chen.role}`) ? says(status) : down)(url, response)

    const answer = await clinician.get('/api/appointments')

    expect(answer.code).toBe('ehr-failed')
    expect(JSON.stringify(answer.body)).not.toContain(appointment)
    expect(keptOf(clinician)).toBeUndefined()
  })

  test('to a colleague, to the patient, or to another sign-in of the same clinician', async () => {
    const appointment = await book(world)
    const clinician = await world.signIn({ user })
    await list(clinician)
    const others = [
      await world.signIn({ user: okafor.reference }),
      await world.signIn({ user: patients.margaret.reference }),
      await world.signIn({ user }),
    ]
    inTheWay = down

    for (const one of others) {
      // Who waits for the same clinician by an earlier test is hers to read.
      const { body } = await one.get('/api/appointments')
      expect(JSON.stringify(body)).not.toContain(appointment)
    }
    expect(rowIn(await list(clinician), appointment)).toBeDefined()
  })

  test('to a patient who has read it before', async () => {
    const appointment = await book(world)
    const patient = await world.signIn({ user: patients.margaret.reference, appointment })
    await list(patient)
    inTheWay = down

    await refuses(world, 'ehr-failed', () => patient.get('/api/appointments'))
  })

  test('of yesterday, by the clinic’s clocks', async () => {
    const night = await openWorld({ inTheWay: between })
    onTestFinished(() => night.close())
    toLateEvening(night)
    const appointment = await book(night)
    const clinician = await night.signIn({ user })
    await list(clinician)
    inTheWay = down
    expect(rowIn(await list(clinician), appointment)).toBeDefined()

    night.later(20)

    expect((await clinician.get('/api/appointments')).code).toBe('ehr-failed')
  })

  test('of an appointment that was read since and names another clinician; and one that was cancelled is said to be', async () => {
    const [theirs, off] = [await opened(world), await opened(world, { patient: patients.zoe.reference })]
    const clinician = await world.signIn({ user })
    await list(clinician)
    await changed(theirs.appointment, naming(patients.margaret.reference, okafor.reference))
    await changed(off.appointment, { status: 'cancelled' })
    await theirs.patient.post('/api/visits', { appointment: theirs.appointment })
    await off.patient.post('/api/visits', { appointment: off.appointment })
    inTheWay = down

    const seen = await list(clinician)

    expect(rowIn(seen, theirs.appointment)).toBeUndefined()
    expect(rowIn(seen, off.appointment)?.state).toBe('cancelled')
  })

  test('once the sign-in has ended: nothing of it is kept', async () => {
    const clinician = await world.signIn({ user })
    await list(clinician)
    expect(keptOf(clinician)).toBeDefined()

    expect((await clinician.post('/api/sign-out')).status).toBeLessThan(300)

    expect(keptOf(clinician)).toBeUndefined()
  })
})

describe('a clinician who has not read her day', () => {
  test('reads who waits, without a time since when the rest would be so', async () => {
    const { appointment } = await waiting(world)
    const clinician = await world.signIn({ user })
    inTheWay = down

    const seen = await list(clinician)

    expect(seen.asRead).toEqual({ code: 'ehr-failed' })
    expect(rowIn(seen, appointment)?.visit).toMatchObject({ here: 1 })
  })

  test('reads the visits that she has opened, also after a restart', async () => {
    const { clinician, appointment } = await opened(world)
    await world.restart()
    inTheWay = down

    const seen = await list(clinician)

    expect(seen.asRead).toEqual({ code: 'ehr-failed' })
    expect(rowIn(seen, appointment)).toMatchObject({ state: 'open', patient: { name: patients.margaret.name } })
  })
})

describe('from a day that stands as it was read, a clinician', () => {
  test('comes to who waits, though the patient opened the visit and she has not; that is written down, and nobody is let in by it', async () => {
    const { appointment, clinician, visit } = await readThenDown()

    expect(await open(clinician, appointment)).toBe(visit)

    const { door } = bodyOf<{ door: readonly { state: string }[] }>(await clinician.get(visit))
    expect(door).toMatchObject([{ state: 'waiting' }])
    const lines = (await world.audit()).filter((line) => line.visit === visitIdOf(visit))
    const row = await world.house.visits.get(visitIdOf(visit))
    const read = { event: 'appointment-opened', who: user, readAt: row?.readWell?.at, code: 'ehr-failed' }
    expect(lines.at(-1)).toMatchObject(read)
  })

  test('comes back to a visit that she has opened before, as its patient does', async () => {
    const { appointment, clinician, patient, visit } = await opened(world)
    inTheWay = down

    expect([await open(clinician, appointment), await open(patient, appointment)]).toEqual([visit, visit])
  })

  test.each([401, 403, 404, 410])('does not where the EHR answers %i', async (status) => {
    const { appointment, clinician } = await opened(world)
    inTheWay = says(status)

    expect((await clinician.post('/api/visits', { appointment })).status).toBeGreaterThanOrEqual(400)
  })

  test('does not come to a visit that nobody has opened, nor to one of a colleague', async () => {
    const unopened = await book(world)
    const { appointment } = await opened(world)
    const [clinician, colleague] = [await world.signIn({ user }), await world.signIn({ user: okafor.reference })]
    await list(clinician)
    inTheWay = down

    await refuses(world, 'ehr-failed', () => clinician.post('/api/visits', { appointment: unopened }))
    await refuses(world, 'ehr-failed', () => colleague.post('/api/visits', { appointment }))
  })

  test('does not where it was read since as a colleague’s', async () => {
    const { appointment, clinician, patient } = await opened(world)
    await changed(appointment, naming(patients.margaret.reference, okafor.reference))
    await patient.post('/api/visits', { appointment })
    inTheWay = down

    await refuses(world, 'ehr-failed', () => clinician.post('/api/visits', { appointment }))
  })
})
