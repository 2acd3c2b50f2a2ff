// A clinician's visits with somebody at the door or in the call are found by the clinician and a day on which somebody came.
import type { Instant } from '../domain/ids.ts'

/** `2026-03-02`, in UTC. */
export const dayInUtc = (at: Instant): string => at.slice(0, 10)

export const attendedOn = (who: string, day: string): string => `${who} ${day}`
