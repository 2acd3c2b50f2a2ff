// Sends a signed note to the chart, once, ending the visit before if need be. What stands in the way is kept with the note.
import type { FileNote, NoteView } from '../../server/wire/wire.ts'
import { ask, type Problem } from '../base/api.ts'
import type { Keeper } from './keeper.ts'

/** A chart may take its time; after this the note says itself that it is on its way. */
const lookMs = 2_000
const patienceMs = 60_000

export async function sendToChart(
  keeper: Keeper,
  onEnd?: () => Promise<Problem | undefined>,
  body: FileNote = {},
): Promise<void> {
  keeper.work.value = { at: 'busy' }
  const problem = (await onEnd?.()) ?? (await send(keeper, body))
  keeper.work.value = problem === undefined ? { at: 'idle' } : { at: 'stuck', problem }
}

/** Does what comes before the sending, and sends nothing: it would be refused. */
export async function keepHere(keeper: Keeper, before: () => Promise<Problem | undefined>): Promise<void> {
  keeper.work.value = { at: 'busy' }
  const problem = await before()
  keeper.work.value = problem === undefined ? { at: 'idle' } : { at: 'stuck', problem }
}

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
