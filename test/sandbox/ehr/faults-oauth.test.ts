import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../../fhir-fixtures/day.ts'
import { type Ehr, type FaultName, startEhr } from '../../../sandbox/ehr/main.ts'
import {
  authorization,
  authorize,
  codeFor,
  exchange,
  launched,
  launchOf,
  launchUrls,
  publicClient,
  reply,
  token,
} from './app.ts'

const { margaret } = clinic.patients
const appointment = clinic.appointments.margaret
const visit = { user: clinic.practitioners.chen.reference, patient: margaret.id, appointment: appointment.id } as const

let ehr: Ehr

beforeAll(async () => {
  ehr = await startEhr({ clients: [publicClient], launchUrls })
})

afterEach(() => ehr.faults.clear())
afterAll(() => ehr.close())

const claimsOf = (idToken: unknown) => Buffer.from(String(idToken).split('.')[1] ?? '', 'base64url').toString()

test.each([
  ['id-token-wrong-aud', '"aud":"another-client"'],
  ['id-token-wrong-iss', '"iss":"https://other-issuer.example"'],
  ['id-token-wrong-nonce', '"nonce":"a-nonce-nobody-asked-for"'],
] as const)('%s says so in the id_token', async (fault, claim) => {
  ehr.faults.on(fault)

  const { id_token } = await launched(ehr, visit)

  expect(claimsOf(id_token)).toContain(claim)
})

test('id-token-no-fhir-user leaves the person out, id-token-alg-none the signature', async () => {
  ehr.faults.on('id-token-no-fhir-user')
  ehr.faults.on('id-token-alg-none')

  const { id_token } = await launched(ehr, visit)

  expect(claimsOf(id_token)).not.toContain('fhirUser')
  expect(String(id_token)).toMatch(/\.$/)
})

test('authorize-other-host goes on under another name of the machine, whatever the method, with the whole request', async () => {
  const { searchParams } = new URL(await ehr.launchUrl(visit))
  const params = authorization(ehr, { launch: searchParams.get('launch') ?? '' })
  ehr.faults.on('authorize-other-host')

  const url = `${ehr.origin}/oauth/authorize`
  const on = await fetch(url, { method: 'POST', body: params, redirect: 'manual' })

  const there = new URL(on.headers.get('location') ?? '')
  expect([on.status, there.hostname, there.port]).toEqual([303, 'localhost', new URL(url).port])
  expect(there.search).toBe(`?${params}`)
  expect((await authorize(ehr, params))?.href).toBe(there.href)
})

test('token-endpoint-500 answers no JSON, and once when told once', async () => {
  ehr.faults.on('token-endpoint-500', { times: 1 })
  const code = await codeFor(ehr, visit)

  expect((await exchange(ehr, code)).status).toBe(500)
  expect((await exchange(ehr, code)).status).toBe(200)
})

test('token-endpoint-hangs and fhir-timeout never answer', async () => {
  ehr.faults.on('token-endpoint-hangs')
  ehr.faults.on('fhir-timeout')
  const signal = () => AbortSignal.timeout(150)
  const body = new URLSearchParams({ grant_type: 'refresh_token' })

  const hanging = fetch(`${ehr.origin}/oauth/token`, { method: 'POST', body, signal: signal() })
  await expect(hanging).rejects.toThrow('timeout')

  const { access_token } = await (async () => {
    ehr.faults.off('token-endpoint-hangs')
    return launched(ehr, visit)
  })()
  const headers = { authorization: `Bearer ${access_token}` }
  await expect(fetch(`${ehr.iss}/Patient`, { headers, signal: signal() })).rejects.toThrow('timeout')
})

test('refresh-refused ends every refresh', async () => {
  const { refresh_token } = await launched(ehr, visit)
  ehr.faults.on('refresh-refused')

  const fields = { grant_type: 'refresh_token', refresh_token: String(refresh_token), client_id: 'app' }

  expect((await token(ehr, fields)).body.error).toBe('invalid_grant')
})

test('scope-read-only grants reading alone', async () => {
  ehr.faults.on('scope-read-only')

  const { scope } = await launched(ehr, visit, 'launch user/Appointment.cruds user/Encounter.write user/Patient.*')

  expect(scope).toBe('launch user/Appointment.rs user/Patient.read')
})

test('authorize-denied sends the browser back', async () => {
  ehr.faults.on('authorize-denied')
  const launch = await launchOf(ehr, visit)

  const back = await authorize(ehr, authorization(ehr, { launch }))

  expect(back?.searchParams.get('error')).toBe('access_denied')
})

test.each<[FaultName, object]>([
  ['context-bare-strings', { fhirContext: [appointment.reference] }],
  ['context-appointment-member', { appointment: appointment.id, patient: margaret.id }],
])('%s tells the appointment in its way', async (fault, told) => {
  ehr.faults.on(fault)

  expect(await launched(ehr, visit)).toMatchObject(told)
})

test('context-none tells nothing', async () => {
  ehr.faults.on('context-none')

  const body = await launched(ehr, visit)

  expect([body.patient, body.encounter, body.fhirContext, body.appointment]).toEqual(Array(4).fill(undefined))
})

test('discovery and metadata can fail, or say too little', async () => {
  const discovery = `${ehr.iss}/.well-known/smart-configuration`
  ehr.faults.on('discovery-500', { times: 1 })
  ehr.faults.on('metadata-500', { times: 1 })
  ehr.faults.on('discovery-no-issuer')

  const statuses = [(await fetch(discovery)).status, (await fetch(`${ehr.iss}/metadata`)).status]
  const { body } = await reply(await fetch(discovery))

  expect(statuses).toEqual([500, 500])
  expect([body.issuer, body.jwks_uri]).toEqual([undefined, undefined])
})
