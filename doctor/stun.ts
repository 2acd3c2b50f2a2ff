// One relay asked as a browser asks it: STUN's binding (RFC 8489), TURN's allocation (RFC 8656), by UDP, TCP or TLS.
// Holds what it was given for one question and gives it back; relays nothing, and says no name and no password to anybody else.

import { createHash, createHmac, randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { isIP, connect as plainly, type Socket } from 'node:net'
import { connect as secretly, type TLSSocket } from 'node:tls'
import { given } from '../server/domain/given.ts'

export type Transport = 'udp' | 'tcp' | 'tls'
export type Relay = { readonly host: string; readonly port: number; readonly by: Transport }
export type Credentials = { readonly username: string; readonly password: string }

/** `not-let-in`: it answers, and does not take the credentials. */
export type Asked = {
  readonly outcome: 'answers' | 'lets-in' | 'not-let-in' | 'silent'
  /** What TLS showed: when the certificate ends, in milliseconds since 1970, and whether this machine trusts it for that name. */
  readonly certificate?: { readonly until: number; readonly trusted: boolean }
}

const types = { binding: 0x0001, allocate: 0x0003, refresh: 0x0004 } as const
const attributes = { username: 0x0006, integrity: 0x0008, lifetime: 0x000d, realm: 0x0014, nonce: 0x0015 } as const
const requestedTransport = 0x0019
const cookie = 0x2112a442

/** Whether a STUN server answers; it is told nothing. */
export const askStun = (relay: Relay, timeoutMs: number): Promise<Asked> =>
  over(relay, timeoutMs, async (ask) => ((await ask(message('binding', []))) ? 'answers' : 'silent'))

/** Whether a TURN server answers and, where there are credentials, lets in whoever shows them. */
export const askTurn = (relay: Relay, shown: Credentials | undefined, timeoutMs: number): Promise<Asked> =>
  over(relay, timeoutMs, async (ask) => {
    const udp: Attribute = [requestedTransport, Buffer.from([17, 0, 0, 0])]
    const first = await ask(message('allocate', [udp]))
    if (first === undefined) return 'silent'
    const [realm, nonce] = [attribute(first, attributes.realm), attribute(first, attributes.nonce)]
    if (shown === undefined || realm === undefined || nonce === undefined) return 'answers'
    const proof = { ...shown, realm, nonce }
    const second = await ask(message('allocate', [udp], proof))
    if (second === undefined) return 'silent'
    // RFC 8489, 5: the two bits of the class, both set in an error.
    if ((second.readUInt16BE(0) & 0x0110) === 0x0110) return 'not-let-in'
    await ask(message('refresh', [[attributes.lifetime, Buffer.alloc(4)]], proof))
    return 'lets-in'
  })

type Attribute = readonly [type: number, value: Buffer]
type Proof = Credentials & { readonly realm: Buffer; readonly nonce: Buffer }

/** RFC 8489, 5 and 14; with a proof, its integrity by the long-term credentials (9.2). */
function message(method: keyof typeof types, given: readonly Attribute[], proof?: Proof): Buffer {
  const told: readonly Attribute[] =
    proof === undefined
      ? given
      : [
          ...given,
          [attributes.username, Buffer.from(proof.username)],
          [attributes.realm, proof.realm],
          [attributes.nonce, proof.nonce],
        ]
  const body = Buffer.concat(told.map(packed))
  const head = Buffer.alloc(8)
  head.writeUInt16BE(types[method], 0)
  head.writeUInt32BE(cookie, 4)
  // The integrity covers a length that already counts it in (14.5).
  head.writeUInt16BE(body.length + (proof === undefined ? 0 : 24), 2)
  const whole = Buffer.concat([head, randomBytes(12), body])
  if (proof === undefined) return whole
  const key = createHash('md5').update(`${proof.username}:${proof.realm}:${proof.password}`).digest()
  return Buffer.concat([whole, packed([attributes.integrity, createHmac('sha1', key).update(whole).digest()])])
}

function packed([type, value]: Attribute): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(type, 0)
  head.writeUInt16BE(value.length, 2)
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)])
}

