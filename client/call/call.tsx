// The call: asks for an entry, brings Jitsi's room, and brings it anew when it must be. Loaded only when somebody joins.
// Refuses to show a room without an entry of its own.
import type { Me } from '../../server/wire/wire.ts'
import { Inline } from '../ui/problem.tsx'
import { Wait } from '../ui/wait.tsx'
import { type Stage, useStage } from './call-state.ts'
import { troubleWords } from './call-words.ts'
import { type CallProps, Mounted } from './mounted.tsx'
import { useLine } from './quality.ts'
import { Ways } from './way-out.tsx'

export type { Room } from './ending.ts'
export { prepare } from './entry.ts'
export type { CallProps } from './mounted.tsx'
export type { Recorder } from './recorder.ts'

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
