// Being recorded: asked there and then of everyone, answered in one press, taken back in one press. Never assumed, never hidden.
import { useState } from 'preact/hooks'
import type { Me, PatientView, RecordingView } from '../../server/wire/wire.ts'
import { type Problem, post } from '../base/api.ts'
import type { Watched } from '../base/live.ts'
import { Inline } from '../ui/problem.tsx'

export type Asked<View> = { readonly me: Me; readonly path: string; readonly watched: Watched<View> }

/** Sends a word or a question, and shows the visit as it then is. */
export function useWord<View>({ path, watched }: Asked<View>) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const send = async (to: string, body: object) => {
    setBusy(true)
    const answer = await post<View>(`${path}/${to}`, body)
    setBusy(false)
    setProblem(answer.ok ? undefined : answer.problem)
    if (answer.ok) watched.put(answer.body)
    else watched.look()
  }
  const say = (agrees: boolean) => () => void send('recording/answers', { agrees })
  return { busy, problem, say, ask: () => void send('recording', {}) }
}

/** What everyone who is asked sees. */
export function RecordingQuestion(shown: Asked<PatientView> & { recording: RecordingView | undefined; runs: boolean }) {
  const { busy, problem, say } = useWord(shown)
  const { me, recording, runs } = shown
  if (recording === undefined)
    return runs ? (
      <p class="recording" role="alert">
        This visit is being recorded, and nobody was asked. Say so, or leave the call.
      </p>
    ) : null
  return (
    <section class="recording" aria-label="Recording">
      <p role="status">{questionWords(recording, runs)}</p>
      {problem !== undefined && <Inline problem={problem} me={me} />}
      <div class="actions">
        {recording.mine !== 'agreed' && (
          <button type="button" disabled={busy} onClick={say(true)}>
            {recording.mine === 'asked' ? 'Yes, I agree' : 'I agree now'}
          </button>
        )}
        {recording.mine === 'asked' && (
          <button type="button" disabled={busy} onClick={say(false)}>
            No, do not record
          </button>
        )}
        {recording.mine === 'agreed' && (
          <button type="button" disabled={busy} onClick={say(false)}>
            {recording.consent === 'agreed' ? 'Stop the recording' : 'Take it back'}
          </button>
        )}
      </div>
    </section>
  )
}

function questionWords({ mine, consent }: RecordingView, runs: boolean): string {
  if (runs)
    return consent === 'agreed'
      ? 'Everyone agreed: this visit is being recorded.'
      : 'Not everyone agrees: the recording is being stopped. If it goes on, leave the call.'
  if (mine === 'asked')
    return 'Your clinician would like to record this visit. It is recorded only if everyone agrees, and you can stop it at any time. The visit goes on either way.'
  if (mine === 'refused') return 'You did not agree. This visit is not recorded.'
  return consent === 'agreed'
    ? 'Everyone agreed: this visit may be recorded now.'
    : 'You agreed. It is not recorded yet: not everyone has.'
}
