// What real authorization servers do otherwise than the book says: each way by itself, so that a personality can be put together of them.
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../../fhir-fixtures/day.ts'
import { type Client, type Ehr, startEhr } from '../../../sandbox/ehr/main.ts'
import { generic } from '../../../sandbox/ehr/personalities/generic.ts'
import type { SmartWays } from '../../../sandbox/ehr/personality.ts'
import {
  authorization,
  authorize,
  codeFor,
  launched,
  launchOf,
  launchUrls,
  publicClient,
  redirectUri,
  reply,
  token,
  verifier,
} from './app.ts'

const visit = { user: clinic.practitioners.chen.reference, patient: clinic.patients.margaret.id } as const
const id = '0a1b-2c3d'
const secret = 'a-b.c~d_e%2D'
const clients: readonly Client[] = [
  publicClient,
  { clientId: id, redirectUris: [redirectUri], auth: { kind: 'secret', secret } },
]

async function ehrWith(smart: SmartWays): Promise<Ehr> {
  const ehr = await startEhr({ clients, launchUrls, personality: { ...generic, smart } })
  onTestFinished(() => ehr.close())
  return ehr
}

async function proven(ehr: Ehr, proof: { id: string; secret: string } | { body: string }, code?: string) {
  const form = {
    grant_type: 'authorization_code',
    code: code ?? (await codeFor(ehr, visit, { client_id: id })),
    redirect_uri: redirectUri,
    code_verifier: verifier,
  }
  if ('body' in proof) return said(await token(ehr, { ...form, client_id: id, client_secret: proof.body }))
  const basic = Buffer.from(`${proof.id}:${proof.secret}`).toString('base64')
  return said(await token(ehr, form, { authorization: `Basic ${basic}` }))
}
const said = ({ status, body }: Awaited<ReturnType<typeof token>>) =>
  status === 200 ? 200 : [status, body.error, body.error_description]

const plain = { id, secret }
const encoded = { id: id.replace('-', '%2D'), secret: 'a%2Db%2Ec%7Ed%5Fe%252D' }
const mixed = { id, secret: 'a-b.c~d_e%252D' }
const unknown = [401, 'invalid_client', 'This client is not registered here.']
const wrong = [401, 'invalid_client', 'The client secret is not right.']

describe('Basic', () => {
  test.each([
    ['decoded', [wrong, 200, 200]],
    ['plain', [200, unknown, wrong]],
    ['either', [200, 200, 200]],
  ] as const)('is read %s', async (basic, answers) => {
    const ehr = await ehrWith({ basic })

    expect(await Promise.all([plain, encoded, mixed].map((proof) => proven(ehr, proof)))).toEqual(answers)
  })

  test('may be the only way a secret is taken', async () => {
    const ehr = await ehrWith({ secretsBy: 'basic' })

    expect(await proven(ehr, mixed)).toBe(200)
    expect(await proven(ehr, { body: secret })).toEqual(wrong)
  })
})

test('who is not believed, and a code that was never given, may be told so in other words', async () => {
  const ehr = await ehrWith({
    refusesClients: { error: 'invalid_request', description: 'Invalid client' },
    codeFirst: { error: 'invalid_request', description: 'Invalid code' },
  })

  expect(await proven(ehr, { ...plain, id: 'nobody' })).toEqual([400, 'invalid_request', 'Invalid client'])
  expect(await proven(ehr, { ...plain, id: 'nobody' }, 'made up')).toEqual([400, 'invalid_request', 'Invalid code'])
})

test.each(['RS256', 'ES256', 'ES384', 'PS256'] as const)('id_tokens may be signed by %s alone', async (signs) => {
  const ehr = await ehrWith({ signs, encrypts: true, keysSayAlgorithm: false })
  const { id_token } = await launched(ehr, visit)
  const jwks = (await reply(await fetch(`${ehr.origin}/oauth/jwks`))).body as unknown as JSONWebKeySet // sound: it is verified by them

  expect(decodeProtectedHeader(String(id_token)).alg).toBe(signs)
  expect(jwks.keys.map(({ use, alg }) => [use, alg])).toEqual([
    ['enc', 'RSA-OAEP'],
    ['sig', undefined],
  ])
  await jwtVerify(String(id_token), createLocalJWKSet(jwks))
})

describe('the authorization endpoint', () => {
  test('may want the slash that its launches have, and then wants it', async () => {
    const ehr = await ehrWith({ slashInLaunch: true })

    expect(new URL(await ehr.launchUrl(visit)).searchParams.get('iss')).toBe(`${ehr.iss}/`)
    expect(await codeFor(ehr, visit)).not.toContain('no code')
    expect(await codeFor(ehr, visit, { aud: ehr.iss })).toContain('aud must be the iss of the launch')
  })

  test('may lose the state of some errors, and of no others', async () => {
    const ehr = await ehrWith({ losesState: ['invalid_scope'] })
    const launch = await launchOf(ehr, visit)
    const errors = await Promise.all([
      authorize(ehr, authorization(ehr, { launch, scope: 'system/.*' })),
      authorize(ehr, authorization(ehr, { launch, aud: 'https://elsewhere.example' })),
    ])

    expect(errors.map((to) => [to?.searchParams.get('error'), to?.searchParams.has('state')])).toEqual([
      ['invalid_scope', false],
      ['invalid_request', true],
    ])
  })

  test('may refuse a scope that it does not list', async () => {
    const ehr = await ehrWith({ refusesUnlistedScopes: true, scopesSupported: ['openid', 'launch'] })
    const launch = await launchOf(ehr, visit)
    const asks = async (scope: string) =>
      (await authorize(ehr, authorization(ehr, { launch, scope })))?.searchParams.get('error')

    expect([await asks('openid fhirUser launch'), await asks('openid launch')]).toEqual(['invalid_scope', null])
  })
})

test.each([
  ['discovery-429', '/fhir/.well-known/smart-configuration'],
  ['keys-429', '/oauth/jwks'],
  ['metadata-429', '/fhir/metadata'],
  ['style-429', '/smart-style.json'],
] as const)('%s says when to come back, or does not', async (fault, path) => {
  const ehr = await ehrWith({})
  const asked = async () => {
    const { status, headers } = await fetch(ehr.origin + path)
    return [status, headers.get('retry-after')]
  }
  ehr.faults.on(fault, { retryAfter: '7', times: 1 })
  const first = await asked()
  ehr.faults.on(fault, { retryAfter: false, times: 1 })

  expect([first, await asked(), await asked()]).toEqual([
    [429, '7'],
    [429, null],
    [200, null],
  ])
})

test('an error may come back without state by a fault, and the token endpoint may be busy', async () => {
  const ehr = await ehrWith({})
  ehr.faults.on('error-without-state', { times: 1 })
  ehr.faults.on('authorize-denied', { times: 1 })
  ehr.faults.on('token-429', { times: 1 })

  const back = await authorize(ehr, authorization(ehr, { launch: await launchOf(ehr, visit) }))

  expect([back?.searchParams.get('error'), back?.searchParams.has('state')]).toEqual(['access_denied', false])
  expect((await token(ehr, { grant_type: 'refresh_token' })).status).toBe(429)
})
