import type { Appointment, BundleEntry, Encounter } from 'fhir/r4'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../../fhir-fixtures/day.ts'
import { type Ehr, startEhr } from '../../../sandbox/ehr/main.ts'
import { oracle } from '../../../sandbox/ehr/personalities/oracle.ts'
import { validate } from '../../../sandbox/ehr/validate.ts'
import { type Fhir, fhirAs, launchUrls, patientScopes, publicClient, reply } from './app.ts'
import { encounterOf, entriesOf } from './resources.ts'

const { margaret, zoe } = clinic.patients
const { chen } = clinic.practitioners
const appointment = clinic.appointments.margaret
const visit = { user: chen.reference, patient: margaret.id, appointment: appointment.id } as const

let ehr: Ehr
let fhir: Fhir
let patient: Fhir

beforeAll(async () => {
  ehr = await startEhr({ clients: [publicClient], launchUrls, personality: oracle })
  fhir = await fhirAs(ehr, visit)
  patient = await fhirAs(ehr, { user: margaret.reference }, patientScopes)
})

afterAll(() => ehr.close())

const patch = (path: string, operations: object[], headers: Record<string, string> = { 'if-match': 'W/"1"' }) =>
  fhir('PATCH', path, operations, { 'content-type': 'application/json-patch+json', ...headers })
const to = (status: string) => [{ op: 'replace', path: '/status', value: status }]
const from = encodeURIComponent('ge2020-01-01T00:00:00Z')
const until = encodeURIComponent('lt2040-01-01T00:00:00Z')
const ever = `date=${from}&date=${until}`

test('every answer carries an X-Request-Id of its own', async () => {
  const ids = [
    (await fetch(`${ehr.iss}/metadata`)).headers,
    (await fetch(`${ehr.iss}/Patient`)).headers,
    (await fhir('GET', margaret.reference)).headers,
    (await fhir('GET', 'Patient/nobody')).headers,
  ].map((headers) => headers.get('x-request-id'))

  expect(new Set(ids).size).toBe(4)
  expect(ids).not.toContain(null)
})

test.each(['provider', 'patient'] as const)(
  'the CapabilityStatement of the %s base says what it does',
  async (side) => {
    const { body, text } = await reply(await fetch(`${ehr.issuers[side]}/metadata`))

    expect(validate(body)).toEqual([])
    expect(text).toContain('{"code":"batch"}')
    expect(text).not.toMatch(/transaction|searchInclude|PractitionerRole|"conditionalCreate":true/)
    expect(text.includes('"code":"create"')).toBe(side === 'provider')
    expect(text.includes('"code":"patch"')).toBe(side === 'provider')
  },
)

test('only JSON is spoken', async () => {
  expect((await fhir('GET', margaret.reference, undefined, { accept: 'application/fhir+xml' })).status).toBe(406)
})

test('both bases have the same resources, and the patients’ one is for reading', async () => {
  const seen = await patient('GET', appointment.reference)
  const written = [
    await patient('POST', 'Encounter', encounterOf(margaret)),
    await patient('PUT', `DocumentReference/x`, { resourceType: 'DocumentReference', id: 'x' }),
    await patient('PATCH', appointment.reference, to('cancelled'), { 'content-type': 'application/json-patch+json' }),
  ]

  expect(seen.body.id).toBe(appointment.id)
  expect(written.map(({ status }) => status)).toEqual([405, 405, 405])
})

