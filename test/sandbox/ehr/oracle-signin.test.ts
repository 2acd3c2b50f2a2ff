import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../../fhir-fixtures/day.ts'
import { type Ehr, startEhr } from '../../../sandbox/ehr/main.ts'
import { oracle } from '../../../sandbox/ehr/personalities/oracle.ts'
import {
  authorization,
  authorize,
  exchange,
  fhirWith,
  launched,
  launchOf,
  launchUrls,
  publicClient,
  reply,
  token,
} from './app.ts'

const { margaret } = clinic.patients
const { chen } = clinic.practitioners
const visit = { user: chen.reference, patient: margaret.id, appointment: clinic.appointments.margaret.id } as const

let ehr: Ehr
let minutes = 0

beforeAll(async () => {
  const now = () => new Date(Date.parse('2026-03-02T15:00:00Z') + minutes * 60_000)
  ehr = await startEhr({ clients: [publicClient], launchUrls, personality: oracle, now })
})

afterAll(() => ehr.close())

const claimsOf = (idToken: unknown) => Buffer.from(String(idToken).split('.')[1] ?? '', 'base64url').toString()
const configuration = async (iss: string) => (await reply(await fetch(`${iss}/.well-known/smart-configuration`))).body
const issOf = async (user: typeof chen.reference | typeof margaret.reference) =>
  new URL(await ehr.launchUrl({ user })).searchParams.get('iss')

test('clinicians and patients are launched from a base of their own', async () => {
  const { provider, patient } = ehr.issuers

  expect(new Set([provider, patient]).size).toBe(2)
  expect(ehr.iss).toBe(provider)
  expect([await issOf(chen.reference), await issOf(margaret.reference)]).toEqual([provider, patient])
})

test('each base has its own smart-configuration, with one issuer that is neither of them', async () => {
  const provider = await configuration(ehr.issuers.provider)
  const patient = await configuration(ehr.issuers.patient)

  expect(provider.issuer).toBe(patient.issuer)
  expect(Object.values(ehr.issuers)).not.toContain(provider.issuer)
  expect(provider.capabilities).toContain('context-ehr-encounter')
  expect(provider.capabilities).not.toContain('context-standalone-patient')
  expect(patient.capabilities).toContain('context-standalone-patient')
  expect(provider.scopes_supported).toContain('user/Encounter.crus')
  expect(String(patient.scopes_supported)).not.toMatch(/\.(c|crus|write)\b/)
})

test('a launch made at one base does not serve the other', async () => {
  const launch = await launchOf(ehr, { user: margaret.reference })

  const back = await authorize(
    ehr,
    authorization(ehr, { launch, scope: 'launch patient/*.rs', aud: ehr.issuers.provider }),
  )

  expect(back?.searchParams.get('error')).toBe('invalid_request')
})

test('a token of one base is none at the other', async () => {
  const { access_token } = await launched(ehr, visit, 'launch user/*.rs')
  const at = (iss: string) => fhirWith({ iss }, String(access_token))('GET', margaret.reference)

  expect((await at(ehr.issuers.provider)).status).toBe(200)
  expect((await at(ehr.issuers.patient)).status).toBe(401)
})

test('a patient is granted no writes, and known under the patients’ base', async () => {
  const told = await launched(ehr, { user: margaret.reference }, 'launch openid fhirUser patient/*.cruds')

  expect(told.scope).toBe('launch openid fhirUser patient/*.rs')
  expect(told.patient).toBe(margaret.id)
  expect(claimsOf(told.id_token)).toContain(`"fhirUser":"${ehr.issuers.patient}/${margaret.reference}"`)
})

test('the appointment is not told', async () => {
  const told = await launched(ehr, visit)

  expect([told.fhirContext, told.appointment]).toEqual([undefined, undefined])
  expect(told.scope).not.toContain('launch/appointment')
})

/** The page a standalone launch shows, and the answer to it. */
async function standalone(iss: string, scope: string, user: string) {
  const params = authorization(ehr, { aud: iss, scope })
  const page = await (await fetch(`${ehr.origin}/oauth/authorize?${params}`)).text()
  const pending = /name="pending" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const body = new URLSearchParams({ pending, user, patient: margaret.id })
  const answer = await fetch(`${ehr.origin}/oauth/sign-in`, { method: 'POST', body, redirect: 'manual' })
  return { page, status: answer.status, back: answer.headers.get('location') ?? '' }
}

const exchanged = (back: string) => exchange(ehr, new URL(back).searchParams.get('code') ?? '')

test('a provider who starts outside the EHR gets no patient, even when one is picked', async () => {
  const scope = 'openid fhirUser launch/patient launch/encounter user/*.rs'
  const { page, back } = await standalone(ehr.issuers.provider, scope, chen.reference)

  const { body } = await exchanged(back)

  expect(page).not.toContain(`value="${margaret.reference}"`)
  expect(body.scope).toBe('openid fhirUser user/*.rs')
  expect(body.patient).toBeUndefined()
})

test('a patient who starts outside the portal is in context, at the patients’ base alone', async () => {
  const scope = 'openid fhirUser launch/patient patient/*.rs'
  const { page, back } = await standalone(ehr.issuers.patient, scope, margaret.reference)
  const elsewhere = await standalone(ehr.issuers.provider, scope, margaret.reference)

  expect(page).not.toContain('value="Practitioner/')
  expect((await exchanged(back)).body.patient).toBe(margaret.id)
  expect(elsewhere.status).toBe(400)
})

test('an access token lives 570 seconds', async () => {
  const { access_token, expires_in } = await launched(ehr, visit)
  const fhir = fhirWith(ehr, String(access_token))

  expect(expires_in).toBe(570)
  expect((await fhir('GET', margaret.reference)).status).toBe(200)
  minutes += 9.5
  expect((await fhir('GET', margaret.reference)).status).toBe(401)
})

test('a refresh brings no new refresh token, and the old one stays good, once a minute', async () => {
  const { refresh_token } = await launched(ehr, visit)
  const fields = { grant_type: 'refresh_token', refresh_token: String(refresh_token), client_id: 'app' }

  const first = await token(ehr, fields)
  const tooSoon = await token(ehr, fields)
  minutes += 1
  const later = await token(ehr, fields)

  expect([first.status, first.body.refresh_token]).toEqual([200, undefined])
  expect([tooSoon.status, tooSoon.body.error]).toEqual([429, 'temporarily_unavailable'])
  expect([later.status, later.body.access_token === first.body.access_token]).toEqual([200, false])
})
