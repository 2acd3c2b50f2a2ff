// A sign-in handed over to a window of its own: by a key that is good once, for a minute, and for nothing but this sign-in.
// Refuses a key that was used, replaced, came too late, or was never given out: to the bearer they are all one.

import { Refusal } from '../errors.ts'
import { given } from '../given.ts'
import type { Instant, VisitId } from '../ids.ts'
import { plus } from '../instant.ts'
import { retention } from '../retention.ts'
import { type Launch, requireLasting, seen } from './launch.ts'

/** The key was given out; `keyHash` is its hash. A new key takes the place of the last. Refuses (`not-your-visit`) a visit this sign-in has not opened. */
export function handedOver(launch: Launch, keyHash: string, visit: VisitId | undefined, now: Instant): Launch {
  if (visit !== undefined && !launch.visits.includes(visit)) throw new Refusal('not-your-visit')
  const expiresAt = plus(now, retention.handOver)
  return { ...launch, handOver: { keyHash, expiresAt, ...given({ visit }) } }
}

/**
 * The window brought the key: from now on its cookie opens this sign-in as well. The key must be spent in the same change: a second window
 * with it must find nothing. A window before this one is let go. Refuses `hand-over-unknown` and `session-ended`.
 */
export function takenOver(launch: Launch, keyHash: string, windowHash: string, now: Instant): Launch {
  const { handOver: _spent, ...rest } = requireKey(launch, keyHash, now)
  return { ...seen(rest, now), windowHash }
}

/** Passes on a launch that this key would open, and spends nothing. Refuses as `takenOver` does. */
export function requireKey(launch: Launch, keyHash: string, now: Instant): Launch {
  const { handOver } = requireLasting(launch, now)
  if (handOver === undefined || handOver.keyHash !== keyHash || now >= handOver.expiresAt)
    throw new Refusal('hand-over-unknown')
  return launch
}
