// What says nothing in FHIR's JSON: null in a repeating primitive, an extension alone, an empty text. It is read as nothing, wherever it
// stands, and whatever else the record says is read.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameOf } from '../../server/domain/ehr/names.ts'
import { booked } from '../../server/domain/visit/access.ts'
import {
  CapabilityStatement,
  type ReadType,
  readable,
  readOutcome,
  SearchPage,
} from '../../server/outside/ehr/resources.ts'

const masked = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }],
}
const today = { now: '2026-03-02T12:00:00.000Z' as Parameters<typeof nameOf>[1]['now'], timeZone: 'America/New_York' } // sound: an instant

/** Each type with all that we read of it. */
const whole: Readonly<Record<ReadType, object>> = {
  Appointment: {
    status: 'booked',
    start: '2026-03-02T15:00:00Z',
    end: '2026-03-02T15:15:00Z',
    description: 'Video visit',
    reasonCode: [{ text: 'Cough', coding: [{ system: 'http://snomed.info/sct', code: '49727002', display: 'Cough' }] }],
    serviceType: [{ text: 'Video' }],
    participant: [
      { actor: { reference: 'Patient/p', display: 'Pat' }, status: 'accepted' },
      { actor: { reference: 'Practitioner/d', display: 'Dr. D' }, status: 'accepted' },
    ],
  },
  Patient: {
    name: [
      { use: 'official', text: 'Maria One', family: 'One', given: ['Maria', 'Ana'], prefix: ['Ms'], suffix: ['Jr'] },
    ],
    birthDate: '1980-02-03',
    communication: [{ language: { text: 'Spanish', coding: [{ code: 'es' }] }, preferred: true }],
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired', valueBoolean: true }],
  },
  Practitioner: { name: [{ text: 'Dr. D', family: 'D', given: ['E'], prefix: ['Dr.'] }] },
  PractitionerRole: { practitioner: { reference: 'Practitioner/d' }, active: true },
  Person: { active: true, link: [{ target: { reference: 'Patient/p' }, assurance: 'level4' }] },
  RelatedPerson: {
    active: true,
    patient: { reference: 'Patient/p' },
    name: [{ family: 'R', given: ['S'] }],
    period: { start: '2020', end: '2030' },
  },
  Encounter: {
    status: 'planned',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'VR' },
    identifier: [{ system: 'urn:x', value: '1' }],
    subject: { reference: 'Patient/p' },
    appointment: [{ reference: 'Appointment/a' }],
    participant: [{ individual: { reference: 'Practitioner/d' } }],
    location: [{ location: { reference: 'Location/l' } }],
    statusHistory: [{ status: 'planned', period: { start: '2026-03-01' } }],
    period: { start: '2026-03-02T15:00:00Z', end: '2026-03-02T15:15:00Z' },
  },
  Consent: { status: 'active', provision: { type: 'permit', period: { start: '2026-03-02T15:00:00Z' } } },
  DocumentReference: {
    status: 'current',
    docStatus: 'final',
    date: '2026-03-02T15:20:00Z',
    author: [{ reference: 'Practitioner/d' }],
    identifier: [{ system: 'urn:x', value: '1' }],
    subject: { reference: 'Patient/p' },
    context: { encounter: [{ reference: 'Encounter/e' }] },
    type: { text: 'Progress note' },
    description: 'Note',
    content: [{ attachment: { contentType: 'text/plain', data: 'VGV4dA==' } }],
  },
  Condition: {
    clinicalStatus: { coding: [{ code: 'active' }] },
    verificationStatus: { coding: [{ code: 'confirmed' }] },
    code: { text: 'Asthma', coding: [{ system: 'http://snomed.info/sct', code: '195967001', display: 'Asthma' }] },
    subject: { reference: 'Patient/p' },
    onsetDateTime: '2009',
    onsetPeriod: { start: '2009' },
    onsetString: 'as a child',
    recordedDate: '2010-01-01',
  },
  MedicationRequest: {
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: 'Lisinopril' },
    medicationReference: { reference: '#m', display: 'Lisinopril' },
    contained: [{ id: 'm', code: { text: 'Lisinopril' } }],
    subject: { reference: 'Patient/p' },
    authoredOn: '2026-01-01',
    requester: { display: 'Dr. D' },
    reportedBoolean: false,
    reportedReference: { reference: 'Patient/p' },
    dosageInstruction: [{ text: '1 tablet' }],
  },
  AllergyIntolerance: {
    clinicalStatus: { coding: [{ code: 'active' }] },
    verificationStatus: { coding: [{ code: 'confirmed' }] },
    type: 'allergy',
    criticality: 'high',
    code: { text: 'Penicillin' },
    patient: { reference: 'Patient/p' },
    recordedDate: '2020',
    reaction: [{ manifestation: [{ text: 'Wheal' }] }],
  },
  Observation: {
    meta: { versionId: '1', tag: [{ code: 'patient-supplied' }] },
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
    subject: { reference: 'Patient/p' },
    effectiveDateTime: '2026-03-01',
    effectiveInstant: '2026-03-01T10:00:00Z',
    effectivePeriod: { start: '2026-03-01', end: '2026-03-02' },
    performer: [{ reference: 'Patient/p' }],
    device: { display: 'Scale' },
    interpretation: [{ coding: [{ code: 'H' }] }],
    referenceRange: [
      { low: { value: 1, unit: 'kg', code: 'kg' }, high: { value: 2 }, type: { text: 'normal' }, text: '1 to 2' },
    ],
    valueQuantity: { value: 70, comparator: '<', unit: 'kg', code: 'kg' },
    valueString: 'seventy',
    valueCodeableConcept: { text: 'seventy' },
    valueInteger: 70,
    valueBoolean: true,
    dataAbsentReason: { coding: [{ code: 'unknown' }] },
    component: [{ code: { text: 'Part' }, valueQuantity: { value: 1 } }],
  },
  Binary: { contentType: 'text/plain', data: 'VGV4dA==' },
}
const types = Object.keys(whole) as readonly ReadType[] // sound: the record's own keys
const record = (type: ReadType, more: object = {}) => ({
  resourceType: type,
  id: 'x',
  meta: { versionId: '1' },
  ...whole[type],
  ...more,
})
const reads = (type: ReadType, json: unknown) => readable[type].safeParse(json).success

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every way of taking one value out of a record: where it stood, and the record without it. */
function* without(json: Json, nothing: unknown, at = ''): Generator<readonly [where: string, json: Json]> {
  for (const [name, value] of Object.entries(json)) {
    const where = `${at}.${name}`
    if (where === '.resourceType' || where === '.id') continue
    const put = (now: unknown) => ({ ...json, [name]: now })
    if (typeof value !== 'object') yield [where, { ...put(nothing), [`_${name}`]: masked }]
    if (isObject(value)) {
      yield [where, put(masked)]
      for (const [deeper, less] of without(value, nothing, where)) yield [deeper, put(less)]
    }
    if (!Array.isArray(value)) continue
    for (const [n, item] of value.entries()) {
      const replaced = (now: unknown) => put(value.with(n, now))
      if (isObject(item)) {
        yield [`${where}[${n}]`, replaced(masked)]
        for (const [deeper, less] of without(item, nothing, `${where}[${n}]`)) yield [deeper, replaced(less)]
      } else
        yield [`${where}[${n}]`, { ...replaced(null), [`_${name}`]: value.map((_, i) => (i === n ? masked : null)) }]
    }
  }
}

