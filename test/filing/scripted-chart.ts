// Owns a chart that answers when the test says so. It is honest: who says "refused" kept nothing, who says "said" has it, and who says
// nothing may have kept it (`cut`) or not (`lost`).
import type { Ehr, Resource, Write, Written } from '../../server/outside/ehr/ehr.ts'

export const fates = ['said', 'cut', 'refused', 'lost'] as const
export type Fate = (typeof fates)[number]

type Asked = { readonly answer: () => void; heldUp: boolean }

/** The chart as one process sees it; what it asked dies with it. */
export type Chart = {
  readonly ehr: Ehr
  /** What becomes of the next note that is written. */
  next(fate: Fate): void
  /** Answers what was asked first. */
  answer(): void
  /** Whether something is being written by a process that was not held up meanwhile. */
  isWriting(): boolean
  heldUp(): void
}

export function openChart() {
  const notes: Resource<'DocumentReference'>[] = []
  let made = 0
  const keep = ({ path, body }: Write) => {
    const id = `d${++made}`
    if (path === 'DocumentReference') notes.push({ ...(body as Resource<'DocumentReference'>), id }) // sound: what the app makes of a note
    return `${path}/${id}` as const
  }
  return {
    ids: (): readonly string[] => notes.map(({ id }) => `DocumentReference/${id}`),
    seenBy: (told: () => void) => seenBy(notes, keep, told),
  }
}

function seenBy(
  notes: readonly Resource<'DocumentReference'>[],
  keep: (write: Write) => string,
  told: () => void,
): Chart {
  const asked: Asked[] = []
  let fate: Fate = 'said'
  const answerTo = (write: Write): Written => {
    // What an EHR makes of the Encounter is no matter here: only the note has a fate.
    const becomes = write.path === 'Encounter' ? 'said' : fate
    const kept = becomes === 'said' || becomes === 'cut' ? keep(write) : undefined
    if (becomes === 'refused') return { outcome: 'refused', reason: 'policy' }
    return becomes === 'said'
      ? { outcome: 'written', body: {}, reference: kept as `${string}/${string}` }
      : { outcome: 'unknown' } // sound: kept, when said
  }
  const bySystem =
    ([, value = '']: readonly [string, string]) =>
    (note: Resource<'DocumentReference'>) =>
      note.identifier?.some((i) => `${i.system}|${i.value}` === value) ?? false
  const search: Ehr['search'] = async (type, [param]) => {
    if (type !== 'DocumentReference' || param === undefined) return []
    return (param[0] === 'identifier' ? notes.filter(bySystem(param)) : notes) as never // sound: of that type
  }
  return {
    ehr: {
      read: async () => undefined,
      readOrAbsence: async () => 'unknown',
      search,
      lookThrough: async (type, params) => ({ found: await search(type, params), unread: [], isWhole: true }),
      searchIncluding: async () => ({ found: [], patients: [], unread: false, isWhole: true }),
      statement: async () => undefined,
      write(write) {
        const written = answerTo(write)
        return new Promise((done) => {
          const answer = () => {
            if (written.outcome === 'written' && write.path === 'DocumentReference') told()
            done(written)
          }
          asked.push({ answer, heldUp: false })
        })
      },
    },
    next(now) {
      fate = now
    },
    answer: () => asked.shift()?.answer(),
    isWriting: () => asked.some(({ heldUp }) => !heldUp),
    heldUp: () => {
      for (const one of asked) one.heldUp = true
    },
  }
}
