// The approved scripts on the disc, in a folder beside the rows: a file is named by the hash of what is in it.
// Refuses a file whose content is another than its name says: it counts as not there.
import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileOfScript, hashesOf } from '../../domain/visit/room-script.ts'
import { listed, readBytes, writeWhole } from '../store/disk.ts'

/** Every whole script in the folder; `altered`: how many files are not what they are called. */
export async function readScripts(
  folder: string,
): Promise<{ readonly scripts: readonly Uint8Array[]; readonly altered: number }> {
  const names = (await listed(folder)).filter((name) => name.endsWith('.js'))
  const scripts: Uint8Array[] = []
  for (const name of names) {
    const bytes = await readBytes(join(folder, name)).catch(() => undefined) // what cannot be read counts as altered
    if (bytes !== undefined && fileOfScript(hashesOf(bytes).strong) === name) scripts.push(bytes)
  }
  return { scripts, altered: names.length - scripts.length }
}

/** Keeps a script, whole or not at all. The folder is 0700, the file 0600. */
export async function keepScript(folder: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, fileOfScript(hashesOf(bytes).strong))
  const draft = join(folder, `draft.${randomUUID()}`)
  try {
    await writeWhole(path, bytes, draft)
  } finally {
    await rm(draft, { force: true })
  }
}