test.each([
  ['an appointment of its own', `_id=${appointment.id}`, 200],
  ['a patient between two times', `patient=${margaret.id}&${ever}`, 200],
  ['a practitioner between two times', `practitioner=${chen.id}&${ever}&status=booked`, 200],
  ['a location between two times', `location=${clinic.location.id}&${ever}`, 200],
  ['nobody', ever, 400],
  ['a patient at any time', `patient=${margaret.id}`, 400],
  ['a patient and a practitioner', `patient=${margaret.id}&practitioner=${chen.id}&${ever}`, 400],
  ['two patients', `patient=${margaret.id}&patient=${zoe.id}&${ever}`, 400],
  ['a patient since', `patient=${margaret.id}&date=${from}`, 400],
  ['a patient between two days', `patient=${margaret.id}&date=ge2020-01-01&date=lt2040-01-01`, 400],
  ['a patient up to and with', `patient=${margaret.id}&date=${from}&date=${until.replace('lt', 'le')}`, 400],
  ['a patient with _include', `patient=${margaret.id}&${ever}&_include=Appointment:patient`, 400],
  ['a patient in order', `patient=${margaret.id}&${ever}&_sort=date`, 400],
  ['an actor', `actor=${chen.reference}&${ever}`, 400],
])('a search of appointments for %s', async (_what, query, status) => {
  expect((await fhir('GET', `Appointment?${query}`)).status).toBe(status)
})

test('pages of a search repeat a resource', async () => {
  const first = await fhir('GET', `Appointment?practitioner=${chen.id}&${ever}&_count=2`)
  const next = first.text.match(/"next","url":"([^"]+)"/)?.[1] ?? ''
  const second = await fhir('GET', next.replace(`${ehr.iss}/`, ''))

  expect(next).toContain(ehr.iss)
  expect(entriesOf(second)[0]?.resource?.id).toBe(entriesOf(first)[1]?.resource?.id)
})

test('there is no PractitionerRole, neither to read nor to search', async () => {
  expect((await fhir('GET', `PractitionerRole?practitioner=${chen.id}`)).status).toBe(404)
  expect((await fhir('GET', chen.role)).status).toBe(404)
})

test('an Encounter cannot be searched by appointment, nor a note by identifier', async () => {
  expect((await fhir('GET', `Encounter?appointment=${appointment.reference}`)).status).toBe(400)
  expect((await fhir('GET', 'DocumentReference?identifier=x')).status).toBe(400)
})

const serviceProvider = { reference: clinic.organization.reference }
const location = [{ location: { reference: clinic.location.reference } }]
const { class: _class, ...unclassed } = encounterOf(margaret)
const identifier = [{ system: 'urn:test', value: 'visit' }]
const encounter = { ...unclassed, type: [{ text: 'Video visit' }], serviceProvider, identifier }

test('an Encounter is made with a class the server chooses, and found by its identifier', async () => {
  const { status, text, headers } = await fhir('POST', 'Encounter', encounter)

  const id = headers.get('location')?.split('/').at(-1) ?? ''
  const found = await fhir('GET', 'Encounter?identifier=urn:test|visit')
  expect([status, text, headers.get('etag')]).toEqual([201, '', 'W/"1"'])
  expect(headers.get('location')).toBe(`${ehr.iss}/Encounter/${id}`)
  expect(ehr.resource('Encounter', id)?.class.code).toBe('AMB')
  expect(entriesOf(found).map(({ resource }) => resource?.id)).toEqual([id])
})

test('a place instead of an organisation will do', async () => {
  const { serviceProvider: _none, ...placed } = { ...encounter, location }

  expect((await fhir('POST', 'Encounter', placed)).status).toBe(201)
})

test.each<[string, Record<string, unknown>]>([
  ['with a class', { class: encounterOf(margaret).class }],
  ['with an appointment', { appointment: [{ reference: appointment.reference }] }],
  ['with participants', { participant: [{ individual: { reference: chen.reference } }] }],
  ['with both organisation and place', { location }],
  ['with neither', { serviceProvider: undefined }],
  ['with two places', { serviceProvider: undefined, location: [...location, ...location] }],
  ['without a type', { type: undefined }],
  ['without a status', { status: undefined }],
])('an Encounter %s is a 422', async (_what, changes) => {
  expect((await fhir('POST', 'Encounter', { ...encounter, ...changes })).status).toBe(422)
})

