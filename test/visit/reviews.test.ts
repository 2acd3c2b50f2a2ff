// The Appointment changes while people are in its visit: it is read again in the background, and whom it names no longer is out.
import type { Appointment } from 'fhir/r4'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { LaunchId } from '../../server/domain/ids.ts'
import type { Launch } from '../../server/domain/sign-in/launch.ts'
import type { Visit } from '../../server/domain/visit/visit-shape.ts'
import type { CallView, NoteView } from '../../server/wire/wire.ts'
import { changeAppointment, naming } from '../support/appointment.ts'
import { eventually, holdingBack } from '../support/eventually.ts'
import type { Answer, Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import {
  admit,
  bodyOf,
  inCall,
  knock,
  open,
  placeOf,
  save,
  soap,
  tokenFor,
  visitIdOf,
  waiting,
} from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, practitioners, relatedPersons } = clinic
const [chen, okafor] = [practitioners.chen.reference, practitioners.okafor.reference]

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterEach(() => world.ehr.faults.clear())
afterAll(() => world.close())

const kept = async (visit: string) => {
  const row = await world.house.visits.get(visitIdOf(visit))
  if (row === undefined) throw new Error('there is no such visit')
  return row
}
const changed = (appointment: string, change: Partial<Appointment>) => changeAppointment(world, appointment, change)
/** How often this Appointment was asked for by now. */
const readings = (appointment: string) =>
  world.ehr.requests.filter(({ method, path }) => method === 'GET' && path.endsWith(`/Appointment/${appointment}`))
    .length

/** Six minutes later the page asks as it always does, and is answered; settles once the Appointment was read again. */
async function stale(person: Person, visit: string, appointment: string): Promise<void> {
  const [before, row] = [readings(appointment), await kept(visit)]
  world.later(6)
  expect((await person.get(visit)).status).toBe(200)
  await eventually(async () => {
    expect(readings(appointment)).toBe(before + 1)
    expect((await kept(visit)).appointmentReadAt).not.toBe(row.appointmentReadAt)
  })
}

/** All that a clinician, or who was let in, may ask of a visit. */
const asksOf = (person: Person, visit: string, side: 'clinician' | 'patient'): readonly (() => Promise<Answer>)[] => [
  () => person.get(visit),
  () => tokenFor(person, visit),
  () => person.post(`${visit}/presence`, { at: 'in', sees: [] }),
  ...(side === 'patient'
    ? [() => knock(person, visit), () => person.post(`${visit}/departures`)]
    : [
        () => person.get(`${visit}/note`),
        () => save(person, visit, 1),
        () => person.get(`${visit}/note/export?as=text`),
        () => person.post(`${visit}/note/filing`),
        () => person.post(`${visit}/end`),
      ]),
]

