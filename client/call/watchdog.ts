// When a call must be opened anew, by signs of our own: a dead room tells the page around it nothing. Pure.
// Refuses to disturb a call that works, and to try for ever: after a few times in a short while a person decides.
import type { InCall } from '../../server/wire/wire.ts'
import { isSame, type Someone } from './same-person.ts'
import type { Lost } from './way-back.ts'

/** `ends`: the entry does. `word`: what people agreed to has changed, and with it what the entry must allow. `slept`: the device did. `cut`: no connection for long. `unseen`, `unheard`: by the others' pages. Or the room itself was lost. */
export type Why = 'ends' | 'word' | 'slept' | 'cut' | 'unseen' | 'unheard' | Lost

/** What the page knows; times in milliseconds by the device's clock. */
export type Signs = {
  readonly now: number
  /** Since when this frame is in the room; undefined until it is. */
  readonly joinedAt: number | undefined
  /** When the entry ends. */
  readonly endsAt: number
  /** The others in the room. */
  readonly shown: readonly Someone[]
  readonly others: readonly InCall[]
  /** How long the page did not run before now. */
  readonly sleptMs: number
  /** When a long time without an answer ended, unless somebody in the call has seen us since. */
  readonly cutAt: number | undefined
  /** Since when other pages in the call do not show us, and since when everyone shown to us is silent. */
  readonly unseenAt: number | undefined
  readonly unheardAt: number | undefined
}

/** An expired entry cannot reconnect: a fresh one comes before, at once while alone, at the latest two minutes before the end. */
const earlyMs = 5 * 60_000
const lateMs = 2 * 60_000
/** Prosody forgets a cut connection after about a minute; a shorter cut the room mends by itself. */
export const longMs = 60_000
/** A hidden page whose timers run once a minute is not asleep. */
const asleepMs = 90_000
/** A room that lives drops whoever is silent well before; one that still shows them is dead itself. */
const oldMs = 75_000
/** People who come in are not seen by everybody in the same second. */
const settleMs = 20_000

export function due(signs: Signs): Why | undefined {
  const { now, joinedAt, endsAt, shown, sleptMs, unseenAt, unheardAt } = signs
  const left = endsAt - now
  if (left <= lateMs || (left <= earlyMs && shown.length === 0)) return 'ends'
  if (joinedAt === undefined) return undefined
  if (sleptMs >= asleepMs) return 'slept'
  if (isCut(signs)) return 'cut'
  if (unseenAt !== undefined && now - unseenAt >= settleMs && now - joinedAt >= settleMs) return 'unseen'
  if (unheardAt !== undefined && now - unheardAt >= oldMs) return 'unheard'
  return undefined
}

/** Without an answer of ours for long, the room may be as dead, or only we were away: somebody in the call knows, or nobody is there to ask. */
function isCut({ now, cutAt, others, shown }: Signs): boolean {
  if (cutAt === undefined) return false
  const alone = shown.length === 0 && others.every(({ at }) => at !== 'in')
  return isUnseen(others) || (alone && now - cutAt >= settleMs)
}

/** Whether a page that is in the call has a room with us in it: then ours is alive. */
export const isSeen = (others: readonly InCall[]): boolean => others.some(({ at, seesYou }) => at === 'in' && seesYou)

/** Whether a page that is in the call has a room without us in it: our own connection is dead, or theirs. */
export const isUnseen = (others: readonly InCall[]): boolean => {
  const inside = others.filter(({ at }) => at === 'in')
  return inside.length > 0 && inside.every(({ seesYou }) => !seesYou)
}

/** Whether the room shows people and the pages of all of them are silent: what it shows may be old. */
export const isUnheard = (shown: readonly Someone[], others: readonly InCall[]): boolean =>
  shown.length > 0 && shown.every((one) => others.some((person) => isSame(one, person) && person.at === 'gone'))

const guessed: readonly Why[] = ['slept', 'cut', 'unseen', 'unheard']

/** Concluded from signs, which may mislead. A fresh entry in time, one that follows what people agreed to, and a room that was lost are none. */
export const isGuess = (why: Why): boolean => guessed.includes(why)

export type Try = { readonly why: Why; readonly at: number }
const most = 3
const withinMs = 10 * 60_000

/**
 * Whether it may be tried by itself once more, after these. What is no guess always may. Who is silent may be
 * away from our server alone, with a picture that moves: for that the room is opened anew once, not again and again.
 */
export function mayTry(why: Why, tries: readonly Try[], now: number): boolean {
  const lately = tries.filter(({ at }) => now - at < withinMs)
  if (why === 'unheard') return lately.length < most && lately.every((one) => one.why !== 'unheard')
  return !isGuess(why) || lately.length < most
}
