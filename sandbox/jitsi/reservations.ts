// Owns who is asked before a room begins: Jitsi's mod_reservations, in its words, at its addresses, with its tries and its memory.
// Refuses, as the module does, every answer that is not all it looks for; asks nobody about a room that is there already.
import { z } from 'zod'
import { readJson } from './json.ts'

/** As in Prosody's settings: `reservations_api_prefix`, and what `reservations_api_headers` has as Authorization. */
export type ReservationsOptions = {
  prefix: string
  authorization: string
  /** Other times than the module's, in milliseconds. */
  times?: Partial<typeof moduleTimes>
}

/** As the module has them by itself: between two tries, for one of them, how long a refusal counts, and how often what is over is looked for. */
const moduleTimes = { retryMs: 3_000, timeoutMs: 20_000, refusedMs: 30_000, sweepMs: 60_000 }
const retries = 3

/** What whoever asked for the room is told (`reservation-error`). */
export type NotReserved = { readonly code: number; readonly text: string }

export type Reservations = {
  /** Undefined where the room may begin. */
  ask(key: string, creator: string): Promise<NotReserved | undefined>
  /** The room is gone: the next time is asked anew. */
  gone(key: string): void
  /** Prosody has died: nothing of it is known any more. */
  forget(): void
  close(): void
}

/** `until`: when it is over, once it is answered. */
type Asked = { readonly answer: Promise<Held>; until: number }
type Held = { readonly refused: NotReserved } | { readonly id: string | number; readonly until: number }

/** `destroy` closes a room whose time is over; `now`: milliseconds since 1970. */
export function openReservations(
  { prefix, authorization, times = {} }: ReservationsOptions,
  now: () => number,
  destroy: (key: string) => void,
): Reservations {
  const { sweepMs, refusedMs, ...waits } = { ...moduleTimes, ...times }
  const away = new AbortController()
  const call: Call = (path, init) => tried(prefix + path, authorization, init, { ...waits, away: away.signal })
  const asked = openMemory((key, creator) => reserve(call, key, creator, now()), { now, refusedMs })
  const sweep = setInterval(() => asked.over().map(destroy), sweepMs).unref()
  return {
    async ask(key, creator) {
      const held = await asked.of(key, creator)
      if ('refused' in held) return held.refused
      return now() > held.until ? { code: 419, text: 'Reservation expired' } : undefined
    },
    gone(key) {
      // Nobody waits for what is answered.
      void asked.without(key)?.then((held) => {
        if ('id' in held) void call(`/conference/${held.id}`, { method: 'DELETE' })
      })
    },
    forget: asked.clear,
    close() {
      clearInterval(sweep)
      away.abort()
    },
  }
}

type Remembering = { readonly now: () => number; readonly refusedMs: number }

/** What was answered for each room, as long as it counts. */
function openMemory(reserved: (key: string, creator: string) => Promise<Held>, { now, refusedMs }: Remembering) {
  const asked = new Map<string, Asked>()
  const begin = (key: string, creator: string): Asked => {
    const one: Asked = { answer: reserved(key, creator), until: Number.POSITIVE_INFINITY }
    asked.set(key, one)
    void one.answer.then((held) => {
      one.until = 'refused' in held ? now() + refusedMs : held.until
    })
    return one
  }
  const without = (key: string) => {
    const one = asked.get(key)
    asked.delete(key)
    return one?.answer
  }
  return {
    of: (key: string, creator: string) => (asked.get(key) ?? begin(key, creator)).answer,
    without,
    /** Those that are over by now are forgotten: their rooms. */
    over() {
      const keys = [...asked].flatMap(([key, { until }]) => (now() > until ? [key] : []))
      for (const key of keys) without(key)
      return keys
    },
    clear: () => asked.clear(),
  }
}

type Call = (
  path: string,
  init: { method: string; body?: string },
) => Promise<{ status: number; body: string } | 'timeout'>

async function reserve(call: Call, key: string, creator: string, at: number): Promise<Held> {
  const form = new URLSearchParams({ name: key, start_time: new Date(at).toISOString(), mail_owner: creator })
  const answer = await call('/conference', { method: 'POST', body: String(form) })
  if (answer === 'timeout') return timedOut
  if (answer.status === 200 || answer.status === 201) return readReservation(key, answer.body)
  if (answer.status !== 409) return refusedBy(answer)
  const conflict = readJson(answer.body, z.object({ conflict_id: z.union([z.string(), z.number()]) }))
  if (conflict === undefined) return failed(409, 'Invalid response from reservation server')
  const known = await call(`/conference/${conflict.conflict_id}`, { method: 'GET' })
  if (known === 'timeout') return timedOut
  return known.status === 200 ? readReservation(key, known.body) : refusedBy(known)
}

const failed = (code: number, text: string): Held => ({ refused: { code, text } })
const timedOut = failed(500, 'Reservation lookup timed out')

/** What the module looks for; whatever else there is does not matter to it. */
const Answer = z.object({
  id: z.union([z.string(), z.number()]),
  name: z.string(),
  mail_owner: z.unknown().refine((value) => value !== undefined && value !== null),
  duration: z.coerce.number(),
  start_time: z.iso.datetime(),
})

function readReservation(key: string, body: string): Held {
  const read = readJson(body, Answer)
  if (read === undefined || read.name.toLowerCase() !== key)
    return failed(500, 'Invalid response from reservation server')
  // The module loses the milliseconds.
  const start = Math.floor(Date.parse(read.start_time) / 1000) * 1000
  return { id: read.id, until: start + read.duration * 1000 }
}

function refusedBy({ status, body }: { status: number; body: string }): Held {
  const said = readJson(body, z.object({ message: z.string() }))
  return failed(status, said?.message ?? 'Rejected by reservation server')
}

type Waits = { readonly retryMs: number; readonly timeoutMs: number; readonly away: AbortSignal }

/** What is answered by 500 and above, or not reached (0), is tried again; what takes too long is not. */
async function tried(url: string, authorization: string, init: RequestInit, waits: Waits): ReturnType<Call> {
  const { retryMs, timeoutMs, away } = waits
  const headers = {
    authorization,
    ...(init.body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
  }
  for (let left = retries; ; left--) {
    const limit = AbortSignal.timeout(timeoutMs)
    const answer = await fetch(url, { ...init, headers, signal: AbortSignal.any([limit, away]) }).then(
      async (came) => ({ status: came.status, body: await came.text() }),
      () => (limit.aborted ? ('timeout' as const) : { status: 0, body: '' }),
    )
    if (answer === 'timeout' || away.aborted || left === 0 || (answer.status > 0 && answer.status < 500)) return answer
    await new Promise<void>((done) => setTimeout(done, retryMs).unref())
  }
}
