// Owns the rooms of the stand-in for a Prosody: who comes into one, under which name, as what, and what jicofo does with two who are in it.
// Refuses what the modules refuse that are loaded, and whoever does not answer jicofo.
import { type Element, within } from '../../doctor/xmpp.ts'
import { type Pass, type Realm, refusedRoom } from '../../sandbox/jitsi/token.ts'

type Module = 'muc_displayname' | 'filter_iq_jibri' | 'filter_iq_rayo' | 'token_no_wildcard'

export type Modules = {
  readonly realm: Realm
  /** Whom it takes beside those with a good token. */
  readonly takes?: 'nobody' | 'no-token' | 'anybody'
  /** Loaded unless told: lobby_autostart, token_lobby_bypass, token_affiliation, presence_identity. */
  readonly lobby?: boolean
  readonly bypass?: boolean
  readonly affiliation?: boolean
  readonly identity?: boolean
  readonly breakout?: boolean
  readonly jicofo?: 'there' | 'away' | 'silent' | 'with-sign-in' | 'makes-owners'
  /** What whoever is asked before a room begins answers to this name, as a status: 200 is yes. Absent: nobody is asked. */
  readonly reservations?: (name: string) => number
  /** What clinics' Jitsis load, and this one does not. */
  readonly without?: readonly Module[]
  /** `there` unless told. */
  readonly bridge?: 'there' | 'away' | 'silent'
  /** The services of XEP-0215, as they are told. */
  readonly relays?: string
  /** Takes the websocket, and says nothing. */
  readonly mute?: boolean
}

export type Person = { jid: string; pass: Pass | undefined; member: boolean; send: (stanza: string) => void }
type Room = Map<string, Person>
export type Realmed = { readonly set: Modules; readonly rooms: Map<string, Room>; readonly people: Map<string, Person> }

export const stanzas = 'urn:ietf:params:xml:ns:xmpp-stanzas'
const nickOf = 'http://jabber.org/protocol/nick'
const disco = 'http://jabber.org/protocol/disco#info'

/** Into a room or its lobby, or out of it. */
export function present(house: Realmed, self: Person, stanza: Element): void {
  const [room = '', nick = ''] = (stanza.attrs.to ?? '').split('/')
  const from = `${room}/${nick}`
  const { set, rooms } = house
  if (stanza.attrs.type === 'unavailable') return void rooms.get(room)?.delete(nick)
  const { lobby: held = true, bypass = true, affiliation = true, identity = true, jicofo } = set
  const user = Object.entries(self.pass?.user ?? {}).map(([name, value]) => `<${name}>${value}</${name}>`)
  const shown = identity ? `<identity><user>${user.join('')}</user></identity>` : ''
  const given = within(stanza, 'nick', nickOf)?.text ?? ''
  const called = self.pass?.nameReadonly && !lacks(set, 'muc_displayname') ? (self.pass.name ?? '') : given
  const say = (item: string) =>
    self.send(
      `<presence xmlns="jabber:client" from="${from}"><nick xmlns="${nickOf}">${called}</nick>${shown}<x xmlns="http://jabber.org/protocol/muc#user">${item}</x></presence>`,
    )
  const refuse = (condition: string, more: string) =>
    self.send(
      `<presence xmlns="jabber:client" from="${from}" type="error"><error type="cancel"><${condition} xmlns="${stanzas}"/>${more}</error></presence>`,
    )
  const words = (text: string) => `<text xmlns="${stanzas}">${text}</text>`
  if (nick !== self.jid.slice(0, 8)) return void refuse('not-allowed', words('Invalid anonymous user ID'))
  const lobby = room.replace('@muc.', '@lobby.')
  if (lobby === room) return void say('<item role="participant" affiliation="none"/>')
  const there = rooms.get(room)
  if (there === undefined) return void refuse('not-allowed', words('Room creation is restricted'))
  const refusesWildcards = () => !lacks(set, 'token_no_wildcard')
  const realm = { ...set.realm, refusesWildcards }
  const wrong = self.pass && refusedRoom(self.pass, addressed(room, set.realm.domain), realm)
  if (wrong !== undefined) return void refuse('not-allowed', words(wrong))
  if (held && !self.member && !(bypass && self.pass?.lobbyBypass))
    return void refuse('registration-required', `<lobbyroom xmlns="http://jitsi.org/jitmeet">${lobby}</lobbyroom>`)
  there.set(nick, self)
  say(`<item role="${affiliation ? (self.pass?.role ?? 'participant') : 'participant'}"/>`)
  if (jicofo === 'makes-owners') say('<item role="moderator" affiliation="owner"/>')
  meet(house, room)
}

