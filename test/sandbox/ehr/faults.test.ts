import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../../fhir-fixtures/day.ts'
import { type Ehr, startEhr } from '../../../sandbox/ehr/main.ts'
import { type Fhir, fhirAs, launchUrls, publicClient } from './app.ts'
import { encounterOf, entriesOf, noteOf } from './resources.ts'

const { margaret } = clinic.patients
const appointment = clinic.appointments.margaret
const encounter = clinic.encounters.margaret
const visit = { user: clinic.practitioners.chen.reference, patient: margaret.id, appointment: appointment.id } as const

let ehr: Ehr
let fhir: Fhir

beforeAll(async () => {
  ehr = await startEhr({ clients: [publicClient], launchUrls })
  fhir = await fhirAs(ehr, visit)
})

afterEach(() => ehr.faults.clear())
afterAll(() => ehr.close())

const notes = () => ehr.all('DocumentReference').length
const file = (text: string) => fhir('POST', 'DocumentReference', noteOf(margaret, text, encounter.reference))

test.each([
  ['fhir-403', 403, null],
  ['fhir-410', 410, null],
  ['fhir-500', 500, null],
  ['fhir-503-retry-after', 503, '2'],
  ['fhir-429-retry-after', 429, '1'],
  ['fhir-401', 401, null],
] as const)('%s answers %i', async (fault, status, retryAfter) => {
  ehr.faults.on(fault)

  const replied = await fhir('GET', margaret.reference)

  expect([replied.status, replied.headers.get('retry-after')]).toEqual([status, retryAfter])
  expect(replied.body.resourceType).toBe('OperationOutcome')
})

