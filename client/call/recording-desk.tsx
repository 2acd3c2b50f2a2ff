// The clinician's side of a recording: ask, wait for everyone, start, stop. Comes with the clinician's part alone.
// Refuses to hide the way to stop a recording that runs, whatever was agreed.
import { useEffect, useState } from 'preact/hooks'
import type { ClinicianView, RecordingView } from '../../server/wire/wire.ts'
import { Inline } from '../ui/problem.tsx'
import { count } from '../ui/times.ts'
import type { Recorder } from './call.tsx'
import { type Asked, useWord } from './recording.tsx'

type ClinicAsked = Asked<ClinicianView> & {
  readonly view: ClinicianView
  /** As the room says; absent while this page is not in it. */
  readonly recorder: Recorder | undefined
  onRecord(on: boolean): void
}

/** What the clinician does about it: ask, wait, start, stop. */
export function RecordingDesk(shown: ClinicAsked) {
  const { busy, problem, say, ask } = useWord(shown)
  const { me, view, recorder, onRecord } = shown
  const start = useStart(recorder, onRecord)
  // Whoever is not in the room knows it by our server's word alone.
  const runs = recorder === 'running' || (recorder === undefined && view.recordedSince !== undefined)
  if (view.status !== 'in-progress' || (me.organisation.recording !== true && !runs)) return null
  const { recording } = view
  const again = recording?.consent === 'refused'
  return (
    <section class="recording" aria-label="Recording">
      {(recording !== undefined || runs) && (
        <p role="status">{runs && recorder === undefined ? fromOutside : deskWords(recording, runs)}</p>
      )}
      {start.late && (
        <p role="alert">The recording did not start. Perhaps there is no recorder free: try again, or go on without.</p>
      )}
      {problem !== undefined && <Inline problem={problem} me={me} />}
      <div class="actions">
        {!runs && (recording === undefined || again) && (
          <button type="button" disabled={busy} onClick={ask}>
            {again ? 'Ask everyone again' : 'Ask to record'}
          </button>
        )}
        {recording !== undefined && <Word {...{ recording, busy, say }} />}
        {recording?.consent === 'agreed' && recorder === 'ready' && (
          <button type="button" disabled={start.waiting} onClick={start.press}>
            {start.waiting ? 'Starting…' : 'Start recording'}
          </button>
        )}
        {recorder === 'running' && (
          <button type="button" onClick={() => onRecord(false)}>
            Stop recording
          </button>
        )}
      </div>
    </section>
  )
}

type Say = { recording: RecordingView; busy: boolean; say: ReturnType<typeof useWord>['say'] }

/** Her own word. */
function Word({ recording: { mine, consent }, busy, say }: Say) {
  if (mine === 'asked')
    return (
      <button type="button" disabled={busy} onClick={say(true)}>
        I agree
      </button>
    )
  if (mine !== 'agreed' || consent === 'refused') return null
  return (
    <button type="button" class="plain" disabled={busy} onClick={say(false)}>
      Do not record after all
    </button>
  )
}

/** A recorder takes seconds to come, and where there is none nobody says so. */
const patienceMs = 20_000

function useStart(recorder: Recorder | undefined, onRecord: ClinicAsked['onRecord']) {
  const [at, setAt] = useState<'not' | 'waiting' | 'late'>('not')
  useEffect(() => {
    if (recorder !== 'ready') setAt('not')
    if (at !== 'waiting') return
    const timer = setTimeout(() => setAt('late'), patienceMs)
    return () => clearTimeout(timer)
  }, [at, recorder])
  const press = () => {
    setAt('waiting')
    onRecord(true)
  }
  return { waiting: at === 'waiting', late: at === 'late', press }
}

const fromOutside = 'This visit is still being recorded. Go back into the call to stop it.'

function deskWords(recording: RecordingView | undefined, runs: boolean): string {
  if (runs && recording?.consent !== 'agreed')
    return 'Not everyone agrees to be recorded: the recording is being stopped. If it goes on, end the call.'
  if (recording === undefined || recording.consent === 'refused') return 'Not everyone agrees: nothing is recorded.'
  if (recording.consent === 'asked')
    return `Waiting for ${count(recording.open, 'answer', 'answers')}. Nothing is recorded.`
  if (runs) return 'This visit is being recorded. Everyone agreed, and anyone can stop it.'
  return 'Everyone agreed. It is not recorded until you start it.'
}
