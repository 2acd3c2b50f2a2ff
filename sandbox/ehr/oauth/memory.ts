// Owns what the authorization server remembers of a browser: who signed in there and for whom, by a cookie, for as long as the
// personality does. Whoever sits down at that browser next is taken for them.
import { randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import type { Hospital } from '../hospital.ts'
import type { Context } from './grants.ts'

export type SignInMemory = {
  keep(response: Response, context: Context): void
  /** Who signed in last in this browser at this base, with the patient of then; undefined where nobody did, or it is over. */
  of(request: Request, iss: string): Context | undefined
}

const cookie = 'ehr-sign-in'

export function signInMemory({ personality, now }: Hospital): SignInMemory {
  const seconds = personality.smart?.remembersSeconds
  if (seconds === undefined) return { keep: () => undefined, of: () => undefined }
  const kept = new Map<string, { context: Context; until: number }>()
  return {
    keep(response, context) {
      const key = randomBytes(24).toString('base64url')
      kept.set(key, { context, until: now().getTime() + seconds * 1000 })
      response.cookie(cookie, key, { httpOnly: true, maxAge: seconds * 1000, path: '/oauth', sameSite: 'lax' })
    },
    of(request, iss) {
      const pairs = (request.get('Cookie') ?? '').split('; ').map((pair) => pair.split('='))
      const found = kept.get(pairs.find(([name]) => name === cookie)?.[1] ?? '')
      return found && found.until > now().getTime() && found.context.iss === iss ? found.context : undefined
    },
  }
}
