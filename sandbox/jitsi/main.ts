// Owns a stand-in for a self-hosted Jitsi Meet on its own origin: strict about tokens and the lobby, real about audio and video.
// Refuses what the real one refuses, in the same words; is never imported by the server or the client.
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { WebSocketServer } from 'ws'
import { type EventsOptions, openReporter } from './events.ts'
import { type FaultName, openFaults } from './faults.ts'
import { scriptHash, servePages } from './pages.ts'
import { bridgeGone, type Census, census, counted, nobodyWatches, openHall } from './rooms.ts'
import { converse, type Exchange, forgetCut } from './signalling.ts'
import type { Realm, Signing } from './token.ts'

export type JitsiOptions = {
  /** 0 or absent: any free port. */
  port?: number
  host?: string
  issuer: string
  audience: 'jitsi'
  /** The XMPP domain a token's `sub` must name, `meet.jitsi` by default in docker. */
  domain: string
  /** Milliseconds since 1970. */
  now?: () => number
  /** Origins that may frame a room, every one up the chain. None: nobody may. */
  frameAncestors?: string[]
  /** lobby_autostart and persistent_lobby; true when absent. */
  lobby?: boolean
  /** Whether /room-census (mod_muc_census) can be reached; a clinic keeps it from everybody but its own servers. */
  census?: boolean
  /** To whom the rooms' events are posted (mod_event_sync_component); to nobody when absent. */
  events?: EventsOptions
} & Signing

export type Jitsi = {
  origin: string
  rooms(): Census
  /** The hash of what external_api.js is now, as in an `integrity` attribute; SHA-384 unless told. */
  script(algorithm?: 'sha256' | 'sha384'): string
  /** Settles once no event is under way any more. */
  delivered(): Promise<void>
  faults: { on(name: FaultName): void; off(name: FaultName): void; clear(): void }
  close(): Promise<void>
}

/** Starts the stand-in and answers once it listens. */
export async function startJitsi(options: JitsiOptions): Promise<Jitsi> {
  const { port = 0, host = '127.0.0.1', now = Date.now, frameAncestors = [], lobby = true } = options
  const realm: Realm = { ...options, now }
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 256_000 })
  const faults = openFaults({
    'drop-signalling': () => {
      for (const socket of sockets.clients) socket.terminate()
    },
    'forget-cut': () => forgetCut(exchange),
    'bridge-dies': () => bridgeGone(hall),
  })
  const reporter = options.events && openReporter(options.events, options.domain, now)
  const hall = openHall({ lobby, watch: reporter ?? nobodyWatches })
  const exchange: Exchange = { realm, hall, faults, sessions: new Map() }
  const server = createServer(
    servePages({ faults, frameAncestors, ...(options.census ? { counted: () => counted(hall, options.domain) } : {}) }),
  )
  server.on('upgrade', (request, socket: Socket, head) => {
    if (faults.has('away')) return void socket.destroy()
    if (request.url !== '/xmpp-websocket' || faults.has('signalling-down')) return refuse(socket)
    sockets.handleUpgrade(request, socket, head, (open) => converse(open, exchange))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  return {
    origin: `http://${host}:${bound}`,
    rooms: () => census(hall),
    script: (algorithm) => scriptHash(faults, algorithm),
    delivered: async () => reporter?.delivered(),
    faults: { on: faults.on, off: faults.off, clear: faults.clear },
    close: () => {
      reporter?.close()
      return close(server, sockets)
    },
  }
}

function refuse(socket: Socket) {
  socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
}

function close(server: ReturnType<typeof createServer>, sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) socket.terminate()
  server.closeAllConnections()
  return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())))
}
