// Times, dates and ages in words, in the clinic's time zone, and with its name where the reader's clock shows another time. Pure: the time now is given.
import { times } from './words.ts'

/** The page's language, in the reader's own habit (10:30 or 10:30 AM). */
export const locale = (languages: readonly string[]): string =>
  (languages.find((l) => l.split('-')[0] === times.language) ?? times.habit) + times.asked
const mine = () => locale(globalThis.navigator?.languages ?? [])

/** The reader's zone; undefined, `Intl`'s word for it, where that is the device's. */
type Own = string | undefined

/**
 * In words, with the clinic's zone where the reader's own clock shows another time then: a time without a zone is the reader's own too.
 */
const shown = (at: string | number, of: string, timeZone: string, as: Intl.DateTimeFormatOptions, own: Own): string =>
  new Intl.DateTimeFormat(of, {
    ...as,
    timeZone,
    ...(isOwn(at, timeZone, own) ? {} : { timeZoneName: 'short' }),
  }).format(new Date(at))

function isOwn(at: string | number, timeZone: string, own: Own): boolean {
  const [there, here] = [timeZone, own].map((zone) =>
    new Intl.DateTimeFormat('en', { dateStyle: 'short', timeStyle: 'short', ...(zone && { timeZone: zone }) }).format(
      new Date(at),
    ),
  )
  return there === here
}

const minutes = { hour: 'numeric', minute: '2-digit' } as const
const date = { month: 'short', day: 'numeric' } as const

/** `10:30` or `10:30 AM`: for where the day stands beside it. Everywhere else a time is `clock` (clock.ts). */
export const timeOfDay = (at: string | number, timeZone: string, of = mine(), own?: string): string =>
  shown(at, of, timeZone, minutes, own)

/** `10:30:07`: for what may be done twice within a minute. */
export const toTheSecond = (at: number, timeZone: string, of = mine(), own?: string): string =>
  shown(at, of, timeZone, { ...minutes, second: '2-digit' }, own)

/** `2 Mar 2026, 10:30`: for what is read on any day, such as within a note. */
export const dateAndClock = (at: string | number, timeZone: string, of = mine(), own?: string): string =>
  shown(at, of, timeZone, { ...date, ...minutes, year: 'numeric' }, own)

/** The clinic's day of an instant, as `2026-11-30`. */
export const dateIn = (at: string | number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }).format(new Date(at))

/** `10:30` of the day `today` (dateIn), `29 Nov, 10:30` of another one, and with its year where that is another too. */
export function timeOn(at: string | number, today: string, timeZone: string, of = mine(), own?: string): string {
  const its = dateIn(at, timeZone)
  if (its === today) return timeOfDay(at, timeZone, of, own)
  const year = its.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' as const }
  return shown(at, of, timeZone, { ...date, ...minutes, ...year }, own)
}

/** `Monday, 2 March`. */
export const day = (at: string | number, timeZone: string, of = mine()): string =>
  new Intl.DateTimeFormat(of, { weekday: 'long', day: 'numeric', month: 'long', timeZone }).format(new Date(at))

/** `today at 10:30`, or with the day when it is another one. */
export function when(at: string | number, now: number, timeZone: string, of = mine(), own?: string): string {
  const time = timeOfDay(at, timeZone, of, own)
  return day(at, timeZone, of) === day(now, timeZone, of) ? times.today(time) : times.on(day(at, timeZone, of), time)
}

/** The same with the zone's whole name, for the times that a visit begins by. */
export const whenNamed = (at: string | number, now: number, timeZone: string, of = mine(), own?: string): string =>
  named(when(at, now, timeZone, of, timeZone), at, timeZone, of, own)
export const clockNamed = (at: string | number, now: number, timeZone: string, of = mine(), own?: string): string =>
  named(timeOn(at, dateIn(now, timeZone), timeZone, of, timeZone), at, timeZone, of, own)

function named(words: string, at: string | number, timeZone: string, of: string, own: Own): string {
  if (isOwn(at, timeZone, own)) return words
  const parts = new Intl.DateTimeFormat(of, { timeZoneName: 'long', timeZone }).formatToParts(new Date(at))
  return times.zoned(words, parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone)
}

/** How long, in words: `less than a minute`, `1 minute`, `1 hour 5 minutes`. */
export function span(fromMs: number, toMs: number): string {
  const minutes = Math.max(0, Math.floor((toMs - fromMs) / 60_000))
  if (minutes === 0) return times.moment
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  const parts = [...(hours > 0 ? [unit(hours, 'hour')] : []), ...(rest > 0 ? [unit(rest, 'minute')] : [])]
  return new Intl.ListFormat(mine(), { type: 'unit', style: 'narrow' }).format(parts)
}

