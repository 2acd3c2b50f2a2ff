import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../../fhir-fixtures/day.ts'
import { type Ehr, startEhr } from '../../../sandbox/ehr/main.ts'
import { fhirAs, launchUrls, patientScopes, publicClient } from './app.ts'
import { encounterOf, entriesOf, noteOf } from './resources.ts'

const { margaret, zoe, noor } = clinic.patients
const chen = clinic.practitioners.chen
const visit = { user: chen.reference, patient: margaret.id } as const
const layla = `RelatedPerson/${clinic.relatedPersons.layla.id}` as const

let ehr: Ehr

beforeAll(async () => {
  ehr = await startEhr({ clients: [publicClient], launchUrls })
})

afterAll(() => ehr.close())

test('a read-only scope writes nothing, in v1 or v2', async () => {
  for (const scope of ['launch user/*.rs', 'launch user/*.read', 'launch user/Encounter.rs user/Appointment.cruds']) {
    const fhir = await fhirAs(ehr, visit, scope)
    const { status, body, headers } = await fhir('POST', 'Encounter', encounterOf(margaret))

    expect([status, body.resourceType]).toEqual([403, 'OperationOutcome'])
    expect(headers.get('www-authenticate')).toContain('insufficient_scope')
  }
})

test('a v1 write scope writes, and does not read', async () => {
  const fhir = await fhirAs(ehr, visit, 'launch user/Encounter.write')

  expect((await fhir('POST', 'Encounter', encounterOf(margaret))).status).toBe(201)
  expect((await fhir('GET', clinic.encounters.margaret.reference)).status).toBe(403)
})

test('each letter of v2 allows its own interaction alone', async () => {
  const search = await fhirAs(ehr, visit, 'launch user/Appointment.s')
  const read = await fhirAs(ehr, visit, 'launch user/Appointment.r')
  const path = clinic.appointments.margaret.reference

  expect([(await search('GET', 'Appointment')).status, (await search('GET', path)).status]).toEqual([200, 403])
  expect([(await read('GET', 'Appointment')).status, (await read('GET', path)).status]).toEqual([403, 200])
  expect((await read('PUT', path, ehr.resource('Appointment', clinic.appointments.margaret.id))).status).toBe(403)
})

test('a conditional create needs to search as well', async () => {
  const fhir = await fhirAs(ehr, visit, 'launch user/Encounter.c')
  const ask = { 'if-none-exist': 'identifier=urn:test|1' }

  expect((await fhir('POST', 'Encounter', encounterOf(margaret), ask)).status).toBe(403)
})

test('a scope with a parameter reaches only what matches it', async () => {
  const fhir = await fhirAs(ehr, visit, 'launch user/Appointment.rs?status=cancelled')

  const found = await fhir('GET', 'Appointment')

  expect(entriesOf(found).map(({ resource }) => resource?.id)).toEqual([clinic.appointments.dwayne.id])
  expect((await fhir('GET', clinic.appointments.margaret.reference)).status).toBe(404)
})

test('patient scopes see the patient in context and nobody else, even for a clinician', async () => {
  const fhir = await fhirAs(ehr, visit, 'launch patient/*.cruds')

  expect((await fhir('GET', margaret.reference)).status).toBe(200)
  expect((await fhir('GET', zoe.reference)).status).toBe(404)
  expect((await fhir('GET', clinic.appointments.zoe.reference)).status).toBe(404)
  expect((await fhir('GET', `Encounter?patient=${zoe.id}`)).body.total).toBe(0)
  expect((await fhir('GET', 'Appointment')).body.total).toBe(2)
})

test('patient scopes write nothing about anybody else', async () => {
  const fhir = await fhirAs(ehr, visit, 'launch patient/*.cruds')
  const encounter = ehr.resource('Encounter', clinic.encounters.margaret.id)

  expect((await fhir('POST', 'DocumentReference', noteOf(zoe, 'x'))).status).toBe(403)
  expect(
    (await fhir('PUT', clinic.encounters.zoe.reference, { ...encounter, id: clinic.encounters.zoe.id })).status,
  ).toBe(404)
  const moved = { ...encounter, subject: { reference: zoe.reference } }
  expect((await fhir('PUT', clinic.encounters.margaret.reference, moved)).status).toBe(403)
})

test('patient scopes do not reach Practitioner; user scopes do', async () => {
  const own = await fhirAs(ehr, { user: margaret.reference }, 'launch patient/*.rs')
  const wide = await fhirAs(ehr, { user: margaret.reference }, patientScopes)

  expect((await own('GET', chen.reference)).status).toBe(404)
  expect((await wide('GET', chen.reference)).status).toBe(200)
  expect((await wide('GET', clinic.location.reference)).status).toBe(200)
})

test('a patient with user scopes still sees no other patient', async () => {
  const fhir = await fhirAs(ehr, { user: margaret.reference }, patientScopes)

  expect((await fhir('GET', zoe.reference)).status).toBe(404)
  expect((await fhir('GET', clinic.appointments.zoe.reference)).status).toBe(404)
  expect((await fhir('GET', 'Patient')).body.total).toBe(1)
  expect((await fhir('GET', layla)).status).toBe(404)
})

test('an _include brings nothing the caller may not read', async () => {
  const own = await fhirAs(ehr, { user: margaret.reference }, 'launch patient/Appointment.rs')

  const found = await own('GET', 'Appointment?_include=Appointment:actor')

  expect(entriesOf(found).every(({ resource }) => resource?.resourceType === 'Appointment')).toBe(true)
})

test('a patient cannot write a note, whatever was asked for', async () => {
  const fhir = await fhirAs(ehr, { user: margaret.reference }, 'launch patient/*.cruds user/*.cruds')

  expect((await fhir('POST', 'DocumentReference', noteOf(margaret, 'I am fine'))).status).toBe(403)
  expect((await fhir('PUT', clinic.appointments.margaret.reference, {})).status).toBe(400)
  const appointment = ehr.resource('Appointment', clinic.appointments.margaret.id)
  expect((await fhir('PUT', clinic.appointments.margaret.reference, appointment)).status).toBe(403)
})

test('a mother sees herself and her child', async () => {
  const fhir = await fhirAs(ehr, { user: layla }, patientScopes)

  expect((await fhir('GET', layla)).status).toBe(200)
  expect((await fhir('GET', noor.reference)).status).toBe(200)
  expect((await fhir('GET', clinic.appointments.noor.reference)).status).toBe(200)
  expect((await fhir('GET', margaret.reference)).status).toBe(404)
})
