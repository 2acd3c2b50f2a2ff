// How a note's text stands between this page and the server, as a pure rule: (state, event) => state.
// Refuses to forget a word: every state but a signed one carries the text on the screen.
import type { NoteView, SoapText } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'

export type Saving =
  | { readonly at: 'saved'; readonly text: SoapText; readonly version: number; readonly savedAt?: string }
  | { readonly at: 'edited'; readonly text: SoapText; readonly version: number }
  /** `sent` is on its way; `text` may have grown since. */
  | {
      readonly at: 'saving'
      readonly text: SoapText
      readonly version: number
      readonly sent: SoapText
      /** How often it failed before. */
      readonly tries: number
    }
  | {
      readonly at: 'unsaved'
      readonly text: SoapText
      readonly version: number
      readonly problem: Problem
      readonly tries: number
      /** What was sent last: it may have arrived although no answer came. */
      readonly sent: SoapText
    }
  /** `other`: the other window's text, where the server has another one by now: somebody chose, and took that back. */
  | { readonly at: 'changed'; readonly text: SoapText; readonly theirs: NoteView; readonly other?: SoapText }
  | { readonly at: 'signed'; readonly text: SoapText; readonly version: number }

export type SavingEvent =
  | { readonly is: 'typed'; readonly text: SoapText }
  | { readonly is: 'due' }
  | { readonly is: 'saved'; readonly note: NoteView }
  | { readonly is: 'failed'; readonly problem: Problem }
  /** The server has another version than the one we meant to change. */
  | { readonly is: 'differs'; readonly theirs: NoteView }
  /** The server's version, asked for without wanting to change it. */
  | { readonly is: 'seen'; readonly note: NoteView }
  /** The note on the screen was opened again, or put back. */
  | { readonly is: 'reopened'; readonly note: NoteView }
  | { readonly is: 'keep-mine' }
  | { readonly is: 'take-theirs' }
  /** `text` has both. */
  | { readonly is: 'keep-both'; readonly text: SoapText }
  /** Back to the two texts, after one of them or both were kept. `theirs`: the note as it is now. */
  | { readonly is: 'choose-again'; readonly mine: SoapText; readonly other: SoapText; readonly theirs: NoteView }

export const fields = ['subjective', 'objective', 'assessment', 'plan'] as const
export const isSameText = (a: SoapText, b: SoapText): boolean => fields.every((f) => a[f] === b[f])
export const emptyText = (text: SoapText): boolean => fields.every((f) => text[f].trim() === '')

/** The server's version as the one on the screen. */
export function asSaved(note: NoteView): Saving {
  const { soap, version, savedAt } = note
  if (isFinal(note)) return { at: 'signed', text: soap, version }
  return { at: 'saved', text: soap, version, ...(savedAt === undefined ? {} : { savedAt }) }
}

/** Whether leaving the page now would lose something. */
export const atRisk = ({ at }: Saving): boolean => at !== 'saved' && at !== 'signed'

export function next(state: Saving, event: SavingEvent): Saving {
  if (event.is === 'reopened') return asSaved(event.note)
  if (state.at === 'signed') return event.is === 'seen' ? sinceSigned(state, event.note) : state
  switch (event.is) {
    case 'typed':
      return typed(state, event.text)
    case 'due':
      if (state.at === 'edited') return sending(state.text, state.version)
      return state.at === 'unsaved' ? sending(state.text, state.version, state.tries) : state
    case 'saved':
      return state.at === 'saving' ? afterSaving(state.text, state.sent, event.note) : state
    case 'failed':
      return state.at === 'saving' ? failed(state, event.problem) : state
    case 'differs':
      return differs(state, event.theirs)
    case 'seen':
      return seen(state, event.note)
    case 'keep-mine':
      return state.at === 'changed' && mayKeepMine(state) ? sending(state.text, state.theirs.version) : state
    case 'take-theirs':
      return state.at === 'changed' ? takeTheirs(state) : state
    case 'keep-both':
      return state.at === 'changed' && mayKeepMine(state) ? sending(event.text, state.theirs.version) : state
    case 'choose-again':
      return state.at === 'saved'
        ? { at: 'changed', text: event.mine, theirs: event.theirs, other: event.other }
        : state
  }
}

/** What the server has is taken as it is; what it had before is sent to it again. */
function takeTheirs({ theirs, other }: Changed): Saving {
  if (other === undefined || isSameText(other, theirs.soap) || !mayKeepMine({ theirs })) return asSaved(theirs)
  return sending(other, theirs.version)
}

type Changed = Extract<Saving, { at: 'changed' }>

/** The text that is not this page's. */
export const otherText = ({ theirs, other = theirs.soap }: Changed): SoapText => other

/** Opened again in another window; an answer that set out before the signature is no news. */
function sinceSigned(state: Extract<Saving, { at: 'signed' }>, note: NoteView): Saving {
  return note.version > state.version ? asSaved(note) : state
}

const isFinal = ({ sign }: NoteView): boolean => sign.docStatus === 'final'

/** Whether `note` is the one a state stands on: what is shown of a note is never of another than what is typed into. */
export function standsOn(state: Saving, note: NoteView): boolean {
  if (state.at === 'changed') return note === state.theirs
  return isFinal(note) === (state.at === 'signed') && note.version >= state.version
}

/** A signed text cannot be written over. */
export const mayKeepMine = ({ theirs }: { readonly theirs: NoteView }): boolean => !isFinal(theirs)

const sending = (text: SoapText, version: number, tries = 0): Saving => ({
  at: 'saving',
  text,
  version,
  sent: text,
  tries,
})

/** Milliseconds until the next try, after `tries` that failed. */
export const retryDelay = (tries: number): number => Math.min(15_000, 1_000 * 2 ** Math.max(0, tries - 1))

type Editable = Exclude<Saving, { at: 'signed' }>

function typed(state: Editable, text: SoapText): Saving {
  if (state.at === 'saved') return isSameText(state.text, text) ? state : { at: 'edited', text, version: state.version }
  return { ...state, text }
}

function failed({ text, version, sent, tries }: Extract<Saving, { at: 'saving' }>, problem: Problem): Saving {
  return { at: 'unsaved', text, version, problem, tries: tries + 1, sent }
}

/** The server has `sent` as `note`; what was typed since is still to be saved. */
function afterSaving(text: SoapText, sent: SoapText, note: NoteView): Saving {
  // The text on the screen stays the very same: putting the server's copy in its place could move the cursor.
  return isSameText(text, sent) ? { ...asSaved(note), text } : { at: 'edited', text, version: note.version }
}

function seen(state: Editable, note: NoteView): Saving {
  if (state.at === 'changed') return note.version > state.theirs.version ? differs(state, note) : state
  return state.at === 'saved' && note.version >= state.version ? asSaved(note) : state
}

function differs(state: Editable, theirs: NoteView): Saving {
  const sent = state.at === 'saving' || state.at === 'unsaved' ? state.sent : state.text
  // Our own earlier sending arrived, and only its answer was lost: that is no other window.
  if (isSameText(sent, theirs.soap) && mayKeepMine({ theirs })) return afterSaving(state.text, sent, theirs)
  return isSameText(state.text, theirs.soap) ? asSaved(theirs) : { at: 'changed', text: state.text, theirs }
}
