// The clinician's side of a recording: ask, wait for everyone, start, stop. Asked for behind the bar's last button; what is then to be read
// and done lies as a sheet over the picture, and can be put away. Comes with the clinician's part alone.
// Refuses to hide the way to stop a recording that runs, whatever was agreed: a sheet that was put away is one press from the bar.
import { useEffect, useState } from 'preact/hooks'
import type { ClinicianView, RecordingView } from '../../server/wire/wire.ts'
import { Inline } from '../ui/problem.tsx'
import { Steady } from '../ui/steady.tsx'
import type { RecorderState } from './call.tsx'
import { deskWords } from './desk-words.ts'
import { type AnswerProps, useAnswer } from './recording-answer.ts'

type DeskProps = AnswerProps<ClinicianView> & {
  readonly view: ClinicianView
  /** As the room says; absent while this page is not in it. */
  readonly recorder: RecorderState | undefined
  onRecord(on: boolean): void
}

export type Desk = ReturnType<typeof useDesk>

/** The recording as it stands, and what can be done about it; undefined where there is none to speak of. */
export function useDesk({ me, path, watched, view, recorder, onRecord }: DeskProps) {
  const answer = useAnswer({ me, path, watched })
  const start = useStart(recorder, onRecord)
  const [putAway, setPutAway] = useState('')
  const { recording, status } = view
  // Whoever is not in the room knows it by our server's word alone.
  const runs = recorder === 'running' || (recorder === undefined && view.recordedSince !== undefined)
  const known = recording !== undefined || runs
  const sentence = !known ? '' : runs && recorder === undefined ? deskWords.fromOutside : stateOf(recording, runs)
  // What is new is shown, also to who has put away what was before it.
  const news = `${sentence} ${start.late} ${answer.problem?.code}`
  const about = status === 'in-progress' && (me.organisation.recording === true || runs)
  return {
    ...{ me, recording, recorder, runs, sentence, answer, start, onRecord, about },
    shown: about && (known || answer.problem !== undefined) && news !== putAway,
    putAway: () => setPutAway(news),
    bringBack: () => setPutAway(''),
  }
}

type DeskPart = { readonly desk: Desk }

/** Behind the bar's button: asks everyone, or brings back what was put away. */
export function RecordingChoice({ desk, close }: DeskPart & { close(): void }) {
  if (!desk.about) return null
  const open = desk.recording !== undefined || desk.runs
  const does = open ? deskWords.title : deskWords.ask
  return (
    <Steady
      does={does}
      disabled={desk.answer.busy}
      onPress={() => {
        close()
        if (open) desk.bringBack()
        else desk.answer.ask()
      }}
    >
      {does}
    </Steady>
  )
}

/** What there is to read and to do. */
export function RecordingSheet({ desk }: DeskPart) {
  if (!desk.shown) return null
  const { me, recording, recorder, runs, sentence, answer, start, onRecord } = desk
  const { busy, problem, say, ask } = answer
  return (
    <section class="recording sheet" aria-label={deskWords.title}>
      {sentence !== '' && <p role="status">{sentence}</p>}
      {start.late && <p role="alert">{deskWords.late}</p>}
      {problem !== undefined && <Inline problem={problem} me={me} />}
      <div class="actions">
        {!runs && recording?.agreement === 'refused' && (
          <button type="button" disabled={busy} onClick={ask}>
            {deskWords.askAgain}
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
        <button type="button" class="plain" onClick={desk.putAway}>
          {deskWords.putAway}
        </button>
      </div>
    </section>
  )
}

type OwnAnswerProps = { recording: RecordingView; busy: boolean; say: ReturnType<typeof useAnswer>['say'] }

function OwnAnswer({ recording: { mine, agreement }, busy, say }: OwnAnswerProps) {
  const agrees = mine === 'asked'
  if (!agrees && (mine !== 'agreed' || agreement === 'refused')) return null
  const does = agrees ? deskWords.yes : deskWords.takeBack
  return (
    <Steady does={does} class={agrees ? '' : 'plain'} disabled={busy} onPress={say(agrees)}>
      {does}
    </Steady>
  )
}
/** A recorder takes seconds to come, and where there is none nobody says so. */
const patienceMs = 20_000

function useStart(recorder: RecorderState | undefined, onRecord: DeskProps['onRecord']) {
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
