// Owns a person at the sandbox Jitsi's signalling socket without a browser: says things, and keeps all that was heard.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { SignJWT } from 'jose'
import { WebSocket } from 'ws'
import { type Jitsi, startJitsi } from '../sandbox/jitsi/main.ts'

type Message = { type: string; [key: string]: unknown }
type User = { id: string; name?: string; moderator?: unknown; lobby_bypass?: unknown }
export type House = { jitsi: Jitsi; secret: string; clock: { now: number }; sockets: WebSocket[] }

export const doctor: User = { id: 'd1', name: 'Dr Okafor', moderator: true, lobby_bypass: true }
export const patient: User = { id: 'p1', name: 'Rosa Winter', moderator: false }
const features = { 'send-groupchat': true, 'name-readonly': true }

/** A Jitsi whose clock the test can turn. */
export async function openHouse(): Promise<House> {
  const secret = randomUUID()
  const clock = { now: Date.now() }
  const realm = { issuer: 'telehealth', audience: 'jitsi' as const, domain: 'meet.jitsi', secret }
  const jitsi = await startJitsi({ ...realm, now: () => clock.now, frameAncestors: ['http://localhost:1'] })
  return { jitsi, secret, clock, sockets: [] }
}

export async function closeHouse({ jitsi, sockets }: House) {
  for (const socket of sockets) socket.terminate()
  await jitsi.close()
}

export const roomNamed = ({ jitsi }: House, name: string) => jitsi.rooms().find(({ room }) => room === name)

export function mint({ secret, clock }: House, room: string, user: User, more: object = features) {
  const seconds = Math.floor(clock.now / 1000)
  const claims = { iss: 'telehealth', aud: 'jitsi', sub: 'meet.jitsi', room, nbf: seconds - 30, exp: seconds + 3600 }
  return new SignJWT({ ...claims, context: { user, features: more } })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(new TextEncoder().encode(secret))
}

/** A connection that keeps all it heard. `heard` waits for the next message of a type not yet taken. */
export async function connect({ jitsi, sockets }: House, token: string, resume?: string) {
  const socket = new WebSocket(`${jitsi.origin.replace('http', 'ws')}/xmpp-websocket`)
  const all: Message[] = []
  const taken = new Set<Message>()
  socket.on('message', (raw) => {
    all.push(JSON.parse(raw.toString()))
    socket.emit('heard')
  })
  await once(socket, 'open')
  const say = (message: Message) => socket.send(JSON.stringify(message))
  const heard = async (type: string): Promise<Message> => {
    const found = all.find((message) => message.type === type && !taken.has(message))
    if (found) {
      taken.add(found)
      return found
    }
    await once(socket, 'heard', { signal: AbortSignal.timeout(3_000) })
    return heard(type)
  }
  say({ type: 'connect', token, ...(resume !== undefined && { resume }) })
  sockets.push(socket)
  return { socket, say, heard, types: () => all.map(({ type }) => type), token }
}

/** Connects and asks to join; `answer` is 'joined' or 'members-only'. */
export async function arrive(house: House, room: string, user: User, more?: object) {
  const visitor = await connect(house, await mint(house, room, user, more))
  const { resume } = await visitor.heard('connected')
  visitor.say({ type: 'join', room })
  return { ...visitor, resume: String(resume) }
}

/** A doctor inside and a patient let in by her. */
export async function visit(house: House, room: string) {
  const inside = await arrive(house, room, doctor)
  const { self } = await inside.heard('joined')
  const guest = await arrive(house, room, patient)
  await guest.heard('members-only')
  guest.say({ type: 'knock' })
  const { id } = await inside.heard('knocking')
  inside.say({ type: 'answer-knock', id, approved: true })
  await guest.heard('joined')
  await inside.heard('participant-joined')
  return { inside, guest, patientId: String(id), doctorId: (self as { id: string }).id }
}
