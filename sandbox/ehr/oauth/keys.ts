// Owns the signing keys: the published one, and one nobody published, for the fault that signs with it.
import type { JWK } from 'jose'
import { keyPair } from '../../key-pair.ts'

export type SigningAlgorithm = 'RS256' | 'ES256' | 'ES384' | 'PS256'
export type Keys = {
  alg: SigningAlgorithm
  kid: string
  signing: JWK
  stranger: JWK
  jwks: { keys: JWK[] }
}

type Made = Pick<Keys, 'signing' | 'stranger'> & { published: JWK }
const made = new Map<SigningAlgorithm, Made>()
let encrypting: JWK | undefined

type Wanted = { signs?: SigningAlgorithm; keysSayAlgorithm?: boolean; encrypts?: boolean }

/** Made once a process: an RSA key takes a tenth of a second, and a test suite starts many EHRs. */
export function signingKeys({ signs: alg = 'RS256', keysSayAlgorithm = true, encrypts = false }: Wanted = {}): Keys {
  const making = made.get(alg) ?? make(alg)
  made.set(alg, making)
  const { signing, stranger, published } = making
  const kid = 'sandbox-ehr-1'
  const own: JWK = { ...published, kid, use: 'sig', ...(keysSayAlgorithm && { alg }) }
  encrypting ??= encrypts ? makeEncrypting() : undefined
  const other = encrypts && encrypting
  return { alg, kid, signing, stranger, jwks: { keys: [...(other ? [other] : []), own] } }
}

function make(alg: SigningAlgorithm): Made {
  const [own, other] = [keyPair(alg), keyPair(alg)]
  return { signing: own.privateKey, stranger: other.privateKey, published: own.publicKey }
}

const makeEncrypting = (): JWK => ({
  ...keyPair('RSA-OAEP').publicKey,
  ...{ kid: 'sandbox-ehr-encrypting', alg: 'RSA-OAEP', use: 'enc' },
})
