// The time by our server, for everything that says how long something has been. Moves every five seconds: nobody here counts seconds.
import { effect, signal } from '@preact/signals'
import { aheadMs } from '../base/server-time.ts'

export const now = signal(Date.now())

const move = () => {
  now.value = Date.now() + aheadMs.value
}

effect(move)
setInterval(move, 5_000)
