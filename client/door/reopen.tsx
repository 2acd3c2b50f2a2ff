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

/** As long as our server does it: later it is another visit. */
const possibleMs = 12 * 3_600_000

export function Reopen({ view, me, actions }: ReopenProps) {
  const [asking, setAsking] = useState(false)
  const { busy, problem, press } = usePress()
  const { status, endedItselfAt, finishedAt } = view
  const endedAt = endedItselfAt ?? finishedAt
  if (status !== 'finished' || endedAt === undefined || now.value >= Date.parse(endedAt) + possibleMs) return null
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
