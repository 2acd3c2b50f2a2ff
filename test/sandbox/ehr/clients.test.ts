import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type JWK, type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../../fhir-fixtures/day.ts'
import { type Client, type Ehr, startEhr } from '../../../sandbox/ehr/main.ts'
import { keyPair } from '../../../sandbox/key-pair.ts'
import { codeFor, type Fields, launchUrls, publicClient, redirectUri, token, verifier } from './app.ts'

const visit = { user: clinic.practitioners.chen.reference, patient: clinic.patients.margaret.id } as const

let ehr: Ehr
let keys: Server
let es: JWK
let rs: JWK

beforeAll(async () => {
  const [esPair, rsPair] = [keyPair('ES384'), keyPair('RS384')]
  es = esPair.privateKey
  rs = rsPair.privateKey
  const jwks = {
    keys: [
      { ...esPair.publicKey, kid: 'es', alg: 'ES384' },
      { ...rsPair.publicKey, kid: 'rs', alg: 'RS384' },
    ],
  }
  keys = createServer((_request, response) => response.end(JSON.stringify(jwks))).listen(0, '127.0.0.1')
  await new Promise((resolve) => keys.once('listening', resolve))
  // Sound: it listens on TCP.
  const jwksUrl = `http://127.0.0.1:${(keys.address() as AddressInfo).port}/jwks.json`
  const clients: Client[] = [
    publicClient,
    { clientId: 'with secret', redirectUris: [redirectUri], auth: { kind: 'secret', secret: 'p+ss: wörd' } },
    { clientId: 'by header', redirectUris: [redirectUri], auth: { kind: 'secret', secret: 's3cret', by: 'basic' } },
    { clientId: 'in body', redirectUris: [redirectUri], auth: { kind: 'secret', secret: 's3cret', by: 'post' } },
    { clientId: 'signer', redirectUris: [redirectUri], auth: { kind: 'private_key_jwt', jwks } },
    { clientId: 'remote', redirectUris: [redirectUri], auth: { kind: 'private_key_jwt', jwksUrl } },
  ]
  ehr = await startEhr({ clients, launchUrls })
})

afterAll(async () => {
  await ehr.close()
  keys.close()
})

async function exchanged(client: string, fields: Fields, headers: Record<string, string> = {}) {
  const code = await codeFor(ehr, visit, { client_id: client })
  const whole = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...fields,
  }
  const { status, body } = await token(ehr, whole, headers)
  return status === 200 ? 200 : [status, body.error]
}

const basic = (id: string, secret: string) => {
  const encode = (text: string) => new URLSearchParams({ v: text }).toString().slice(2)
  return { authorization: `Basic ${Buffer.from(`${encode(id)}:${encode(secret)}`).toString('base64')}` }
}

test('a public client names itself, and proves nothing', async () => {
  expect(await exchanged('app', { client_id: 'app' })).toBe(200)
  expect(await exchanged('app', {})).toEqual([401, 'invalid_client'])
  expect(await exchanged('app', { client_id: 'app', client_secret: 'x' })).toEqual([401, 'invalid_client'])
  expect(await exchanged('app', {}, basic('app', ''))).toEqual([401, 'invalid_client'])
})

test('a client with a secret sends it, by header or in the body but not both', async () => {
  const secret = 'p+ss: wörd'

  expect(await exchanged('with secret', {}, basic('with secret', secret))).toBe(200)
  expect(await exchanged('with secret', { client_id: 'with secret', client_secret: secret })).toBe(200)
  expect(await exchanged('with secret', { client_secret: secret }, basic('with secret', secret))).toEqual([
    400,
    'invalid_request',
  ])
})

test('a client with a secret is refused with a wrong one, or with none', async () => {
  expect(await exchanged('with secret', {}, basic('with secret', 'wrong'))).toEqual([401, 'invalid_client'])
  expect(await exchanged('with secret', { client_id: 'with secret' })).toEqual([401, 'invalid_client'])
  expect(await exchanged('with secret', { client_id: 'nobody', client_secret: 'x' })).toEqual([401, 'invalid_client'])
})

type Claims = { iss?: string; sub?: string; aud?: string | undefined; exp?: number; jti?: string | undefined }

let count = 0

