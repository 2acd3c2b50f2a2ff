// Where this page stands, and whether the call is here: alone in a window, or in the frame of an EHR or a portal.
import { useState } from 'preact/hooks'
import { keep, kept } from '../base/page-state.ts'
import { barred, framed } from './framed.ts'

/**
 * In a frame: `well`, `barred` where it keeps camera or microphone closed, `staying` where the person goes on all the same, and `moved`
 * while the call is in a window of its own.
 */
export type Standing = 'alone' | 'well' | 'barred' | 'staying' | 'moved'

export function useStanding(): readonly [Standing, (next: Standing) => void] {
  const [standing, setStanding] = useState<Standing>(first)
  const stand = (next: Standing) => {
    keep({ moved: next === 'moved' })
    setStanding(next)
  }
  return [standing, stand]
}

function first(): Standing {
  if (!framed()) return 'alone'
  if (kept().moved === true) return 'moved'
  return barred().length > 0 ? 'barred' : 'well'
}
