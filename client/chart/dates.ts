// Dates of a chart for a reader: a day, a month or a year as it was written, a time by the clinic's clock.
import { birthDate, dateAndClock, dateIn } from '../ui/times.ts'
import { rowWords } from './words.ts'

/** FHIR's shortest text that says a time. */
const isTime = (at: string) => at.length > 10

export const shownDate = (at: string | undefined, timeZone: string): string =>
  at === undefined ? rowWords.undated : isTime(at) ? dateAndClock(at, timeZone) : birthDate(at)

/** The clinic's day of a date or time, as `2026-11-30`. */
export const clinicDayOf = (at: string, timeZone: string): string => (isTime(at) ? dateIn(at, timeZone) : at)
