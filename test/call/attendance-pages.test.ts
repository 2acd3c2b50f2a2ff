// Who was there where Jitsi's word is missing: people's own pages, kept once a minute at most, and a count of the room, over HTTP.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { RoomName } from '../../server/domain/ids.ts'
import { idInRoom } from '../../server/domain/visit/attendance.ts'
import { timeInCall } from '../../server/domain/visit/time-in-call.ts'
import { keepHeartbeats, keepLastHeartbeats } from '../../server/house/upkeep.ts'
import { JitsiSettings } from '../../server/settings/organisations.ts'
import { startScripted } from '../doctor/doctor.ts'
import { ask, type Person } from '../support/people.ts'
import { bodyOf, visitIdOf, withTokens } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const secret = 'what only the Jitsi of the clinic knows'
const fallback = 'https://second.example'
let world: World
/** What the clinic's first Jitsi counts, and its second one. */
const rooms: readonly { room_name: string; participants: number }[][] = [[], []]
let counts: readonly Awaited<ReturnType<typeof startScripted>>[]
beforeAll(async () => {
  counts = await Promise.all(rooms.map((room_census) => startScripted({ '/room-census': { body: { room_census } } })))
  const [first, second] = counts.map(({ origin }) => `${origin}/room-census`)
  const jitsi = JitsiSettings.parse({
    ...{ origin: 'https://first.example', issuer: 'housecall', census: first },
    fallback: [{ origin: fallback, census: second }],
  })
  world = await openWorld({
    config: (c) => ({ ...c, organisations: c.organisations.map((o) => ({ ...o, jitsi, jitsiEvents: secret })) }),
  })
})
afterAll(async () => {
  await Promise.all([world, ...counts].map((one) => one.close()))
})
beforeEach(() => {
  for (const listed of rooms) listed.length = 0
})

