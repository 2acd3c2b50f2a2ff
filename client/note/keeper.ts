// Keeps a note: sends what was typed a moment ago, tries again when that fails, and once more when the page is left.
// Refuses to keep anything in the browser: the text lives on the page and on the server.
import { type Signal, signal } from '@preact/signals'
import type { NoteView, SoapText } from '../../server/wire/wire.ts'
import { ask, type Problem, passing } from '../base/api.ts'
import { serverNow } from '../base/server-time.ts'
import {
  asSaved,
  atRisk,
  isSameText,
  next,
  otherText,
  retryDelay,
  type Saving,
  type SavingEvent,
  standsOn,
} from './saving.ts'
import { onLeaving, sendText } from './send-text.ts'
import type { Work } from './work.ts'

/** Both texts of a note that two windows had changed, and the one that was kept. */
export type Chosen = { readonly mine: SoapText; readonly other: SoapText; readonly kept: SoapText }

export type Keeper = {
  /** Where the note lives. */
  readonly path: string
  readonly saving: Signal<Saving>
  /** The note `saving` stands on, as the server told it last: its signature and its way to the chart. */
  readonly note: Signal<NoteView>
  /** What signing and filing are doing: they go on while the panel around them changes. */
  readonly work: Signal<Work>
  /** Between which two texts somebody chose, and what is on the page since; until it is changed. */
  readonly chosen: Signal<Chosen | undefined>
  /** Rises when the text was replaced from outside the fields. */
  readonly epoch: Signal<number>
  /** What was typed. */
  type(text: SoapText): void
  /** When something was typed here last, in milliseconds by our server's clock; undefined where nothing was. */
  readonly typedAt: Signal<number | undefined>
  tell(event: SavingEvent): void
  /** Keeps one of two texts, or both as `text`: it can be taken back while nothing else was typed. */
  choose(event: Choosing): void
  chooseAgain(): void
  /** Sends at once what is not saved; true when all of it is. */
  flush(): Promise<boolean>
  /** Takes what a signature or a filing answered. */
  put(note: NoteView): void
  /** Takes the note as it is after it was opened again, or put back. */
  reopen(note: NoteView): void
  /** Asks the server for its version. */
  look(): Promise<void>
  stop(): void
}

type Choosing = Extract<SavingEvent, { is: 'keep-mine' | 'take-theirs' | 'keep-both' }>

const pauseMs = 800
/** Who types without a pause is saved all the same. */
const longestMs = 5_000

type Sending = Extract<Saving, { at: 'saving' }>

/** The text's state on this page, and the one way to change it. `send` is called whenever a text is to go to the server. */
function stateOf(first: NoteView, send: (state: Sending) => void) {
  const saving = signal<Saving>(asSaved(first))
  const note = signal(first)
  const epoch = signal(0)
  const pause = pauses()
  let timer: ReturnType<typeof setTimeout> | undefined
  let over = false
  const tell = (event: SavingEvent) => {
    const before = saving.value
    const after = next(before, event)
    if (after === before) return
    saving.value = after
    if (after.text !== before.text && event.is !== 'typed') epoch.value += 1
    if (after.at === 'saving' && before.at !== 'saving') send(after)
    const ms = pause(before, after)
    // What is still answered after the end makes nothing go out again.
    if (ms === undefined || over) return
    clearTimeout(timer)
    timer = setTimeout(() => tell({ is: 'due' }), ms)
  }
  const stopTimer = () => {
    over = true
    clearTimeout(timer)
  }
  /** An event that brings a note of the server's, which is shown unless a newer one is. */
  const take = (event: SavingEvent, view: NoteView) => {
    tell(event)
    if (standsOn(saving.value, view)) note.value = view
  }
  return { saving, note, epoch, tell, take, stopTimer }
}

