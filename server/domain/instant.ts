// Arithmetic on FHIR instants. No clock in here: the House brings the time.
import { given } from './given.ts'
import type { Instant } from './ids.ts'

/** The first and the last moment that four digits of a year can say: a text beyond them would not compare with the others. */
const [first, last] = [Date.parse('0000-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')]

/** The instant of a number of milliseconds since 1970; beyond the year 9999 (some EHRs write "for ever" so), its last moment. */
export function instant(ms: number): Instant {
  // As a Date takes it. A dozen are written at each request, mostly of a day that was written before.
  const whole = Math.trunc(Math.min(Math.max(ms, first), last))
  const day = Math.floor(whole / dayMs)
  const of = whole - day * dayMs
  const [hours, minutes, seconds] = [
    Math.floor(of / 3_600_000),
    Math.floor(of / 60_000) % 60,
    Math.floor(of / 1000) % 60,
  ]
  return `${dayText(day)}${two[hours]}:${two[minutes]}:${two[seconds]}.${three[of % 1000]}Z` as Instant // sound: as toISOString writes it
}

const dayMs = 86_400_000
const two = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'))
const three = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'))
const days = new Map<number, string>()

/** `2026-03-02T`, by the days since 1970. What is no number is refused (RangeError). */
function dayText(day: number): string {
  const kept = days.get(day)
  if (kept !== undefined) return kept
  if (days.size >= 1000) days.clear()
  const text = new Date(day * dayMs).toISOString().slice(0, 11)
  days.set(day, text)
  return text
}

/** The instant of a clock, which tells milliseconds: written out once for all who ask in the same one. */
export function instantsOf(clock: () => number): () => Instant {
  let last = { ms: Number.NaN, at: instant(0) }
  return () => {
    const ms = clock()
    if (ms !== last.ms) last = { ms, at: instant(ms) }
    return last.at
  }
}

/** A FHIR dateTime taken apart: a year, a month, a day, or a time of day, in milliseconds since midnight UTC where it has a zone. */
type Parts = {
  readonly year: number
  /** 1 to 12. */
  readonly month?: number
  readonly day?: number
  readonly utc?: number
}

const dateTime =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.(\d{1,20}))?(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?)?)?)?$/

/** Undefined for what R4 does not allow, and for days that no calendar has (http://hl7.org/fhir/R4/datatypes.html#dateTime). */
function partsOf(text: string): Parts | undefined {
  const [, year = '', month, day, hour, ...time] = dateTime.exec(text) ?? []
  const date = given({ month: month && Number(month), day: day && Number(day) }) as Omit<Parts, 'year'> // sound: no part is an empty text
  if (Number(year) === 0 || !isReal(Number(year), date)) return undefined
  const [minute = '', second = '', fraction = '', zone] = time
  if (hour === undefined || zone === undefined) return { year: Number(year), ...date }
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second)
  const utc = seconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0')) - aheadOfUtc(zone)
  return { year: Number(year), ...date, utc }
}

function isReal(year: number, { month, day }: Omit<Parts, 'year'>): boolean {
  if (month === undefined) return true
  if (month < 1 || month > 12) return false
  return day === undefined || (day >= 1 && day <= new Date(dayInUtc(year, month + 1, 0)).getUTCDate())
}

/** Milliseconds since 1970 of a day's beginning in UTC. Date.UTC alone takes the year 54 for 1954. */
const dayInUtc = (year: number, month: number, day: number): number => new Date(0).setUTCFullYear(year, month - 1, day)

function aheadOfUtc(zone: string): number {
  if (zone === 'Z') return 0
  const ms = (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))) * 60_000
  return zone.startsWith('-') ? -ms : ms
}

/** Any FHIR dateTime with a time and zone as an instant in UTC; undefined for anything else: a time without a zone is no instant. */
export function instantOf(dateTime: string): Instant | undefined {
  const { year, month, day, utc } = partsOf(dateTime) ?? {}
  if (year === undefined || month === undefined || day === undefined || utc === undefined) return undefined
  return instant(dayInUtc(year, month, day) + utc)
}

/** Whether a text is a FHIR `date`: a year, a month or a day, and one that the calendar has (http://hl7.org/fhir/R4/datatypes.html#date). */
export const isDate = (text: string): boolean => text.length <= 10 && partsOf(text) !== undefined

