// From text to signature: the note as it will be filed is shown once more, and the visit is ended on the way if need be.
// Refuses to sign what is not saved, or not on the screen.
import { useRef, useState } from 'preact/hooks'
import type { ClinicianView, FileNote, Me, NoteView, SoapText, WhatHappened } from '../../server/wire/wire.ts'
import { type Problem, post } from '../base/api.ts'
import type { Actions } from '../door/actions.ts'
import { StillInCall } from '../door/still-in-call.tsx'
import { born } from '../ui/born.ts'
import { now } from '../ui/clock.ts'
import { Dialog } from '../ui/dialog.tsx'
import { usePress } from '../ui/press.ts'
import { Inline } from '../ui/problem.tsx'
import { day, timeOfDay } from '../ui/times.ts'
import { useCapability } from './capability.ts'
import { keepHere, sendToChart } from './filing.ts'
import type { Keeper } from './keeper.ts'
import { AskOtherwise, isOtherwise, seenOtherwise } from './let-in.tsx'
import { letInWords } from './let-in-words.ts'
import { asKnown, asks, chosenWord, firstChoice } from './outcome-choice.ts'
import { type NotReady, NotYet, readyText } from './ready.tsx'
import { fields } from './saving.ts'
import { type Say, WhatHappenedFields } from './what-happened.tsx'
import { isNobodys } from './who-it-was.tsx'
import { WhoSigned } from './who-signed.tsx'
import { noteWords, signWords } from './words.ts'

type SignProps = {
  readonly keeper: Keeper
  readonly me: Me
  readonly view: ClinicianView
  onEnd(): Promise<Problem | undefined>
  readonly onSay: Say
  readonly identify: Actions['identify']
}
/** The saved text that is shown for signing. */
type Review = { readonly text: SoapText; readonly version: number }

export function SignStart(props: SignProps) {
  const { keeper, me } = props
  const [review, setReview] = useState<Review>()
  const [met, setMet] = useState<NotReady>()
  const start = async () => {
    setMet(undefined)
    const ready = await readyText(keeper)
    if (typeof ready === 'string') setMet(ready)
    else setReview(ready)
  }
  return (
    <div class="sign-start">
      <button type="button" class="main" disabled={keeper.saving.value.at === 'changed'} onClick={() => void start()}>
        {signWords.review}
      </button>
      {met !== undefined && <NotYet met={met} keeper={keeper} words={signWords} />}
      {review !== undefined && <Signing {...props} review={review} me={me} onClose={() => setReview(undefined)} />}
    </div>
  )
}

/**
 * Signs the version on the screen, ends the visit if asked to, says what happened where that is to be said, and files; answers what kept it from
 * being signed.
 */
async function sign({ keeper, view, onEnd, onSay }: SignProps, { version, ending, word, anyway }: Wish) {
  const signed = await post<NoteView>(`${keeper.path}/signature`, {}, version)
  if (!signed.ok) return signed.problem
  // Of a visit that nobody began the word of what happened is its end.
  const filing = ending || view.status === 'finished' || word !== undefined
  if (filing) keeper.work.value = { at: 'busy' }
  keeper.put(signed.body)
  const before = async () => (ending ? await onEnd() : undefined) ?? (word && (await onSay(word)))
  if (filing && isKept(view, word)) await keepHere(keeper, before)
  else if (filing) await sendToChart(keeper, before, anyway === undefined ? {} : { anyway })
  return undefined
}

/** It goes to no chart: another was in the call, and nobody is confirmed, nor is with what is said now. */
const isKept = (view: ClinicianView, word: WhatHappened | undefined): boolean =>
  isNobodys(view) && word?.identityConfirmed === undefined

type Wish = {
  readonly version: number
  readonly ending: boolean
  readonly word: WhatHappened | undefined
  /** What was on the screen of the appointment by which somebody was let in unread. */
  readonly anyway: FileNote['anyway']
}

type SigningProps = SignProps & { readonly review: Review; onClose(): void }

/** Signs what is shown, once; a note that changed meanwhile is looked at again. */
function useSigning({ review, onClose, ...props }: SigningProps) {
  const anyway = isOtherwise(props.view) ? seenOtherwise(props.view) : undefined
  const { busy, problem, press } = usePress()
  const run = async (ending: boolean, word?: WhatHappened) => {
    const met = await press(() => sign(props, { version: review.version, ending, word, anyway }))
    if (met?.code === 'note-changed') await props.keeper.look()
    if (met === undefined) onClose()
  }
  return { busy, problem, run: (ending: boolean, word?: WhatHappened) => void run(ending, word) }
}

