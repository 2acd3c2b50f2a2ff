// The press that writes a part of the chart into the note, and the one that takes it out again. Says what was written, and where.
import { useState } from 'preact/hooks'
import { noteHere } from '../note/note-here.ts'
import { noteWords } from '../note/words.ts'
import { announce } from '../ui/announce.ts'
import { type ForNote, takeOut, writeInto } from './into-note.ts'
import { intoNoteWords } from './words.ts'

type IntoNoteProps = {
  readonly what: 'vitals' | 'medicines' | 'problems'
  /** Undefined where there is nothing to write. */
  make(): ForNote | undefined
}

type Said = { readonly words: string; readonly written?: ForNote }

export function IntoNote({ what, make }: IntoNoteProps) {
  const [said, setSaid] = useState<Said>()
  const keeper = noteHere.value
  const state = keeper?.saving.value
  if (keeper === undefined || state?.at === 'signed') return null
  const tell = (next: Said) => {
    setSaid(next)
    announce(next.words)
  }
  const write = () => {
    const text = make()
    if (text === undefined) return tell({ words: intoNoteWords.noneToday })
    const outcome = writeInto(keeper, text)
    if (outcome !== 'written') return tell({ words: intoNoteWords[outcome] })
    tell({ words: intoNoteWords.done(noteWords.titles[text.field]), written: text })
  }
  const { written } = said ?? {}
  const undo = (of: ForNote) => {
    tell({ words: takeOut(keeper, of) === 'out' ? intoNoteWords.undone : intoNoteWords.changed })
  }
  return (
    <div class="into-note">
      {written === undefined ? (
        <button type="button" onClick={write}>
          {intoNoteWords[what]}
        </button>
      ) : (
        <button type="button" onClick={() => undo(written)}>
          {intoNoteWords.undo}
        </button>
      )}
      {said !== undefined && <p>{said.words}</p>}
    </div>
  )
}
