// The one door to other systems: whatever is asked of one over HTTP goes out here. Follows nobody anywhere, reads no more of an answer than
// it was told, waits no longer than it was told. Refuses an address that is not http(s), or has a password in it, before anything is sent.

import { given } from '../domain/given.ts'
import { allowedHandles, sharedOut } from './handles.ts'
import { fetchPinned, InsideAddress, type Reach } from './pinned.ts'
import { sideBySide } from './side-by-side.ts'

export type Question = {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** How much of the answer is read: bytes, as they are when unpacked. */
  readonly mostBytes: number
  /** How long all of it may take, to the last byte, in milliseconds. */
  readonly timeoutMs: number
  /** Where the address is for others to choose: which ones may be connected to at all. */
  readonly reach?: Reach
}

/** `body` is all of it, or why it is not: the status is known before. A redirect is an answer like any other. */
export type Answered = { readonly status: number; readonly headers: Headers; readonly body: Uint8Array | Unreadable }

/** `cut` on the way, or by our clock; `garbled`: not what it should be. The cause tells more where there is one. */
export class Unreadable extends Error {
  readonly why: 'too-large' | 'cut' | 'garbled'
  constructor(why: Unreadable['why'], options?: { cause: unknown }) {
    super(`the answer is ${why}`, options)
    this.name = 'Unreadable'
    this.why = why
  }
}

/** Asks once. Throws where no answer came; `neverSent` tells whether the question went out. */
export async function ask(url: string, { timeoutMs, ...question }: Question): Promise<Answered> {
  // It runs from now on, also while others have their turn.
  const signal = AbortSignal.timeout(timeoutMs)
  let begun = false
  const work = () => {
    begun = true
    return asked(url, question, signal)
  }
  return turnAt(url)(work, signal).catch((cause: unknown) => {
    throw begun ? cause : unsendable()
  })
}

/** By host, so that one that is slow keeps nobody from asking another; and no more than there are handles for. */
const turns = new Map<string, ReturnType<typeof sideBySide>>()

function turnAt(url: string): ReturnType<typeof sideBySide> {
  const host = URL.canParse(url) ? new URL(url).host : ''
  const turn = turns.get(host) ?? sideBySide(sharedOut(allowedHandles()).questions)
  turns.set(host, turn)
  return turn
}

type Asking = Omit<Question, 'timeoutMs'>

async function asked(url: string, question: Asking, signal: AbortSignal): Promise<Answered> {
  const { method, headers, body, mostBytes, reach } = question
  const { bytes, ...going } = sending(url, given({ method, headers, body }))
  const answer =
    reach === undefined
      ? await fetch(url, { ...going, ...asStream(bytes), redirect: 'manual', signal })
      : await fetchPinned(new URL(url), { ...going, body, signal }, reach)
  return { status: answer.status, headers: answer.headers, body: await bytesOf(answer, mostBytes) }
}

type Going = Pick<Question, 'method' | 'headers' | 'body'>

type Sending = { readonly method: string; readonly headers: Headers; readonly bytes?: Blob }

/** Throws where nothing can go out: no address to ask, or a header with signs that none has. */
function sending(url: string, { method = 'GET', headers, body }: Going): Sending {
  try {
    const { protocol, username, password } = new URL(url)
    if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') throw new Error('scheme')
    const all = new Headers(headers)
    if (body === undefined) return { method, headers: all }
    const bytes = new Blob([body])
    all.set('content-length', String(bytes.size))
    return { method, headers: all, bytes }
  } catch {
    throw unsendable()
  }
}

/** What has another source is sent a second time by fetch itself where the answer is 421. */
const asStream = (bytes: Blob | undefined): RequestInit & { duplex?: 'half' } =>
  bytes === undefined ? {} : { body: bytes.stream(), duplex: 'half' }

/** Without a cause of its own: it would have the address, or the header, in its words. */
const unsendable = () =>
  new Error('nothing that can be sent', { cause: Object.assign(new Error('unsent'), { code: 'UNSENT' }) })

async function bytesOf(
  { body }: { readonly body: AsyncIterable<Uint8Array> | null },
  mostBytes: number,
): Promise<Uint8Array | Unreadable> {
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for await (const part of body ?? []) {
      length += part.length
      if (length > mostBytes) return new Unreadable('too-large') // leaving the loop ends the download
      parts.push(part)
    }
  } catch (cause) {
    return new Unreadable(isGarbled(cause) ? 'garbled' : 'cut', { cause })
  }
  return Buffer.concat(parts)
}

/** Packed otherwise than it says, or no HTTP: it came, and was not what it should be. */
const garbling = /^(?:Z_|ERR__|HPE_|UND_ERR_HEADERS_OVERFLOW$)/

/** Whether something came that cannot be read, told apart from a line that was cut and from a clock that ran out. */
export function isGarbled(cause: unknown): boolean {
  const under = cause instanceof Error ? cause.cause : undefined
  if (!(under instanceof Error)) return false
  // On Node 24 what is no HTTP has a name alone, and no code.
  return under.name === 'HTTPParserError' || ('code' in under && garbling.test(String(under.code)))
}

const unsent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'UNSENT'])

/** Whether a question that failed with this did not even go out. */
export function neverSent(cause: unknown): boolean {
  if (cause instanceof InsideAddress) return true
  const under = cause instanceof Error ? cause.cause : undefined
  return under instanceof Error && 'code' in under && unsent.has(String(under.code))
}

/** Its text. Throws `Unreadable` where it was not read to its end, or is no UTF-8 (RFC 8259, 8.1): signs put in for it would be written back. */
export function textOf(answered: Answered): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(wholeOf(answered))
  } catch (cause) {
    throw cause instanceof Unreadable ? cause : new Unreadable('garbled', { cause })
  }
}

/** What its JSON says, whatever its type is called. Throws `Unreadable`, also for what is deeper or has more in it than any honest answer. */
export function jsonOf(answered: Answered): unknown {
  const text = textOf(answered)
  const odd = oddShape(wholeOf(answered))
  if (odd !== undefined) throw new Unreadable(odd)
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw new Unreadable('garbled', { cause })
  }
}

function wholeOf({ body }: Answered): Uint8Array {
  if (body instanceof Unreadable) throw body
  return body
}

/** FHIR's deepest honest resources have some thirty levels. What looks at all of them, or writes them back, must not run out of stack. */
const deepest = 100
/** Five megabytes of FHIR have a third of it; millions of the smallest values would keep everybody waiting for whoever looks at each. */
const mostValues = 500_000
const [quote, backslash, comma] = [0x22, 0x5c, 0x2c]
const [list, listEnd, object, objectEnd] = [0x5b, 0x5d, 0x7b, 0x7d]

/** Looks at the signs between the texts alone, before anything is made of them. */
function oddShape(bytes: Uint8Array): Unreadable['why'] | undefined {
  let [depth, values] = [0, 0]
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === quote) at = endOfText(bytes, at)
    else if (byte === comma) values++
    else if (byte === list || byte === object) {
      values++
      if (++depth > deepest) return 'garbled'
    } else if (byte === listEnd || byte === objectEnd) depth--
  }
  return values > mostValues ? 'too-large' : undefined
}

/** Where the text that begins here has its other quote. */
function endOfText(bytes: Uint8Array, from: number): number {
  let at = from + 1
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1
  return at
}