function Signing(props: SigningProps) {
  const { me, view, review, identify, onClose } = props
  const capability = useCapability(me)
  const { busy, problem, run } = useSigning(props)
  const amends = capability.at !== 'told' || capability.view.amends
  const live = view.status === 'in-progress'
  const asking = useAsking(view)
  const kept = isKept(view, asking.word)
  return (
    <Dialog title={signWords.heading} wide onClose={onClose}>
      <p>{whose(view, asking, me.organisation.timeZone)}</p>
      {/* First, where it is read before anything is pressed, however long the note is. */}
      <StillInCall view={view} />
      <SoapRead text={review.text} />
      <p class="quiet">{amends ? signWords.amendable : signWords.notAmendable}</p>
      {!kept && !asking.unbegun && <When status={view.status} />}
      <WhoSigned {...{ me, view, identify }} />
      <AskOtherwise view={view} me={me} />
      {asking.asked && <WhatHappenedFields view={view} me={me} choice={asking.choice} onChoose={asking.choose} />}
      {asking.missing !== '' && <p role="alert">{asking.missing}</p>}
      {problem !== undefined && <Inline problem={problem} me={me} />}
      <div class="actions">
        <button type="button" class="main" disabled={busy} onClick={() => asking.answered((word) => run(live, word))}>
          {busy ? signWords.signing : buttonFor(view, kept, asking.unbegun)}
        </button>
        {(live || asking.unbegun) && (
          <button type="button" disabled={busy} onClick={() => run(false)}>
            {kept ? signWords.sign : signWords.fileLater}
          </button>
        )}
        <button type="button" class="plain" onClick={onClose}>
          {signWords.writeOn}
        </button>
      </div>
    </Dialog>
  )
}

type Asking = ReturnType<typeof useAsking>

/** What happened, where that is to be said before the note goes to the chart. */
function useAsking(view: ClinicianView) {
  const [chosen, setChosen] = useState(() => firstChoice(view))
  // Somebody may be found to be another, or be confirmed, while the question is on the screen.
  const choice = asKnown(chosen, view)
  const [missing, setMissing] = useState('')
  // What was missing was said of another choice.
  const choose = (next: typeof chosen) => {
    setMissing('')
    setChosen(next)
  }
  // A question that is on the screen stays there until it is answered.
  const begun = useRef(false)
  begun.current ||= asks(view, now.peek())
  const asked = begun.current
  const unbegun = asked && (view.status === 'planned' || view.status === 'arrived')
  const answered = (go: (word?: WhatHappened) => void) => {
    const word = asked ? chosenWord(choice) : undefined
    setMissing(typeof word === 'string' ? word : '')
    if (typeof word !== 'string') go(word)
  }
  const said = asked ? chosenWord(choice) : undefined
  return { asked, unbegun, choice, choose, missing, answered, word: typeof said === 'string' ? undefined : said }
}

/** A visit that was none by video is called none. */
function whose(view: ClinicianView, { unbegun, choice }: Pick<Asking, 'unbegun' | 'choice'>, timeZone: string): string {
  const { patient, start, outcome, neverBegan } = view
  const as = choice.is ?? outcome?.is
  const kind = as === 'telephone' ? 'telephone' : unbegun || neverBegan ? 'unbegun' : 'video'
  const on = signWords.visitOn[kind](day(start, timeZone), timeOfDay(start, timeZone))
  return signWords.whose(patient.name, born(patient.birthDate, timeZone), on)
}

function buttonFor(view: ClinicianView, kept: boolean, unbegun: boolean): string {
  if (kept) return view.status === 'in-progress' ? signWords.endAndSign : signWords.sign
  const { endSignAndFile, signAndFile } = isOtherwise(view) ? letInWords : signWords
  if (view.status === 'in-progress') return endSignAndFile
  return view.status === 'finished' || unbegun ? signAndFile : signWords.sign
}

/** What stands between the signature and the chart. */
function When({ status }: { status: ClinicianView['status'] }) {
  if (status === 'finished') return null
  return <p>{status === 'in-progress' ? signWords.goingOn : signWords.notStarted}</p>
}

/** The note as it goes to the chart. */
export const SoapRead = ({ text }: { text: SoapText }) => (
  <dl class="soap-read">
    {fields.map((field) => (
      <div key={field}>
        <dt>{noteWords.titles[field]}</dt>
        <dd>{text[field].trim() === '' ? <span class="quiet">{noteWords.nothingWritten}</span> : text[field]}</dd>
      </div>
    ))}
  </dl>
)
