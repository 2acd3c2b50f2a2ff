// An organisation's consent text as it stands now, in one language, with the hash of what is shown. Refuses nothing.
import type { Language } from '../domain/ehr/languages.ts'
import { hashed } from '../domain/sign-in/secret.ts'
import type { ConsentWording } from '../domain/visit/consent.ts'
import type { Organisation } from './config.ts'

/** The text as it stands now, in this language, or in the organisation's first where there is none in it; undefined where it asks for nothing. */
export function consentIn({ consent, languages: [first] }: Asks, asked?: Language): ConsentWording | undefined {
  const language = [asked, first].find((one) => one !== undefined && consent?.texts[one] !== undefined)
  const text = language && consent?.texts[language]
  if (consent === undefined || language === undefined || text === undefined) return undefined
  const { version, date } = consent
  return { version, date, language, text, hash: hashed(text) }
}

type Asks = Pick<Organisation, 'consent' | 'languages'>
