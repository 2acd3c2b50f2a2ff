// Whether the page is too narrow for all its parts beside each other, or for any two; the same widths as in the style sheets.
import { useEffect, useState } from 'preact/hooks'

export const useNarrow = (): boolean => useWidth('(max-width: 899px)')

/** There is room for two parts beside each other, and for no third. */
export const useTight = (): boolean => useWidth('(max-width: 1199px) and (min-width: 900px)')

function useWidth(query: string): boolean {
  const [fits, setFits] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const list = matchMedia(query)
    const turned = () => setFits(list.matches)
    list.addEventListener('change', turned)
    return () => list.removeEventListener('change', turned)
  }, [])
  return fits
}
