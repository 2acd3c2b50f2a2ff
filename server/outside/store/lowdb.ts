// The store on one machine: lowdb over one small sealed file per row, so that a write costs the same with ten rows and ten thousand.
// Refuses a second process in its directory, and any file that is not whole, ours and in its place. No id or value stands in a path.
import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { chmod, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { listed, lockDirectory, readWhole, unmark, writeWhole } from './disk.ts'
import { type Drawer, drawerOf, erase, type OpenDirectory, read, write } from './lowdb-rows.ts'
import { rowQueue } from './row-queue.ts'
import { type KeyRing, type Sealer, sealer } from './seal.ts'
import { type Row, type Shelf, ShelfConflict, ShelfFault, type Store } from './store.ts'

/**
 * Opens a directory (made 0700) under a key ring; reads no row. Refuses a directory another live process has open (`store-locked`) and
 * a ring that did not seal it (SealBroken). A lock left by a killed process is taken over at once.
 */
export async function openStore({ directory, ring }: { directory: string; ring: KeyRing }): Promise<Store> {
  const seal = sealer(ring)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await chmod(directory, 0o700)
  const release = await lockDirectory(directory)
  try {
    // What a crash left half written is here, and only here.
    const drafts = join(directory, 'drafts')
    await rm(drafts, { recursive: true, force: true })
    await mkdir(drafts, { mode: 0o700 })
    const draft = () => join(drafts, randomUUID())
    const key = await indexKey(join(directory, 'index.key'), seal, draft)
    const digest = (...parts: readonly string[]) =>
      createHmac('sha256', key).update(JSON.stringify(parts)).digest('hex').slice(0, 32)
    return storeOf({ directory, seal, digest, draft, queue: rowQueue() }, release)
  } catch (cause) {
    await release()
    throw cause
  }
}

function storeOf(at: OpenDirectory, release: () => Promise<void>): Store {
  const names = new Set<string>()
  return {
    // The directory is locked.
    onlyProcess: true,
    shelf(of) {
      const bad = [of.name, ...Object.keys(of.indexes)].some((name) => !/^[a-z][a-z0-9-]{0,40}$/.test(name))
      // Two shelves over one folder would each remember what the other has changed.
      if (bad || of.name === 'drafts' || names.has(of.name)) throw new ShelfFault('name-refused')
      names.add(of.name)
      return shelfOf(drawerOf(of, at))
    },
    async close() {
      if (await at.queue.end()) await release()
    },
  }
}

/** Names files after rows. Kept sealed, and sealed anew at each start, so that the ring's oldest key may leave. */
async function indexKey(path: string, seal: Sealer, draft: () => string): Promise<Buffer> {
  const kept = await readWhole(path)
  const key = kept === undefined ? randomBytes(32) : Buffer.from(await seal.open(kept, 'index.key'), 'base64url')
  await writeWhole(path, await seal.seal(key.toString('base64url'), 'index.key'), draft())
  return key
}

function shelfOf<R extends Row>(drawer: Drawer<R>): Shelf<R> {
  const { inTurn, nameOf } = drawer
  return {
    async get(id) {
      drawer.open()
      const name = nameOf(id)
      return (drawer.held.get(name) ?? (await inTurn(name, () => read(drawer, name))))?.row
    },
    add(row) {
      const name = nameOf(row.id)
      return inTurn(name, async () => {
        if (await read(drawer, name)) throw new ShelfConflict('taken')
        return write(drawer, name, row, [])
      })
    },
    remove(id) {
      const name = nameOf(id)
      return inTurn(name, async () => {
        await erase(drawer, name, () => true)
      })
    },
    change(id, change) {
      const name = nameOf(id)
      return inTurn(name, async () => {
        const old = await read(drawer, name)
        if (!old) throw new ShelfConflict('missing')
        const next = change(old.row)
        if (next === old.row) return { before: old.row, after: old.row }
        if (next.id !== old.row.id) throw new ShelfConflict('renamed')
        const after = await write(drawer, name, { ...next, revision: old.row.revision + 1 }, old.marks)
        return { before: old.row, after }
      })
    },
    find: (index, value) => find(drawer, index, value),
    sweep: (now) => sweep(drawer, Date.parse(now)),
  }
}

async function find<R extends Row>(drawer: Drawer<R>, index: string, value: string): Promise<readonly R[]> {
  drawer.open()
  const values = Object.hasOwn(drawer.of.indexes, index) ? drawer.of.indexes[index] : undefined
  if (!values) throw new ShelfFault('index-unknown')
  const place = join(drawer.root, drawer.markOf(index, value))
  const rows = await inPortions(await listed(place), async (name) => {
    const known = drawer.held.get(name)?.row
    if (known && values(known).includes(value)) return known
    // In the row's turn: a mark without its row may be one that is being written.
    return drawer.inTurn(name, async () => {
      const row = (await read(drawer, name))?.row
      if (row && values(row).includes(value)) return row
      await unmark(place, name)
      return undefined
    })
  })
  return rows.filter((row) => row !== undefined).sort((a, b) => (a.id < b.id ? -1 : 1))
}

async function sweep<R extends Row>(drawer: Drawer<R>, now: number): Promise<number> {
  drawer.open()
  const folders = (await listed(drawer.root)).filter((folder) => /^[0-9a-f]{2}$/.test(folder))
  const inFolders = await inPortions(folders, async (folder) =>
    (await listed(join(drawer.root, folder))).map((file) => folder + file.replace('.json', '')),
  )
  const swept = await inPortions(inFolders.flat(), async (name) => {
    if ((drawer.expiries.get(name) ?? Number.NEGATIVE_INFINITY) >= now) return false
    const erased = drawer.inTurn(name, () =>
      erase(drawer, name, ({ expiresAt }) => {
        drawer.expiries.set(name, Date.parse(expiresAt))
        return Date.parse(expiresAt) < now
      }),
    )
    // One spoilt file must not keep all the others beyond their time; whoever asks for its row is told.
    return erased.catch(falseWhenUnreadable)
  })
  return swept.filter(Boolean).length
}

function falseWhenUnreadable(cause: unknown): false {
  if (cause instanceof ShelfFault && cause.code === 'row-unreadable') return false
  throw cause
}

// All at once would run out of file handles.
async function inPortions<T, U>(items: readonly T[], work: (item: T) => Promise<U>): Promise<U[]> {
  const done: U[] = []
  for (let at = 0; at < items.length; at += 64) done.push(...(await Promise.all(items.slice(at, at + 64).map(work))))
  return done
}
