// The note beside the call: four fields that keep their place and cursor whatever happens, and whether they are saved, in words.
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ClinicianView, Me, SoapText } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import type { Actions } from '../door/actions.ts'
import { announce } from '../ui/announce.ts'
import { Inline } from '../ui/problem.tsx'
import { Wait } from '../ui/wait.tsx'
import { Amending } from './amend.tsx'
import { type ConfirmWho, NobodyConfirmed } from './confirm-who.tsx'
import { Conflict, KeptText } from './conflict.tsx'
import { Copy } from './copy.tsx'
import { Draft } from './draft.tsx'
import { EhrLine } from './ehr.tsx'
import { type Keeper, leaveNote, openNote } from './keeper.ts'
import { isHere } from './note-here.ts'
import { fields } from './saving.ts'
import { savingSentence } from './sentences.ts'
import { SignStart } from './sign.tsx'
import { Signed } from './signed.tsx'
import type { Say } from './what-happened.tsx'
import { noteWords } from './words.ts'

type NotePanelProps = {
  readonly me: Me
  readonly view: ClinicianView
  readonly path: string
  onEnd(): Promise<Problem | undefined>
  /** Told whether the text is in danger of being lost, for whoever has folded this away. */
  readonly onUnsafe?: ((unsafe: boolean) => void) | undefined
  readonly onSay: Say
  /** What comes next, once the note is in the chart. */
  readonly next?: ComponentChildren
  readonly onConfirm: ConfirmWho
  readonly identify: Actions['identify']
}

export function NotePanel(props: NotePanelProps) {
  const [keeper, setKeeper] = useState<Keeper>()
  const [problem, setProblem] = useState<Problem>()
  const load = () => {
    setProblem(undefined)
    void openNote(props.path).then((opened) => ('code' in opened ? setProblem(opened) : setKeeper(opened)))
  }
  useEffect(load, [])
  useEffect(() => () => void (keeper && leaveNote(keeper)), [keeper])
  useEffect(() => keeper && isHere(keeper), [keeper])
  return (
    <section aria-labelledby="note-title" class="note-panel">
      <h2 id="note-title">{noteWords.heading}</h2>
      {problem !== undefined && (
        <Inline problem={problem} me={props.me}>
          <button type="button" onClick={load}>
            {noteWords.tryAgain}
          </button>
        </Inline>
      )}
      {keeper === undefined && problem === undefined && <Wait says={noteWords.waiting} />}
      {keeper !== undefined && <Editor keeper={keeper} {...props} />}
    </section>
  )
}

function Editor({ keeper, ...props }: NotePanelProps & { keeper: Keeper }) {
  const { me, view, onEnd, onSay, onConfirm, identify, onUnsafe, next } = props
  const saving = keeper.saving.value
  if (saving.at === 'signed') return <Signed {...{ keeper, me, view, onEnd, onSay, onConfirm, next }} />
  return (
    <>
      <SaveState keeper={keeper} me={me} onUnsafe={onUnsafe} />
      {saving.at === 'changed' && <Conflict keeper={keeper} saving={saving} timeZone={me.organisation.timeZone} />}
      <KeptText keeper={keeper} />
      <Amending keeper={keeper} me={me} />
      <Soap keeper={keeper} />
      <NobodyConfirmed {...{ me, view, onConfirm }} />
      <SignStart {...{ keeper, me, view, onEnd, onSay, identify }} />
      <Draft keeper={keeper} me={me} view={view} />
      <EhrLine me={me} />
    </>
  )
}

type SaveStateProps = Pick<NotePanelProps, 'me' | 'onUnsafe'> & { readonly keeper: Keeper }

function SaveState({ keeper, me, onUnsafe }: SaveStateProps) {
  const saving = keeper.saving.value
  const sentence = savingSentence(saving, me.organisation.timeZone)
  const bad = saving.at === 'unsaved' || saving.at === 'changed'
  // Only trouble is spoken: "saved" every few seconds would drown everything else.
  useEffect(() => {
    if (bad) announce(sentence)
  }, [bad, sentence])
  useEffect(() => {
    onUnsafe?.(bad)
    return () => onUnsafe?.(false)
  }, [bad])
  return (
    <div class={bad ? 'save-state bad' : 'save-state'}>
      <p>{sentence}</p>
      {saving.at === 'changed' && (
        <button type="button" class="plain" onClick={() => document.getElementById('conflict-title')?.focus()}>
          {noteWords.chooseText}
        </button>
      )}
      {saving.at === 'unsaved' && (
        <div class="save-do">
          <button type="button" class="plain" onClick={() => void keeper.flush()}>
            {noteWords.saveNow}
          </button>
          <Copy text={saving.text} />
        </div>
      )}
    </div>
  )
}

/** The fields own their text while it is typed; it is set from outside only when another version is taken. */
function Soap({ keeper }: { keeper: Keeper }) {
  const epoch = keeper.epoch.value
  return (
    <div class="soap">
      {fields.map((field) => (
        <Field
          key={field}
          name={field}
          epoch={epoch}
          text={keeper.saving.peek().text[field]}
          onType={(text) => keeper.type({ ...keeper.saving.peek().text, [field]: text })}
          onLeave={() => void keeper.flush()}
        />
      ))}
    </div>
  )
}

type FieldProps = { name: keyof SoapText; epoch: number; text: string; onType(text: string): void; onLeave(): void }

function Field({ name, epoch, text, onType, onLeave }: FieldProps) {
  const ref = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const area = ref.current
    if (area === null || area.value === text) return
    area.value = text
    grow(area)
  }, [epoch])
  useEffect(() => {
    if (ref.current !== null) grow(ref.current)
  }, [])
  return (
    <p class="field">
      <label for={`note-${name}`}>
        {noteWords.titles[name]} <span class="quiet">{noteWords.hints[name]}</span>
      </label>
      <textarea
        ref={ref}
        id={`note-${name}`}
        rows={3}
        maxLength={20_000}
        defaultValue={text}
        onInput={(event) => {
          grow(event.currentTarget)
          onType(event.currentTarget.value)
        }}
        onBlur={onLeave}
      />
    </p>
  )
}

/** As high as its text: a field with a scroll bar of its own hides what was written. */
function grow(area: HTMLTextAreaElement): void {
  if (CSS.supports('field-sizing', 'content')) return
  area.style.height = 'auto'
  area.style.height = `${area.scrollHeight + 2}px`
}
