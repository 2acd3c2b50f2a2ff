// A signed note: its text, who signed it, and where it is on its way to the chart, with what to do about it.
import { useEffect, useRef } from 'preact/hooks'
import type { ClinicianView, FilingView, Me, NoteView } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { announce } from '../ui/announce.ts'
import { Inline } from '../ui/problem.tsx'
import { clock } from '../ui/times.ts'
import { PutRight } from './amend.tsx'
import { Copy } from './copy.tsx'
import { EhrLine } from './ehr.tsx'
import { TakeAlong } from './export.tsx'
import { file, retryIn, retryLater } from './filing.ts'
import type { Keeper } from './keeper.ts'
import { filingWords } from './note-words.ts'
import { SoapRead } from './sign.tsx'

type Shown = {
  readonly keeper: Keeper
  readonly me: Me
  readonly view: ClinicianView
  onEnd(): Promise<Problem | undefined>
}

export function Signed({ keeper, me, view, onEnd }: Shown) {
  const note = keeper.note.value
  const words = filingWords(note, view.status === 'finished', me.organisation.timeZone)
  usePending(note, keeper)
  useRetry(note, keeper)
  useEffect(() => announce(words), [words])
  const top = useRef<HTMLDivElement>(null)
  // What becomes of the note is said above it, where a long text may have been scrolled away.
  useEffect(() => top.current?.scrollIntoView({ block: 'nearest' }), [words])
  // The dialog that had the focus is gone.
  useEffect(() => {
    if (document.activeElement === document.body) top.current?.focus()
  }, [])
  return (
    <>
      <div class={`filing ${note.filing.state}`} ref={top} tabIndex={-1}>
        <p>
          <strong>{words}</strong>
        </p>
        <Facts keeper={keeper} me={me} />
        <Next keeper={keeper} me={me} view={view} onEnd={onEnd} />
        <TakeAlong keeper={keeper} me={me} />
      </div>
      <SignedBy note={note} me={me} />
      <SoapRead text={note.soap} />
      <EhrLine me={me} />
    </>
  )
}

function SignedBy({ note, me }: { note: NoteView; me: Me }) {
  if (note.sign.docStatus !== 'final') return null
  return (
    <p class="quiet">
      Signed {clock(note.sign.signedAt, me.organisation.timeZone)} by {note.sign.signedBy}
    </p>
  )
}

/** What the chart calls it, for who has to find it there. */
function Facts({ keeper, me }: { keeper: Keeper; me: Me }) {
  const { filing } = keeper.note.value
  if (filing.state === 'not-filed') return <Refused filing={filing} byItself={retryIn(keeper) !== undefined} me={me} />
  if (filing.state === 'entered-in-error') return <p class="ids">{filing.documentReference}</p>
  if (filing.state !== 'filed') return null
  return (
    <>
      {filing.appointment === 'left' && (
        <p>The appointment itself could not be marked as done. Please do that in the schedule.</p>
      )}
      <p class="ids">
        {filing.documentReference}
        {filing.encounter !== undefined && ` · ${filing.encounter}`}
      </p>
    </>
  )
}

type NotFiled = { filing: Extract<FilingView, { state: 'not-filed' }>; byItself: boolean; me: Me }

/** When it is tried again, by whom, and what the EHR calls its refusal. */
function Refused({ filing, byItself, me }: NotFiled) {
  return (
    <>
      {filing.retryAt !== undefined && (
        <p>
          It asked us to come back at {clock(filing.retryAt, me.organisation.timeZone)}.{' '}
          {byItself
            ? 'While this page is open, the note is sent again by itself then, once.'
            : 'It is not sent by itself any more: press “Send it again” then.'}
        </p>
      )}
      {filing.code !== undefined && <p class="ids">The EHR’s code for support: {filing.code}</p>}
    </>
  )
}

function Next({ keeper, me, view, onEnd }: Shown) {
  const work = keeper.work.value
  const { filing, soap } = keeper.note.value
  const words = way(filing, view.status)
  const run = () => void file(keeper, view.status === 'in-progress' ? onEnd : undefined)
  const untold = filing.state === 'unknown' && work.at === 'stuck' && work.problem.code === 'filing-unknown'
  return (
    <>
      {work.at === 'stuck' && filing.state !== 'filed' && <Inline problem={work.problem} me={me} />}
      <div class="actions">
        {words !== undefined && (
          <button type="button" class="main" disabled={work.at === 'busy'} onClick={run}>
            {work.at === 'busy' ? 'One moment…' : words}
          </button>
        )}
        {untold && <SendAgain keeper={keeper} />}
        <Copy text={soap} />
        <PutRight keeper={keeper} me={me} />
      </div>
    </>
  )
}

/** The health record system cannot say whether it has the note: then only the person who looked in the chart can. */
function SendAgain({ keeper }: { keeper: Keeper }) {
  return (
    <button type="button" onClick={() => void file(keeper, undefined, { sendAgain: true })}>
      I looked in the chart: it is not there. Send it again
    </button>
  )
}

/** The one button's words; none when there is nothing to press. */
function way(filing: FilingView, status: ClinicianView['status']): string | undefined {
  const { state } = filing
  if (state === 'filed' || state === 'pending' || state === 'entered-in-error') return undefined
  if (status === 'in-progress') return 'End the visit and file the note'
  if (status !== 'finished') return undefined
  if (state === 'unknown') return 'Check again'
  if (state !== 'not-filed') return 'File the note'
  return neverSent.has(filing.why) ? 'Try again' : 'Send it again'
}

/** Why a note was not even sent. */
const neverSent: ReadonlySet<string> = new Set(['no-encounter', 'not-offered', 'scope-missing'])

const pendingMs = 2_000

/** Looks again while the note is on its way. */
function usePending(note: NoteView, keeper: Keeper): void {
  const pending = note.filing.state === 'pending'
  useEffect(() => {
    if (!pending) return
    const timer = setInterval(() => void keeper.look(), pendingMs)
    return () => clearInterval(timer)
  }, [pending])
}

/** An EHR that was busy is asked again after the pause it wanted, once. */
function useRetry({ filing }: NoteView, keeper: Keeper): void {
  const [at, retryAt] = filing.state === 'not-filed' ? [filing.at, filing.retryAt] : []
  useEffect(() => retryLater(keeper), [at, retryAt])
}