async function assertion(client: string, claims: Claims = {}, header = {}, key: JWK = es): Promise<Fields> {
  count += 1
  const seconds = Math.floor(Date.now() / 1000)
  const whole = { iss: client, sub: client, aud: `${ehr.origin}/oauth/token`, exp: seconds + 240, jti: `jti-${count}` }
  // A claim of undefined is left out of the JSON, which is what the test wants.
  const signed = new SignJWT({ ...whole, ...claims } as JWTPayload).setProtectedHeader({
    alg: 'ES384',
    kid: 'es',
    typ: 'JWT',
    ...header,
  })
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await signed.sign(key),
  }
}

test('a client with a key signs an assertion, ES384 or RS384, its keys given or fetched', async () => {
  expect(await exchanged('signer', await assertion('signer'))).toBe(200)
  expect(await exchanged('signer', await assertion('signer', {}, { alg: 'RS384', kid: 'rs' }, rs))).toBe(200)
  expect(await exchanged('remote', await assertion('remote'))).toBe(200)
})

test('a client that proves itself by a header or a key sends no client_id in the body', async () => {
  const secret = basic('with secret', 'p+ss: wörd')

  expect(await exchanged('with secret', { client_id: 'with secret' }, secret)).toEqual([400, 'invalid_request'])
  const signed = { client_id: 'remote', ...(await assertion('remote')) }
  expect(await exchanged('remote', signed)).toEqual([400, 'invalid_request'])
})

test('a client that was registered for one way of sending its secret may not take the other', async () => {
  const secret = 's3cret'

  expect(await exchanged('by header', {}, basic('by header', secret))).toBe(200)
  expect(await exchanged('in body', { client_id: 'in body', client_secret: secret })).toBe(200)
  expect(await exchanged('by header', { client_id: 'by header', client_secret: secret })).toEqual([
    401,
    'invalid_client',
  ])
  expect(await exchanged('in body', {}, basic('in body', secret))).toEqual([401, 'invalid_client'])
})

test('a client with a key is refused without an assertion', async () => {
  expect(await exchanged('signer', { client_id: 'signer' })).toEqual([401, 'invalid_client'])
  expect(await exchanged('signer', { client_id: 'signer', client_secret: 'x' })).toEqual([401, 'invalid_client'])
})

test('an assertion is good once', async () => {
  const once = await assertion('signer')

  expect(await exchanged('signer', once)).toBe(200)
  expect(await exchanged('signer', once)).toEqual([401, 'invalid_client'])
})

test.each([
  ['addressed to the issuer', { aud: 'http://127.0.0.1/oauth' }, {}],
  ['for an hour', { exp: Math.floor(Date.now() / 1000) + 3600 }, {}],
  ['that has ended', { exp: Math.floor(Date.now() / 1000) - 60 }, {}],
  ['without a jti', { jti: undefined }, {}],
  ['in the name of another', { iss: 'remote' }, {}],
  ['without typ', {}, { typ: undefined }],
  ['without kid', {}, { kid: undefined }],
  ['under a kid nobody published', {}, { kid: 'stranger' }],
])('an assertion %s is refused', async (_what, claims, header) => {
  expect(await exchanged('signer', await assertion('signer', claims, header))).toEqual([401, 'invalid_client'])
})

test('an assertion signed by another key is refused', async () => {
  const { privateKey } = keyPair('ES384')

  expect(await exchanged('signer', await assertion('signer', {}, {}, privateKey))).toEqual([401, 'invalid_client'])
})

test('an assertion by an algorithm SMART does not name is refused', async () => {
  const { privateKey } = keyPair('RS256')

  const proof = await assertion('signer', {}, { alg: 'RS256', kid: 'rs' }, privateKey)

  expect(await exchanged('signer', proof)).toEqual([401, 'invalid_client'])
})

test('a refresh wants the same proof as the exchange', async () => {
  const code = await codeFor(ehr, visit, { client_id: 'signer' })
  const fields = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier }
  const { body } = await token(ehr, { ...fields, ...(await assertion('signer')) })
  const again = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) }

  const bare = await token(ehr, { ...again, client_id: 'signer' })
  const proven = await token(ehr, { ...again, ...(await assertion('signer')) })

  expect([bare.status, proven.status]).toEqual([401, 200])
})
