// The note's text for the clipboard: the way out when neither we nor the chart can take it.
import { useState } from 'preact/hooks'
import type { SoapText } from '../../server/wire/wire.ts'
import { fields } from './saving.ts'
import { copyWords, noteWords } from './words.ts'

/** The four sections as plain text, empty ones left out. */
export const plainNote = (text: SoapText): string =>
  fields
    .filter((field) => text[field].trim() !== '')
    .map((field) => `${noteWords.titles[field]}\n${text[field].trim()}`)
    .join('\n\n')

export function Copy({ text }: { text: SoapText }) {
  const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(plainNote(text))
      setState('copied')
    } catch {
      setState('failed') // A frame may lack the permission: the text can still be selected by hand.
    }
  }
  return (
    <button type="button" class="plain" onClick={() => void copy()}>
      {copyWords[state]}
    </button>
  )
}
