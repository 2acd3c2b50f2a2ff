// A clinician says once how late she is: whoever waits for her reads it with the time, nobody else does, and it runs out.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { rememberLateWords } from '../../server/outside/memory/late-words.ts'
import type { Instant, LateWord } from '../../server/wire/wire.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf, placeOf, waiting } from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, practitioners } = clinic

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

test('all who wait for her hear at once that she is late, and read when she said so; who waits for another does not', async () => {
  const one = await waiting(world)
  const two = await waiting(world, { patient: patients.zoe.reference })
  const other = await waiting(world, {
    ...{ patient: patients.noor.reference, practitioner: practitioners.okafor.reference },
    clinicianUser: practitioners.okafor.reference,
  })
  const heard = await watch(world, two.patient, `${two.visit}/events`)

  const { late } = bodyOf<LateWord>(await one.clinician.post('/api/late', { minutes: 10 }))

  expect(late).toEqual({ minutes: 10, at: expect.any(String) })
  for (const { patient, visit } of [one, two]) expect(await placeOf(patient, visit)).toMatchObject({ at: 'door', late })
  expect(await placeOf(other.patient, other.visit)).not.toHaveProperty('late')
  expect(bodyOf<LateWord>(await two.clinician.get('/api/late'))).toEqual({ late })
  expect((await world.audit()).findLast(({ event }) => event === 'late-said')).toMatchObject({ code: 'minutes-10' })
  heard.stop()

  bodyOf(await one.clinician.post('/api/late', { minutes: 0 }))
  expect(await placeOf(two.patient, two.visit)).not.toHaveProperty('late')
})

test('it is a clinician’s to say, and minutes of some number', async () => {
  const { clinician, patient } = await waiting(world)
  await refuses(world, 'clinician-only', () => patient.post('/api/late', { minutes: 10 }))
  for (const minutes of [-1, 1.5, 121, '10', null])
    await refuses(world, 'bad-request', () => clinician.post('/api/late', { minutes }))
})

describe('a word', () => {
  const at = (time: string) => `2026-11-30T${time}:00.000Z` as Instant // sound: an instant

  test('holds until a quarter of an hour after its minutes, the last one of them', () => {
    const words = rememberLateWords()
    words.say(['o a', 'o b'], 10, at('15:00'))
    words.say(['o b'], 30, at('15:05'))

    expect(words.of(['o a'], at('15:24'))).toEqual({ minutes: 10, at: at('15:00') })
    expect(words.of(['o a'], at('15:25'))).toBeUndefined()
    expect(words.of(['o a', 'o b'], at('15:10'))).toEqual({ minutes: 30, at: at('15:05') })
    expect(words.of(['p a'], at('15:10'))).toBeUndefined()
    expect([words.sweep(at('15:26')), words.sweep(at('15:26'))]).toEqual([1, 0])
  })
})
