// The clinician's side of a recording: ask, wait for everyone, start, stop. Comes with the clinician's part alone.
// Refuses to hide the way to stop a recording that runs, whatever was agreed.
import { useEffect, useState } from 'preact/hooks'
import type { ClinicianView, RecordingView } from '../../server/wire/wire.ts'
import { Inline } from '../ui/problem.tsx'
import type { RecorderState } from './call.tsx'
import { deskWords } from './desk-words.ts'
import { type AnswerProps, useAnswer } from './recording-answer.ts'

type RecordingDeskProps = AnswerProps<ClinicianView> & {
  readonly view: ClinicianView
  /** As the room says; absent while this page is not in it. */
  readonly recorder: RecorderState | undefined
  onRecord(on: boolean): void
}

/** What the clinician does about it: ask, wait, start, stop. */
export function RecordingDesk(props: RecordingDeskProps) {
  const { busy, problem, say, ask } = useAnswer(props)
  const { me, view, recorder, onRecord } = props
  const start = useStart(recorder, onRecord)
  // Whoever is not in the room knows it by our server's word alone.
  const runs = recorder === 'running' || (recorder === undefined && view.recordedSince !== undefined)
  if (view.status !== 'in-progress' || (me.organisation.recording !== true && !runs)) return null
  const { recording } = view
  const again = recording?.agreement === 'refused'
  return (
    <section class="recording" aria-label={deskWords.title}>
      {(recording !== undefined || runs) && (
        <p role="status">{runs && recorder === undefined ? deskWords.fromOutside : stateOf(recording, runs)}</p>
      )}
      {start.late && <p role="alert">{deskWords.late}</p>}
      {problem !== undefined && <Inline problem={problem} me={me} />}
      <div class="actions">
        {!runs && (recording === undefined || again) && (
          <button type="button" disabled={busy} onClick={ask}>
            {again ? deskWords.askAgain : deskWords.ask}
          </button>
        )}
        {recording !== undefined && <OwnAnswer {...{ recording, busy, say }} />}
        {recording?.agreement === 'agreed' && recorder === 'ready' && (
          <button type="button" disabled={start.waiting} onClick={start.start}>
            {start.waiting ? deskWords.starting : deskWords.start}
          </button>
        )}
        {recorder === 'running' && (
          <button type="button" onClick={() => onRecord(false)}>
            {deskWords.stop}
          </button>
        )}
      </div>
    </section>
  )
}

type OwnAnswerProps = { recording: RecordingView; busy: boolean; say: ReturnType<typeof useAnswer>['say'] }

function OwnAnswer({ recording: { mine, agreement }, busy, say }: OwnAnswerProps) {
  if (mine === 'asked')
    return (
      <button type="button" disabled={busy} onClick={say(true)}>
        {deskWords.yes}
      </button>
    )
  if (mine !== 'agreed' || agreement === 'refused') return null
  return (
    <button type="button" class="plain" disabled={busy} onClick={say(false)}>
      {deskWords.takeBack}
    </button>
  )
}

/** A recorder takes seconds to come, and where there is none nobody says so. */
const patienceMs = 20_000

function useStart(recorder: RecorderState | undefined, onRecord: RecordingDeskProps['onRecord']) {
  const [at, setAt] = useState<'not' | 'waiting' | 'late'>('not')
  useEffect(() => {
    if (recorder !== 'ready') setAt('not')
    if (at !== 'waiting') return
    const timer = setTimeout(() => setAt('late'), patienceMs)
    return () => clearTimeout(timer)
  }, [at, recorder])
  const start = () => {
    setAt('waiting')
    onRecord(true)
  }
  return { waiting: at === 'waiting', late: at === 'late', start }
}

function stateOf(recording: RecordingView | undefined, runs: boolean): string {
  if (runs && recording?.agreement !== 'agreed') return deskWords.stopping
  if (recording === undefined || recording.agreement === 'refused') return deskWords.refused
  if (recording.agreement === 'asked') return deskWords.open(recording.open)
  return runs ? deskWords.runs : deskWords.agreed
}
