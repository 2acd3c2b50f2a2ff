// Whose Appointment it is, and whether it is still one: the caller and the EHR are asked anew each time a visit is opened.
import type { Appointment } from 'fhir/r4'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { RoomToken } from '../../server/wire/wire.ts'
import { changeAppointment } from '../support/appointment.ts'
import type { Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import {
  admit,
  type Booked,
  bodyOf,
  book,
  knock,
  open,
  opened,
  tokenFor,
  visitIdOf,
  waiting,
} from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, practitioners, relatedPersons } = clinic
const chen = practitioners.chen.reference

describe('opening a visit', () => {
  let world: World
  /** Of a visit that nobody has joined yet. */
  const roomKept = async (visit: string) => {
    const kept = await world.house.visits.get(visitIdOf(visit))
    return kept !== undefined && 'call' in kept ? kept.call.room : ''
  }
  let doctor: Person
  beforeAll(async () => {
    world = await openWorld()
    doctor = await world.signIn({ user: chen })
  })
  afterEach(() => world.ehr.faults.clear())
  afterAll(() => world.close())

  const opening = (person: Person, appointment: string) => person.post('/api/visits', { appointment })
  const changed = (id: string, change: Partial<Appointment>) => changeAppointment(world, id, change)

  test('of an Appointment the EHR does not have is refused', async () => {
    await refuses(world, 'appointment-unknown', () => opening(doctor, 'no-such-appointment'))
  })

  test('twice, or by both sides at the same moment, makes one visit', async () => {
    const appointment = await book(world)
    const patient = await world.signIn({ user: patients.margaret.reference })

    const paths = await Promise.all([open(doctor, appointment), open(patient, appointment), open(doctor, appointment)])

    expect(new Set(paths).size).toBe(1)
  })

  test('of another patient than the one on the screen is refused', async () => {
    const margarets = await world.signIn({ user: chen, patient: patients.margaret.id })
    const appointment = await book(world, { patient: patients.zoe.reference })

    await refuses(world, 'other-patient', () => opening(margarets, appointment))

    const line = (await world.audit()).findLast(({ event }) => event === 'access-refused')
    expect(line).toMatchObject({ outcome: 'refused', code: 'other-patient' })
  })

  test('is refused to another’s clinician, and to one who declined to come', async () => {
    const okafors = await book(world, { practitioner: practitioners.okafor.reference })
    const declined = await book(world)
    const [patient, clinician] = world.ehr.resource('Appointment', declined)?.participant ?? []
    if (patient === undefined || clinician === undefined) throw new Error('no participants')
    await changed(declined, { participant: [patient, { ...clinician, status: 'declined' }] })

    for (const appointment of [okafors, declined])
      await refuses(world, 'not-participant', () => opening(doctor, appointment))
  })

  test('through a PractitionerRole is granted to the one whose role it is, and to nobody else', async () => {
    const appointment = await book(world, { practitioner: practitioners.okafor.role })
    const okafor = await world.signIn({ user: practitioners.okafor.reference })

    await refuses(world, 'not-participant', () => opening(doctor, appointment))

    expect((await opening(okafor, appointment)).status).toBe(200)
  })

  test('of a stranger is refused to a patient and to another child’s mother', async () => {
    const appointment = await book(world)
    const zoe = await world.signIn({ user: patients.zoe.reference })
    const layla = await world.signIn({ user: relatedPersons.layla.reference })

    // The EHR itself shows neither of them a stranger's Appointment.
    for (const person of [zoe, layla]) await refuses(world, 'appointment-unknown', () => opening(person, appointment))
  })

  test.each<[string, Partial<Appointment>]>([
    ['without a patient', { participant: [{ actor: { reference: chen }, status: 'accepted' }] }],
    [
      'of two patients',
      {
        participant: ['margaret', 'zoe'].map((k) => ({
          actor: { reference: `Patient/hc-patient-${k}` },
          status: 'accepted' as const,
        })),
      },
    ],
    ['whose times have no zone', { start: '2026-03-02T09:00:00', end: '2026-03-02T09:15:00' }],
    ['that ends before it starts', { start: '2026-01-01T10:00:00Z', end: '2026-01-01T09:00:00Z' }],
  ])('%s is refused', async (_what, change) => {
    const appointment = await book(world)
    await changed(appointment, change)

    await refuses(world, 'appointment-unusable', () => opening(doctor, appointment))
  })

  test('that is only on a waiting list is refused: it is no appointment yet', async () => {
    const appointment = await book(world, { status: 'waitlist' })

    await refuses(world, 'appointment-unusable', () => opening(doctor, appointment))
  })

  test('whose patient the EHR does not have is refused', async () => {
    const appointment = await book(world, { patient: 'Patient/nobody' })

    await refuses(world, 'appointment-unusable', () => opening(doctor, appointment))
  })

  test.each<Booked['status']>(['cancelled', 'noshow'])('that is %s is refused', async (status = 'cancelled') => {
    const appointment = await book(world, { status })

    await refuses(world, 'appointment-cancelled', () => opening(doctor, appointment))
  })

  test('that was over more than two hours ago is refused', async () => {
    const appointment = await book(world, { startsInMinutes: -140 })

    await refuses(world, 'appointment-past', () => opening(doctor, appointment))
  })

  test('whose Appointment was cancelled meanwhile is refused, and closes it for whoever waits', async () => {
    const { appointment, clinician, patient, visit } = await waiting(world)
    await changed(appointment, { status: 'cancelled' })

    expect((await opening(clinician, appointment)).code).toBe('appointment-cancelled')

    expect((await patient.get(visit)).body).toMatchObject({ place: { at: 'cancelled' } })
    await refuses(world, 'appointment-cancelled', () => knock(patient, visit))
    await refuses(world, 'appointment-cancelled', () => tokenFor(clinician, visit))
    await refuses(world, 'appointment-cancelled', () =>
      clinician.put(`${visit}/note`, emptyNote, { 'If-Match': '"0"' }),
    )
  })

  test('whose Appointment was moved takes the new time, whoever waits, and nobody is let in before that', async () => {
    const { appointment, clinician, patient, visit, doorId } = await waiting(world)
    const start = new Date(world.now() + 20 * 60_000).toISOString()
    const end = new Date(world.now() + 40 * 60_000).toISOString()
    await changed(appointment, { start, end })

    expect((await admit(clinician, visit, doorId)).code).toBe('appointment-changed')
    expect((await admit(clinician, visit, doorId)).code).toBe('appointment-changed')
    expect((await opening(clinician, appointment)).status).toBe(200)

    expect((await patient.get(visit)).body).toMatchObject({ start, end, place: { at: 'door' } })
    expect((await admit(clinician, visit, doorId)).status).toBe(200)
  })

  test('that was cancelled and is on again begins afresh, in another room', async () => {
    const { appointment, clinician, patient, visit } = await opened(world)
    const before = await roomKept(visit)
    await changed(appointment, { status: 'cancelled' })
    await opening(clinician, appointment)
    await changed(appointment, { status: 'booked' })

    expect((await opening(clinician, appointment)).status).toBe(200)

    expect((await knock(patient, visit)).status).toBe(200)
    const after = bodyOf<RoomToken>(await tokenFor(clinician, visit)).room
    expect([before, after]).toEqual([expect.stringMatching(/^[a-z2-7]{52}$/), expect.not.stringMatching(before)])
  })

  test('that belongs to someone else now is refused', async () => {
    const { appointment, clinician } = await opened(world)
    const freely = await world.signIn({ user: chen })
    const [, practitioner] = world.ehr.resource('Appointment', appointment)?.participant ?? []
    if (practitioner === undefined) throw new Error('no practitioner')
    await changed(appointment, {
      participant: [{ actor: { reference: patients.zoe.reference }, status: 'accepted' }, practitioner],
    })

    await refuses(world, 'appointment-changed', () => opening(freely, appointment))
    await refuses(world, 'other-patient', () => opening(clinician, appointment))
  })

  test('works before its hours, and a knock that is too early hears from when it would be taken', async () => {
    const { patient, clinician, visit } = await opened(world, { startsInMinutes: 45 })

    const answer = await refuses(world, 'too-early', () => knock(patient, visit))
    await refuses(world, 'too-early', () => tokenFor(clinician, visit))

    const { opensAt } = bodyOf<{ opensAt: string }>(await patient.get(visit))
    expect(answer.body).toMatchObject({ extension: [{ valueInstant: opensAt }] })
    expect(Math.round((Date.parse(opensAt) - world.now()) / 60_000)).toBe(15)
  })

  test('works after its time has passed unused, but no knock is taken any more', async () => {
    const own = await openWorld()
    onTestFinished(() => own.close())
    const { appointment } = await opened(own)
    own.later(150)
    const late = await own.signIn({ user: patients.margaret.reference })
    const visit = await open(late, appointment)

    await refuses(own, 'appointment-past', () => knock(late, visit))
  })
})

const emptyNote = { subjective: '', objective: '', assessment: '', plan: '' }
