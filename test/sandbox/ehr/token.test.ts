import { createRemoteJWKSet, jwtVerify } from 'jose'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../../fhir-fixtures/day.ts'
import { type Ehr, startEhr } from '../../../sandbox/ehr/main.ts'
import {
  authorization,
  authorize,
  codeFor,
  exchange,
  fhirWith,
  launched,
  launchUrls,
  publicClient,
  redirectUri,
  reply,
  token,
} from './app.ts'

const visit = { user: clinic.practitioners.chen.reference, patient: clinic.patients.margaret.id } as const

let ehr: Ehr
let now = new Date('2026-03-02T15:00:00Z')

beforeAll(async () => {
  const other = { ...publicClient, clientId: 'other' }
  ehr = await startEhr({ clients: [publicClient, other], launchUrls, now: () => now })
})

afterAll(() => ehr.close())

const refresh = (refresh_token: unknown, more = {}) =>
  token(ehr, { grant_type: 'refresh_token', refresh_token: String(refresh_token), client_id: 'app', ...more })

const works = async (accessToken: unknown) =>
  (await fhirWith(ehr, String(accessToken))('GET', `Patient/${visit.patient}`)).status === 200

test('the token answer is not to be stored', async () => {
  const { headers } = await exchange(ehr, await codeFor(ehr, visit))

  expect(headers.get('cache-control')).toBe('no-store')
})

test('a code is worth one exchange, and a second one ends the tokens of the first', async () => {
  const code = await codeFor(ehr, visit)
  const first = await exchange(ehr, code)
  const workedBefore = await works(first.body.access_token)

  const second = await exchange(ehr, code)

  expect([second.status, second.body.error]).toEqual([400, 'invalid_grant'])
  expect([workedBefore, await works(first.body.access_token)]).toEqual([true, false])
  expect((await refresh(first.body.refresh_token)).body.error).toBe('invalid_grant')
})

test('a code ends after a minute', async () => {
  const code = await codeFor(ehr, visit)
  now = new Date(now.getTime() + 60_000)

  expect((await exchange(ehr, code)).body.error).toBe('invalid_grant')
})

test.each([
  ['another verifier', { code_verifier: 'x'.repeat(43) }, 'invalid_grant'],
  ['no verifier', { code_verifier: '' }, 'invalid_grant'],
  ['another redirect_uri', { redirect_uri: 'http://127.0.0.1:9/other' }, 'invalid_grant'],
  ['another client', { client_id: 'other' }, 'invalid_grant'],
  ['a made-up code', { code: 'made-up' }, 'invalid_grant'],
  ['another grant_type', { grant_type: 'client_credentials' }, 'unsupported_grant_type'],
])('an exchange with %s is refused', async (_what, changes, error) => {
  const { status, body } = await exchange(ehr, await codeFor(ehr, visit), changes)

  expect([status, body.error]).toEqual([400, error])
  expect(body.error_description).toMatch(/\w+ \w+/)
})

test('a parameter that comes twice is refused', async () => {
  const body = `grant_type=authorization_code&grant_type=refresh_token&client_id=app`
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const response = await fetch(`${ehr.origin}/oauth/token`, { method: 'POST', body, headers })

  expect((await reply(response)).body.error).toBe('invalid_request')
})

