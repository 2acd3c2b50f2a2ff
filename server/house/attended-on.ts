// How a visit is found while somebody is at its door or in its call: by a clinician, and a day in UTC on which somebody came.
import type { Instant } from '../domain/ids.ts'
import { plus } from '../domain/instant.ts'

/** `2026-03-02`. */
export const dayInUtc = (at: Instant): string => at.slice(0, 10)

export const attendedOn = (who: string, day: string): string => `${who} ${day}`

/** The days on which somebody came who may be there now: none stays at a door, or in a call, for longer than a day. */
export const daysUntil = (now: Instant): readonly string[] => [dayInUtc(now), dayInUtc(plus(now, -24 * 3600))]
