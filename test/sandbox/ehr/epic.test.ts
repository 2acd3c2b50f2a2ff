import type { DocumentReference } from 'fhir/r4'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../../fhir-fixtures/day.ts'
import { type Ehr, startEhr } from '../../../sandbox/ehr/main.ts'
import { epic } from '../../../sandbox/ehr/personalities/epic.ts'
import { validate } from '../../../sandbox/ehr/validate.ts'
import { codeFor, exchange, type Fhir, fhirAs, launched, launchUrls, publicClient, type Reply, reply } from './app.ts'
import { encounterOf, entriesOf, noteOf } from './resources.ts'

const { margaret, zoe } = clinic.patients
const { chen } = clinic.practitioners
const appointment = clinic.appointments.margaret
const encounter = clinic.encounters.margaret
const visit = { user: chen.reference, patient: margaret.id, appointment: appointment.id } as const
const scope = 'launch openid fhirUser launch/appointment user/*.cruds'
const secretClient = { ...publicClient, clientId: 'secret', auth: { kind: 'secret', secret: 'a-secret' } } as const

let ehr: Ehr
let fhir: Fhir

beforeAll(async () => {
  ehr = await startEhr({ clients: [publicClient, secretClient], launchUrls, personality: epic })
  fhir = await fhirAs(ehr, visit)
})

afterEach(() => ehr.faults.clear())
afterAll(() => ehr.close())

const note = (changes: Partial<DocumentReference> = {}) => ({
  ...noteOf(margaret, 'Plan: rest', encounter.reference),
  ...changes,
})
const file = (changes: Partial<DocumentReference> = {}, headers = {}) =>
  fhir('POST', 'DocumentReference', note(changes), headers)
const notes = () => ehr.all('DocumentReference').length
const codesOf = ({ text }: Reply) => [...text.matchAll(/"code":"(\d+)"/g)].map(([, code]) => code)
const attachment = (contentType: string, data = 'cmVzdA==') => ({ attachment: { contentType, data } })

test('an app is told neither the appointment nor that it may ask for it', async () => {
  const told = await launched(ehr, visit, scope)
  const willing = await launched(ehr, { ...visit, contextShape: 'objects' }, scope)

  expect(told).toMatchObject({ patient: margaret.id, need_patient_banner: true })
  expect([told.fhirContext, told.appointment]).toEqual([undefined, undefined])
  expect(told.scope).not.toContain('launch/appointment')
  expect(willing.fhirContext).toEqual([{ reference: appointment.reference }])
})

test('smart-configuration lists no resource scopes, no permission-online, and an issuer other than iss', async () => {
  const { body } = await reply(await fetch(`${ehr.iss}/.well-known/smart-configuration`))

  expect(String(body.scopes_supported)).not.toMatch(/user\/|patient\/|offline_access/)
  expect(body.capabilities).toContain('permission-offline')
  expect(body.capabilities).not.toContain('permission-online')
  expect(body.issuer).not.toBe(ehr.iss)
  expect(body.token_endpoint_auth_methods_supported).toEqual(['private_key_jwt'])
})

test('only the registered APIs are granted, whatever is asked', async () => {
  const told = await launched(ehr, visit, 'launch user/Encounter.cruds user/DocumentReference.cu')
  const patient = await launched(ehr, { user: margaret.reference }, 'launch patient/*.cruds')

  expect(told.scope).toBe('launch user/Encounter.rs user/DocumentReference.cu')
  expect(patient.scope).toBe('launch patient/*.rs')
})

test('a client with a secret is no client here', async () => {
  const code = await codeFor(ehr, visit, { client_id: 'secret' })

  const { status, body } = await exchange(ehr, code, { client_id: 'secret', client_secret: 'a-secret' })

  expect([status, body.error]).toEqual([401, 'invalid_client'])
})

test('nobody makes an Encounter, or books, changes or patches an Appointment', async () => {
  const kept = ehr.resource('Appointment', appointment.id)
  const tried = [
    await fhir('POST', 'Encounter', encounterOf(margaret)),
    await fhir('PUT', encounter.reference, { ...encounterOf(margaret), id: encounter.id }),
    await fhir('POST', 'Appointment', kept),
    await fhir('PUT', appointment.reference, { ...kept, status: 'fulfilled' }),
    await fhir('PATCH', appointment.reference, [], { 'content-type': 'application/json-patch+json' }),
  ]

  expect(tried.map(({ status }) => status)).toEqual(Array(5).fill(405))
})

test.each(['batch', 'transaction'])('a %s is refused', async (type) => {
  const request = { method: 'GET', url: margaret.reference }

  expect((await fhir('POST', '', { resourceType: 'Bundle', type, entry: [{ request }] })).status).toBe(400)
})

test('the CapabilityStatement promises none of this', async () => {
  const { body, text } = await reply(await fetch(`${ehr.iss}/metadata`))

  expect(validate(body)).toEqual([])
  expect(text).not.toMatch(/"code":"(transaction|batch|patch|delete|vread)"|"conditionalCreate":true|AuditEvent/)
})

test('an Encounter is found by its appointment', async () => {
  const found = await fhir('GET', `Encounter?appointment=${appointment.reference}`)

  expect(entriesOf(found).map(({ resource }) => resource?.id)).toEqual([encounter.id])
})

