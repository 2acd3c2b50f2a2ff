// Speaks to our own server: JSON both ways; a refusal comes back as a Problem, nothing is thrown.
// Refuses to read a reply that is not JSON, and to wait for ever.
import type { Instant, LookedFor } from '../../server/wire/wire.ts'
import type { ProblemCode } from './remedy.ts'
import { hearTime } from './server-time.ts'

/** What stands in the way, by its code. */
export type Problem = {
  readonly code: ProblemCode
  readonly opensAt?: Instant
  /** The health record system says nothing; by what it said of the appointment then, somebody can be let in all the same. */
  readonly readAt?: Instant
  /** Of `filing-unknown`: what the look in the chart came to. */
  readonly look?: LookedFor
  /** After how many seconds the health record system takes more, where it said so. */
  readonly seconds?: number
  /** Of a fault: the number by which its lines in the log are found. */
  readonly requestId?: string
}
export type Answer<T> =
  | { readonly ok: true; readonly body: T; readonly version: number }
  | { readonly ok: false; readonly problem: Problem }

type Asked = {
  readonly method?: 'GET' | 'POST' | 'PUT'
  readonly body?: object
  /** The version of the text on the screen. */
  readonly ifMatch?: number
  /** Lets the request outlive the page. */
  readonly keepalive?: boolean
  /** How long to wait for an answer, 20 s unless told. */
  readonly patienceMs?: number
}

/** Browsers carry at most 64 KiB past the end of a page. */
export const keepaliveLimit = 60_000

/** Asks `path`; `T` is what wire.ts promises for it. `version` is the ETag's number, 0 when there is none. */
export async function ask<T>(path: string, asked: Asked = {}): Promise<Answer<T>> {
  const kind = asked.method === undefined || asked.method === 'GET' ? 'reading' : 'writing'
  // What must outlive the page goes out all the same: it is a note, and nobody may be there to send it later.
  if (isQuiet(kind) && asked.keepalive !== true) return { ok: false, problem: { code: 'too-many' } }
  const at = Date.now()
  const response = await sent(path, asked)
  if (response !== undefined) hearTime(response, at)
  if (response?.status === 429) quietUntil[kind] = Date.now() + secondsToWait(response) * 1000
  if (response === undefined) return { ok: false, problem: { code: 'offline' } }
  const body = await read(response)
  if (!response.ok) return { ok: false, problem: problemIn(body, response) }
  if (body === undefined && response.status !== 204) return { ok: false, problem: { code: 'fault' } }
  return { ok: true, body: body as T, version: versionOf(response) } // sound: both ends are compiled against the same wire.ts
}

/** Until when the server has asked this page to wait: nothing is sent meanwhile, whatever asks by itself. */
const quietUntil = { reading: 0, writing: 0 }
const longestWait = 60

/** Where more is left than anybody asked for, the clock was put back meanwhile: then nothing is waited for. */
function isQuiet(kind: keyof typeof quietUntil): boolean {
  const left = quietUntil[kind] - Date.now()
  return left > 0 && left <= longestWait * 1000
}

function secondsToWait({ headers }: Response): number {
  const seconds = Number(headers.get('Retry-After') ?? 1)
  return seconds >= 0 ? Math.min(seconds, longestWait) : 1
}

export const post = <T>(path: string, body: object = {}, ifMatch?: number): Promise<Answer<T>> =>
  ask<T>(path, { method: 'POST', body, ...(ifMatch === undefined ? {} : { ifMatch }) })

/** Whether the visit was taken from whoever looks at it: nothing of it stays on the screen. */
export const isTaken = ({ code }: Problem): boolean =>
  code === 'no-longer-participant' || code === 'appointment-unknown' || code.startsWith('invitation-')

const passes: ReadonlySet<ProblemCode> = new Set([
  'offline',
  'unavailable',
  'fault',
  'too-many',
  'ehr-unreachable',
  'ehr-failed',
  'ehr-busy',
])

/** Whether the same request may well succeed a little later. */
export const passing = ({ code }: Problem): boolean => passes.has(code)

async function sent(path: string, asked: Asked): Promise<Response | undefined> {
  const { method = 'GET', body, ifMatch, keepalive, patienceMs = 20_000 } = asked
  const text = body === undefined ? undefined : JSON.stringify(body)
  const headers = {
    Accept: 'application/json',
    ...(text === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(ifMatch === undefined ? {} : { 'If-Match': `W/"${ifMatch}"` }),
  }
  try {
    return await fetch(path, {
      method,
      headers,
      cache: 'no-store',
      signal: AbortSignal.timeout(patienceMs),
      ...(text === undefined ? {} : { body: text }),
      keepalive: keepalive === true && new Blob([text ?? '']).size < keepaliveLimit,
    })
  } catch {
    return undefined // No connection, or no answer in time: the caller says so in words.
  }
}

async function read(response: Response): Promise<unknown> {
  if (!/^application\/(?:[\w.-]+\+)?json/.test(response.headers.get('Content-Type') ?? '')) return undefined
  try {
    return await response.json()
  } catch {
    return undefined // Cut off on the way.
  }
}

function versionOf(response: Response): number {
  const digits = /^(?:W\/)?"(\d+)"$/.exec(response.headers.get('ETag') ?? '')?.[1]
  return digits === undefined ? 0 : Number(digits)
}

/** The Problem in an OperationOutcome. A gateway's own page with 502 to 504 means our server was not reached. */
export function problemIn(body: unknown, { status, headers }: Pick<Response, 'status' | 'headers'>): Problem {
  const code = at(body, 'issue', 0, 'details', 'coding', 0, 'code')
  const instants = { ...instantIn(body, 'opens-at', 'opensAt'), ...instantIn(body, 'read-at', 'readAt') }
  const look = extensionOf(body, 'look', 'valueCode')
  // sound: only our server answers here
  const more = typeof look === 'string' ? { ...instants, look: look as LookedFor } : instants
  if (typeof code !== 'string')
    return { code: status >= 502 && status <= 504 ? 'unavailable' : status === 429 ? 'too-many' : 'fault' }
  if (code === 'fault') return fault(headers.get('X-Request-Id'))
  if (code === 'ehr-busy') return { ...busy(headers.get('Retry-After')), ...more }
  return { code: code as ProblemCode, ...more } // sound: only our server answers here
}

/** What its extension of this name says, as the member `as`. */
function instantIn(body: unknown, name: string, as: 'opensAt' | 'readAt'): Pick<Problem, typeof as> {
  const value = extensionOf(body, name, 'valueInstant')
  return typeof value === 'string' ? { [as]: value } : {}
}

function extensionOf(body: unknown, name: string, kind: 'valueInstant' | 'valueCode'): unknown {
  const all = at(body, 'extension')
  const one = Array.isArray(all) ? all.find((e) => at(e, 'url') === `https://housecall.example/${name}`) : undefined
  return at(one, kind)
}

/** The server read it before: it is whole seconds, or nothing. */
export const busy = (seconds: string | null | undefined): Problem => ({
  code: 'ehr-busy',
  ...(Number(seconds) > 0 ? { seconds: Number(seconds) } : {}),
})

export const fault = (requestId: string | null | undefined): Problem => ({
  code: 'fault',
  ...(requestId ? { requestId } : {}),
})

function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here = value
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined
    here = Reflect.get(here, step)
  }
  return here
}
