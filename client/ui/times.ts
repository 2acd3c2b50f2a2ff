// Times, dates and ages in words, in the clinic's time zone. Pure: the time now is given.
import { times } from './words.ts'

/** The page's language, in the reader's own habit (10:30 or 10:30 AM). */
export const locale = (languages: readonly string[]): string =>
  languages.find((l) => l.split('-')[0] === times.language) ?? times.habit
const mine = () => locale(globalThis.navigator?.languages ?? [])

/** `10:30` or `10:30 AM`. */
export const clock = (at: string | number, timeZone: string, of = mine()): string =>
  new Intl.DateTimeFormat(of, { hour: 'numeric', minute: '2-digit', timeZone }).format(new Date(at))

/** `Monday, 2 March`. */
export const day = (at: string | number, timeZone: string, of = mine()): string =>
  new Intl.DateTimeFormat(of, { weekday: 'long', day: 'numeric', month: 'long', timeZone }).format(new Date(at))

/** `today at 10:30`, or with the day when it is another one. */
export function when(at: string | number, now: number, timeZone: string, of = mine()): string {
  const today = day(at, timeZone, of) === day(now, timeZone, of)
  return today ? times.today(clock(at, timeZone, of)) : times.on(day(at, timeZone, of), clock(at, timeZone, of))
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
const unit = (n: number, unit: 'year' | 'month' | 'hour' | 'minute'): string =>
  new Intl.NumberFormat(mine(), { style: 'unit', unit, unitDisplay: 'long' }).format(n)

/** The same for narrow places: `3 min`. */
export const spanShort = (fromMs: number, toMs: number): string => {
  const minutes = Math.max(0, Math.floor((toMs - fromMs) / 60_000))
  return minutes < 60 ? times.minutes(minutes) : times.hours(Math.floor(minutes / 60), minutes % 60)
}

/** A FHIR `date` (a year, a month or a day) as `12 March 1954`; the month in letters, so that nobody mixes it with the day. */
export function birthDate(date: string, of = mine()): string {
  const [year, month, dayOfMonth] = date.split('-')
  if (month === undefined) return date
  const options: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'long', timeZone: 'UTC' }
  if (dayOfMonth !== undefined) options.day = 'numeric'
  return new Intl.DateTimeFormat(of, options).format(Date.UTC(Number(year), Number(month) - 1, Number(dayOfMonth ?? 1)))
}

/** Age today: in months under two years, as a guess (`about 72 years`) when only the year is known. */
export function age(date: string, now: number): string {
  const [year = 0, month, dayOfMonth] = date.split('-').map(Number)
  const today = new Date(now)
  if (month === undefined) return times.about(unit(today.getUTCFullYear() - year, 'year'))
  const early = dayOfMonth !== undefined && today.getUTCDate() < dayOfMonth ? 1 : 0
  const months = Math.max(0, (today.getUTCFullYear() - year) * 12 + today.getUTCMonth() + 1 - month - early)
  return months < 24 ? unit(months, 'month') : unit(Math.floor(months / 12), 'year')
}
