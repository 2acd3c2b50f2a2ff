import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../../fhir-fixtures/day.ts'
import { type Ehr, type FaultName, startEhr } from '../../../sandbox/ehr/main.ts'
import { launcher } from '../../../sandbox/ehr/personalities/launcher.ts'
import { validate } from '../../../sandbox/ehr/validate.ts'
import {
  authorization,
  authorize,
  codeFor,
  exchange,
  type Fhir,
  fhirAs,
  fhirWith,
  launched,
  launchOf,
  launchUrls,
  publicClient,
  reply,
  token,
} from './app.ts'
import { encounterOf, noteOf } from './resources.ts'

const { margaret } = clinic.patients
const { chen } = clinic.practitioners
const appointment = clinic.appointments.margaret
const visit = { user: chen.reference, patient: margaret.id, appointment: appointment.id } as const
const secretClient = { ...publicClient, clientId: 'secret', auth: { kind: 'secret', secret: 'a-secret' } } as const

let ehr: Ehr
let nobody: Fhir

beforeAll(async () => {
  ehr = await startEhr({ clients: [publicClient, secretClient], launchUrls, personality: launcher })
  nobody = fhirWith(ehr, undefined)
})

afterEach(() => ehr.faults.clear())
afterAll(() => ehr.close())

const partOf = (idToken: unknown, part: 0 | 1) =>
  Buffer.from(String(idToken).split('.')[part] ?? '', 'base64url').toString()

test('iss and issuer are one URL with /v/r4/fhir in it', async () => {
  const { body } = await reply(await fetch(`${ehr.iss}/.well-known/smart-configuration`))
  const openid = await reply(await fetch(`${ehr.iss}/.well-known/openid-configuration`))

  expect(ehr.iss).toMatch(/\/v\/r4\/fhir$/)
  expect([body.issuer, openid.body.issuer]).toEqual([ehr.iss, ehr.iss])
  expect(body.capabilities).toContain('context-passthrough-banner')
  expect(body.scopes_supported).not.toContain('launch/appointment')
})

test('the appointment is never told, whatever is open on the screen', async () => {
  const told = await launched(ehr, { ...visit, contextShape: 'objects' })

  expect(told.patient).toBe(margaret.id)
  expect([told.fhirContext, told.appointment]).toEqual([undefined, undefined])
  expect(told.scope).not.toContain('launch/appointment')
})

test('the id_token has no kid, and tells fhirUser without a host', async () => {
  const { id_token } = await launched(ehr, visit)

  expect(partOf(id_token, 0)).not.toContain('kid')
  expect(partOf(id_token, 1)).toContain(`"fhirUser":"${chen.reference}"`)
  expect(partOf(id_token, 1)).toContain(`"iss":"${ehr.iss}"`)
})

test('nobody needs a token, and only one that is none is refused', async () => {
  const garbage = fhirWith(ehr, 'garbage')

  expect((await nobody('GET', margaret.reference)).status).toBe(200)
  expect((await nobody('POST', 'Encounter', encounterOf(margaret))).status).toBe(201)
  expect((await garbage('GET', margaret.reference)).status).toBe(401)
})

test('scopes are not checked', async () => {
  const reader = await fhirAs(ehr, visit, 'launch user/Patient.r')

  expect((await reader('POST', 'Encounter', encounterOf(margaret))).status).toBe(201)
})

test('Location names the server behind the proxy', async () => {
  const { headers, body } = await nobody('POST', 'DocumentReference', noteOf(margaret, 'x'))

  const location = new URL(headers.get('location') ?? '')
  expect(location.origin).not.toBe(ehr.origin)
  expect(location.pathname).toContain(`/DocumentReference/${body.id}/_history/1`)
})

test('If-None-Exist, If-Match and Prefer are passed on', async () => {
  const identified = { ...encounterOf(margaret), identifier: [{ system: 'urn:test', value: 'once' }] }
  const once = () => nobody('POST', 'Encounter', identified, { 'if-none-exist': 'identifier=urn:test|once' })
  const first = await once()
  const path = `Encounter/${first.body.id}`

  const second = await once()
  const minimal = await nobody('PUT', path, first.body, { prefer: 'return=minimal' })
  const stale = await nobody('PUT', path, first.body, { 'if-match': 'W/"1"' })

  expect([first.status, second.status, stale.status]).toEqual([201, 200, 412])
  expect([minimal.status, minimal.text, minimal.headers.get('etag')]).toEqual([200, '', 'W/"2"'])
})

