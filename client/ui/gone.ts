// Whether what is on the page is no more: an answer may come later than that.
import { useEffect, useRef } from 'preact/hooks'

export function useGone(): { readonly current: boolean } {
  const gone = useRef(false)
  useEffect(
    () => () => {
      gone.current = true
    },
    [],
  )
  return gone
}
