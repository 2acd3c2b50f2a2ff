// Which ends of rooms this process has heard of: when a moderator ends the meeting, Prosody tells of it twice in the same second.
import type { VisitId } from '../../domain/ids.ts'

export type ClosedRooms = {
  /** Whether nobody has told of this end before; a room is told apart from the next of its visit by when it was made. */
  isFirstWord(visit: VisitId, createdAt: number | undefined): boolean
}

const mostKept = 1_000

export function rememberClosedRooms(): ClosedRooms {
  const closed = new Set<string>()
  return {
    isFirstWord(visit, createdAt) {
      const end = `${visit}/${createdAt}`
      if (closed.has(end)) return false
      closed.add(end)
      for (const oldest of closed) if (closed.size > mostKept) closed.delete(oldest)
      return true
    },
  }
}