function keep(path: string, first: NoteView): Keeper {
  const send = async ({ sent, version }: Sending) => {
    const event = await sendText(path, sent, version)
    if (event.is === 'failed') tell(event)
    else take(event, event.is === 'saved' ? event.note : event.theirs)
  }
  const { saving, note, epoch, tell, take, stopTimer } = stateOf(first, (state) => void send(state))
  const put = (view: NoteView) => take({ is: 'seen', note: view }, view)
  const reopen = (view: NoteView) => take({ is: 'reopened', note: view }, view)
  const look = async () => {
    const before = saving.value
    const answer = await ask<NoteView>(path)
    if (!answer.ok) return
    // Asked for after the signature, and not signed: it was opened again since, whatever its version.
    const again = before.at === 'signed' && before === saving.value && answer.body.sign.docStatus !== 'final'
    if (again) reopen(answer.body)
    else put(answer.body)
  }
  const unhook = onLeaving(path, saving, () => tell({ is: 'due' }), look)
  const stop = () => {
    stopTimer()
    unhook()
  }
  const typedAt = signal<number | undefined>(undefined)
  const type = (text: SoapText) => {
    typedAt.value = serverNow()
    tell({ is: 'typed', text })
  }
  const work = signal<Work>({ at: 'idle' })
  const keeps = { ...choices(saving, note, tell), flush: () => flush(saving, tell) }
  return { path, saving, note, work, epoch, type, typedAt, tell, ...keeps, put, reopen, look, stop }
}

/** What is chosen where two windows changed one note, and the way back. */
function choices(saving: Signal<Saving>, note: Signal<NoteView>, tell: (event: SavingEvent) => void) {
  const chosen = signal<Chosen | undefined>(undefined)
  const choose = (event: Choosing) => {
    const before = saving.value
    tell(event)
    if (before.at !== 'changed' || saving.value === before) return
    chosen.value = { mine: before.text, other: otherText(before), kept: saving.value.text }
  }
  const chooseAgain = () => {
    if (!mayChooseAgain(saving.value, chosen.value)) return
    tell({ is: 'choose-again', mine: chosen.value.mine, other: chosen.value.other, theirs: note.value })
    chosen.value = undefined
  }
  return { chosen, choose, chooseAgain }
}

/** Only while the text is still the one that was chosen: what was typed since is not to be lost. */
export const mayChooseAgain = (saving: Saving, chosen: Chosen | undefined): chosen is Chosen =>
  chosen !== undefined && saving.at === 'saved' && isSameText(saving.text, chosen.kept)

/** How long to wait before sending, in milliseconds, after one state became another; undefined when nothing is due. */
function pauses() {
  let unsavedSince = 0
  return (before: Saving, after: Saving): number | undefined => {
    if (after.at === 'unsaved' && before.at === 'saving' && passing(after.problem)) return retryDelay(after.tries)
    if (after.at !== 'edited') return undefined
    if (before.at !== 'edited') unsavedSince = Date.now()
    return Math.min(pauseMs, unsavedSince + longestMs - Date.now())
  }
}

/** Notes that were left before all of their text was saved: they go on trying, and are there when their visit is opened again. */
const unsavedNotes = new Map<string, Keeper>()

/** Opens the note at `path`, with what was typed there before on this page. */
export async function openNote(path: string): Promise<Keeper | Problem> {
  const left = unsavedNotes.get(path)
  if (left !== undefined) {
    unsavedNotes.delete(path)
    void left.look()
    return left
  }
  const answer = await ask<NoteView>(path)
  return answer.ok ? keep(path, answer.body) : answer.problem
}

/** What was left at `path` before all of it was saved. */
export const leftUnsaved = (path: string): Keeper | undefined => unsavedNotes.get(path)

/** Leaves a note; it stops once all of it is saved. */
export async function leaveNote(keeper: Keeper): Promise<void> {
  unsavedNotes.set(keeper.path, keeper)
  if (!(await keeper.flush()) || unsavedNotes.get(keeper.path) !== keeper) return
  unsavedNotes.delete(keeper.path)
  keeper.stop()
}

/** Sends what is not saved, and answers once nothing is on its way any more. */
async function flush(saving: Signal<Saving>, tell: (event: SavingEvent) => void): Promise<boolean> {
  // Twice, because more may have been typed while the first sending was on its way.
  for (let n = 0; n < 2; n++) {
    tell({ is: 'due' })
    await new Promise<void>((resolve) => {
      const done = saving.subscribe(({ at }) => {
        if (at === 'saving') return
        resolve()
        queueMicrotask(() => done())
      })
    })
  }
  return !atRisk(saving.value)
}
