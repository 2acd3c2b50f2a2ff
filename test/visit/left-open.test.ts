// A visit that was left open ends by itself, and says so to whoever looks.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endLeftOpen } from '../../server/house/upkeep.ts'
import type { ClinicianView } from '../../server/wire/wire.ts'
import { eventually } from '../support/eventually.ts'
import { refuses } from '../support/refusals.ts'
import {
  bodyOf,
  doorIdOf,
  inCall,
  inTheCall,
  type Opened,
  placeOf,
  rowIn,
  tokenFor,
  withTokens,
} from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const view = async (call: Opened) => bodyOf<ClinicianView>(await call.clinician.get(call.visit))
/** Time passes with both pages open: nobody's sign-in idles out. */
async function looking(call: Opened, minutes: number): Promise<void> {
  for (let left = minutes; left > 0; left -= 20) {
    world.later(Math.min(20, left))
    bodyOf(await call.clinician.get(call.visit))
    bodyOf(await call.patient.get(call.visit))
  }
}
const eventsOf = async (event: string) => (await world.audit()).filter((line) => line.event === event)

test('a visit that was left open ends by itself, an hour after its booked end and after anybody was seen in its call', async () => {
  const call = await inCall(world)
  const heard = await watch(world, call.patient, `${call.visit}/events`)
  const before = await heard.until(0)
  // Booked for 5 to 20 minutes from now. Somebody is in the call for half an hour.
  await looking(call, 30)
  bodyOf(await inTheCall(call.clinician, call.visit))
  await looking(call, 59)
  await endLeftOpen(world.house)
  expect(await view(call)).toMatchObject({ status: 'in-progress' })
  const seen = world.house.now()

  world.later(2)
  await endLeftOpen(world.house)

  const ended = await view(call)
  expect(ended).toMatchObject({ status: 'finished', endedItselfAt: expect.any(String), finishedAt: expect.any(String) })
  // It was over when the last one was seen there, and nobody claims that it took until now.
  expect(Date.parse(seen) - Date.parse(ended.finishedAt ?? '')).toBeGreaterThan(58 * 60_000)
  await eventually(() => expect(heard.heard.at(-1)).toBeGreaterThan(before))
  heard.stop()
  expect(await placeOf(call.patient, call.visit)).toMatchObject({ at: 'finished' })
  expect((await rowIn(call.clinician, call.appointment))?.visit).toMatchObject({
    ...{ status: 'finished', endedItselfAt: ended.endedItselfAt },
  })
  expect((await eventsOf('visit-ended')).at(-1)).toMatchObject({ code: 'by-itself' })
  expect((await eventsOf('visit-ended')).at(-1)).not.toHaveProperty('who')
  await refuses(world, 'visit-finished', () => tokenFor(call.patient, call.visit))

  // Once, and never again.
  await endLeftOpen(world.house)
  expect((await eventsOf('visit-ended')).length).toBe(1)
})

test('a visit goes on while somebody stands at its door, and until an app that has just started can have been told who is in its call', async () => {
  const call = await withTokens(world)
  bodyOf(await call.clinician.post(`${call.visit}/returns`, { doorId: await doorIdOf(call.clinician, call.visit) }))
  await looking(call, 120)

  await endLeftOpen(world.house)
  expect(await view(call)).toMatchObject({ status: 'in-progress' })

  world.later(1)
  await world.restart()
  world.later(4)
  await endLeftOpen(world.house)
  expect(await view(call)).toMatchObject({ status: 'in-progress' })
  world.later(1)
  await endLeftOpen(world.house)
  expect(await view(call)).toMatchObject({ status: 'finished', endedItselfAt: expect.any(String) })
})
