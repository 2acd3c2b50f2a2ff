// Who is part of an Appointment, failing closed: references of another server are nobody's.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { relative, relativeTo } from '../../server/domain/ehr/reference.ts'
import { Refusal } from '../../server/domain/errors.ts'
import type { Iss, Ref } from '../../server/domain/ids.ts'
import { booked, lifeOf, mayOpen } from '../../server/domain/visit/access.ts'

const iss = 'https://ehr.example/fhir' as Iss // sound: what a test calls an issuer is one
const at = (reference: string, status?: string) => ({
  actor: { reference },
  ...(status === undefined ? {} : { status }),
})
const appointment = (...participant: ReturnType<typeof at>[]) => ({
  ...{ id: 'a', status: 'booked', participant },
  ...{ start: '2026-03-02T10:00:00-05:00', end: '2026-03-02T10:15:00-05:00' },
})
const read = (of: Parameters<typeof booked>[0]) => booked(of, relativeTo(iss))
const codeOf = (work: () => unknown) => {
  try {
    work()
    return 'done'
  } catch (cause) {
    if (cause instanceof Refusal) return cause.code
    throw cause
  }
}

describe('an Appointment', () => {
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

  test('is on, over or nothing, by its status', () => {
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
      ...{ fulfilled: 'fulfilled', cancelled: 'cancelled', noshow: 'cancelled' },
      ...{ 'entered-in-error': undefined, waitlist: undefined, '': undefined },
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
  ])('%s is ours as %s', (text, ref) => {
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
