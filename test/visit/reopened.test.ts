// A visit that has ended is opened again: another room, an empty door, the same note.
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { ClinicianView, NoteView, PatientView, RoomToken } from '../../server/wire/wire.ts'
import { refuses } from '../support/refusals.ts'
import {
  admit,
  amended,
  amendedSoap,
  bodyOf,
  doorIdOf,
  file,
  inCall,
  inTheCall,
  knock,
  opened,
  placeOf,
  save,
  say,
  sign,
  tokenFor,
} from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const { practitioners } = clinic

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const roomIn = ({ token }: RoomToken) => decodeJwt(token).room

test('an ended visit that is opened again has another room, lets everybody in anew, and its note is amended', async () => {
  const { clinician, patient, visit } = await inCall(world)
  const old = bodyOf<RoomToken>(await tokenFor(patient, visit))
  bodyOf(await save(clinician, visit))
  bodyOf(await clinician.post(`${visit}/end`))
  bodyOf(await sign(clinician, visit))
  expect(bodyOf<NoteView>(await file(clinician, visit)).filing).toMatchObject({ state: 'filed' })

  const again = bodyOf<ClinicianView>(await clinician.post(`${visit}/reopening`))

  expect(again).toMatchObject({ status: 'in-progress', door: [], reopenedAt: expect.any(String) })
  expect(await placeOf(patient, visit)).toMatchObject({ at: 'outside', window: 'open' })
  await refuses(world, 'not-admitted', () => tokenFor(patient, visit))
  const hers = bodyOf<RoomToken>(await tokenFor(clinician, visit))
  expect(roomIn(hers)).not.toBe(roomIn(old))

  bodyOf(await knock(patient, visit))
  bodyOf(await admit(clinician, visit, await doorIdOf(clinician, visit)))
  expect(roomIn(bodyOf<RoomToken>(await tokenFor(patient, visit)))).toBe(roomIn(hers))
  bodyOf(await inTheCall(patient, visit))
  bodyOf(await clinician.post(`${visit}/end`))
  await amended({ clinician, visit }, amendedSoap)
  expect(bodyOf<NoteView>(await file(clinician, visit)).filing).toMatchObject({ state: 'filed' })
  // One note, which the second text has taken the place of.
  const events = (await world.audit()).map(({ event }) => event)
  expect(events.filter((event) => event === 'visit-ended' || event === 'visit-reopened')).toEqual([
    ...['visit-ended', 'visit-reopened', 'visit-ended'],
  ])
})

test('twice is once, and what never began, ended long ago, or was told to the chart stays as it is', async () => {
  const planned = await opened(world)
  await refuses(world, 'visit-not-started', () => planned.clinician.post(`${planned.visit}/reopening`))
  await refuses(world, 'clinician-only', () => planned.patient.post(`${planned.visit}/reopening`))

  const missed = await opened(world, { startsInMinutes: -20 })
  bodyOf(await say(missed.clinician, missed.visit, 'did-not-come'))
  await refuses(world, 'outcome-kept', () => missed.clinician.post(`${missed.visit}/reopening`))

  const call = await inCall(world)
  bodyOf(await call.clinician.post(`${call.visit}/end`))
  const { finishedAt = '', reopensUntil = '' } = bodyOf<ClinicianView>(await call.clinician.get(call.visit))
  expect(Date.parse(reopensUntil) - Date.parse(finishedAt)).toBe(12 * 3_600_000)
  const { reopenedAt } = bodyOf<ClinicianView>(await call.clinician.post(`${call.visit}/reopening`))
  world.later(1)
  expect(bodyOf<ClinicianView>(await call.clinician.post(`${call.visit}/reopening`))).toMatchObject({ reopenedAt })
  bodyOf(await call.clinician.post(`${call.visit}/end`))
  world.later(11 * 60 + 45)
  const late = await world.signIn({ user: practitioners.chen.reference, appointment: call.appointment })
  await late.post('/api/visits', { appointment: call.appointment })
  world.later(14)
  const view = bodyOf<PatientView | ClinicianView>(await late.get(call.visit))
  expect(view).toMatchObject({ status: 'finished' })
  world.later(2)
  await refuses(world, 'appointment-past', () => late.post(`${call.visit}/reopening`))
})
