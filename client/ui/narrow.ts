// Whether the page is too narrow for parts beside each other; the same width as in the style sheet.
import { useEffect, useState } from 'preact/hooks'

const query = '(max-width: 899px)'

export function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const list = matchMedia(query)
    const turned = () => setNarrow(list.matches)
    list.addEventListener('change', turned)
    return () => list.removeEventListener('change', turned)
  }, [])
  return narrow
}
