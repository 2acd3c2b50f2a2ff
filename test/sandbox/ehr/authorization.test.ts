import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../../fhir-fixtures/day.ts'
import { type Ehr, startEhr } from '../../../sandbox/ehr/main.ts'
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
} from './app.ts'

const chen = clinic.practitioners.chen.reference
const { margaret, noor } = clinic.patients
const visit = { user: chen, patient: margaret.id, appointment: clinic.appointments.margaret.id } as const

let ehr: Ehr
let now = new Date('2026-03-02T15:00:00Z')

beforeAll(async () => {
  const other = { clientId: 'other', redirectUris: ['http://127.0.0.1:9/other'], auth: { kind: 'public' } } as const
  const apps = [
    { ...launchUrls[0], clientId: 'app' },
    { url: 'http://127.0.0.1:9/other.html', title: 'Other' },
  ]
  const named = apps.map(({ url = '', title = '', ...rest }) => ({ url, title, ...rest }))
  ehr = await startEhr({ clients: [publicClient, other], launchUrls: named, now: () => now })
})

afterAll(() => ehr.close())

async function refusal(changes: Record<string, string | undefined>) {
  const launch = await launchOf(ehr, visit)
  const back = await authorize(ehr, authorization(ehr, { launch, ...changes }))
  return back ? [back.origin + back.pathname, back.searchParams.get('error')] : 'a page'
}

test('the smart-configuration names the endpoints, S256 alone, and an issuer of its own', async () => {
  const { body, headers } = await reply(await fetch(`${ehr.iss}/.well-known/smart-configuration`))

  expect(headers.get('access-control-allow-origin')).toBe('*')
  expect(body).toMatchObject({
    issuer: `${ehr.origin}/oauth`,
    jwks_uri: `${ehr.origin}/oauth/jwks`,
    authorization_endpoint: `${ehr.origin}/oauth/authorize`,
    token_endpoint: `${ehr.origin}/oauth/token`,
    code_challenge_methods_supported: ['S256'],
    capabilities: expect.arrayContaining(['launch-ehr', 'authorize-post', 'permission-v2', 'context-ehr-patient']),
  })
})

test('the published keys hold nothing private', async () => {
  const { text } = await reply(await fetch(`${ehr.origin}/oauth/jwks`))

  expect(text).not.toMatch(/"(d|p|q|dp|dq|qi)":/)
})

test('an EHR launch takes one redirect and brings patient, encounter and appointment', async () => {
  const encounter = clinic.encounters.margaret.id
  const body = await launched(ehr, { ...visit, encounter, needPatientBanner: false })

  expect(body).toMatchObject({
    token_type: 'Bearer',
    expires_in: 600,
    patient: margaret.id,
    encounter,
    fhirContext: [{ reference: clinic.appointments.margaret.reference }],
    need_patient_banner: false,
    smart_style_url: expect.stringContaining('/smart-style.json'),
    refresh_token: expect.any(String),
    id_token: expect.any(String),
  })
})

test('the app may post its authorization request', async () => {
  const body = authorization(ehr, { launch: await launchOf(ehr, visit) })
  const response = await fetch(`${ehr.origin}/oauth/authorize`, { method: 'POST', body, redirect: 'manual' })

  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toContain('code=')
})

test('an unknown client or a redirect_uri that is not exactly registered gets a page, not a redirect', async () => {
  expect(await refusal({ client_id: 'nobody' })).toBe('a page')
  expect(await refusal({ redirect_uri: 'http://127.0.0.1:9/smart/callback/' })).toBe('a page')
  expect(await refusal({ redirect_uri: 'http://127.0.0.1:9/smart/callback?x=1' })).toBe('a page')
  expect(await refusal({ redirect_uri: undefined })).toBe('a page')
})

test.each<[string, Record<string, string | undefined>, string]>([
  ['a wrong aud', { aud: 'http://127.0.0.1:1/fhir' }, 'invalid_request'],
  ['no aud', { aud: undefined }, 'invalid_request'],
  ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
  ['a code_challenge that is no hash', { code_challenge: 'short' }, 'invalid_request'],
  ['no state', { state: undefined }, 'invalid_request'],
  ['a state anyone can guess', { state: '1' }, 'invalid_request'],
  ['another response_type', { response_type: 'token' }, 'unsupported_response_type'],
  ['no scope', { scope: '' }, 'invalid_scope'],
  ['v2 letters out of order', { scope: 'launch user/Patient.sr' }, 'invalid_scope'],
  ['a launch without the scope launch', { scope: 'openid fhirUser' }, 'invalid_scope'],
  ['a launch nobody made', { launch: 'made-up' }, 'invalid_request'],
])('a request with %s is refused by redirect', async (_what, changes, error) => {
  expect(await refusal(changes)).toEqual(['http://127.0.0.1:9/smart/callback', error])
})

test('an aud with a slash too many is another aud', async () => {
  expect(await refusal({ aud: `${ehr.iss}/` })).toEqual(['http://127.0.0.1:9/smart/callback', 'invalid_request'])
})

test('a parameter that comes twice is refused', async () => {
  const params = authorization(ehr, { launch: await launchOf(ehr, visit) })
  params.append('scope', 'openid')

  expect(await authorize(ehr, params)).toBeUndefined()
})

