// Owns a stand-in for a self-hosted Jitsi Meet on its own origin: strict about tokens and the lobby, real about audio and video.
// Refuses what the real one refuses, in the same words; is never imported by the server or the client.
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Socket } from 'node:net'
import { WebSocketServer } from 'ws'
import { type Board, boardOf } from '../board.ts'
import { type EventsOptions, openReporter } from './events.ts'
import { type FaultName, type Faults, type FaultTimes, jitsiFaultNames, openFaults } from './faults.ts'
import { scriptHash, servePages } from './pages.ts'
import { openParts } from './parts.ts'
import { openReservations, type Reservations, type ReservationsOptions } from './reservations.ts'
import { type Census, census, counted, end, type Hall, nobodyWatches, openHall, type Watch } from './rooms.ts'
import { converse, type Exchange, forgetAll, forgetCut } from './signalling.ts'
import type { Realm, Signing } from './token.ts'

export type JitsiOptions = {
  /** 0 or absent: any free port. */
  port?: number
  host?: string
  /** Speaks TLS by this certificate; plain http unless told. */
  tls?: { readonly cert: string; readonly key: string }
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
  /** So many bytes of script more in its page, as a real one has: some six millions. None when absent. */
  heavyBytes?: number
  /** Whether /room-census (mod_muc_census) can be reached; a clinic keeps it from everybody but its own servers. */
  census?: boolean
  /** To whom the rooms' events are posted (mod_event_sync_component); to nobody when absent. */
  events?: EventsOptions
  /** Who is asked before a room begins (mod_reservations); nobody when absent, and then every room that is asked for begins. */
  reservations?: ReservationsOptions
} & Signing

export type Jitsi = {
  origin: string
  rooms(): Census
  /** The hash of what external_api.js is now, as in an `integrity` attribute; SHA-384 unless told. */
  script(algorithm?: 'sha256' | 'sha384'): string
  /** Settles once no event is under way any more. */
  delivered(): Promise<void>
  /** The same as a person switches them. */
  board: Board
  faults: { on(name: FaultName, times?: FaultTimes): void; off(name: FaultName): void; clear(): void }
  close(): Promise<void>
}

/** Starts the stand-in and answers once it listens. */
export async function startJitsi(options: JitsiOptions): Promise<Jitsi> {
  const { port = 0, host = '127.0.0.1', tls, now = Date.now, frameAncestors = [], lobby = true } = options
  const realm: Realm = { ...options, now }
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 256_000 })
  const reporter = options.events && openReporter(options.events, options.domain, now)
  const reservations = options.reservations && openReservations(options.reservations, now, (key) => endIn(hall, key))
  const hall: Hall = openHall({ lobby, watch: watchedBy(reporter, reservations) })
  const exchange = openExchange({ realm, hall, reservations }, sockets)
  const { faults } = exchange
  const pages = servePages({
    ...{ faults, frameAncestors, heavyBytes: options.heavyBytes },
    ...(options.census ? { counted: () => counted(hall, options.domain) } : {}),
  })
  const server = tls === undefined ? createServer(pages) : createTlsServer(tls, pages)
  server.on('upgrade', (request, socket: Socket, head) => {
    if (faults.has('away')) return void socket.destroy()
    if (request.url !== '/xmpp-websocket' || faults.has('signalling-down')) return refuse(socket)
    sockets.handleUpgrade(request, socket, head, (open) => converse(open, exchange))
  })
  const bound = await listening(server, port, host)
  return {
    origin: `${tls === undefined ? 'http' : 'https'}://${host}:${bound}`,
    rooms: () => census(hall),
    script: (algorithm) => scriptHash(faults, algorithm),
    delivered: async () => reporter?.delivered(),
    board: boardOf('Jitsi', jitsiFaultNames, { on: faults.on, off: faults.off, isOn: faults.has }, faults.momentary),
    faults: { on: faults.on, off: faults.off, clear: faults.clear },
    close: () => {
      reporter?.close()
      reservations?.close()
      return close(server, sockets)
    },
  }
}

/** Settles with the port, once it listens. */
async function listening(server: ReturnType<typeof createServer>, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

function watchedBy(reporter: Watch = nobodyWatches, reservations: Reservations | undefined): Watch {
  if (reservations === undefined) return reporter
  return {
    ...reporter,
    destroyed(room) {
      reporter.destroyed(room)
      reservations.gone(room.key)
    },
  }
}

function endIn(hall: Hall, key: string) {
  const room = hall.rooms.get(key)
  if (room !== undefined) end(hall, room)
}

/** All that is behind the sockets, and what can go wrong with it. */
function openExchange(
  { hall, ...settled }: Pick<Exchange, 'realm' | 'hall' | 'reservations'>,
  sockets: WebSocketServer,
): Exchange {
  const cutAll = () => {
    for (const socket of sockets.clients) socket.terminate()
  }
  const faults: Faults = openFaults(
    {
      'drop-signalling': cutAll,
      'forget-cut': () => forgetCut(exchange),
      'bridge-away': (times) => parts.bridgeDies(times),
      'bridge-back': () => parts.bridgeIsBack(),
      'prosody-restart': (times) => parts.prosodyRestarts(times),
    },
    () => parts.mend(),
  )
  const parts = openParts(hall, {
    forget() {
      settled.reservations?.forget()
      forgetAll(exchange)
      cutAll()
    },
    refuse: (on) => (on ? faults.on('signalling-down') : faults.off('signalling-down')),
  })
  const exchange: Exchange = { ...settled, hall, faults, parts, sessions: new Map() }
  return exchange
}

function refuse(socket: Socket) {
  socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
}

function close(server: ReturnType<typeof createServer>, sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) socket.terminate()
  server.closeAllConnections()
  return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())))
}
