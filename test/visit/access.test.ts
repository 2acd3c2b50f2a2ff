// Who is part of an Appointment, failing closed: references of another server are nobody's.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { relative, relativeTo } from '../../server/domain/ehr/reference.ts'
import type { DoorId, Iss, Ref } from '../../server/domain/ids.ts'
import { appointmentState, booked, lifeOf, mayHaveToken, mayOpen } from '../../server/domain/visit/access.ts'
import { admitted, declined, knocked } from '../../server/domain/visit/door.ts'
import { cancelled, finished, tokenGiven } from '../../server/domain/visit/visit.ts'
import type { Visit } from '../../server/domain/visit/visit-shape.ts'
import { refusalOf } from '../support/refusal-of.ts'
import { bookingOf, on, plannedAs, window } from './planned.ts'

const iss = 'https://ehr.example/fhir' as Iss // sound: what a test calls an issuer is one
const at = (reference: string, status?: string) => ({
  actor: { reference },
  ...(status === undefined ? {} : { status }),
})
const appointment = (...participant: ReturnType<typeof at>[]) => ({
  ...{ id: 'a', status: 'booked', participant },
  ...{ start: '2026-03-02T10:00:00-05:00', end: '2026-03-02T10:15:00-05:00' },
})
const read = (of: Parameters<typeof booked>[0]) => booked(of, relativeTo(iss), 'America/New_York')
const codeOf = (act: () => unknown) => refusalOf(act) ?? 'done'

