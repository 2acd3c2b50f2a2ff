// The clinician's list around the clinic's midnight: who works then has one night before them, not two days.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { dayBounds, instant, secondsBetween } from '../../server/domain/instant.ts'
import type { AppointmentList } from '../../server/wire/wire.ts'
import { bodyOf, book } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const { practitioners, timeZone } = clinic

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

test('what began before midnight and what comes soon after it are both on the list', async () => {
  const now = instant(Date.now())
  const midnight = Math.ceil(secondsBetween(now, dayBounds(now, timeZone).until) / 60)
  const before = await book(world, { startsInMinutes: midnight - 20 })
  const after = await book(world, { startsInMinutes: midnight + 20 })
  const tomorrow = await book(world, { startsInMinutes: midnight + 12 * 60 })

  for (const minutes of [midnight - 10, 20]) {
    world.later(minutes)
    const clinician = await world.signIn({ user: practitioners.chen.reference })
    const { appointments } = bodyOf<AppointmentList>(await clinician.get('/api/appointments'))
    const listed = appointments.map(({ id }) => String(id))

    expect(listed).toEqual(expect.arrayContaining([before, after]))
    if (minutes === midnight - 10) expect(listed).not.toContain(tomorrow)
  }
})
