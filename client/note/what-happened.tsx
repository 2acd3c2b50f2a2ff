// What happened in a visit in which nobody of the patient's side was seen, or nothing came through: the question, in a sheet or before the signature,
// and what was said.
// Refuses to take a word that nobody chose.

import { useId, useState } from 'preact/hooks'
import type { ClinicianView, Happening, Me, OutcomeView, WhatHappened } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { clock, now } from '../ui/clock.ts'
import { Dialog } from '../ui/dialog.tsx'
import { usePress } from '../ui/press.ts'
import { Inline } from '../ui/problem.tsx'
import { type Choice, chosenWord, firstChoice, isMeeting, kindsOf, optionOf, whoWasSeen } from './outcome-choice.ts'
import { outcomeWords } from './outcome-words.ts'
import { Confirming } from './who-it-was.tsx'

/** Says what happened; answers what stood in the way. */
export type Say = (word: WhatHappened) => Promise<Problem | undefined>

type FieldsProps = { readonly choice: Choice; onChoose(choice: Choice): void }
type AllFieldsProps = FieldsProps & { readonly view: ClinicianView; readonly me: Me }

export function WhatHappenedFields({ view, me, choice, onChoose }: AllFieldsProps) {
  const id = useId()
  return (
    <fieldset class="options">
      <legend>{outcomeWords.title}</legend>
      <p>{whoWasSeen(view)}</p>
      {view.byTelephone && <p>{outcomeWords.askedForTelephone}</p>}
      {kindsOf(view, now.value).map((kind) => (
        <div key={kind} class="option">
          <input
            type="radio"
            name={id}
            id={`${id}-${kind}`}
            aria-describedby={`${id}-${kind}-means`}
            checked={choice.is === kind}
            onChange={() => onChoose({ ...choice, is: kind })}
          />
          <label for={`${id}-${kind}`}>{optionOf(view, kind).label}</label>
          <p class="quiet" id={`${id}-${kind}-means`}>
            {optionOf(view, kind).means}
          </p>
          {choice.identity !== undefined && isMeeting(kind) && choice.is === kind && (
            <Confirming
              {...{ view, me }}
              on={choice.identity === 'confirmed'}
              onTurn={(on) => onChoose({ ...choice, identity: on ? 'confirmed' : 'wanted' })}
            />
          )}
          {kind === 'telephone' && choice.is === kind && <Times choice={choice} onChoose={onChoose} />}
        </div>
      ))}
    </fieldset>
  )
}

function Times({ choice, onChoose }: FieldsProps) {
  const id = useId()
  return (
    <div class="option-times">
      <p id={id}>{outcomeWords.times}</p>
      {(['start', 'end'] as const).map((which) => (
        <label key={which}>
          {which === 'start' ? outcomeWords.from : outcomeWords.to}{' '}
          <input
            type="time"
            aria-describedby={id}
            value={choice[which]}
            onInput={(event) => onChoose({ ...choice, [which]: event.currentTarget.value })}
          />
        </label>
      ))}
    </div>
  )
}

type SheetProps = {
  readonly me: Me
  readonly view: ClinicianView
  /** What stands now, where it is to be changed. */
  readonly instead?: Happening
  readonly onSay: Say
  onClose(): void
}

export function OutcomeSheet({ me, view, instead, onSay, onClose }: SheetProps) {
  const [choice, setChoice] = useState<Choice>(() => firstChoice(view, instead))
  const [busy, setBusy] = useState(false)
  const [met, setMet] = useState<Problem | string>()
  // What was missing, or stood in the way, was said of another choice.
  const choose = (next: Choice) => {
    setMet(undefined)
    setChoice(next)
  }
  const save = async () => {
    const word = chosenWord(choice)
    if (typeof word === 'string') return setMet(word)
    setBusy(true)
    const problem = await onSay(instead === undefined ? word : { ...word, instead })
    setBusy(false)
    setMet(problem)
    if (problem === undefined) onClose()
  }
  return (
    <Dialog title={outcomeWords.title} onClose={onClose}>
      <WhatHappenedFields view={view} me={me} choice={choice} onChoose={choose} />
      {typeof met === 'string' && <p role="alert">{met}</p>}
      {typeof met === 'object' && <Inline problem={met} me={me} />}
      <div class="actions">
        <button type="button" class="main" disabled={busy} onClick={() => void save()}>
          {busy ? outcomeWords.saving : outcomeWords.save}
        </button>
        <button type="button" class="plain" onClick={onClose}>
          {instead === undefined ? outcomeWords.later : outcomeWords.asItWas}
        </button>
      </div>
    </Dialog>
  )
}

type AskProps = { readonly me: Me; readonly view: ClinicianView; readonly onSay: Say }

type AskButtonProps = AskProps & { readonly main?: boolean; readonly words?: string }
/** The button that asks, wherever an answer is wanted. */
export function AskWhatHappened({ me, view, onSay, main = false, words = outcomeWords.title }: AskButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" class={main ? 'main' : ''} onClick={() => setOpen(true)}>
        {words}
      </button>
      {open && <OutcomeSheet me={me} view={view} onSay={onSay} onClose={() => setOpen(false)} />}
    </>
  )
}

type Said = Exclude<OutcomeView, { is: 'unsaid' }>

/** What was said, what the EHR has of it by its own word, and how to put it right. */
export function OutcomeSaid({ me, view, onSay, outcome }: AskProps & { readonly outcome: Said }) {
  const [changing, setChanging] = useState(false)
  const { busy, problem, press } = usePress()
  const again = () => press(() => onSay({ is: outcome.is }))
  return (
    <div class="outcome" role="status">
      {sentencesOf(outcome, me).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {problem !== undefined && <Inline problem={problem} me={me} />}
      <div class="actions">
        {isOpen(outcome) && (
          <button type="button" disabled={busy} onClick={() => void again()}>
            {busy ? outcomeWords.saving : outcomeWords.again}
          </button>
        )}
        <button type="button" class="plain" onClick={() => setChanging(true)}>
          {outcomeWords.change}
        </button>
      </div>
      {changing && (
        <OutcomeSheet me={me} view={view} instead={outcome.is} onSay={onSay} onClose={() => setChanging(false)} />
      )}
    </div>
  )
}

/** Asking the EHR once more may bring another answer. */
const isOpen = ({ inChart }: Said): boolean =>
  inChart === undefined || inChart.appointment === 'left' || inChart.appointment === 'unknown'

function sentencesOf(outcome: Said, me: Me): readonly string[] {
  const { is, inChart, period } = outcome
  const at = (time: string) => clock(time, me.organisation.timeZone)
  const missed = !isMeeting(is)
  return [
    period === undefined ? outcomeWords.said[is] : outcomeWords.spoke(at(period.start), at(period.end)),
    inChart === undefined ? outcomeWords.untold : outcomeWords.appointment[inChart.appointment],
    missed && inChart?.encounter === 'cancelled' ? outcomeWords.encounterCancelled : '',
    missed && inChart?.encounter === 'left' ? outcomeWords.encounterLeft : '',
    is === 'technical-failure' ? outcomeWords.next(me.organisation.phone) : '',
    is === 'moved' ? outcomeWords.move : '',
  ].filter((sentence) => sentence !== '')
}
