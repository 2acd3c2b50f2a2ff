// One shelf's rows as lowdb files, one a row: read on first use, written whole, marked under each value they can be found by.
// Refuses a file that is not whole, ours and in its place. Everything here is called in the row's turn only.
import { join } from 'node:path'
import { type Adapter, Low } from 'lowdb'
import { z } from 'zod'
import { eraseWhole, mark, readWhole, unmark, writeWhole } from './disk.ts'
import { type Kept, type KeptRows, keepRows } from './kept-rows.ts'
import type { rowQueue } from './row-queue.ts'
import type { Sealer } from './seal.ts'
import { complete, type Row, ShelfFault, type ShelfOf, whole } from './store.ts'

// What a file says unsealed: enough to sweep a row whose key has left the ring. Not its id, which may be a secret's hash.
const Envelope = z.strictObject({
  revision: z.number(),
  expiresAt: z.string(),
  marks: z.array(z.string().regex(/^by-[a-z0-9-]+\/[0-9a-f]{2}\/[0-9a-f]{30}$/)),
  sealed: z.string(),
})
type Envelope = z.infer<typeof Envelope>

export type OpenDirectory = {
  readonly directory: string
  readonly seal: Sealer
  readonly digest: (...parts: readonly string[]) => string
  readonly draft: () => string
  readonly queue: ReturnType<typeof rowQueue>
}

type Held<R extends Row> = Kept<R> & { readonly marks: readonly string[] }

/** Rows of one shelf in memory, some five kilobytes each: more than a busy day has open at a time. The others are read anew. */
const mostKept = 30_000

/** One shelf's folder and what of it is in memory. A row's name is 32 hex digits that only the index key leads to. */
export type Drawer<R extends Row> = {
  readonly of: ShelfOf<R>
  readonly seal: Sealer
  readonly root: string
  readonly held: KeptRows<Held<R>>
  readonly expiries: Map<string, number>
  open(): void
  inTurn<T>(name: string, work: () => Promise<T>): Promise<T>
  nameOf(id: string): string
  markOf(index: string, value: string): string
  /** A Low of its own each time: lowdb shares its default by reference, and keeps in memory what it failed to write. */
  file(name: string): Low<Envelope | null>
  path(name: string): string
}

export function drawerOf<R extends Row>(
  of: ShelfOf<R>,
  { directory, seal, digest, draft, queue }: OpenDirectory,
): Drawer<R> {
  const root = join(directory, of.name)
  const fanned = (name: string) => `${name.slice(0, 2)}/${name.slice(2)}`
  const path = (name: string) => join(root, `${fanned(name)}.json`)
  const held = keepRows<Held<R>>(mostKept)
  return {
    of,
    seal,
    root,
    held,
    expiries: new Map(),
    open: queue.open,
    inTurn: (name, work) => queue.run(`${of.name}/${name}`, work),
    nameOf: (id) => held.nameOf(id) ?? digest(of.name, id),
    markOf: (index, value) => `by-${index}/${fanned(digest(of.name, index, value))}`,
    file: (name) => new Low(rowFile(path(name), draft), null),
    path,
  }
}

function rowFile(path: string, draft: () => string): Adapter<Envelope | null> {
  return {
    async read() {
      const text = await readWhole(path)
      return text === undefined ? null : envelope(text)
    },
    write: (data) => writeWhole(path, JSON.stringify(data), draft()),
  }
}

function envelope(text: string): Envelope {
  try {
    return Envelope.parse(JSON.parse(text))
  } catch {
    // Without its cause, which quotes the file.
    throw new ShelfFault('row-unreadable')
  }
}

/** Only in the row's turn: a slow reader must not put back what a writer has just replaced. */
export async function read<R extends Row>(drawer: Drawer<R>, name: string): Promise<Held<R> | undefined> {
  const known = drawer.held.get(name)
  if (known) return known
  const file = drawer.file(name)
  await file.read()
  if (!file.data) return undefined
  const { revision, expiresAt, marks, sealed } = file.data
  const row = whole(drawer.of, await drawer.seal.open(sealed, `${drawer.of.name}/${name}`))
  if (row.revision !== revision || row.expiresAt !== expiresAt) throw new ShelfFault('row-unreadable')
  return hold(drawer, name, { row, marks })
}

/** Only in the row's turn. Marks come before the row and go after it: a crash between leaves one too many, never one too few. */
export async function write<R extends Row>(
  drawer: Drawer<R>,
  name: string,
  given: R,
  old: readonly string[],
): Promise<R> {
  const row = complete(drawer.of, given)
  const { revision, expiresAt } = row
  const marks = marksOf(drawer, row)
  const sealed = await drawer.seal.seal(JSON.stringify(row), `${drawer.of.name}/${name}`)
  const file = drawer.file(name)
  file.data = { revision, expiresAt, marks, sealed }
  try {
    await Promise.all(marks.filter((each) => !old.includes(each)).map((each) => mark(join(drawer.root, each), name)))
    await file.write()
  } catch (cause) {
    // Old or new, only the disc knows now: the next reader asks it.
    forget(drawer, name)
    throw cause
  }
  hold(drawer, name, { row, marks })
  await Promise.all(old.filter((each) => !marks.includes(each)).map((each) => unmark(join(drawer.root, each), name)))
  return row
}

/** Only in the row's turn. Asks the file, not memory, and opens no seal: a row whose key has left the ring can still go. */
export async function erase<R extends Row>(
  drawer: Drawer<R>,
  name: string,
  may: (row: Envelope) => boolean,
): Promise<boolean> {
  const file = drawer.file(name)
  await file.read()
  if (!file.data || !may(file.data)) return false
  forget(drawer, name)
  await eraseWhole(drawer.path(name))
  await Promise.all(file.data.marks.map((each) => unmark(join(drawer.root, each), name)))
  return true
}

function marksOf<R extends Row>({ of, markOf }: Drawer<R>, row: R): string[] {
  const all = Object.entries(of.indexes).flatMap(([index, values]) => values(row).map((value) => markOf(index, value)))
  return [...new Set(all)]
}

function hold<R extends Row>({ held, expiries }: Drawer<R>, name: string, now: Held<R>): Held<R> {
  held.keep(name, now)
  expiries.set(name, Date.parse(now.row.expiresAt))
  return now
}

function forget<R extends Row>({ held, expiries }: Drawer<R>, name: string): void {
  held.forget(name)
  expiries.delete(name)
}
