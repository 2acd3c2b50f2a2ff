// When a recording is over: by the word of those who see it, with its room, and with its visit; each end is written down once.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { withCall } from '../../server/domain/visit/visit.ts'
import type { ClinicianView } from '../../server/wire/wire.ts'
import { having } from '../support/chart.ts'
import { ask, type Person } from '../support/people.ts'
import { bodyOf, inCall, open, tokenFor, visitIdOf } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const okafor = clinic.practitioners.okafor.reference
const secret = 'what only the Jitsi of the clinic knows'
let world: World
beforeAll(async () => {
  world = await openWorld({ config: having({ jitsiEvents: secret }) })
})
afterAll(() => world.close())

const tells = async (person: Person, visit: string, running: boolean) =>
  bodyOf<ClinicianView>(await person.post(`${visit}/recording/state`, { running }))
const says = async (person: Person, visit: string, at: 'in' | 'out') =>
  bodyOf(await person.post(`${visit}/presence`, { at, sees: [] }))
const lines = async (visit: string, of: RegExp) =>
  (await world.audit()).filter((line) => line.visit === visitIdOf(visit) && of.test(line.event))
const recordings = async (visit: string) => (await lines(visit, /^recording-/)).map(({ event }) => event)

/** Two clinicians in one visit, both pages in the call. */
async function twoClinicians() {
  const both = await inCall(world)
  const before = world.ehr.resource('Appointment', both.appointment) ?? expect.fail('no such Appointment')
  const colleagues = { actor: { reference: okafor }, status: 'accepted' as const }
  await world.ehr.put({ ...before, participant: [...before.participant, colleagues] })
  const colleague = await world.signIn({ user: okafor, appointment: both.appointment })
  await open(colleague, both.appointment)
  bodyOf(await tokenFor(colleague, both.visit))
  for (const person of [both.clinician, colleague]) await says(person, both.visit, 'in')
  return { ...both, colleague }
}

const roomClosed = async (room: string, destroyedAt: number) => {
  const body = {
    ...{ event_name: 'muc-room-destroyed', room_name: room, all_occupants: {} },
    ...{ created_at: destroyedAt - 60, destroyed_at: destroyedAt },
  }
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret}` }
  expect((await ask(world.url, '/jitsi/riverside/events', { method: 'post', body, headers })).status).toBe(204)
}

test('a page whose frame is dead sees no recording, and is not believed while one that sees it is in the call', async () => {
  const { clinician, colleague, visit } = await twoClinicians()
  const began = (await tells(clinician, visit, true)).recordedSince
  const { revision } = (await world.house.visits.get(visitIdOf(visit))) ?? expect.fail('the visit is kept')

  for (const _ of [1, 2, 3]) {
    expect((await tells(colleague, visit, false)).recordedSince).toBe(began)
    await tells(clinician, visit, true)
  }

  expect(await recordings(visit)).toEqual(['recording-started'])
  expect((await world.house.visits.get(visitIdOf(visit)))?.revision).toBe(revision)
})

test('a recording runs until nobody is left who says so', async () => {
  const { clinician, colleague, visit } = await twoClinicians()
  const began = (await tells(clinician, visit, true)).recordedSince
  await tells(colleague, visit, true)

  const still = await tells(clinician, visit, false)
  const over = await tells(colleague, visit, false)

  expect([still.recordedSince, over.recordedSince]).toEqual([began, undefined])
  expect(await recordings(visit)).toEqual(['recording-started', 'recording-stopped'])
})

test('a recording that one page alone reported ends by another page’s word once that page has gone', async () => {
  const { clinician, colleague, visit } = await twoClinicians()
  await tells(clinician, visit, true)
  await says(clinician, visit, 'out')

  const over = await tells(colleague, visit, false)

  expect(over.recordedSince).toBeUndefined()
  expect(await recordings(visit)).toEqual(['recording-started', 'recording-stopped'])
})

test('a recording of which is not kept who reported it ends by any page’s word', async () => {
  const { clinician, visit } = await inCall(world)
  await tells(clinician, visit, true)
  await world.house.visits.change(visitIdOf(visit), (v) =>
    'call' in v && v.call.recorded ? withCall(v, { recorded: { ...v.call.recorded, by: [] } }) : v,
  )

  expect((await tells(clinician, visit, false)).recordedSince).toBeUndefined()
})

test('a room that is closed ends the recording in it, at the time it was closed, and is written once though told twice', async () => {
  const { clinician, patient, visit, room } = await inCall(world)
  const from = (await tells(clinician, visit, true)).recordedSince
  world.later(10)
  const destroyedAt = Math.floor(world.now() / 1000) - 30

  await roomClosed(room, destroyedAt)
  await roomClosed(room, destroyedAt)

  expect(bodyOf<ClinicianView>(await patient.get(visit)).recordedSince).toBeUndefined()
  expect((await lines(visit, /^recording-/)).slice(1)).toMatchObject([
    {
      ...{ event: 'recording-stopped', outcome: 'success', code: 'room-closed' },
      ...{ from, until: new Date(destroyedAt * 1000).toISOString() },
    },
  ])
  bodyOf(await clinician.post(`${visit}/end`))
  expect(await recordings(visit)).toHaveLength(2)
})

test('a recording in a visit that was ended days too late lasted no longer than the visit', async () => {
  const { clinician, visit, appointment } = await inCall(world)
  await tells(clinician, visit, true)
  world.later(3 * 24 * 60)
  const again = await world.signIn({ user: clinic.practitioners.chen.reference, appointment })
  await open(again, appointment)
  bodyOf(await again.post(`${visit}/end`))

  const row = await world.house.visits.get(visitIdOf(visit))
  const [, stopped] = await lines(visit, /^recording-/)
  expect(row?.status === 'finished' && stopped?.until === row.finishedAt).toBe(true)
})

test('a visit that is ended by two pages in the same moment, and once more, ended once', async () => {
  const { clinician, visit } = await inCall(world)
  await tells(clinician, visit, true)

  for (const answer of await Promise.all([1, 2, 3].map(() => clinician.post(`${visit}/end`)))) bodyOf(answer)
  bodyOf(await clinician.post(`${visit}/end`))

  const written = (await lines(visit, /^(visit-|recording-)/)).map(({ event }) => event)
  expect(written.sort()).toEqual([
    ...['recording-started', 'recording-stopped'],
    ...['visit-attended', 'visit-attended', 'visit-ended'],
  ])
})
