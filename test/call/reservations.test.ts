// Jitsi's server asks before a room begins (mod_reservations): yes for the room of an open visit with somebody to come, else no.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OrganisationId } from '../../server/domain/ids.ts'
import { rehearsalRoom } from '../../server/domain/visit/room.ts'
import { ask } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf, inCall, visitIdOf, waiting } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const secret = 'what the Jitsi of Riverside shows: 32 or more'
let world: World
beforeAll(async () => {
  world = await openWorld({
    organisations: ['riverside', 'lakeside'],
    config: (c) => ({ ...c, organisations: c.organisations.map((o) => ({ ...o, jitsiEvents: `${secret} ${o.id}` })) }),
  })
})
afterAll(() => world.close())

const start = '2026-05-01T10:00:00.000Z'
const base = (organisation: string) => `/jitsi/${organisation}/reservations/conference`
type Sent = { organisation?: string; authorization?: string; type?: string }
const reserve = (name: string, { organisation = 'riverside', authorization, type }: Sent = {}) =>
  ask(world.url, base(organisation), {
    method: 'post',
    headers: {
      'content-type': type ?? 'application/x-www-form-urlencoded',
      authorization: authorization ?? `Bearer ${secret} ${organisation}`,
    },
    body: String(new URLSearchParams({ name, start_time: start, mail_owner: 'x1@meet.jitsi' })),
  })
const no = [403, { message: 'No visit is held in this room now.' }]
const roomOf = async (visit: string) => {
  const row = await world.house.visits.get(visitIdOf(visit))
  return row !== undefined && 'call' in row ? row.call.room : ''
}

test('the room of a visit under way may begin, for as long as a token may last', async () => {
  const { room, visit } = await inCall(world)

  for (const name of [room, `[riverside]${room}`]) {
    const { status, body } = await reserve(name)
    expect([status, body]).toEqual([
      200,
      { id: visit.split('/').at(-1), name, mail_owner: 'x1@meet.jitsi', start_time: start, duration: 4 * 3600 },
    ])
  }
})

test('the room of a visit nobody has a token for, of one that has ended, and of none, may not', async () => {
  const early = await waiting(world)
  const over = await inCall(world)
  bodyOf(await over.clinician.post(`${over.visit}/end`))

  for (const room of [await roomOf(early.visit), over.room, 'a-room-somebody-made-up']) {
    const { status, body } = await reserve(room)
    expect([status, body]).toEqual(no)
  }
  expect(world.log()).toMatch(/"code":"reservation-refused"/)
})

test('another organisation’s room may not begin at ours', async () => {
  const { room } = await inCall(world)

  const { status, body } = await reserve(room, { organisation: 'lakeside' })

  expect([status, body]).toEqual(no)
})

test('at the address of a Jitsi that several share, a room begins of each organisation whose secret is shown', async () => {
  const { room, visit } = await inCall(world)
  const shared = (shown: string, name = room) =>
    ask(world.url, '/jitsi/reservations/conference', {
      method: 'post',
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: `Bearer ${shown}` },
      body: String(new URLSearchParams({ name, start_time: start, mail_owner: 'x1@meet.jitsi' })),
    })

  expect((await shared(`${secret} riverside`)).body).toMatchObject({ id: visit.split('/').at(-1), name: room })
  expect((await shared(`${secret} lakeside`)).status).toBe(403)
  await refuses(world, 'not-found', () => shared('guessed'))
})

test('the room in which the doctor rehearses a visit may begin, for two minutes, and only by our own key', async () => {
  const { roomKey } = world.house.config
  const of = (key: Uint8Array, organisation = 'riverside') =>
    rehearsalRoom(key, organisation as OrganisationId, world.house.now(), new Uint8Array(5)) // sound: an organisation of these
  const name = of(roomKey)

  const { status, body } = await reserve(name)
  expect([status, body]).toMatchObject([200, { id: name, name, duration: 120 }])
  for (const other of [
    of(new Uint8Array(32)),
    of(roomKey, 'lakeside'),
    `${name}x`,
    name.replace('doctor-', 'doctor-a'),
  ])
    expect((await reserve(other)).status).toBe(403)
  expect(world.log()).toMatch(/"code":"rehearsal-reserved"/)

  world.later(3)
  expect((await reserve(name)).status).toBe(403)
})

test('nobody without the secret is answered, nor what is no form', async () => {
  const { room } = await inCall(world)

  await refuses(world, 'not-found', () => reserve(room, { authorization: 'Bearer guessed' }))
  await refuses(world, 'not-found', () => reserve(room, { organisation: 'nowhere' }))
  await refuses(world, 'media-type', () => reserve(room, { type: 'text/plain' }))
  await refuses(world, 'bad-request', () => reserve(''))
  await refuses(world, 'too-large', () => reserve('x'.repeat(10_000)))
})

test('word that a room is gone is taken, and changes nothing', async () => {
  const { room, visit } = await inCall(world)
  const id = visit.split('/').at(-1) ?? ''
  const gone = (authorization: string) =>
    fetch(`${world.url}${base('riverside')}/${id}`, { method: 'DELETE', headers: { authorization } })

  expect((await gone(`Bearer ${secret} riverside`)).status).toBe(204)
  expect((await gone('Bearer guessed')).status).toBe(404)

  expect((await reserve(room)).status).toBe(200)
})
