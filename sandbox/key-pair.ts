// Makes key pairs, for signing and for encrypting, as JWKs (RFC 7517).
// Refuses to hand out the objects Node makes of them: asked for the JWK of one, Node 20 holds its lock while it may collect garbage, and whatever made the key
// takes the same lock when it is collected: the process then waits for itself for ever, without using the processor. What is written out and read back has
// a lock of its own.
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import type { JWK } from 'jose'

const curves = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' } as const
type Alg = keyof typeof curves | 'RS256' | 'RS384' | 'PS256' | 'RSA-OAEP'
export type KeyPair = { readonly privateKey: JWK; readonly publicKey: JWK }

const publicKeyEncoding = { type: 'spki', format: 'der' } as const
const privateKeyEncoding = { type: 'pkcs8', format: 'der' } as const

/** A fresh pair for `alg`; an RSA key has `modulusLength` bits. Neither JWK says its `alg`, `kid` or `use`. */
export function keyPair(alg: Alg, modulusLength = 2048): KeyPair {
  const made = isOfCurve(alg)
    ? generateKeyPairSync('ec', { namedCurve: curves[alg], publicKeyEncoding, privateKeyEncoding })
    : generateKeyPairSync('rsa', { modulusLength, publicKeyEncoding, privateKeyEncoding })
  const privateKey = createPrivateKey({ key: made.privateKey, format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey({ key: made.publicKey, format: 'der', type: 'spki' })
  return { privateKey: privateKey.export({ format: 'jwk' }), publicKey: publicKey.export({ format: 'jwk' }) }
}

const isOfCurve = (alg: Alg): alg is keyof typeof curves => alg in curves
