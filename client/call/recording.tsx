// Being recorded: asked there and then of everyone, answered in one press, taken back in one press. Never assumed, never hidden.
import type { PatientView, RecordingView } from '../../server/wire/wire.ts'
import { Inline } from '../ui/problem.tsx'
import { type AnswerProps, useAnswer } from './recording-answer.ts'
import { recordingWords } from './words.ts'

type QuestionProps = AnswerProps<PatientView> & {
  readonly recording: RecordingView | undefined
  readonly runs: boolean
}

/** What everyone who is asked sees. */
export function RecordingQuestion(props: QuestionProps) {
  const { busy, problem, say } = useAnswer(props)
  const { me, recording, runs } = props
  if (recording === undefined)
    return runs ? (
      <p class="recording" role="alert">
        {recordingWords.unasked}
      </p>
    ) : null
  return (
    <section class={recording.mine === 'asked' ? 'recording asking' : 'recording'} aria-label={recordingWords.title}>
      <p role="status">{questionOf(recording, runs)}</p>
      {problem !== undefined && <Inline problem={problem} me={me} />}
      <div class="actions">
        {recording.mine !== 'agreed' && (
          <button type="button" disabled={busy} onClick={say(true)}>
            {recording.mine === 'asked' ? recordingWords.yes : recordingWords.yesNow}
          </button>
        )}
        {recording.mine === 'asked' && (
          <button type="button" disabled={busy} onClick={say(false)}>
            {recordingWords.no}
          </button>
        )}
        {recording.mine === 'agreed' && (
          <button type="button" disabled={busy} onClick={say(false)}>
            {recording.agreement === 'agreed' ? recordingWords.stop : recordingWords.takeBack}
          </button>
        )}
      </div>
    </section>
  )
}

function questionOf({ mine, agreement }: RecordingView, runs: boolean): string {
  if (runs) return agreement === 'agreed' ? recordingWords.runs : recordingWords.stopping
  if (mine === 'asked') return recordingWords.question
  if (mine === 'refused') return recordingWords.refused
  return agreement === 'agreed' ? recordingWords.allAgreed : recordingWords.agreed
}
