// The time by our server, for everything that says how long something has been, and when. Moves every five seconds: nobody here counts seconds.
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { aheadMs } from '../base/server-time.ts'
import { dateIn, timeOn } from './times.ts'

export const now = signal(Date.now())

const move = () => {
  now.value = Date.now() + aheadMs.value
}

effect(move)
setInterval(move, 5_000)

const days = new Map<string, ReadonlySignal<string>>()

/** The day it is at the clinic. What shows a time is drawn again when that turns, not each time the clock moves. */
function today(timeZone: string): string {
  const day = days.get(timeZone) ?? computed(() => dateIn(now.value, timeZone))
  days.set(timeZone, day)
  return day.value
}

/** The one way a time is shown where no day stands beside it: `2:03 PM` today, and `Nov 29, 2:03 PM` of another day of the clinic's. */
export const clock = (at: string | number, timeZone: string): string => timeOn(at, today(timeZone), timeZone)
