// Owns the signing keys: the published one, and one nobody published, for the fault that signs with it.
import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose'

export type SigningAlgorithm = 'RS256' | 'ES256' | 'ES384' | 'PS256'
export type Keys = {
  alg: SigningAlgorithm
  kid: string
  signing: CryptoKey
  stranger: CryptoKey
  jwks: { keys: JWK[] }
}

type Made = Pick<Keys, 'signing' | 'stranger'> & { published: JWK }
const made = new Map<SigningAlgorithm, Promise<Made>>()
let encrypting: Promise<JWK> | undefined

type Wanted = { signs?: SigningAlgorithm; keysSayAlgorithm?: boolean; encrypts?: boolean }

/** Made once a process: an RSA key takes a tenth of a second, and a test suite starts many EHRs. */
export async function signingKeys({
  signs: alg = 'RS256',
  keysSayAlgorithm = true,
  encrypts = false,
}: Wanted = {}): Promise<Keys> {
  const making = made.get(alg) ?? make(alg)
  made.set(alg, making)
  const { signing, stranger, published } = await making
  const kid = 'sandbox-ehr-1'
  const own: JWK = { ...published, kid, use: 'sig', ...(keysSayAlgorithm && { alg }) }
  encrypting ??= encrypts ? makeEncrypting() : undefined
  const other = encrypts && (await encrypting)
  return { alg, kid, signing, stranger, jwks: { keys: [...(other ? [other] : []), own] } }
}

async function make(alg: SigningAlgorithm): Promise<Made> {
  const [pair, other] = await Promise.all([generateKeyPair(alg, { extractable: true }), generateKeyPair(alg)])
  return { signing: pair.privateKey, stranger: other.privateKey, published: await exportJWK(pair.publicKey) }
}

async function makeEncrypting(): Promise<JWK> {
  const { publicKey } = await generateKeyPair('RSA-OAEP', { extractable: true })
  return { ...(await exportJWK(publicKey)), kid: 'sandbox-ehr-encrypting', alg: 'RSA-OAEP', use: 'enc' }
}
