// The way between browsers and everybody else, for benchmarks that cut it or make it long: what goes by TCP passes a proxy, what the call
// sends by UDP passes a relay, in both directions. While it is cut nothing passes and nobody is told: bytes wait, packets are lost.
// Refuses to let a call find a way around.
import { createSocket, type Socket as Packets } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import type { BrowserContext } from '@playwright/test'

export type Way = {
  /** For the browser contexts that go by it. */
  readonly proxy: string
  /** To be called for both sides, before their first page. */
  relay(who: BrowserContext): Promise<void>
  cut(): void
  mend(): void
  /** Packets of the call lost so far. */
  lost(): number
  close(): void
}

/** `lateMs`: how long everything takes in one direction. */
export async function openWay(lateMs = 0): Promise<Way> {
  const line = { lateMs, isCut: false, lost: 0, sockets: new Set<Socket>(), packets: new Set<Packets>() }
  const server = createServer((socket) => tunnel(socket, line))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    proxy: `socks5://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    async relay(who) {
      await who.exposeBinding('relayedPort', (_source, address: string, port: number) => relayTo(address, port, line))
      await who.addInitScript(byRelay)
    },
    cut() {
      if (line.sockets.size === 0) throw new Error('nobody goes by the proxy')
      line.isCut = true
      for (const socket of line.sockets) socket.pause()
    },
    mend() {
      line.isCut = false
      for (const socket of line.sockets) socket.resume()
    },
    lost: () => line.lost,
    close() {
      server.close()
      for (const socket of line.sockets) socket.destroy()
      for (const socket of line.packets) socket.close()
      line.packets.clear()
    },
  }
}

type Line = {
  readonly lateMs: number
  isCut: boolean
  lost: number
  readonly sockets: Set<Socket>
  readonly packets: Set<Packets>
}

const late = (ms: number, act: () => unknown): void => (ms === 0 ? void act() : void setTimeout(act, ms))

/** SOCKS 5 as far as a browser needs it: no password, CONNECT (RFC 1928). */
function tunnel(socket: Socket, line: Line): void {
  keep(socket, line)
  let heard = Buffer.alloc(0)
  let greeted = false
  const onData = (part: Buffer) => {
    heard = Buffer.concat([heard, part])
    if (!greeted && heard.length >= 2) {
      greeted = true
      heard = heard.subarray(2 + (heard[1] ?? 0))
      socket.write(Buffer.from([5, 0]))
    }
    const wanted = greeted ? wantedIn(heard) : undefined
    if (wanted === undefined) return
    socket.off('data', onData)
    const there = keep(connect({ ...wanted, noDelay: true }), line)
    const { lateMs } = line
    // As long as the handshake of a connection takes on such a way.
    there.once('connect', () => late(2 * lateMs, () => socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))))
    for (const [from, to] of [[there, socket] as const, [socket, there] as const]) {
      from.on('data', (bytes: Buffer) => late(lateMs, () => to.writable && to.write(bytes)))
      from.once('close', () => late(lateMs, () => to.destroy()))
    }
  }
  socket.on('data', onData)
}

/** Whom a whole CONNECT names: an IPv4 address, or a name. */
function wantedIn(bytes: Buffer): { host: string; port: number } | undefined {
  const named = bytes[3] === 3
  const [from, length] = named ? [5, bytes[4] ?? 0] : [4, 4]
  if (bytes.length < from + length + 2) return undefined
  const host = bytes.subarray(from, from + length)
  return { host: named ? host.toString('latin1') : host.join('.'), port: bytes.readUInt16BE(from + length) }
}

function keep(socket: Socket, { sockets, isCut }: Line): Socket {
  sockets.add(socket)
  socket.on('error', () => undefined).once('close', () => sockets.delete(socket))
  if (isCut) socket.pause()
  return socket
}

/** A port that stands for another: what comes there goes on to it, each sender by a socket of its own, so that answers find back. */
async function relayTo(address: string, port: number, line: Line): Promise<number> {
  const pass = (from: Packets, packet: Buffer, to: { address: string; port: number }) => {
    if (line.isCut) line.lost += 1
    else late(line.lateMs, () => line.packets.has(from) && from.send(packet, to.port, to.address, () => undefined))
  }
  const here = await opened(line)
  const senders = new Map<string, Promise<Packets>>()
  here.on('message', (packet, sender) => {
    const key = `${sender.address} ${sender.port}`
    const known = senders.get(key) ?? opened(line)
    if (!senders.has(key)) void known.then((out) => out.on('message', (answer) => pass(here, answer, sender)))
    senders.set(key, known)
    void known.then((out) => pass(out, packet, { address, port }))
  })
  return here.address().port
}

async function opened({ packets }: Line): Promise<Packets> {
  const socket = createSocket('udp4')
  packets.add(socket)
  socket.on('error', () => undefined).bind(0)
  await once(socket, 'listening')
  return socket
}

/** Runs in pages: the other side's addresses are the relay's. Those that come within a description come one by one as well. */
function byRelay(): void {
  type Relay = (address: string, port: number) => Promise<number>
  const relayed = Reflect.get(window, 'relayedPort') as Relay // sound: exposed before
  const { addIceCandidate: add, setRemoteDescription: take } = RTCPeerConnection.prototype
  RTCPeerConnection.prototype.addIceCandidate = async function (init?: RTCIceCandidateInit | null) {
    const found = /^(candidate:\S+ \d udp \d+) ([\d.]+) (\d+) (typ host.*)$/i.exec(init?.candidate ?? '')
    if (!init || !found) return
    const [, head, address = '', port, tail] = found
    const candidate = `${head} ${address} ${await relayed(address, Number(port))} ${tail}`
    await Reflect.apply(add, this, [{ ...init, candidate }])
  }
  RTCPeerConnection.prototype.setRemoteDescription = function (description: RTCSessionDescriptionInit) {
    const sdp = (description.sdp ?? '').replace(/^a=candidate:.*\r\n/gm, '')
    return Reflect.apply(take, this, [{ ...description, sdp }])
  }
}
