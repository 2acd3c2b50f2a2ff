// Brings what concerns a window of its own, for pages in a frame alone: everybody else loads none of it.
import { useEffect, useState } from 'preact/hooks'
import type { OwnWindow, OwnWindowProps } from './own-window.tsx'

export function OwnWindowPart(props: OwnWindowProps) {
  const [loaded, setLoaded] = useState<{ Part: typeof OwnWindow }>()
  useEffect(() => {
    import('./own-window.tsx').then(
      ({ OwnWindow }) => setLoaded({ Part: OwnWindow }),
      // Without it the visit goes on where it is.
      () => props.onPlace('staying'),
    )
  }, [])
  return loaded === undefined ? null : <loaded.Part {...props} />
}
