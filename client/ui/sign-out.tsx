// Asks somebody who waits before they leave, and before they sign out there or in a call; leaves for them. Comes with the press.
// Refuses to sign out who could not leave: their place at the door would stay behind, with nobody at it.
import { useState } from 'preact/hooks'
import type { Problem } from '../base/api.ts'
import { Dialog } from './dialog.tsx'
import { Inline } from './problem.tsx'
import { signOutWords } from './sign-out-words.ts'

/** What somebody is in, and how they leave it; answers what stood in the way. */
export type Leaving = { readonly at: 'door' | 'call'; leave(): Promise<Problem | undefined> }

export type AskedFirstProps = Pick<Leaving, 'leave'> & {
  readonly at: keyof typeof signOutWords
  /** Absent where nobody signs out. */
  onSignOut?(): Promise<Problem | undefined>
  onClose(): void
}

/** What loses nothing comes first; both stay in sight, however large the type is. */
export function AskedFirst({ at, leave, onSignOut, onClose }: AskedFirstProps) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const { title, says, yes, no } = signOutWords[at]
  const go = async () => {
    setBusy(true)
    setProblem((await leave()) ?? (await onSignOut?.()))
    setBusy(false)
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{says}</p>
      {problem !== undefined && <Inline problem={problem} />}
      <div class="actions">
        <button type="button" class="main" onClick={onClose}>
          {no}
        </button>
        <button type="button" class="main danger" disabled={busy} onClick={() => void go()}>
          {yes}
        </button>
      </div>
    </Dialog>
  )
}
