// The address that Jitsi's server tells of joining and leaving: who may speak there, what is taken, and what nobody believes.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RoomName, VisitId } from '../../server/domain/ids.ts'
import { idInRoom } from '../../server/domain/visit/attendance.ts'
import { ask } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf, inCall, opened, visitIdOf } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const secrets: Readonly<Record<string, string>> = {
  riverside: 'what the Jitsi of Riverside shows: 32 or more',
  lakeside: 'what the Jitsi of Lakeside shows: 32 or more',
}
let world: World
beforeAll(async () => {
  world = await openWorld({
    organisations: ['riverside', 'lakeside', 'deaf'],
    config: (c) => ({
      ...c,
      organisations: c.organisations.map((o) => {
        const secret = secrets[o.id]
        return secret === undefined ? o : { ...o, jitsiEvents: secret }
      }),
    }),
  })
})
afterAll(() => world.close())

const bearer = (organisation: string) => ({ authorization: `Bearer ${secrets[organisation] ?? ''}` })
type Sent = { organisation?: string; path?: string; headers?: Record<string, string> }
const tell = (body: object | string, { organisation = 'riverside', path = '', headers }: Sent = {}) =>
  ask(world.url, `/jitsi/${organisation}/events${path}`, {
    ...{ method: 'post', body },
    headers: { 'content-type': 'application/json', ...(headers ?? bearer(organisation)) },
  })

const clock = () => Math.floor(world.now() / 1000)
const occupant = (room: string, who: string, more: object = {}) => ({
  ...{ occupant_jid: `${who}-${room.slice(0, 6)}@meet.jitsi/x`, joined_at: clock(), name: 'Name From Jitsi' },
  id: idInRoom(room as RoomName, `Patient/${who}`),
  ...more,
})
const about = (room: string) => ({ room_name: room, room_jid: `${room}@muc.meet.jitsi`, is_breakout: false })
const joining = (room: string, who: string, more: object = {}) => ({
  ...{ event_name: 'muc-occupant-joined', active_occupants_count: 1, ...about(room) },
  occupant: occupant(room, who, more),
})

/** A visit under way, its room, and the patient's id. */
async function underWay() {
  const { visit, room } = await inCall(world)
  const id = visitIdOf(visit)
  const row = async () => (await world.house.visits.get(id)) ?? expect.fail('the visit is kept')
  const [, patient] = (await row()).attendance
  return { room, row, who: patient?.who.split('/')[1] ?? '' }
}
const seen = async ({ row }: Awaited<ReturnType<typeof underWay>>) =>
  (await row()).attendance.map((a) => a.seen?.length ?? 0)

describe('nobody is heard', () => {
  test.each<[who: string, sent: Sent]>([
    ['without a secret', { headers: {} }],
    ['with a wrong secret', { headers: { authorization: 'Bearer guessed' } }],
    ['with an empty secret', { headers: { authorization: 'Bearer ' } }],
    ['with the secret in another scheme', { headers: { authorization: `Basic ${secrets.riverside}` } }],
    ['with the secret of another organisation', { headers: bearer('lakeside') }],
    ['of an organisation that nobody knows', { organisation: 'nowhere', headers: bearer('riverside') }],
    ['of an organisation that does not listen', { organisation: 'deaf', headers: bearer('riverside') }],
    [
      'of an organisation that does not listen, by no secret',
      { organisation: 'deaf', headers: { authorization: 'Bearer ' } },
    ],
  ])('%s', async (_, sent) => {
    const visit = await underWay()

    await refuses(world, 'not-found', () => tell(joining(visit.room, visit.who), sent))

    expect(await seen(visit)).toEqual([0, 0])
  })

  test('in longer time than others take, whatever stands in place of the secret', async () => {
    const look = async (authorization: string) => {
      const began = performance.now()
      // Not by `tell`, which would send the last sign as two.
      const { status } = await fetch(`${world.url}/jitsi/riverside/events`, {
        method: 'POST',
        headers: { authorization },
      })
      expect(status).toBe(404)
      return performance.now() - began
    }
    // The least of several: whoever else uses the machine only adds.
    const took = async (authorization: string) => {
      const times: number[] = []
      for (let n = 0; n < 8; n++) times.push(await look(authorization))
      return Math.min(...times)
    }
    const others = await took('Bearer not the secret, but as long as one')

    // A space that is no end of the header's line is taken off by no parser before us.
    for (const sign of [' ', '\t', '\u00a0', 'x ', 'Bearer '])
      expect(await took(`Bearer ${sign.repeat(15_000 / sign.length)}\u00a0`)).toBeLessThan(others + 50)
  })

  test('with the secret of another scheme, or with more behind it', async () => {
    const secret = secrets.riverside ?? ''
    for (const authorization of [`Basic ${secret}`, secret, `Bearer${secret}`, `Bearer ${secret} ${secret}`, 'Bearer'])
      await refuses(world, 'not-found', () => tell(joining('x', 'x'), { headers: { authorization } }))
    for (const authorization of [`bearer   ${secret}`, `BEARER ${secret}`])
      expect((await tell(joining('x', 'x'), { headers: { authorization } })).status).toBe(204)
  })

  test('with a body that is no event, too large, or no JSON, and what was sent is not logged', async () => {
    const { room, who } = await underWay()
    const event = joining(room, who)

    await refuses(world, 'bad-request', () => tell({ ...event, event_name: 'muc-room-hacked' }))
    await refuses(world, 'bad-request', () => tell({ ...event, occupant: { name: 'Name From Jitsi' } }))
    await refuses(world, 'bad-request', () => tell({ ...event, occupant: { ...event.occupant, joined_at: '10:00' } }))
    await refuses(world, 'bad-request', () => tell({ ...event, event_name: 'muc-occupant-left' }))
    await refuses(world, 'bad-request', () => tell('{"event_name":'))
    await refuses(world, 'too-large', () => tell({ ...event, padding: 'x'.repeat(600_000) }))
    await refuses(world, 'media-type', () =>
      tell('event_name=x', { headers: { ...bearer('riverside'), 'content-type': 'text/plain' } }),
    )
    // Before they are known, nobody learns what a body should be.
    await refuses(world, 'not-found', () => tell('{"event_name":', { headers: { authorization: 'Bearer guessed' } }))

    expect(world.log()).not.toMatch(/From Jitsi|padding|meet\.jitsi/)
  })
})

