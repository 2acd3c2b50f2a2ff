// Owns one person's connection: connecting with a token, joining a room, and finding the seat again after the socket was cut.
// Refuses at two stages as Prosody does: a bad token when connecting, a token of another room when joining.
import { randomUUID } from 'node:crypto'
import type { WebSocket } from 'ws'
import type { Faults } from './faults.ts'
import { readJson } from './json.ts'
import type { Parts } from './parts.ts'
import type { Reservations } from './reservations.ts'
import * as rooms from './rooms.ts'
import { speak } from './talk.ts'
import { type Pass, type Realm, readToken, refusedRoom } from './token.ts'
import { FromClient, type FromServer } from './wire.ts'

export type Exchange = {
  realm: Realm
  hall: rooms.Hall
  faults: Faults
  parts: Parts
  reservations: Reservations | undefined
  sessions: Map<string, Session>
}

type Seat = { room: rooms.Room; person: rooms.Person }
type Session = {
  key: string
  pass: Pass
  socket: WebSocket | undefined
  missed: FromServer[]
  seat: Seat | undefined
  ghost: NodeJS.Timeout | undefined
}

// A cut connection stays in the room as a ghost this long (docker's smacks_hibernation_time), then the others are told that it left.
const ghostMs = 60_000
// Prosody keeps stanzas for a cut connection; a bound keeps a forgotten one from growing.
const mostMissed = 500
// Closed on purpose (hang-up, page closed): the person leaves at once. Everything else is a cut.
const meantToClose = [1000, 1001, 1005]

/** Serves one socket until it closes. */
export function converse(socket: WebSocket, exchange: Exchange) {
  let session: Session | undefined
  socket.on('message', (raw) => {
    const message = readJson(raw.toString(), FromClient)
    if (!message) return socket.close(1008, 'not understood')
    if (message.type === 'connect') session ??= connect(socket, exchange, message)
    else if (session?.socket === socket) hear(session, exchange, message)
  })
  socket.on('close', (code) => {
    if (session?.socket === socket) closed(session, exchange, code)
  })
}

function connect(socket: WebSocket, exchange: Exchange, { token, resume }: Extract<FromClient, { type: 'connect' }>) {
  const reading = readToken(token, exchange.realm)
  if (!reading.ok) {
    if (reading.silent) return undefined
    post(socket, { type: 'refused', stage: 'connect', text: reading.text })
    socket.close(1008, 'refused')
    return undefined
  }
  // The token is read again on every connection: one that has expired by now never finds its seat again.
  const known = resume === undefined ? undefined : exchange.sessions.get(resume)
  if (known && known.pass.userId === reading.pass.userId && known.pass.room === reading.pass.room)
    return resumed(known, socket)
  const { pass } = reading
  const { life, againMs } = exchange.parts
  // By another one that ran before this.
  if (resume !== undefined && !resume.startsWith(life())) post(socket, { type: 'forgotten', againMs: againMs() })
  const made = {
    key: `${life()} ${randomUUID()}`,
    pass,
    socket,
    missed: [],
    seat: undefined,
    ghost: undefined,
  } satisfies Session
  exchange.sessions.set(made.key, made)
  const { features, nameReadonly } = pass
  const byWebsocket = exchange.faults.has('bridge-by-websocket')
  tell(made, { type: 'connected', resume: made.key, features, nameReadonly, byWebsocket })
  return made
}

function resumed(session: Session, socket: WebSocket): Session {
  clearTimeout(session.ghost)
  const stale = session.socket
  session.socket = socket
  stale?.terminate()
  tell(session, { type: 'resumed' })
  for (const message of session.missed.splice(0)) tell(session, message)
  return session
}

function closed(session: Session, exchange: Exchange, code: number) {
  session.socket = undefined
  if (!session.seat || meantToClose.includes(code)) return forget(session, exchange)
  session.ghost = setTimeout(() => forget(session, exchange), ghostMs).unref()
}

/** Forgets every connection that is cut now, before its minute is over. */
export function forgetCut(exchange: Exchange) {
  for (const session of exchange.sessions.values()) if (session.socket === undefined) forget(session, exchange)
}

/** Forgets every connection and whoever sat by it, and tells nobody. */
export function forgetAll(exchange: Exchange) {
  for (const session of exchange.sessions.values()) {
    clearTimeout(session.ghost)
    session.seat = undefined
  }
  exchange.sessions.clear()
}

function forget(session: Session, exchange: Exchange) {
  clearTimeout(session.ghost)
  exchange.sessions.delete(session.key)
  if (session.seat) rooms.leave(exchange.hall, session.seat.room, session.seat.person.id)
  session.seat = undefined
}

