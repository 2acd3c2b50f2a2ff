// Owns a reverse proxy as some stand before an app: it passes on what is asked, and holds an event stream back until it ends. Refuses nothing.

import { once } from 'node:events'
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type BufferingProxy = {
  readonly url: string
  /** Streams that were asked for through it. */
  readonly streams: () => number
  /** From now on it passes on each piece as it comes. */
  passOn(): void
  close(): Promise<void>
}

/** `keeps`: what it keeps back of a stream: its body alone, or its head too. */
export async function bufferingProxy(target: string, keeps: 'body' | 'all'): Promise<BufferingProxy> {
  let holds = true
  let streams = 0
  const answer = (from: IncomingMessage, to: ServerResponse) => {
    const isStream = /^text\/event-stream/.test(from.headers['content-type'] ?? '')
    if (isStream) streams += 1
    const held = isStream && holds
    const head = () => to.writeHead(from.statusCode ?? 502, from.headers).flushHeaders()
    if (!held || keeps === 'body') head()
    if (!held) return void from.pipe(to)
    const kept: Buffer[] = []
    from.on('data', (piece: Buffer) => kept.push(piece))
    from.on('end', () => {
      if (keeps === 'all') head()
      to.end(Buffer.concat(kept))
    })
  }
  const server = createServer((request, response) => {
    const onward = ask(new URL(request.url ?? '/', target), { method: request.method, headers: request.headers })
    onward.on('response', (from) => answer(from, response))
    onward.on('error', () => response.destroy())
    response.on('close', () => onward.destroy())
    request.pipe(onward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // sound: it listens on a port
    streams: () => streams,
    passOn: () => {
      holds = false
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
