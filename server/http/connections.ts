// The server's connections: how long a request may take to arrive, and who gives way where there would be too many of them.
// Refuses (408) a request that is not whole within 30 s. What is being answered is never cut, and a stream only where its person has many.
import { createServer, IncomingMessage, type RequestListener, type Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Express, Request, Response } from 'express'
import type { Log } from '../outside/record/record.ts'
import { personKey } from '../settings/bases.ts'
import { knownOf } from './guards.ts'

type Options = {
  /** How many there may be at once. */
  readonly most: number
  readonly log: Log
  /** How long a request may take to arrive, head and body, in milliseconds; 30 s unless told. */
  readonly arriveMs?: number
}

type Connection = {
  readonly socket: Socket
  readonly since: number
  /** The last one that came over it. */
  asked?: { readonly request: IncomingMessage; readonly response: ServerResponse }
}

type Fills = (this: object, ...of: readonly unknown[]) => void
type Served = RequestListener & Pick<Express, 'request' | 'response'>

/**
 * Requests and responses that are what express makes of them (it gives each another prototype) from the beginning: what becomes another
 * kind of thing later is slow at all that is asked of it.
 */
function fromTheBeginning({ request, response }: Pick<Express, 'request' | 'response'>) {
  // Sound: both of Node's are functions that make what they are called upon, as express's own prototypes expect; as classes, theirs would
  // stand between, and Reflect.construct makes each request slower than a changed prototype does.
  const [ask, reply] = [IncomingMessage, ServerResponse] as unknown as readonly [Fills, Fills]
  function Asked(this: object, socket: Socket) {
    ask.call(this, socket)
  }
  function Replied(this: object, asked: IncomingMessage, options: object) {
    reply.call(this, asked, options)
  }
  Asked.prototype = request
  Replied.prototype = response
  // Sound: what they make is made by the two they stand for.
  return { IncomingMessage: Asked, ServerResponse: Replied } as unknown as {
    IncomingMessage: typeof IncomingMessage
    ServerResponse: typeof ServerResponse
  }
}

/** The server of an app; it listens nowhere by itself. */
export function openServer(app: Served, { most, log, arriveMs = 30_000 }: Options): Server {
  const connectionsCheckingInterval = Math.ceil(arriveMs / 6)
  const times = { headersTimeout: arriveMs, requestTimeout: arriveMs, connectionsCheckingInterval }
  const server = createServer({ ...times, ...fromTheBeginning(app) })
  const open = new Map<Socket, Connection>()
  const tell = onceAMinute(() => log.warn('connections-full', { count: open.size }))
  server.on('connection', (socket: Socket) => {
    if (open.size >= most) {
      tell()
      const going = whoGoes([...open.values()], Math.ceil(most / 50))
      if (going.length === 0) return socket.destroy()
      for (const one of going) end(one)
    }
    open.set(socket, { socket, since: performance.now() })
    socket.once('close', () => open.delete(socket))
  })
  server.on('request', (request, response) => {
    const connection = open.get(request.socket)
    if (connection !== undefined) connection.asked = { request, response }
    app(request, response)
  })
  return server

  function end({ socket }: Connection) {
    open.delete(socket)
    socket.destroy()
  }
}

/** What a browser opens to one host by HTTP/1.1: whoever has no more is not greedy. */
const usual = 6

/** Of whoever has more than usual, and the most, a tenth of what may end; where nobody has, up to `enough` that have nothing to do. */
function whoGoes(open: readonly Connection[], enough: number): readonly Connection[] {
  for (const theirs of byOwner(open).sort((a, b) => b.length - a.length)) {
    if (theirs.length <= usual) break
    const may = inOrder(theirs, kinds)
    if (may.length > 0) return may.slice(0, Math.ceil(may.length / 10))
  }
  return inOrder(open, ['unread', 'idle']).slice(0, enough)
}

function byOwner(open: readonly Connection[]): Connection[][] {
  const owners = new Map<string, Connection[]>()
  for (const one of open) {
    const owner = ownerOf(one)
    const theirs = owners.get(owner)
    if (theirs === undefined) owners.set(owner, [one])
    else theirs.push(one)
  }
  return [...owners.values()]
}

/** In which order they give way. `at-work`, which stands not among them, never does. */
const kinds = ['unasked', 'half-sent', 'unread', 'idle', 'stream'] as const
type Kind = (typeof kinds)[number] | 'at-work'

function inOrder(open: readonly Connection[], which: readonly Kind[]): readonly Connection[] {
  return which.flatMap((kind) => open.filter((one) => kindOf(one) === kind).sort((a, b) => a.since - b.since))
}

function kindOf({ asked }: Connection): Kind {
  if (asked === undefined) return 'unasked'
  const { request, response } = asked
  if (response.writableFinished || response.destroyed) return 'idle'
  if (response.writableEnded) return 'unread'
  if (response.headersSent) return 'stream'
  return request.complete ? 'at-work' : 'half-sent'
}

/** The person who asked over it last, or the address that did where nobody was known; behind a proxy a silent one is the proxy's. */
function ownerOf({ socket, asked }: Connection): string {
  if (asked === undefined) return socket.remoteAddress ?? ''
  const [request, response] = [asked.request as Request, asked.response as Response] // sound: the app has taken them
  const { caller } = knownOf(response)
  if (caller === undefined) return request.ip ?? ''
  return personKey(caller.organisation, caller.iss, caller.person.who)
}

function onceAMinute(act: () => void): () => void {
  let last = Number.NEGATIVE_INFINITY
  return () => {
    if (performance.now() - last < 60_000) return
    last = performance.now()
    act()
  }
}
