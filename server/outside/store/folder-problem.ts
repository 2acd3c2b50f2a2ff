// What keeps the data folder from being used, as a sentence for whoever starts the app; anything else stays the fault it is.
import { SealBroken } from './seal.ts'
import { ShelfFault } from './store.ts'

/** Its message is a sentence that names the setting, the folder and the way out. */
export class FolderProblem extends Error {
  override readonly name = 'FolderProblem'
}

/** Opens what lies in the data folder; refuses (FolderProblem) a folder that the disc, the system, another process or other keys keep from us. */
export async function inFolder<T>(folder: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (cause) {
    const what = said(cause)
    if (what === undefined) throw cause
    throw new FolderProblem(`the data folder ${folder} (HOUSECALL_DATA) ${what}`, { cause })
  }
}

const full = 'is on a disc that is full. Make room there; nothing that was written is lost.'
const notOurs = 'may not be written to by the user who starts the app. Give it to that user, for its eyes alone (0700).'

function said(cause: unknown): string | undefined {
  if (cause instanceof FolderProblem) return `holds what the app did not write: ${cause.message}.`
  if (cause instanceof ShelfFault && cause.code === 'store-locked')
    return 'is open in another process. One process has one folder: end the other one first (store-locked).'
  if (cause instanceof SealBroken) return sealed[cause.code]
  if (!(cause instanceof Error)) return undefined
  const { code, syscall, message } = cause as NodeJS.ErrnoException
  if (code === undefined || syscall === undefined) return undefined
  return bySystem[code] ? `${bySystem[code]} (${code})` : `cannot be used: ${message}.`
}

const sealed: Readonly<Record<SealBroken['code'], string>> = {
  'unknown-key':
    'was sealed with a key that is not in HOUSECALL_SEAL_KEYS. Put that key behind the new one (SealBroken).',
  altered: 'has a file index.key that is not as it was sealed. Take it from the backup (SealBroken).',
  moved: 'has a file index.key that belongs elsewhere. Take it from the backup (SealBroken).',
}

/** By the codes of the system (errno(3)). */
const bySystem: Readonly<Record<string, string>> = {
  ENOSPC: full,
  EDQUOT: full,
  EROFS: 'is on a disc that can only be read. Mount it so that it can be written to.',
  EACCES: notOurs,
  EPERM: notOurs,
  // What Node says of a folder it cannot make on a disc that can only be read.
  ENOENT: 'cannot be made: what is above it is not there, or can only be read.',
  ENOTDIR: 'lies below something that is a file. Name a folder.',
}
