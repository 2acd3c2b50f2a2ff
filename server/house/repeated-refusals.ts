// Refusals that come again and again: the first hundred of an hour stand in the trail each by itself, the others are counted, and a line
// says how many there were. Nobody who is refused may fill the disc by it, or hide among it what others did.
import { given } from '../domain/given.ts'
import type { Instant } from '../domain/ids.ts'
import { secondsBetween } from '../domain/instant.ts'
import type { AuditEntry } from '../outside/record/audit.ts'

type Write = (entry: AuditEntry) => Promise<void>

export type RepeatedRefusals = {
  /** Writes what is to be written now. */
  readonly write: Write
  /** Writes how many more there were in each hour that is over; before the app ends, also in those that are not. */
  sumUp(which: 'over' | 'all'): Promise<void>
}

const mostWhole = 100
const hour = 3_600

/** What strangers can be refused, and signed-in people as often as they ask. */
const repeatable = new Set<AuditEntry['event']>([
  'access-refused',
  'launch-refused',
  'hand-over-taken',
  'invitation-refused',
])

/** Those of one kind: the same event and code, by the same person, or by strangers at the same organisation. */
type Kind = { readonly entry: AuditEntry; readonly began: Instant; count: number }

export function countRepeated(through: Write, now: () => Instant): RepeatedRefusals {
  const kinds = new Map<string, Kind>()
  const sumUpOne = async (key: string, kind: Kind) => {
    kinds.delete(key)
    if (kind.count <= mostWhole) return
    await through({ ...kind.entry, count: kind.count - mostWhole }).catch((cause: unknown) => {
      // A full disc: told when there is room again, unless a new hour has begun to be counted.
      if (!kinds.has(key)) kinds.set(key, kind)
      throw cause
    })
  }
  return {
    async write(entry) {
      if (entry.outcome !== 'refused' || !repeatable.has(entry.event)) return through(entry)
      const kind = kindOf(entry)
      const key = JSON.stringify(kind)
      const before = kinds.get(key) ?? { entry: kind, began: now(), count: 0 }
      kinds.set(key, before)
      before.count++
      if (before.count <= mostWhole) await through(entry)
    },
    async sumUp(which) {
      for (const [key, kind] of kinds)
        if (which === 'all' || secondsBetween(kind.began, now()) >= hour) await sumUpOne(key, kind)
    },
  }
}

/** Without what may be another each time: the visit, the request, where it came from. */
function kindOf({ event, outcome, organisation, base, who, role, code }: AuditEntry): AuditEntry {
  return { event, outcome, organisation, ...given({ base, who, role, code }) }
}
