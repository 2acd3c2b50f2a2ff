// While the EHR says nothing, whoever stands at the door is let in by what their Appointment said today; once it speaks again, what it says is told.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Appointment } from 'fhir/r4'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Visit } from '../../server/domain/visit/visit-shape.ts'
import type { ClinicianView, NoteView } from '../../server/wire/wire.ts'
import { changeAppointment, naming } from '../support/appointment.ts'
import { eventually } from '../support/eventually.ts'
import type { Answer, Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import {
  admit,
  bodyOf,
  file,
  knock,
  open,
  placeOf,
  save,
  sign,
  tokenFor,
  toLateEvening,
  visitIdOf,
  waiting,
} from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, practitioners, relatedPersons } = clinic
const [chen, okafor] = [practitioners.chen.reference, practitioners.okafor.reference]

type Meddling = (request: IncomingMessage, response: ServerResponse) => void
let inTheWay: Meddling | undefined
/** Told of each question for an Appointment by itself. */
let asked = 0

let world: World
beforeAll(async () => {
  world = await openWorld({
    inTheWay(request, response, handOn) {
      const isRead = request.method === 'GET' && /\/Appointment\/[^/?]+$/.test(request.url ?? '')
      if (isRead) asked++
      if (inTheWay === undefined || !isRead) return handOn()
      inTheWay(request, response)
    },
  })
})
beforeEach(() => {
  inTheWay = undefined
  asked = 0
})
afterAll(() => world.close())

const fhir = { 'content-type': 'application/fhir+json' }
const says = (status: number, body: object | string, head: object = fhir): Meddling => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return (_request, response) => void response.writeHead(status, { ...head }).end(text)
}
const outcome = (code: string) => ({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code }] })
const down = says(503, outcome('transient'))
const hangs: Meddling = () => undefined

const kept = async (visit: string): Promise<Visit> => {
  const row = await world.house.visits.get(visitIdOf(visit))
  if (row === undefined) throw new Error('there is no such visit')
  return row
}
const changed = (appointment: string, change: Partial<Appointment>) => changeAppointment(world, appointment, change)

/** What a refusal says about by which reading somebody could be let in; undefined where it offers none. */
function readAtIn(answer: Answer): string | undefined {
  const { extension = [] } = answer.body as { extension?: readonly { url: string; valueInstant?: string }[] }
  return extension.find(({ url }) => url.endsWith('/read-at'))?.valueInstant
}
const asRead = (clinician: Person, visit: string, doorId: string, asReadAt: string | undefined) =>
  clinician.post(`${visit}/admissions`, { doorId, asReadAt })

/** Refused, and not as something that may be gone round. */
async function refusedAltogether(clinician: Person, visit: string, doorId: string): Promise<Answer> {
  const at = (await kept(visit)).readWell?.at ?? world.house.now()
  const [first, second] = [await admit(clinician, visit, doorId), await asRead(clinician, visit, doorId, at)]
  expect([readAtIn(first), readAtIn(second)]).toEqual([undefined, undefined])
  expect([first.status, second.status].every((status) => status >= 400)).toBe(true)
  const row = await kept(visit)
  expect('call' in row && row.call.door.some(({ state }) => state === 'admitted')).toBe(false)
  return first
}

/** Somebody waits, and is let in while the EHR says nothing. */
async function letIn(cast: Parameters<typeof waiting>[1] = {}) {
  const walked = await waiting(world, cast)
  const { clinician, visit, doorId } = walked
  inTheWay = down
  const readAt = readAtIn(await admit(clinician, visit, doorId))
  bodyOf(await asRead(clinician, visit, doorId, readAt))
  return { ...walked, readAt }
}