describe('what is told', () => {
  test('comes at the module’s own addresses and at one for all', async () => {
    const paths = ['', '/room/created', '/room/destroyed', '/occupant/joined', '/occupant/left']
    const { room } = await underWay()

    const answers = await Promise.all(
      paths.map((path) => tell({ event_name: 'muc-room-created', created_at: clock(), ...about(room) }, { path })),
    )

    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204])
  })

  test('of another organisation’s room, or of no visit’s, changes nothing and is counted', async () => {
    const visit = await underWay()

    expect((await tell(joining(visit.room, visit.who), { organisation: 'lakeside' })).status).toBe(204)
    expect((await tell(joining('nobodys-room', visit.who))).status).toBe(204)

    expect(await seen(visit)).toEqual([0, 0])
    expect(world.log()).toMatch(/"event":"call-event","organisation":"lakeside","code":"unknown-room"/)
    expect(world.log()).toMatch(/"event":"call-event","organisation":"riverside","code":"unknown-room"/)
  })

  test('of a stranger in the room is written down', async () => {
    const visit = await underWay()

    await tell({ ...joining(visit.room, visit.who), occupant: occupant(visit.room, visit.who, { id: 'a recorder' }) })

    expect(await seen(visit)).toEqual([0, 0])
    const { id } = await visit.row()
    expect((await world.audit()).findLast((line) => line.visit === id)).toMatchObject({
      ...{ event: 'call-joined', outcome: 'failed', code: 'stranger' },
    })
  })

  test('counts once, however often it is replayed, and keeps neither name nor address', async () => {
    const visit = await underWay()
    const event = joining(visit.room, visit.who)
    const gone = {
      ...{ event_name: 'muc-occupant-left', ...about(visit.room) },
      occupant: { ...event.occupant, left_at: clock() },
    }

    for (const one of [event, event, gone, event, gone]) await tell(one)
    world.later(60)
    for (const one of [event, gone]) await tell(one)

    expect(await seen(visit)).toEqual([0, 1])
    const { id, attendance } = await visit.row()
    expect(JSON.stringify(attendance)).not.toMatch(/From Jitsi|meet\.jitsi/)
    const events = (await world.audit()).filter((line) => line.visit === id).map((line) => line.event)
    expect(events.filter((name) => name.startsWith('call-'))).toEqual(['call-joined', 'call-left'])
  })

  test('is understood with a tenant before the room’s name, and with Lua’s empty table in place of an empty list', async () => {
    const visit = await underWay()

    await tell(
      joining(`[riverside]${visit.room}`, visit.who, { id: idInRoom(visit.room as RoomName, `Patient/${visit.who}`) }),
    )
    const closed = { event_name: 'muc-room-destroyed', created_at: clock(), destroyed_at: clock(), all_occupants: {} }
    expect((await tell({ ...closed, ...about(visit.room) })).status).toBe(204)

    expect(await seen(visit)).toEqual([0, 1])
    expect((await visit.row()).status).toBe('in-progress')
  })

  test('of somebody in the room of a visit that nobody has begun adds nobody to its attendance', async () => {
    const { visit } = await opened(world)
    const row = await world.house.visits.get(visitIdOf(visit))
    const room = row !== undefined && 'call' in row ? row.call.room : ''

    await tell(joining(room, 'margaret'))

    expect((await world.house.visits.get(row?.id ?? ('' as VisitId)))?.attendance).toEqual([])
  })

  test('after the end still tells who had left before it', async () => {
    const { clinician, visit, room } = await inCall(world)
    const id = visitIdOf(visit)
    const who = (await world.house.visits.get(id))?.attendance[1]?.who.split('/')[1] ?? ''
    const event = joining(room, who)
    const leftAt = clock() + 60
    world.later(3)
    bodyOf(await clinician.post(`${visit}/end`))

    await tell({ event_name: 'muc-occupant-left', ...about(room), occupant: { ...event.occupant, left_at: leftAt } })

    expect((await world.house.visits.get(id))?.attendance[1]?.seen?.[0]?.until).toBe(
      new Date(leftAt * 1000).toISOString(),
    )
  })
})
