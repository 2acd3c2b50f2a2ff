// One question over HTTP, and what came of it: an answer, or in words why there was none. Follows no redirect, since the app follows
// none; sends no credential, reads no more than eight megabytes, and gives up after the time a check has.
import { randomBytes } from 'node:crypto'
import { request as plainly } from 'node:http'
import { request as secretly } from 'node:https'
import { z } from 'zod'

export type World = {
  readonly now: () => number
  /** How long one check may take, in milliseconds. */
  readonly timeoutMs: number
  /** How long is waited for what may follow an answer by itself, in milliseconds. */
  readonly settleMs: number
  /** Told of each check as it starts and ends, in a line. */
  readonly progress: (line: string) => void
}

export type Came = {
  readonly came: true
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** When it came, by our clock. */
  readonly at: number
}
export type Answer = Came | { readonly came: false; readonly why: string }

const most = 8_000_000

/** With a form, the question is a POST of its fields. */
export async function request(
  world: World,
  url: string,
  accept = 'application/json',
  form?: Readonly<Record<string, string>>,
): Promise<Answer> {
  try {
    const answer = await fetch(url, {
      headers: { accept },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(world.timeoutMs),
    })
    const at = world.now()
    return { came: true, status: answer.status, headers: answer.headers, text: await textOf(answer), at }
  } catch (cause) {
    return { came: false, why: whyNot(cause, world.timeoutMs) }
  }
}

/** Whether an address takes a websocket: the handshake alone, over which nothing is said (RFC 6455, 4.1). */
export function upgrade({ timeoutMs }: World, url: string, protocol: string): Promise<{ taken: boolean; why: string }> {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    origin: new URL(url).origin,
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
    'sec-websocket-protocol': protocol,
  }
  return new Promise((done) => {
    const ask = (url.startsWith('https:') ? secretly : plainly)(url, { headers, timeout: timeoutMs })
    const end = (taken: boolean, why: string) => {
      ask.destroy()
      done({ taken, why })
    }
    ask.once('upgrade', (_answer, socket) => {
      socket.destroy()
      end(true, '')
    })
    ask.once('response', ({ statusCode }) => end(false, `the websocket was answered ${statusCode}`))
    ask.once('timeout', () => end(false, `no answer within ${timeoutMs / 1000} s`))
    ask.once('error', (cause) => end(false, whyNot(cause, timeoutMs)))
    ask.end()
  })
}

async function textOf({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of body ?? []) {
    length += piece.length
    if (length > most) throw new Error('too long')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** The JSON of an answer as the schema reads it; undefined for a page, a fragment, or another shape. */
export function readAs<T>(schema: z.ZodType<T>, { text }: Came): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Runs one check, and says when it starts and when it ends. */
export async function step<T>({ progress, now }: World, what: string, run: () => Promise<T>): Promise<T> {
  const from = now()
  progress(`asks  ${what}`)
  try {
    return await run()
  } finally {
    progress(`ended ${what} (${now() - from} ms)`)
  }
}

const Fault = z.looseObject({ code: z.string().optional().catch(undefined), cause: z.unknown() })
const untrusted = 'its certificate is signed by nobody this machine trusts'
const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known here (DNS)',
  EAI_AGAIN: 'its name is not known here (DNS)',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  EHOSTUNREACH: 'there is no way there from here',
  ENETUNREACH: 'there is no way there from here',
  CERT_HAS_EXPIRED: 'its certificate has ended',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
}

function whyNot(cause: unknown, timeoutMs: number): string {
  if (cause instanceof Error && cause.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`
  const codes = causes(cause).flatMap(({ code }) => code ?? [])
  const known = codes.find((code) => code in reasons)
  if (known !== undefined) return reasons[known] ?? ''
  return codes[0] === undefined ? 'no connection' : `no connection (${codes[0]})`
}

/** An error and all that caused it, with their codes: Node hides the telling one at the bottom. */
function causes(from: unknown): readonly { readonly code?: string | undefined }[] {
  const read = Fault.safeParse(from instanceof Error ? { ...from, cause: from.cause } : from)
  if (!read.success) return []
  return [read.data, ...causes(read.data.cause)]
}
