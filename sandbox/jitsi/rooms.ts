// Owns who is in which room and who stands in its lobby, and what each of them is told about it.
// Refuses what a moderator alone may do to everybody else; knows no sockets and no tokens beyond their Pass.
import { randomBytes } from 'node:crypto'
import type { Pass, Role } from './token.ts'
import type { FromServer, Seen } from './wire.ts'

/** One connection's seat. `tell` keeps messages while the connection is cut. */
export type Person = Seen & { pass: Pass; tell: (message: FromServer) => void; connected: () => boolean }

export type Room = {
  key: string
  name: string
  tenant: string | undefined
  lobby: boolean
  recording: boolean
  inside: Map<string, Person>
  waiting: Map<string, Person>
  watch: Watch
}

/** Told by the rooms of what happens in them. */
export type Watch = {
  created(room: Room): void
  joined(room: Room, person: Person): void
  left(room: Room, person: Person): void
  destroyed(room: Room): void
}

export const nobodyWatches: Watch = { created() {}, joined() {}, left() {}, destroyed() {} }

/** What tests may look at. `connected` is false for a ghost: cut off, not yet forgotten. */
export type Census = readonly {
  room: string
  tenant: string | undefined
  lobby: boolean
  inside: readonly Listed[]
  waiting: readonly Listed[]
}[]
type Listed = { id: string; userId: string | undefined; name: string; role: Role; connected: boolean }

/** All rooms of one server, by key. */
export type Hall = { lobby: boolean; rooms: Map<string, Room>; watch: Watch }

/** A fresh occupant id, eight hex digits as Jitsi's are. Each connection gets its own, also for the same person. */
export const occupantId = () => randomBytes(4).toString('hex')

/** No rooms yet. With `lobby` each room has one from its first moment (lobby_autostart). */
export const openHall = ({ lobby, watch = nobodyWatches }: { lobby: boolean; watch?: Watch }): Hall => ({
  ...{ lobby, watch, rooms: new Map() },
})

/** What a room of that name is kept by. Names are compared in lower case. */
export const keyOf = (name: string, tenant: string | undefined) => `${tenant ? `[${tenant}]` : ''}${name}`.toLowerCase()

/** The room of that name, made when nobody has asked for it yet. */
export function at(hall: Hall, name: string, tenant: string | undefined): Room {
  const key = keyOf(name, tenant)
  const known = hall.rooms.get(key)
  if (known) return known
  const { lobby, watch } = hall
  const made: Room = { key, name, tenant, lobby, recording: false, watch, inside: new Map(), waiting: new Map() }
  hall.rooms.set(key, made)
  watch.created(made)
  return made
}

/** persistent_lobby: a room lives on while somebody waits for it; then it is gone with its settings. */
function sweep(hall: Hall, room: Room) {
  if (hall.rooms.get(room.key) !== room || room.inside.size + room.waiting.size > 0) return
  hall.rooms.delete(room.key)
  room.watch.destroyed(room)
}

/** At the door: in, or told that members only may enter. A moderator's role opens no lobby, only the bypass does. */
export function approach(hall: Hall, room: Room, person: Person) {
  if (room.lobby && !person.pass.lobbyBypass) {
    person.tell({ type: 'members-only' })
    return sweep(hall, room)
  }
  enter(room, person)
}

function enter(room: Room, person: Person) {
  const others = [...room.inside.values()]
  room.inside.set(person.id, person)
  room.watch.joined(room, person)
  person.tell({ type: 'joined', self: seen(person), others: others.map(seen), lobby: room.lobby })
  if (room.recording) person.tell({ type: 'recording', on: true })
  for (const other of others) other.tell({ type: 'participant-joined', participant: seen(person) })
  // Whoever knocked before the moderator came is announced on arrival.
  if (person.role === 'moderator')
    for (const knocker of room.waiting.values()) person.tell({ type: 'knocking', id: knocker.id, name: knocker.name })
}

export function knock(room: Room, person: Person) {
  if (room.inside.has(person.id) || room.waiting.has(person.id)) return
  // The lobby may have been switched off between the refusal and the knock.
  if (!room.lobby) return enter(room, person)
  room.waiting.set(person.id, person)
  for (const other of moderators(room)) other.tell({ type: 'knocking', id: person.id, name: person.name })
}

export function answer(room: Room, id: string, approved: boolean) {
  const knocker = room.waiting.get(id)
  if (!knocker) return
  room.waiting.delete(id)
  if (approved) enter(room, knocker)
  else knocker.tell({ type: 'access-denied' })
  for (const other of moderators(room)) other.tell({ type: 'knock-gone', id })
}

/** Switching the lobby off lets everyone in who waits there. */
export function setLobby(room: Room, on: boolean) {
  room.lobby = on
  for (const person of room.inside.values()) person.tell({ type: 'lobby', on })
  if (!on) for (const id of [...room.waiting.keys()]) answer(room, id, true)
}

export function leave(hall: Hall, room: Room, id: string) {
  const wasWaiting = room.waiting.delete(id)
  const person = room.inside.get(id)
  room.inside.delete(id)
  if (wasWaiting) for (const other of moderators(room)) other.tell({ type: 'knock-gone', id })
  if (person) {
    room.watch.left(room, person)
    for (const other of room.inside.values()) other.tell({ type: 'participant-left', id })
  }
  sweep(hall, room)
}

export function kick(hall: Hall, room: Room, id: string, by: Person) {
  const kicked = room.inside.get(id)
  if (!kicked || id === by.id) return
  for (const person of room.inside.values()) person.tell({ type: 'kicked', id, by: { id: by.id, name: by.name } })
  leave(hall, room, id)
}

/** The room is destroyed for those inside and, with it, its lobby. The next to come finds a new room. */
export function end(hall: Hall, room: Room) {
  const [inside, waiting] = [[...room.inside.values()], [...room.waiting.values()]]
  for (const person of room.inside.values()) room.watch.left(room, person)
  room.inside.clear()
  room.waiting.clear()
  hall.rooms.delete(room.key)
  // Prosody tells of this end twice: the module hears it from the one who ended it, and from the room that is empty then.
  room.watch.destroyed(room)
  room.watch.destroyed(room)
  for (const person of inside) person.tell({ type: 'destroyed', reason: 'The meeting has been terminated' })
  for (const person of waiting) person.tell({ type: 'destroyed', reason: 'Lobby room closed.' })
}

/** Who is where, for tests to look at. */
export const census = (hall: Hall): Census =>
  [...hall.rooms.values()].map((room) => ({
    room: room.name,
    tenant: room.tenant,
    lobby: room.lobby,
    inside: [...room.inside.values()].map(listed),
    waiting: [...room.waiting.values()].map(listed),
  }))

/** As mod_muc_census lists them: by their JID, without those in the lobby. */
export const counted = (hall: Hall, domain: string) => ({
  room_census: [...hall.rooms.values()].map(({ key, inside }) => ({
    ...{ room_name: `${key}@muc.${domain}`, participants: inside.size, leaked: false },
  })),
})

const moderators = (room: Room) => [...room.inside.values()].filter((person) => person.role === 'moderator')

const seen = ({ id, name, role, audioMuted, videoMuted, userContext }: Person): Seen => ({
  ...{ id, name, role, audioMuted, videoMuted, ...(userContext && { userContext }) },
})

const listed = ({ id, pass, name, role, connected }: Person): Listed => ({
  id,
  userId: pass.userId,
  name,
  role,
  connected: connected(),
})
