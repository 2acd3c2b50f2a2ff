// A clinician's day beside very many visits that nobody ever ended: what is over is not read again at every look.
import { expect, test, vi } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { AppointmentId, VisitId } from '../../server/domain/ids.ts'
import { instant } from '../../server/domain/instant.ts'
import type { AppointmentList } from '../../server/wire/wire.ts'
import { bodyOf, inCall, visitIdOf, waiting } from '../support/visits.ts'
import { openWorld } from '../support/world.ts'

const old = 1_000

test('a day reads none of a thousand old visits that were never ended, and shows who waits now', {
  timeout: 120_000,
}, async () => {
  const world = await openWorld()
  const { visits } = world.house
  const called = await inCall(world)
  const left = await visits.get(visitIdOf(called.visit))
  if (left?.status !== 'in-progress') throw new Error('the call is under way')
  const at = instant(world.now() - 10 * 24 * 3_600_000)
  const door = left.call.door.map((one) => ({ ...one, knockedAt: at }))
  const row = { ...left, start: at, end: at, startedAt: at, arrivedAt: at, call: { ...left.call, door } }
  await Promise.all(
    Array.from({ length: old }, (_, n) =>
      // Sound, both: ids are text.
      visits.add({ ...row, id: `old-${n}` as VisitId, appointment: `old-${n}` as AppointmentId }),
    ),
  )
  const now = await waiting(world, { patient: clinic.patients.zoe.reference })
  // Moved away behind everybody's back, so that the EHR's list has it no more.
  const appointment = world.ehr.resource('Appointment', now.appointment)
  const later = new Date(world.now() + 20 * 24 * 3_600_000).toISOString()
  if (appointment) await world.ehr.put({ ...appointment, start: later, end: later })
  const [get, find] = [vi.spyOn(visits, 'get'), vi.spyOn(visits, 'find')]

  const { appointments } = bodyOf<AppointmentList>(await now.clinician.get('/api/appointments'))

  const found = await Promise.all(find.mock.results.map(({ value }) => value as ReturnType<typeof visits.find>))
  expect(appointments.map(({ id }) => id)).toContain(now.appointment)
  expect(found.flat().length).toBeLessThan(20)
  expect(get.mock.calls.length).toBeLessThan(40)
  vi.restoreAllMocks()
  await world.close()
})
