// A clinician's visits with somebody at the door or in the call are found by the clinician and a day on which somebody came.
import type { Instant } from '../domain/ids.ts'
import { plus } from '../domain/instant.ts'

/** `2026-03-02`, in UTC. */
export const dayInUtc = (at: Instant): string => at.slice(0, 10)

export const attendedOn = (who: string, day: string): string => `${who} ${day}`

/** Under these keys stand all of a clinician's visits that somebody may be at now: none stays at a door, or in a call, for longer than a day. */
export const attendedLately = (who: string, now: Instant): readonly string[] =>
  [now, plus(now, -24 * 3600)].map((at) => attendedOn(who, dayInUtc(at)))
