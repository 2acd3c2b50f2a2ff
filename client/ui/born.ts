// How a birth date is shown beside a patient's name, wherever a clinician must be sure of the person: with the age, which people check by.
import { bornWords } from './clinician-words.ts'
import { now } from './clock.ts'
import { age, birthDate } from './times.ts'

/** `born 12 March 1954 (72 years)`; what is no date as it stands. `timeZone` is the clinic's: an age is that of the clinic's day. */
export function born(date: string | undefined, timeZone: string): string {
  if (date === undefined) return bornWords.unknown
  const years = age(date, now.value, timeZone)
  return years === undefined ? bornWords.born(birthDate(date)) : bornWords.bornWithAge(birthDate(date), years)
}
