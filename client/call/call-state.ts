// Where a call stands: asked for, mounted, over. Asks for entries, and takes a new one where the room must be opened anew.
// Refuses to reuse an entry: each join, also a rejoin, asks for its own, and a new entry mounts the frame anew. Of two tries the later counts.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { type Problem, passing } from '../base/api.ts'
import { pageState, setCalling, setPageState, wasCalling } from '../base/page-state.ts'
import type { Out } from './ending.ts'
import { type Entered, enter } from './entry.ts'
import type { QualityState } from './quality.ts'
import type { Trouble } from './trouble.ts'
import { isGuess, mayTry, type Try, type Why } from './watchdog.ts'
import { dueAt, dueFor, firstWay, isLost, type WayBack, type WayEvent, wayAfter } from './way-back.ts'

export type CallState =
  | { readonly at: 'asking' }
  /** The browser brought back a page that was in the call a good while ago: nobody's camera is opened before they say so. */
  | { readonly at: 'restored' }
  | { readonly at: 'refused'; readonly problem: Problem }
  /** `why`: the page opened the room anew by itself; `n` is another one for each frame. */
  | (Extract<Entered, { at: 'mounted' }> & { readonly why?: Why; readonly n: number })
  | Out

export function useCallState(tokens: string, quality: QualityState, mayRecord: boolean | undefined) {
  const { state, now, show } = useShown()
  const [exhausted, setExhausted] = useState(false)
  const count = useRef(0)
  // A page that goes from one room to the next has not left the call meanwhile.
  const staying = useRef(false)
  const turns = useTurns()
  const tries = useTries(mayRecord)
  const { way, happened } = useWay(state.at === 'mounted', (why) => renew(why))
  const showNext = (next: Entered, why?: Why) => {
    if (next.at !== 'mounted') return show(next)
    happened({ opened: isLost(why) ? why : 'otherwise' })
    show({ ...next, n: count.current++, ...(why === undefined ? {} : { why }) })
  }

  const join = (unreachable?: string) => {
    setExhausted(false)
    show({ at: 'asking' })
    void turns.take(enter(tokens, unreachable), showNext)
  }
  // Before it is drawn: a page that nobody looks at draws late.
  useLayoutEffect(() => (state.at === 'asking' ? join() : undefined), [])
  useKeptCalling(state)
  const renewed = (why: Why, next: Entered) => {
    if (!tries.worth(why, next)) return happened('unanswered')
    if (why === 'cut' || why === 'unseen') quality.notice('reopened')
    if (now().at !== 'mounted') return
    staying.current = next.at === 'mounted'
    showNext(next, why)
  }
  const renew = (why: Why) => {
    const may = tries.may(why)
    if (may === 'exhausted') setExhausted(true)
    if (may !== 'yes' || turns.taken()) return
    void turns.take(enter(tokens, deafOrigin(now(), way)), (next) => renewed(why, next))
  }
  // The first thing that ends a call is why it ended: what Jitsi sends afterwards does not change it.
  const out = (next: Out) => now().at === 'mounted' && show(next)
  return { state, exhausted, join, out, renew, staying, happened, comingBack: way.lost }
}

/** The state, and what it is by now: two things may happen before it is drawn. */
function useShown() {
  const [state, setState] = useState<CallState>(atFirst)
  const now = useRef(state)
  const show = (next: CallState) => {
    now.current = next
    setState(next)
  }
  return { state, now: () => now.current, show }
}

/** A page that was left and is loaded again shows nobody. */
function atFirst(): CallState {
  const { calling } = pageState()
  if (calling === false) return { at: 'left' }
  return { at: calling === undefined || wasCalling() ? 'asking' : 'restored' }
}

const keptMs = 10_000

/** Keeps with the page that it is in the call, for when it is loaded again; who was taken out, or came elsewhere, is in none. */
function useKeptCalling(state: CallState): void {
  const over = state.at === 'left' || (state.at === 'trouble' && overWith.includes(state.what))
  const mounted = state.at === 'mounted'
  useEffect(() => {
    if (over) setPageState(state.at === 'left' ? { calling: false } : { callingAt: 0 })
    if (!mounted) return
    setCalling()
    const again = setInterval(setCalling, keptMs)
    window.addEventListener('pagehide', setCalling)
    return () => {
      clearInterval(again)
      window.removeEventListener('pagehide', setCalling)
    }
  }, [over, mounted])
}

const overWith: readonly Trouble[] = ['elsewhere', 'removed', 'turned-away', 'ended']

/** How the way back stands, and what is due by it. */
function useWay(mounted: boolean, renew: (why: Why) => void) {
  const [way, setWay] = useState(() => firstWay(Date.now()))
  const due = mounted ? dueAt(way) : undefined
  const latest = useRef(renew)
  latest.current = renew
  useEffect(() => {
    if (due === undefined) return
    const timer = setTimeout(() => latest.current(dueFor(way)), Math.max(0, due - Date.now()))
    return () => clearTimeout(timer)
  }, [due, way])
  return { way, happened: (what: WayEvent) => setWay((before) => wayAfter(before, what, Date.now())) }
}

const deafTries = 3

/** The Jitsi that our server should look at itself: perhaps the visit goes to another one. */
const deafOrigin = (state: CallState, { tries, lost }: WayBack): string | undefined =>
  state.at === 'mounted' && tries >= deafTries && lost !== undefined && lost.by !== 'bridge'
    ? state.entry.origin
    : undefined

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
      if (isGuess(why)) tries.current = [...tries.current, { why, at: Date.now() }]
      return true
    },
  }
}
