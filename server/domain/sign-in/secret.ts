// How the secrets of cookies, keys and hooks are kept and compared: as hashes, in a time that tells nothing.
import { hash, timingSafeEqual } from 'node:crypto'
import type { Launch } from './launch.ts'

/** SHA-256, base64url. The secrets are 256 random bits, so nothing slower is needed. */
export const hashed = (secret: string): string => hash('sha256', secret, 'base64url')

export const sameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** By the cookie of the callback, or by that of the window the sign-in was handed over to. */
export function opens(secret: string, { secretHash, windowHash }: Launch): boolean {
  const brought = hashed(secret)
  return sameHash(brought, secretHash) || (windowHash !== undefined && sameHash(brought, windowHash))
}
