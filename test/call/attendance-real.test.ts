// What a real event_sync_component and a real mod_reservations sent (Prosody 0.12.3 and 13.0.1, November 2026), in its order and its very form:
// a clinician, a patient, an end by the clinician. People and rooms are the test's own.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RoomName } from '../../server/domain/ids.ts'
import { idInRoom } from '../../server/domain/visit/attendance.ts'
import { having } from '../support/chart.ts'
import { ask } from '../support/people.ts'
import { inCall, visitIdOf } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const secret = 'what only the Jitsi of the clinic knows'
let world: World
beforeAll(async () => {
  world = await openWorld({ config: having({ jitsiEvents: secret }) })
})
afterAll(() => world.close())

const headers = { 'user-agent': 'Prosody (0.12.3; posix)', authorization: `Bearer ${secret}` }
const send = (path: string, body: string, type: string) =>
  ask(world.url, `/jitsi/riverside/${path}`, { method: 'post', headers: { ...headers, 'content-type': type }, body })

/** The posts of a meeting the clinician ended after 13 seconds: its end comes twice, and before who left by it. */
function sent(room: string, [clinician = '', patient = '']: readonly string[], t: number): readonly [string, string][] {
  const muc = `"room_name":"${room}","room_jid":"${room}@muc.meet.jitsi"`
  const hers = `"name":"Dr Okafor","id":"${clinician}","occupant_jid":"fb712a22-9563-47cc-a71c-1c9cf2d86ec1@meet.jitsi/x"`
  const theirs = `"name":"Rosa Winter","id":"${patient}","occupant_jid":"c8a441bb-02e6-48c3-91a9-3f6edd024bfc@meet.jitsi/x"`
  const event = (name: string) => `"is_breakout":false,"event_name":"muc-${name}"`
  const closed = `{"destroyed_at":${t + 13},"all_occupants":[{"left_at":${t + 13},"joined_at":${t},${hers}},{"left_at":${t + 13},"joined_at":${t + 2},${theirs}}],${muc},"created_at":${t},${event('room-destroyed')}}`
  return [
    ['room/created', `{${muc},"created_at":${t},${event('room-created')}}`],
    [
      'occupant/joined',
      `{${muc},"active_occupants_count":1,"occupant":{"joined_at":${t},${hers}},${event('occupant-joined')}}`,
    ],
    [
      'occupant/joined',
      `{${muc},"active_occupants_count":2,"occupant":{"joined_at":${t + 2},${theirs}},${event('occupant-joined')}}`,
    ],
    ...([1, 2].map(() => ['room/destroyed', closed]) as [string, string][]), // sound: two texts each
    [
      'occupant/left',
      `{${muc},"active_occupants_count":0,"occupant":{"left_at":${t + 13},"joined_at":${t + 2},${theirs}},${event('occupant-left')}}`,
    ],
    [
      'occupant/left',
      `{${muc},"active_occupants_count":1,"occupant":{"left_at":${t + 13},"joined_at":${t},${hers}},${event('occupant-left')}}`,
    ],
  ]
}

test('a whole meeting, as Prosody tells it, is two people’s time in the visit and one end of the call', async () => {
  const { visit, room } = await inCall(world)
  const id = visitIdOf(visit)
  const row = async () => (await world.house.visits.get(id)) ?? expect.fail('the visit is kept')
  const seats = (await row()).attendance.map(({ who }) => idInRoom(room as RoomName, who))
  const t = Math.floor(world.now() / 1000) - 13
  const at = (seconds: number) => new Date(seconds * 1000).toISOString()

  for (const [path, body] of sent(room, seats, t))
    expect((await send(`events/${path}`, body, 'application/json')).status).toBe(204)

  const { attendance, status } = await row()
  expect(attendance.map(({ seen = [] }) => seen.map(({ from, until }) => [from, until]))).toEqual([
    [[at(t), at(t + 13)]],
    [[at(t + 2), at(t + 13)]],
  ])
  expect(status).toBe('in-progress')
  const calls = (await world.audit()).filter((line) => line.visit === id && line.event.startsWith('call-'))
  expect(calls.map(({ event }) => event)).toEqual([
    ...['call-joined', 'call-joined', 'call-left', 'call-left', 'call-closed'],
  ])
})

test('a room is asked for as Prosody asks, and what we answer has all that it looks for', async () => {
  const { room } = await inCall(world)
  const body = `name=${room}&start_time=2026-11-22T09%3a52%3a44.000Z&mail_owner=fb712a22-9563-47cc-a71c-1c9cf2d86ec1%40meet.jitsi`

  const answer = await send('reservations/conference', body, 'application/x-www-form-urlencoded')

  expect([answer.status, answer.body]).toEqual([
    200,
    {
      ...{ name: room, id: expect.any(String), duration: 4 * 3600 },
      ...{ start_time: '2026-11-22T09:52:44.000Z', mail_owner: 'fb712a22-9563-47cc-a71c-1c9cf2d86ec1@meet.jitsi' },
    },
  ])
})
