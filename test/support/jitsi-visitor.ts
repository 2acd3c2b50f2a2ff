// Owns a person at a Jitsi without a browser: says things, and keeps all that was heard. Here the sandbox's own socket; sandbox/jitsi/xmpp.ts has
// the real one's, in the same words.
import { randomUUID } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { SignJWT } from 'jose'
import { WebSocket } from 'ws'
import { type Jitsi, startJitsi } from '../../sandbox/jitsi/main.ts'

export type Message = { type: string; [key: string]: unknown }
export type User = { id: string; name?: string; moderator?: unknown; lobby_bypass?: unknown }

/** A connection that keeps all it heard. `heard` waits for the next message of a type not yet taken. */
export type Visitor = {
  readonly token: string
  say(message: Message): void
  heard(type: string): Promise<Message>
  types(): readonly string[]
  /** The line goes dead, without a word. */
  cut(): void
  /** As a page does that is closed. */
  leave(): void
  /** What the server said this person may do, once joined; undefined where it leaves that to the token. */
  offered(): Message | undefined
}

/** The way in: what mints tokens, and what connects with one. */
export type Entrance<V extends Visitor = Visitor> = {
  /** `more`: the features; null for a token without any. */
  mint(room: string, user: User, more?: object | null): Promise<string>
  connect(token: string, resume?: string): Promise<V>
}

/** Keeps what was told, and hands it out in order by its type. */
export function inbox() {
  const all: Message[] = []
  const taken = new Set<Message>()
  const bell = new EventEmitter()
  const heard = async (type: string): Promise<Message> => {
    const found = all.find((message) => message.type === type && !taken.has(message))
    if (found) {
      taken.add(found)
      return found
    }
    await once(bell, 'told', { signal: AbortSignal.timeout(60_000) })
    return heard(type)
  }
  const tell = (message: Message) => {
    all.push(message)
    bell.emit('told')
  }
  return { all, tell, heard, types: () => all.map(({ type }) => type) }
}

export type House = { jitsi: Jitsi; secret: string; clock: { now: number }; sockets: WebSocket[] }

export const doctor: User = { id: 'd1', name: 'Dr Okafor', moderator: true, lobby_bypass: true }
export const patient: User = { id: 'p1', name: 'Rosa Winter', moderator: false }
export const features = { 'send-groupchat': true, 'name-readonly': true }

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

export function mint({ secret, clock }: House, room: string, user: User, more: object | null = features) {
  const seconds = Math.floor(clock.now / 1000)
  const claims = { iss: 'telehealth', aud: 'jitsi', sub: 'meet.jitsi', room, nbf: seconds - 30, exp: seconds + 3600 }
  return new SignJWT({ ...claims, context: { user, ...(more && { features: more }) } })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(new TextEncoder().encode(secret))
}

export async function connect({ jitsi, sockets }: House, token: string, resume?: string) {
  const socket = new WebSocket(`${jitsi.origin.replace('http', 'ws')}/xmpp-websocket`)
  const { all, tell, heard, types } = inbox()
  socket.on('message', (raw) => tell(JSON.parse(raw.toString())))
  await once(socket, 'open')
  const say = (message: Message) => socket.send(JSON.stringify(message))
  say({ type: 'connect', token, ...(resume !== undefined && { resume }) })
  sockets.push(socket)
  const cut = () => socket.terminate()
  const leave = () => socket.close(1001)
  const offered = () => all.find(({ type }) => type === 'connected')?.features as Message | undefined // sound: the sandbox's own message
  return { socket, say, heard, all, types, token, cut, leave, offered }
}

const entranceOf = (house: House) => ({
  mint: (room: string, user: User, more?: object | null) => mint(house, room, user, more),
  connect: (token: string, resume?: string) => connect(house, token, resume),
})

/** Connects and asks to join; `answer` is 'joined' or 'members-only'. */
export async function arriveAt<V extends Visitor>(at: Entrance<V>, room: string, user: User, more?: object | null) {
  const visitor = await at.connect(await at.mint(room, user, more))
  const { resume } = await visitor.heard('connected')
  visitor.say({ type: 'join', room })
  return { ...visitor, resume: String(resume) }
}

/** A doctor inside and a patient let in by her. */
export async function visitAt<V extends Visitor>(at: Entrance<V>, room: string) {
  const inside = await arriveAt(at, room, doctor)
  const { self } = await inside.heard('joined')
  const guest = await arriveAt(at, room, patient)
  await guest.heard('members-only')
  guest.say({ type: 'knock' })
  const { id } = await inside.heard('knocking')
  inside.say({ type: 'answer-knock', id, approved: true })
  await guest.heard('joined')
  await inside.heard('participant-joined')
  return { inside, guest, patientId: String(id), doctorId: (self as { id: string }).id }
}

export const arrive = (house: House, room: string, user: User, more?: object | null) =>
  arriveAt(entranceOf(house), room, user, more)
export const visit = (house: House, room: string) => visitAt(entranceOf(house), room)