/** The same, and the call runs. */
async function inCallAsRead() {
  const walked = await letIn()
  const { clinician, patient, visit } = walked
  for (const person of [clinician, patient]) bodyOf(await tokenFor(person, visit))
  for (const person of [clinician, patient]) bodyOf(await person.post(`${visit}/presence`, { at: 'in', sees: [] }))
  return walked
}
/** The EHR is back, and the pages ask as they always do. */
async function backWith(change: Partial<Appointment>, { appointment, clinician, visit }: Walked): Promise<Visit> {
  await changed(appointment, change)
  inTheWay = undefined
  world.later(5)
  const before = (await kept(visit)).letInAsRead
  await eventually(async () => {
    await clinician.post(`${visit}/presence`, { at: 'in', sees: [] })
    expect((await kept(visit)).letInAsRead).not.toEqual(before)
  })
  return kept(visit)
}
type Walked = Awaited<ReturnType<typeof inCallAsRead>>

describe('an EHR that says nothing when somebody is to be let in', () => {
  test.each<readonly [string, string, Meddling]>([
    ['answers 500', 'ehr-failed', says(500, outcome('exception'))],
    ['answers 502 with a page', 'ehr-failed', says(502, '<h1>Bad Gateway</h1>', { 'content-type': 'text/html' })],
    ['answers 503', 'ehr-failed', down],
    ['answers 504', 'ehr-failed', says(504, '')],
    ['asks to come back', 'ehr-busy', says(429, '', { 'retry-after': '7' })],
    ['cuts the line', 'ehr-unreachable', (_request, response) => void response.destroy()],
    [
      'cuts its answer short',
      'ehr-unreachable',
      (_request, response) => {
        response.writeHead(200, { ...fhir, 'content-length': '999' }).write('{"resourceType":"Appoin')
        setImmediate(() => response.destroy())
      },
    ],
    ['shows a page of its own', 'ehr-failed', says(200, '<h1>Repairs</h1>', { 'content-type': 'text/html' })],
    ['answers with half a text', 'ehr-failed', says(200, '{"resourceType":')],
    ['answers with no FHIR', 'ehr-failed', says(200, { error: 'maintenance' })],
  ])(
    'and %s: the clinician is offered what it said today, and the person is let in by that',
    async (_how, code, how) => {
      const { clinician, patient, visit, doorId } = await waiting(world)
      const { readWell, start } = await kept(visit)
      inTheWay = how

      const first = await refuses(world, code as 'ehr-failed', () => admit(clinician, visit, doorId))
      expect(readAtIn(first)).toBe(readWell?.at)
      const view = bodyOf<ClinicianView>(await asRead(clinician, visit, doorId, readAtIn(first)))

      expect(view.door).toMatchObject([{ doorId, state: 'admitted' }])
      expect(view.letInAsRead).toEqual({ readAt: readWell?.at, start })
      expect(await placeOf(patient, visit)).toEqual({ at: 'admitted' })
      const lines = (await world.audit()).filter((line) => line.visit === visitIdOf(visit) && line.event === 'admit')
      expect(lines).toMatchObject([{ who: chen, doorId, readAt: readWell?.at, code }])
    },
  )

  test('and never answers is waited for in full once, and three seconds when she presses again', async () => {
    const { clinician, visit, doorId } = await waiting(world)
    inTheWay = hangs

    const first = await refuses(world, 'ehr-unreachable', () => admit(clinician, visit, doorId))
    const from = performance.now()
    const second = await asRead(clinician, visit, doorId, readAtIn(first))

    expect(second.status).toBe(200)
    expect(performance.now() - from).toBeLessThan(14_000)
  }, 60_000)

  test('is asked again at the second press: what it says then counts', async () => {
    const { appointment, clinician, visit, doorId } = await waiting(world)
    inTheWay = down
    const readAt = readAtIn(await admit(clinician, visit, doorId))
    await changed(appointment, { status: 'cancelled' })
    inTheWay = undefined

    expect((await asRead(clinician, visit, doorId, readAt)).code).toBe('appointment-cancelled')
  })

  test('lets nobody in by another reading than the one that was shown', async () => {
    const { clinician, visit, doorId } = await waiting(world)
    inTheWay = down

    const answer = await refuses(world, 'ehr-failed', () =>
      asRead(clinician, visit, doorId, '2020-01-01T00:00:00.000Z'),
    )

    expect(readAtIn(answer)).toBe((await kept(visit)).readWell?.at)
  })

  test('takes nobody’s place: who waits is told of what changes, and comes and goes', async () => {
    const { clinician, patient, visit } = await waiting(world)
    inTheWay = down
    const stream = await watch(world, patient, `${visit}/events`)
    const { revision } = await kept(visit)

    expect((await clinician.post(`${visit}/lock`, { locked: true })).status).toBe(200)

    await stream.until(revision + 1)
    stream.stop()
    expect(await placeOf(patient, visit)).toMatchObject({ at: 'door' })
    expect((await patient.post(`${visit}/departures`)).status).toBe(204)
    expect((await clinician.post(`${visit}/lock`, { locked: false })).status).toBe(200)
    expect(bodyOf(await knock(patient, visit))).toMatchObject({ place: { at: 'door' } })
  })

  test('lets in who acts for the patient as well', async () => {
    const cast = {
      patient: patients.noor.reference,
      patientUser: relatedPersons.layla.reference as `RelatedPerson/${string}`,
    }
    const { clinician, patient, visit } = await letIn(cast)

    expect(bodyOf<ClinicianView>(await clinician.get(visit)).door).toMatchObject([
      { as: 'representative', state: 'admitted' },
    ])
    expect(await placeOf(patient, visit)).toEqual({ at: 'admitted' })
  })

  test('lets in again who was sent back from the call', async () => {
    const { clinician, visit, doorId, readAt } = await inCallAsRead()
    bodyOf(await clinician.post(`${visit}/returns`, { doorId }))

    expect(readAtIn(await admit(clinician, visit, doorId))).toBe(readAt)
    expect((await asRead(clinician, visit, doorId, readAt)).status).toBe(200)
  })

  test('is gone round after a restart of the app too', async () => {
    const { clinician, visit, doorId } = await waiting(world)
    await world.restart()
    inTheWay = down

    const readAt = readAtIn(await admit(clinician, visit, doorId))
    await world.restart()

    expect((await asRead(clinician, visit, doorId, readAt)).status).toBe(200)
  })
})

