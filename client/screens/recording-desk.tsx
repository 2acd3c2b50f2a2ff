// The clinician's side of a recording: ask, wait for everyone, start, stop. Comes with the clinician's part alone.
import type { ClinicianView, RecordingView } from '../../server/wire.ts'
import { count } from '../parts/times.ts'
import { Inline } from './problem.tsx'
import { type Asked, useWord } from './recording.tsx'

type ClinicAsked = Asked<ClinicianView> & {
  readonly view: ClinicianView
  /** Whether it runs, as the room says; absent while this page's entry does not let it start. */
  readonly running: boolean | undefined
  onRecord(on: boolean): void
}

/** What the clinician does about it: ask, wait, start, stop. */
export function RecordingDesk(shown: ClinicAsked) {
  const { busy, problem, say, ask } = useWord(shown)
  const { me, view, running, onRecord } = shown
  if (me.organisation.recording !== true || view.status !== 'in-progress') return null
  const { recording } = view
  const again = recording?.consent === 'refused'
  return (
    <section class="recording" aria-label="Recording">
      {recording !== undefined && <p role="status">{deskWords(recording, running)}</p>}
      {problem !== undefined && <Inline problem={problem} me={me} />}
      <div class="actions">
        {(recording === undefined || again) && (
          <button type="button" disabled={busy} onClick={ask}>
            {again ? 'Ask everyone again' : 'Ask to record'}
          </button>
        )}
        {recording !== undefined && recording.mine === 'asked' && (
          <button type="button" disabled={busy} onClick={say(true)}>
            I agree
          </button>
        )}
        {recording?.consent === 'agreed' && running !== undefined && (
          <button type="button" onClick={() => onRecord(!running)}>
            {running ? 'Stop recording' : 'Start recording'}
          </button>
        )}
        {recording !== undefined && recording.mine === 'agreed' && !again && (
          <button type="button" class="plain" disabled={busy} onClick={say(false)}>
            Do not record after all
          </button>
        )}
      </div>
    </section>
  )
}

function deskWords({ consent, open }: RecordingView, running: boolean | undefined): string {
  if (consent === 'refused') return 'Not everyone agrees: nothing is recorded.'
  if (consent === 'asked') return `Waiting for ${count(open, 'answer', 'answers')}. Nothing is recorded.`
  if (running) return 'This visit is being recorded. Everyone agreed, and anyone can stop it.'
  return 'Everyone agreed. It is not recorded until you start it.'
}
