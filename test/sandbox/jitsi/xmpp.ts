// Owns a person at a real Jitsi without a browser: what is said and heard has the words of the sandbox's socket, and crosses as XMPP.
// Refuses words it has no stanza for; keeps no picture of the room beyond who is in it.
import { randomUUID } from 'node:crypto'
import { decodeJwt } from 'jose'
import { z } from 'zod'
import { type Element, escaped, type Server, signIn, within } from '../../../doctor/xmpp.ts'
import { inbox, type Message, type Visitor } from '../../support/jitsi-visitor.ts'

/** Where a Jitsi has its rooms: docker's is `muc.<domain>`, Debian's `conference.<domain>`. */
export type XmppServer = Server & { readonly muc: string }

const muc = 'http://jabber.org/protocol/muc'
const nickOf = 'http://jabber.org/protocol/nick'
const words = 'urn:ietf:params:xml:ns:xmpp-stanzas'

const Claims = z.object({ room: z.string(), context: z.object({ user: z.object({ name: z.string().optional() }) }) })

const Notice = z.object({ event: z.string().optional(), value: z.unknown() }).partial()

type Talk = {
  readonly server: XmppServer
  readonly send: (stanza: string) => void
  readonly tell: (message: Message) => void
  jid: string
  /** The room asked for, the lobby it named, and everyone seen in either, by address. */
  room: string
  name: string
  lobby: string | undefined
  role: string
  readonly seen: Map<string, { jid: string; name: string }>
}

/** What is known of each line, for whoever takes it up again. */
const lines = new Map<string, Talk>()

/** Connects with a token, or takes a cut stream up again; what comes of it is heard: `connected`, `resumed`, or `refused`. */
export async function connectXmpp(server: XmppServer, token: string, resume?: string): Promise<Visitor> {
  const box = inbox()
  const { room, context } = Claims.catch({ room: '', context: { user: {} } }).parse(decodeJwt(token))
  const fresh = { jid: '', room: '', name: context.user.name ?? '', lobby: undefined, role: '', seen: new Map() }
  const talk: Talk = {
    ...{ server, ...(lines.get(resume ?? '') ?? fresh), tell: box.tell },
    send: (stanza) => socket.send(stanza),
  }
  const { socket, said } = await signIn(server, { token, room, previd: resume }, (stanza) => hear(talk, stanza))
  if (said !== 'connected') box.tell({ type: 'refused', stage: 'connect', text: said.refused })
  else if (resume === undefined) bind(talk)
  else talk.send(`<resume xmlns="urn:xmpp:sm:3" h="0" previd="${resume}"/>`)
  return {
    ...{ token, ...box, say: (message: Message) => say(talk, message), cut: () => socket.terminate() },
    leave: () => talk.send('<close xmlns="urn:ietf:params:xml:ns:xmpp-framing"/>'),
    offered: () => box.all.find(({ type }) => type === 'permissions'),
  }
}

const bind = (talk: Talk) =>
  talk.send(
    iq('bind', 'set', undefined, '<bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"><resource>x</resource></bind>'),
  )

function iq(id: string, type: string, to: string | undefined, body: string) {
  return `<iq xmlns="jabber:client" id="${id}" type="${type}"${to === undefined ? '' : ` to="${to}"`}>${body}</iq>`
}
const presence = (to: string, body: string, type = '') =>
  `<presence xmlns="jabber:client" to="${to}"${type && ` type="${type}"`}>${body}</presence>`
const message = (id: string, to: string, type: string, body: string) =>
  `<message xmlns="jabber:client" id="${id}" to="${to}" type="${type}">${body}</message>`

/** Eight signs of one's own address: the web app's way. */
const nick = ({ jid }: Talk) => jid.slice(0, 8)
const called = ({ name }: Talk) => `<nick xmlns="${nickOf}">${escaped(name)}</nick>`
const lobbyOf = ({ room, server }: Talk) => `${room.split('@')[0]}@lobby.${server.domain}`
const enter = (talk: Talk, room: string) =>
  talk.send(presence(`${room}/${nick(talk)}`, `<x xmlns="${muc}"/>${called(talk)}`))
const kick = (talk: Talk, room: string, id: unknown) =>
  talk.send(iq('kick', 'set', room, `<query xmlns="${muc}#admin"><item nick="${id}" role="none"/></query>`))