describe.each(types)('a %s', (type) => {
  test('is read as it is', () => {
    expect(readable[type].parse(record(type))).toEqual(record(type))
  })

  test.each<[string, unknown]>([
    ['null', null],
    ['an empty text', ''],
    ['blanks', ' \n '],
    ['an extension alone', undefined],
  ])('is read with %s in the place of any one value', (_what, nothing) => {
    const refused = [...without(record(type) as Json, nothing)].filter(([, json]) => !reads(type, json))

    expect(refused.map(([where]) => where)).toEqual([])
  })

  test('is read when any of its values say nothing at once', () => {
    const step = fc.tuple(fc.nat(), fc.constantFrom<unknown>(null, '', undefined))

    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let json = record(type) as Json
        for (const [which, nothing] of steps) {
          const all = [...without(json, nothing)].filter(([where]) => !where.includes('_'))
          json = all[which % Math.max(1, all.length)]?.[1] ?? json
        }
        expect(reads(type, JSON.parse(JSON.stringify(json)))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('keeps what we do not use as it came, for who writes it back', () => {
    const more = { note: ['', null], _x: [null, masked], text: { status: '', div: null } }

    expect(readable[type].parse(record(type, more))).toMatchObject(more)
  })

  test('is refused where a value is another one than it may be', () => {
    for (const wrong of [
      { id: 7 },
      { id: '' },
      { id: null },
      { meta: 'x' },
      { resourceType: '' },
      { resourceType: null },
    ])
      expect([wrong, reads(type, record(type, wrong))]).toEqual([wrong, false])
  })
})

test.each<[ReadType, object]>([
  ['RelatedPerson', { active: 'false' }],
  ['PractitionerRole', { active: 'false' }],
  ['Person', { active: 0 }],
  ['Appointment', { participant: [{ actor: { reference: 'Practitioner/d' }, status: 7 }] }],
  ['Appointment', { participant: { actor: { reference: 'Practitioner/d' } } }],
  ['RelatedPerson', { period: { end: 2015 } }],
  ['Encounter', { subject: 'Patient/p' }],
])('what decides over people is not passed over when it is wrong: a %s with %j is refused', (type, wrong) => {
  expect(reads(type, record(type, wrong))).toBe(false)
})

test('a given name that is masked leaves the rest of the name', () => {
  const json: unknown = JSON.parse(readFileSync(new URL('./given-null.json', import.meta.url), 'utf8'))

  expect(nameOf(readable.Patient.parse(json).name, today)).toBe('Maria One')
})

test('an Appointment without a status has none that we know, and one without participants names nobody', () => {
  const { status, participant } = readable.Appointment.parse(record('Appointment', { status: null, participant: null }))

  expect([status, participant]).toEqual(['', []])
  expect(() => booked({ id: 'x', status, participant }, () => undefined, 'UTC')).toThrow('appointment-unusable')
})

test('a page is read whatever its entries are', () => {
  const entry = [
    null,
    {},
    { fullUrl: 'urn:x' },
    { resource: null },
    { resource: 7 },
    { resource: { resourceType: 'Patient', id: 7 } },
  ]

  expect(SearchPage.safeParse({ resourceType: 'Bundle', total: null, link: [null, {}, masked], entry }).success).toBe(
    true,
  )
})

test('a statement with gaps still says the rest', () => {
  const read = [{ code: 'read' }, masked, null, { code: '' }]
  const resource = [
    null,
    masked,
    { type: 'Appointment', interaction: read, searchParam: [masked, { name: 'actor' }], searchInclude: [null] },
  ]
  const { rest } = CapabilityStatement.parse({
    resourceType: 'CapabilityStatement',
    fhirVersion: '4.0.1',
    publisher: null,
    software: { name: '' },
    rest: [{ interaction: null, resource }, null],
  })

  expect(rest).toEqual([
    {
      resource: [
        { type: 'Appointment', interaction: [{ code: 'read' }], searchParam: [{ name: 'actor' }], searchInclude: [] },
      ],
    },
  ])
})

test('an OperationOutcome is one, whatever its issues leave out', () => {
  for (const issue of [[], [null], [masked], [{ severity: null, code: '', details: masked }], null, undefined])
    expect(readOutcome({ resourceType: 'OperationOutcome', issue })).toBeDefined()
})
