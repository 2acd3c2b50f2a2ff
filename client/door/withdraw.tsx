// Consent to telehealth is taken back: in the waiting room and in the call, asked once more first. Comes when it is wanted.
import { useState } from 'preact/hooks'
import type { Problem } from '../base/api.ts'
import { Dialog } from '../ui/dialog.tsx'
import { usePress } from '../ui/press.ts'
import { Inline } from '../ui/problem.tsx'
import { withdrawWords } from './consent-words.ts'

/** Takes it back; answers what stood in the way. */
type WithdrawProps = { onWithdraw(): Promise<Problem | undefined> }

export function Withdraw({ onWithdraw }: WithdrawProps) {
  const [asking, setAsking] = useState(false)
  const { busy, problem, press } = usePress()
  const { act, title, says, yes, no } = withdrawWords
  return (
    <>
      <button type="button" class="plain" onClick={() => setAsking(true)}>
        {act}
      </button>
      {asking && (
        <Dialog title={title} onClose={() => setAsking(false)}>
          <p>{says}</p>
          {problem !== undefined && <Inline problem={problem} />}
          <div class="actions">
            <button type="button" class="main" onClick={() => setAsking(false)}>
              {no}
            </button>
            <button type="button" class="main danger" disabled={busy} onClick={() => void press(onWithdraw)}>
              {yes}
            </button>
          </div>
        </Dialog>
      )}
    </>
  )
}