function say(talk: Talk, said: Message): void {
  const { server, send, room, lobby } = talk
  switch (said.type) {
    case 'join': {
      talk.room = `${String(said.room).toLowerCase()}@${server.muc}`
      talk.name = String(said.name ?? talk.name)
      const asked = `<conference xmlns="http://jitsi.org/protocol/focus" room="${talk.room}" machine-uid="${randomUUID()}"/>`
      // Nobody but the focus makes rooms: it is asked first, as the web app does.
      return void send(iq('conference', 'set', `focus.${server.domain}`, asked))
    }
    case 'knock':
      return void enter(talk, lobby ?? '')
    case 'answer-knock': {
      if (said.approved !== true) return void kick(talk, lobby ?? lobbyOf(talk), said.id)
      const { jid } = talk.seen.get(`${lobby}/${said.id}`) ?? { jid: '' }
      return void send(message('invite', room, 'normal', `<x xmlns="${muc}#user"><invite to="${jid}"/></x>`))
    }
    case 'kick':
      return void kick(talk, room, said.id)
    case 'end':
      return void send(message('end', `endconference.${server.domain}`, 'normal', '<end_conference/>'))
    case 'lobby':
      return void send(iq('lobby', 'set', room, membersOnly(said.on === true)))
    case 'chat':
      return void send(message('chat', room, 'groupchat', `<body>${escaped(String(said.text))}</body>`))
    case 'recording': {
      const jibri = `<jibri xmlns="http://jitsi.org/protocol/jibri" action="${said.on === true ? 'start' : 'stop'}" recording_mode="file"/>`
      return void send(iq('recording', 'set', `${room}/focus`, jibri))
    }
    case 'dial': {
      const header = `<header xmlns="urn:xmpp:rayo:1" name="JvbRoomName" value="${room}"/>`
      const dial = `<dial xmlns="urn:xmpp:rayo:1" from="fromnumber" to="${said.to}">${header}</dial>`
      return void send(iq('dial', 'set', `${room}/focus`, dial))
    }
    case 'name':
      talk.name = String(said.name)
      return void send(presence(`${room}/${nick(talk)}`, called(talk)))
    default:
      throw new Error(`no stanza for ${said.type}`)
  }
}

const membersOnly = (on: boolean) =>
  `<query xmlns="${muc}#owner"><x xmlns="jabber:x:data" type="submit"><field var="FORM_TYPE"><value>${muc}#roomconfig</value></field>` +
  `<field var="muc#roomconfig_membersonly"><value>${on}</value></field></x></query>`

function hear(talk: Talk, stanza: Element): void {
  const { id = '', type } = stanza.attrs
  if (stanza.name === 'iq' && id === 'bind') {
    talk.jid = within(stanza, 'jid')?.text ?? ''
    talk.send('<enable xmlns="urn:xmpp:sm:3" resume="true"/>')
  } else if (stanza.name === 'enabled') {
    lines.set(stanza.attrs.id ?? '', talk)
    talk.tell({ type: 'connected', resume: stanza.attrs.id ?? '' })
  } else if (stanza.name === 'failed') {
    talk.tell({ type: 'forgotten' })
    bind(talk)
  } else if (stanza.name === 'resumed') talk.tell({ type: 'resumed' })
  else if (stanza.name === 'iq' && id === 'conference' && type === 'result') enter(talk, talk.room)
  else if (stanza.name === 'iq' && id === 'conference') talk.tell({ type: 'no-room', why: whyNot(stanza) })
  else if (stanza.name === 'presence') hearPresence(talk, stanza)
  else if (type === 'error') denied(talk, stanza, id)
  else if (stanza.name === 'message') hearMessage(talk, stanza)
}

/** By the module that asks before a room begins, or since nobody makes rooms. */
const whyNot = (stanza: Element) => (within(stanza, 'reservation-error') === undefined ? 'focus' : 'reservation')

// `end` gets no better answer than that nobody took it; of the rest, that it failed is not yet that it is forbidden.
function denied(talk: Talk, stanza: Element, action: string): void {
  const reasons = action === 'end' ? ['service-unavailable'] : ['forbidden', 'not-allowed']
  if (reasons.some((reason) => within(stanza, reason, words))) talk.tell({ type: 'not-allowed', action })
}

