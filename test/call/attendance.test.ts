// Who was there, by the word of Jitsi's server: a visit over HTTP and websocket, from the first joining to the Encounter in the chart.
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { type Jitsi, startJitsi } from '../../sandbox/jitsi/main.ts'
import { periodInCall } from '../../server/domain/visit/time-in-call.ts'
import type { RoomToken } from '../../server/wire/wire.ts'
import { having } from '../support/chart.ts'
import { closeHouse, connect, type House } from '../support/jitsi-visitor.ts'
import type { Person } from '../support/people.ts'
import { bodyOf, file, filingOf, inCall, save, sign, tokenFor, visitIdOf } from '../support/visits.ts'
import { jitsiSecret, openWorld, type World } from '../support/world.ts'

const secret = 'what only the Jitsi of the clinic knows'
let world: World
let jitsi: Jitsi
let house: House
beforeAll(async () => {
  world = await openWorld({ config: having({ jitsiEvents: secret }) })
  jitsi = await startJitsi({
    ...{ issuer: 'housecall', audience: 'jitsi', domain: 'meet.jitsi', secret: jitsiSecret, now: world.now },
    events: { prefix: `${world.url}/jitsi/riverside`, authorization: `Bearer ${secret}` },
  })
  house = { jitsi, secret: jitsiSecret, clock: { now: 0 }, sockets: [] }
})
afterAll(async () => {
  await closeHouse(house)
  await world.close()
})

/** A person at Jitsi with their own room token: inside, or (`lobby`) told to knock. */
async function atJitsi(person: Person, visit: string) {
  const { room, token } = bodyOf<RoomToken>(await tokenFor(person, visit))
  const visitor = await connect(house, token)
  await visitor.heard('connected')
  visitor.say({ type: 'join', room })
  const leave = async () => {
    visitor.socket.close(1000)
    await once(visitor.socket, 'close')
    await expect.poll(() => insideWith(room, visitor)).toBe(false)
    await jitsi.delivered()
  }
  return { ...visitor, leave }
}
const ids = new WeakMap<object, string>()
const insideWith = (room: string, visitor: { socket: object }) =>
  jitsi.rooms().some((r) => r.room === room && r.inside.some(({ id }) => id === ids.get(visitor.socket)))

/** Doctor and patient in the room, the patient let in at Jitsi's lobby too. */
async function together() {
  const both = await inCall(world)
  const doctor = await atJitsi(both.clinician, both.visit)
  ids.set(doctor.socket, seatOf(await doctor.heard('joined')))
  const patient = await atJitsi(both.patient, both.visit)
  await patient.heard('members-only')
  patient.say({ type: 'knock' })
  const { id } = await doctor.heard('knocking')
  await jitsi.delivered()
  doctor.say({ type: 'answer-knock', id, approved: true })
  ids.set(patient.socket, seatOf(await patient.heard('joined')))
  await jitsi.delivered()
  return { ...both, at: { doctor, patient } }
}
const seatOf = (joined: Readonly<Record<string, unknown>>) => (joined.self as { id: string }).id // sound: the sandbox's own message

const kept = async (visit: string) => {
  const row = await world.house.visits.get(visitIdOf(visit))
  if (row === undefined) throw new Error('the visit is kept')
  return row
}
/** Between which instants this was done: a busy machine's second may turn meanwhile. */
async function during(work: () => Promise<void>) {
  const from = world.now()
  await work()
  return { from, until: world.now() }
}
/** The instant is one of these, to the second. */
const within =
  ({ from, until }: Awaited<ReturnType<typeof during>>) =>
  (instant = '') =>
    second(from) <= second(Date.parse(instant)) && second(Date.parse(instant)) <= second(until)
const second = (ms: number) => new Date(Math.floor(ms / 1000) * 1000).toISOString()