test('the token endpoint reads no JSON', async () => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${ehr.origin}/oauth/token`, { method: 'POST', body: '{}', headers })

  expect([response.status, (await reply(response)).body.error]).toEqual([400, 'invalid_request'])
})

test('a refresh brings new tokens and the context again', async () => {
  const first = await launched(ehr, visit)

  const { body } = await refresh(first.refresh_token)

  expect(body).toMatchObject({ patient: visit.patient, scope: first.scope, expires_in: 600 })
  expect(body.refresh_token).not.toBe(first.refresh_token)
  expect(await works(body.access_token)).toBe(true)
})

test('an old refresh token is refused, and takes the new ones with it', async () => {
  const first = await launched(ehr, visit)
  const second = await refresh(first.refresh_token)

  const again = await refresh(first.refresh_token)

  expect(again.body.error).toBe('invalid_grant')
  expect((await refresh(second.body.refresh_token)).body.error).toBe('invalid_grant')
  expect(await works(second.body.access_token)).toBe(false)
})

test('a refresh token serves its own client alone', async () => {
  const { refresh_token } = await launched(ehr, visit)

  expect((await refresh(refresh_token, { client_id: 'other' })).body.error).toBe('invalid_grant')
})

test('a refresh may ask for less, and not for more', async () => {
  const { refresh_token } = await launched(ehr, visit, 'launch offline_access user/Patient.rs')

  const less = await refresh(refresh_token, { scope: 'user/Patient.r' })
  const more = await refresh(less.body.refresh_token, { scope: 'user/Encounter.r' })

  expect(less.body.scope).toBe('user/Patient.r')
  expect(more.body.error).toBe('invalid_scope')
})

test('without offline_access there is no refresh token, and without openid no id_token', async () => {
  const body = await launched(ehr, visit, 'launch user/Patient.rs')

  expect([body.refresh_token, body.id_token]).toEqual([undefined, undefined])
})

test('an access token ends after ten minutes', async () => {
  const { access_token } = await launched(ehr, visit)
  const workedBefore = await works(access_token)
  now = new Date(now.getTime() + 600_000)

  expect([workedBefore, await works(access_token)]).toEqual([true, false])
})

test('the id_token says who, for whom and for which launch, under the published key', async () => {
  const { id_token } = await launched(ehr, visit)

  const { payload, protectedHeader } = await jwtVerify(
    String(id_token),
    createRemoteJWKSet(new URL(`${ehr.origin}/oauth/jwks`)),
    { issuer: `${ehr.origin}/oauth`, audience: 'app', currentDate: now, algorithms: ['RS256'] },
  )

  expect(protectedHeader.kid).toBeTruthy()
  expect(payload).toMatchObject({ nonce: 'nonce-of-this-launch', fhirUser: `${ehr.iss}/${visit.user}` })
})

test('the id_token names nobody when fhirUser was not asked for', async () => {
  const { id_token } = await launched(ehr, visit, 'launch openid')

  expect(Buffer.from(String(id_token).split('.')[1] ?? '', 'base64url').toString()).not.toContain('fhirUser')
})

/** A launch the way the app does it: by openid-client, which checks signatures itself. */
async function byLibrary(): Promise<unknown> {
  now = new Date()
  const { body } = await reply(await fetch(`${ehr.iss}/.well-known/smart-configuration`))
  const server = { issuer: String(body.issuer), ...body }
  const configuration = new oidc.Configuration(server, 'app', {}, oidc.None())
  oidc.allowInsecureRequests(configuration)
  oidc.enableNonRepudiationChecks(configuration)
  const launch = new URL(await ehr.launchUrl(visit)).searchParams.get('launch') ?? ''
  const state = oidc.randomState()
  const nonce = oidc.randomNonce()
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
  const challenge = await oidc.calculatePKCECodeChallenge(pkceCodeVerifier)
  const asked = authorization(ehr, { state, nonce, launch, code_challenge: challenge })
  const back = await authorize(ehr, asked)
  const tokens = await oidc.authorizationCodeGrant(configuration, new URL(back ?? redirectUri), {
    ...{ pkceCodeVerifier, expectedState: state, expectedNonce: nonce },
  })
  return tokens.claims()?.fhirUser
}

test('openid-client completes a launch', async () => {
  expect(await byLibrary()).toBe(`${ehr.iss}/${visit.user}`)
})

test.each([
  'id-token-other-key',
  'id-token-wrong-aud',
  'id-token-wrong-iss',
  'id-token-expired',
  'id-token-missing',
  'id-token-wrong-nonce',
  'id-token-alg-none',
] as const)('openid-client does not take %s', async (fault) => {
  ehr.faults.on(fault, { times: 1 })

  await expect(byLibrary()).rejects.toThrow()
})
