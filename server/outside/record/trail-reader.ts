// Reads the audit trail from a place on, line by line: whatever is told to the outside is read here. Refuses nothing: what is no line of
// today's, or is only half written yet, is passed over or waited for.
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AuditEntry } from './audit.ts'
import { books } from './audit-chain.ts'

/** After which byte of which month's file; the empty place stands before the first. */
export type TrailPlace = { readonly book: string; readonly offset: number }

const TrailLine = z.strictObject({
  ...AuditEntry.shape,
  seq: z.int().positive(),
  at: z.iso.datetime(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})
export type TrailLine = z.infer<typeof TrailLine>

export type TrailReader = {
  /** Where the trail ends now. */
  end(): Promise<TrailPlace>
  /** The next lines, and the place after them; no further than that place where there are none yet. */
  after(place: TrailPlace): Promise<{ readonly lines: readonly TrailLine[]; readonly place: TrailPlace }>
}

/** A line is under two thousand bytes. */
const atOnce = 256 * 1024

export function openTrailReader(directory: string): TrailReader {
  // Before the trail is opened the first time there is no folder.
  const all = () => books(directory).catch((): string[] => [])
  return {
    async end() {
      const book = (await all()).at(-1)
      if (book === undefined) return { book: '', offset: 0 }
      return { book, offset: await withBook(directory, book, 0, async (file) => (await file.stat()).size) }
    },
    async after({ book, offset }) {
      // Listed first: what is written into a book after the next one was begun does not exist.
      const listed = await all()
      if (listed.includes(book)) {
        const read = await readFrom(directory, book, offset)
        if (read.place.offset > offset) return read
      }
      const next = listed.find((name) => name > book)
      return next === undefined ? { lines: [], place: { book, offset } } : readFrom(directory, next, 0)
    },
  }
}

async function readFrom(directory: string, book: string, from: number) {
  const text = await withBook(directory, book, '', async (file) => {
    const bytes = Buffer.alloc(atOnce)
    const { bytesRead } = await file.read(bytes, 0, atOnce, from)
    return bytes.subarray(0, bytes.subarray(0, bytesRead).lastIndexOf('\n') + 1).toString()
  })
  const lines = text.split('\n').flatMap((line) => lineOf(line) ?? [])
  return { lines, place: { book, offset: from + Buffer.byteLength(text) } }
}

async function withBook<T>(
  directory: string,
  book: string,
  none: T,
  look: (file: FileHandle) => Promise<T>,
): Promise<T> {
  const file = await open(join(directory, book), 'r').catch(() => undefined) // removed meanwhile, which old ones may be
  if (file === undefined) return none
  try {
    return await look(file)
  } finally {
    await file.close()
  }
}

function lineOf(line: string): TrailLine | undefined {
  try {
    return TrailLine.safeParse(JSON.parse(line)).data
  } catch {
    return undefined // altered, or no line at all: the check of the chain says so
  }
}
