// Owns a sandbox EHR that answers one kind of request oddly, as long as it is told to; what it has been asked to do is done, or not, as told.
// And a clock that runs out when the EHR says so, so that nobody really waits for silence.
import type { IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { vi } from 'vitest'
import type { EhrOptions } from '../../sandbox/ehr/main.ts'
import type { Honest, Oddity } from './oddities.ts'

/** Which question of ours it is. */
export const asked = {
  discovery: /^GET .*\/\.well-known\/smart-configuration$/,
  keys: /^GET \/oauth\/jwks$/,
  token: /^POST \/oauth\/token$/,
  statement: /^GET .*\/metadata$/,
  read: /^GET .*\/[A-Z][A-Za-z]+\/[^/?]+$/,
  search: /^GET .*\/[A-Z][A-Za-z]+\?/,
  look: /^GET .*\/[A-Z][A-Za-z]+(?:\/[^/?]+$|\?)/,
  transaction: /^POST \/[^?]*(?:r4|fhir)\/?$/i,
  create: /^POST .*\/[A-Z][A-Za-z]+$/,
  update: /^(?:PUT|PATCH) .*\/[A-Z][A-Za-z]+\/[^/]+$/,
} as const
export type Asked = keyof typeof asked

type Mood = {
  readonly of: Asked
  readonly oddity: Oddity
  /** Whether what was asked is done all the same. */
  readonly does: boolean
  /** How many of them; all unless told. */
  times: number
}

export type Hostile = {
  readonly inTheWay: NonNullable<EhrOptions['inTheWay']>
  /** From now on; answers how often it was so. */
  turns(of: Asked, oddity: Oddity, how?: { readonly does?: boolean; readonly times?: number }): () => number
  calm(): void
}

/** Marks a question of the hostile EHR to itself. */
const mark = 'x-honest'
const honestly = fetch

export function hostile(elsewhere: string, giveUp: () => void): Hostile {
  let mood: Mood | undefined
  let struck = 0
  return {
    inTheWay(request, response, handOn) {
      const now = mood
      if (
        now === undefined ||
        request.headers[mark] !== undefined ||
        !asked[now.of].test(`${request.method} ${request.url}`)
      )
        return handOn()
      if (now.times-- <= 0) return handOn()
      struck++
      const answering = now.does ? honestOf(request) : notDone(request)
      answering.then(
        (honest) => now.oddity.answer(response, { honest, elsewhere, giveUp }),
        (cause: unknown) => void response.destroy(cause instanceof Error ? cause : undefined),
      )
    },
    turns(of, oddity, { does = true, times = Number.POSITIVE_INFINITY } = {}) {
      mood = { of, oddity, does, times }
      struck = 0
      return () => struck
    },
    calm() {
      mood = undefined
    },
  }
}

async function honestOf(request: IncomingMessage): Promise<Honest> {
  const { method = 'GET', url = '', headers } = request
  const body = await buffer(request)
  const kept = ['authorization', 'accept', 'content-type', 'prefer', 'if-match', 'if-none-exist']
  const answer = await honestly(`http://${headers.host}${url}`, {
    method,
    headers: {
      ...Object.fromEntries(
        kept.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
      ),
      [mark]: 'yes',
    },
    ...(body.length === 0 ? {} : { body }),
    redirect: 'manual',
  })
  const type = answer.headers.get('content-type') ?? 'application/json'
  return { status: answer.status, type, headers: answer.headers, text: await answer.text() }
}

async function notDone(request: IncomingMessage): Promise<Honest> {
  await buffer(request)
  const text = JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] })
  return { status: 500, type: 'application/fhir+json', headers: new Headers(), text }
}

/** Whoever has set a time for something runs out of it when `giveUp` is called, and never before. */
export function clockInHand(): { readonly giveUp: () => void } {
  const running = new Set<AbortController>()
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
    const one = new AbortController()
    running.add(one)
    return one.signal
  })
  return {
    giveUp() {
      // What was written reaches the reader first.
      setTimeout(() => {
        for (const one of running) one.abort(new DOMException('late', 'TimeoutError'))
        running.clear()
      }, 10)
    },
  }
}

/** Of all pairs so many, the same ones for the same seed. */
export function drawn<T>(all: readonly T[], count: number, seed: number): readonly T[] {
  let state = seed
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return all
    .map((one) => ({ one, at: next() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ one }) => one)
}