test('fhir-404-page answers 404 with no word of the EHR', async () => {
  ehr.faults.on('fhir-404-page', { type: 'Appointment' })

  const replied = await fhir('GET', appointment.reference)

  expect([replied.status, replied.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
})

test.each([
  ['fhir-429-retry-after', false, null],
  ['fhir-429-retry-after', 'Mon, 02 Mar 2026 15:00:00 GMT', 'Mon, 02 Mar 2026 15:00:00 GMT'],
  ['fhir-503-retry-after', false, null],
] as const)('%s told retryAfter %s sends %s', async (fault, retryAfter, header) => {
  ehr.faults.on(fault, { retryAfter })

  expect((await fhir('GET', margaret.reference)).headers.get('retry-after')).toBe(header)
})

test('a fault strikes only the type, the method and the number of times it was told', async () => {
  ehr.faults.on('fhir-500', { type: 'Appointment', method: 'GET', times: 2 })
  const statuses: number[] = []

  for (const path of [margaret.reference, appointment.reference, 'Appointment', appointment.reference]) {
    statuses.push((await fhir('GET', path)).status)
  }

  expect(statuses).toEqual([200, 500, 500, 200])
})

test('cut-before-write keeps nothing and answers nothing', async () => {
  const before = notes()
  ehr.faults.on('cut-before-write')

  await expect(file('cut')).rejects.toThrow()

  expect(notes()).toBe(before)
  expect(ehr.requests.at(-1)?.status).toBe(0)
})

test('cut-after-write keeps the note and answers nothing', async () => {
  const before = notes()
  ehr.faults.on('cut-after-write', { type: 'DocumentReference' })

  await expect(file('cut')).rejects.toThrow()

  expect(notes()).toBe(before + 1)
})

test('cut-after-write for a type strikes a transaction with that type in it', async () => {
  const before = notes()
  ehr.faults.on('cut-after-write', { type: 'DocumentReference' })
  const entry = [{ resource: noteOf(margaret, 'x'), request: { method: 'POST', url: 'DocumentReference' } }]

  await expect(fhir('POST', '', { resourceType: 'Bundle', type: 'transaction', entry })).rejects.toThrow()

  expect(notes()).toBe(before + 1)
})

test('500-after-write keeps the note and says it did not', async () => {
  const before = notes()
  ehr.faults.on('500-after-write')

  expect((await file('kept')).status).toBe(500)
  expect(notes()).toBe(before + 1)
})

test('created-empty-body answers with a relative Location and nothing else', async () => {
  ehr.faults.on('created-empty-body')

  const { status, text, headers } = await file('empty')

  expect([status, text, headers.get('etag')]).toEqual([201, '', null])
  expect(headers.get('location')).toMatch(/^DocumentReference\/[\w-]+$/)
})

test.each([
  ['created-unnamed', 200],
  ['created-accepted', 202],
] as const)('%s keeps the note, answers %i, and says neither what nor where it is', async (fault, status) => {
  const before = notes()
  ehr.faults.on(fault)

  const replied = await file('unnamed')

  expect([replied.status, replied.text, replied.headers.get('location')]).toEqual([status, '', null])
  expect(notes()).toBe(before + 1)
})

test.each(['fatal', 'error', 'warning', 'information'] as const)(
  'written-outcome keeps the note and answers with an issue of severity %s, with and without Location',
  async (severity) => {
    const before = notes()
    ehr.faults.on('written-outcome', { severity })
    const located = await file('odd')
    ehr.faults.on('written-outcome', { severity, located: false })
    const lost = await file('odd')

    expect([located, lost].map(({ status, body }) => [status, body.issue])).toEqual(
      Array(2).fill([201, [expect.objectContaining({ severity })]]),
    )
    expect([located, lost].map(({ headers }) => headers.get('location'))).toEqual([
      expect.stringMatching(/^DocumentReference\//),
      null,
    ])
    expect(notes()).toBe(before + 2)
  },
)

test('failed-with-200 keeps nothing, and says so with a status that says otherwise', async () => {
  const before = notes()
  ehr.faults.on('failed-with-200')

  const { status, body } = await file('nowhere')

  expect([status, body.issue, notes()]).toEqual([200, [expect.objectContaining({ severity: 'error' })], before])
})

test('duplicate-after-write keeps the note and calls it a duplicate', async () => {
  const before = notes()
  ehr.faults.on('duplicate-after-write')

  const { status, text } = await file('twice')

  expect([status, text]).toEqual([422, expect.stringContaining('59141')])
  expect(notes()).toBe(before + 1)
})

test('location-other-host points away from the base', async () => {
  ehr.faults.on('location-other-host')

  expect((await file('away')).headers.get('location')).toMatch(/^https:\/\/internal-fhir\.example\/fhir\//)
})

test('ignore-if-none-exist creates again', async () => {
  ehr.faults.on('ignore-if-none-exist')
  const resource = { ...encounterOf(margaret), identifier: [{ system: 'urn:test', value: 'again' }] }
  const once = () => fhir('POST', 'Encounter', resource, { 'if-none-exist': 'identifier=urn:test|again' })

  expect([(await once()).status, (await once()).status]).toEqual([201, 201])
})

test('appointment-conflict, document-403 and encounter-create-refused stop the write they name', async () => {
  const kept = ehr.resource('Appointment', appointment.id)
  for (const fault of ['appointment-conflict', 'document-403', 'encounter-create-refused'] as const)
    ehr.faults.on(fault)

  const conflict = await fhir('PUT', appointment.reference, { ...kept, status: 'fulfilled' })
  const refused = await file('refused')
  const noEncounter = await fhir('POST', 'Encounter', encounterOf(margaret))

  expect([conflict.status, refused.status, refused.text, noEncounter.status]).toEqual([412, 403, '', 403])
  expect(ehr.resource('Appointment', appointment.id)).toEqual(kept)
})

test('next-link-other-host sends the reader to another origin', async () => {
  ehr.faults.on('next-link-other-host')

  const { body } = await fhir('GET', 'Appointment?_count=1')

  expect(JSON.stringify(body.link)).toMatch(/"next","url":"http:\/\/localhost:\d+\/fhir\/Appointment/)
})

test('search-repeats brings one resource on two pages', async () => {
  ehr.faults.on('search-repeats')

  const first = await fhir('GET', 'Appointment?_count=3')
  const next = /"next","url":"[^"]*\/fhir\/([^"]+)"/.exec(JSON.stringify(first.body.link))?.[1]
  const second = await fhir('GET', next ?? '')

  expect(entriesOf(second)[0]?.resource?.id).toBe(entriesOf(first)[2]?.resource?.id)
})

test('lists-unwrapped tells one record with each list of one as the one alone, read or found, and keeps it as it is', async () => {
  ehr.faults.on('lists-unwrapped', { type: 'Encounter', id: encounter.id })

  const read = await fhir('GET', encounter.reference)
  const found = await fhir('GET', `Encounter?patient=${margaret.reference}`)

  const kept = ehr.resource('Encounter', encounter.id)
  expect(kept?.appointment).toEqual([{ reference: appointment.reference }])
  for (const told of [read.body, entriesOf(found).find((e) => e.resource?.id === encounter.id)?.resource])
    expect(told).toMatchObject({ id: encounter.id, appointment: kept?.appointment?.[0] })
})

test('fhir-slow answers late, and rightly', async () => {
  ehr.faults.on('fhir-slow', { ms: 80 })
  const begun = performance.now()

  const { status } = await fhir('GET', margaret.reference)

  expect(status).toBe(200)
  expect(performance.now() - begun).toBeGreaterThan(75)
})
