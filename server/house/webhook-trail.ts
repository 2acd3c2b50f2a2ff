// Reads the trail on for the outside, from where it was left off, also over a crash: a line that was read twice is told under the same id.
// The first time it begins where the trail ends: nobody is told of what happened before they asked to be.
import type { Instant } from '../domain/ids.ts'
import { plus } from '../domain/instant.ts'
import { retention } from '../domain/retention.ts'
import type { TrailLine, TrailPlace, TrailReader } from '../outside/record/trail-reader.ts'
import type { Shelf } from '../outside/store/store.ts'
import type { OutsideTold } from './webhook-rows.ts'

type Parts = {
  readonly trail: TrailReader
  readonly rows: Shelf<OutsideTold>
  readonly now: () => Instant
  /** Whether the line is told; once it settles, that it is outlives a power cut. */
  readonly take: (line: TrailLine) => Promise<boolean>
}

export type TrailReading = {
  /** Before anything is read. */
  begin(): Promise<void>
  /** Nobody is to be told any more: whoever asks anew begins anew. */
  forget(): Promise<void>
  /** Settles once all that stood in the trail when it was called is taken; rejects where it could not be, and begins there the next time. */
  readOn(): Promise<void>
}

const id = 'read-until'
/** Bytes in which nothing was told: this many may be read once more after a crash. */
const mostUnsaved = 1_000_000

export function openTrailReading({ trail, rows, now, take }: Parts): TrailReading {
  let place: TrailPlace | undefined
  let saved: TrailPlace | undefined

  const save = async (at: TrailPlace) => {
    const row = { is: 'read-until', id, place: at, expiresAt: plus(now(), retention.outsideTold) } as const
    const before = await rows.get(id)
    await (before === undefined ? rows.add({ ...row, revision: 1 }) : rows.change(id, (kept) => ({ ...kept, ...row })))
    saved = at
  }
  const readAll = async () => {
    while (place !== undefined) {
      const { lines, place: next } = await trail.after(place)
      if (next.book === place.book && next.offset === place.offset) return
      const isTold = await takeAll(lines, take)
      place = next
      if (isTold || saved?.book !== next.book || next.offset - saved.offset > mostUnsaved) await save(next)
    }
  }
  return {
    async begin() {
      const kept = await rows.get(id)
      place = kept?.is === 'read-until' ? kept.place : await trail.end()
      await save(place)
    },
    forget: () => rows.remove(id),
    readOn: whenAsked(readAll),
  }
}

/** One at a time; whoever asks while it runs has it once more, from its beginning, and waits for that. */
function whenAsked(act: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let isAsked = false
  const whileAsked = async () => {
    try {
      while (isAsked) {
        isAsked = false
        await act()
      }
    } finally {
      running = undefined
    }
  }
  return () => {
    isAsked = true
    running ??= whileAsked()
    return running
  }
}

/** Those of one visit in their order; of several at the same time. */
async function takeAll(lines: readonly TrailLine[], take: Parts['take']): Promise<boolean> {
  const byVisit = new Map<string, Promise<boolean>>()
  for (const line of lines) {
    const visit = line.visit ?? ''
    const before = byVisit.get(visit) ?? Promise.resolve(false)
    byVisit.set(
      visit,
      before.then(async (isTold) => (await take(line)) || isTold),
    )
  }
  return (await Promise.all(byVisit.values())).includes(true)
}
