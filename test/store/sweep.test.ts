// What is kept of people who are gone goes: rows past their time, and what memory holds of pages, open and in the call.
import { expect, onTestFinished, test } from 'vitest'
import type { Instant, VisitId } from '../../server/domain/ids.ts'
import { plus } from '../../server/domain/instant.ts'
import { sweep } from '../../server/house/upkeep.ts'
import { rememberCallPages } from '../../server/outside/memory/call-pages.ts'
import { rememberOpenPages } from '../../server/outside/memory/open-pages.ts'
import { admit, admitted, bodyOf, inCall, visitIdOf } from '../support/visits.ts'
import { openWorld } from '../support/world.ts'

const noon = '2026-03-02T12:00:00.000Z' as Instant
const visit = 'one' as VisitId
const [doctor, ada] = ['Practitioner/1', 'Patient/1'] as const

test('who looks again and again after the end is not remembered once they are gone', async () => {
  const world = await openWorld()
  onTestFinished(() => world.close())
  const { clinician, patient, visit: path } = await inCall(world)
  const { openPages, callPages } = world.house.memory
  for (const person of [clinician, patient]) bodyOf(await person.post(`${path}/presence`, { at: 'in', sees: [] }))
  expect(callPages.inCall(visitIdOf(path), world.house.now())).toHaveLength(2)

  bodyOf(await clinician.post(`${path}/end`))
  for (const person of [clinician, patient, clinician, patient]) bodyOf(await person.get(path))
  const pagesAfter = callPages.inCall(visitIdOf(path), world.house.now())
  const whileHere = openPages.sweep(world.house.now())
  world.later(1)
  await sweep(world.house)

  expect([pagesAfter, whileHere]).toEqual([[], 0])
  expect(world.log()).toMatch(/"event":"sweep","count":2}/)
  expect(openPages.sweep(world.house.now())).toBe(0)
})

test('nor is who was in the call of a visit that was cancelled', async () => {
  const world = await openWorld()
  onTestFinished(() => world.close())
  const { clinician, patient, visit: path, doorId, appointment } = await admitted(world)
  bodyOf(await patient.post(`${path}/presence`, { at: 'door', sees: [] }))
  expect(world.house.memory.callPages.inCall(visitIdOf(path), world.house.now())).toHaveLength(1)
  const kept = world.ehr.resource('Appointment', appointment)
  if (kept) await world.ehr.put({ ...kept, status: 'cancelled' })

  const answer = await admit(clinician, path, doorId)

  expect(answer.code).toBe('appointment-cancelled')
  expect(world.house.memory.callPages.inCall(visitIdOf(path), world.house.now())).toEqual([])
})

test('a page that listens is here however long it says nothing, and is let go once it stopped', () => {
  const openPages = rememberOpenPages()
  const later = plus(noon, 3600)
  const stop = openPages.listening(visit, ada, () => noon)
  openPages.seen(visit, doctor, noon)

  const first = openPages.sweep(later)
  const between = [openPages.here(visit, ada, later), openPages.clinicianHere(visit, later)]
  stop()
  const second = openPages.sweep(later)

  expect([first, between, second, openPages.sweep(later)]).toEqual([1, [true, false], 1, 0])
})

test('a page in a call is kept while a sign-in may last, so that a dead phone is shown as gone, and then let go', () => {
  const callPages = rememberCallPages()
  callPages.told(visit, ada, { at: 'in', sees: ['Dr. Chen'] }, noon)
  const evening = plus(noon, 11 * 3600)
  callPages.told(visit, doctor, { at: 'in', sees: ['Ada'] }, evening)

  const early = callPages.sweep(evening)
  const shown = callPages.inCall(visit, evening)
  const late = callPages.sweep(plus(noon, 12 * 3600))

  expect([early, late, callPages.sweep(plus(noon, 12 * 3600))]).toEqual([0, 1, 0])
  expect(shown).toMatchObject([{ who: ada, at: 'gone', since: noon }, { who: doctor }])
  expect(callPages.sweep(plus(noon, 24 * 3600))).toBe(1)
})
