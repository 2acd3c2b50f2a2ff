// One question over HTTP, and what came of it: an answer, or in words why there was none. Follows no redirect, since the app follows
// none; sends no credential, reads no more than the app would, and gives up after the time a check has.
import { randomBytes } from 'node:crypto'
import { request as plainly } from 'node:http'
import { request as secretly } from 'node:https'
import { z } from 'zod'
import { given } from '../server/domain/given.ts'
import { ask, type Question, Unreadable } from '../server/outside/ask.ts'
import { fhirBytes } from '../server/outside/ehr/read.ts'

export type World = {
  readonly now: () => number
  /** How long one check may take, in milliseconds. */
  readonly timeoutMs: number
  /** How long /metadata may take, which the app waits longer for; left out, as long as any other. */
  readonly statementMs?: number
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
  readonly bytes: Uint8Array
  /** When it came, by our clock. */
  readonly at: number
  /** How long it took, in milliseconds. */
  readonly tookMs: number
}
export type Answer = Came | { readonly came: false; readonly why: string }

type Asking = {
  /** JSON unless told. */
  readonly accept?: string
  /** With a form, the question is a POST of its fields. */
  readonly form?: Readonly<Record<string, string>>
  /** How much of it the app would read; as much as of FHIR unless told. */
  readonly mostBytes?: number
  readonly method?: 'HEAD'
  /** Which addresses may be connected to; any unless told. */
  readonly reach?: NonNullable<Question['reach']>
}

export async function request({ now, timeoutMs }: World, url: string, asking: Asking = {}): Promise<Answer> {
  const { accept = 'application/json', form, mostBytes = fhirBytes, method, reach } = asking
  const posted =
    form === undefined
      ? { headers: { accept } }
      : ({
          method: 'POST',
          headers: { accept, 'content-type': 'application/x-www-form-urlencoded' },
          body: String(new URLSearchParams(form)),
        } as const)
  const from = now()
  try {
    const { status, headers, body } = await ask(url, { ...posted, ...given({ method, reach }), mostBytes, timeoutMs })
    if (body instanceof Unreadable) throw body
    const at = now()
    return { came: true, status, headers, bytes: body, text: new TextDecoder().decode(body), at, tookMs: at - from }
  } catch (cause) {
    const isLong = cause instanceof Unreadable && cause.why === 'too-large'
    return {
      came: false,
      why: isLong ? `it sends more than the app reads, ${mostBytes / 1000} kB` : whyNot(cause, timeoutMs),
    }
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

const Fault = z.looseObject({
  code: z.string().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  cause: z.unknown(),
})
const untrusted = 'its certificate is signed by nobody this machine trusts'
const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known here (DNS)',
  EAI_AGAIN: 'its name is not known here (DNS)',
  INSIDE: 'its name has an address within a network, where nothing is sent',
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
  if (causes(cause).some(({ name }) => name === 'TimeoutError')) return `no answer within ${timeoutMs / 1000} s`
  const codes = causes(cause).flatMap(({ code }) => code ?? [])
  const known = codes.find((code) => code in reasons)
  if (known !== undefined) return reasons[known] ?? ''
  return codes[0] === undefined ? 'no connection' : `no connection (${codes[0]})`
}

/** An error and all that caused it, with their codes: Node hides the telling one at the bottom. */
function causes(from: unknown): readonly z.infer<typeof Fault>[] {
  const read = Fault.safeParse(from instanceof Error ? { ...from, name: from.name, cause: from.cause } : from)
  if (!read.success) return []
  return [read.data, ...causes(read.data.cause)]
}
