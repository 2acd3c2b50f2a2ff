import type { DocumentReference, DocumentReferenceContent } from 'fhir/r4'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../../fhir-fixtures/day.ts'
import { type Ehr, startEhr } from '../../../sandbox/ehr/main.ts'
import { oracle } from '../../../sandbox/ehr/personalities/oracle.ts'
import { type Fhir, fhirAs, launchUrls, publicClient } from './app.ts'
import { noteOf } from './resources.ts'

const { margaret } = clinic.patients
const { chen, okafor } = clinic.practitioners
const end = '2026-03-02T15:30:00Z'

let ehr: Ehr
let fhir: Fhir

beforeAll(async () => {
  ehr = await startEhr({ clients: [publicClient], launchUrls, personality: oracle })
  fhir = await fhirAs(ehr, { user: chen.reference, patient: margaret.id })
})

afterAll(() => ehr.close())

const content = (changes: Partial<DocumentReferenceContent['attachment']> = {}): DocumentReferenceContent => ({
  attachment: { contentType: 'text/plain;charset=utf-8', data: 'cmVzdA==', creation: end, ...changes },
})

const note = (changes: Partial<DocumentReference> = {}): DocumentReference => ({
  ...noteOf(margaret, 'Plan: rest'),
  author: [{ reference: chen.reference }],
  content: [content()],
  context: { period: { start: end, end } },
  ...changes,
})
const file = (changes: Partial<DocumentReference> = {}, headers = {}) =>
  fhir('POST', 'DocumentReference', note(changes), headers)

const loinc = { system: 'http://loinc.org', code: '11506-3' }
const own = { system: 'https://fhir.cerner.com/c0ffee00/codeSet/72', code: '2820507' }

test('a note is created without an encounter, and answered with Location and ETag alone', async () => {
  const { status, text, headers } = await file({}, { prefer: 'return=representation' })

  expect([status, text, headers.get('etag')]).toEqual([201, '', 'W/"1"'])
  expect(headers.get('location')).toMatch(new RegExp(`^${ehr.iss}/DocumentReference/[\\w-]+$`))
})

const on = (reference: string) => ({ context: { period: { end }, encounter: [{ reference }] } })

test.each<[string, Partial<DocumentReference>]>([
  ['on an encounter of the patient', on(clinic.encounters.margaret.reference)],
  ['of a type from a codeSet', { type: { coding: [own] } }],
  ['as PDF with a charset', { content: [content({ contentType: 'application/pdf;charset=utf-8' })] }],
  ['whose charset comes after a space', { content: [content({ contentType: 'text/html; charset=UTF-8' })] }],
])('a note %s is taken', async (_what, changes) => {
  expect((await file(changes)).status).toBe(201)
})

test.each<[string, Partial<DocumentReference>]>([
  ['that is superseded', { status: 'superseded' }],
  ['that is a draft', { docStatus: 'preliminary' }],
  ['without an author', { author: [] }],
  ['by somebody else', { author: [{ reference: okafor.reference }] }],
  ['by two', { author: [{ reference: chen.reference }, { reference: okafor.reference }] }],
  ['with two contents', { content: [content(), content()] }],
  ['coded in LOINC and in a codeSet', { type: { coding: [loinc, own] } }],
  ['of a type without a code', { type: { text: 'Progress note' } }],
  ['without a charset', { content: [content({ contentType: 'text/plain' })] }],
  ['as a picture', { content: [content({ contentType: 'image/png;charset=utf-8' })] }],
  [
    'created nobody knows when',
    { content: [{ attachment: { contentType: 'text/plain;charset=utf-8', data: 'cg==' } }] },
  ],
  ['of a visit that has not ended', { context: { period: { start: end } } }],
  ['without a period', { context: {} }],
  ['on the encounter of somebody else', on(clinic.encounters.zoe.reference)],
])('a note %s is a 422', async (_what, changes) => {
  const before = ehr.all('DocumentReference').length

  expect((await file(changes)).status).toBe(422)
  expect(ehr.all('DocumentReference')).toHaveLength(before)
})

test('a note is put with If-Match: 412 without, 409 at another version', async () => {
  const path = `DocumentReference/${(await file()).headers.get('location')?.split('/').at(-1)}`
  const body = { ...(await fhir('GET', path)).body, status: 'entered-in-error' }
  const put = (headers = {}) => fhir('PUT', path, body, headers)

  expect([(await put()).status, (await put({ 'if-match': 'W/"7"' })).status]).toEqual([412, 409])
  expect(ehr.resource('DocumentReference', path.split('/')[1] ?? '')?.status).toBe('current')
  const { status, text, headers } = await put({ 'if-match': 'W/"1"' })
  expect([status, text, headers.get('etag')]).toEqual([200, '', 'W/"2"'])
})

test('a replay makes a second note', async () => {
  const before = ehr.all('DocumentReference').length
  const headers = { 'if-none-exist': `patient=${margaret.id}` }

  expect([(await file({}, headers)).status, (await file({}, headers)).status]).toEqual([201, 201])
  expect(ehr.all('DocumentReference')).toHaveLength(before + 2)
})
