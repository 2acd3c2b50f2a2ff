// The disc under the embedded store: files that are whole or not there, marks that are empty files, a directory one process holds.
// Refuses to know what is in them. Directories are 0700 and files 0600.
import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { mostFiles } from '../handles.ts'
import { sideBySide } from '../side-by-side.ts'
import { ShelfFault } from './store.ts'

/** With one file open. Never asked for within another: all might wait for each other. */
const withFile = sideBySide(mostFiles)

/** A file's text, or undefined when there is none. */
export async function readWhole(path: string): Promise<string | undefined> {
  return unlessAbsent(
    withFile(() => readFile(path, 'utf8')),
    undefined,
  )
}

/** A file byte for byte, or undefined when there is none. */
export async function readBytes(path: string): Promise<Uint8Array | undefined> {
  return unlessAbsent(
    withFile(() => readFile(path)),
    undefined,
  )
}

/** Puts `text` at `path`: after a crash or a power cut there is the old text or the new, never a part. `draft` is on the same disc. */
export async function writeWhole(path: string, text: string | Uint8Array, draft: string): Promise<void> {
  try {
    await withFile(() => writeDraft(draft, text))
    await withFolder(path, () => rename(draft, path))
    await syncFolder(dirname(path))
  } catch (cause) {
    await rm(draft, { force: true })
    throw cause
  }
}

async function writeDraft(path: string, text: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Takes a file away so that a power cut does not bring it back; no error when there is none. */
export async function eraseWhole(path: string): Promise<void> {
  if (
    await unlessAbsent(
      rm(path).then(() => true),
      false,
    )
  )
    await syncFolder(dirname(path))
}

/** The names in a folder; none when there is no such folder. */
export async function listed(folder: string): Promise<readonly string[]> {
  return unlessAbsent(
    withFile(() => readdir(folder)),
    [],
  )
}

/** An empty file that says by its name alone; the row written after it makes it durable with itself. */
export async function mark(folder: string, name: string): Promise<void> {
  const path = join(folder, name)
  await withFolder(path, () => withFile(() => writeFile(path, '', { mode: 0o600 })))
}

/** Takes a mark away, and its folder when it was the last. */
export async function unmark(folder: string, name: string): Promise<void> {
  await rm(join(folder, name), { force: true })
  await rmdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(cause.code ?? '')) throw cause
  })
}

/**
 * Holds a directory for this process; answers how to let it go. Refuses one that a live process holds (`store-locked`); a dead one's
 * lock is taken over at once. Processes in two containers cannot see each other: one directory belongs to one container.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  // Locks are numbered and the number only rises: of many that take over a dead one's, one makes the next number, and a lock that
  // may be alive is never moved or removed. Whoever comes late with a number used before finds a higher one, and gives way.
  const path = (number: number) => join(directory, `lock.${number}`)
  const last = Math.max(0, ...(await locks(directory)))
  if (await heldAlive(path(last))) throw new ShelfFault('store-locked')
  const mine = last + 1
  const draft = join(directory, `claim.${randomUUID()}`)
  try {
    await writeFile(draft, `${process.pid} ${await born(process.pid)}`, { flag: 'wx', mode: 0o600 })
    if (!(await linked(draft, path(mine)))) throw new ShelfFault('store-locked')
  } finally {
    await rm(draft, { force: true })
  }
  const all = await locks(directory)
  const higher = all.some((number) => number > mine)
  for (const number of all) if (higher ? number === mine : number < mine) await rm(path(number), { force: true })
  if (higher) throw new ShelfFault('store-locked')
  // Emptied, not removed: the next number must be higher.
  return () => writeFile(path(mine), '')
}

async function locks(directory: string): Promise<number[]> {
  return (await listed(directory)).flatMap((name) => /^lock\.(\d{1,15})$/.exec(name)?.[1] ?? []).map(Number)
}

async function heldAlive(path: string): Promise<boolean> {
  // After a power cut the lock may be empty: then nobody holds it.
  const [, pid, when] = /^(\d+) (.+)$/.exec((await readWhole(path)) ?? '') ?? []
  return pid !== undefined && (await born(Number(pid))) === when
}

/** When a live process began: in a container every process is pid 1, so the number alone would take a predecessor for its successor. */
async function born(pid: number): Promise<string | undefined> {
  try {
    process.kill(pid, 0)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ESRCH') return undefined
  }
  const boot = await readWhole('/proc/sys/kernel/random/boot_id')
  // Where there is no /proc, the number has to do.
  if (boot === undefined) return 'alive'
  const stat = await readWhole(`/proc/${pid}/stat`)
  // The name in brackets may hold anything: fields are counted after it (proc_pid_stat(5): state is the 3rd, starttime the 22nd).
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (!fields || fields[0] === 'Z' || fields[0] === 'X') return undefined
  return `${boot.trim()} ${fields[19]}`
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw cause
  }
}

/** Makes the folder only when it is missing; again when a last mark's removal has just taken it away. */
async function withFolder(path: string, work: () => Promise<void>): Promise<void> {
  for (let tries = 0; tries < 8; tries += 1) {
    if (
      await unlessAbsent(
        work().then(() => true),
        false,
      )
    )
      return
    // It makes one folder after the other: any of them may be taken away before the next.
    await unlessAbsent(mkdir(dirname(path), { recursive: true, mode: 0o700 }), undefined)
  }
  await work()
}

// A rename outlives a power cut only once its folder is on the disc too.
async function syncFolder(folder: string): Promise<void> {
  await withFile(async () => {
    const handle = await open(folder)
    await handle.sync().finally(() => handle.close())
  })
}

async function unlessAbsent<T, N>(work: Promise<T>, nothing: N): Promise<T | N> {
  try {
    return await work
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return nothing
    throw cause
  }
}