test('a launch opens the app once', async () => {
  const launch = await launchOf(ehr, visit)

  const first = await authorize(ehr, authorization(ehr, { launch }))
  const second = await authorize(ehr, authorization(ehr, { launch }))

  expect(first?.searchParams.get('code')).toBeTruthy()
  expect(second?.searchParams.get('error')).toBe('invalid_request')
})

test('a request with a mistake in it does not use the launch up', async () => {
  const launch = await launchOf(ehr, visit)
  await authorize(ehr, authorization(ehr, { launch, aud: 'wrong' }))

  const again = await authorize(ehr, authorization(ehr, { launch }))

  expect(again?.searchParams.get('code')).toBeTruthy()
})

test('a launch made for one app serves no other', async () => {
  const launch = await launchOf(ehr, visit)
  const params = authorization(ehr, { launch, client_id: 'other', redirect_uri: 'http://127.0.0.1:9/other' })

  expect((await authorize(ehr, params))?.searchParams.get('error')).toBe('invalid_request')
})

test('a launch is too old after five minutes', async () => {
  const launch = await launchOf(ehr, visit)
  now = new Date(now.getTime() + 5 * 60_000)

  expect((await authorize(ehr, authorization(ehr, { launch })))?.searchParams.get('error')).toBe('invalid_request')
})

test('a launch without a patient grants no patient scopes and tells no patient', async () => {
  const body = await launched(
    ehr,
    { user: chen },
    'launch launch/patient openid fhirUser patient/*.rs user/Appointment.rs',
  )

  expect(body.scope).toBe('launch openid fhirUser user/Appointment.rs')
  expect(body.patient).toBeUndefined()
})

test('a patient is granted what patients may have, and nothing more', async () => {
  const user = margaret.reference
  const scope =
    'launch patient/*.cruds user/Practitioner.cruds patient/Consent.write patient/Appointment.* system/*.rs x'

  const body = await launched(ehr, { user }, scope)

  expect(body.scope).toBe(
    'launch patient/*.rs patient/Consent.cu patient/Communication.c patient/QuestionnaireResponse.cu ' +
      'user/Practitioner.rs patient/Appointment.read',
  )
  expect(body.patient).toBe(margaret.id)
})

test('a mother launches for her child', async () => {
  const body = await launched(ehr, { user: `RelatedPerson/${clinic.relatedPersons.layla.id}` }, 'launch patient/*.rs')

  expect(body.patient).toBe(noor.id)
})

test.each([
  ['bare-strings', { fhirContext: [clinic.appointments.margaret.reference] }],
  ['appointment-member', { appointment: clinic.appointments.margaret.id }],
  ['objects', { fhirContext: [{ reference: clinic.appointments.margaret.reference }] }],
] as const)('fhirContext can be told as %s', async (contextShape, told) => {
  expect(await launched(ehr, { ...visit, contextShape })).toMatchObject(told)
})

test('the appointment is told only to an app that asked for launch/appointment', async () => {
  const body = await launched(ehr, visit, 'launch openid fhirUser user/*.rs')

  expect(body.patient).toBe(margaret.id)
  expect(body.fhirContext).toBeUndefined()
})

async function signIn(scope: string, ...answers: [string, string][][]): Promise<URL> {
  const page = await fetch(`${ehr.origin}/oauth/authorize?${authorization(ehr, { scope })}`)
  let text = await page.text()
  let location: string | null = null
  for (const answer of answers) {
    const hidden = [...text.matchAll(/type="hidden"\s+name="(\w+)"\s+value="([^"]*)"/g)]
    const body = new URLSearchParams([...hidden.map(([, key = '', kept = '']) => [key, kept]), ...answer])
    const response = await fetch(`${ehr.origin}/oauth/sign-in`, { method: 'POST', body, redirect: 'manual' })
    location = response.headers.get('location')
    text = await response.text()
  }
  return new URL(location ?? 'about:blank')
}

test('without a launch the clinician signs in, picks the patient, and is brought back', async () => {
  const scope = 'openid fhirUser launch/patient user/*.rs'
  const back = await signIn(scope, [['user', chen]], [['patient', margaret.id]])

  const { body } = await exchange(ehr, back.searchParams.get('code') ?? '')

  expect(body).toMatchObject({ patient: margaret.id, scope })
})

test('without a launch a patient signs in for themselves, whatever the browser says', async () => {
  const back = await signIn('openid launch/patient patient/*.rs', [
    ['user', margaret.reference],
    ['patient', noor.id],
  ])

  const { body } = await exchange(ehr, back.searchParams.get('code') ?? '')

  expect(body.patient).toBe(margaret.id)
})

test('the scope launch without a launch is refused', async () => {
  const back = await authorize(ehr, authorization(ehr, { scope: 'launch openid fhirUser' }))

  expect(back?.searchParams.get('error')).toBe('invalid_request')
})

test('a made-up sign-in gets a page', async () => {
  const body = new URLSearchParams({ pending: 'made-up', user: chen })
  const response = await fetch(`${ehr.origin}/oauth/sign-in`, { method: 'POST', body })

  expect(response.status).toBe(400)
  expect(await codeFor(ehr, visit)).toMatch(/^[\w-]{43}$/)
})
