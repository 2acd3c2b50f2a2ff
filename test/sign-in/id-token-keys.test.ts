// By which key, and by which algorithm, an id_token must be signed: as the key that its `kid` names says, or as its kind is used; never by
// what the token says of itself.
import { createHmac, createPublicKey } from 'node:crypto'
import { type JWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { keyPair } from '../../sandbox/key-pair.ts'
import type { Iss } from '../../server/domain/ids.ts'
import { instant } from '../../server/domain/instant.ts'
import { openSmart } from '../../server/outside/smart/smart.ts'
import { startCrookedEhr } from '../support/crooked-ehr.ts'

const algorithms = ['RS256', 'PS256', 'ES256', 'ES384', 'ES512'] as const
type Algorithm = (typeof algorithms)[number]
type Pair = { readonly privateKey: JWK; readonly published: JWK }

let crooked: Awaited<ReturnType<typeof startCrookedEhr>>
let pairs: Record<Algorithm, Pair>
/** Another RSA key, for PS256 and RS256 alike: `pss` signs by PS256 with the very key that `rsa` signs with by RS256. */
let rsa: { readonly RS256: JWK; readonly PS256: JWK; readonly published: JWK }

beforeAll(async () => {
  crooked = await startCrookedEhr()
  const made = algorithms.map((alg) => {
    const { privateKey, publicKey } = keyPair(alg)
    return [alg, { privateKey, published: publicKey }] as const
  })
  pairs = Object.fromEntries(made) as Record<Algorithm, Pair> // sound: one of each
  const { privateKey: RS256, published } = pairs.RS256
  rsa = { RS256, PS256: { ...RS256, alg: 'PS256' }, published }
})
afterAll(() => crooked.close())
beforeEach(() => {
  crooked.said.claims = { fhirUser: 'Practitioner/p' }
})

const signed = (header: { alg: string; kid?: string }, key: JWK) => (claims: JWTPayload) =>
  new SignJWT(claims).setProtectedHeader(header).sign(key)
const by = (alg: Algorithm, kid: string | undefined = 'k') =>
  signed({ alg, ...(kid === '' ? {} : { kid }) }, pairs[alg].privateKey)

async function arrived(sign: (claims: JWTPayload) => Promise<string>, keys: readonly unknown[]) {
  Object.assign(crooked.said, { sign, keys })
  const iss = crooked.iss as Iss // sound: our own server's
  const issuer = { name: 'own', iss, title: 'Own', clientId: 'housecall', client: 'public', can: {} } as const
  const smart = openSmart({
    redirectUri: () => 'http://localhost/smart/callback',
    listed: [issuer],
    clientKeys: [],
    now: () => instant(Date.now()),
  })
  const departure = await smart.begin(issuer, { launch: 'x' })
  const { way } = departure
  if (way.by !== 'get') throw new Error('it takes a redirect')
  const query = new URLSearchParams(crooked.callback(new URL(way.url)).split('?')[1])
  return smart.finish(issuer, query, departure)
}

describe('an id_token', () => {
  test.each([
    ['RS256', {}],
    ['RS256', { alg: 'RS256', use: 'sig' }],
    ['ES256', {}],
    ['ES256', { alg: 'ES256', key_ops: ['verify'] }],
    ['ES384', {}],
    ['ES384', { alg: 'ES384', use: 'sig' }],
    ['PS256', { alg: 'PS256' }],
    ['RS256', { alg: null, use: null, key_ops: null, x5c: null }],
    ['ES384', { alg: '', use: '', key_ops: ['verify'] }],
  ] as const)('by %s is taken where its key says %j', async (alg, says) => {
    const keys = [{ ...pairs[alg].published, kid: 'k', ...says }]

    await expect(arrived(by(alg), keys)).resolves.toMatchObject({ fhirUser: 'Practitioner/p' })
  })

  test.each<[string, Algorithm, Record<string, unknown>]>([
    ['whose key names no algorithm, and is used for another', 'PS256', {}],
    ['whose key says another', 'PS256', { alg: 'RS256' }],
    ['whose key says another', 'RS256', { alg: 'PS256' }],
    ['whose key says one that does not fit its curve', 'ES256', { alg: 'ES384' }],
    ['whose key says one that does not fit its kind', 'ES256', { alg: 'RS256' }],
    ['whose key is for encrypting', 'RS256', { use: 'enc' }],
    ['whose key is for something else', 'ES256', { key_ops: ['deriveBits'] }],
    ['whose key has another name', 'ES256', { kid: 'another' }],
    ['of a curve that is not taken', 'ES512', {}],
    ['of a curve that is not taken', 'ES512', { alg: 'ES512' }],
  ])('%s is refused, and the log may say by what it was signed: %s', async (_what, alg, says) => {
    const keys = [{ ...pairs[alg].published, kid: 'k', ...says }]

    await expect(arrived(by(alg), keys)).rejects.toMatchObject({ code: 'identity-unverified', detail: { alg } })
  })

  test('says nothing of the algorithm by itself: one RSA key, two ways of signing', async () => {
    const keys = [{ ...rsa.published, kid: 'k' }]

    await expect(arrived(signed({ alg: 'RS256', kid: 'k' }, rsa.RS256), keys)).resolves.toBeDefined()
    await expect(arrived(signed({ alg: 'PS256', kid: 'k' }, rsa.PS256), keys)).rejects.toMatchObject({
      code: 'identity-unverified',
      detail: { alg: 'PS256' },
    })
  })

  test('that is signed by nobody, or by what everybody can read of a key, is refused', async () => {
    const { published } = pairs.RS256
    const keys = [{ ...published, kid: 'k' }]
    const pem = createPublicKey({ key: { ...published }, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
    const hmac = (claims: JWTPayload) => {
      const part = (of: object) => Buffer.from(JSON.stringify(of)).toString('base64url')
      const text = `${part({ alg: 'HS256', kid: 'k' })}.${part(claims)}`
      return Promise.resolve(`${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`)
    }
    const shared = [...keys, { kty: 'oct', kid: 'k', alg: 'HS256', k: Buffer.from(String(pem)).toString('base64url') }]

    for (const [sign, alg] of [
      [hmac, 'HS256'],
      [async (claims: JWTPayload) => new UnsecuredJWT(claims).encode(), 'none'],
    ] as const)
      await expect(arrived(sign, shared)).rejects.toMatchObject({ code: 'identity-unverified', detail: { alg } })
  })

  test('without kid is by the only key there is, and by no chosen one of several', async () => {
    const [rs, es] = [pairs.RS256, pairs.ES256].map(({ published }, i) => ({ ...published, kid: `k${i}` }))
    const encrypting = { ...pairs.PS256.published, kid: 'e', use: 'enc' }

    await expect(arrived(by('ES256', ''), [encrypting, es])).resolves.toBeDefined()
    await expect(arrived(by('ES256', ''), [{ ...es, kid: undefined }])).resolves.toBeDefined()
    for (const keys of [
      [rs, es],
      [es, { ...pairs.ES384.published, kid: 'k2' }],
    ])
      await expect(arrived(by('ES256', ''), keys)).rejects.toMatchObject({ code: 'identity-unverified' })
  })

  test('whose kid is the name of two keys is refused: nobody knows which is meant', async () => {
    const keys = [pairs.RS256, pairs.ES256].map(({ published }) => ({ ...published, kid: 'k' }))

    await expect(arrived(by('ES256'), keys)).rejects.toMatchObject({ code: 'identity-unverified' })
  })

  test('is taken where there are keys of kinds that nobody knows, and things that are no keys', async () => {
    const odd = [null, 'key', 7, [], {}, { kty: 'XYZ', kid: 'x' }, { kty: 'OKP', crv: 'Ed25519', x: 'AA', kid: 'o' }]

    await expect(
      arrived(by('ES384'), [...odd, { ...pairs.ES384.published, kid: 'k' }, { kty: 'EC', crv: 'P-999', kid: 'c' }]),
    ).resolves.toBeDefined()
  })

  test('by another key than the one it names is refused', async () => {
    const keys = [{ ...pairs.ES256.published, kid: 'k' }]
    const { privateKey } = keyPair('ES256')

    await expect(arrived(signed({ alg: 'ES256', kid: 'k' }, privateKey), keys)).rejects.toMatchObject({
      code: 'identity-unverified',
    })
  })
})