describe('an Appointment', () => {
  test.each([
    ['times without a zone', { start: '2026-03-02T09:00:00', end: '2026-03-02T09:15:00' }],
    ['a start without a zone', { start: '2026-03-02T09:00:00' }],
    ['a day that no calendar has', { start: '2026-02-30T09:00:00Z', end: '2026-03-02T09:15:00Z' }],
    ['times in words', { start: 'Monday, nine', end: 'Monday, ten' }],
    ['times that are empty', { start: '', end: '' }],
    ['a year for its times', { start: '2026', end: '2026' }],
    ['a month for its times', { start: '2026-03', end: '2026-03' }],
    ['an end in a year alone', { end: '2026' }],
  ])('with %s is unusable, and no hours off', (_what, times) => {
    const odd = { ...appointment(at('Patient/p'), at('Practitioner/d')), ...times }

    expect(codeOf(() => read(odd))).toBe('appointment-unusable')
  })

  test('on a day lasts until the clinic’s midnight, also where the clocks change', () => {
    const on = (start: string, end: string) => {
      const { start: from, end: until } = read({ ...appointment(at('Patient/p'), at('Practitioner/d')), start, end })
      return [from, until]
    }

    expect(on('2026-03-02', '2026-03-02')).toEqual(['2026-03-02T05:00:00.000Z', '2026-03-03T05:00:00.000Z'])
    expect(on('2026-03-08', '2026-03-08')).toEqual(['2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z'])
    expect(on('2026-11-01', '2026-11-01')).toEqual(['2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'])
    expect(on('2026-03-02T14:00:00Z', '2026-03-02')[1]).toBe('2026-03-03T05:00:00.000Z')
  })

  const patient = at('Patient/p')
  const doctor = at('Practitioner/d')

  test('has one patient, its clinicians in person or by role, and times in UTC', () => {
    const found = read(
      appointment(patient, doctor, at(`${iss}/PractitionerRole/r`), at('Location/l'), at('RelatedPerson/m')),
    )

    expect(found).toMatchObject({
      patient: 'Patient/p',
      practitioners: ['Practitioner/d', 'PractitionerRole/r'],
      start: '2026-03-02T15:00:00.000Z',
    })
  })

  test('that names its patient twice has one patient', () => {
    expect(read(appointment(patient, at(`${iss}/Patient/p`), doctor)).patient).toBe('Patient/p')
  })

  test.each([
    ['no patient', appointment(doctor)],
    ['two patients', appointment(patient, at('Patient/q'))],
    ['a patient of another server', appointment(at('https://other.example/fhir/Patient/p'), doctor)],
    ['a patient who declined', appointment(at('Patient/p', 'declined'), doctor)],
    ['no start', { ...appointment(patient), start: '' }],
    ['no end', { ...appointment(patient), end: 'later' }],
    ['an end at its start', { ...appointment(patient), end: '2026-03-02T15:00:00Z' }],
  ])('with %s is of no use', (_what, unusable) => {
    expect(codeOf(() => read(unusable))).toBe('appointment-unusable')
  })

  test('opens for its own people alone', () => {
    const found = read(appointment(patient, at('PractitionerRole/r')))
    const clinician = { role: 'clinician', patients: [], self: ['Practitioner/d', 'PractitionerRole/r'] } as const
    const own = { role: 'patient', self: ['Patient/p'], patients: ['Patient/p'] } as const
    const callers = [
      clinician,
      { ...clinician, self: ['Practitioner/d'] as const },
      { ...clinician, patient: 'Patient/q' as const },
      own,
      { ...own, self: ['Patient/q'], patients: ['Patient/q'] } as const,
      { role: 'representative', self: ['RelatedPerson/m'], patients: ['Patient/p'] } as const,
      { role: 'representative', self: ['RelatedPerson/m'], patients: ['Patient/q'] } as const,
      { ...clinician, role: 'patient' } as const,
      { ...own, role: 'clinician' } as const,
    ]

    expect(callers.map((caller) => codeOf(() => mayOpen(caller, found)))).toEqual([
      ...['done', 'not-participant', 'other-patient'],
      ...['done', 'not-participant', 'done', 'not-participant', 'not-participant', 'not-participant'],
    ])
  })

  test('is on, cancelled, fulfilled or none of these, as its status says', () => {
    const all = [
      'proposed',
      'pending',
      'booked',
      'arrived',
      'fulfilled',
      'cancelled',
      'noshow',
      'entered-in-error',
      'checked-in',
      'waitlist',
      '',
    ]

    expect(Object.fromEntries(all.map((status) => [status, lifeOf(status)]))).toEqual({
      ...{ proposed: 'on', pending: 'on', booked: 'on', arrived: 'on', 'checked-in': 'on' },
      ...{ fulfilled: 'fulfilled', cancelled: 'cancelled', noshow: 'cancelled', 'entered-in-error': 'cancelled' },
      ...{ waitlist: undefined, '': undefined },
    })
  })
})

describe('a reference', () => {
  test.each([
    ['Patient/p', 'Patient/p'],
    ['Patient/p/_history/3', 'Patient/p'],
    ['https://ehr.example/fhir/Patient/p', 'Patient/p'],
    ['https://ehr.example/fhirx/Patient/p', undefined],
    ['https://ehr.example/Patient/p', undefined],
    ['https://other.example/fhir/Patient/p', undefined],
    ['//other.example/Patient/p', undefined],
    ['Patient/../Practitioner/d', undefined],
    ['Patient/p?x=1', undefined],
    ['Patient?identifier=1', undefined],
    ['#contained', undefined],
    ['urn:uuid:7d0c1f0e-0b1e-4b59-9d7c-6a3a2b0f5a01', undefined],
    ['', undefined],
  ])('with the text “%s” is read as %s', (text, ref) => {
    expect(relative(iss, text)).toBe(ref)
  })

  test('of another host is never ours, whatever its path', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['http', 'https'] }), (url) => {
        expect(relative(iss, `${url}/Patient/p`) satisfies Ref | undefined).toBeUndefined()
      }),
    )
  })
})

