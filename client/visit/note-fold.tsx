// Folds the note to a strip at the edge, and back: the picture then has the page. What was written stays in the page, as it was.
// Refuses to hide that the text is not saved: the strip says so.
import { noteFoldWords } from './clinician-words.ts'

type NoteFoldProps = {
  readonly note: { readonly folded: boolean; readonly unsafe: boolean; fold(): void }
}

export function NoteFold({ note: { folded, unsafe, fold } }: NoteFoldProps) {
  return (
    <button
      type="button"
      class={folded && unsafe ? 'note-fold bad' : 'note-fold plain'}
      aria-expanded={!folded}
      aria-controls="part-note"
      onClick={fold}
    >
      {folded ? (unsafe ? noteFoldWords.unfoldUnsafe : noteFoldWords.unfold) : noteFoldWords.fold}
    </button>
  )
}