test('a create is never conditional', async () => {
  const once = () => fhir('POST', 'Encounter', encounter, { 'if-none-exist': 'identifier=urn:test|visit' })

  expect([(await once()).status, (await once()).status]).toEqual([201, 201])
})

test('an Encounter is not put, and only its period, type and extension are patched', async () => {
  const whole = ehr.resource('Encounter', clinic.encounters.zoe.id)
  const path = clinic.encounters.zoe.reference
  const period = { start: '2026-03-02T15:00:00Z' }

  expect((await fhir('PUT', path, whole, { 'if-match': 'W/"1"' })).status).toBe(405)
  expect((await patch(path, to('in-progress'))).status).toBe(422)
  expect((await patch(path, [{ op: 'add', path: '/period', value: period }])).status).toBe(200)
  expect(ehr.resource('Encounter', clinic.encounters.zoe.id)).toMatchObject<Partial<Encounter>>({
    status: 'planned',
    period,
  })
})

test('a patch without If-Match is a 412, of another version a 409, and changes nothing', async () => {
  const before = ehr.resource('Appointment', appointment.id)

  expect((await patch(appointment.reference, to('arrived'), {})).status).toBe(412)
  expect((await patch(appointment.reference, to('arrived'), { 'if-match': 'W/"9"' })).status).toBe(409)
  expect(ehr.resource('Appointment', appointment.id)).toEqual(before)
})

test.each<[Appointment['status'], string, number]>([
  ['proposed', 'booked', 200],
  ['booked', 'arrived', 200],
  ['booked', 'checked-in', 200],
  ['booked', 'cancelled', 200],
  ['booked', 'fulfilled', 422],
  ['arrived', 'checked-in', 200],
  ['arrived', 'fulfilled', 422],
  ['checked-in', 'fulfilled', 200],
  ['checked-in', 'arrived', 422],
  ['fulfilled', 'cancelled', 422],
])('an Appointment that is %s is patched to %s: %i', async (before, after, status) => {
  const whole = ehr.resource('Appointment', clinic.appointments.zoe.id)
  if (whole) await ehr.put({ ...whole, status: before })
  const etag = (await fhir('GET', clinic.appointments.zoe.reference)).headers.get('etag') ?? ''

  const replied = await patch(clinic.appointments.zoe.reference, to(after), { 'if-match': etag })

  expect(replied.status).toBe(status)
  expect(ehr.resource('Appointment', clinic.appointments.zoe.id)?.status).toBe(status === 200 ? after : before)
})

test('an Appointment is not put, and of it only the status is patched', async () => {
  const whole = ehr.resource('Appointment', appointment.id)
  const other = [{ op: 'replace', path: '/description', value: 'x' }]

  expect((await fhir('PUT', appointment.reference, whole, { 'if-match': 'W/"1"' })).status).toBe(405)
  expect((await patch(appointment.reference, other)).status).toBe(422)
  expect((await patch(appointment.reference, [{ op: 'replace', path: 'status' }])).status).toBe(400)
})

test('a batch is taken, a transaction is not', async () => {
  const read: BundleEntry = { request: { method: 'GET', url: margaret.reference } }
  const send = (type: string) => fhir('POST', '', { resourceType: 'Bundle', type, entry: [read] })

  expect([(await send('batch')).status, (await send('transaction')).status]).toEqual([200, 400])
})

test('desktop and portal launch each their own base', async () => {
  const clicked = async (url: string) =>
    new URL((await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '').searchParams.get('iss')
  const query = `appointment=${appointment.id}`

  expect(await clicked(`${ehr.desktopUrl}/launch?user=${chen.reference}&${query}`)).toBe(ehr.issuers.provider)
  expect(await clicked(`${ehr.portalUrl}/launch?user=${margaret.reference}&${query}`)).toBe(ehr.issuers.patient)
  expect(await (await fetch(ehr.desktopUrl)).text()).toContain('Today’s schedule')
})
