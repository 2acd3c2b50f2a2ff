// Owns everything the authorization server hands out and takes back: launches, codes, access and refresh tokens.
// Refuses what is spent, expired, revoked or another client's; using a code or a refresh token twice revokes its whole family.
import { randomBytes } from 'node:crypto'
import type { ContextShape, UserRef } from '../contract.ts'
import { OAuthError } from './errors.ts'

export type Context = {
  /** The FHIR base this sign-in is for, and no other. */
  iss: string
  user: UserRef
  patient?: string
  encounter?: string
  appointment?: string
  besides?: readonly string[]
  contextShape: ContextShape
  needPatientBanner: boolean
}

/** What one sign-in gave one client. Its code and all its tokens share a family, and fall together. */
export type Grant = { family: string; clientId: string; context: Context; scopes: readonly string[]; nonce?: string }

type Code = Grant & { redirectUri: string; challenge: string }

export type Grants = {
  mintLaunch(context: Context, clientId?: string): string
  /** Spends the launch; it is bound to the client whose app it was made for, and to the base it was made at. */
  spendLaunch(launch: string, clientId: string, iss: string): Context
  mintCode(code: Omit<Code, 'family'>): string
  spendCode(code: string): Code
  /** Whether it was ever given; spends nothing. */
  knowsCode(code: string): boolean
  mintAccess(grant: Grant, seconds: number): string
  access(token: string): Grant | undefined
  mintRefresh(grant: Grant): string
  /** The grant behind a refresh token. `rotate` spends it: coming again with it then ends the whole family, or is `spare`d that. */
  useRefresh(token: string, clientId: string, how: { rotate: boolean; spare: boolean }): Grant
}

const minute = 60_000
const lifetimes = { launch: 5 * minute, code: minute, refresh: 90 * 24 * 60 * minute }

type Dated<T> = { value: T; endsAt: number; spent: boolean }

type Shelf<T> = {
  put(value: T, lifetime: number): string
  find(key: string): Dated<T> | undefined
  isOver(of: Dated<T>): boolean
}

function newShelf<T>(now: () => Date): Shelf<T> {
  const kept = new Map<string, Dated<T>>()
  return {
    put(value, lifetime) {
      const key = randomBytes(32).toString('base64url')
      kept.set(key, { value, endsAt: now().getTime() + lifetime, spent: false })
      return key
    },
    find: (key) => kept.get(key),
    isOver: ({ endsAt }) => now().getTime() >= endsAt,
  }
}

export function newGrants(now: () => Date): Grants {
  const revoked = new Set<string>()
  const accesses = newShelf<Grant>(now)
  return {
    ...launchGrants(now),
    ...codeGrants(now, revoked),
    ...refreshGrants(now, revoked),
    mintAccess: (grant, seconds) => accesses.put(grant, seconds * 1000),
    access(token) {
      const found = accesses.find(token)
      return found && !accesses.isOver(found) && !revoked.has(found.value.family) ? found.value : undefined
    },
  }
}

function launchGrants(now: () => Date): Pick<Grants, 'mintLaunch' | 'spendLaunch'> {
  const launches = newShelf<{ context: Context; clientId?: string }>(now)
  return {
    mintLaunch: (context, clientId) => launches.put({ context, ...(clientId && { clientId }) }, lifetimes.launch),
    spendLaunch(launch, clientId, iss) {
      const refused = (why: string) => new OAuthError('invalid_request', why)
      const found = launches.find(launch)
      if (!found) throw refused('This launch is not known here.')
      if (found.value.clientId && found.value.clientId !== clientId)
        throw refused('This launch was made for another app.')
      if (found.value.context.iss !== iss) throw refused('This launch was made at another base than aud.')
      if (found.spent) throw refused('This launch has been used already.')
      if (launches.isOver(found)) throw refused('This launch is too old. Start the app again.')
      found.spent = true
      return found.value.context
    },
  }
}

function codeGrants(now: () => Date, revoked: Set<string>): Pick<Grants, 'mintCode' | 'spendCode' | 'knowsCode'> {
  const codes = newShelf<Code>(now)
  return {
    mintCode: (code) => codes.put({ ...code, family: randomBytes(16).toString('base64url') }, lifetimes.code),
    knowsCode: (code) => codes.find(code) !== undefined,
    spendCode(code) {
      const found = codes.find(code)
      if (!found) throw new OAuthError('invalid_grant', 'This code is not known here.')
      if (found.spent) {
        // RFC 6749, 4.1.2: whoever comes second may have stolen it, and so may whoever came first.
        revoked.add(found.value.family)
        throw new OAuthError('invalid_grant', 'This code has been used already; its tokens are revoked.')
      }
      found.spent = true
      if (codes.isOver(found)) throw new OAuthError('invalid_grant', 'This code has expired.')
      return found.value
    },
  }
}

function refreshGrants(now: () => Date, revoked: Set<string>): Pick<Grants, 'mintRefresh' | 'useRefresh'> {
  const refreshes = newShelf<Grant>(now)
  return {
    mintRefresh: (grant) => refreshes.put(grant, lifetimes.refresh),
    useRefresh(token, clientId, { rotate, spare }) {
      const refused = (why: string) => new OAuthError('invalid_grant', why)
      const found = refreshes.find(token)
      if (!found || found.value.clientId !== clientId) throw refused('This refresh token is not known for this client.')
      if (found.spent && spare) throw new OAuthError('invalid_request', 'Invalid token')
      if (found.spent) {
        // RFC 9700, 4.14.2: one of two holders is a thief, and nobody knows which.
        revoked.add(found.value.family)
        throw refused('This refresh token has been used already; its tokens are revoked.')
      }
      if (refreshes.isOver(found) || revoked.has(found.value.family)) throw refused('This refresh token has ended.')
      found.spent = rotate
      return found.value
    },
  }
}
