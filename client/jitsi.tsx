// The call: asks for an entry, brings Jitsi's room, and brings it anew when it must be. Loaded only when somebody joins.
// Refuses to reuse an entry: each join, also a rejoin, asks for its own, and a new entry mounts the frame anew.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Me, RoomToken } from '../server/wire.ts'
import { type Problem, passing } from './api.ts'
import type { Out } from './call/ending.ts'
import { type LineState, useLine } from './call/line.ts'
import { type CallProps, Mounted } from './call/mounted.tsx'
import { isTrouble, mayTry, type Try, type Why } from './call/watchdog.ts'
import { Ways } from './call/ways.tsx'
import { troubleWords } from './parts/call-words.ts'
import { type Entered, enter } from './parts/entry.ts'
import { Wait } from './parts/wait.tsx'
import { Inline } from './screens/problem.tsx'

export type { Room } from './call/ending.ts'
export type { CallProps } from './call/mounted.tsx'
export type { Recorder } from './call/recorder.ts'
export { prepare } from './parts/entry.ts'

type Stage =
  | { readonly at: 'asking' }
  | { readonly at: 'refused'; readonly problem: Problem }
  /** `why`: the page opened the room anew by itself; `n` is another one for each frame. */
  | { readonly at: 'mounted'; readonly entry: RoomToken; readonly why?: Why; readonly n: number }
  | Out

export function Call(props: CallProps) {
  const line = useLine()
  const { stage, held, join, out, renew } = useStage(`${props.path}/room-tokens`, line, props.mayRecord)
  const { me } = props
  if (stage.at === 'asking')
    return <Wait what="the video room" way={<Ways me={me} again="Try again" onAgain={() => join()} />} />
  if (stage.at === 'mounted') {
    const { n, entry, why } = stage
    return <Mounted key={n} {...props} {...{ entry, why, held, line }} onOut={out} onAgain={join} onDue={renew} />
  }
  return <Outside me={me} stage={stage} onAgain={() => join(silent(stage))} />
}

/** Where the call stands, and what moves it on. */
function useStage(tokens: string, line: LineState, mayRecord: boolean | undefined) {
  const [stage, setStage] = useState<Stage>({ at: 'asking' })
  const [held, setHeld] = useState(false)
  const count = useRef(0)
  const tries = useRef<readonly Try[]>([])
  // Of two tries the later one counts, whichever is answered last.
  const asked = useRef(0)
  const renewing = useRef(false)
  const inVain = useRef<boolean | undefined>(undefined)
  const latest = useRef(mayRecord)
  latest.current = mayRecord
  const staged = (next: Entered, why?: Why): Stage =>
    next.at === 'mounted' ? { ...next, n: count.current++, ...(why === undefined ? {} : { why }) } : next

  const join = (unreachable?: string) => {
    const mine = ++asked.current
    renewing.current = false
    setHeld(false)
    setStage({ at: 'asking' })
    void enter(tokens, unreachable).then((next) => mine === asked.current && setStage(staged(next)))
  }
  useEffect(() => join(), [])
  // The first thing that ends a call is why it ended: what Jitsi sends afterwards does not change it.
  const out = (next: Out) => setStage((now) => (now.at === 'mounted' ? next : now))
  const renew = async (why: Why) => {
    if (renewing.current || (why === 'word' && latest.current === inVain.current)) return
    if (!mayTry(why, tries.current, Date.now())) return why === 'unheard' ? undefined : setHeld(true)
    renewing.current = true
    const mine = ++asked.current
    const next = await enter(tokens)
    if (mine !== asked.current) return
    renewing.current = false
    // The old frame stays until there is something better, or nothing can come any more.
    if (next.at !== 'mounted' && !(next.at === 'refused' && !passing(next.problem))) return
    // Our server does not say what this page has heard: another frame would change nothing.
    if (why === 'word' && next.at === 'mounted' && next.entry.call.recording !== latest.current) {
      inVain.current = latest.current
      return
    }
    if (isTrouble(why)) tries.current = [...tries.current, { why, at: Date.now() }]
    if (why === 'cut' || why === 'unseen') line.notice('reopened')
    const then = staged(next, why)
    setStage((now) => (now.at === 'mounted' ? then : now))
  }
  return { stage, held, join, out, renew: (why: Why) => void renew(why) }
}

/** The Jitsi whose room did not answer, if that is what ended the call. */
const silent = (stage: Stage) => (stage.at === 'trouble' && stage.what === 'connection' ? stage.origin : undefined)

type Away = { me: Me; stage: Exclude<Stage, { at: 'asking' | 'mounted' }>; onAgain(): void }

function Outside({ me, stage, onAgain }: Away) {
  if (stage.at === 'refused')
    return (
      <Inline problem={stage.problem} me={me}>
        <Ways me={me} again="Try again" onAgain={onAgain} />
      </Inline>
    )
  const words =
    stage.at === 'left'
      ? {
          title: 'You left the call',
          todo: 'The visit goes on. You can come back.',
          again: 'Rejoin the call',
          support: '',
        }
      : troubleWords[stage.what]
  return (
    <div class="call-out" role="alert">
      <h2>{words.title}</h2>
      <p>{words.todo}</p>
      <Ways me={me} again={words.again} onAgain={onAgain} />
      {words.support !== '' && <p class="support">Code for support: {words.support}</p>}
    </div>
  )
}