describe('of an Appointment and its visit', () => {
  const [chen, margaret]: [Ref, Ref<'Patient'>] = ['Practitioner/chen', 'Patient/margaret']
  const doorId = 'g' as DoorId // sound: what a test calls an id is one
  const face = { name: 'Margaret', clinicians: ['Dr. Chen'] }
  const booking = bookingOf({ patient: margaret, practitioners: [chen], face }, iss)
  const knock = { doorId, who: margaret, as: 'patient', name: 'Margaret', knockedAt: on('15:01') } as const
  const fresh = plannedAs(booking)
  const waiting = knocked(fresh, { ...knock, devices: { camera: true, microphone: true } }, window)
  const letIn = admitted(waiting, doorId, chen, on('15:02'))
  const underWay = tokenGiven(letIn, chen, 'clinician', on('15:03'))
  const visits = {
    'to which nobody came': fresh,
    'at whose door they wait': waiting,
    'from which they were sent away': declined(waiting, doorId, on('15:02')),
    'to which they were let in': letIn,
    'under way': underWay,
    'that has ended': finished(underWay, window, on('15:20')),
    'that was cancelled': cancelled(fresh, on('14:00')),
  } satisfies Record<string, Visit>

  type Row = readonly [
    visit: keyof typeof visits,
    clock: string,
    patient: string,
    whileClinicianHere: string,
    clinician: string,
  ]
  const table: readonly Row[] = [
    ['to which nobody came', '14:29', 'not-admitted', 'not-admitted', 'too-early'],
    ['to which nobody came', '14:30', 'not-admitted', 'not-admitted', 'done'],
    ['to which nobody came', '17:15', 'not-admitted', 'not-admitted', 'appointment-past'],
    ['at whose door they wait', '15:05', 'not-admitted', 'not-admitted', 'done'],
    ['from which they were sent away', '15:05', 'admission-declined', 'admission-declined', 'done'],
    ['to which they were let in', '15:05', 'done', 'done', 'done'],
    ['to which they were let in', '17:14', 'done', 'done', 'done'],
    ['to which they were let in', '17:15', 'appointment-past', 'done', 'appointment-past'],
    ['under way', '17:14', 'done', 'done', 'done'],
    ['under way', '17:15', 'appointment-past', 'done', 'done'],
    ['that has ended', '15:25', 'visit-finished', 'visit-finished', 'visit-finished'],
    ['that was cancelled', '15:05', 'appointment-cancelled', 'appointment-cancelled', 'appointment-cancelled'],
  ]

  test.each(table)('%s, at %s: who gets a room token is in the table', (visit, clock, ...expected) => {
    const token = (who: Ref, role: 'patient' | 'clinician', clinicianHere: boolean) =>
      codeOf(() => mayHaveToken(visits[visit], { who, role }, { window, now: on(clock), clinicianHere }))

    expect([
      token(margaret, 'patient', false),
      token(margaret, 'patient', true),
      token(chen, 'clinician', true),
    ]).toEqual(expected)
  })

  test.each([
    ['booked', undefined, '14:29', 'too-early'],
    ['booked', undefined, '15:05', 'open'],
    ['booked', undefined, '17:15', 'over'],
    ['booked', 'in-progress', '17:15', 'open'],
    ['booked', 'finished', '15:05', 'finished'],
    ['cancelled', undefined, '15:05', 'cancelled'],
    ['cancelled', 'in-progress', '15:05', 'open'],
    ['entered-in-error', 'arrived', '15:05', 'cancelled'],
    ['fulfilled', 'planned', '15:05', 'finished'],
    ['fulfilled', 'arrived', '15:05', 'open'],
    ['cancelled', 'finished', '15:05', 'finished'],
    ['fulfilled', undefined, '15:05', 'finished'],
    ['fulfilled', 'in-progress', '15:05', 'open'],
  ] as const)('%s, with a visit %s, the list says at %s that it is %s', (status, of, clock, expected) => {
    const visit = of && { status: of }

    expect(appointmentState({ ...booking, status }, visit, window, on(clock))).toBe(expected)
  })
})
