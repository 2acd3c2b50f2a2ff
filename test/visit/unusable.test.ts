// Whoever waits for an Appointment by which nobody can be let in reads so, and whether their clinician has been told: never more than is known.
import type { Appointment } from 'fhir/r4'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AppointmentList } from '../../server/wire/wire.ts'
import { changeAppointment } from '../support/appointment.ts'
import { eventually } from '../support/eventually.ts'
import { admit, bodyOf, placeOf, visitIdOf, waiting } from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const put = (id: string, change: Partial<Appointment>) => changeAppointment(world, id, change)
const odd = { status: 'waitlist' } as const
const whole = { status: 'booked' } as const

type Both = Awaited<ReturnType<typeof waiting>>
const seenBy = async ({ patient, visit }: Both) => {
  const place = await placeOf(patient, visit)
  return place.at === 'door' ? (place.unusable ?? 'nothing') : place.at
}

describe('who waits for an Appointment that lacks something', () => {
  test('reads nothing of it before anybody has read it', async () => {
    const both = await waiting(world)
    await put(both.appointment, odd)

    expect(await seenBy(both)).toBe('nothing')
  })

  test('reads that nobody has been told where only their own asking had it read, and their page hears of it', async () => {
    const both = await waiting(world)
    const theirs = await watch(world, both.patient, `${both.visit}/events`)
    const { revision = 0 } = (await world.house.visits.get(visitIdOf(both.visit))) ?? {}
    await put(both.appointment, odd)
    world.later(6)

    await both.patient.get(both.visit)

    await theirs.until(revision + 1)
    theirs.stop()
    await eventually(async () => expect(await seenBy(both)).toBe('untold'))
  })

  const tellings: Readonly<Record<string, (both: Both) => Promise<unknown>>> = {
    'looks at her day': ({ clinician }) => clinician.get('/api/appointments'),
    'opens the visit': ({ clinician, appointment }) => clinician.post('/api/visits', { appointment }),
    'lets them in': ({ clinician, visit, doorId }) => admit(clinician, visit, doorId),
  }

  test.each(Object.entries(tellings))('reads that the clinician has been told once she %s', async (_what, tell) => {
    const both = await waiting(world)
    await put(both.appointment, odd)

    await tell(both)

    expect(await seenBy(both)).toBe('told')
  })

  test.each([
    ...Object.entries(tellings).filter(([what]) => what !== 'lets them in'),
    [
      'reads it in the background',
      async ({ clinician, visit }: Both) => {
        world.later(6)
        await clinician.get(visit)
      },
    ] as const,
  ])('reads of it no more once it is whole again and she %s', async (_what, look) => {
    const both = await waiting(world)
    await put(both.appointment, odd)
    bodyOf<AppointmentList>(await both.clinician.get('/api/appointments'))
    await put(both.appointment, whole)

    await look(both)

    await eventually(async () => expect(await seenBy(both)).toBe('nothing'))
  })

  test('is let in once it is whole again, and the visit says nothing of it any more', async () => {
    const both = await waiting(world)
    await put(both.appointment, odd)
    await admit(both.clinician, both.visit, both.doorId)
    await put(both.appointment, whole)

    bodyOf(await admit(both.clinician, both.visit, both.doorId))

    expect(await seenBy(both)).toBe('admitted')
    expect((await world.house.visits.get(visitIdOf(both.visit)))?.unusable).toBeUndefined()
  })
})