test.each([
  'Encounter?length=1',
  'Appointment?_sort=date',
  'Organization?name=Harbor',
  'Appointment?_lastUpdated=gt2020',
])('a search Epic does not list is refused: %s', async (path) => {
  expect((await fhir('GET', path)).status).toBe(400)
})

test.each(['patient', 'practitioner', 'actor', 'date', 'status', 'identifier', 'service-category', 'location'])(
  'an Appointment is searched by %s',
  async (param) => {
    const value = param === 'date' ? 'ge2020-01-01' : 'x'

    expect((await fhir('GET', `Appointment?${param}=${value}`)).status).toBe(200)
  },
)

test('a note is created with an empty body, a relative Location and no ETag', async () => {
  const { status, text, headers } = await file()

  const location = headers.get('location') ?? ''
  expect([status, text, headers.get('etag')]).toEqual([201, '', null])
  expect(location).toMatch(/^DocumentReference\/[\w-]+$/)
  expect((await fhir('GET', location)).body.docStatus).toBe('final')
})

test('Prefer: return=representation brings the note back', async () => {
  const { status, body, headers } = await file({ docStatus: 'preliminary' }, { prefer: 'return=representation' })

  expect([status, body.docStatus, headers.get('etag')]).toEqual([201, 'preliminary', null])
})

test('If-None-Exist has no effect: a replay makes a second note', async () => {
  const before = notes()
  const identifier = [{ system: 'urn:test', value: 'replay' }]
  const once = () => file({ identifier }, { 'if-none-exist': 'identifier=urn:test|replay' })

  expect([(await once()).status, (await once()).status]).toEqual([201, 201])
  expect(notes()).toBe(before + 2)
})

test('of two attachments the first is kept, without a word', async () => {
  const { body } = await file(
    { content: [attachment('text/plain'), attachment('application/pdf')] },
    { prefer: 'return=representation' },
  )

  expect(body.content).toEqual([attachment('text/plain')])
})

test.each<[string, Partial<Record<keyof DocumentReference, undefined>>]>([
  ['a subject', { subject: undefined }],
  ['an encounter', { context: undefined }],
  ['a type', { type: undefined }],
  ['a status', { status: undefined }],
  ['an attachment', { content: undefined }],
])('a note without %s is a 400, 59108', async (_what, changes) => {
  const before = notes()

  const replied = await fhir('POST', 'DocumentReference', { ...note(), ...changes })

  expect([replied.status, codesOf(replied), notes()]).toEqual([400, ['59108'], before])
})

const loinc = (code: string) => ({ type: { coding: [{ system: 'http://loinc.org', code }] } })
const on = (reference: string) => ({ context: { encounter: [{ reference }] } })

test.each<[string, Partial<DocumentReference>]>([
  ['on the encounter of somebody else', on(clinic.encounters.zoe.reference)],
  ['on an encounter nobody knows', on('Encounter/nobody')],
  ['about somebody who is not on the encounter', { subject: { reference: zoe.reference } }],
  ['of a type Epic does not file', loinc('75496-0')],
  ['that is a discharge summary', loinc('18842-5')],
  ['that is superseded', { status: 'superseded' }],
  ['that is amended', { docStatus: 'amended' }],
  ['as PDF', { content: [attachment('application/pdf')] }],
  ['whose text is not base64', { content: [attachment('text/plain', 'not base64!')] }],
])('a note %s is a 422, 59012', async (_what, changes) => {
  const replied = await file(changes)

  expect([replied.status, codesOf(replied)]).toEqual([422, ['59012']])
})

test('a note is updated, and found by its patient and encounter', async () => {
  const { headers } = await file({ docStatus: 'preliminary' })
  const path = headers.get('location') ?? ''
  const { body } = await fhir('GET', path)

  const updated = await fhir('PUT', path, { ...body, docStatus: 'final' })
  const found = await fhir(
    'GET',
    `DocumentReference?patient=${margaret.id}&encounter=${encounter.reference}&_count=100`,
  )

  expect([updated.status, updated.text]).toEqual([200, ''])
  expect(entriesOf(found).find(({ resource }) => resource?.id === body.id)?.resource).toMatchObject({
    docStatus: 'final',
  })
})

test.each([
  ['break-the-glass', {}, 403, '4130'],
  ['break-the-glass', { code: '4131' }, 403, '4131'],
  ['break-the-glass', { code: '4134' }, 403, '4134'],
  ['note-duplicate', {}, 422, '59141'],
  ['note-daily-limit', {}, 400, '4135'],
] as const)('%s %o refuses a note with %i, %s', async (fault, options, status, code) => {
  const before = notes()
  ehr.faults.on(fault, options)

  const replied = await file()

  expect([replied.status, codesOf(replied), notes()]).toEqual([status, [code], before])
})

test('a 403 may come with an empty body', async () => {
  ehr.faults.on('document-403')

  const { status, text } = await file()

  expect([status, text]).toEqual([403, ''])
})

test('desktop and portal open the app here too', async () => {
  const day = await (await fetch(`${ehr.desktopUrl}?user=${chen.reference}`)).text()
  const portal = `${ehr.portalUrl}/launch?user=${margaret.reference}&appointment=${appointment.id}`
  const opened = (await fetch(portal, { redirect: 'manual' })).headers.get('location') ?? ''

  expect(day).toContain('Margaret Whitfield')
  expect(new URL(opened).searchParams.get('iss')).toBe(ehr.iss)
})
