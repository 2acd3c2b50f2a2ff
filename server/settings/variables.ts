// What a variable of the environment may hold: a file's path, random bytes, a secret, keys. Reads no variable itself.
// Refuses what is too short, torn or no key at all, in words that never repeat the value.
import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'

export const fileOf = <T>(schema: z.ZodType<T>) =>
  z
    .string()
    .min(1)
    .transform((path, context) => {
      try {
        return JSON.parse(readFileSync(path, 'utf8')) as unknown
      } catch {
        context.addIssue({ code: 'custom', message: 'names a file that cannot be read as JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)

export const base64Bytes = (least: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/, 'must be base64url')
    .transform((text) => new Uint8Array(Buffer.from(text, 'base64url')))
    .refine((bytes) => bytes.length >= least, { message: `must hold at least ${least} random bytes, as base64url` })

/** Of a secret that others send us, in characters: a longer one is not compared. */
export const longestSecret = 1_000

export const secret = (least: number) =>
  z
    .string()
    .transform((text) => new TextEncoder().encode(text))
    .refine((bytes) => bytes.length >= least, { message: `must be at least ${least} characters` })

export const sealKeys = z
  .string()
  .min(1)
  .transform((text) => text.split(',').map((part) => part.split(':')))
  .pipe(
    z.array(
      z
        .tuple(
          [
            z.string().min(1),
            base64Bytes(32).refine((b) => b.length === 32, { message: 'each key must hold exactly 32 bytes' }),
          ],
          {
            error: 'must be kid:key pairs with commas between them',
          },
        )
        .transform(([kid, key]) => ({ kid, key })),
    ),
  )

const JitsiKey = z
  .looseObject({ kty: z.literal('RSA'), kid: z.string().min(1), alg: z.literal('RS256'), d: z.string() })
  .refine(strongRsa, { message: 'must be a whole private RSA key of 2048 bits or more' })

/** An organisation's keys for its Jitsi: RS256, as Prosody takes them. The first signs. */
export const JitsiKeys = z.object({
  keys: z.array(JitsiKey).min(1).refine(eachItsOwnKid, { message: 'each key has a kid of its own' }),
})

function eachItsOwnKid(keys: readonly { readonly kid: string }[]): boolean {
  return new Set(keys.map((k) => k.kid)).size === keys.length
}

function strongRsa(jwk: Readonly<Record<string, unknown>>): boolean {
  try {
    const { asymmetricKeyDetails } = createPrivateKey({ key: { ...jwk }, format: 'jwk' })
    return (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048
  } catch {
    return false
  }
}

/** Whom to tell of a weakness, the best way first: addresses with spaces between, each as RFC 9116, 2.5.3 has it. */
export const securityContacts = z
  .string()
  .transform((text) => text.trim().split(/ +/))
  .pipe(
    z.array(
      z.string().regex(/^(mailto:[^\s@]{1,64}@[^\s@]{1,255}|https:\/\/[^\s]{1,500}|tel:\+?[0-9().-]{3,30})$/, {
        message: 'must be mailto:, https: or tel: addresses with spaces between, such as mailto:security@example.org',
      }),
    ),
  )
