// Tells whoever watches that something changed, over server-sent events; an event says "look again", or that the way is open, and carries nothing else.
// Refuses to keep a stream whose reader has stopped reading: it comes back with Last-Event-ID and misses nothing.
import type { IncomingMessage, ServerResponse } from 'node:http'

/** Tells a watcher of a topic its new revision; `beside` where the topic is as it was, and something that is shown with it is not. */
export type Listener = (revision: number | 'beside') => void

export type Live = {
  publish(topic: string, revision: number): void
  /** Has everyone look again who watches the topic, although it is as it was. */
  stir(topic: string): void
  /** Answers how to stop listening. */
  subscribe(topic: string, listener: Listener): () => void
  /** How many listen to this topic now. */
  watchers(topic: string): number
  /** Keeps an open response alive by the hub's one timer, and ends it with the hub; answers how to let it go. */
  hold(response: ServerResponse): () => void
  /** Ends every stream and forgets every listener; publishing afterwards reaches nobody. */
  close(): void
}

type Options = { readonly heartbeatMs?: number }

// A heartbeat to ten thousand streams takes a tenth of a second: in portions, so that an admission never waits for it.
const portion = 250

/** The hub of one process. `heartbeatMs`: 10 s unless told: shorter than the idle limit of common proxies, and half of what a page waits for it. */
export function openLive({ heartbeatMs = 10_000 }: Options = {}): Live {
  const topics = new Map<string, Set<Listener>>()
  const held = new Set<ServerResponse>()
  let closed = false
  const timer = setInterval(() => beatAll([...held]), heartbeatMs)
  timer.unref()

  return {
    publish(topic, revision) {
      for (const listener of topics.get(topic) ?? []) listener(revision)
    },
    stir(topic) {
      for (const listener of topics.get(topic) ?? []) listener('beside')
    },
    subscribe(topic, listener) {
      // A listener of its own each time: the same function may watch twice, and each stop ends one.
      const mine: Listener = (revision) => listener(revision)
      const listeners = topics.get(topic) ?? new Set()
      topics.set(topic, listeners.add(mine))
      return () => {
        listeners.delete(mine)
        if (listeners.size === 0 && topics.get(topic) === listeners) topics.delete(topic)
      }
    },
    watchers: (topic) => topics.get(topic)?.size ?? 0,
    hold(response) {
      if (closed) response.end()
      else held.add(response)
      return () => held.delete(response)
    },
    close() {
      closed = true
      clearInterval(timer)
      topics.clear()
      for (const response of held) response.end()
      held.clear()
    },
  }
}

type Stream = {
  readonly live: Live
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** One or several; their revisions must rise together. */
  readonly topics: readonly string[]
  /** Of these it is only told that something moved: `event: queue`. */
  readonly queues?: readonly string[]
  /** The topics' revision as kept now. Asked after listening has begun, so that no change falls between the two. */
  readonly current: () => Promise<number>
  /** What the client saw last; unless told, the request's Last-Event-ID header. */
  readonly lastEventId?: string
  /** How long a client waits before it comes back, 2 s unless told. */
  readonly retryMs?: number
}

/**
 * Answers a request with an event stream (WHATWG HTML, 9.2): `id` is the revision, `event` is `look`. The first event is sent at once
 * unless the client has seen that revision. Settles when the stream is up; a fault of `current` ends the stream and is thrown on.
 */
export async function eventStream({ live, request, response, topics, current, ...told }: Stream): Promise<void> {
  if (response.destroyed) return
  const seen = told.lastEventId ?? request.headers['last-event-id']
  let newest = -1
  const send: Listener = (revision) => {
    if (revision === 'beside') return write(response, besideIt)
    if (revision <= newest) return
    newest = revision
    write(response, look(revision))
  }
  open(response, told.retryMs ?? 2_000)
  const early: number[] = []
  // A first look is still to come: what changed beside it is in that.
  let tell: Listener = (revision) => {
    if (revision !== 'beside') early.push(revision)
  }
  const stops = topics.map((topic) => live.subscribe(topic, (revision) => tell(revision)))
  for (const queue of told.queues ?? []) stops.push(live.subscribe(queue, () => write(response, queueIt)))
  const release = live.hold(response)
  response.once('close', () => {
    for (const stop of stops) stop()
    release()
  })

  try {
    const revision = await current()
    if (seen === String(revision)) newest = revision
    send(Math.max(revision, ...early))
    tell = send
  } catch (cause) {
    response.destroy()
    throw cause
  }
}

function open(response: ServerResponse, retryMs: number): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  })
  // A phone that left without a word is noticed by the operating system, not by a timer per stream.
  response.socket?.setKeepAlive(true, 30_000)
  response.write(`retry: ${retryMs}\n\n`)
}

/** Ends a stream that gives way to a newer one of its person's: the page is told not to come back by itself, or each would drive out the next. */
export function endForAnother(response: ServerResponse): void {
  if (!response.destroyed && !response.writableEnded) response.end('event: away\ndata: away\n\n')
}

// A comment would keep the connection as well, but no page is told of one: by this it knows that nothing is held back on the way.
const beat = 'event: beat\ndata: beat\n\n'
// An event with empty data is never dispatched (WHATWG HTML, 9.2.6), so it repeats its own name.
const besideIt = 'event: beside\ndata: beside\n\n'
const queueIt = 'event: queue\ndata: queue\n\n'
const look = (revision: number) => `id: ${revision}\nevent: look\ndata: look\n\n`

// Events are forty bytes: a full buffer means the reader is gone or stuck, and would cost memory until it noticed.
function write(response: ServerResponse, text: string): void {
  if (response.destroyed || response.writableEnded) return
  if (!response.write(text)) response.destroy()
}

function beatAll(responses: readonly ServerResponse[], from = 0): void {
  for (const response of responses.slice(from, from + portion)) write(response, beat)
  if (from + portion < responses.length) setImmediate(beatAll, responses, from + portion)
}
