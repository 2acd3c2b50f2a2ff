// How often each may ask: a sign-in, an address, a clinic's Jitsi. Generous: a whole clinic stands behind one address.
// Refuses (`too-many`) whoever is over, with the seconds after which it is granted.
import type { Request, RequestHandler, Response } from 'express'
import { Refusal } from '../domain/errors.ts'
import type { OrganisationId } from '../domain/ids.ts'
import type { Caller } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { knownOf } from './guards.ts'
import { looks } from './request-line.ts'

/** A minute, but for `atOnce`. */
export const usualLimits = {
  /** Of one sign-in: all that is asked; of it, what writes; and event streams that are opened. A page in a call writes some forty times. */
  asks: 1_200,
  writes: 600,
  streams: 120,
  /** Of one sign-in, under way at the same time. */
  atOnce: 16,
  /** Of one address: what writes, whoever sends it. Five hundred people in calls at one clinic write some twenty thousand times. */
  writesOfAddress: 30_000,
  /** Of one address, for each station of the way in. */
  launches: 600,
  /** Of all addresses together: each puts a row on the disc for twenty minutes at most. */
  launchesInAll: 6_000,
  /** Of one address, and of all: codes of invitations that are typed. A guess is one in thirty million, and a code takes five. */
  codes: 10,
  codesInAll: 600,
  /** Of one address that shows no good secret where Jitsi's server must. */
  strangers: 60,
  /** Of one organisation's Jitsi: rooms and people that come and go. */
  jitsi: 12_000,
}
export type PerMinute = typeof usualLimits

export type Limits = {
  /** By address. */
  writes(request: Request, response: Response): void
  readonly launches: RequestHandler
  /** Counts what somebody signed in asks; call what comes back when it is done. */
  begun(request: Request, caller: Caller): () => void
  streams(caller: Caller): void
  /** A code of an invitation is typed. */
  codes(response: Response): void
  jitsi(organisation: OrganisationId): void
  strangers(response: Response): void
}

export function openLimits({ memory: { counts }, now }: House, most: PerMinute): Limits {
  const count = (what: keyof PerMinute, who: string, name: string = what) => {
    const retryAfter = counts.again(name, who, most[what], now())
    if (retryAfter !== undefined) throw new Refusal('too-many', { detail: { retryAfter } })
  }
  return {
    writes(request, response) {
      if (!looks(request)) count('writesOfAddress', addressFrom(response))
    },
    launches(request, response, next) {
      const station = String(request.route?.path)
      count('launches', addressFrom(response), station)
      if (station === '/smart/launch') count('launchesInAll', '')
      next()
    },
    begun(request, { signIn }) {
      count('asks', signIn)
      if (!looks(request)) count('writes', signIn)
      const done = counts.take(signIn, most.atOnce)
      if (done === undefined) throw new Refusal('too-many', { detail: { retryAfter: 1 } })
      return done
    },
    codes(response) {
      count('codes', addressFrom(response))
      count('codesInAll', '')
    },
    streams: ({ signIn }) => count('streams', signIn),
    jitsi: (organisation) => count('jitsi', organisation),
    strangers: (response) => count('strangers', addressFrom(response)),
  }
}

const addressFrom = (response: Response): string => knownOf(response).address ?? 'unknown'
