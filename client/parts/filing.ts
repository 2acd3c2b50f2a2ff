// Sends a signed note to the chart, once, ending the visit before if need be. What stands in the way is kept with the note.
import type { FileNote, NoteView } from '../../server/wire.ts'
import { ask, type Problem } from '../api.ts'
import type { Keeper } from './keeper.ts'

/** A chart may take its time; after this the note says itself that it is on its way. */
const lookMs = 2_000
const patienceMs = 60_000

export async function file(
  keeper: Keeper,
  onEnd?: () => Promise<Problem | undefined>,
  press: FileNote = {},
): Promise<void> {
  keeper.work.value = { at: 'busy' }
  const problem = (await onEnd?.()) ?? (await send(keeper, press))
  keeper.work.value = problem === undefined ? { at: 'idle' } : { at: 'stuck', problem }
}

async function send(keeper: Keeper, press: FileNote): Promise<Problem | undefined> {
  const peek = setTimeout(() => void keeper.look(), lookMs)
  const answer = await ask<NoteView>(`${keeper.path}/filing`, { method: 'POST', body: press, patienceMs })
  clearTimeout(peek)
  if (answer.ok) keeper.put(answer.body)
  else await keeper.look()
  return answer.ok ? undefined : answer.problem
}