describe('an Appointment that changes under a visit', () => {
  test('and names another clinician ends view, note and room for the first, whose words the other one reads', async () => {
    const { clinician, patient, visit, appointment } = await inCall(world)
    bodyOf(await save(clinician, visit))
    const inTheCall = async (person: Person) => {
      const { others } = bodyOf<CallView>(await person.post(`${visit}/presence`, { at: 'in', sees: [] }))
      return others.map(({ name }) => name)
    }
    await inTheCall(clinician)
    expect(await inTheCall(patient)).toEqual(['Dr. Lillian Chen, MD'])
    await changed(appointment, naming(patients.margaret.reference, okafor))

    await stale(clinician, visit, appointment)

    for (const request of asksOf(clinician, visit, 'clinician')) await refuses(world, 'no-longer-participant', request)
    expect((await watch(world, clinician, `${visit}/events`)).status).toBe(403)
    expect((await tokenFor(patient, visit)).status).toBe(200)
    // Whose page is no longer told of is shown as somebody whom nobody let in, wherever it still stands in the room.
    expect(await inTheCall(patient)).toEqual([])
    const other = await world.signIn({ user: okafor })
    await open(other, appointment)
    expect(bodyOf<NoteView>(await other.get(`${visit}/note`)).soap).toEqual(soap)
    const lines = (await world.audit()).filter(({ visit: of }) => of === visitIdOf(visit))
    expect(lines).toContainEqual(expect.objectContaining({ event: 'appointment-changed', code: 'other-clinicians' }))
    expect(lines).toContainEqual(expect.objectContaining({ event: 'access-refused', code: 'no-longer-participant' }))
  })

  test('and is another patient’s ends view and room for the first one, and tells the pages', async () => {
    const { clinician, patient, visit, appointment } = await inCall(world)
    bodyOf(await save(clinician, visit))
    const told = await watch(world, patient, `${visit}/events`)
    const { revision } = await kept(visit)
    await changed(appointment, { ...naming(patients.zoe.reference, chen), description: 'Words about somebody else' })

    await stale(clinician, visit, appointment)

    await told.until(revision + 1)
    told.stop()
    for (const request of asksOf(patient, visit, 'patient')) await refuses(world, 'no-longer-participant', request)
    const seen = await clinician.get(visit)
    expect(seen.body).toMatchObject({ status: 'in-progress', door: [], patient: { name: 'Margaret Whitfield' } })
    expect(seen.text).not.toContain('somebody else')
    await refuses(world, 'appointment-changed', () => tokenFor(clinician, visit))
    // What was seen of this patient can be written down still.
    expect((await save(clinician, visit, 1)).status).toBe(200)
    expect((await clinician.post(`${visit}/end`)).status).toBe(200)
  })

  test('and names nobody ends it for everybody', async () => {
    const { clinician, patient, visit, appointment } = await inCall(world)
    await changed(appointment, naming())

    await stale(clinician, visit, appointment)

    for (const person of [clinician, patient])
      await refuses(world, 'no-longer-participant', () => tokenFor(person, visit))
  })

  test('and names them again gives it back with the next opening', async () => {
    const { clinician, patient, visit, appointment } = await inCall(world)
    await changed(appointment, naming(patients.zoe.reference, okafor))
    await stale(clinician, visit, appointment)
    await changed(appointment, naming(patients.margaret.reference, chen))

    for (const person of [clinician, patient]) await open(person, appointment)

    expect((await clinician.get(visit)).status).toBe(200)
    expect(bodyOf(await knock(patient, visit))).toMatchObject({ place: { at: 'door' } })
  })

  test.each(['cancelled', 'noshow', 'entered-in-error'] as const)('and is %s is over for who waits', async (status) => {
    const { patient, visit, appointment } = await waiting(world)
    await changed(appointment, { status })

    await stale(patient, visit, appointment)

    expect(await placeOf(patient, visit)).toEqual({ at: 'cancelled' })
  })

  test('and is cancelled goes on for who is in the call', async () => {
    const { clinician, patient, visit, appointment } = await inCall(world)
    await changed(appointment, { status: 'cancelled' })

    await stale(clinician, visit, appointment)

    for (const person of [clinician, patient]) expect((await tokenFor(person, visit)).status).toBe(200)
  })

  test('and is moved takes the new time for who waits', async () => {
    const { patient, visit, appointment } = await waiting(world)
    const [start, end] = [20, 35].map((minutes) => new Date(world.now() + minutes * 60_000).toISOString())
    await changed(appointment, { start: start ?? '', end: end ?? '' })

    await stale(patient, visit, appointment)

    expect(bodyOf(await patient.get(visit))).toMatchObject({ start, end, place: { at: 'door' } })
  })

  test('and is found to be another clinician’s at an admission is out of the first one’s hands at once', async () => {
    const { clinician, visit, appointment, doorId } = await waiting(world)
    await changed(appointment, naming(patients.margaret.reference, okafor))

    expect((await admit(clinician, visit, doorId)).code).toBe('not-participant')

    await eventually(async () => expect((await clinician.get(visit)).code).toBe('no-longer-participant'))
  })
})