function attribute(from: Buffer, wanted: number): Buffer | undefined {
  for (let at = 20; at + 4 <= from.length; ) {
    const length = from.readUInt16BE(at + 2)
    if (from.readUInt16BE(at) === wanted) return from.subarray(at + 4, at + 4 + length)
    at += 4 + length + ((4 - (length % 4)) % 4)
  }
  return undefined
}

type Ask = (question: Buffer) => Promise<Buffer | undefined>
type Talk = (ask: Ask) => Promise<Asked['outcome']>

const over = ({ by, host, port }: Relay, timeoutMs: number, talk: Talk): Promise<Asked> =>
  by === 'udp' ? overUdp(host, port, timeoutMs, talk) : overStream(by, host, port, timeoutMs, talk)

/** Answers by the number of the question they answer; a lost datagram is sent again (RFC 8489, 6.2.1). */
async function overUdp(host: string, port: number, timeoutMs: number, talk: Talk): Promise<Asked> {
  const socket = createSocket(isIP(host) === 6 ? 'udp6' : 'udp4')
  const limit = AbortSignal.timeout(timeoutMs)
  socket.on('error', () => {}) // A port that is closed is as good as silent.
  const ask: Ask = (question) =>
    new Promise((answer) => {
      const send = () => socket.send(question, port, host, () => {})
      const again = setInterval(send, 500)
      const end = (heard?: Buffer) => {
        clearInterval(again)
        answer(heard)
      }
      limit.addEventListener('abort', () => end())
      socket.on('message', (heard) => {
        if (answers(question, heard)) end(heard)
      })
      if (limit.aborted) return end()
      send()
    })
  try {
    return { outcome: await talk(ask) }
  } finally {
    socket.close()
  }
}

const answers = (question: Buffer, heard: Buffer): boolean =>
  heard.length >= 20 && heard.readUInt32BE(4) === cookie && heard.subarray(8, 20).equals(question.subarray(8, 20))

async function overStream(
  by: 'tcp' | 'tls',
  host: string,
  port: number,
  timeoutMs: number,
  talk: Talk,
): Promise<Asked> {
  const socket = by === 'tcp' ? plainly({ host, port }) : secure(host, port)
  const limit = setTimeout(() => socket.destroy(), timeoutMs)
  try {
    if (!(await opened(socket, by))) return { outcome: 'silent' }
    const certificate = by === 'tls' ? shownBy(socket as TLSSocket) : undefined // sound: made by node:tls
    const outcome = await talk((question) => answerFrom(socket, question))
    return { outcome, ...given({ certificate }) }
  } finally {
    clearTimeout(limit)
    socket.destroy()
  }
}

// Looked at whoever signed it; whether a browser would go on is said beside it. RFC 6066, 3: an address in numbers is no server name.
const secure = (host: string, port: number) =>
  secretly({ host, port, rejectUnauthorized: false, ...(isIP(host) === 0 ? { servername: host } : {}) })

const opened = (socket: Socket, by: 'tcp' | 'tls') =>
  new Promise<boolean>((done) => {
    socket.once(by === 'tls' ? 'secureConnect' : 'connect', () => done(true))
    socket.on('error', () => done(false))
    socket.once('close', () => done(false))
  })

function shownBy(socket: TLSSocket): Asked['certificate'] {
  const until = Date.parse(socket.getPeerCertificate().valid_to ?? '')
  return Number.isNaN(until) ? undefined : { until, trusted: socket.authorized }
}

/** The whole of one answer: its head says how long it is. */
const answerFrom = (socket: Socket, question: Buffer) =>
  new Promise<Buffer | undefined>((done) => {
    let heard = Buffer.alloc(0)
    socket.on('data', (piece) => {
      heard = Buffer.concat([heard, piece])
      if (heard.length < 20) return
      const whole = 20 + heard.readUInt16BE(2)
      if (heard.length < whole) return
      const first = heard.subarray(0, whole)
      heard = heard.subarray(whole)
      if (answers(question, first)) done(first)
    })
    socket.once('close', () => done(undefined))
    socket.write(question)
  })
