// The second half of a double tap, which falls on what has slid under the finger meanwhile: it was not meant for that, and does nothing.

type Press = Pick<MouseEvent, 'clientX' | 'clientY' | 'timeStamp' | 'detail'>

const withinMs = 500
/** Nearer than a finger is wide, in CSS pixels. */
const withinPx = 24

/** Whether `press` is the second half of `before`; keys have no place, and are never taken for it. */
export const isSecondTap = (before: Press | undefined, press: Press): boolean =>
  before !== undefined &&
  press.detail > 0 &&
  press.timeStamp - before.timeStamp < withinMs &&
  Math.hypot(press.clientX - before.clientX, press.clientY - before.clientY) < withinPx

/** Keeps it from every button but the one that was pressed. */
export function holdSecondTaps(): void {
  let before: { readonly press: Press; readonly on: Element } | undefined
  document.addEventListener(
    'click',
    (press) => {
      const on = press.target instanceof Element ? press.target.closest('button, a') : null
      if (on === null) return
      if (before !== undefined && before.on !== on && isSecondTap(before.press, press)) {
        press.preventDefault()
        press.stopImmediatePropagation()
      } else before = { press, on }
    },
    true,
  )
}
