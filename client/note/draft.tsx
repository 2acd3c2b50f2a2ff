// A note that is not signed yet, put into the chart as a draft where the clinic and its EHR allow that; and how that went.
import { useState } from 'preact/hooks'
import type { ClinicianView, FileNote, Me, NoteView } from '../../server/wire/wire.ts'
import { ask, type Problem } from '../base/api.ts'
import { serverNow } from '../base/server-time.ts'
import { useCapability } from './capability.ts'
import type { Keeper } from './keeper.ts'
import { openOtherwise } from './let-in.tsx'
import { otherwiseWords } from './let-in-words.ts'
import { InTheWay } from './looked.tsx'
import { isUnanswered } from './outcome-choice.ts'
import { type NotReady, NotYet, readyText } from './ready.tsx'
import { draftSentence } from './sentences.ts'
import { isNobodys } from './who-it-was.tsx'
import { draftWords, noteWords } from './words.ts'

type DraftProps = { readonly keeper: Keeper; readonly me: Me; readonly view: ClinicianView }

const patienceMs = 60_000

export function Draft({ keeper, me, view }: DraftProps) {
  const capability = useCapability(me)
  const { busy, met, since, put } = usePutting(keeper)
  const note = keeper.note.value
  const isOpen = view.status === 'finished' && !isUnanswered(view) && !isNobodys(view)
  const offered = capability.at === 'told' && capability.view.drafts && isOpen
  if (note.amends !== undefined || (!offered && note.draft === undefined)) return null
  const problem = typeof met === 'string' ? undefined : met
  const stuck = problem && { problem, since }
  const told = note.draft?.filing.state === 'unknown' && problem?.code === 'filing-unknown'
  const anyway = openOtherwise(view, problem)
  const current = note.draft?.filing.state === 'filed' && note.draft.version === note.version
  return (
    <div class="draft">
      {note.draft !== undefined && <p class="quiet">{draftSentence(note.draft, note.version)}</p>}
      {typeof met === 'string' && <NotYet met={met} keeper={keeper} words={draftWords} />}
      <InTheWay {...{ stuck, anyway, view, me }} isUnknown={note.draft?.filing.state === 'unknown'} />
      <div class="actions">
        {offered && !current && anyway === undefined && (
          <button type="button" disabled={busy} onClick={() => void put(false)}>
            {busy ? noteWords.oneMoment : buttonFor(note)}
          </button>
        )}
        {told && (
          <button type="button" disabled={busy} onClick={() => void put(true)}>
            {noteWords.lookedSendAgain}
          </button>
        )}
        {anyway !== undefined && (
          <button type="button" disabled={busy} onClick={() => void put(false, { anyway })}>
            {busy ? noteWords.oneMoment : otherwiseWords.draft[anyway]}
          </button>
        )}
      </div>
    </div>
  )
}

/** Puts it in at a press; `since`: when that met what it met. */
function usePutting(keeper: Keeper) {
  const [busy, setBusy] = useState(false)
  const [met, setMet] = useState<Problem | NotReady>()
  const [since, setSince] = useState(0)
  const put = async (sendAgain: boolean, more: FileNote = {}) => {
    setBusy(true)
    setMet(await draft(keeper, sendAgain, more))
    setSince(serverNow())
    setBusy(false)
  }
  return { busy, met, since, put }
}

const buttonFor = ({ draft }: NoteView): string =>
  draft?.filing.state === 'unknown' ? draftWords.checkAgain : draftWords.put

/** Puts what is saved into the chart; answers what kept it out. Why a text is not saved is said above it. */
export async function draft(
  keeper: Keeper,
  sendAgain: boolean,
  more: FileNote = {},
): Promise<Problem | NotReady | undefined> {
  const ready = await readyText(keeper)
  if (typeof ready === 'string') return ready
  const request = {
    method: 'POST',
    body: sendAgain ? { ...more, sendAgain } : more,
    ifMatch: ready.version,
    patienceMs,
  } as const
  const answer = await ask<NoteView>(`${keeper.path}/draft`, request)
  if (answer.ok) keeper.put(answer.body)
  else await keeper.look()
  return answer.ok ? undefined : answer.problem
}
