// One part of the chart as it is read: asked for when it is wanted, kept while it is on the screen, and gone with that.
import { useEffect, useState } from 'preact/hooks'
import type { ChartPart, ChartView } from '../../server/wire/wire.ts'
import { ask, type Problem } from '../base/api.ts'

export type PartState =
  | { readonly at: 'waiting' }
  | { readonly at: 'reading' }
  | { readonly at: 'problem'; readonly problem: Problem }
  | { readonly at: 'told'; readonly view: ChartView }

/** Our server waits so long for an EHR's pages, and a little longer. */
const patienceMs = 75_000

/** `path` is the visit's; nothing is asked before it is `due`. */
export function usePart(path: string, part: ChartPart, due: boolean) {
  const [state, setState] = useState<PartState>({ at: 'waiting' })
  const [round, setRound] = useState(0)
  useEffect(() => {
    if (!due) return
    // What was asked before this, or before the chart was put away, is not heard.
    let over = false
    setState({ at: 'reading' })
    void ask<ChartView>(`${path}/chart?part=${part}`, { patienceMs }).then((answer) => {
      if (over) return
      setState(answer.ok ? { at: 'told', view: answer.body } : { at: 'problem', problem: answer.problem })
    })
    return () => {
      over = true
    }
  }, [path, part, due, round])
  return { state, again: () => setRound((n) => n + 1) }
}
