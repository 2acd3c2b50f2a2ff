// How a list says that a note stands: not begun, a draft, signed, or what became of its filing.
import type { Filing } from './ledger.ts'
import type { Note } from './note.ts'

type ShownAs = 'none' | 'preliminary' | 'final' | Exclude<Filing['state'], 'unfiled'>

export function shownAs(note: Note | undefined): ShownAs {
  if (note === undefined) return 'none'
  if (note.docStatus !== 'final') return 'preliminary'
  return note.filing.state === 'unfiled' ? 'final' : note.filing.state
}