/** When what a FHIR dateTime says begins: a day, a month or a year does at the clinic's midnight. Undefined for what says neither. */
export const firstOf = (dateTime: string, timeZone: string): Instant | undefined => bound(dateTime, timeZone, 0)

/** When it is over: a day, a month or a year at the clinic's midnight after it. Undefined for what says neither. */
export const endOf = (dateTime: string, timeZone: string): Instant | undefined => bound(dateTime, timeZone, 1)

/** A time without a zone is no day either. */
function bound(dateTime: string, timeZone: string, more: 0 | 1): Instant | undefined {
  const at = instantOf(dateTime)
  if (at !== undefined || !isDate(dateTime)) return at
  return instant(boundOfDays(dateTime, timeZone, more))
}

/** In milliseconds since 1970; for a date. */
function boundOfDays(date: string, timeZone: string, more: 0 | 1): number {
  const { year = 0, month, day } = partsOf(date) ?? {}
  if (month === undefined) return midnightOf(dayInUtc(year + more, 1, 1), timeZone)
  if (day === undefined) return midnightOf(dayInUtc(year, month + more, 1), timeZone)
  return midnightOf(dayInUtc(year, month, day + more), timeZone)
}

/** `at` moved by `seconds`, which may be negative. */
export const plus = (at: Instant, seconds: number): Instant => instant(Date.parse(at) + seconds * 1000)

/** Seconds from `from` to `to`, negative when `to` is earlier. */
export const secondsBetween = (from: Instant, to: Instant): number => (Date.parse(to) - Date.parse(from)) / 1000

/**
 * Whether `now` lies in a FHIR Period. A bound that is missing is open; a day, month or year counts whole, in the clinic's time zone
 * (http://hl7.org/fhir/R4/datatypes.html#Period), and a time without a zone as its day. Not so in one with a bound that nobody can read:
 * it may be over for years.
 */
export function within(
  period: { readonly start?: string; readonly end?: string } | undefined,
  now: Instant,
  timeZone: string,
): boolean {
  const { start, end } = { ...period }
  const [from, until] = [start && firstOf(dayOrInstant(start), timeZone), end && endOf(dayOrInstant(end), timeZone)]
  const begun = !start || (from !== undefined && from <= now)
  // The last instant still belongs to the period, the midnight after its last day does not.
  return begun && (!end || (until !== undefined && (now < until || instantOf(end) === now)))
}

const dayOrInstant = (dateTime: string): string =>
  instantOf(dateTime) === undefined && partsOf(dateTime) !== undefined ? dateTime.slice(0, 10) : dateTime

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

/** The instant at which the clinic's clocks show `HH:MM` on the day of `at`. */
export function atClock(at: Instant, clock: string, timeZone: string): Instant {
  const { year, month, day } = wallClock(Date.parse(at), timeZone)
  const [hour = 0, minute = 0] = clock.split(':').map(Number)
  const ms = dayInUtc(year, month, day) + (hour * 60 + minute) * 60_000
  // As at midnight: the clocks may change between.
  return instant(ms - zoneOffset(ms - zoneOffset(ms, timeZone), timeZone))
}

function midnightBefore(ms: number, timeZone: string): number {
  const { year, month, day } = wallClock(ms, timeZone)
  return midnightOf(dayInUtc(year, month, day), timeZone)
}

/** The beginning of a day in a time zone; `midnight` is its beginning in UTC. Both in milliseconds since 1970. */
function midnightOf(midnight: number, timeZone: string): number {
  // The offset at midnight may differ from the offset before or after it, on the day the clocks change.
  const guess = midnight - zoneOffset(midnight, timeZone)
  return midnight - zoneOffset(guess, timeZone)
}

/** How far a zone is ahead of UTC then, in milliseconds; `ms` since 1970. */
export const zoneOffset = (ms: number, timeZone: string): number => {
  const w = wallClock(ms, timeZone)
  const seconds = (w.hour * 60 + w.minute) * 60 + w.second
  return dayInUtc(w.year, w.month, w.day) + (seconds - Math.floor(ms / 1000)) * 1000
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Made once for each zone: that takes longer than all the rest. */
function clockIn(timeZone: string): Intl.DateTimeFormat {
  const kept = clocks.get(timeZone)
  if (kept !== undefined) return kept
  const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const
  const made = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...fields, second: 'numeric' })
  clocks.set(timeZone, made)
  return made
}

function wallClock(ms: number, timeZone: string) {
  const parts = clockIn(timeZone).formatToParts(ms)
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
