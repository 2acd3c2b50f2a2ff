// A person at a real Jitsi, held to what a real Prosody said to two of them (0.12.3, November 2026): the stanzas are its own, shortened.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SignJWT } from 'jose'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { connectXmpp } from './xmpp.ts'

const doctorAt = 'c3d0cb13-1dda-48e0-a93a-2d18e15709cb@meet.jitsi/x'
const patientAt = '1f4828c7-bf5d-4837-91c0-00fb4dfacd62@meet.jitsi/x'
const room = 'visit-1@muc.meet.jitsi'
const lobby = 'visit-1@lobby.meet.jitsi'

const features = (offer: string) =>
  `<stream:features xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>${offer}</stream:features>`
const presence = (from: string, name: string, item: string, status = '', more = '') =>
  `<presence from='${from}' xmlns='jabber:client'><nick xmlns='http://jabber.org/protocol/nick'>${name}</nick>${more}<x xmlns='http://jabber.org/protocol/muc#user'>${item}${status}</x></presence>`
const gone = (from: string, inside: string) =>
  `<presence from='${from}' type='unavailable' xmlns='jabber:client'><x xmlns='http://jabber.org/protocol/muc#user'>${inside}</x></presence>`
const item = (affiliation: string, role: string, jid: string) =>
  `<item affiliation='${affiliation}' role='${role}' jid='${jid}'/>`
const self = "<status code='110'/>"
const kicked = `<status code='307'/><item affiliation='none' role='none' jid='${patientAt}'><actor nick='c3d0cb13'/></item>`

/** As presence_identity writes it (jitsi-meet, util.lib.lua). */
const identity = '<identity><user><id>p1</id><moderator>false</moderator></user></identity>'

type Script = readonly (readonly [said: RegExp, answers: readonly string[]])[]

/** Takes any token, binds the address, makes the room; then answers by the script. */
async function prosody(jid: string, script: Script) {
  const heard: string[] = []
  const common: Script = [
    [/^<auth/, ["<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>"]],
    [
      /^<iq[^>]* id="bind"/,
      [
        `<iq type='result' xmlns='jabber:client' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>${jid}</jid></bind></iq>`,
      ],
    ],
    [/^<enable/, ["<enabled max='60' resume='true' xmlns='urn:xmpp:sm:3' id='PCW6SXBKZ0cf'/>"]],
    [
      /<conference/,
      [
        "<iq type='result' xmlns='jabber:client' from='focus.meet.jitsi' id='conference'><conference ready='true' xmlns='http://jitsi.org/protocol/focus'/></iq>",
      ],
    ],
  ]
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', (socket) => {
    let offer = "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>ANONYMOUS</mechanism></mechanisms>"
    socket.on('message', (raw) => {
      const said = String(raw)
      heard.push(said)
      if (said.startsWith('<open')) {
        socket.send("<open version='1.0' from='meet.jitsi' xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>")
        socket.send(features(offer))
        offer = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><required/></bind>"
      }
      const [, answers = []] = [...script, ...common].find(([pattern]) => pattern.test(said)) ?? []
      for (const answer of answers) socket.send(answer)
    })
  })
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of server.clients) socket.terminate()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // sound: it listens on a port
  const claims = { room: 'visit-1', context: { user: { name: jid === doctorAt ? 'Dr Okafor' : 'Rosa Winter' } } }
  const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode('any'))
  const visitor = await connectXmpp({ origin, domain: 'meet.jitsi', muc: 'muc.meet.jitsi' }, token)
  await visitor.heard('connected')
  visitor.say({ type: 'join', room: 'visit-1' })
  return { visitor, heard }
}

test('a moderator comes in, hears who knocks, lets in one and removes her again', async () => {
  const { visitor, heard } = await prosody(doctorAt, [
    [
      /^<presence[^>]* to="visit-1@muc/,
      [
        presence(`${room}/focus`, '', item('owner', 'moderator', 'focus@auth.meet.jitsi/focus')),
        presence(`${room}/c3d0cb13`, 'Dr Okafor', item('owner', 'moderator', doctorAt), self),
      ],
    ],
    [
      /^<presence[^>]* to="visit-1@lobby/,
      [
        presence(`${lobby}/c3d0cb13`, 'Dr Okafor', item('owner', 'moderator', doctorAt), self),
        presence(`${lobby}/1f4828c7`, 'Rosa Winter', item('none', 'participant', patientAt)),
      ],
    ],
    [
      /<invite/,
      [
        gone(`${lobby}/1f4828c7`, item('member', 'none', patientAt)),
        presence(`${room}/1f4828c7`, 'Rosa Winter', item('member', 'participant', patientAt), '', identity),
      ],
    ],
    [/id="kick"/, [gone(`${room}/1f4828c7`, kicked)]],
  ])

  expect(await visitor.heard('joined')).toMatchObject({
    self: { id: 'c3d0cb13', name: 'Dr Okafor', role: 'moderator' },
  })
  const { id, name } = await visitor.heard('knocking')
  visitor.say({ type: 'answer-knock', id, approved: true })
  const { participant } = await visitor.heard('participant-joined')
  visitor.say({ type: 'kick', id })

  const userContext = { id: 'p1', moderator: 'false' }
  expect([id, name, participant]).toEqual(['1f4828c7', 'Rosa Winter', { id, name, role: 'participant', userContext }])
  expect(await visitor.heard('kicked')).toEqual({ type: 'kicked', id, by: { id: 'c3d0cb13' } })
  expect(await visitor.heard('participant-left')).toMatchObject({ id })
  expect(heard.find((said) => said.includes('<invite'))).toContain(`to="${patientAt}"`)
  expect(heard.find((said) => said.includes('id="kick"'))).toContain('nick="1f4828c7" role="none"')
})

test('a patient is sent to the lobby, knocks there, is refused, and may do nothing in the room', async () => {
  const { visitor } = await prosody(patientAt, [
    [
      /^<presence[^>]* to="visit-1@muc/,
      [
        `<presence from='${room}/1f4828c7' type='error' xmlns='jabber:client'><error type='auth' code='407'><registration-required xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><lobbyroom xmlns='http://jitsi.org/jitmeet'>${lobby}</lobbyroom></error></presence>`,
      ],
    ],
    [/^<presence[^>]* to="visit-1@lobby/, [gone(`${lobby}/1f4828c7`, `${kicked}${self}`)]],
    [
      /id="lobby"/,
      [
        `<iq from='${room}' type='error' xmlns='jabber:client' id='lobby'><error type='auth'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`,
      ],
    ],
  ])

  await visitor.heard('members-only')
  visitor.say({ type: 'knock' })
  await visitor.heard('access-denied')
  visitor.say({ type: 'lobby', on: false })

  expect(await visitor.heard('not-allowed')).toMatchObject({ action: 'lobby' })
  expect(visitor.types()).not.toContain('joined')
})
