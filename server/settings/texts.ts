// An organisation's own texts for its patients, each in the languages in which it gave them: nobody else translates them.
import type { Language } from '../domain/ehr/languages.ts'
import type { Organisation } from './config.ts'

type Own = Pick<Organisation, 'languages' | 'texts' | 'emergency'>

/** The languages beside its first in which patients may read, and are told in the first one what to do in an emergency, or not at all. */
export const withoutEmergency = ({ languages, texts }: Pick<Own, 'languages' | 'texts'>): readonly Language[] =>
  languages.slice(1).filter((language) => texts?.[language]?.emergency === undefined)

/** What to do in an emergency, in this language where the organisation said it so, else in its first; undefined where it says nothing. */
export function emergencyIn({ languages: [first], texts, emergency }: Own, language: Language) {
  const here = texts?.[language]?.emergency
  if (here !== undefined) return { text: here, language }
  return emergency === undefined ? undefined : { text: emergency, language: first ?? language }
}
