// Jitsi's script as its hashes say which one it is: what the settings approve, and under which address our pages get the approved copy.
// Pure. A hash is text as in an `integrity` attribute (W3C Subresource Integrity, 3.1): the name of the algorithm, a dash, base64.
import { createHash } from 'node:crypto'

const algorithms = ['sha256', 'sha384'] as const
type Algorithm = (typeof algorithms)[number]
export type ScriptHash = `${Algorithm}-${string}`

/** One script as it is known by either hash; `strong` is the one that we write down. */
export type Hashes = { readonly strong: ScriptHash; readonly all: readonly ScriptHash[] }

/** The hashes of a script, byte for byte as it came. */
export function hashesOf(bytes: Uint8Array): Hashes {
  const by = (algorithm: Algorithm): ScriptHash =>
    `${algorithm}-${createHash(algorithm).update(bytes).digest('base64')}`
  return { strong: by('sha384'), all: algorithms.map(by) }
}

/** Whether this text is such a hash: base64 in its one plain form, as long as its algorithm makes it. */
export function isScriptHash(text: string): text is ScriptHash {
  const [, algorithm, digest = ''] = /^(sha256|sha384)-([A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{64})$/.exec(text) ?? []
  const bytes = Buffer.from(digest, 'base64')
  return bytes.length === (algorithm === 'sha256' ? 32 : 48) && bytes.toString('base64') === digest
}

/** The file's name of a script with this hash, for an address and for a disc alike: base64url, without the padding. */
export const fileOfScript = (hash: ScriptHash): string =>
  `${hash
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/={1,2}$/, '')}.js`

/** Where our pages get it, among what else never changes: the name says what is in it. */
export const pathOfScript = (hash: ScriptHash): string => `/assets/jitsi/${fileOfScript(hash)}`

/** Bytes that Jitsi's script may have: published builds have 35 to 38 kB. */
export const longestScript = 2_000_000
