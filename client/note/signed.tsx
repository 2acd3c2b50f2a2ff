// A signed note: its text, who signed it, and where it is on its way to the chart, with what to do about it.
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ClinicianView, FileNote, FilingView, Me, NoteView, NotFiled } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { StillInCall } from '../door/still-in-call.tsx'
import { announce } from '../ui/announce.ts'
import { clock } from '../ui/clock.ts'
import { Details } from '../ui/details.tsx'
import { Steady } from '../ui/steady.tsx'
import { PutRight } from './amend.tsx'
import { AskWhoItWas, type ConfirmWho, keptWords } from './confirm-who.tsx'
import { Copy } from './copy.tsx'
import { EhrLine } from './ehr.tsx'
import { Downloads } from './export.tsx'
import { retryIn, retryLater, sendToChart } from './filing.ts'
import type { Keeper } from './keeper.ts'
import { openOtherwise, seenOtherwise } from './let-in.tsx'
import { otherwiseWords } from './let-in-words.ts'
import { InTheWay, LooksByItself } from './looked.tsx'
import { isMeeting, isUnanswered } from './outcome-choice.ts'
import { filingSentence } from './sentences.ts'
import { SoapRead } from './sign.tsx'
import { confirmWhoWords, signedWords } from './signed-words.ts'
import { AskWhatHappened, type Say } from './what-happened.tsx'
import { isNobodys } from './who-it-was.tsx'
import { noteWords } from './words.ts'

type SignedProps = {
  readonly keeper: Keeper
  readonly me: Me
  readonly view: ClinicianView
  onEnd(): Promise<Problem | undefined>
  readonly onSay: Say
  readonly next: ComponentChildren
  readonly onConfirm: ConfirmWho
}

export function Signed({ keeper, me, view, onEnd, onSay, onConfirm, next }: SignedProps) {
  const note = keeper.note.value
  const sentence =
    isNobodys(view) && note.filing.state === 'unfiled'
      ? confirmWhoWords.signed
      : filingSentence(note, view.status === 'finished', me.organisation.timeZone)
  usePending(note, keeper)
  useRetry(note, keeper)
  useEffect(() => announce(sentence), [sentence])
  const top = useRef<HTMLDivElement>(null)
  // What becomes of the note is said above it, where a long text may have been scrolled away.
  useEffect(() => top.current?.scrollIntoView({ block: 'nearest' }), [sentence])
  // The dialog that had the focus is gone.
  useEffect(() => {
    if (document.activeElement === document.body) top.current?.focus()
  }, [])
  return (
    <>
      <div class={`filing ${note.filing.state}`} ref={top} tabIndex={-1}>
        <p>
          <strong>{sentence}</strong>
        </p>
        <Facts keeper={keeper} me={me} view={view} />
        {note.filing.state === 'filed' && next}
        {isNobodys(view) && <p>{keptWords(view)}</p>}
        <Next {...{ keeper, me, view, onEnd, onSay, onConfirm }} />
        <Downloads keeper={keeper} me={me} ofAnother={isNobodys(view)} />
      </div>
      <SignedBy note={note} me={me} />
      <SoapRead text={note.soap} />
      <EhrLine me={me} />
    </>
  )
}

function SignedBy({ note, me }: { note: NoteView; me: Me }) {
  if (note.sign.docStatus !== 'final') return null
  const { signedAt, signedBy } = note.sign
  return <p class="quiet">{signedWords.signedBy(signedBy, clock(signedAt, me.organisation.timeZone))}</p>
}

/** What the chart calls it, for who has to find it there. */
function Facts({ keeper, me, view }: { keeper: Keeper; me: Me; view: ClinicianView }) {
  const { filing } = keeper.note.value
  if (filing.state === 'not-filed') return <Refused filing={filing} byItself={retryIn(keeper) !== undefined} me={me} />
  if (filing.state === 'entered-in-error') return <Details>{filing.documentReference}</Details>
  if (filing.state !== 'filed') return null
  return (
    <>
      {filing.astray && <p class="trouble">{signedWords.astray}</p>}
      {filing.appointment === 'left' && !isMissed(view) && <p>{signedWords.appointmentLeft}</p>}
      {filing.borrowed !== undefined && <p>{signedWords.borrowed[filing.borrowed]}</p>}
      <Details>
        {filing.documentReference}
        {filing.encounter !== undefined && ` · ${filing.encounter}`}
      </Details>
    </>
  )
}

type RefusedProps = { filing: Extract<FilingView, { state: 'not-filed' }>; byItself: boolean; me: Me }

