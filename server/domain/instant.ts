// Arithmetic on FHIR instants. No clock in here: the House brings the time.
import type { Instant } from './ids.ts'

/** The instant of a number of milliseconds since 1970. */
export const instant = (ms: number): Instant => new Date(ms).toISOString() as Instant // sound: toISOString is an instant

/** The instant of a clock, which tells milliseconds: written out once for all who ask in the same one. */
export function instantsOf(clock: () => number): () => Instant {
  let last = { ms: Number.NaN, at: instant(0) }
  return () => {
    const ms = clock()
    if (ms !== last.ms) last = { ms, at: instant(ms) }
    return last.at
  }
}

/** Any FHIR dateTime with a time and zone as an instant in UTC; undefined for what is no date. */
export function instantOf(dateTime: string): Instant | undefined {
  const ms = Date.parse(dateTime)
  return Number.isNaN(ms) ? undefined : instant(ms)
}

/** `at` moved by `seconds`, which may be negative. */
export const plus = (at: Instant, seconds: number): Instant => instant(Date.parse(at) + seconds * 1000)

/** Seconds from `from` to `to`, negative when `to` is earlier. */
export const secondsBetween = (from: Instant, to: Instant): number => (Date.parse(to) - Date.parse(from)) / 1000

/** Whether `now` lies in a FHIR Period; a bound that is missing is open; a day, month or year as its end counts to its last moment. */
export function within(period: { readonly start?: string; readonly end?: string } | undefined, now: Instant): boolean {
  const start = period?.start === undefined ? undefined : instantOf(period.start)
  const end = period?.end === undefined ? undefined : lastOf(period.end)
  return (start === undefined || start <= now) && (end === undefined || now <= end)
}

/** The last moment of a FHIR dateTime, which may be a day, a month or a year (http://hl7.org/fhir/R4/datatypes.html#Period). */
function lastOf(dateTime: string): Instant | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(dateTime) ?? []
  if (year === undefined) return instantOf(dateTime)
  if (month === undefined) return instant(Date.UTC(Number(year) + 1, 0) - 1)
  if (day === undefined) return instant(Date.UTC(Number(year), Number(month)) - 1)
  return instant(Date.UTC(Number(year), Number(month) - 1, Number(day) + 1) - 1)
}

export const earliest = (...of: readonly Instant[]): Instant => of.reduce((a, b) => (a < b ? a : b))

export const latest = (...of: readonly Instant[]): Instant => of.reduce((a, b) => (a > b ? a : b))

/**
 * The clinic's day around `now`: its midnight and the next one, as instants.
 * Explicit bounds, because servers differ in what `date=2026-03-02` means.
 */
export function dayBounds(now: Instant, timeZone: string): { from: Instant; until: Instant } {
  const from = midnightBefore(Date.parse(now), timeZone)
  // A day may have 23 or 25 hours: 30 hours after midnight is always within the next day.
  const until = midnightBefore(from + 30 * 3_600_000, timeZone)
  return { from: instant(from), until: instant(until) }
}

function midnightBefore(ms: number, timeZone: string): number {
  const local = wallClock(ms, timeZone)
  const midnight = Date.UTC(local.year, local.month - 1, local.day)
  // The offset at midnight may differ from the offset now, on the day the clocks change.
  const guess = midnight - offset(ms, timeZone)
  return midnight - offset(guess, timeZone)
}

const offset = (ms: number, timeZone: string): number => {
  const w = wallClock(ms, timeZone)
  return Date.UTC(w.year, w.month - 1, w.day, w.hour, w.minute, w.second) - Math.floor(ms / 1000) * 1000
}

function wallClock(ms: number, timeZone: string) {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(ms)
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value)
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  }
}
