// A signed note that must be put right: opening it again, giving that up, and marking what is in the chart as a mistake.
// Refuses to lose a word: each is asked before it is done, and says what the chart has meanwhile.

import { useState } from 'preact/hooks'
import type { FilingView, Me, NoteView } from '../../server/wire/wire.ts'
import { type Problem, post } from '../base/api.ts'
import { clock } from '../ui/clock.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Inline } from '../ui/problem.tsx'
import { useCapability } from './capability.ts'
import { Copy } from './copy.tsx'
import type { Keeper } from './keeper.ts'
import { amendWords } from './signed-words.ts'
import { noteWords } from './words.ts'

type AmendProps = { readonly keeper: Keeper; readonly me: Me }

/** What can be done to a signed note besides filing it; nothing while it is on its way or nobody knows where it is. */
export function PutRight({ keeper, me }: AmendProps) {
  const capability = useCapability(me)
  const can = capability.at === 'told' ? capability.view : undefined
  const reopen = reopening(keeper.note.value.filing, can?.amends ?? true)
  const mistake = keeper.note.value.filing.state === 'filed' && (can?.marksMistakes ?? true)
  return (
    <>
      {reopen !== undefined && (
        <Asked
          {...{ keeper, me }}
          button={reopen}
          title={amendWords.heading}
          means={changing(keeper.note.value.filing)}
          path="amendment"
        />
      )}
      {mistake && (
        <Asked
          {...{ keeper, me }}
          button={amendWords.mistake}
          title={amendWords.mistakeHeading}
          means={amendWords.mistakeMeans}
          path="mistake"
        />
      )}
    </>
  )
}

function reopening({ state }: FilingView, amends: boolean): string | undefined {
  if (state === 'filed') return amends ? amendWords.reopen : undefined
  if (state === 'entered-in-error') return amendWords.writeAnew
  return state === 'unfiled' || state === 'not-filed' ? amendWords.change : undefined
}

const changing = ({ state }: FilingView): string =>
  state === 'filed' ? amendWords.chartKeeps : amendWords.signatureOff

type AskedProps = AmendProps & { button: string; title: string; means: string; path: 'amendment' | 'mistake' }

/** One thing that is asked before it is done. */
function Asked({ keeper, me, button, title, means, path }: AskedProps) {
  const [open, setOpen] = useState(false)
  const { busy, problem, run } = useDoing(keeper, path, {}, () => setOpen(false))
  return (
    <>
      <button type="button" class="plain" onClick={() => setOpen(true)}>
        {button}
      </button>
      {open && (
        <Dialog title={title} onClose={() => setOpen(false)}>
          <p>{means}</p>
          {problem !== undefined && <Inline problem={problem} me={me} />}
          <div class="actions">
            <button type="button" class={path === 'mistake' ? 'main danger' : 'main'} disabled={busy} onClick={run}>
              {busy ? noteWords.oneMoment : button}
            </button>
            <button type="button" onClick={() => setOpen(false)}>
              {amendWords.leave}
            </button>
          </div>
        </Dialog>
      )}
    </>
  )
}

/** Sends one of the note's own requests and shows the note as it then is. */
function useDoing(keeper: Keeper, path: string, body: object, onDone: () => void) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const run = async () => {
    setBusy(true)
    const answer = await post<NoteView>(`${keeper.path}/${path}`, body)
    setBusy(false)
    setProblem(answer.ok ? undefined : answer.problem)
    if (!answer.ok) return
    onDone()
    keeper.work.value = { at: 'idle' }
    keeper.reopen(answer.body)
  }
  return { busy, problem, run: () => void run() }
}

/** Above the fields while a note is amended: what the chart has, and the way back to it. */
export function Amending({ keeper, me }: AmendProps) {
  const { amends } = keeper.note.value
  const [asked, setAsked] = useState(false)
  const { busy, problem, run } = useDoing(keeper, 'amendment', { drop: true }, () => setAsked(false))
  if (amends === undefined) return null
  return (
    <div class="amending">
      <p>{amendWords.amending(amends.signedBy, clock(amends.signedAt, me.organisation.timeZone))}</p>
      <button type="button" class="plain" onClick={() => setAsked(true)}>
        {amendWords.drop}
      </button>
      {asked && (
        <Dialog title={amendWords.dropHeading} onClose={() => setAsked(false)}>
          <p>{amendWords.dropMeans}</p>
          {problem !== undefined && <Inline problem={problem} me={me} />}
          <div class="actions">
            <button type="button" class="main danger" disabled={busy} onClick={run}>
              {busy ? noteWords.oneMoment : amendWords.throwAway}
            </button>
            <button type="button" onClick={() => setAsked(false)}>
              {amendWords.amendOn}
            </button>
            <Copy text={keeper.saving.value.text} />
          </div>
        </Dialog>
      )}
    </div>
  )
}
