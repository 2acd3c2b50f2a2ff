// What was asked of the sandbox EHR while something ran: how many of its answers were waited for one after the other, and for how long it was asked at all.
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'

type Asked = { readonly from: number; until: number }

/** Every request at this process's server on `port`, from its head to its answer's end; call what comes back to stop. */
export function watched(port: string): () => readonly Asked[] {
  const asked = new Map<object, Asked>()
  const [began, ended] = ['http.server.request.start', 'http.server.response.finish']
  type Message = { request: IncomingMessage; response: ServerResponse }
  const start = (message: unknown) => {
    const { request } = message as Message // sound: Node's documentation of these channels
    const now = performance.now()
    if (request.headers.host?.endsWith(`:${port}`)) asked.set(request, { from: now, until: now })
  }
  const finish = (message: unknown) => {
    const one = asked.get((message as Message).request) // sound: as above
    if (one) one.until = performance.now()
  }
  subscribe(began, start)
  subscribe(ended, finish)
  return () => {
    unsubscribe(began, start)
    unsubscribe(ended, finish)
    return [...asked.values()]
  }
}

/** The longest row of requests of which each began after the one before had ended. */
export function inSequence(asked: readonly Asked[]): number {
  let [count, end] = [0, Number.NEGATIVE_INFINITY]
  for (const { from, until } of [...asked].sort((a, b) => a.until - b.until)) {
    if (from < end) continue
    count++
    end = until
  }
  return count
}

/** Milliseconds in which the EHR had at least one request of ours. */
export function covered(asked: readonly Asked[]): number {
  let [sum, end] = [0, Number.NEGATIVE_INFINITY]
  for (const { from, until } of [...asked].sort((a, b) => a.from - b.from)) {
    sum += Math.max(0, until - Math.max(from, end))
    end = Math.max(end, until)
  }
  return sum
}
