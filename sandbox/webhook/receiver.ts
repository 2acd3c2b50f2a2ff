// A webhook's receiver as a clinic would write one, and stricter: signatures are verified by the standard's own package, the clock is held against
// the timestamp, and an id comes with one body alone. Answers 401 and 400 to what is not so, and says why in `wrong`; 204 to what it takes.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import type { WebhookFault } from './faults.ts'

const ReceivedEvent = z.strictObject({
  type: z.string().regex(/^[a-zA-Z0-9_]+(\.[a-zA-Z0-9_]+)+$/),
  timestamp: z.iso.datetime(),
  // No member that nobody has thought of: what is told is ids, times and words of closed lists.
  data: z.strictObject({
    organisation: z.string().regex(/^[a-z0-9-]{1,40}$/),
    visit: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,128}$/)
      .exactOptional(),
    by: z.enum(['clinician', 'patient', 'representative', 'guest', 'interpreter']).exactOptional(),
    outcome: z.enum(['came', 'telephone', 'another-came', 'did-not-come', 'technical-failure']).exactOptional(),
    appointment: z
      .string()
      .regex(/^Appointment\/[A-Za-z0-9.-]{1,64}$/)
      .exactOptional(),
    base: z.url().exactOptional(),
  }),
})
export type ReceivedEvent = z.infer<typeof ReceivedEvent> & { readonly id: string }

export type WebhookReceiver = {
  readonly url: string
  /** What was taken, in the order in which it came; the same event once more is taken once more. */
  readonly received: readonly ReceivedEvent[]
  /** How often it was asked at all. */
  readonly asked: () => number
  /** Why what was refused was refused, by nobody's fault but the sender's. */
  readonly wrong: readonly string[]
  readonly faults: { on(name: WebhookFault): void; clear(): void }
  close(): Promise<void>
}

type Options = {
  /** `whsec_…`; the sender's signature must be by one of them. */
  readonly secrets: readonly string[]
  readonly port?: number
  /** Milliseconds since 1970; this machine's clock unless told. */
  readonly now?: () => number
}

/** Seconds that a timestamp may be off (Standard Webhooks 1.0.0, "Verifying"). */
const tolerance = 300
const mostBytes = 20_000

export async function startWebhookReceiver({ secrets, port = 0, now = Date.now }: Options): Promise<WebhookReceiver> {
  const active = new Set<WebhookFault>()
  const received: ReceivedEvent[] = []
  const wrong: string[] = []
  const bodies = new Map<string, string>()
  let count = 0
  const server = createServer((request, response) => {
    count++
    const fault = [...active].find((one) => one !== 'hook-one-in-three' || count % 3 === 0)
    const answer = (body: string) => {
      if (fault !== undefined && fault !== 'hook-endless') return acts[fault](response)
      const said = verified({ request, body, secrets, now: now(), bodies })
      if (typeof said === 'string') {
        wrong.push(said)
        return response.writeHead(said.startsWith('signature') ? 401 : 400).end(said)
      }
      received.push(said)
      return fault === 'hook-endless' ? acts[fault](response) : response.writeHead(204).end()
    }
    // Who leaves off in the middle of what they say is told nothing.
    textOf(request).then(answer, () => response.destroy())
  })
  await new Promise<void>((done, fail) => server.once('error', fail).listen(port, '127.0.0.1', done))
  const { port: at } = server.address() as AddressInfo // sound: it listens on a port
  return {
    ...{ url: `http://127.0.0.1:${at}/housecall`, received, wrong, asked: () => count },
    faults: { on: (name) => void active.add(name), clear: () => active.clear() },
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

type Verifying = {
  readonly request: IncomingMessage
  readonly body: string
  readonly secrets: readonly string[]
  readonly now: number
  readonly bodies: Map<string, string>
}

/** The event; or why it is none, in words. */
function verified({ request, body, secrets, now, bodies }: Verifying): ReceivedEvent | string {
  const { method, headers } = request
  if (method !== 'POST' || headers['content-type'] !== 'application/json') return 'shape: no POST of JSON'
  const [id, timestamp, signature] = ['id', 'timestamp', 'signature'].map((name) => String(headers[`webhook-${name}`]))
  if (id === undefined || !/^[A-Za-z0-9_-]{1,80}$/.test(id)) return 'shape: no id, or one with a dot in it'
  if (timestamp === undefined || !/^\d{10}$/.test(timestamp)) return 'shape: no timestamp in whole seconds'
  const off = Math.abs(Number(timestamp) - now / 1000)
  if (off > tolerance) return `signature: its timestamp is ${Math.round(off)} seconds off`
  const at = new Date(Number(timestamp) * 1000)
  const given = (signature ?? '').split(' ')
  if (!secrets.some((secret) => given.includes(new Webhook(secret).sign(id, at, body))))
    return 'signature: not by our secret'
  if (body.length > mostBytes) return 'shape: too long'
  if ((bodies.get(id) ?? body) !== body) return 'shape: an id that came with another body before'
  bodies.set(id, body)
  const event = ReceivedEvent.safeParse(JSON.parse(body))
  return event.success
    ? { id, ...event.data }
    : `shape: ${event.error.issues.map(({ path }) => path.join('.')).join(', ')}`
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer) // sound: no encoding was set
  return Buffer.concat(parts).toString()
}

const answering =
  (status: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse): unknown =>
    response.writeHead(status, headers).end()

const acts: Readonly<Record<WebhookFault, (response: ServerResponse) => unknown>> = {
  'hook-500': answering(500),
  'hook-one-in-three': answering(500),
  'hook-404': answering(404),
  'hook-503': answering(503, { 'retry-after': '120' }),
  'hook-429': answering(429, { 'retry-after': '3600' }),
  'hook-410': answering(410),
  'hook-redirect': answering(302, { location: 'http://127.0.0.1:9/inside' }),
  'hook-silent': () => undefined,
  'hook-cut': (response) => response.destroy(),
  'hook-endless'(response) {
    response.writeHead(200)
    const more = () => {
      while (response.writable && response.write('x'.repeat(16_000)));
      if (response.writable) response.once('drain', more)
    }
    more()
  },
}
