// An organisation's own consent to telehealth: its text, by version and language. Refuses a language that is switched on and has no text:
// whoever reads that language would be asked to agree to what they cannot read.
import { z } from 'zod'
import { languages } from '../domain/ehr/languages.ts'
import { consentVersion } from '../domain/visit/consent-shape.ts'

const language = z.enum(languages)
const wording = z
  .string()
  .trim()
  .min(50, 'must be the whole text that patients agree to')
  .max(20_000, 'must be at most 20,000 characters')

export const ConsentSetting = z.strictObject({
  /** As it is written down with each agreement; who agreed to another one is asked anew. */
  version: z.string().regex(consentVersion, 'must be letters, digits, ".", "_" and "-", such as "2026-11" or "3"'),
  /** Since when this version counts. */
  date: z.iso.date('must be a day such as 2026-11-01'),
  texts: z.partialRecord(language, wording),
})

type Trouble = { readonly path: readonly string[]; readonly message: string }

/** What does not fit the languages in which patients may read. */
export function consentTrouble(consent: unknown, on: readonly string[]): readonly Trouble[] {
  const read = z.object({ texts: z.record(z.string(), z.unknown()) }).safeParse(consent)
  if (!read.success) return []
  const given = Object.keys(read.data.texts)
  const remedy = (one: string) =>
    `is missing: patients may read "${one}", and nobody agrees to what they cannot read; give this text, or take "${one}" out of "languages"`
  return [
    ...on.filter((one) => !given.includes(one)).map((one) => ({ path: at(one), message: remedy(one) })),
    ...given
      .filter((one) => !on.includes(one))
      .map((one) => ({ path: at(one), message: 'is for a language that is not in "languages"' })),
  ]
}

const at = (one: string) => ['consent', 'texts', one]
