// Owns the contract with Jitsi as a list: the fact, what is sent, what must come back. Those of rooms are in contract-rooms.ts.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import { posts } from '../../../sandbox/jitsi/cited.ts'
import type { FactName } from '../../../sandbox/jitsi/facts.ts'
import { startJitsi } from '../../../sandbox/jitsi/main.ts'
import { type House, visit } from '../../support/jitsi-visitor.ts'
import { handshake, type Place, tokenAt, tokenCases } from './places.ts'

export type Case = {
  readonly fact: FactName
  readonly sent: string
  readonly comes: string
  readonly check: (place: Place) => Promise<void>
}

/** Without how late it was: a second may begin meanwhile. */
const untimed = (text: string) => text.replace(/\d+\.\d sec/, 'so many sec')
const get = (place: Place, path: string) => fetch(place.origin + path, { redirect: 'manual' })

/** The scripts that a page names with a version. */
async function filesIn(page: Response): Promise<readonly string[]> {
  const named = [...(await page.text()).matchAll(/<script[^>]* src="\/?(libs\/[^"]+\?v=[^"]+)"/g)]
  return named.map(([, path]) => `/${path}`)
}

/** Of any Jitsi that is set up for a clinic. */
export const cases: readonly Case[] = [
  {
    ...{ fact: 'script', sent: 'GET /external_api.js', comes: 'a script that defines JitsiMeetExternalAPI' },
    async check(place) {
      const answer = await get(place, '/external_api.js')
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('javascript')])
      const script = await answer.text()
      const devices = [
        'autoplay',
        'camera',
        'display-capture',
        'fullscreen',
        'microphone',
        'screen-wake-lock',
        'speaker-selection',
      ]
      for (const word of ['JitsiMeetExternalAPI', ...devices]) expect(script).toContain(word)
    },
  },
  {
    ...{ fact: 'commands', sent: 'GET /external_api.js', comes: 'the commands that our page gives' },
    async check(place) {
      const script = await (await get(place, '/external_api.js')).text()
      const given = [
        'answerKnockingParticipant',
        'hangup',
        'toggleAudio',
        'toggleVideo',
        'setVideoQuality',
        'setAudioOnly',
        'setTileView',
      ]
      expect(given.filter((name) => !script.includes(name))).toEqual([])
    },
  },
  {
    ...{ fact: 'no-upgrade', sent: 'GET /xmpp-websocket', comes: 'a page: there are rooms behind it' },
    async check(place) {
      const answer = await get(place, '/xmpp-websocket')
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')])
    },
  },
  ...['/visit-1', '/clinic1/visit-1'].map(
    (path): Case => ({
      ...{ fact: 'page', sent: `GET ${path}`, comes: 'the web app, as a page' },
      async check(place) {
        const answer = await get(place, path)
        expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')])
      },
    }),
  ),
  {
    ...{ fact: 'files', sent: 'GET / and what it names', comes: 'the same files as a room’s, for a year' },
    async check(place) {
      const [beginning, room] = await Promise.all(
        ['/', '/visit-1'].map(async (path) => filesIn(await get(place, path))),
      )
      expect(beginning).toEqual(room)
      expect(beginning?.length).toBeGreaterThan(0)
      for (const file of beginning ?? [])
        expect((await get(place, file)).headers.get('cache-control')).toMatch(/max-age=31536000/)
    },
  },
  {
    ...{ fact: 'framing', sent: 'GET /visit-1', comes: 'the names of those who may frame it' },
    async check(place) {
      const { headers } = await get(place, '/visit-1')
      expect(headers.get('content-security-policy')).toMatch(/frame-ancestors \S/)
    },
  },
  {
    ...{ fact: 'closed', sent: 'GET /room-census', comes: 'no list of rooms' },
    async check(place) {
      expect(await (await get(place, '/room-census')).text()).not.toContain('"room_census"')
    },
  },
  {
    ...{ fact: 'signalling', sent: 'a websocket to /xmpp-websocket, as xmpp', comes: 'a websocket, as xmpp' },
    async check({ origin }) {
      expect(await handshake(origin)).toBe('xmpp')
    },
  },
  ...tokenCases.map(
    (row): Case => ({
      ...{ fact: 'token-connect', sent: `a token when connecting: ${row.case}` },
      comes: row.answer === 'connect' ? `refused: ${row.text}` : 'connected',
      async check(place) {
        const said = await place.connect(await tokenAt(place, row))
        const refused = row.answer === 'connect' ? { refused: untimed(row.text ?? '') } : 'connected'
        expect(said === 'connected' ? said : { refused: untimed(said.refused) }).toEqual(refused)
      },
    }),
  ),
]

/** Of the sandbox alone: a real one posts to whom its settings name. */
export const ownCases: readonly Case[] = [
  {
    ...{ fact: 'sync', sent: 'a visit', comes: 'a post for each joining and leaving, none for the lobby' },
    check: posted,
  },
]

/** The members of each post, as the module's own page has them. */
const members: Readonly<Record<string, readonly string[]>> = {
  'muc-room-created': ['created_at'],
  'muc-room-destroyed': ['all_occupants', 'created_at', 'destroyed_at'],
  'muc-occupant-joined': ['active_occupants_count', 'occupant'],
  'muc-occupant-left': ['active_occupants_count', 'occupant'],
}
const always = ['event_name', 'is_breakout', 'room_jid', 'room_name']

async function posted() {
  const heard: { path: string; authorization: string | undefined; body: Record<string, unknown> }[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (piece) => {
      text += String(piece)
    })
    request.on('end', () => {
      heard.push({ path: request.url ?? '', authorization: request.headers.authorization, body: JSON.parse(text) })
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const prefix = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api` // sound: it listens on a port
  const realm = { issuer: 'telehealth', audience: 'jitsi', domain: 'meet.jitsi', secret: 'posted' } as const
  const jitsi = await startJitsi({ ...realm, events: { prefix, authorization: 'Bearer theirs' } })
  const house: House = { jitsi, secret: realm.secret, clock: { now: Date.now() }, sockets: [] }
  try {
    const { inside, guest } = await visit(house, 'posted')
    guest.socket.close(1000)
    await inside.heard('participant-left')
    inside.say({ type: 'end' })
    await inside.heard('destroyed')
    await jitsi.delivered()
  } finally {
    for (const socket of house.sockets) socket.terminate()
    await jitsi.close()
    server.close()
  }
  const names = heard.map(({ body }) => String(body.event_name))
  expect(names.toSorted()).toEqual([
    ...['muc-occupant-joined', 'muc-occupant-joined', 'muc-occupant-left', 'muc-occupant-left'],
    ...['muc-room-created', 'muc-room-destroyed', 'muc-room-destroyed'],
  ])
  for (const { path, authorization, body } of heard) {
    const name = String(body.event_name)
    expect([path, authorization]).toEqual([
      `/api/events/${name.replace('muc-', '').replace('-', '/')}`,
      'Bearer theirs',
    ])
    expect(Object.keys(body).sort()).toEqual([...always, ...(members[name] ?? [])].sort())
  }
  expect(Object.keys(posts).sort()).toEqual([...new Set(names)].sort())
}
