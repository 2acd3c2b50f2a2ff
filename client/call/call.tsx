// The call: asks for an entry, brings Jitsi's room, and brings it anew when it must be. Loaded only when somebody joins.
// Refuses to show a room without an entry of its own.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Me, PatientView } from '../../server/wire/wire.ts'
import type { Watched } from '../base/live.ts'
import { isFocusLost } from '../ui/lost-focus.ts'
import { Inline } from '../ui/problem.tsx'
import { Wait } from '../ui/wait.tsx'
import type { CallProps } from './call-props.ts'
import { type CallState, useCallState } from './call-state.ts'
import { Mounted } from './mounted.tsx'
import { useQuality } from './quality.ts'
import type { RecorderState } from './recorder.ts'
import { RecordingQuestion } from './recording.tsx'
import { comeBack } from './right-back.ts'
import { WaysOut } from './way-out.tsx'
import { callWords, leftWords, restoredWords, troubleWords } from './words.ts'

export type { CallNow } from './call-now.ts'
export type { CallProps } from './call-props.ts'
export type { Room } from './ending.ts'
export { prepare } from './entry.ts'
export type { RecorderState } from './recorder.ts'
export { cool } from './warm.ts'

export function Call(props: CallProps) {
  const quality = useQuality()
  const { state, join, ...held } = useCallState(`${props.path}/room-tokens`, quality, props.mayRecord)
  const { me } = props
  const isOut = state.at !== 'mounted' && state.at !== 'asking'
  useEffect(() => comeBack(), [isOut])
  useEffect(() => comeBack, [])
  if (state.at === 'asking')
    return <Wait says={callWords.room} way={<WaysOut me={me} again={callWords.again} onAgain={() => join()} />} />
  if (state.at === 'mounted') {
    const { n, entry, names, why } = state
    const { exhausted, comingBack, staying, out, renew, happened } = held
    return (
      <Mounted
        key={n}
        {...props}
        {...{ entry, names, why, exhausted, quality, comingBack, staying }}
        onOut={out}
        onAgain={join}
        onDue={renew}
        onHappened={happened}
      />
    )
  }
  return <Outside me={me} state={state} onAgain={() => join()} />
}

export type PatientCallProps = Pick<CallProps, 'me' | 'path' | 'camera'> & {
  readonly view: PatientView
  readonly watched: Watched<PatientView>
}

/** The patient's side: above the call stands what is asked and said about recording it. */
export function PatientCall({ view, watched, ...call }: PatientCallProps) {
  const [recorder, setRecorder] = useState<RecorderState>()
  const seen = watched.seen.value
  const lost = seen.at === 'shown' && seen.trouble?.code === 'offline'
  const runs = recorder === 'running' || view.recordedSince !== undefined
  return (
    <>
      <div class="call-asks">
        {lost && <p role="status">{callWords.lost}</p>}
        <RecordingQuestion me={call.me} path={call.path} watched={watched} recording={view.recording} runs={runs} />
      </div>
      <Call {...call} lost={lost} side="patient" heldAt={view.heldAt} looked={view} onRecorder={setRecorder} />
    </>
  )
}

const outWords = { left: leftWords, restored: restoredWords }

type OutsideProps = { me: Me; state: Exclude<CallState, { at: 'asking' | 'mounted' }>; onAgain(): void }

function Outside({ me, state, onAgain }: OutsideProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  // The room went, and with it what was pressed in it, or below it: the bar there learns of it a moment later.
  useEffect(() => {
    const timer = setTimeout(() => isFocusLost() && heading.current?.focus(), 50)
    return () => clearTimeout(timer)
  }, [])
  if (state.at === 'refused')
    return (
      <Inline problem={state.problem} me={me}>
        <WaysOut me={me} again={callWords.again} onAgain={onAgain} />
      </Inline>
    )
  const { title, todo, again, support } = state.at === 'trouble' ? troubleWords[state.what] : outWords[state.at]
  return (
    <div class="call-out" role="alert">
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <p>{todo}</p>
      <WaysOut me={me} again={again} onAgain={onAgain} />
      {support !== undefined && <p class="support">{callWords.support(support)}</p>}
    </div>
  )
}
