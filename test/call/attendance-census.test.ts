// Jitsi's own count of a room, held against who it has told of, when the clinician ends the visit.
import { SignJWT } from 'jose'
import { afterEach, expect, test } from 'vitest'
import { type Jitsi, startJitsi } from '../../sandbox/jitsi/main.ts'
import type { RoomName } from '../../server/domain/ids.ts'
import { askCensus } from '../../server/outside/jitsi/census.ts'
import { JitsiSettings } from '../../server/settings/organisations.ts'
import type { RoomToken } from '../../server/wire/wire.ts'
import { startScripted } from '../doctor/doctor.ts'
import { connect, type House } from '../support/jitsi-visitor.ts'
import { bodyOf, tokenFor, withTokens } from '../support/visits.ts'
import { jitsiSecret, openWorld } from '../support/world.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

const secret = 'what only the Jitsi of the clinic knows'
const realm = { issuer: 'housecall', audience: 'jitsi', domain: 'meet.jitsi', secret: jitsiSecret } as const

/** A clinic whose Jitsi can be asked for its count. */
async function clinic(census: (jitsi: Jitsi) => string) {
  let settings = JitsiSettings.parse({ origin: 'http://127.0.0.1:4020', issuer: 'housecall' })
  const world = await openWorld({
    config: (c) => ({
      ...c,
      organisations: c.organisations.map((o) => ({
        ...o,
        jitsiEvents: secret,
        get jitsi() {
          return settings
        },
      })),
    }),
  })
  const events = { prefix: `${world.url}/jitsi/riverside`, authorization: `Bearer ${secret}` }
  const jitsi = await startJitsi({ ...realm, now: world.now, lobby: false, census: true, events })
  settings = JitsiSettings.parse({ origin: jitsi.origin, issuer: 'housecall', census: census(jitsi) })
  open.push(world, jitsi)
  const house: House = { jitsi, secret: jitsiSecret, clock: { now: 0 }, sockets: [] }
  const visit = await withTokens(world)
  for (const person of [visit.clinician, visit.patient]) {
    const { room, token } = bodyOf<RoomToken>(await tokenFor(person, visit.visit))
    await joining(house, token, room)
  }
  await jitsi.delivered()
  return { world, visit, house }
}
async function joining(house: House, token: string, room: string) {
  const visitor = await connect(house, token)
  await visitor.heard('connected')
  visitor.say({ type: 'join', room })
  await visitor.heard('joined')
}
const said = (log: string) => /"code":"(census-[a-z]+)"/.exec(log)?.[1]

test('the count of the room agrees with our record when nothing was lost', async () => {
  const { world, visit } = await clinic(({ origin }) => `${origin}/room-census`)

  bodyOf(await visit.clinician.post(`${visit.visit}/end`))

  expect(said(world.log())).toBe('census-agrees')
  expect(world.log()).toMatch(/"code":"census-agrees".*"count":2/)
})

test('the count of the room agrees with our record when a patient is there by two devices', async () => {
  const { world, visit, house } = await clinic(({ origin }) => `${origin}/room-census`)
  const { room, token } = bodyOf<RoomToken>(await tokenFor(visit.patient, visit.visit))
  await joining(house, token, room)
  await house.jitsi.delivered()

  bodyOf(await visit.clinician.post(`${visit.visit}/end`))

  expect(world.log()).toMatch(/"code":"census-agrees".*"count":3/)
})

test('the count of the room differs from our record when somebody without our token is there', async () => {
  const { world, visit, house } = await clinic(({ origin }) => `${origin}/room-census`)
  const exp = Math.floor(Date.now() / 1000) + 600
  const claims = { iss: 'housecall', aud: 'jitsi', sub: 'meet.jitsi', room: visit.room, exp }
  const token = await new SignJWT({ ...claims, context: { user: { id: 'somebody', name: 'Somebody' } } })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(new TextEncoder().encode(jitsiSecret))
  await joining(house, token, visit.room)
  await house.jitsi.delivered()

  bodyOf(await visit.clinician.post(`${visit.visit}/end`))

  expect(world.log()).toMatch(/"code":"census-more".*"count":3/)
})

test('a visit ends all the same when there is no count', async () => {
  const { world, visit } = await clinic(({ origin }) => `${origin}/nothing-here.json`)

  const { status } = await visit.clinician.post(`${visit.visit}/end`)

  expect([status, said(world.log())]).toEqual([200, 'census-missing'])
})

test.each<[what: string, count: number | undefined, body: unknown]>([
  [
    'a room among others',
    2,
    {
      room_census: [
        { room_name: 'other@muc.x', participants: 5 },
        { room_name: 'room@muc.x', participants: 2 },
      ],
    },
  ],
  ['a tenant’s room', 3, { room_census: [{ room_name: '[clinic]room@muc.x', participants: 3 }] }],
  ['a room in an answer that has none', 0, { room_census: [] }],
  ['a room in an answer that has Lua’s empty table', 0, { room_census: {} }],
  ['a room where a sign-in page answers', undefined, '<p>Sign in</p>'],
  ['a room where the answer has another form', undefined, { rooms: 3 }],
])('the count of %s is %s', async (_, count, body) => {
  const server = await startScripted({ '/room-census': { body } })
  open.push(server)

  expect(await askCensus(`${server.origin}/room-census`, 'room' as RoomName)).toBe(count)
})

test('an address that leads elsewhere is not followed', async () => {
  const elsewhere = await startScripted({ '/room-census': { body: { room_census: [] } } })
  const server = await startScripted({
    '/room-census': { status: 302, headers: { location: `${elsewhere.origin}/room-census` } },
  })
  open.push(elsewhere, server)

  expect(await askCensus(`${server.origin}/room-census`, 'room' as RoomName)).toBeUndefined()
  expect(elsewhere.heard).toEqual([])
})

test('each of a clinic’s Jitsis has a count of its own, or none', () => {
  const { servers } = JitsiSettings.parse({
    ...{ origin: 'https://first.example', issuer: 'housecall', census: 'http://first.example:5280/room-census' },
    fallback: [
      { origin: 'https://second.example', census: 'http://second.example:5280/room-census' },
      { origin: 'https://third.example' },
    ],
  })

  expect(servers.map(({ census }) => census?.slice(7, 13))).toEqual(['first.', 'second', undefined])
})