test('who leaves the call before the visit ends was there until then: in the row, in the record and in the chart', async () => {
  const visit = await together()
  const [joinedAt] = [world.now()]
  world.later(7)
  const patientLeft = await during(visit.at.patient.leave)
  world.later(2)
  const doctorLeft = await during(visit.at.doctor.leave)
  world.later(3)
  bodyOf(await save(visit.clinician, visit.visit))
  bodyOf(await visit.clinician.post(`${visit.visit}/end`))
  bodyOf(await sign(visit.clinician, visit.visit))
  expect((await filingOf(file(visit.clinician, visit.visit))).state).toBe('filed')

  const row = await kept(visit.visit)
  if (row.status !== 'finished') throw new Error('the visit has ended')
  const [doctor, patient] = row.attendance.map((a) => periodInCall(a, row))
  expect(doctor?.end).toSatisfy(within(doctorLeft))
  expect(patient?.end).toSatisfy(within(patientLeft))
  expect(Date.parse(doctor?.start ?? '')).toBeLessThanOrEqual(joinedAt)
  expect(row.finishedAt > (doctor?.end ?? '')).toBe(true)
  const [encounter] = world.ehr
    .all('Encounter')
    .filter((e) => e.appointment?.[0]?.reference === `Appointment/${visit.appointment}`)
  expect(encounter?.participant?.[0]).toMatchObject({
    individual: { reference: clinic.practitioners.chen.reference },
    period: { end: doctor?.end },
  })
  expect(encounter?.period?.end).toBe(row.finishedAt)
  const lines = (await world.audit()).filter((line) => line.visit === row.id)
  expect(lines.map(({ event }) => event).filter((event) => /call|attended/.test(event))).toEqual(
    expect.arrayContaining(['call-joined', 'call-joined', 'call-left', 'call-left', 'call-closed', 'visit-attended']),
  )
  expect(
    lines.find(({ event, who }) => event === 'visit-attended' && String(who).startsWith('Patient/')),
  ).toMatchObject({
    until: patient?.end,
  })
  expect(world.log()).toMatch(/"event":"call-event".*"code":"left"/)
})

test('a patient whose line drops and who comes back was there all the time between, and the room that closed ended no visit', async () => {
  const visit = await together()
  world.later(3)
  await visit.at.patient.leave()
  await visit.at.doctor.leave()
  expect(jitsi.rooms()).toEqual([])
  expect((await kept(visit.visit)).status).toBe('in-progress')
  world.later(1)
  const doctor = await atJitsi(visit.clinician, visit.visit)
  await doctor.heard('joined')
  await jitsi.delivered()

  bodyOf(await visit.clinician.post(`${visit.visit}/end`))

  const row = await kept(visit.visit)
  if (row.status !== 'finished') throw new Error('the visit has ended')
  const [hers, theirs] = row.attendance
  expect([hers?.seen?.length, theirs?.seen?.length]).toEqual([2, 1])
  expect(hers && periodInCall(hers, row).end).toBe(row.finishedAt)
  expect(theirs && periodInCall(theirs, row).end < row.finishedAt).toBe(true)
})

test('a meeting the clinician ends, which Jitsi tells twice, has ended once in the record', async () => {
  const visit = await together()
  visit.at.doctor.say({ type: 'end' })
  await visit.at.patient.heard('destroyed')
  await jitsi.delivered()

  const row = await kept(visit.visit)
  expect(row.attendance.map(({ seen }) => seen?.map(({ until }) => typeof until))).toEqual([['string'], ['string']])
  const lines = (await world.audit()).filter((line) => line.visit === row.id)
  expect(lines.filter(({ event }) => event === 'call-closed')).toHaveLength(1)
})

test('who waits in Jitsi’s lobby is not there', async () => {
  const both = await inCall(world)
  const patient = await atJitsi(both.patient, both.visit)
  await patient.heard('members-only')
  patient.say({ type: 'knock' })
  await expect.poll(() => jitsi.rooms().flatMap(({ waiting }) => waiting).length).toBe(1)
  await jitsi.delivered()

  expect((await kept(both.visit)).attendance.map(({ seen }) => seen)).toEqual([undefined, undefined])
  patient.socket.terminate()
})

test('word that was lost on the way comes again with the end of the room', async () => {
  const visit = await together()
  await world.restart((c) => ({ ...c, organisations: c.organisations.map(({ jitsiEvents: _, ...o }) => o) }))
  world.later(2)
  const left = await during(visit.at.patient.leave)
  expect((await kept(visit.visit)).attendance[1]?.seen).toMatchObject([{ from: expect.any(String) }])
  expect((await kept(visit.visit)).attendance[1]?.seen?.[0]).not.toHaveProperty('until')

  await world.restart(having({ jitsiEvents: secret }))
  world.later(1)
  await visit.at.doctor.leave()

  expect((await kept(visit.visit)).attendance[1]?.seen?.[0]?.until).toSatisfy(within(left))
})
