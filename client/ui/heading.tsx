// A screen's one h1. It takes the focus when the screen changes, so that a reader hears where he is; and names the tab.
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { setTitle } from './title.ts'

let first = true

/** `title` names the tab; unless given, the heading's own text does. */
export function Heading({ children, title }: { children: ComponentChildren; title?: string }) {
  const ref = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    setTitle(title ?? ref.current?.textContent ?? '')
    // The page's first screen leaves the focus where the browser put it.
    if (!first) ref.current?.focus()
    first = false
  }, [])
  return (
    <h1 ref={ref} tabIndex={-1}>
      {children}
    </h1>
  )
}
