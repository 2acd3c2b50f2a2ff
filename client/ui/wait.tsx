// Every wait says what is waited for: after 3 s that it still goes on, after 10 s with a way out.
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { type WaitWords, wait } from './words.ts'

type WaitProps = { readonly says: WaitWords; readonly way?: ComponentChildren; readonly more?: ComponentChildren }

/** `way` is the way out, `more` what stands beside it, such as whom to call. */
export function Wait({ says, way, more }: WaitProps) {
  const patience = usePatience()
  return (
    <div class="wait">
      <p role="status">{patience === 'fresh' ? says.now : says.still}</p>
      {patience === 'long' &&
        (way ?? (
          <button type="button" onClick={() => location.reload()}>
            {wait.again}
          </button>
        ))}
      {patience === 'long' && more}
    </div>
  )
}

/** How long this has been on the screen, or so since `since` (milliseconds): `slow` after 3 s, `long` after 10 s. */
export function usePatience(since?: number): 'fresh' | 'slow' | 'long' {
  const [from] = useState(() => since ?? Date.now())
  const [patience, setPatience] = useState<'fresh' | 'slow' | 'long'>('fresh')
  useEffect(() => {
    const left = from - Date.now()
    const slow = setTimeout(() => setPatience('slow'), left + 3_000)
    const long = setTimeout(() => setPatience('long'), left + 10_000)
    return () => {
      clearTimeout(slow)
      clearTimeout(long)
    }
  }, [])
  return patience
}
