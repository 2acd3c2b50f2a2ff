// What is wanted seldom, behind one button: opens by press or key, closes by Escape and by what is chosen, and gives the focus back.
// Refuses to stay open over what is pressed elsewhere, in a frame of this page too.
import type { ComponentChildren, RefObject } from 'preact'
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'

type MoreProps = {
  readonly words: string
  readonly icon: ComponentChildren
  /** Made with what closes it; each choice calls that. */
  readonly children: (close: () => void) => ComponentChildren
}

export function MoreChoices({ words, icon, children }: MoreProps) {
  const [open, setOpen] = useState(false)
  const whole = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const close = () => {
    button.current?.focus()
    setOpen(false)
  }
  // Closed by a press elsewhere, or by a frame that takes the focus for a moment: a choice that had the focus does not take it along.
  const leave = () => (whole.current?.contains(document.activeElement) ? close() : setOpen(false))
  useClosing(open, whole, close, leave)
  return (
    <div class="more" ref={whole}>
      <button
        type="button"
        ref={button}
        aria-label={words}
        title={words}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {icon}
        <span>{words}</span>
      </button>
      <div id={id} class="more-choices" hidden={!open}>
        {open && children(close)}
      </div>
    </div>
  )
}

function useClosing(
  open: boolean,
  whole: RefObject<HTMLElement | null>,
  onEscape: () => void,
  onOutside: () => void,
): void {
  // Before it is drawn: whoever is quick at the keys presses Escape in the moment in which the choices appear.
  useLayoutEffect(() => {
    if (!open) return
    const listening = new AbortController()
    const heard = { signal: listening.signal }
    const outside = (event: Event) => {
      if (!(event.target instanceof Node && whole.current?.contains(event.target))) onOutside()
    }
    document.addEventListener('pointerdown', outside, heard)
    document.addEventListener('focusin', outside, heard)
    document.addEventListener('keydown', ({ key }) => key === 'Escape' && onEscape(), heard)
    // A press in a frame is not told to the page around it: that page only loses the focus.
    window.addEventListener('blur', onOutside, heard)
    return () => listening.abort()
  }, [open])
}
