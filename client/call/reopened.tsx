// Says for a while why the picture was gone for a moment.
import { useEffect, useState } from 'preact/hooks'
import type { Why } from './watchdog.ts'
import { reopenedWords } from './words.ts'

const shownMs = 20_000

export function Reopened({ why }: { readonly why: Why }) {
  const [shown, setShown] = useState(true)
  useEffect(() => {
    const timer = setTimeout(() => setShown(false), shownMs)
    return () => clearTimeout(timer)
  }, [])
  return shown ? <p class="call-note">{reopenedWords[why]}</p> : null
}
