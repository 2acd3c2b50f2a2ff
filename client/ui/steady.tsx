// A button for what may change while it is pressed: it does what it said when the press began, or nothing.
// Refuses the press that began on other words: whoever wants to be silent must not be heard because the room was a moment quicker.
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'

type SteadyProps = Omit<JSX.IntrinsicElements['button'], 'onClick' | 'type'> & {
  /** What it does, as a word: another one is another act. */
  readonly does: string
  /** It acts on somebody at one press: a key that is held down and the second half of a double press do nothing. */
  readonly once?: boolean
  onPress(): void
}

export function Steady({ does, once = false, onPress, ...button }: SteadyProps) {
  const began = useRef<string | undefined>(undefined)
  const begin = () => {
    began.current = does
  }
  return (
    <button
      {...button}
      type="button"
      onPointerDown={begin}
      onKeyDown={(event) => {
        // The browser presses anew for each repeat of a key that was perhaps pressed elsewhere.
        if (once && event.repeat) event.preventDefault()
        else begin()
      }}
      onBlur={() => {
        began.current = undefined
      }}
      onClick={({ detail }) => {
        if (once && detail > 1) return
        const was = began.current ?? does
        began.current = undefined
        if (was === does) onPress()
      }}
    />
  )
}
