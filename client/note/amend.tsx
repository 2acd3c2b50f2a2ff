// A signed note that must be put right: opening it again, giving that up, and marking what is in the chart as a mistake.
// Refuses to lose a word: each is asked before it is done, and says what the chart has meanwhile.
import { useState } from 'preact/hooks'
import type { FilingView, Me, NoteView } from '../../server/wire/wire.ts'
import { type Problem, post } from '../base/api.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Inline } from '../ui/problem.tsx'
import { clock } from '../ui/times.ts'
import { useCapability } from './capability.ts'
import { Copy } from './copy.tsx'
import type { Keeper } from './keeper.ts'

type Shown = { readonly keeper: Keeper; readonly me: Me }

/** What can be done to a signed note besides filing it; nothing while it is on its way or nobody knows where it is. */
export function PutRight({ keeper, me }: Shown) {
  const capability = useCapability(me)
  const can = capability.at === 'told' ? capability.view : undefined
  const words = reopening(keeper.note.value.filing, can?.amends ?? true)
  const mistake = keeper.note.value.filing.state === 'filed' && (can?.marksMistakes ?? true)
  return (
    <>
      {words !== undefined && (
        <Asked
          {...{ keeper, me }}
          button={words}
          title="Change the signed note?"
          says={changing(keeper.note.value.filing)}
          path="amendment"
        />
      )}
      {mistake && (
        <Asked
          {...{ keeper, me }}
          button="Mark it as a mistake"
          title="Mark this note as a mistake?"
          says="The note stays in the chart, marked as entered in error: readers are told not to rely on it. This cannot be undone from here. If the visit needs a note, write it anew afterwards."
          path="mistake"
        />
      )}
    </>
  )
}

function reopening({ state }: FilingView, amends: boolean): string | undefined {
  if (state === 'filed') return amends ? 'Amend the note' : undefined
  if (state === 'entered-in-error') return 'Write it anew'
  return state === 'unfiled' || state === 'not-filed' ? 'Change the text' : undefined
}

const changing = ({ state }: FilingView): string =>
  state === 'filed'
    ? 'The chart keeps the text you signed until you have changed it here, signed it again, and filed it.'
    : 'Your signature is taken off. Change the text, sign it again, then file it.'

type Question = Shown & { button: string; title: string; says: string; path: 'amendment' | 'mistake' }

/** One thing that is asked before it is done. */
function Asked({ keeper, me, button, title, says, path }: Question) {
  const [open, setOpen] = useState(false)
  const { busy, problem, run } = useDoing(keeper, path, {}, () => setOpen(false))
  return (
    <>
      <button type="button" class="plain" onClick={() => setOpen(true)}>
        {button}
      </button>
      {open && (
        <Dialog title={title} onClose={() => setOpen(false)}>
          <p>{says}</p>
          {problem !== undefined && <Inline problem={problem} me={me} />}
          <div class="actions">
            <button type="button" class={path === 'mistake' ? 'main danger' : 'main'} disabled={busy} onClick={run}>
              {busy ? 'One moment…' : button}
            </button>
            <button type="button" onClick={() => setOpen(false)}>
              Leave it as it is
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
export function Amending({ keeper, me }: Shown) {
  const { amends } = keeper.note.value
  const [asked, setAsked] = useState(false)
  const { busy, problem, run } = useDoing(keeper, 'amendment', { drop: true }, () => setAsked(false))
  if (amends === undefined) return null
  return (
    <div class="amending">
      <p>
        You are amending the note that {amends.signedBy} signed {clock(amends.signedAt, me.organisation.timeZone)}. The
        chart keeps that text until this one is signed and filed.
      </p>
      <button type="button" class="plain" onClick={() => setAsked(true)}>
        Leave the note as it was
      </button>
      {asked && (
        <Dialog title="Give the amendment up?" onClose={() => setAsked(false)}>
          <p>What you changed here is thrown away. The note in the chart stays as it is.</p>
          {problem !== undefined && <Inline problem={problem} me={me} />}
          <div class="actions">
            <button type="button" class="main danger" disabled={busy} onClick={run}>
              {busy ? 'One moment…' : 'Throw the changes away'}
            </button>
            <button type="button" onClick={() => setAsked(false)}>
              Go on amending
            </button>
            <Copy text={keeper.saving.value.text} />
          </div>
        </Dialog>
      )}
    </div>
  )
}