describe('the Appointment of a visit', () => {
  test('is not asked for again within five minutes, and then once, whoever asks how often', async () => {
    const { clinician, patient, visit, appointment } = await inCall(world)
    const before = readings(appointment)
    world.later(4)
    for (const person of [clinician, patient]) bodyOf(await person.get(visit))
    expect(readings(appointment)).toBe(before)

    await stale(clinician, visit, appointment)
    await Promise.all([clinician, patient, clinician].map((person) => person.get(visit)))

    expect(readings(appointment)).toBe(before + 1)
  })

  test('is asked for while nobody waits for it, one reading at a time', async () => {
    const { clinician, patient, visit, appointment } = await inCall(world)
    const [before, row] = [readings(appointment), await kept(visit)]
    world.later(6)
    const release = holdingBack(world, { type: 'Appointment' })

    for (const person of [clinician, patient, clinician, patient]) {
      expect((await person.get(visit)).status).toBe(200)
      expect((await tokenFor(person, visit)).status).toBe(200)
    }
    await eventually(() => expect(readings(appointment)).toBe(before + 1))
    release()

    await eventually(async () => expect((await kept(visit)).appointmentReadAt).not.toBe(row.appointmentReadAt))
    expect(readings(appointment)).toBe(before + 1)
  })

  test('in a row of before anybody wrote down when it was read is read with the first request', async () => {
    const { clinician, visit, appointment } = await inCall(world)
    await changed(appointment, naming(patients.margaret.reference, okafor))
    const older = ({ appointmentReadAt: _read, ...row }: Visit) => row
    await world.house.visits.change(visitIdOf(visit), older)
    expect(await kept(visit)).not.toHaveProperty('appointmentReadAt')

    expect((await clinician.get(visit)).status).toBe(200)

    await eventually(async () => expect((await clinician.get(visit)).code).toBe('no-longer-participant'))
  })

  test.each([
    ['fails', 'fhir-500'],
    ['is down for maintenance', 'fhir-503-retry-after'],
    ['is busy', 'fhir-429-retry-after'],
    ['takes no token', 'fhir-401'],
    ['does not allow it', 'fhir-403'],
    ['is not there behind its gateway', 'fhir-404-page'],
  ] as const)('whose EHR %s is left to those who have it, and not asked for at every request', async (_what, fault) => {
    const { clinician, patient, visit, appointment } = await inCall(world)
    bodyOf(await save(clinician, visit))
    const { appointmentReadAt } = await kept(visit)
    world.later(6)
    world.ehr.faults.on(fault, fault === 'fhir-401' ? {} : { type: 'Appointment' })
    const before = readings(appointment)

    for (let round = 0; round < 5; round++)
      for (const person of [clinician, patient]) expect((await tokenFor(person, visit)).status).toBe(200)

    expect((await save(clinician, visit, 1)).status).toBe(200)
    await eventually(() => expect(world.log()).toContain(`"event":"appointment-unread"`))
    expect((await kept(visit)).appointmentReadAt).toBe(appointmentReadAt)
    // At most once for each of the two; a 401 is asked once more with a new token.
    expect(readings(appointment) - before).toBeLessThanOrEqual(4)
    world.ehr.faults.clear()
    world.later(2)
    await eventually(async () => {
      bodyOf(await clinician.get(visit))
      expect((await kept(visit)).appointmentReadAt).not.toBe(appointmentReadAt)
    })
  })

  test('that the EHR knows of no more, asked by who waits, ends this sign-in’s way to it and nobody else’s', async () => {
    const { clinician, patient, visit, appointment } = await waiting(world)
    await changed(appointment, naming(patients.zoe.reference, chen))
    world.later(6)

    expect((await patient.get(visit)).status).toBe(200)
    await eventually(async () => expect((await patient.get(visit)).code).toBe('appointment-unknown'))

    await refuses(world, 'appointment-unknown', () => knock(patient, visit))
    await refuses(world, 'appointment-unknown', () => patient.post('/api/visits', { appointment }))
    expect((await clinician.get(visit)).status).toBe(200)
    await changed(appointment, naming(patients.margaret.reference, chen))
    await open(patient, appointment)
    expect((await knock(patient, visit)).status).toBe(200)
  })

  test('that the EHR knows of no more goes on for who is in the call', async () => {
    const { patient, clinician, visit, appointment } = await inCall(world)
    await world.ehr.remove('Appointment', appointment)
    const before = readings(appointment)
    world.later(6)

    for (const person of [patient, clinician]) {
      expect((await person.get(visit)).status).toBe(200)
      await eventually(() => expect(readings(appointment)).toBeGreaterThan(before))
    }

    for (const person of [patient, clinician]) expect((await tokenFor(person, visit)).status).toBe(200)
  })

  test('that was deleted is over for who waits', async () => {
    const { patient, clinician, visit } = await waiting(world)
    world.later(6)
    world.ehr.faults.on('fhir-410', { type: 'Appointment' })

    expect((await clinician.get(visit)).status).toBe(200)

    await eventually(async () => expect(await placeOf(patient, visit)).toEqual({ at: 'cancelled' }))
  })
})

