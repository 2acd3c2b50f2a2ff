// An organisation's consent text as it stands now, in one language, with the hash of what is shown. Refuses nothing.
import { createHash } from 'node:crypto'
import type { Language } from '../domain/ehr/languages.ts'
import type { ConsentWording } from '../domain/visit/consent.ts'
import type { Organisation } from './config.ts'

/** The text as it stands now, in this language, or in the organisation's first where there is none in it; undefined where it asks for nothing. */
export function consentIn({ consent, languages: [first] }: Asks, asked?: Language): ConsentWording | undefined {
  const language = [asked, first].find((one) => one !== undefined && consent?.texts[one] !== undefined)
  const text = language && consent?.texts[language]
  if (consent === undefined || language === undefined || text === undefined) return undefined
  const { version, date } = consent
  return { version, date, language, text, hash: createHash('sha256').update(text).digest('base64url') }
}

type Asks = Pick<Organisation, 'consent' | 'languages'>