function hear(session: Session, exchange: Exchange, message: FromClient) {
  const { seat } = session
  if (message.type === 'join') return seat ? undefined : ask(session, exchange, message)
  if (!seat) return
  if (message.type === 'leave') {
    rooms.leave(exchange.hall, seat.room, seat.person.id)
    session.seat = undefined
  } else if (message.type === 'knock') {
    // The room may have emptied and been forgotten, or made anew, since this person was sent to the lobby.
    if (!seat.room.inside.has(seat.person.id)) seat.room = rooms.at(exchange.hall, seat.room.name, seat.room.tenant)
    rooms.knock(seat.room, seat.person)
  }
  // Whoever is not, or no longer, inside has no say in the room.
  else if (seat.room.inside.get(seat.person.id) !== seat.person || !act(seat, exchange, message))
    tell(session, { type: 'not-allowed', action: message.type })
}

type Wish = Extract<FromClient, { type: 'join' }>

/** Who makes rooms is asked first, as the web app does; a room that is there already is asked for by nobody else. */
function ask(session: Session, exchange: Exchange, wish: Wish): void {
  const { hall, faults, reservations } = exchange
  const key = rooms.keyOf(wish.room, wish.tenant)
  const made = () => {
    if (faults.has('jicofo-away')) tell(session, { type: 'no-room', why: 'focus' })
    else join(session, exchange, wish)
  }
  if (reservations === undefined || hall.rooms.has(key)) made()
  else
    void reservations.ask(key, `${randomUUID()}@${exchange.realm.domain}`).then((refused) => {
      // Whoever has gone meanwhile, or asked twice and is in, asks for nothing any more.
      if (exchange.sessions.get(session.key) !== session || session.seat) return
      if (refused === undefined) made()
      else tell(session, { type: 'no-room', why: 'reservation', ...refused })
    })
}

function join(session: Session, exchange: Exchange, wish: Wish) {
  const refusesWildcards = () => !exchange.faults.has('without-token-no-wildcard')
  const text = refusedRoom(session.pass, wish, { ...exchange.realm, refusesWildcards })
  if (text !== undefined) return tell(session, { type: 'refused', stage: 'join', text })
  const { pass } = session
  const { hall, parts } = exchange
  // In a room that was there before, who comes stands at its door. Else there is no answer, also once there is a videobridge again.
  if (!parts.makes(rooms.keyOf(wish.room, wish.tenant)) || (parts.isBridgeAway() && (!hall.lobby || pass.lobbyBypass)))
    return
  const readOnly = pass.nameReadonly && !exchange.faults.has('without-muc-displayname')
  const person: rooms.Person = {
    id: rooms.occupantId(),
    // A read-only name is the token's, whatever the page asks for.
    name: (readOnly ? pass.name : wish.name || pass.name) ?? 'Fellow Jitster',
    role: pass.role,
    audioMuted: wish.audioMuted,
    videoMuted: wish.videoMuted,
    ...(exchange.faults.has('no-presence-identity') ? {} : { userContext: pass.user }),
    pass,
    tell: (message) => tell(session, message),
    connected: () => session.socket !== undefined,
  }
  const room = rooms.at(hall, wish.room, wish.tenant)
  session.seat = { room, person }
  rooms.approach(hall, room, person)
}

// What changes the room takes a moderator; the rest is talk. False: this person may not.
function act({ room, person }: Seat, { hall, faults, parts }: Exchange, message: FromClient): boolean {
  const moderates = person.role === 'moderator'
  switch (message.type) {
    case 'answer-knock':
      if (moderates) rooms.answer(room, message.id, message.approved)
      return moderates
    case 'kick':
      if (moderates) rooms.kick(hall, room, message.id, person)
      return moderates
    case 'end':
      if (moderates) rooms.end(hall, room)
      return moderates
    case 'lobby':
      if (moderates) rooms.setLobby(room, message.on)
      return moderates
    case 'connect':
    case 'join':
    case 'knock':
    case 'leave':
      return false
    default:
      return (
        speak(room, person, message, { ...faults, noMedia: faults.has('no-media') || parts.isBridgeAway() }) === 'said'
      )
  }
}

function tell(session: Session, message: FromServer) {
  if (session.socket) post(session.socket, message)
  else if (session.missed.length < mostMissed) session.missed.push(message)
}

const post = (socket: WebSocket, message: FromServer) => socket.send(JSON.stringify(message))
