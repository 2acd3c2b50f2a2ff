// The clinician's day is told at once of each change of a note that it shows, and of none that it does not show.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AppointmentList } from '../../server/wire/wire.ts'
import { eventually } from '../support/eventually.ts'
import { amendedSoap, bodyOf, file, inCall, save, sign } from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

test('begun, signed and in the chart are told to the day; more of its text is not', async () => {
  const { clinician, visit } = await inCall(world)
  bodyOf(await clinician.post(`${visit}/end`))
  const herDay = await watch(world, clinician, '/api/events')
  const told = herDay.besides
  const shown = async () => {
    const list = bodyOf<AppointmentList>(await clinician.get('/api/appointments'))
    return list.appointments.find((one) => visit.endsWith(one.visit?.id ?? '-'))?.visit?.note
  }
  const toldBy = async (act: () => Promise<unknown>, shows: string) => {
    const before = told()
    await act()
    await eventually(() => expect(told()).toBeGreaterThan(before))
    expect(await shown()).toBe(shows)
  }

  await toldBy(async () => bodyOf(await save(clinician, visit)), 'preliminary')
  const before = told()
  bodyOf(await save(clinician, visit, 1, amendedSoap))
  await toldBy(async () => bodyOf(await sign(clinician, visit, 2)), 'final')
  expect(told()).toBe(before + 1)
  await toldBy(async () => bodyOf(await file(clinician, visit)), 'filed')
  herDay.stop()
})