describe('nobody is let in by an earlier reading', () => {
  test.each<readonly [string, Meddling]>([
    ['after 400', says(400, outcome('invalid'))],
    ['after 403', says(403, outcome('forbidden'))],
    ['after a gateway’s 403', says(403, '<h1>Forbidden</h1>', { 'content-type': 'text/html' })],
    ['after 404', says(404, outcome('not-found'))],
    ['after a gateway’s 404', says(404, '<h1>Not Found</h1>', { 'content-type': 'text/html' })],
    ['after 410', says(410, outcome('deleted'))],
    ['after a gateway’s 410', says(410, '')],
    ['after 501', says(501, outcome('not-supported'))],
    ['after a redirect', says(301, '', { location: '/elsewhere' })],
    ['after 204', says(204, '')],
    ['after an OperationOutcome with 200', says(200, outcome('not-found'))],
    ['after another Appointment than the one asked for', says(200, { resourceType: 'Appointment', id: 'another' })],
    ['after something that is no Appointment', says(200, { resourceType: 'Patient', id: 'a' })],
  ])('%s', async (_what, how) => {
    const { clinician, visit, doorId } = await waiting(world)
    inTheWay = how

    await refusedAltogether(clinician, visit, doorId)
  })

  test('after 401, though nobody can say whether the sign-in is over', async () => {
    const { clinician, visit, doorId } = await waiting(world)
    inTheWay = says(401, '')
    world.ehr.faults.on('token-endpoint-500')
    onTestFinished(() => world.ehr.faults.clear())

    await refusedAltogether(clinician, visit, doorId)
  })

  test.each<readonly [string, Partial<Appointment>, string]>([
    ['moved', { start: '2031-01-01T10:00:00Z', end: '2031-01-01T10:15:00Z' }, 'appointment-changed'],
    ['not clear', { status: 'waitlist' }, 'appointment-unusable'],
    ['another patient’s', naming(patients.zoe.reference, chen), 'other-patient'],
    ['another clinician’s', naming(patients.margaret.reference, okafor), 'not-participant'],
  ])('once a reading has said that it is %s', async (_what, change, code) => {
    const { appointment, clinician, visit, doorId } = await waiting(world)
    await changed(appointment, change)
    expect((await admit(clinician, visit, doorId)).code).toBe(code)
    inTheWay = down

    const answer = await admit(clinician, visit, doorId)

    expect(readAtIn(answer)).toBeUndefined()
    expect(answer.status).toBeGreaterThanOrEqual(400)
  })

  test('once it was cancelled in a visit that has begun', async () => {
    const { appointment, clinician, visit, doorId } = await waiting(world)
    bodyOf(await tokenFor(clinician, visit))
    await changed(appointment, { status: 'cancelled' })
    await open(clinician, appointment)
    inTheWay = down

    await refusedAltogether(clinician, visit, doorId)
  })

  test('of yesterday, by the clinic’s clocks', async () => {
    // Riverside's midnight, five hours behind UTC in winter: ten minutes before it somebody comes, twenty minutes later it is another day.
    const night = await openWorld({
      inTheWay: (request, response, handOn) => (inTheWay === undefined ? handOn() : inTheWay(request, response)),
    })
    onTestFinished(() => night.close())
    toLateEvening(night)
    const { clinician, visit, doorId } = await waiting(night)
    inTheWay = down

    expect(readAtIn(await admit(clinician, visit, doorId))).toBeDefined()
    night.later(20)
    const answer = await admit(clinician, visit, doorId)

    expect([answer.code, readAtIn(answer)]).toEqual(['ehr-failed', undefined])
  })

  test('of a colleague whom it does not name', async () => {
    const { appointment, visit, doorId } = await waiting(world)
    const freely = await world.signIn({ user: okafor })
    inTheWay = down

    expect((await admit(freely, visit, doorId)).code).toBe('not-your-visit')
    expect((await freely.post('/api/visits', { appointment })).code).toBe('ehr-failed')
  })

  test('that a patient alone has made, to whom the EHR keeps the clinicians back', async () => {
    const { clinician, visit, doorId } = await waiting(world)
    await world.house.visits.change(visitIdOf(visit), ({ readWell: _before, ...row }) => row)
    inTheWay = down

    await refusedAltogether(clinician, visit, doorId)
  })
})

