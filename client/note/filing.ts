// Sends a signed note to the chart, once, ending the visit before if need be. What stands in the way is kept with the note.
import type { FileNote, NoteView } from '../../server/wire/wire.ts'
import { ask, type Problem, passing } from '../base/api.ts'
import { serverNow } from '../base/server-time.ts'
import type { Keeper } from './keeper.ts'
import type { StuckWork, Work } from './work.ts'

/** A chart may take its time; after this the note says itself that it is on its way. */
const lookMs = 2_000
const patienceMs = 60_000

export async function sendToChart(
  keeper: Keeper,
  onEnd?: () => Promise<Problem | undefined>,
  body: FileNote = {},
): Promise<void> {
  keeper.work.value = { at: 'busy' }
  // One that looks by itself is let finish: the server takes one at a time.
  await looking.get(keeper)
  const problem = (await onEnd?.()) ?? (await send(keeper, body))
  keeper.work.value = workAfter(problem)
}

/** Does what comes before the sending, and sends nothing: it would be refused. */
export async function keepHere(keeper: Keeper, before: () => Promise<Problem | undefined>): Promise<void> {
  keeper.work.value = { at: 'busy' }
  const problem = await before()
  keeper.work.value = workAfter(problem)
}

const workAfter = (problem: Problem | undefined): Work => (problem === undefined ? { at: 'idle' } : stuckBy(problem))

const stuckBy = (problem: Problem): StuckWork => ({ at: 'stuck', problem, since: serverNow() })

/** Also where an EHR asks for less. */
const leastMs = 30_000
/** A browser's timers run no longer; who is asked to wait for weeks presses again. */
const longestMs = 2 ** 31 - 1

/** The signatures this page has sent again by itself: a second busy answer is for the person. */
const retried = new Set<string>()

const signatureOf = ({ path, note }: Keeper): string => {
  const { sign } = note.peek()
  return sign.docStatus === 'final' ? `${path} ${sign.signedAt}` : path
}

/**
 * In how many milliseconds this page sends a note again by itself that a busy EHR did not take: once a signature.
 * Counted between the server's own times, because the browser's clock may be wrong.
 */
export function retryIn(keeper: Keeper): number | undefined {
  const { filing } = keeper.note.value
  if (filing.state !== 'not-filed' || filing.retryAt === undefined || retried.has(signatureOf(keeper))) return undefined
  const ms = Math.max(Date.parse(filing.retryAt) - Date.parse(filing.at), leastMs)
  return ms > longestMs ? undefined : ms
}

/** Sends the note again when it is time; answers how to call that off. */
export function retryLater(keeper: Keeper): (() => void) | undefined {
  const ms = retryIn(keeper)
  if (ms === undefined) return undefined
  const timer = setTimeout(() => {
    if (keeper.work.peek().at === 'busy') return
    retried.add(signatureOf(keeper))
    void sendToChart(keeper)
  }, ms)
  return () => clearTimeout(timer)
}

async function send(keeper: Keeper, body: FileNote): Promise<Problem | undefined> {
  const peek = setTimeout(() => void keeper.look(), lookMs)
  const answer = await ask<NoteView>(`${keeper.path}/filing`, { method: 'POST', body, patienceMs })
  clearTimeout(peek)
  if (answer.ok) keeper.put(answer.body)
  else await keeper.look()
  return answer.ok ? undefined : answer.problem
}

/** What this page looks for by itself now. */
const looking = new Map<Keeper, Promise<void>>()

/** The pauses before a page looks by itself, in seconds. So many looks, and no more: whoever is gone must not be kept signed in by them. */
const lookPauses = [10, 20, 40, 60, 120, 120, 120, 120, 120]

/** How often this page has looked by itself for what was sent then. */
const looks = new Map<string, number>()

/** Which sending of this page's note it is whose outcome is unknown; undefined where none is. */
function sentUnknown({ path, note }: Keeper): string | undefined {
  const { filing } = note.value
  return filing.state === 'unknown' ? `${path} ${filing.at}` : undefined
}

/** In how many seconds this page looks by itself for a note that may have arrived; undefined where it does not, or not any more. */
export function lookIn(keeper: Keeper): number | undefined {
  const sent = sentUnknown(keeper)
  const work = keeper.work.value
  const mayHelp = work.at !== 'stuck' || isLook(work.problem) || passing(work.problem) || isAtIt(work.problem)
  return sent === undefined || !mayHelp ? undefined : lookPauses[looks.get(sent) ?? 0]
}

/** Another window is at it: a moment later it may be over. */
const isAtIt = ({ code }: Problem): boolean => code === 'filing-under-way'

/** Whether it tells what a look for the note came to, and that another one may come to more. */
const isLook = ({ code, look }: Problem): boolean => code === 'filing-unknown' && look !== 'elsewhere'

/**
 * Looks for the note when it is time, while the page is seen, and sends nothing; answers how to call that off. A page that was hidden when it was
 * time looks as soon as it is seen again, and begins anew with short pauses: somebody has come back.
 */
export function lookLater(keeper: Keeper): (() => void) | undefined {
  const seconds = lookIn(keeper)
  const sent = sentUnknown(keeper)
  if (seconds === undefined || sent === undefined) return undefined
  const look = () => {
    if (document.visibilityState === 'hidden' || keeper.work.peek().at === 'busy') return
    looks.set(sent, (looks.get(sent) ?? 0) + 1)
    const done = lookByItself(keeper).finally(() => looking.delete(keeper))
    looking.set(keeper, done)
  }
  const timer = setTimeout(look, seconds * 1000)
  const seen = () => {
    if (document.visibilityState === 'hidden' || looking.has(keeper)) return
    looks.delete(sent)
    look()
  }
  document.addEventListener('visibilitychange', seen)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', seen)
  }
}

async function lookByItself(keeper: Keeper): Promise<void> {
  const problem = await send(keeper, { onlyLook: true })
  // Whoever pressed meanwhile is told what their own press came to.
  if (keeper.work.peek().at === 'busy') return
  keeper.work.value = problem === undefined ? { at: 'idle' } : { ...stuckBy(problem), byItself: true }
}
