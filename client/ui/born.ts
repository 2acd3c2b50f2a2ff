// How a birth date is shown beside a patient's name, wherever a clinician must be sure of the person: with the age, which people check by.
import { bornWords } from './clinician-words.ts'
import { now } from './clock.ts'
import { age, birthDate } from './times.ts'

/** `born 12 March 1954 (72 years)` */
export const born = (date: string | undefined): string =>
  date === undefined ? bornWords.unknown : bornWords.born(birthDate(date), age(date, now.value))
