// The tab's title: what the page is, how many wait or ask for something, and a call for attention while nobody looks.
import { title } from './words.ts'

let base = title
let waiting = 0
let flashing: { text: string; timer: ReturnType<typeof setInterval> } | undefined

const plain = () => (waiting > 0 ? `(${waiting}) ${base}` : base)

export function setTitle(text: string): void {
  base = text
  if (flashing === undefined) document.title = plain()
}

/** The number in front: who waits for us, or asks for us. */
export function badge(n: number): void {
  waiting = n
  if (flashing === undefined) document.title = plain()
}

/** Alternates the title with `text` until the tab is looked at. */
export function flash(text: string): void {
  if (document.visibilityState === 'visible') return
  stop()
  const timer = setInterval(() => {
    document.title = document.title === text ? plain() : text
  }, 1_000)
  flashing = { text, timer }
  document.title = text
  document.addEventListener('visibilitychange', stop, { once: true })
}

function stop(): void {
  clearInterval(flashing?.timer)
  flashing = undefined
  document.title = plain()
}