/** Two inside are a conference: jicofo asks each of them what they can do, and gives a place at a videobridge to who has answered. */
function meet({ set, rooms }: Realmed, room: string): void {
  const inside = [...(rooms.get(room) ?? [])]
  if (inside.length < 2) return
  for (const [nick, { send }] of inside)
    send(
      `<iq xmlns="jabber:client" type="get" id="caps ${nick}" from="${room}/focus"><query xmlns="${disco}" node="jicofo"/></iq>`,
    )
  if (set.bridge !== 'away') return
  for (const [, { send }] of inside)
    send(
      `<presence xmlns="jabber:client" from="${room}/focus"><bridgeNotAvailable xmlns="http://jitsi.org/protocol/jitmeet"/></presence>`,
    )
}

/** The answer to what jicofo asked; another one is no answer. */
export function heardFrom({ set }: Realmed, self: Person, { attrs, children: [answer] }: Element): void {
  if (!attrs.id?.startsWith('caps ')) return
  const media = answer?.children.map((feature) => feature.attrs.var)
  if (answer?.xmlns !== disco || answer.attrs.node !== 'jicofo' || !media?.includes('urn:xmpp:jingle:apps:rtp:audio'))
    throw new Error('jicofo was told nothing of what a page can do')
  if ((set.bridge ?? 'there') === 'there')
    self.send(
      `<iq xmlns="jabber:client" type="set" id="jingle" from="${attrs.to}"><jingle xmlns="urn:xmpp:jingle:1" action="session-initiate"/></iq>`,
    )
}

/** What a recording or a telephone is refused by: Prosody's modules, or jicofo, which has neither (JibriRecorder.kt, JigasiIqHandler.kt). */
export function focusAnswers({ set, rooms }: Realmed, self: Person, to: string, { name, attrs }: Element): string {
  const features = self.pass?.features ?? {}
  const wants = name === 'dial' ? 'transcription' : 'recording'
  if (!lacks(set, name === 'dial' ? 'filter_iq_rayo' : 'filter_iq_jibri') && features[wants] !== true)
    return 'forbidden'
  if (![...(rooms.get(to.replace('/focus', '')) ?? new Map()).values()].includes(self)) return 'item-not-found'
  if (name === 'jibri' && attrs.recording_mode === 'file' && attrs.streamid !== undefined) return 'bad-request'
  if (name === 'jibri') throw new Error('a recording began')
  return 'service-unavailable'
}

const lacks = ({ without = [] }: Modules, module: Module) => without.includes(module)

/** A tenant's rooms stand under a name of its own: `room@muc.tenant.domain` (muc_domain_mapper). */
function addressed(room: string, domain: string) {
  const [name = '', at = ''] = room.split('@')
  return { room: name, tenant: /^muc\.(.+)\.$/.exec(at.slice(0, -domain.length))?.[1] }
}

/** By whoever is in the room; the invited are let past its lobby. */
export function invite({ people, rooms }: Realmed, stanza: Element): void {
  const room = stanza.attrs.to ?? ''
  const invited = people.get(within(stanza, 'invite')?.attrs.to ?? '')
  if (!rooms.has(room) || invited === undefined) throw new Error('nobody to invite, or nowhere')
  invited.member = true
  invited.send(
    `<message xmlns="jabber:client" from="${room}"><x xmlns="http://jabber.org/protocol/muc#user"><invite/></x></message>`,
  )
}