/** A visit held at one of the two Jitsis; both have a token. */
async function underWay(origin = 'https://first.example') {
  world.house.jitsi.answers = async (asked) => asked === origin
  const visit = await withTokens(world)
  const id = visitIdOf(visit.visit)
  const row = async () => (await world.house.visits.get(id)) ?? expect.fail('the visit is kept')
  const people = (await row()).attendance.map(({ who }) => who)
  /** Jitsi tells that somebody joined; or, at the end of the room, when they had left. */
  const send = async (who = '', leftAt?: number) => {
    const occupant = {
      ...{
        occupant_jid: `${who}@meet.jitsi/x`,
        joined_at: began,
        id: idInRoom(visit.room as RoomName, who as 'Patient/1'),
      },
      ...(leftAt === undefined ? {} : { left_at: leftAt }),
    }
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret}` }
    const about = { room_name: visit.room, created_at: began, destroyed_at: Math.floor(world.now() / 1000) }
    const body =
      leftAt === undefined
        ? { ...about, event_name: 'muc-occupant-joined', occupant }
        : { ...about, event_name: 'muc-room-destroyed', all_occupants: [occupant] }
    const { status } = await ask(world.url, '/jitsi/riverside/events', { method: 'post', body, headers })
    expect(status).toBe(204)
  }
  const began = Math.floor(world.now() / 1000)
  const stays = async () => {
    const v = await row()
    return v.status === 'finished' ? v.attendance.map((a) => timeInCall(a, v)) : []
  }
  return { ...visit, id, row, people, send, stays }
}
const says = async (person: Person, visit: string, at = 'in') =>
  bodyOf(await person.post(`${visit}/presence`, { at, sees: [] }))
const minutes = (from: string, until: string) => Math.round((Date.parse(until) - Date.parse(from)) / 60_000)
const attendedLines = async (id: string) =>
  (await world.audit()).filter(({ event, visit }) => event === 'visit-attended' && visit === id)

test('without a word of Jitsi’s, people’s pages say from when until when they were there, and the record says whose word it is', async () => {
  const { clinician, patient, visit, id, stays } = await underWay()
  world.later(2)
  for (const person of [clinician, patient]) await says(person, visit)
  world.later(5)
  for (const person of [clinician, patient]) await says(person, visit)
  await says(patient, visit, 'out')
  world.later(4)
  await says(clinician, visit)
  bodyOf(await clinician.post(`${visit}/end`))

  const [hers, theirs] = await stays()
  expect([hers, theirs].map((s) => [minutes(s?.start ?? '', s?.end ?? ''), s?.by])).toEqual([
    [9, 'by-page'],
    [5, 'by-page'],
  ])
  expect(await attendedLines(id)).toMatchObject([
    { code: 'by-page', from: hers?.start, until: hers?.end },
    { code: 'by-page', from: theirs?.start, until: theirs?.end },
  ])
})

test('a leaving that was lost ends with the last word of the page, also when the app was started anew in between', async () => {
  const { clinician, patient, visit, id, people, send, row, stays } = await underWay()
  for (const who of people) await send(who)
  for (const person of [clinician, patient]) await says(person, visit)
  world.later(6)
  for (const person of [clinician, patient]) await says(person, visit)
  await keepHeartbeats(world.house)
  await world.restart()
  world.later(8)
  await says(clinician, visit)
  expect((await row()).attendance[1]?.said).toBeDefined()
  bodyOf(await clinician.post(`${visit}/end`))

  const [hers, theirs] = await stays()
  expect([hers, theirs].map((s) => [minutes(s?.start ?? '', s?.end ?? ''), s?.by])).toEqual([
    [14, 'by-jitsi-and-count'],
    [6, 'by-jitsi-and-page'],
  ])
  // What Jitsi tells late, with the end of the room, is believed, and written down anew.
  const leftAt = Math.floor(world.now() / 1000) - 11 * 60
  await send(people[1], leftAt)
  expect((await attendedLines(id)).map(({ code }) => code)).toEqual([
    'by-jitsi-and-count',
    'by-jitsi-and-page',
    'by-jitsi',
  ])
  expect((await attendedLines(id)).at(-1)).toMatchObject({
    ...{ who: people[1], until: new Date(leftAt * 1000).toISOString() },
  })
})

test('what pages say is written once in five minutes, not again while they are silent, and makes nobody look again', async () => {
  const { clinician, patient, visit, row } = await underWay()
  // When its Appointment was read again is written as well: not here.
  world.ehr.faults.on('fhir-500', { type: 'Appointment' })
  const revisions: number[] = []
  const rounds = async () => {
    await keepHeartbeats(world.house)
    revisions.push((await row()).revision)
  }
  // That somebody of the patient's side is in the call at all is kept, and told, at once.
  await says(patient, visit)
  const { revision } = await row()
  let pushed = 0
  // A page that is heard of again after a minute is told of beside: that it is kept is not.
  const stop = world.house.live.subscribe(`visit:${(await row()).id}`, (told) => {
    if (told !== 'beside') pushed++
  })
  await says(patient, visit)
  for (const minute of [0, 1, 2, 3, 4, 5]) {
    await says(clinician, visit)
    await rounds()
    world.later(minute < 5 ? 1 : 2)
  }
  await rounds()
  await rounds()
  stop()
  world.ehr.faults.clear()

  expect(revisions.map((r) => r - revision)).toEqual([1, 1, 1, 1, 1, 2, 2, 2])
  expect(pushed).toBe(0)
})

test('a room in which nobody’s page says anything is counted; when it is empty, everyone is out of it', async () => {
  const { clinician, visit, people, send, stays, row } = await underWay()
  for (const who of people) await send(who)
  world.later(3)
  await says(clinician, visit)
  await keepHeartbeats(world.house)
  world.later(2)
  await keepHeartbeats(world.house)
  const [hers] = (await row()).attendance
  expect(hers?.seen?.[0]?.counted?.as).toBe('gone')
  expect(counts[1]?.heard).toEqual([])
  world.later(20)
  bodyOf(await clinician.post(`${visit}/end`))

  expect((await stays()).map((s) => [minutes(s.start, s.end), s.by])).toEqual([
    [3, 'by-jitsi-and-page'],
    [5, 'by-jitsi-and-count'],
  ])
  expect(world.log()).toMatch(/"code":"census-fewer".*"count":0/)
})

test('when the count of the visit’s Jitsi is one short, a silent page decides who left; without one the doubt is recorded', async () => {
  const { clinician, patient, visit, id, room, people, send } = await underWay(fallback)
  const before = counts[0]?.heard.length
  rooms[0]?.push({ room_name: `${room}@muc.x`, participants: 2 })
  rooms[1]?.push({ room_name: `${room}@muc.x`, participants: 1 })
  for (const who of people) await send(who)
  await says(patient, visit)
  world.later(9)
  await says(clinician, visit)
  bodyOf(await clinician.post(`${visit}/end`))

  expect((await attendedLines(id)).map(({ code }) => code)).toEqual(['by-jitsi-doubted', 'by-jitsi-and-page'])
  expect(counts[0]?.heard.length).toBe(before)
})

test('when the count is as it was told, everybody was there to the end, although their pages are silent', async () => {
  const { clinician, patient, visit, id, room, people, send } = await underWay()
  rooms[0]?.push({ room_name: `${room}@muc.x`, participants: 2 })
  for (const who of people) await send(who)
  for (const person of [clinician, patient]) await says(person, visit)
  world.later(9)
  bodyOf(await clinician.post(`${visit}/end`))

  expect((await attendedLines(id)).map(({ code }) => code)).toEqual(['by-jitsi', 'by-jitsi'])
})

test('an app that is asked to end first keeps what pages said last, due or not', async () => {
  const { clinician, visit, row } = await underWay()
  await says(clinician, visit)
  await keepHeartbeats(world.house)
  world.later(2)
  await says(clinician, visit)
  await keepHeartbeats(world.house)
  const due = (await row()).attendance[0]?.said

  await keepLastHeartbeats(world.house)

  const { from = '', until = '' } = (await row()).attendance[0]?.said ?? {}
  expect(due?.until).toBe(due?.from)
  expect(minutes(from, until)).toBe(2)
})
