// Where a call stands: asked for, mounted, over. Asks for entries, and takes a new one where the room must be opened anew.
// Refuses to reuse an entry: each join, also a rejoin, asks for its own, and a new entry mounts the frame anew. Of two tries the later counts.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Problem, passing } from '../base/api.ts'
import { pageState, setPageState } from '../base/page-state.ts'
import type { Out } from './ending.ts'
import { type Entered, enter } from './entry.ts'
import type { QualityState } from './quality.ts'
import { isTrouble, mayTry, type Try, type Why } from './watchdog.ts'

export type CallState =
  | { readonly at: 'asking' }
  | { readonly at: 'refused'; readonly problem: Problem }
  /** `why`: the page opened the room anew by itself; `n` is another one for each frame. */
  | (Extract<Entered, { at: 'mounted' }> & { readonly why?: Why; readonly n: number })
  | Out

export function useCallState(tokens: string, quality: QualityState, mayRecord: boolean | undefined) {
  const [state, setState] = useState<CallState>({ at: 'asking' })
  const [exhausted, setExhausted] = useState(false)
  const count = useRef(0)
  const turns = useTurns()
  const tries = useTries(mayRecord)
  const stateAfter = (next: Entered, why?: Why): CallState =>
    next.at === 'mounted' ? { ...next, n: count.current++, ...(why === undefined ? {} : { why }) } : next

  const join = (unreachable?: string) => {
    setExhausted(false)
    setState({ at: 'asking' })
    void turns.take(enter(tokens, unreachable), (next) => setState(stateAfter(next)))
  }
  // A page that was left and is loaded again shows nobody.
  useEffect(() => (pageState().calling === false ? setState({ at: 'left' }) : join()), [])
  const over = state.at === 'left' || (state.at === 'trouble' && state.what === 'elsewhere')
  useEffect(() => {
    if (over || state.at === 'mounted') setPageState({ calling: !over })
  }, [over, state.at])
  // The first thing that ends a call is why it ended: what Jitsi sends afterwards does not change it.
  const whileMounted = (next: () => CallState) => setState((now) => (now.at === 'mounted' ? next() : now))
  const renewed = (why: Why, next: Entered) => {
    if (!tries.worth(why, next)) return
    if (why === 'cut' || why === 'unseen') quality.notice('reopened')
    const then = stateAfter(next, why)
    whileMounted(() => then)
  }
  const renew = (why: Why) => {
    const may = tries.may(why)
    if (may === 'exhausted') setExhausted(true)
    if (may === 'yes' && !turns.taken()) void turns.take(enter(tokens), (next) => renewed(why, next))
  }
  return { state, exhausted, join, out: (next: Out) => whileMounted(() => next), renew }
}

/** One entry is asked for at a time. Who presses a button does not wait for what the page asked by itself, and what was overtaken is not heard. */
function useTurns() {
  const turns = useRef({ last: 0, taken: false })
  return {
    taken: () => turns.current.taken,
    async take(asked: Promise<Entered>, then: (next: Entered) => void) {
      const mine = ++turns.current.last
      turns.current.taken = true
      const next = await asked
      if (mine !== turns.current.last) return
      turns.current.taken = false
      then(next)
    },
  }
}

/** What was tried by itself, and whether once more is worth it. */
function useTries(mayRecord: boolean | undefined) {
  const tries = useRef<readonly Try[]>([])
  const inVain = useRef<boolean | undefined>(undefined)
  const latest = useRef(mayRecord)
  if (latest.current !== mayRecord) inVain.current = undefined
  latest.current = mayRecord
  return {
    /** `exhausted`: the call does not hold, and a person decides. */
    may(why: Why): 'yes' | 'no' | 'exhausted' {
      if (why === 'word' && latest.current === inVain.current) return 'no'
      if (mayTry(why, tries.current, Date.now())) return 'yes'
      return why === 'unheard' ? 'no' : 'exhausted'
    },
    /** The old frame stays until there is something better, or nothing can come any more. */
    worth(why: Why, next: Entered): boolean {
      if (next.at === 'refused') return !passing(next.problem)
      if (next.at !== 'mounted') return false
      if (why === 'word' && next.entry.call.recording !== latest.current) {
        // Our server does not say what this page has heard: another frame would change nothing.
        inVain.current = latest.current
        return false
      }
      if (isTrouble(why)) tries.current = [...tries.current, { why, at: Date.now() }]
      return true
    },
  }
}
