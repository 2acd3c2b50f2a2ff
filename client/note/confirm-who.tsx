// After the end: that who it was is confirmed outside of the call, for a visit in whose call nobody was. Refuses one press.
import { useState } from 'preact/hooks'
import type { ClinicianView, Me } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { born } from '../ui/born.ts'
import { Dialog } from '../ui/dialog.tsx'
import { usePress } from '../ui/press.ts'
import { Inline } from '../ui/problem.tsx'
import { isUnanswered } from './outcome-choice.ts'
import { confirmWhoWords } from './signed-words.ts'
import { isNobodys } from './who-it-was.tsx'

/** Says that it is confirmed; answers what stood in the way. */
export type ConfirmWho = () => Promise<Problem | undefined>

/** Beside a note that nobody has signed: why it will not be filed, and what to do about it. */
export function NobodyConfirmed(props: AskProps) {
  const { view } = props
  if (!isNobodys(view)) return null
  const ask = view.status === 'finished' && !isUnanswered(view)
  return (
    <div class="filing">
      <p>{keptWords(view)}</p>
      {ask && <AskWhoItWas {...props} />}
    </div>
  )
}

/** Why the note is not filed, and what to do about it. */
export function keptWords({ status, outcome }: ClinicianView): string {
  if (status !== 'finished') return confirmWhoWords.keptLive
  return outcome?.is === 'another-came' || outcome?.is === 'did-not-come'
    ? confirmWhoWords.keptMissed
    : confirmWhoWords.kept
}

type AskProps = { readonly me: Me; readonly view: ClinicianView; readonly onConfirm: ConfirmWho }

export function AskWhoItWas({ me, view, onConfirm }: AskProps) {
  const [open, setOpen] = useState(false)
  const { busy, problem, press } = usePress()
  const confirm = async () => {
    if ((await press(onConfirm)) === undefined) setOpen(false)
  }
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {confirmWhoWords.title}
      </button>
      {open && (
        <Dialog title={confirmWhoWords.title} onClose={() => setOpen(false)}>
          <p>
            <strong>
              {view.patient.name}, {born(view.patient.birthDate, me.organisation.timeZone)}
            </strong>
          </p>
          <p>{confirmWhoWords.says}</p>
          {problem !== undefined && <Inline problem={problem} me={me} />}
          <div class="actions">
            <button type="button" class="main" disabled={busy} onClick={() => void confirm()}>
              {confirmWhoWords.yes}
            </button>
            <button type="button" class="plain" onClick={() => setOpen(false)}>
              {confirmWhoWords.no}
            </button>
          </div>
        </Dialog>
      )}
    </>
  )
}
