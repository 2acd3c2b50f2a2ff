import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../../fhir-fixtures/day.ts'
import { type Ehr, startEhr } from '../../../sandbox/ehr/main.ts'
import { validate } from '../../../sandbox/ehr/validate.ts'
import { type Fhir, fhirAs, launchUrls, publicClient, reply } from './app.ts'
import { encounterOf, entriesOf, noteOf } from './resources.ts'

const { margaret } = clinic.patients
const chen = clinic.practitioners.chen

let ehr: Ehr
let fhir: Fhir

beforeAll(async () => {
  ehr = await startEhr({ clients: [publicClient], launchUrls })
  fhir = await fhirAs(ehr, { user: chen.reference })
})

afterAll(() => ehr.close())

test('nobody without a token sees anything but the CapabilityStatement', async () => {
  const bare = await reply(await fetch(`${ehr.iss}/Patient/${margaret.id}`))
  const wrong = await reply(await fetch(`${ehr.iss}/Patient`, { headers: { authorization: 'Bearer made-up' } }))
  const metadata = await fetch(`${ehr.iss}/metadata`)

  expect([bare.status, bare.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="sandbox-ehr"'])
  expect([wrong.status, wrong.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('invalid_token')])
  expect(bare.body.resourceType).toBe('OperationOutcome')
  expect(metadata.status).toBe(200)
})

test('a read brings the resource with its version', async () => {
  const { status, body, headers } = await fhir('GET', `Patient/${margaret.id}`)

  expect([status, body.id]).toEqual([200, margaret.id])
  expect(headers.get('etag')).toBe('W/"1"')
  expect(headers.get('last-modified')).toMatch(/GMT$/)
  expect(headers.get('content-type')).toMatch('application/fhir+json')
})

test('what is not there is a 404 that says so', async () => {
  const { status, body } = await fhir('GET', 'Patient/nobody')

  expect([status, body.resourceType]).toEqual([404, 'OperationOutcome'])
  expect((await fhir('GET', 'Dragon/1')).status).toBe(404)
})

test.each([
  ['an unknown parameter', 'Appointment?pratitioner=x'],
  ['an unknown modifier', 'Appointment?status:fuzzy=booked'],
  ['chaining', 'Appointment?actor:Practitioner.name=Chen'],
  ['_has', 'Patient?_has:Appointment:patient:status=booked'],
  ['_elements', 'Appointment?_elements=id'],
  ['a date that is none', 'Appointment?date=tomorrow'],
  ['a time without its zone', 'Appointment?date=ge2026-03-02T00:00:00'],
  ['a + that was not escaped', 'Appointment?date=ge2026-03-02T00:00:00+01:00'],
  ['an empty value', 'Appointment?patient='],
  ['an _include of something else', 'Appointment?_include=Encounter:patient'],
  ['a _count that is no number', 'Appointment?_count=many'],
  ['no type', '?_id=1'],
])('a search with %s is refused, not ignored', async (_what, path) => {
  const { status, body } = await fhir('GET', path)

  expect([status, body.resourceType]).toEqual([400, 'OperationOutcome'])
})

test('appointments are found by patient, practitioner and bounds of time', async () => {
  const day = new Date(ehr.resource('Appointment', clinic.appointments.margaret.id)?.start ?? 0)
  const from = encodeURIComponent(new Date(day.getTime() - 1000).toISOString())
  const to = encodeURIComponent(new Date(day.getTime() + 1000).toISOString())

  const found = await fhir('GET', `Appointment?practitioner=${chen.id}&date=ge${from}&date=lt${to}`)
  const absolute = await fhir('GET', `Appointment?patient=${ehr.iss}/${margaret.reference}&_sort=date`)

  expect(entriesOf(found).map(({ resource }) => resource?.id)).toEqual([clinic.appointments.margaret.id])
  expect(entriesOf(absolute).map(({ resource }) => resource?.id)).toEqual([
    clinic.appointments.margaret.id,
    clinic.appointments.margaretLater.id,
  ])
})

test('a search comes in pages, with a total, full URLs and a next link', async () => {
  const first = await fhir('GET', `Appointment?actor=${chen.reference}&_count=2&_include=Appointment:patient`)
  const link = JSON.stringify(first.body.link)
  const next = /"next","url":"[^"]*\/fhir\/([^"]+)"/.exec(link)?.[1] ?? ''
  const second = await fhir('GET', next)

  const matches = entriesOf(first).filter(({ search }) => search?.mode === 'match')
  expect(first.body.total).toBe(5)
  expect(matches).toHaveLength(2)
  expect(entriesOf(first).find(({ search }) => search?.mode === 'include')?.resource?.resourceType).toBe('Patient')
  expect(matches[0]?.fullUrl).toBe(`${ehr.iss}/Appointment/${matches[0]?.resource?.id}`)
  expect(entriesOf(second)[0]?.resource?.id).not.toBe(matches[0]?.resource?.id)
})

test('a search may be posted', async () => {
  const form = new URLSearchParams({ patient: margaret.id, _sort: 'date' })
  const found = await fhir('POST', 'Appointment/_search', form)
  const wrong = await fhir('POST', 'Appointment/_search', new URLSearchParams({ pateint: margaret.id }))

  expect([found.status, wrong.status]).toEqual([200, 400])
  expect(found.body.total).toBe(2)
})

test('a create gives an id of its own, a Location and a version', async () => {
  const { status, body, headers } = await fhir('POST', 'Encounter', { ...encounterOf(margaret), id: 'my-own' })

  expect(status).toBe(201)
  expect(body.id).not.toBe('my-own')
  expect(headers.get('location')).toBe(`${ehr.iss}/Encounter/${body.id}/_history/1`)
  expect(headers.get('etag')).toBe('W/"1"')
  expect(ehr.resource('Encounter', String(body.id))?.status).toBe('planned')
})

test('Prefer decides how much of a write comes back', async () => {
  const minimal = await fhir('POST', 'Encounter', encounterOf(margaret), { prefer: 'return=minimal' })
  const outcome = await fhir('POST', 'Encounter', encounterOf(margaret), { prefer: 'return=OperationOutcome' })

  expect([minimal.status, minimal.text]).toEqual([201, ''])
  expect(minimal.headers.get('location')).toContain('/Encounter/')
  expect(outcome.body.resourceType).toBe('OperationOutcome')
})

test.each([
  ['without a required element', { class: undefined }],
  ['with an element R4 has not', { virtualService: [] }],
  ['with a code its binding does not know', { status: 'going-well' }],
  ['with a subject who is no patient', { subject: { reference: chen.reference } }],
  ['about somebody nobody knows', { subject: { reference: 'Patient/nobody' } }],
  ['pointing to a placeholder', { appointment: [{ reference: 'urn:uuid:4e4f7c1e-0000-4000-8000-000000000000' }] }],
])('an Encounter %s is a 422', async (_what, changes) => {
  const { status, body } = await fhir('POST', 'Encounter', { ...encounterOf(margaret), ...changes })

  expect([status, body.resourceType]).toEqual([422, 'OperationOutcome'])
})

test('a body over 1 MB, of another type, or broken is refused', async () => {
  const large = await fhir('POST', 'DocumentReference', noteOf(margaret, 'x'.repeat(1_100_000)))
  const other = await fhir('POST', 'Encounter', encounterOf(margaret), { 'content-type': 'text/plain' })
  const broken = await fhir('POST', 'Encounter', '{ "resourceType": ')
  const xml = await fhir('GET', `Patient/${margaret.id}`, undefined, { accept: 'application/fhir+xml' })

  expect([large.status, other.status, broken.status, xml.status]).toEqual([413, 415, 400, 406])
  expect([large, other, broken, xml].every(({ body }) => body.resourceType === 'OperationOutcome')).toBe(true)
})

test('an update with a stale If-Match changes nothing', async () => {
  const { body } = await fhir('POST', 'Encounter', encounterOf(margaret))
  const path = `Encounter/${body.id}`

  const fresh = await fhir('PUT', path, { ...body, status: 'arrived' }, { 'if-match': 'W/"1"' })
  const stale = await fhir('PUT', path, { ...body, status: 'cancelled' }, { 'if-match': 'W/"1"' })
  const garbled = await fhir('PUT', path, { ...body, status: 'cancelled' }, { 'if-match': '2' })

  expect([fresh.status, fresh.headers.get('etag')]).toEqual([200, 'W/"2"'])
  expect([stale.status, garbled.status]).toEqual([412, 400])
  expect(ehr.resource('Encounter', String(body.id))?.status).toBe('arrived')
  expect((await fhir('GET', `${path}/_history/1`)).body.status).toBe('planned')
})

test('nobody chooses ids, deletes or patches', async () => {
  const put = await fhir('PUT', 'Encounter/my-own', { ...encounterOf(margaret), id: 'my-own' })
  const gone = await fhir('DELETE', clinic.encounters.margaret.reference)
  const patch = await fhir('PATCH', clinic.encounters.margaret.reference, [])
  const conditional = await fhir('PUT', 'Encounter?identifier=x', encounterOf(margaret))

  expect([put.status, gone.status, patch.status, conditional.status]).toEqual([405, 405, 405, 400])
})

test('of twenty conditional creates at once, one creates', async () => {
  const encounter = { ...encounterOf(margaret), identifier: [{ system: 'urn:test', value: 'twenty' }] }
  const once = () => fhir('POST', 'Encounter', encounter, { 'if-none-exist': 'identifier=urn:test|twenty' })

  const replies = await Promise.all(Array.from({ length: 20 }, once))

  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(19)
  expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1)
})

test('a conditional create by an unknown parameter is refused', async () => {
  const { status } = await fhir('POST', 'Encounter', encounterOf(margaret), { 'if-none-exist': 'identifer=1' })

  expect(status).toBe(400)
})

test('every interaction the CapabilityStatement lists is one the server does, and the others are not', async () => {
  const { body } = await reply(await fetch(`${ehr.iss}/metadata`))
  const text = JSON.stringify(body)

  expect(body).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', kind: 'instance' })
  expect(validate(body)).toEqual([])
  expect(text).toContain('{"code":"transaction"}')
  expect(text).not.toMatch(/"code":"(delete|patch|history-type)"/)
  expect((await fhir('POST', 'Patient', { resourceType: 'Patient' })).status).toBe(405)
})

test('what was asked is kept for the tests to look at, without the token', async () => {
  await fhir('GET', 'Appointment?status=booked')

  const seen = ehr.requests.at(-1)

  expect(seen).toMatchObject({ method: 'GET', path: '/Appointment', query: 'status=booked', status: 200, auth: true })
  expect(seen?.headers.authorization).toBeUndefined()
})