/** `1 minute`, `5 minutes`. */
const unit = (n: number, unit: 'year' | 'month' | 'week' | 'day' | 'hour' | 'minute'): string =>
  new Intl.NumberFormat(mine(), { style: 'unit', unit, unitDisplay: 'long' }).format(n)

/** The same for narrow places: `3 min`. */
export const spanShort = (fromMs: number, toMs: number): string => {
  const minutes = Math.max(0, Math.floor((toMs - fromMs) / 60_000))
  return minutes < 60 ? times.minutes(minutes) : times.hours(Math.floor(minutes / 60), minutes % 60)
}

/** A FHIR `date`: a year, a month or a day. */
type Parts = { readonly year: number; readonly month?: number; readonly day?: number }

/** Undefined for what is none, and for a day that no calendar has (http://hl7.org/fhir/R4/datatypes.html#date). */
function partsOf(date: string): Parts | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(date)?.map(Number) ?? []
  if (!year) return undefined
  if (Number.isNaN(month) || month === undefined) return { year }
  if (month < 1 || month > 12) return undefined
  if (Number.isNaN(day) || day === undefined) return { year, month }
  return new Date(midnight({ year, month, day })).getUTCDate() === day ? { year, month, day } : undefined
}

/** In UTC, in milliseconds since 1970. Date.UTC alone takes the year 54 for 1954. */
const midnight = ({ year, month = 1, day = 1 }: Parts): number => new Date(0).setUTCFullYear(year, month - 1, day)

/** A FHIR `date` as `12 March 1954`; the month in letters, so that nobody mixes it with the day. Anything else as it stands. */
export function birthDate(date: string, of = mine()): string {
  const parts = partsOf(date)
  // "9 March 54" would be read as another century's.
  if (parts?.month === undefined || parts.year < 1000) return date
  const options: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'long', timeZone: 'UTC' }
  if (parts.day !== undefined) options.day = 'numeric'
  return new Intl.DateTimeFormat(of, options).format(midnight(parts))
}

/** So long a newborn's age is told in days, and a baby's in weeks, then in months. */
const [daysUntil, monthsFrom, yearsFrom] = [14, 3, 24]

/**
 * Age on the clinic's day: for the small in days, weeks and months, as a guess (`about 72 years`) when the day is not known. Undefined for
 * what is no FHIR `date`, and for a day to come.
 */
export function age(date: string, now: number, timeZone: string): string | undefined {
  const [born, today] = [partsOf(date), todayIn(timeZone, now)]
  if (born === undefined) return undefined
  if (born.month === undefined) return guess(today.year - born.year, 'year')
  const early = born.day !== undefined && today.day < born.day ? 1 : 0
  const months = (today.year - born.year) * 12 + today.month - born.month - early
  if (born.day === undefined)
    return months < yearsFrom ? guess(months, 'month') : guess(Math.floor(months / 12), 'year')
  const days = Math.round((midnight(today) - midnight(born)) / 86_400_000)
  if (days < 0) return undefined
  if (days < daysUntil) return unit(days, 'day')
  if (months < monthsFrom) return unit(Math.floor(days / 7), 'week')
  return months < yearsFrom ? unit(months, 'month') : unit(Math.floor(months / 12), 'year')
}

const grownYears = 18

/** Whether who was born then may be under 18 on the clinic's day: of a year or a month the last day counts. False for what is no FHIR `date`. */
export function mayBeMinor(date: string, now: number, timeZone: string): boolean {
  const [born, today] = [partsOf(date), todayIn(timeZone, now)]
  if (born === undefined) return false
  const { year, month = 12, day = 31 } = born
  const early = today.month < month || (today.month === month && today.day < day) ? 1 : 0
  return today.year - year - early < grownYears
}

const guess = (n: number, of: 'year' | 'month'): string | undefined =>
  n < 0 ? undefined : n === 0 ? times.lessThan(unit(1, of)) : times.about(unit(n, of))

function todayIn(timeZone: string, now: number): Required<Parts> {
  const options = { timeZone, year: 'numeric', month: 'numeric', day: 'numeric' } as const
  const parts = new Intl.DateTimeFormat('en', options).formatToParts(now)
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value)
  return { year: part('year'), month: part('month'), day: part('day') }
}