function hearMessage(talk: Talk, stanza: Element): void {
  const [, from = ''] = (stanza.attrs.from ?? '').split('/')
  if (within(stanza, 'invite')) {
    if (talk.lobby) talk.send(presence(`${talk.lobby}/${nick(talk)}`, '', 'unavailable'))
    enter(talk, talk.room)
  }
  const { event, value } = Notice.catch({}).parse(JSON.parse(within(stanza, 'json-message')?.text ?? '{}'))
  if (event === 'LOBBY-ENABLED') talk.tell({ type: 'lobby', on: value === true })
  const body = within(stanza, 'body')
  if (body && from !== '' && from !== nick(talk))
    talk.tell({ type: 'chat', from, nick: talk.seen.get(`${talk.room}/${from}`)?.name, text: body.text })
}

function hearPresence(talk: Talk, stanza: Element): void {
  const { from = '', type } = stanza.attrs
  const [room = '', id = ''] = from.split('/')
  if (type === 'error') return void refused(talk, stanza)
  if (id === 'focus') return void hearFocus(talk, stanza)
  const inLobby = room !== talk.room
  if (type === 'unavailable') return void gone(talk, stanza, from, id, inLobby)
  const item = within(stanza, 'item')
  const name = within(stanza, 'nick', nickOf)?.text ?? ''
  const before = talk.seen.get(from)
  talk.seen.set(from, { jid: item?.attrs.jid ?? '', name })
  if (inLobby && id !== nick(talk) && !before) talk.tell({ type: 'knocking', id, name })
  if (inLobby) return
  const role = item?.attrs.role === 'moderator' ? 'moderator' : 'participant'
  if (before && before.name !== name) talk.tell({ type: 'name', id, name })
  if (before) return
  if (id !== nick(talk))
    return void talk.tell({ type: 'participant-joined', participant: { id, name, role, ...userOf(stanza) } })
  const given = within(stanza, 'permissions')?.children.map(({ attrs }) => [attrs.name, attrs.val === 'true'])
  if (given) talk.tell({ type: 'permissions', ...Object.fromEntries(given) })
  talk.role = role
  talk.tell({ type: 'joined', self: { id, name, role } })
  // A moderator stands in the lobby too: there she hears who knocks.
  if (role !== 'moderator') return
  talk.lobby = lobbyOf(talk)
  enter(talk, talk.lobby)
}

/** Of the focus only this is told: that it has no videobridge for its room (jicofo's BridgeNotAvailable, read and not run). */
function hearFocus(talk: Talk, stanza: Element): void {
  if (within(stanza, 'bridgeNotAvailable')) talk.tell({ type: 'bridge-gone' })
}

/** What presence_identity tells of the token's user; nothing where it is not loaded. */
function userOf(stanza: Element): { userContext?: Readonly<Record<string, string>> } {
  const identity = within(stanza, 'identity')
  const user = identity && within(identity, 'user')
  return user ? { userContext: Object.fromEntries(user.children.map(({ name, text }) => [name, text])) } : {}
}

function refused(talk: Talk, stanza: Element): void {
  const lobby = within(stanza, 'lobbyroom')?.text
  const text = within(stanza, 'text', words)?.text ?? ''
  if (lobby === undefined) return void talk.tell({ type: 'refused', stage: 'join', text })
  talk.lobby = lobby
  talk.tell({ type: 'members-only' })
}

function gone(talk: Talk, stanza: Element, from: string, id: string, inLobby: boolean): void {
  talk.seen.delete(from)
  const self = id === nick(talk)
  const removed = within(stanza, 'x', `${muc}#user`)?.children.some(({ attrs }) => attrs.code === '307') === true
  const destroyed = within(stanza, 'destroy')
  if (destroyed && self) {
    if (inLobby && talk.role === 'moderator') return
    // A lobby that is switched off names the room to go to.
    if (inLobby && destroyed.attrs.jid) return void enter(talk, talk.room)
    return void talk.tell({ type: 'destroyed', reason: within(destroyed, 'reason')?.text ?? '' })
  }
  if (inLobby && !self) return void talk.tell({ type: 'knock-gone', id })
  if (inLobby && removed) talk.tell({ type: 'access-denied' })
  if (inLobby) return
  if (removed) talk.tell({ type: 'kicked', id, by: { id: within(stanza, 'actor')?.attrs.nick ?? '' } })
  if (!self) talk.tell({ type: 'participant-left', id })
}
