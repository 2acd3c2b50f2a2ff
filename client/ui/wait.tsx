// Every wait says what is waited for: after 3 s that it still goes on, after 10 s with a way out.
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { type WaitWords, wait } from './words.ts'

type WaitProps = { readonly way?: ComponentChildren } & (
  | { readonly says: WaitWords }
  /** Completes "Waiting for …": for callers whose sentences are not in a words module yet. */
  | { readonly what: string }
)

/** `way` is the way out. */
export function Wait({ way, ...asked }: WaitProps) {
  const patience = usePatience()
  const says =
    'says' in asked
      ? asked.says
      : {
          now: `Waiting for ${asked.what}…`,
          still: `Still waiting for ${asked.what}. This takes longer than usual.`,
        }
  return (
    <div class="wait">
      <p role="status">{patience === 'fresh' ? says.now : says.still}</p>
      {patience === 'long' &&
        (way ?? (
          <button type="button" onClick={() => location.reload()}>
            {wait.again}
          </button>
        ))}
    </div>
  )
}

/** How long this has been on the screen: `slow` after 3 s, `long` after 10 s. */
export function usePatience(): 'fresh' | 'slow' | 'long' {
  const [patience, setPatience] = useState<'fresh' | 'slow' | 'long'>('fresh')
  useEffect(() => {
    const slow = setTimeout(() => setPatience('slow'), 3_000)
    const long = setTimeout(() => setPatience('long'), 10_000)
    return () => {
      clearTimeout(slow)
      clearTimeout(long)
    }
  }, [])
  return patience
}
