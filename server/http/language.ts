// In which language a page is sent: as its person chose by hand, as their record says, as their browser asks, or as the organisation has it.
// Refuses a language that the organisation has not switched on, whoever asks for it.
import type { Request, Response } from 'express'
import { acceptedIn, chosenAmong, type Language, ourLanguage } from '../domain/ehr/languages.ts'
import type { Config } from '../settings/config.ts'
import { valuesIn } from './cookies.ts'
import { knownOf } from './guards.ts'

export type InLanguage = {
  readonly language: Language
  /** Among which people choose. */
  readonly on: readonly Language[]
}

/** Of a page of nobody's clinic, those that any of ours has switched on: its words are all our own. */
export function languageFor(config: Config, response: Response): InLanguage {
  const { clinic, speaks = [] } = knownOf(response)
  const on = clinic?.languages ?? [...new Set(config.organisations.flatMap(({ languages }) => languages))]
  return { on, language: chosenAmong(on, [...chosenIn(config, response.req), ...speaks, ...browsersIn(response.req)]) }
}

/** By hand, on one of our pages, which keeps it for this browser until that is closed (client/base/language.ts). It says nothing else of anybody. */
const chosenIn = (config: Config, request: Request): readonly Language[] =>
  valuesIn(config, request, 'housecall-language').flatMap((tag) => ourLanguage(tag) ?? [])

const browsersIn = ({ headers }: Request) => acceptedIn(headers['accept-language'])