test.each(['fhir-503-retry-after', 'fhir-429-retry-after'] as const)('%s loses its Retry-After', async (fault) => {
  ehr.faults.on(fault)

  const { headers } = await nobody('GET', margaret.reference)

  expect([headers.get('retry-after'), headers.get('x-request-id')]).toEqual([null, null])
})

test('a body over 1 MB is a 500', async () => {
  const { status } = await nobody('POST', 'DocumentReference', noteOf(margaret, 'x'.repeat(800_000)))

  expect(status).toBe(500)
})

test('a transaction is taken, and /metadata says so', async () => {
  const { body, text } = await reply(await fetch(`${ehr.iss}/metadata`))
  const entry = [{ resource: encounterOf(margaret), request: { method: 'POST', url: 'Encounter' } }]

  expect(validate(body)).toEqual([])
  expect(text).toContain('{"code":"transaction"}')
  expect((await nobody('POST', '', { resourceType: 'Bundle', type: 'transaction', entry })).status).toBe(200)
})

test.each<[FaultName, string]>([
  ['auth_invalid_client_id', 'invalid_client'],
  ['auth_invalid_redirect_uri', 'invalid_request'],
  ['auth_invalid_scope', 'invalid_scope'],
])('%s sends the browser back with %s', async (fault, error) => {
  ehr.faults.on(fault)
  const launch = await launchOf(ehr, visit)

  const back = await authorize(ehr, authorization(ehr, { launch, scope: 'launch user/*.rs' }))

  expect([back?.searchParams.get('error'), back?.searchParams.has('code')]).toEqual([error, false])
})

test('auth_invalid_client_secret refuses clients with a secret alone', async () => {
  ehr.faults.on('auth_invalid_client_secret')
  const code = await codeFor(ehr, visit, { client_id: 'secret' })
  const secret = await exchange(ehr, code, { client_id: 'secret', client_secret: 'a-secret' })
  const open = await exchange(ehr, await codeFor(ehr, visit))

  expect([secret.status, secret.body.error, open.status]).toEqual([401, 'invalid_client', 200])
})

test('token_invalid_token refuses the code', async () => {
  ehr.faults.on('token_invalid_token')

  const { status, body } = await exchange(ehr, await codeFor(ehr, visit))

  expect([status, body.error]).toEqual([401, 'invalid_client'])
})

test('token_expired_refresh_token is a 403', async () => {
  const { refresh_token } = await launched(ehr, visit)
  ehr.faults.on('token_expired_refresh_token')

  const fields = { grant_type: 'refresh_token', refresh_token: String(refresh_token), client_id: 'app' }
  const { status, body } = await token(ehr, fields)

  expect([status, body.error]).toEqual([403, 'invalid_grant'])
})

test('request_invalid_token refuses what comes with a token, and request_expired_token only says so', async () => {
  ehr.faults.on('request_invalid_token')
  const told = await launched(ehr, visit)
  const fhir = fhirWith(ehr, String(told.access_token))
  const refused = await fhir('GET', margaret.reference)
  ehr.faults.clear()
  ehr.faults.on('request_expired_token')

  const expired = await launched(ehr, visit)

  expect([told.sim_error, refused.status]).toEqual(['Invalid token', 401])
  expect(expired.sim_error).toBe('Token expired')
  expect((await fhirWith(ehr, String(expired.access_token))('GET', margaret.reference)).status).toBe(200)
})

test('desktop and portal open the app here too', async () => {
  const portal = `${ehr.portalUrl}/launch?user=${margaret.reference}&appointment=${appointment.id}`
  const opened = (await fetch(portal, { redirect: 'manual' })).headers.get('location') ?? ''

  expect(await (await fetch(`${ehr.desktopUrl}?user=${chen.reference}`)).text()).toContain('Margaret Whitfield')
  expect(new URL(opened).searchParams.get('iss')).toBe(ehr.iss)
})
