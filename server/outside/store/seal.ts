// Seals text at rest as JWE (RFC 7516: dir, A256GCM) under a ring of keys, so that a stolen disc tells nothing.
// Refuses a seal that was altered, moved to another context, or made with a key that is not on the ring.
import { createHash } from 'node:crypto'
import { CompactEncrypt, type CryptoKey, compactDecrypt, decodeProtectedHeader } from 'jose'

/** The first key seals, every key opens; a key is 32 bytes and leaves the ring when nothing sealed with it is kept any more. */
export type KeyRing = readonly { readonly kid: string; readonly key: Uint8Array }[]

export type Sealer = {
  seal(text: string, context: string): Promise<string>
  /** Refuses with SealBroken; `context` must be the one it was sealed for. */
  open(sealed: string, context: string): Promise<string>
}

/** Why a seal does not open. Holds no plaintext and no key. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'
  readonly code: 'unknown-key' | 'altered' | 'moved'
  constructor(code: SealBroken['code'], options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}

/** Refuses (RangeError) an empty ring, a kid used twice, and a key that is not 32 bytes. */
export function sealer(ring: KeyRing): Sealer {
  const first = ring[0]
  if (!first) throw new RangeError('the key ring is empty')
  if (ring.some(({ key }) => key.byteLength !== 32)) throw new RangeError('every key of the ring must have 32 bytes')
  const keys = new Map(ring.map(({ kid, key }) => [kid, imported(key)]))
  if (keys.size !== ring.length) throw new RangeError('a kid of the ring is used twice')
  const sealing = imported(first.key)

  return {
    async seal(text, context) {
      return new CompactEncrypt(new TextEncoder().encode(text))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: first.kid, ctx: fingerprint(context) })
        .encrypt(await sealing)
    },
    async open(sealed, context) {
      const { kid, ctx } = header(sealed)
      const key = await (typeof kid === 'string' ? keys.get(kid) : undefined)
      if (!key) throw new SealBroken('unknown-key')
      const text = await decrypted(sealed, key)
      if (ctx !== fingerprint(context)) throw new SealBroken('moved')
      return text
    },
  }
}

function imported(key: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', Uint8Array.from(key), 'AES-GCM', false, ['encrypt', 'decrypt'])
}

// The header is readable by anyone: it binds the context by its hash and so does not tell it.
const fingerprint = (context: string) => createHash('sha256').update(context).digest('base64url')

function header(sealed: string) {
  try {
    return decodeProtectedHeader(sealed)
  } catch (cause) {
    throw new SealBroken('altered', { cause })
  }
}

async function decrypted(sealed: string, key: CryptoKey): Promise<string> {
  try {
    const { plaintext } = await compactDecrypt(sealed, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    })
    return new TextDecoder().decode(plaintext)
  } catch (cause) {
    throw new SealBroken('altered', { cause })
  }
}
