// How often something happened in this minute, by what it was and who did it; and how much of it somebody has under way.
// Forgets everything after a minute. However many strangers come, it holds so many of them by name, and counts the others as one.
import type { Instant } from '../../domain/ids.ts'

export type Counts = {
  /** Counts one more; answers in how many seconds it may be again where that is more than `most`. */
  again(what: string, who: string, most: number, now: Instant): number | undefined
  /** Takes one of the `most` that somebody may have under way; answers how to give it back, and undefined where there is none. */
  take(who: string, most: number): (() => void) | undefined
}

const minuteMs = 60_000
const mostNames = 50_000

export function rememberCounts(): Counts {
  let began = Number.NEGATIVE_INFINITY
  const counts = new Map<string, Map<string, number>>()
  const underWay = new Map<string, number>()
  return {
    again(what, who, most, now) {
      const ms = Date.parse(now)
      // Also where the clock was set back.
      if (ms >= began + minuteMs || ms < began) {
        counts.clear()
        began = ms
      }
      const names = counts.get(what) ?? new Map<string, number>()
      counts.set(what, names)
      const name = names.has(who) || names.size < mostNames ? who : ''
      const count = (names.get(name) ?? 0) + 1
      names.set(name, count)
      return count > most ? Math.ceil((began + minuteMs - ms) / 1000) : undefined
    },
    take(who, most) {
      const has = underWay.get(who) ?? 0
      if (has >= most) return undefined
      underWay.set(who, has + 1)
      return () => {
        const left = (underWay.get(who) ?? 1) - 1
        if (left === 0) underWay.delete(who)
        else underWay.set(who, left)
      }
    },
  }
}