/** When it is tried again, by whom, and what the EHR calls its refusal. */
function Refused({ filing, byItself, me }: RefusedProps) {
  const again = byItself ? signedWords.sentAgainAt : signedWords.sendAgainAt
  return (
    <>
      {filing.retryAt !== undefined && <p>{again(clock(filing.retryAt, me.organisation.timeZone))}</p>}
      {filing.code !== undefined && <Details>{signedWords.code(filing.code)}</Details>}
    </>
  )
}

function Next({ keeper, me, view, onEnd, onSay, onConfirm }: Omit<SignedProps, 'next'>) {
  const work = keeper.work.value
  const note = keeper.note.value
  const { filing, soap } = note
  const unsaid = isUnanswered(view)
  const nobodys = isNobodys(view)
  const button = unsaid || nobodys ? undefined : buttonFor(filing, view.status)
  const stuck = work.at === 'stuck' && filing.state !== 'filed' && !isAnswered(work.problem, view) ? work : undefined
  const isKnown = button !== undefined && view.status === 'finished' && filing.state !== 'unknown'
  const anyway = openOtherwise(view, stuck?.problem, isKnown)
  const run = (more: FileNote = {}) => void sendToChart(keeper, view.status === 'in-progress' ? onEnd : undefined, more)
  const untold = filing.state === 'unknown' && stuck?.problem.code === 'filing-unknown'
  return (
    <>
      <InTheWay {...{ stuck, anyway, view, me }} isUnknown={filing.state === 'unknown'} />
      <LooksByItself keeper={keeper} note={note} />
      {button !== undefined && <StillInCall view={view} />}
      <div class="actions">
        {anyway !== undefined && (
          <FileAnyway
            anyway={anyway}
            busy={work.at === 'busy'}
            onFile={() => run({ anyway })}
            onAskAgain={() => run()}
          />
        )}
        {button !== undefined && anyway === undefined && (
          <button type="button" class="main" disabled={work.at === 'busy'} onClick={() => run()}>
            {work.at === 'busy' ? noteWords.oneMoment : button}
          </button>
        )}
        {unsaid && <AskWhatHappened main me={me} view={view} onSay={onSay} />}
        {nobodys && !unsaid && view.status === 'finished' && <AskWhoItWas {...{ me, view, onConfirm }} />}
        {untold && <SendAgain keeper={keeper} />}
        <Copy text={soap} />
        <PutRight keeper={keeper} me={me} />
      </div>
    </>
  )
}

type FileAnywayProps = { readonly anyway: Anyway; readonly busy: boolean; onFile(): void; onAskAgain(): void }
type Anyway = NonNullable<FileNote['anyway']>

/** One button that files, by its words in spite of what; what was read needs no second question. */
function FileAnyway({ anyway, busy, onFile, onAskAgain }: FileAnywayProps) {
  return (
    <>
      <Steady class="main" does={anyway} disabled={busy} onPress={onFile}>
        {busy ? noteWords.oneMoment : otherwiseWords.file[anyway]}
      </Steady>
      {anyway === 'unread' && (
        <button type="button" disabled={busy} onClick={onAskAgain}>
          {otherwiseWords.askAgain}
        </button>
      )}
    </>
  )
}

/** What was asked for has been said since, or is asked for beside it. */
function isAnswered({ code }: Problem, view: ClinicianView): boolean {
  if (code === 'identity-unconfirmed') return true
  if (code === 'appointment-otherwise') return seenOtherwise(view) === undefined
  return code === 'outcome-unsaid' && !isUnanswered(view)
}

/** The health record system cannot say whether it has the note: then only the person who looked in the chart can. */
function SendAgain({ keeper }: { keeper: Keeper }) {
  return (
    <button type="button" onClick={() => void sendToChart(keeper, undefined, { sendAgain: true })}>
      {noteWords.lookedSendAgain}
    </button>
  )
}

/** The appointment of a visit that did not take place is told of where that was said. */
const isMissed = ({ outcome }: ClinicianView): boolean =>
  outcome !== undefined && outcome.is !== 'unsaid' && !isMeeting(outcome.is)

/** The one button's words; none when there is nothing to press. */
function buttonFor(filing: FilingView, status: ClinicianView['status']): string | undefined {
  const { state } = filing
  if (state === 'filed' || state === 'pending' || state === 'entered-in-error') return undefined
  if (status === 'in-progress') return signedWords.endAndFile
  if (status !== 'finished') return undefined
  if (state === 'unknown') return signedWords.check
  if (state !== 'not-filed') return signedWords.file
  return neverSent.has(filing.why) ? signedWords.tryAgain : signedWords.sendAgain
}

/** Why a note was not even sent. */
const neverSent: ReadonlySet<NotFiled> = new Set(['no-encounter', 'not-offered', 'scope-missing'])

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
