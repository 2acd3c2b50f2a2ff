// Owns a STUN and TURN server for the doctor's tests: answers by UDP, TCP or TLS, and lets in who proves a password (RFC 8489, RFC 8656).
// Relays nothing. Its integrity is worked out here anew, so that a wrong one of the doctor's is found out.
import { createHash, createHmac } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createSecureServer } from 'node:tls'

const [binding, allocate, refresh] = [0x0001, 0x0003, 0x0004]
const [success, error] = [0x0100, 0x0110]
const realm = 'meet.jitsi'
const nonce = 'a-nonce'

type Given = {
  readonly by: 'udp' | 'tcp' | 'tls'
  readonly password: string
  readonly tls?: { readonly cert: string; readonly key: string }
  /** Hears, and says nothing. */
  readonly silent?: boolean
}

/** `held`: how many allocations nobody has given back. */
export async function startRelay(given: Given) {
  const held = new Set<string>()
  const say = (question: Buffer) => (given.silent ? undefined : answerTo(question, given.password, held))
  if (given.by === 'udp') {
    const socket = createSocket('udp4')
    socket.on('message', (question, { port, address }) => {
      const answer = say(question)
      if (answer !== undefined) socket.send(answer, port, address)
    })
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    return { port: socket.address().port, held, close: async () => void socket.close() }
  }
  const serve = (socket: Socket) => {
    socket.on('error', () => {})
    socket.on('data', (question) => {
      const answer = say(question)
      if (answer === undefined) return
      // In two pieces: a stream knows no messages.
      socket.write(answer.subarray(0, 7))
      socket.write(answer.subarray(7))
    })
    sockets.add(socket)
  }
  const sockets = new Set<Socket>()
  const server: Server = given.by === 'tls' ? createSecureServer(given.tls ?? {}, serve) : createServer(serve)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return { port: (server.address() as AddressInfo).port, held, close } // sound: it listens on a port
}

function answerTo(question: Buffer, password: string, held: Set<string>): Buffer | undefined {
  if (question.readUInt16BE(2) !== question.length - 20) return undefined
  const type = question.readUInt16BE(0)
  if (type === binding) return message(type | success, question, [])
  const told = attributesOf(question)
  const username = told.get(0x0006)?.toString()
  const challenge: Attributes = [
    [0x0009, Buffer.from([0, 0, 4, 1])],
    [0x0014, Buffer.from(realm)],
    [0x0015, Buffer.from(nonce)],
  ]
  if (username === undefined || !proves(question, `${username}:${realm}:${password}`))
    return message(type | error, question, challenge)
  if (type === allocate) held.add(username)
  if (type === refresh && told.get(0x000d)?.readUInt32BE(0) === 0) held.delete(username)
  return message(type | success, question, [])
}

/** The integrity is the last attribute, over all before it. */
function proves(question: Buffer, credentials: string): boolean {
  const signed = question.subarray(0, -24)
  const key = createHash('md5').update(credentials).digest()
  const integrity = createHmac('sha1', key).update(signed).digest()
  return question.readUInt16BE(question.length - 24) === 0x0008 && question.subarray(-20).equals(integrity)
}

function attributesOf(question: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>()
  for (let at = 20; at < question.length; ) {
    const length = question.readUInt16BE(at + 2)
    found.set(question.readUInt16BE(at), question.subarray(at + 4, at + 4 + length))
    at += 4 + Math.ceil(length / 4) * 4
  }
  return found
}

type Attributes = readonly (readonly [type: number, value: Buffer])[]
function message(type: number, question: Buffer, attributes: Attributes): Buffer {
  const body = Buffer.concat(
    attributes.map(([name, value]) => {
      const packed = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4)
      packed.writeUInt16BE(name, 0)
      packed.writeUInt16BE(value.length, 2)
      value.copy(packed, 4)
      return packed
    }),
  )
  const head = Buffer.from(question.subarray(0, 20))
  head.writeUInt16BE(type, 0)
  head.writeUInt16BE(body.length, 2)
  return Buffer.concat([head, body])
}
