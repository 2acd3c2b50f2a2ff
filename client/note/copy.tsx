// The note's text for the clipboard: the way out when neither we nor the chart can take it.
import type { SoapText } from '../../server/wire/wire.ts'
import { useCopied } from '../ui/copied.ts'
import { fields } from './saving.ts'
import { copyWords, noteWords } from './words.ts'

/** The four sections as plain text, empty ones left out. */
export const plainNote = (text: SoapText): string =>
  fields
    .filter((field) => text[field].trim() !== '')
    .map((field) => `${noteWords.titles[field]}\n${text[field].trim()}`)
    .join('\n\n')

export function Copy({ text }: { text: SoapText }) {
  const { state, copy } = useCopied()
  return (
    <button type="button" class="plain" onClick={() => copy(plainNote(text))}>
      {copyWords[state]}
    </button>
  )
}