describe('somebody who acts for the patient', () => {
  const { layla } = relatedPersons
  const hers = { patient: patients.noor.reference, patientUser: layla.reference }
  const record = (own: World) => {
    const found = own.ehr.resource('RelatedPerson', layla.id)
    if (found === undefined) throw new Error('the fixtures have changed')
    return found
  }

  test.each([
    ['is said to do so no more', { active: false }],
    ['did so until a while ago', { period: { end: '2026-01-01' } }],
    ['acts for another patient now', { patient: { reference: patients.zoe.reference } }],
  ])('and %s is out, like whoever is named no longer', async (_what, change) => {
    const own = await openWorld()
    onTestFinished(() => own.close())
    const { clinician, patient: mother, visit, appointment } = await inCall(own, hers)
    await own.ehr.put({ ...record(own), ...change })
    own.later(6)

    expect((await mother.get(visit)).status).toBe(200)
    await eventually(async () => expect((await mother.get(visit)).code).toBe('no-longer-participant'))

    await refuses(own, 'no-longer-participant', () => tokenFor(mother, visit))
    await refuses(own, 'not-participant', () => mother.post('/api/visits', { appointment }))
    await eventually(async () => expect((await clinician.get(visit)).body).toMatchObject({ door: [] }))
    expect((await own.audit()).map(({ event }) => event)).toContain('representation-ended')
  })

  test.each(['fhir-500', 'fhir-403', 'fhir-410'] as const)(
    'stays where the EHR does not show it (%s)',
    async (fault) => {
      const own = await openWorld()
      onTestFinished(() => own.close())
      const { patient: mother, visit } = await inCall(own, hers)
      own.later(6)
      own.ehr.faults.on(fault, { type: 'RelatedPerson' })
      const readings = () => own.ehr.requests.filter(({ path }) => path.includes('/RelatedPerson/')).length
      const before = readings()

      for (let round = 0; round < 4; round++) expect((await mother.get(visit)).status).toBe(200)
      await eventually(() => expect(readings()).toBe(before + 1))

      expect((await tokenFor(mother, visit)).status).toBe(200)
    },
  )
})

function withoutRenewal(launch: Launch): Launch {
  const { refreshToken: _token, ...tokens } = launch.tokens
  return { ...launch, tokens }
}

describe('an EHR that ends its session with somebody', () => {
  const list = '/api/appointments'

  test('ends reading and filing there, never the call or the note; the sign-in ends four hours later', async () => {
    const own = await openWorld()
    onTestFinished(() => own.close())
    const { clinician, patient, visit } = await inCall(own)
    bodyOf(await save(clinician, visit))
    own.later(11)
    own.ehr.faults.on('refresh-refused')
    const row = async () => (await own.house.launches.get(clinician.home.slice('/v/'.length) as LaunchId))?.endsAt // sound: our own id
    const ends = await row()

    bodyOf(await clinician.get(visit))
    await eventually(async () => expect(await row()).not.toBe(ends))

    await refuses(own, 'ehr-session-ended', () => clinician.get(list))
    const appointments = () => own.ehr.requests.filter(({ path }) => path.includes('/Appointment/')).length
    const asked = appointments()
    for (let minute = 0; minute < 20; minute++) {
      own.later(1)
      for (const person of [clinician, patient]) expect((await tokenFor(person, visit)).status).toBe(200)
      expect((await clinician.post(`${visit}/presence`, { at: 'in', sees: [] })).status).toBe(200)
    }
    expect((await save(clinician, visit, 1)).status).toBe(200)
    // Once more for the patient, whose own tokens were tried then: nothing else is asked in their names in the background.
    expect(appointments() - asked).toBeLessThanOrEqual(1)
    const ended = (await own.audit()).filter(({ event }) => event === 'ehr-session-ended')
    expect(ended).toContainEqual(expect.objectContaining({ who: chen, role: 'clinician' }))

    for (let half = 0; half < 8; half++) {
      expect((await save(clinician, visit, 1 + half, { ...soap, plan: `More, ${half}.` })).status).toBe(200)
      own.later(28)
    }
    await refuses(own, 'session-ended', () => clinician.get(visit))
  })

  test('because its token ran out and there is nothing to renew it with is not asked in their name any more', async () => {
    const own = await openWorld()
    onTestFinished(() => own.close())
    const { clinician, patient, visit } = await inCall(own)
    for (const { home } of [clinician, patient])
      await own.house.launches.change(home.slice('/v/'.length) as LaunchId, withoutRenewal) // sound: our own id
    own.later(11)
    const appointments = () => own.ehr.requests.filter(({ path }) => path.includes('/Appointment/')).length
    const asked = appointments()

    for (const person of [clinician, patient]) expect((await tokenFor(person, visit)).status).toBe(200)
    expect((await save(clinician, visit)).status).toBe(200)

    expect(appointments()).toBe(asked)
  })
})
