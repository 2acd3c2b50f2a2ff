// What a clinic tells its patients in its own words, and in which languages.
import type { Language } from '../domain/ehr/languages.ts'

type Told = {
  /** What patients are told to keep ready while they wait. */
  readonly beforeVisit?: string
  /** What patients are told to do in an emergency, in the clinic's own words. */
  readonly emergency?: string
  /** Who helps them with the page itself, in the clinic's own words. */
  readonly support?: string
}

export type ClinicTexts = Told & {
  /** BCP 47: in which these are. */
  readonly language: Language
  /** The same in the other languages in which the clinic gave them. */
  readonly texts?: Partial<Readonly<Record<Language, Told>>>
}
