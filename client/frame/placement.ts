// Where this page stands, and whether the call is here: alone in a window, or in the frame of an EHR or a portal.
import { useState } from 'preact/hooks'
import { pageState, setPageState } from '../base/page-state.ts'
import { barred, framed } from './framed.ts'

/**
 * In a frame: `well`, `barred` where it keeps camera or microphone closed, `staying` where the person goes on all the same, and `moved`
 * while the call is in a window of its own.
 */
export type Placement = 'alone' | 'well' | 'barred' | 'staying' | 'moved'

export function usePlacement(): readonly [Placement, (next: Placement) => void] {
  const [placement, setPlacement] = useState<Placement>(first)
  const place = (next: Placement) => {
    setPageState({ moved: next === 'moved' })
    setPlacement(next)
  }
  return [placement, place]
}

function first(): Placement {
  if (!framed()) return 'alone'
  if (pageState().moved === true) return 'moved'
  return barred().length > 0 ? 'barred' : 'well'
}
