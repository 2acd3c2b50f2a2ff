// Which notes somebody is at work on in this process: looking for one, sending it, marking or opening it. One at a time.
// What another process sends stands in the note's row.
import type { VisitId } from '../../domain/ids.ts'

export type NotesInWork = {
  /** Answers how to put it down again; undefined while somebody has it. */
  take(visit: VisitId): (() => void) | undefined
}

export function rememberNotesInWork(): NotesInWork {
  const taken = new Set<VisitId>()
  return {
    take(visit) {
      if (taken.has(visit)) return undefined
      taken.add(visit)
      return () => void taken.delete(visit)
    },
  }
}
