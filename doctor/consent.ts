// What an organisation asks its patients to agree to, as its settings have it: which version, since when, in which languages.

import { languageName } from '../server/domain/note/words.ts'
import type { Organisation } from '../server/settings/config.ts'
import { about, type Finding, ofUs } from './finding.ts'

const list = new Intl.ListFormat('en')

/** Nothing where nobody is asked. A language without its text is none that the settings can have: the app does not start with it. */
export function consentAsked({ consent }: Pick<Organisation, 'consent'>, now: Date): readonly Finding[] {
  if (consent === undefined) return []
  const { version, date, texts } = consent
  const { ok, warning } = about('consent', 'consent in the settings')
  const languages = list.format(Object.keys(texts).map((one) => languageName(one)))
  if (date > now.toISOString().slice(0, 10))
    return [
      warning(`Patients are asked for consent by version ${version}, which says that it counts from a day to come.`, {
        details: [`date: ${date}`],
        ask: ofUs('Set "consent.date" to the day since when this version counts.'),
      }),
    ]
  return [ok(`Patients are asked for consent to telehealth: version ${version}, in ${languages}.`)]
}
