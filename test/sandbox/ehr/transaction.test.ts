import type { BundleEntry } from 'fhir/r4'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../../fhir-fixtures/day.ts'
import { type Ehr, startEhr } from '../../../sandbox/ehr/main.ts'
import { type Fhir, fhirAs, launchUrls, publicClient, reply } from './app.ts'
import { encounterOf, entriesOf, noteOf } from './resources.ts'

const { margaret, zoe } = clinic.patients
const placeholder = 'urn:uuid:4e4f7c1e-1111-4000-8000-000000000001'

let ehr: Ehr
let fhir: Fhir

beforeAll(async () => {
  ehr = await startEhr({ clients: [publicClient], launchUrls })
  fhir = await fhirAs(ehr, { user: clinic.practitioners.chen.reference, patient: margaret.id })
})

afterEach(() => ehr.faults.clear())
afterAll(() => ehr.close())

const encounter: BundleEntry = {
  fullUrl: placeholder,
  resource: encounterOf(margaret),
  request: { method: 'POST', url: 'Encounter' },
}
const note: BundleEntry = {
  resource: noteOf(margaret, 'Plan: rest', placeholder),
  request: { method: 'POST', url: 'DocumentReference' },
}

const send = (entry: BundleEntry[], type = 'transaction', headers = {}) =>
  fhir('POST', '', { resourceType: 'Bundle', type, entry }, headers)

const kept = () => [ehr.all('Encounter').length, ehr.all('DocumentReference').length]

test('a transaction keeps encounter and note together, and resolves the placeholder between them', async () => {
  const replied = await send([note, encounter])

  const [noteEntry, encounterEntry] = entriesOf(replied)
  const encounterId = encounterEntry?.resource?.id
  expect([replied.status, replied.body.type]).toEqual([200, 'transaction-response'])
  expect(noteEntry?.response).toMatchObject({ status: '201 Created', etag: 'W/"1"' })
  expect(encounterEntry?.response?.location).toBe(`Encounter/${encounterId}/_history/1`)
  const filed = ehr.resource('DocumentReference', noteEntry?.resource?.id ?? '')
  expect(filed?.context?.encounter).toEqual([{ reference: `Encounter/${encounterId}` }])
})

test.each<[string, BundleEntry, number]>([
  ['an invalid resource', { ...note, resource: { ...noteOf(margaret, ''), content: [] } }, 422],
  ['a reference to nobody', { ...note, resource: noteOf({ reference: 'Patient/nobody' }, '') }, 422],
  [
    'a stale ifMatch',
    {
      resource: { ...encounterOf(zoe), id: clinic.encounters.zoe.id },
      request: { method: 'PUT', url: clinic.encounters.zoe.reference, ifMatch: 'W/"9"' },
    },
    412,
  ],
  ['a delete', { request: { method: 'DELETE', url: clinic.encounters.zoe.reference } }, 405],
])('a transaction with %s leaves no trace', async (_what, wrong, status) => {
  const before = kept()

  const replied = await send([encounter, wrong])

  expect([replied.status, replied.body.resourceType]).toEqual([status, 'OperationOutcome'])
  expect(kept()).toEqual(before)
})

test('an update in a transaction that fails is undone, version and all', async () => {
  const { id, reference } = clinic.encounters.zoe
  const resource = { ...encounterOf(zoe), id, status: 'arrived' as const }
  const update: BundleEntry = { resource, request: { method: 'PUT', url: reference } }

  const replied = await send([update, { ...note, resource: noteOf({ reference: 'Patient/nobody' }, '') }])

  expect(replied.status).toBe(422)
  expect(ehr.resource('Encounter', id)).toMatchObject({ status: 'planned', meta: { versionId: '1' } })
  expect((await fhir('GET', reference)).headers.get('etag')).toBe('W/"1"')
  expect((await fhir('GET', `${reference}/_history/1`)).body.status).toBe('planned')
})

test('ifNoneExist in a transaction finds what is there, and the note points to it', async () => {
  const identified = { ...encounterOf(margaret), identifier: [{ system: 'urn:test', value: 'visit-1' }] }
  const request = { method: 'POST', url: 'Encounter', ifNoneExist: 'identifier=urn:test|visit-1' } as const
  const first = await send([{ ...encounter, resource: identified, request }])
  const id = entriesOf(first)[0]?.resource?.id
  const [encountersBefore] = kept()

  const second = await send([{ ...encounter, resource: structuredClone(identified), request }, note])

  expect(second.status).toBe(200)
  expect(kept()[0]).toBe(encountersBefore)
  const filed = entriesOf(second)[1]?.resource
  expect(filed && 'context' in filed && filed.context).toEqual({ encounter: [{ reference: `Encounter/${id}` }] })
})

test('scopes hold inside a transaction', async () => {
  const reader = await fhirAs(ehr, { user: clinic.practitioners.chen.reference }, 'launch user/*.rs user/Encounter.c')
  const before = kept()

  const { status } = await reader('POST', '', { resourceType: 'Bundle', type: 'transaction', entry: [encounter, note] })

  expect(status).toBe(403)
  expect(kept()).toEqual(before)
})

test('a transaction may ask for no bodies back', async () => {
  const replied = await send([encounter], 'transaction', { prefer: 'return=minimal' })

  expect(entriesOf(replied)[0]?.resource).toBeUndefined()
  expect(entriesOf(replied)[0]?.response?.location).toContain('Encounter/')
})

test('a batch does each entry for itself', async () => {
  const read: BundleEntry = { request: { method: 'GET', url: margaret.reference } }
  const search: BundleEntry = { request: { method: 'GET', url: `Appointment?patient=${margaret.id}` } }
  const missing: BundleEntry = { request: { method: 'GET', url: 'Patient/nobody' } }

  const replied = await send([read, missing, search], 'batch')

  expect(entriesOf(replied).map(({ response }) => response?.status)).toEqual(['200', '404', '200'])
})

test('an entry with an unknown search parameter refuses itself in a batch, and a whole transaction', async () => {
  const search = (url: string): BundleEntry => ({ request: { method: 'GET', url } })
  const wrong = search('Appointment?pateint=x')

  const replied = await send([wrong, search('Appointment?status=booked'), wrong, encounter], 'batch')

  const answers = entriesOf(replied).map(({ response }) => response)
  expect(answers.map((one) => one?.status)).toEqual(['400', '200', '400', '201 Created'])
  expect(JSON.stringify(answers[0]?.outcome)).toContain('pateint')
  expect((await send([wrong])).status).toBe(400)
  expect((await send([{ request: { method: 'POST', url: 'Encounter', ifNoneExist: 'x=1' } }])).status).toBe(400)
})

test('a server without transactions says so, and takes none', async () => {
  ehr.faults.on('no-transaction')

  const { text } = await reply(await fetch(`${ehr.iss}/metadata`))
  const { status, body } = await send([encounter])

  expect(text).not.toContain('{"code":"transaction"}')
  expect([status, body.resourceType]).toEqual([400, 'OperationOutcome'])
})
