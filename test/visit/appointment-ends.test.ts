// An Appointment that stops being one, whoever reads it and however far its visit has come: one rule as a table, and the same over HTTP.
import type { Appointment } from 'fhir/r4'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { DoorId, Ref } from '../../server/domain/ids.ts'
import { plus } from '../../server/domain/instant.ts'
import { lifeOf } from '../../server/domain/visit/access.ts'
import { admitted, knocked } from '../../server/domain/visit/door.ts'
import {
  type AppointmentSays,
  type Course,
  courseOf,
  type Reading,
  reviewed,
} from '../../server/domain/visit/reviewed.ts'
import { cancelled, finished, tokenGiven } from '../../server/domain/visit/visit.ts'
import type { Visit } from '../../server/domain/visit/visit-shape.ts'
import type { AppointmentList, ClinicianView } from '../../server/wire/wire.ts'
import { newPatient } from '../support/chart.ts'
import { eventually } from '../support/eventually.ts'
import type { Answer, Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import {
  admit,
  bodyOf,
  book,
  inCall,
  knock,
  open,
  opened,
  placeOf,
  rowIn,
  tokenFor,
  visitIdOf,
  waiting,
} from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'
import { bookingOf, on, plannedAs, window } from './planned.ts'

const { patients, practitioners } = clinic
const chen = practitioners.chen.reference

describe('the rule', () => {
  const [doctor, patient, other]: [Ref, Ref<'Patient'>, Ref<'Patient'>] = ['Practitioner/d', 'Patient/p', 'Patient/q']
  const doorId = 'g' as DoorId // sound: what a test calls an id is one
  const whose = { patient, practitioners: [doctor], face: { name: 'P', clinicians: ['D'] } }
  const booking = { ...bookingOf(whose), appointmentReadAt: on('14:50') }
  const fresh = plannedAs(booking)
  const devices = { camera: true, microphone: true }
  const knocking = { doorId, who: patient, as: 'patient', name: 'P', knockedAt: on('15:01'), devices } as const
  const atDoor = knocked(fresh, knocking, window)
  const letIn = admitted(atDoor, doorId, doctor, on('15:02'))
  const underWay = tokenGiven(letIn, doctor, 'clinician', on('15:03'))
  const visits: readonly (Visit | undefined)[] = [
    ...[
      undefined,
      fresh,
      atDoor,
      letIn,
      underWay,
      finished(underWay, window, on('15:20')),
      cancelled(fresh, on('14:00')),
    ],
  ]
  const now = on('15:06')
  const whole: Reading = {
    ...{ status: 'booked', patients: [patient], practitioners: [doctor], start: on('15:00'), end: on('15:15') },
    ...{ by: 'clinician', face: { clinicians: ['D'] }, iss: booking.iss },
  }
  const untimed = (status: string): Reading => {
    const { start: _start, end: _end, ...rest } = whole
    return { ...rest, status }
  }

  const on7: readonly Course[] = Array(7).fill('goes-on')
  /** Of one that is not opened yet, nobody came to, at whose door they wait, to which they were let in, under way, ended, cancelled. */
  const before = (course: Course): readonly Course[] => [course, course, course, course, 'goes-on', 'goes-on', course]
  const table: Readonly<Record<string, readonly [AppointmentSays, readonly Course[]]>> = {
    proposed: [{ ...whole, status: 'proposed' }, on7],
    pending: [{ ...whole, status: 'pending' }, on7],
    booked: [whole, on7],
    arrived: [{ ...whole, status: 'arrived' }, on7],
    'checked-in': [{ ...whole, status: 'checked-in' }, on7],
    fulfilled: [
      { ...whole, status: 'fulfilled' },
      ['fulfilled', 'fulfilled', 'goes-on', 'goes-on', 'goes-on', 'goes-on', 'fulfilled'],
    ],
    cancelled: [{ ...whole, status: 'cancelled' }, before('ends')],
    'cancelled without times': [untimed('cancelled'), before('ends')],
    'cancelled, and naming nobody': [{ ...untimed('cancelled'), patients: [], practitioners: [] }, before('ends')],
    noshow: [{ ...whole, status: 'noshow' }, before('ends')],
    'entered-in-error': [{ ...whole, status: 'entered-in-error' }, before('ends')],
    waitlist: [{ ...whole, status: 'waitlist' }, before('unusable')],
    'of a status of its own': [{ ...whole, status: 'standby' }, before('unusable')],
    'of no status': [{ ...whole, status: '' }, before('unusable')],
    'of no status, and naming nobody': [{ ...whole, status: '', patients: [] }, before('unusable')],
    'without times': [untimed('booked'), before('unusable')],
    'declined by its patient': [{ ...whole, patients: [], declined: [patient] }, before('unusable')],
    'of another patient too': [{ ...whole, patients: [patient, other] }, before('unusable')],
    'of another patient': [
      { ...whole, patients: [other] },
      ['goes-on', 'another', 'another', 'another', 'goes-on', 'goes-on', 'another'],
    ],
    deleted: ['deleted', before('ends')],
    hidden: ['hidden', before('hidden')],
  }

  test('has every status of R4', () => {
    const r4 = ['proposed', 'pending', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow', 'entered-in-error']
    for (const status of [...r4, 'checked-in', 'waitlist']) expect(table).toHaveProperty(status)
  })

  test.each(Object.entries(table))(
    'says what follows of one that is %s, for every stage of its visit',
    (_what, [said, courses]) => {
      expect(visits.map((visit) => courseOf(visit, said))).toEqual(courses)
    },
  )

  test.each(Object.entries(table))(
    '%s: ends what it ends, and empties nobody’s place but where it is another’s',
    (_what, [said]) => {
      for (const visit of visits) {
        if (visit === undefined) continue
        const after = reviewed(visit, said, now)
        const course = courseOf(visit, said)
        expect(after.status).toBe(course === 'ends' && visit.status !== 'cancelled' ? 'cancelled' : visit.status)
        if ('call' in visit && 'call' in after) expect(after.call.room).toBe(visit.call.room)
        const isAnothers = typeof said === 'object' && lifeOf(said.status) === 'on' && said.patients[0] === other
        if (!isAnothers && course !== 'ends' && 'call' in visit) expect(after).toMatchObject({ call: visit.call })
        // Who was in a call stays part of it, whatever an Appointment that is off names.
        if (said !== whole && course === 'goes-on' && !isAnothers) expect(after.practitioners).toEqual([doctor])
      }
    },
  )

  test('believes nothing that another base URL says of the same id, unless patient and start agree', () => {
    const elsewhere = { ...whole, iss: 'https://other.example/fhir' as Visit['iss'] }
    const otherwise: readonly Reading[] = [
      { ...elsewhere, status: 'cancelled', start: on('18:00') },
      { ...untimed('cancelled'), iss: elsewhere.iss },
      { ...elsewhere, patients: [other] },
    ]

    for (const said of otherwise)
      expect([courseOf(atDoor, said), reviewed(atDoor, said, now)]).toEqual(['another', atDoor])
    expect(reviewed(atDoor, { ...elsewhere, status: 'cancelled' }, now).status).toBe('cancelled')
  })
})

describe('over HTTP', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterEach(() => world.ehr.faults.clear())
  afterAll(() => world.close())

  const revisionOf = async (visit: string) => (await world.house.visits.get(visitIdOf(visit)))?.revision ?? 0
  const readAt = async (visit: string) => (await world.house.visits.get(visitIdOf(visit)))?.appointmentReadAt
  const resource = (appointment: string): Appointment => {
    const found = world.ehr.resource('Appointment', appointment)
    if (found === undefined) throw new Error('no such Appointment')
    return found
  }
  const put = (appointment: string, change: Partial<Appointment>) =>
    world.ehr.put({ ...resource(appointment), ...change })
  const timeless = (appointment: string, status: Appointment['status']) => {
    const { start: _start, end: _end, ...rest } = resource(appointment)
    return world.ehr.put({ ...rest, status })
  }
  const zoneless = (appointment: string) => {
    const { start = '', end = '' } = resource(appointment)
    return put(appointment, { start: start.slice(0, 19), end: end.slice(0, 19) })
  }
  const saying = (appointment: string, who: string, status: 'declined') => {
    const { participant } = resource(appointment)
    return put(appointment, {
      participant: participant.map((p) => (p.actor?.reference === who ? { ...p, status } : p)),
    })
  }

  type Waiting = Awaited<ReturnType<typeof waiting>>
  /** Each way by which a clinician comes to read the Appointment of a visit. */
  const readers: Readonly<Record<string, (of: Waiting) => Promise<unknown>>> = {
    'her day': ({ clinician }) => clinician.get('/api/appointments'),
    'opening it': ({ clinician, appointment }) => clinician.post('/api/visits', { appointment }),
    'letting somebody in': ({ clinician, visit, doorId }) => admit(clinician, visit, doorId),
    'a look some minutes later': async ({ clinician, visit }) => {
      world.later(6)
      await clinician.get(visit)
    },
  }
  const over = Object.entries(readers)

  const ends: Readonly<Record<string, (appointment: string) => unknown>> = {
    'cancelled, with its times': (a) => put(a, { status: 'cancelled' }),
    'cancelled, without times': (a) => timeless(a, 'cancelled'),
    'cancelled, without times, and everybody taken out': (a) =>
      world.ehr.put({ resourceType: 'Appointment', id: a, status: 'cancelled', participant: [{ status: 'declined' }] }),
    noshow: (a) => put(a, { status: 'noshow' }),
    'entered in error': (a) => put(a, { status: 'entered-in-error' }),
    gone: (a) => {
      world.ehr.faults.on('fhir-410', { type: 'Appointment', id: a })
      return world.ehr.remove('Appointment', a)
    },
  }
  const rows = over.flatMap(([reader, read]) =>
    Object.entries(ends).map(([what, end]) => [reader, what, read, end] as const),
  )

  test.each(rows)('%s finds it %s: whoever waits is told at once', async (_reader, _what, read, end) => {
    const both = await waiting(world)
    const { patient, visit, appointment } = both
    const told = await watch(world, patient, `${visit}/events`)
    const revision = await revisionOf(visit)
    await end(appointment)

    await read(both)

    await told.until(revision + 1)
    told.stop()
    await eventually(async () => expect(await placeOf(patient, visit)).toEqual({ at: 'cancelled' }))
  })

  const unclear: Readonly<Record<string, (appointment: string) => unknown>> = {
    'on a waiting list': (a) => put(a, { status: 'waitlist' }),
    'of a status nobody knows': (a) => put(a, { status: 'standby' as 'booked' }),
    'of no status': (a) => {
      const { status: _status, ...rest } = resource(a)
      return world.ehr.put(rest as Appointment) // as some servers answer
    },
    'declined by its patient': (a) => saying(a, patients.margaret.reference, 'declined'),
    'without a zone in its times': zoneless,
    'without times': (a) => timeless(a, 'booked'),
  }

  test.each(Object.entries(unclear))('%s keeps everybody’s place, and the clinician is told', async (_what, change) => {
    const both = await waiting(world)
    const { clinician, patient, visit, appointment, doorId } = both
    await change(appointment)

    expect(await rowIn(clinician, appointment)).toMatchObject({ state: 'unusable', visit: { waiting: 1 } })
    await refuses(world, 'appointment-unusable', () => clinician.post('/api/visits', { appointment }))
    await refuses(world, 'appointment-unusable', () => admit(clinician, visit, doorId))
    const before = await readAt(visit)
    world.later(6)
    await clinician.get(visit)
    await eventually(async () => expect(await readAt(visit)).not.toBe(before))

    expect(await placeOf(patient, visit)).toMatchObject({ at: 'door' })
    // Who comes again, in a new sign-in too, finds their place; so does the clinician who wants to see who stands there.
    const again = await world.signIn({ user: patients.margaret.reference, patient: patients.margaret.id, appointment })
    expect(await open(again, appointment)).toBe(visit)
    expect((await clinician.post('/api/visits', { appointment, anyway: true })).status).toBe(200)
    expect((await clinician.post(`${visit}/refusals`, { doorId })).status).toBe(200)
  })

  test.each(Object.entries(unclear))('%s, before anybody opened it, is refused in words', async (_what, change) => {
    const appointment = await book(world)
    await change(appointment)
    const clinician = await world.signIn({ user: chen })

    for (const anyway of [{}, { anyway: true }])
      await refuses(world, 'appointment-unusable', () => clinician.post('/api/visits', { appointment, ...anyway }))
  })

  const withheld: Readonly<Record<string, (appointment: string) => unknown>> = {
    'kept from her (403)': () => world.ehr.faults.on('fhir-403', { type: 'Appointment' }),
    'not there for her (404)': (a) => world.ehr.remove('Appointment', a),
  }

  test.each(
    over
      .filter(([reader]) => reader !== 'her day')
      .flatMap(([r, read]) => Object.entries(withheld).map(([w, hide]) => [r, w, read, hide] as const)),
  )('%s finds it %s: her place is lost alone', async (_reader, _what, read, hide) => {
    const both = await waiting(world)
    const { clinician, patient, visit, appointment } = both
    await hide(appointment)

    await read(both)
    await eventually(async () => expect((await clinician.get(visit)).code).toBe('appointment-unknown'))

    expect(await placeOf(patient, visit)).toMatchObject({ at: 'door' })
  })

  test('her day shows whoever waits though the EHR keeps the Appointment from her, and says so', async () => {
    const { clinician, patient, visit, appointment } = await waiting(world)
    await world.ehr.remove('Appointment', appointment)

    for (let look = 0; look < 2; look++)
      expect(await rowIn(clinician, appointment)).toMatchObject({ state: 'hidden', visit: { waiting: 1 } })

    expect(await placeOf(patient, visit)).toMatchObject({ at: 'door' })
  })

  test('whoever waits and is not shown it themselves leaves the door, and nobody else does', async () => {
    const { clinician, patient, visit, appointment } = await waiting(world)
    const hers = await watch(world, clinician, `${visit}/events`)
    const revision = await revisionOf(visit)
    await put(appointment, { participant: [{ actor: { reference: patients.zoe.reference }, status: 'accepted' }] })
    world.later(6)

    expect((await patient.get(visit)).status).toBe(200)

    await hers.until(revision + 1)
    hers.stop()
    await eventually(async () => expect((await patient.get(visit)).code).toBe('appointment-unknown'))
    expect((await world.house.visits.get(visitIdOf(visit)))?.status).toBe('arrived')
  })

  test.each([
    ['fails', 'fhir-500'],
    ['is busy', 'fhir-429-retry-after'],
    ['is not there behind its gateway', 'fhir-404-page'],
  ] as const)('an EHR that %s takes nobody’s place, whoever asks', async (_what, fault) => {
    const both = await waiting(world)
    const { clinician, patient, visit } = both
    world.ehr.faults.on(fault, { type: 'Appointment' })

    for (const [, read] of over) await read(both)

    expect(await placeOf(patient, visit)).toMatchObject({ at: 'door' })
    expect((await clinician.get(visit)).status).toBe(200)
  })

  test.each([...Object.entries(ends), ...Object.entries(unclear)])(
    '%s under a call that runs takes it from nobody, and leaves the way back',
    async (_what, change) => {
      const { clinician, patient, visit, appointment } = await inCall(world)
      await change(appointment)
      world.later(6)

      for (const person of [clinician, patient]) expect((await person.get(visit)).status).toBe(200)
      const row = await rowIn(clinician, appointment)
      await eventually(async () => expect((await clinician.get(visit)).status).toBe(200))

      for (const person of [clinician, patient]) expect((await tokenFor(person, visit)).status).toBe(200)
      expect((await clinician.post('/api/visits', { appointment })).status).toBe(200)
      if (!world.ehr.faults.isOn('fhir-410'))
        expect(row).toMatchObject({ state: 'open', visit: { status: 'in-progress' } })
    },
  )

  test('called off or moved under a call it is told to the clinician alone, once it is read, and no more once it is as it was', async () => {
    const { clinician, patient, visit, appointment } = await inCall(world)
    const seen = async () => bodyOf<ClinicianView>(await clinician.get(visit))
    await put(appointment, { status: 'cancelled' })
    expect(await seen()).not.toHaveProperty('calledOff')
    world.later(6)

    await clinician.get(visit)

    await eventually(async () =>
      expect(await seen()).toMatchObject({ calledOff: { as: 'cancelled' }, status: 'in-progress' }),
    )
    expect((await patient.get(visit)).text).not.toContain('calledOff')
    expect((await tokenFor(patient, visit)).status).toBe(200)
    expect((await world.audit()).findLast(({ event }) => event === 'appointment-changed')).toMatchObject({
      code: 'called-off',
    })
    const { start, end } = await seen()
    const later = { start: plus(start, 3600), end: plus(end, 3600) }
    await put(appointment, { status: 'booked', ...later })
    world.later(6)
    await clinician.get(visit)
    await eventually(async () => expect(await seen()).toMatchObject({ ...later, movedFrom: { start, end } }))
    expect(await seen()).not.toHaveProperty('calledOff')
    expect((await patient.get(visit)).text).not.toContain('movedFrom')
    await put(appointment, { start, end })
    world.later(6)
    await clinician.get(visit)
    await eventually(async () => expect(await seen()).not.toHaveProperty('movedFrom'))
  })

  test('moved to another day it stays on the clinician’s day while somebody is at the door', async () => {
    const { clinician, appointment, visit } = await waiting(world)
    const [start, end] = [48 * 60, 48 * 60 + 15].map((minutes) =>
      new Date(world.now() + minutes * 60_000).toISOString(),
    )
    await put(appointment, { start: start ?? '', end: end ?? '' })

    expect(await rowIn(clinician, appointment)).toMatchObject({ visit: { waiting: 1 }, start })

    expect((await clinician.post('/api/visits', { appointment })).status).toBe(200)
    expect(bodyOf<ClinicianView>(await clinician.get(visit)).door).toHaveLength(1)
  })

  test('whose patient’s record cannot be had stays on the day, says so, and lets the clinician in to whoever waits', async () => {
    const whose = await newPatient(world)
    const { clinician, appointment, visit } = await waiting(world, { patient: whose })
    await world.ehr.remove('Patient', whose.replace('Patient/', ''))

    const row = await rowIn(clinician, appointment)

    expect(row).toMatchObject({ patientUnread: true, patient: { name: 'Somebody New' }, visit: { waiting: 1 } })
    expect(await open(clinician, appointment)).toBe(visit)
  })

  test('done by the chart before anybody came asks the clinician, and nobody else can open it', async () => {
    const appointment = await book(world, { status: 'fulfilled' })
    const clinician = await world.signIn({ user: chen })
    const patient = await world.signIn({ user: patients.margaret.reference })
    const asking = (person: Person, more: object = {}): Promise<Answer> =>
      person.post('/api/visits', { appointment, ...more })

    for (const more of [{}, { anyway: true }])
      await refuses(world, 'appointment-fulfilled', () => asking(patient, more))
    await refuses(world, 'appointment-fulfilled', () => asking(clinician))
    const visit = await asking(clinician, { anyway: true })

    expect(visit.status).toBe(200)
    const path = await open(patient, appointment)
    expect((await knock(patient, path)).status).toBe(200)
  })

  test('done by the chart while somebody is at the door lets the clinician in unasked', async () => {
    const { clinician, appointment, visit, doorId } = await waiting(world)
    await put(appointment, { status: 'fulfilled' })

    expect(await rowIn(clinician, appointment)).toMatchObject({ state: 'open', visit: { waiting: 1 } })
    expect(await open(clinician, appointment)).toBe(visit)
    expect((await admit(clinician, visit, doorId)).status).toBe(200)
  })

  test('done by the chart before anybody came to a visit that was opened asks as well', async () => {
    const { clinician, patient, visit, appointment } = await opened(world)
    await put(appointment, { status: 'fulfilled' })

    await refuses(world, 'appointment-fulfilled', () => clinician.post('/api/visits', { appointment }))

    expect((await knock(patient, visit)).status).toBe(200)
  })

  test('that says no time that can be relied upon stands on the clinician’s day without one, as the text stands', async () => {
    const appointment = await book(world)
    const { start = '' } = resource(appointment)
    await zoneless(appointment)
    const clinician = await world.signIn({ user: chen, appointment })

    const { untimed } = bodyOf<AppointmentList>(await clinician.get('/api/appointments'))

    const row = {
      id: appointment,
      state: 'unusable',
      told: start.slice(0, 19),
      patient: { name: patients.margaret.name },
    }
    expect(untimed).toContainEqual(expect.objectContaining({ ...row, patient: expect.objectContaining(row.patient) }))
  })

  test('that says no time, or lost it, is told to its patient too, and never as an empty list; one that is only proposed has none yet', async () => {
    const appointment = await book(world)
    const { start = '' } = resource(appointment)
    // No search by date finds what has none: the launch names it.
    const theirs = await world.signIn({ user: patients.margaret.reference, patient: patients.margaret.id, appointment })
    const listed = async () => {
      const { appointments, untimed = [] } = bodyOf<AppointmentList>(await theirs.get('/api/appointments'))
      return [...appointments, ...untimed].find(({ id }) => id === appointment)
    }

    await zoneless(appointment)
    expect(await listed()).toMatchObject({ state: 'unusable', told: start.slice(0, 19) })
    await timeless(appointment, 'booked')
    expect(await listed()).toMatchObject({ state: 'unusable' })
    await timeless(appointment, 'cancelled')
    expect(await listed()).toMatchObject({ state: 'cancelled' })
    await timeless(appointment, 'proposed')
    expect(await listed()).toBeUndefined()
  })
})
