// Nothing on the page is drawn anew between the press of a button and its release: a button that is replaced or moved meanwhile gets no click, and
// one that comes under the finger gets a click that was not meant for it.
// Refuses to hold the page for longer than a press takes.
import { options } from 'preact'

/** A finger that rests. */
const mostMs = 1_000
/** From the release to the click that follows it; some browsers wait whether there is a second tap. */
const clickMs = 350
const pressed = 'button, a, summary, label, input'

/** For the whole page, once. What is drawn by a click waits for nothing. */
export function holdStill(): void {
  let held: (() => void)[] | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const letGo = () => {
    clearTimeout(timer)
    const waiting = held ?? []
    held = undefined
    for (const draw of waiting) draw()
  }
  const within = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(letGo, ms)
  }
  const hold = ({ target }: Event) => {
    if (!(target instanceof Element && target.closest(pressed) !== null)) return
    held ??= []
    within(mostMs)
  }
  const release = (ms: number) => () => held !== undefined && within(ms)
  options.debounceRendering = (draw) => {
    if (held === undefined) queueMicrotask(draw)
    else held.push(draw)
  }
  const heard = { capture: true }
  addEventListener('pointerdown', hold, heard)
  addEventListener('keydown', (event) => event.key === ' ' && hold(event), heard)
  for (const end of ['pointerup', 'keyup']) addEventListener(end, release(clickMs), heard)
  // After all that hear it.
  for (const end of ['click', 'pointercancel', 'blur']) addEventListener(end, release(0), heard)
}
