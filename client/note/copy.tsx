// The note's text for the clipboard: the way out when neither we nor the chart can take it.
import { useState } from 'preact/hooks'
import type { SoapText } from '../../server/wire/wire.ts'

/** The four sections as plain text, empty ones left out. */
export const plainNote = ({ subjective, objective, assessment, plan }: SoapText): string =>
  Object.entries({ Subjective: subjective, Objective: objective, Assessment: assessment, Plan: plan })
    .filter(([, text]) => text.trim() !== '')
    .map(([name, text]) => `${name}\n${text.trim()}`)
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
  const words = { ready: 'Copy the note', copied: 'Copied', failed: 'Copying is not allowed here: select the text' }
  return (
    <button type="button" class="plain" onClick={() => void copy()}>
      {words[state]}
    </button>
  )
}
