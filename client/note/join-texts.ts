// Both texts of one note as one: section by section, each with the time and where it was written. Pure.
// Refuses to leave out a word: what is in both is said once only where a whole section is the same, and what is too long is not cut.
import type { SoapText } from '../../server/wire/wire.ts'
import { fields, otherText, type Saving } from './saving.ts'
import { conflictWords } from './words.ts'

/** As much as one section may have (wire.ts). */
export const longestSection = 20_000

type Two = { readonly mine: SoapText; readonly other: SoapText }
/** When each was written, in words with their day; undefined where nobody knows. */
type Written = { readonly mine: string; readonly other: string | undefined }

/** Undefined where a section would be longer than one may be. */
export function joined({ mine, other }: Two, written: Written): SoapText | undefined {
  const both = (a: string, b: string): string => {
    if (a === b || b.trim() === '') return a
    if (a.trim() === '') return b
    return `${conflictWords.writtenThere(written.other)}\n${b}\n\n${conflictWords.writtenHere(written.mine)}\n${a}`
  }
  const text: Record<keyof SoapText, string> = { ...mine }
  for (const field of fields) text[field] = both(mine[field], other[field])
  return fields.every((field) => text[field].length <= longestSection) ? text : undefined
}

/** The two texts between which somebody is to choose. */
export const twoTexts = (state: Extract<Saving, { at: 'changed' }>): Two => ({
  mine: state.text,
  other: otherText(state),
})
