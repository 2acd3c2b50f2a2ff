// A clinic's logo as a file: read once at the start, told by its first bytes what it is.
// Refuses, in words for the administrator, what cannot be read, is too large for a phone, or is no picture.
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

export type Picture = { readonly type: string; readonly bytes: Uint8Array }

const mostBytes = 100_000

/** The logo that the file of organisations names, its path meant from there; what is wrong with it is in the list of problems. */
export function logoIn(file: string, logo: string | undefined, problems: string[]): { logo?: Picture } {
  if (logo === undefined) return {}
  const picture = pictureIn(resolve(dirname(file), logo))
  if (typeof picture !== 'string') return { logo: picture }
  problems.push(`HOUSECALL_CONFIG at logo: ${logo} ${picture}`)
  return {}
}

/** The picture at `path`, or what is wrong with it. */
export function pictureIn(path: string): Picture | string {
  const bytes = read(path)
  if (bytes === undefined) return 'names a file that cannot be read'
  if (bytes.length > mostBytes)
    return `is ${Math.ceil(bytes.length / 1000)} kB: a logo may have 100 kB, for phones wait for it`
  const type = typeOf(bytes)
  return type === undefined ? 'is no SVG, PNG, JPEG or WebP' : { type, bytes }
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined // The administrator is told which file; why is the system's to say.
  }
}

function typeOf(bytes: Buffer): string | undefined {
  const latin = bytes.subarray(0, 16).toString('latin1')
  if (latin.startsWith('\x89PNG\r\n')) return 'image/png'
  if (latin.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (latin.startsWith('RIFF') && latin.endsWith('WEBP', 12)) return 'image/webp'
  const text = bytes.toString('utf8').trimStart()
  let rest = afterTag(text, '<?xml', '?>')
  while (rest.startsWith('<!--') && rest.includes('-->')) rest = afterTag(rest, '<!--', '-->')
  return /^<svg[\s>]/.test(rest) ? 'image/svg+xml' : undefined
}

/** What comes behind a tag that may stand at the beginning. */
function afterTag(text: string, opens: string, closes: string): string {
  const end = text.startsWith(opens) ? text.indexOf(closes) : -1
  return end < 0 ? text : text.slice(end + closes.length).trimStart()
}
