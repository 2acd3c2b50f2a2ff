// Owns everything the authorization server hands out and takes back: launches, codes, access and refresh tokens.
// Refuses what is spent, expired, revoked or another client's; using a code or a refresh token twice revokes its whole family.
import { randomBytes } from 'node:crypto'
import type { ContextShape, UserRef } from '../contract.ts'
import { OAuthError } from './errors.ts'

export type Context = {
  user: UserRef
  patient?: string
  encounter?: string
  appointment?: string
  contextShape: ContextShape
  needPatientBanner: boolean
}

/** What one sign-in gave one client. Its code and all its tokens share a family, and fall together. */
export type Grant = { family: string; clientId: string; context: Context; scopes: readonly string[]; nonce?: string }

type Code = Grant & { redirectUri: string; challenge: string }

export type Grants = {
  mintLaunch(context: Context, clientId?: string): string
  /** Spends the launch; it is bound to the client whose app it was made for. */
  spendLaunch(launch: string, clientId: string): Context
  mintCode(code: Omit<Code, 'family'>): string
  spendCode(code: string): Code
  mintAccess(grant: Grant, seconds: number): string
  access(token: string): Grant | undefined
  mintRefresh(grant: Grant): string
  /** The grant behind a refresh token. `rotate` spends it: coming again with it then ends the whole family. */
  useRefresh(token: string, clientId: string, rotate: boolean): Grant
}

const minute = 60_000
const lifetimes = { launch: 5 * minute, code: minute, refresh: 90 * 24 * 60 * minute }

type Dated<T> = { value: T; endsAt: number; spent: boolean }

export function newGrants(now: () => Date): Grants {
  const launches = new Map<string, Dated<{ context: Context; clientId?: string }>>()
  const codes = new Map<string, Dated<Code>>()
  const accesses = new Map<string, Dated<Grant>>()
  const refreshes = new Map<string, Dated<Grant>>()
  const revoked = new Set<string>()

  const keep = <T>(shelf: Map<string, Dated<T>>, value: T, lifetime: number): string => {
    const key = randomBytes(32).toString('base64url')
    shelf.set(key, { value, endsAt: now().getTime() + lifetime, spent: false })
    return key
  }
  const isOver = (dated: Dated<unknown>) => now().getTime() >= dated.endsAt

  return {
    mintLaunch: (context, clientId) => keep(launches, { context, ...(clientId && { clientId }) }, lifetimes.launch),
    spendLaunch(launch, clientId) {
      const found = launches.get(launch)
      if (!found) throw new OAuthError('invalid_request', 'This launch is not known here.')
      if (found.value.clientId && found.value.clientId !== clientId) {
        throw new OAuthError('invalid_request', 'This launch was made for another app.')
      }
      if (found.spent) throw new OAuthError('invalid_request', 'This launch has been used already.')
      if (isOver(found)) throw new OAuthError('invalid_request', 'This launch is too old. Start the app again.')
      found.spent = true
      return found.value.context
    },
    mintCode: (code) => keep(codes, { ...code, family: randomBytes(16).toString('base64url') }, lifetimes.code),
    spendCode(code) {
      const found = codes.get(code)
      if (!found) throw new OAuthError('invalid_grant', 'This code is not known here.')
      if (found.spent) {
        // RFC 6749, 4.1.2: whoever comes second may have stolen it, and so may whoever came first.
        revoked.add(found.value.family)
        throw new OAuthError('invalid_grant', 'This code has been used already; its tokens are revoked.')
      }
      found.spent = true
      if (isOver(found)) throw new OAuthError('invalid_grant', 'This code has expired.')
      return found.value
    },
    mintAccess: (grant, seconds) => keep(accesses, grant, seconds * 1000),
    access(token) {
      const found = accesses.get(token)
      return found && !isOver(found) && !revoked.has(found.value.family) ? found.value : undefined
    },
    mintRefresh: (grant) => keep(refreshes, grant, lifetimes.refresh),
    useRefresh(token, clientId, rotate) {
      const found = refreshes.get(token)
      if (!found || found.value.clientId !== clientId) {
        throw new OAuthError('invalid_grant', 'This refresh token is not known for this client.')
      }
      if (found.spent) {
        revoked.add(found.value.family)
        throw new OAuthError('invalid_grant', 'This refresh token has been used already; its tokens are revoked.')
      }
      if (isOver(found) || revoked.has(found.value.family)) {
        throw new OAuthError('invalid_grant', 'This refresh token has ended.')
      }
      found.spent = rotate
      return found.value
    },
  }
}
