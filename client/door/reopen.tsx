// A visit that has ended is opened again, for as long as that is possible. Asks first: it is a new call, and everybody is let in anew.
import { useState } from 'preact/hooks'
import type { ClinicianView, Me } from '../../server/wire/wire.ts'
import { now } from '../ui/clock.ts'
import { Dialog } from '../ui/dialog.tsx'
import { usePress } from '../ui/press.ts'
import { Inline } from '../ui/problem.tsx'
import type { Actions } from './actions.ts'
import { reopenWords } from './clinician-words.ts'

type ReopenProps = {
  readonly view: ClinicianView
  readonly me: Me
  readonly actions: Pick<Actions, 'reopen'>
}

export function Reopen({ view, me, actions }: ReopenProps) {
  const [asking, setAsking] = useState(false)
  const { busy, problem, press } = usePress()
  const { reopensUntil } = view
  if (reopensUntil === undefined || now.value >= Date.parse(reopensUntil)) return null
  return (
    <div class="person-do">
      <button type="button" class="plain" onClick={() => setAsking(true)}>
        {reopenWords.act}
      </button>
      {asking && (
        <Dialog title={reopenWords.title} onClose={() => setAsking(false)}>
          <p>{reopenWords.says}</p>
          {problem !== undefined && <Inline problem={problem} me={me} />}
          <div class="actions">
            <button type="button" class="main" disabled={busy} onClick={() => void press(actions.reopen)}>
              {busy ? reopenWords.busy : reopenWords.yes}
            </button>
            <button type="button" class="plain" onClick={() => setAsking(false)}>
              {reopenWords.no}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  )
}
