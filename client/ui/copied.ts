// Puts a text on the clipboard at a press, and says what came of it. A frame may lack the permission: the text can still be selected by hand.
import { useState } from 'preact/hooks'

export function useCopied() {
  const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready')
  const copied = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      setState('failed')
    }
  }
  return { state, copy: (text: string) => void copied(text) }
}
