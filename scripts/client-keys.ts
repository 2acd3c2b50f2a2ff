// A file of our private keys, for EHRs or for a Jitsi: made, and changed while others know it. The first key signs, all are published.
// Refuses to drop the last key and to touch one that is not there; replaces the file whole or not at all, for its owner alone.
import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { chown, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { z } from 'zod'

export type Alg = 'RS384' | 'ES384' | 'RS256'
/** Why nothing was done; the message is for the person at the keyboard. */
export class Stop extends Error {}

const Key = z.looseObject({ kid: z.string().min(1), alg: z.enum(['RS384', 'ES384', 'RS256']) })
const KeyFile = z.looseObject({ keys: z.array(Key).min(1) })
export type Key = z.infer<typeof Key>

/** SMART 2.2 names the first two, Prosody takes the third. A kid of hex digits can never look like an option. */
export function newKey(alg: Alg): Key {
  const made =
    alg === 'ES384'
      ? generateKeyPairSync('ec', { namedCurve: 'P-384', publicKeyEncoding, privateKeyEncoding })
      : generateKeyPairSync('rsa', { modulusLength: 3072, publicKeyEncoding, privateKeyEncoding })
  const key = createPrivateKey({ key: made.privateKey, format: 'der', type: 'pkcs8' })
  return { ...key.export({ format: 'jwk' }), kid: randomBytes(8).toString('hex'), alg, use: 'sig' }
}

// Written out and read back: Node 20 waits for itself for ever when it collects what made a key while it writes that key's JWK.
const publicKeyEncoding = { type: 'spki', format: 'der' } as const
const privateKeyEncoding = { type: 'pkcs8', format: 'der' } as const

type Keys = readonly Key[]
export const added = (key: Key) => (keys: Keys) => [...keys, key]
export const signingWith = (kid: string) => (keys: Keys) => [named(keys, kid), ...without(keys, kid)]
export function dropped(kid: string) {
  return (keys: Keys) => {
    named(keys, kid)
    if (keys.length === 1)
      throw new Stop(`${kid} is the only key. Add another one first: without any, nobody lets us in.`)
    return without(keys, kid)
  }
}

const without = (keys: Keys, kid: string) => keys.filter((key) => key.kid !== kid)
function named(keys: Keys, kid: string): Key {
  const found = keys.find((key) => key.kid === kid)
  if (found === undefined)
    throw new Stop(`No key is called ${kid}. There are: ${keys.map((key) => key.kid).join(', ')}`)
  return found
}

/** Changes the file; answers a line for each key that is in it now. */
export async function changeKeys(file: string, change: (keys: Keys) => Keys): Promise<readonly string[]> {
  const keys = change(await keysIn(file))
  await replace(file, contentOf(keys)).catch((cause: NodeJS.ErrnoException) => {
    throw new Stop(`${file} cannot be replaced (${cause.code}). Nothing was changed.`, { cause })
  })
  return keys.map(({ kid, alg }, n) => `${kid}  ${alg}  ${n === 0 ? 'signs' : 'published'}`)
}

export const contentOf = (keys: Keys): string => `${JSON.stringify({ keys }, undefined, 2)}\n`

async function keysIn(file: string): Promise<Keys> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new Stop(`${file} cannot be read (${cause.code}). "--organisation" makes the keys of a new deployment.`)
  })
  try {
    return KeyFile.parse(JSON.parse(text)).keys
  } catch {
    throw new Stop(`${file} is no file of our keys. Nothing was changed.`)
  }
}

// A reader finds the old keys or the new ones: never half a file. The owner stays the same, also when root turns the keys.
async function replace(file: string, content: string): Promise<void> {
  const temporary = `${file}.${randomBytes(4).toString('hex')}`
  const { uid, gid } = await stat(file)
  try {
    const handle = await open(temporary, 'wx', 0o600)
    await handle.writeFile(content)
    await handle.sync()
    await handle.close()
    await chown(temporary, uid, gid)
    await rename(temporary, file)
  } finally {
    await rm(temporary, { force: true })
  }
}
