// Owns the signing keys: the published one, and one nobody published, for the fault that signs with it.
import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose'

export type Keys = { kid: string; signing: CryptoKey; stranger: CryptoKey; jwks: { keys: JWK[] } }

let made: Promise<Keys> | undefined

/** Made once a process: an RSA key takes a tenth of a second, and a test suite starts many EHRs. */
export function signingKeys(): Promise<Keys> {
  made ??= makeKeys()
  return made
}

async function makeKeys(): Promise<Keys> {
  const [pair, other] = await Promise.all([generateKeyPair('RS256', { extractable: true }), generateKeyPair('RS256')])
  const kid = 'sandbox-ehr-1'
  const { kty, n, e } = await exportJWK(pair.publicKey)
  const jwk = { kty, n, e, kid, alg: 'RS256', use: 'sig' } as JWK
  return { kid, signing: pair.privateKey, stranger: other.privateKey, jwks: { keys: [jwk] } }
}
