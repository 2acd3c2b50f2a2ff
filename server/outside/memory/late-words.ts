// What a clinician said of how late she is: how many minutes about, and when she said so. A word that has run out is none.
import type { Instant } from '../../domain/ids.ts'
import { plus } from '../../domain/instant.ts'

export type Late = { readonly minutes: number; readonly at: Instant }

export type LateWords = {
  /** Of a clinician, under all names of theirs. Zero minutes take it back. */
  say(names: readonly string[], minutes: number, now: Instant): void
  /** The last word of any of them that still holds. */
  of(names: readonly string[], now: Instant): Late | undefined
  /** Answers of how many that have run out it let go. */
  sweep(now: Instant): number
}

/** It holds so long after the minutes are over, in seconds: then it says nothing any more. */
const graceSeconds = 15 * 60

export function rememberLateWords(): LateWords {
  const words = new Map<string, Late>()
  const holds = ({ minutes, at }: Late, now: Instant) => now < plus(at, 60 * minutes + graceSeconds)
  return {
    say(names, minutes, now) {
      for (const name of names) {
        if (minutes === 0) words.delete(name)
        else words.set(name, { minutes, at: now })
      }
    },
    of(names, now) {
      const said = names.flatMap((name) => words.get(name) ?? []).filter((word) => holds(word, now))
      return said.sort((a, b) => (a.at < b.at ? -1 : 1)).at(-1)
    },
    sweep(now) {
      const over = [...words].filter(([, word]) => !holds(word, now))
      for (const [name] of over) words.delete(name)
      return over.length
    },
  }
}
