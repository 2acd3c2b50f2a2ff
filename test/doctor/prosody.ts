// Owns a Prosody with Jitsi's modules, and its jicofo, for the doctor's tests: a stand-in that speaks XMPP over a websocket (RFC 7395) and
// holds people to it. Reads tokens as the sandbox does, and knows no media. Its rooms: prosody-rooms.ts.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Element, parsed } from '../../doctor/xmpp.ts'
import { readToken } from '../../sandbox/jitsi/token.ts'
import { type Script, startScripted } from './doctor.ts'
import {
  focusAnswers,
  heardFrom,
  invite,
  type Modules,
  type Person,
  present,
  type Realmed,
  stanzas,
} from './prosody-rooms.ts'

/** What its web page is made of, as docker writes it. */
export const pages = (domain = 'meet.jitsi'): Script => ({
  '/external_api.js': { type: 'application/javascript', body: 'window.JitsiMeetExternalAPI = class {}' },
  '/config.js': {
    type: 'application/javascript',
    body: `var config = {};\nconfig.hosts.domain = '${domain}';\nconfig.hosts.authdomain = '${domain}';`,
  },
  '/housecall-doctor': { type: 'text/html', body: '<p>Jitsi Meet</p>' },
})

/** The whole of a Jitsi: its pages, and the Prosody behind them. */
export async function startRealm(set: Modules, script = pages()) {
  const inside = prosody(set)
  const { origin, close } = await startScripted(script, undefined, inside.upgrade)
  return {
    ...{ ...inside, origin },
    close: async () => {
      inside.close()
      await close()
    },
  }
}

/** `heard`: the names of what was said to it; `faults`: what was not XMPP, or not allowed there; `rooms`: who is still in one. */
function prosody(set: Modules) {
  const house: Realmed = { set, rooms: new Map(), people: new Map() }
  const [heard, tokens, paths, faults]: [string[], string[], string[], string[]] = [[], [], [], []]
  const sockets = new WebSocketServer({ noServer: true })
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) =>
    sockets.handleUpgrade(request, socket, head, (open) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'ws://any')
      const token = searchParams.get('token') ?? ''
      paths.push(pathname)
      tokens.push(token)
      const talk = conversation(house, open, token)
      open.on('message', (raw) => {
        try {
          const stanza = parsed(String(raw))
          heard.push(stanza.name)
          if (!set.mute) talk.hear(stanza)
        } catch (fault) {
          faults.push(String(fault))
          open.terminate()
        }
      })
      open.on('close', talk.gone)
    })
  return {
    ...{ upgrade, heard, tokens, paths, faults },
    people: () => [...house.rooms.values()].reduce((sum, room) => sum + room.size, 0),
    close: () => {
      for (const socket of sockets.clients) socket.terminate()
    },
  }
}

function conversation(house: Realmed, socket: WebSocket, token: string) {
  const send = (stanza: string) => socket.send(stanza)
  const { set } = house
  let self: Person | undefined
  const hear = (stanza: Element) => {
    if (stanza.name === 'open') return void opened(send, stanza, set.realm.domain, self !== undefined)
    if (stanza.name === 'close') return void socket.close()
    if (stanza.name === 'auth') {
      const text = refusal(set, token)
      if (text !== undefined)
        return void send(
          `<failure xmlns="urn:ietf:params:xml:ns:xmpp-sasl"><not-allowed/><text>${text}</text></failure>`,
        )
      const read = readToken(token, set.realm)
      self = { ...{ jid: '', member: false, send }, pass: read.ok ? read.pass : undefined }
      return void send('<success xmlns="urn:ietf:params:xml:ns:xmpp-sasl"/>')
    }
    if (self === undefined || stanza.xmlns !== 'jabber:client') throw new Error(`not expected: ${stanza.name}`)
    if (stanza.name === 'iq' && stanza.attrs.type === 'result') return void heardFrom(house, self, stanza)
    if (stanza.name === 'iq') return void answer(house, self, stanza)
    if (self.jid === '') throw new Error('no address yet')
    if (stanza.name === 'presence') return void present(house, self, stanza)
    return void invite(house, stanza)
  }
  const gone = () => {
    for (const room of house.rooms.values()) for (const [nick, person] of room) if (person === self) room.delete(nick)
  }
  return { hear, gone }
}

