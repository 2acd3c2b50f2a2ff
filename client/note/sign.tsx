// From text to signature: the note as it will be filed is shown once more, and the visit is ended on the way if need be.
// Refuses to sign what is not saved, or not on the screen.
import { useState } from 'preact/hooks'
import type { ClinicianView, Me, NoteView, SoapText } from '../../server/wire/wire.ts'
import { type Problem, post } from '../base/api.ts'
import { born } from '../ui/born.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Inline } from '../ui/problem.tsx'
import { clock, day } from '../ui/times.ts'
import { useCapability } from './capability.ts'
import { file } from './filing.ts'
import type { Keeper } from './keeper.ts'
import { emptyText, fields } from './saving.ts'

type Shown = {
  readonly keeper: Keeper
  readonly me: Me
  readonly view: ClinicianView
  onEnd(): Promise<Problem | undefined>
}
/** The saved text that is shown for signing. */
type Review = { readonly text: SoapText; readonly version: number }

export function SignStart(shown: Shown) {
  const { keeper, me } = shown
  const [review, setReview] = useState<Review>()
  const [said, setSaid] = useState('')
  const saving = keeper.saving.value
  const start = async () => {
    setSaid('')
    const safe = await keeper.flush()
    const now = keeper.saving.peek()
    if (!safe || now.at !== 'saved') return setSaid('The note is not saved yet. Sign it when it is.')
    if (emptyText(now.text)) return setSaid('The note is empty. Write it first.')
    setReview({ text: now.text, version: now.version })
  }
  return (
    <div class="sign-start">
      <button type="button" class="main" disabled={saving.at === 'changed'} onClick={() => void start()}>
        Review and sign
      </button>
      {said !== '' && <p role="alert">{said}</p>}
      {review !== undefined && <Signing {...shown} review={review} me={me} onClose={() => setReview(undefined)} />}
    </div>
  )
}

/** Signs the version on the screen, ends the visit if asked to, and files; answers what kept it from being signed. */
async function sign({ keeper, view, onEnd }: Shown, version: number, ending: boolean) {
  const signed = await post<NoteView>(`${keeper.path}/signature`, {}, version)
  if (!signed.ok) return signed.problem
  const filing = ending || view.status === 'finished'
  if (filing) keeper.work.value = { at: 'busy' }
  keeper.put(signed.body)
  if (filing) await file(keeper, ending ? onEnd : undefined)
  return undefined
}

function Signing({ review, onClose, ...shown }: Shown & { review: Review; onClose(): void }) {
  const { keeper, me, view } = shown
  const capability = useCapability(me)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const run = async (ending: boolean) => {
    setBusy(true)
    const met = await sign(shown, review.version, ending)
    setBusy(false)
    setProblem(met)
    if (met?.code === 'note-changed') await keeper.look()
    if (met === undefined) onClose()
  }
  const live = view.status === 'in-progress'
  const done = view.status === 'finished'
  return (
    <Dialog title="Sign this note" wide onClose={onClose}>
      <p>
        {view.patient.name}, {born(view.patient.birthDate)}. Video visit on {day(view.start, me.organisation.timeZone)},{' '}
        {clock(view.start, me.organisation.timeZone)}.
      </p>
      <SoapRead text={review.text} />
      <p class="quiet">{afterSigning(capability.at === 'told' ? capability.view.amends : true)}</p>
      <When status={view.status} />
      {problem !== undefined && <Inline problem={problem} me={me} />}
      <div class="actions">
        <button type="button" class="main" disabled={busy} onClick={() => void run(live)}>
          {busy ? 'Signing…' : live ? 'End the visit, sign and file' : done ? 'Sign and file' : 'Sign'}
        </button>
        {live && (
          <button type="button" disabled={busy} onClick={() => void run(false)}>
            Sign now, file later
          </button>
        )}
        <button type="button" class="plain" onClick={onClose}>
          Go on writing
        </button>
      </div>
    </Dialog>
  )
}

const afterSigning = (amends: boolean): string =>
  amends
    ? 'You can amend the note after you signed it: change the text, sign it again, and file it again.'
    : 'You can change the note here until it is in the chart. From then on it is changed in the chart itself.'

/** What stands between the signature and the chart. */
function When({ status }: { status: ClinicianView['status'] }) {
  if (status === 'finished') return null
  if (status === 'in-progress') return <p>The visit is still going on. The note goes to the chart when it has ended.</p>
  return <p>The visit has not started. The note can be signed now, and goes to the chart after the visit.</p>
}

const titles = { subjective: 'Subjective', objective: 'Objective', assessment: 'Assessment', plan: 'Plan' } as const

/** The note as it goes to the chart. */
export const SoapRead = ({ text }: { text: SoapText }) => (
  <dl class="soap-read">
    {fields.map((field) => (
      <div key={field}>
        <dt>{titles[field]}</dt>
        <dd>{text[field].trim() === '' ? <span class="quiet">Nothing written</span> : text[field]}</dd>
      </div>
    ))}
  </dl>
)
