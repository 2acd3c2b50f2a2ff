// When a call must be opened anew, by signs of our own: a dead room tells the page around it nothing. Pure.
// Refuses to disturb a call that works, and to try for ever: after a few times in a short while a person decides.
import type { InCall } from '../../server/wire.ts'

/** `ends`: the entry does. `word`: what people agreed to has changed, and with it what the entry must allow. `slept`: the device did. `cut`: no connection for long. `unseen`, `unheard`: by the others' pages. */
export type Why = 'ends' | 'word' | 'slept' | 'cut' | 'unseen' | 'unheard'

/** What the page knows; times in milliseconds by the device's clock. */
export type Signs = {
  readonly now: number
  /** Since when this frame is in the room; undefined until it is. */
  readonly joinedAt: number | undefined
  /** When the entry ends. */
  readonly endsAt: number
  /** The others in the room, by name. */
  readonly shown: readonly string[]
  readonly others: readonly InCall[]
  /** How long the page did not run before now, and how long nobody answered it. */
  readonly sleptMs: number
  readonly cutMs: number
  /** Since when other pages in the call do not show us, and since when everyone shown to us is silent. */
  readonly unseenAt: number | undefined
  readonly unheardAt: number | undefined
}

/** An expired entry cannot reconnect: a fresh one comes before, at once while alone, at the latest two minutes before the end. */
const earlyMs = 5 * 60_000
const lateMs = 2 * 60_000
/** Prosody forgets a cut connection after about a minute; a shorter cut the room mends by itself. */
export const longMs = 60_000
/** People who come in are not seen by everybody in the same second. */
const settleMs = 20_000

export function due(signs: Signs): Why | undefined {
  const { now, joinedAt, endsAt, shown, sleptMs, cutMs, unseenAt, unheardAt } = signs
  const left = endsAt - now
  if (left <= lateMs || (left <= earlyMs && shown.length === 0)) return 'ends'
  if (joinedAt === undefined) return undefined
  if (sleptMs >= longMs) return 'slept'
  if (cutMs >= longMs) return 'cut'
  if (unseenAt !== undefined && now - unseenAt >= settleMs && now - joinedAt >= settleMs) return 'unseen'
  if (unheardAt !== undefined && now - joinedAt >= settleMs) return 'unheard'
  return undefined
}

/** Whether a page that is in the call has a room without us in it: our own connection is dead, or theirs. */
export const isUnseen = (others: readonly InCall[]): boolean => {
  const inside = others.filter(({ at }) => at === 'in')
  return inside.length > 0 && inside.every(({ seesYou }) => !seesYou)
}

/** Whether the room shows people and the pages of all of them are silent: what it shows may be old. */
export const isUnheard = (shown: readonly string[], others: readonly InCall[]): boolean =>
  shown.length > 0 && shown.every((name) => others.some((o) => o.name === name && o.at === 'gone'))

/** A fresh entry in time, and one that follows what people agreed to, are no trouble. */
export const isTrouble = (why: Why): boolean => why !== 'ends' && why !== 'word'

const most = 3
const withinMs = 10 * 60_000

/** Whether it may be tried by itself once more, after these times. A fresh entry in time is no trouble and always may. */
export const mayTry = (why: Why, tries: readonly number[], now: number): boolean =>
  !isTrouble(why) || tries.filter((at) => now - at < withinMs).length < most

export const whyWords: Readonly<Record<Why, string>> = {
  ends: 'The call was opened anew, so that it can go on.',
  word: 'The call was opened anew, as everyone has agreed.',
  slept: 'Your device was asleep. You are back in the call.',
  cut: 'The connection was lost for a while. You are back in the call.',
  unseen: 'The others could not see you any more. You are back in the call.',
  unheard: 'The picture stood still. The call was opened anew.',
}