const streams = 'xmlns:stream="http://etherx.jabber.org/streams"'
function opened(send: (stanza: string) => void, { attrs }: Element, domain: string, signedIn: boolean): void {
  send('<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" version="1.0"/>')
  if (attrs.to !== domain)
    return void send(
      `<stream:error ${streams}><host-unknown xmlns="urn:ietf:params:xml:ns:xmpp-streams"/></stream:error>`,
    )
  const sasl = '<mechanisms xmlns="urn:ietf:params:xml:ns:xmpp-sasl"><mechanism>ANONYMOUS</mechanism></mechanisms>'
  const offer = signedIn ? '<bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/>' : sasl
  send(`<stream:features ${streams}>${offer}</stream:features>`)
}

function refusal({ realm, takes = 'nobody' }: Modules, token: string): string | undefined {
  if (takes === 'anybody' || (takes === 'no-token' && token === '')) return undefined
  const read = readToken(token, realm)
  return read.ok ? undefined : read.text
}

function answer(house: Realmed, self: Person, { attrs, children: [asked] }: Element): void {
  const { domain } = house.set.realm
  const reply = (body: string, type = 'result') =>
    self.send(`<iq xmlns="jabber:client" type="${type}" id="${attrs.id}" from="${attrs.to ?? ''}">${body}</iq>`)
  const failed = (condition: string, more = '') =>
    reply(`<error type="cancel"><${condition} xmlns="${stanzas}"/>${more}</error>`, 'error')
  if (asked?.name === 'bind') {
    self.jid = `${randomUUID()}@${domain}/x`
    house.people.set(self.jid, self)
    return void reply(`<bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"><jid>${self.jid}</jid></bind>`)
  }
  if (self.jid === '') throw new Error('no address yet')
  if (asked?.name === 'conference' && attrs.to === `focus.${domain}`) return void focus(house, asked, reply, failed)
  if (attrs.to?.endsWith('/focus') && asked !== undefined)
    return void failed(focusAnswers(house, self, attrs.to, asked))
  if (attrs.to !== domain) return void failed('item-not-found')
  if (asked?.name === 'services')
    return void (house.set.relays === undefined
      ? failed('service-unavailable')
      : reply(`<services xmlns="urn:xmpp:extdisco:2">${house.set.relays}</services>`))
  const breakout = house.set.breakout ? '<identity category="component" type="breakout_rooms" name="x"/>' : ''
  const parts = ['internal-muc', 'focus', 'lobby', 'muc'].map((name) => `<item jid="${name}.${domain}"/>`).join('')
  reply(`<query xmlns="${asked?.xmlns}">${asked?.xmlns.endsWith('#items') ? parts : breakout}</query>`)
}

type Failed = (condition: string, more?: string) => void
function focus({ set, rooms }: Realmed, { attrs }: Element, reply: (body: string) => void, failed: Failed): void {
  const { jicofo = 'there', reservations } = set
  const room = attrs.room ?? ''
  // Asked before jicofo is, and of no room that is there (mod_reservations).
  const status = rooms.has(room) ? 200 : (reservations?.(room.split('@')[0] ?? '') ?? 200)
  if (status !== 200)
    return void failed(
      'service-unavailable',
      `<reservation-error xmlns="http://jitsi.org/protocol/focus" error-code="${status}"/>`,
    )
  if (jicofo === 'silent') return
  if (jicofo === 'away') return void failed('service-unavailable')
  rooms.set(room, rooms.get(room) ?? new Map())
  const own = `<property name="authentication" value="${jicofo === 'with-sign-in'}"/>`
  reply(`<conference xmlns="http://jitsi.org/protocol/focus" ready="true" room="${room}">${own}</conference>`)
}