describe('an EHR that is back', () => {
  test('and says the same leaves nothing open', async () => {
    const walked = await inCallAsRead()

    const after = await backWith({}, walked)

    expect(after.letInAsRead).toBeUndefined()
    expect(bodyOf<ClinicianView>(await walked.clinician.get(walked.visit)).letInAsRead).toBeUndefined()
    await written(walked)
    expect((await filed(walked)).filing.state).toBe('filed')
  })

  test.each<readonly [string, Partial<Appointment>]>([
    ['cancelled', { status: 'cancelled' }],
    ['cancelled', { status: 'noshow' }],
    ['moved', { start: '2031-01-01T10:00:00Z', end: '2031-01-01T10:15:00Z' }],
    ['another-patient', naming(patients.zoe.reference, chen)],
    ['unclear', { status: 'waitlist' }],
  ])('and says that it is %s tells the clinician, and her note asks first', async (found, change) => {
    const walked = await inCallAsRead()
    const { clinician, visit } = walked
    const stream = await watch(world, clinician, `${visit}/events`)
    const { revision } = await kept(visit)

    await backWith(change, walked)

    await stream.until(revision + 1)
    stream.stop()
    const { letInAsRead } = bodyOf<ClinicianView>(await clinician.get(visit))
    expect([letInAsRead?.found, letInAsRead?.movedTo]).toEqual([found, change.start && '2031-01-01T10:00:00.000Z'])
    const lines = (await world.audit()).filter((line) => line.visit === visitIdOf(visit))
    expect(lines).toContainEqual(expect.objectContaining({ event: 'let-in-as-read-looked-up', code: found }))
    await written(walked)
    await refuses(world, 'appointment-otherwise', () => file(clinician, visit))
    // Whoever has read something else has not read this.
    const another = found === 'moved' ? 'cancelled' : 'moved'
    expect((await clinician.post(`${visit}/note/filing`, { anyway: another })).code).toBe('appointment-otherwise')
    expect((await filed(walked, { anyway: found })).filing.state).toBe('filed')
    expect((await filed(walked)).filing.state).toBe('filed')
    const after = (await world.audit()).filter((line) => line.visit === visitIdOf(visit))
    expect(after).toContainEqual(expect.objectContaining({ event: 'filing-all-the-same', code: found, who: chen }))
  })

  test('and says that it was moved once more asks once more', async () => {
    const walked = await inCallAsRead()
    await backWith({ start: '2031-01-01T10:00:00Z', end: '2031-01-01T10:15:00Z' }, walked)
    await written(walked)
    await changed(walked.appointment, { start: '2031-02-01T10:00:00Z', end: '2031-02-01T10:15:00Z' })
    await open(walked.clinician, walked.appointment)

    const { letInAsRead } = bodyOf<ClinicianView>(await walked.clinician.get(walked.visit))
    expect(letInAsRead).toMatchObject({ found: 'moved', movedTo: '2031-02-01T10:00:00.000Z' })
  })

  test('and names another clinician tells the first one so, and keeps her out', async () => {
    const walked = await inCallAsRead()
    await changed(walked.appointment, naming(patients.margaret.reference, okafor))
    inTheWay = undefined
    world.later(5)

    await eventually(async () => expect((await walked.clinician.get(walked.visit)).code).toBe('no-longer-participant'))
  })

  test('is asked before the note goes, though nobody had looked until then', async () => {
    const walked = await inCallAsRead()
    await written(walked)
    await changed(walked.appointment, { status: 'cancelled' })
    inTheWay = undefined

    expect((await file(walked.clinician, walked.visit)).code).toBe('appointment-otherwise')
    expect(bodyOf<ClinicianView>(await walked.clinician.get(walked.visit)).letInAsRead).toMatchObject({
      found: 'cancelled',
    })
  })

  test('for notes alone lets one go when the clinician wants it so', async () => {
    const walked = await inCallAsRead()
    await written(walked)

    await refuses(world, 'appointment-otherwise', () => file(walked.clinician, walked.visit))
    expect((await filed(walked, { anyway: 'unread' })).filing.state).toBe('filed')
  })

  test('before the call began ends the visit for whoever was let in, if it is cancelled', async () => {
    const walked = await letIn()
    const { patient, visit } = walked
    await changed(walked.appointment, { status: 'cancelled' })
    inTheWay = undefined
    world.later(5)

    await eventually(async () => expect(await placeOf(patient, visit)).toEqual({ at: 'cancelled' }))
    expect((await kept(visit)).letInAsRead).toBeUndefined()
  })

  test('was asked with growing pauses meanwhile, however often the pages ask', async () => {
    const walked = await inCallAsRead()
    const { clinician, visit } = walked
    await eventually(() => expect(asked).toBeGreaterThan(2))
    await new Promise((done) => setImmediate(done))
    const before = asked
    for (let minute = 0; minute < 10; minute++) {
      world.later(1)
      for (let i = 0; i < 5; i++) await clinician.post(`${visit}/presence`, { at: 'in', sees: [] })
    }

    expect(asked - before).toBeGreaterThan(3)
    expect(asked - before).toBeLessThanOrEqual(12)
  })
})

/** The visit has ended, and its note is signed. */
async function written({ clinician, visit }: Walked): Promise<void> {
  bodyOf(await save(clinician, visit))
  bodyOf(await clinician.post(`${visit}/end`))
  bodyOf(await sign(clinician, visit))
}
const filed = async ({ clinician, visit }: Walked, body: object = {}) =>
  bodyOf<NoteView>(await clinician.post(`${visit}/note/filing`, body))
