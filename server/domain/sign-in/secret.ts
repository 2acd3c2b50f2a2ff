// How the secrets of cookies, keys and hooks are kept and compared: as hashes, in a time that tells nothing.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Launch } from './launch.ts'

/** SHA-256, base64url. The secrets are 256 random bits, so nothing slower is needed. */
export const hashed = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

export const sameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** By the cookie of the callback, or by that of the window the sign-in was handed over to. */
export function opens(secret: string, { secretHash, windowHash }: Launch): boolean {
  const hash = hashed(secret)
  return sameHash(hash, secretHash) || (windowHash !== undefined && sameHash(hash, windowHash))
}
