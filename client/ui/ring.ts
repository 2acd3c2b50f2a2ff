// Rings until somebody is there: a sound and, on a phone, a trembling, again and again. Comes with the waiting room.
// Refuses to go on for ever: who cannot touch anything would never be understood.
import { chime } from './chime.ts'

const everyMs = 4_000
const longestMs = 120_000
const trembling = [300, 150, 300]

/** What says that a person is at the device. */
const touches = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const

/** Rings now, and again until the device is touched; answers how to stop it. */
export function ring(): () => void {
  const once = () => {
    chime()
    // Missing on iPhones and switched off in some browsers: the sound and the title are there as well.
    navigator.vibrate?.(trembling)
  }
  const timer = setInterval(once, everyMs)
  const longest = setTimeout(stop, longestMs)
  // What is touched in the room's frame is not told to the page around it, but that the frame has the focus is.
  const left = () => document.activeElement instanceof HTMLIFrameElement && stop()
  for (const touch of touches) window.addEventListener(touch, stop, { capture: true, passive: true })
  window.addEventListener('blur', left)
  once()

  function stop(): void {
    clearInterval(timer)
    clearTimeout(longest)
    navigator.vibrate?.(0)
    for (const touch of touches) window.removeEventListener(touch, stop, { capture: true })
    window.removeEventListener('blur', left)
  }
  return stop
}
