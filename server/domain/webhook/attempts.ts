// What is tried again until it is taken or given up: when it is due, and how it stands with all of it. Pure.
import type { Instant } from '../ids.ts'
import { plus } from '../instant.ts'

type Tried = { readonly attempts: number; readonly dueAt: Instant; readonly givenUp?: object }

/** By so much of itself a pause may be longer: what failed together does not come again together. */
const mostJitter = 0.2
/** Seconds: whoever is told may ask for no longer a rest. */
export const longestRest = 24 * 3_600

/** `pause` and `retryAfter`: seconds; no sooner than was asked for. `luck`: 0 to 1, evenly. */
export const dueAfter = (now: Instant, pause: number, retryAfter: number, luck: number): Instant =>
  plus(now, Math.max(pause * (1 + luck * mostJitter), Math.min(retryAfter, longestRest)))

/** All of it is due now, as if it had never been tried. */
export const asIfNew = <T extends Tried>(all: readonly T[], now: Instant) =>
  all.map(({ givenUp: _, ...one }) => ({ ...one, attempts: 0, dueAt: now }))

export function waitingIn<T extends Tried>(
  all: readonly T[],
): { readonly waits: readonly T[]; readonly givenUp: number } {
  const waits = all.filter(({ givenUp }) => givenUp === undefined)
  return { waits, givenUp: all.length - waits.length }
}
