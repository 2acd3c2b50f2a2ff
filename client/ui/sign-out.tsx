// Asks somebody who waits, or is in a call, before they sign out, and leaves for them. Comes with the press.
// Refuses to sign out who could not leave: their place at the door would stay behind, with nobody at it.
import { useState } from 'preact/hooks'
import type { Problem } from '../base/api.ts'
import { Dialog } from './dialog.tsx'
import { Inline } from './problem.tsx'
import { signOutWords } from './sign-out-words.ts'

/** What somebody is in, and how they leave it; answers what stood in the way. */
export type Leaving = { readonly at: keyof typeof signOutWords; leave(): Promise<Problem | undefined> }

type SignOutProps = Leaving & { onSignOut(): Promise<Problem | undefined>; onClose(): void }

export function SignOut({ at, leave, onSignOut, onClose }: SignOutProps) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const { title, says, yes, no } = signOutWords[at]
  const go = async () => {
    setBusy(true)
    setProblem((await leave()) ?? (await onSignOut()))
    setBusy(false)
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{says}</p>
      {problem !== undefined && <Inline problem={problem} />}
      <div class="actions">
        <button type="button" class="main danger" disabled={busy} onClick={() => void go()}>
          {yes}
        </button>
        <button type="button" onClick={onClose}>
          {no}
        </button>
      </div>
    </Dialog>
  )
}
