// A question that must be answered first: a native dialog, which keeps the focus in and gives it back.
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'

type DialogProps = {
  readonly title: string
  readonly wide?: boolean
  /** What it holds, for the style sheet. */
  readonly of?: string
  /** Escape, or the dialog's own way back. */
  onClose(): void
  readonly children: ComponentChildren
}

export function Dialog({ title, wide, of, onClose, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const question = useRef<HTMLHeadingElement>(null)
  const id = useId()
  useEffect(() => {
    ref.current?.showModal()
    // The question is read first, and Enter pressed too soon answers nothing.
    question.current?.focus()
  }, [])
  return (
    <dialog ref={ref} class={of ?? (wide ? 'wide' : '')} aria-labelledby={id} onClose={onClose}>
      <h2 id={id} ref={question} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </dialog>
  )
}
