// Does a thing for as long as it is called for, such as saying again what may have been lost. Refuses to do it once more afterwards.
import { useEffect, useRef } from 'preact/hooks'

/** After `firstMs`, and again every `everyMs`. */
export function useRepeated(on: boolean, everyMs: number, act: () => void, firstMs = 0): void {
  const latest = useRef(act)
  latest.current = act
  useEffect(() => {
    if (!on) return
    let timer = setTimeout(again, firstMs)
    function again() {
      timer = setTimeout(again, everyMs)
      latest.current()
    }
    return () => clearTimeout(timer)
  }, [on])
}
