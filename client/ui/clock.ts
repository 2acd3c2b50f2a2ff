// The time, for everything that says how long something has been. Moves every five seconds: nobody here counts seconds.
import { signal } from '@preact/signals'

export const now = signal(Date.now())

setInterval(() => {
  now.value = Date.now()
}, 5_000)
