// A clinician says that she will be right back: who is in the call reads it, since when, and for no longer than her own page says so.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { CallView, Pulse } from '../../server/wire/wire.ts'
import { eventually } from '../support/eventually.ts'
import type { Person } from '../support/people.ts'
import { bodyOf, withTokens } from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

const { practitioners } = clinic

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const told = async (person: Person, visit: string, said: Partial<Pulse> = {}) =>
  bodyOf<CallView>(await person.post(`${visit}/presence`, { at: 'in', sees: [], ...said }))
const others = async (person: Person, visit: string) => (await told(person, visit)).others

test('who is in the call reads that she will be right back and since when, until she says that she is back', async () => {
  const { clinician, patient, visit } = await withTokens(world)
  const { seat } = await told(clinician, visit)
  expect((await others(patient, visit))[0]).not.toHaveProperty('awaySince')

  const first = await told(clinician, visit, { seat, away: {} })
  world.later(0.2)
  const since = { ...(first.awaySince && { since: first.awaySince }) }
  const second = await told(clinician, visit, { seat, away: since })

  expect(second.awaySince).toBe(since.since)
  expect(await others(patient, visit)).toMatchObject([
    { name: practitioners.chen.name, at: 'in', awaySince: since.since },
  ])
  await told(clinician, visit, { seat })
  expect((await others(patient, visit))[0]).not.toHaveProperty('awaySince')
})

test('it ends with the hang-up, with another page of hers, and with a page that is silent', async () => {
  const { clinician, patient, visit } = await withTokens(world)
  const away = async () => {
    const { seat } = await told(clinician, visit)
    await told(clinician, visit, { seat, away: {} })
    expect((await others(patient, visit))[0]).toHaveProperty('awaySince')
    return seat
  }

  await told(clinician, visit, { seat: await away(), at: 'out' })
  expect(await others(patient, visit)).toMatchObject([{ at: 'gone' }])
  expect((await others(patient, visit))[0]).not.toHaveProperty('awaySince')

  await away()
  // She has the call on another page now.
  await told(clinician, visit)
  expect((await others(patient, visit))[0]).not.toHaveProperty('awaySince')

  await away()
  world.later(1)
  expect(await others(patient, visit)).toMatchObject([{ at: 'gone' }])
  expect((await others(patient, visit))[0]).not.toHaveProperty('awaySince')
})

test('an app that was started anew hears it again from her page, with the same beginning, and never one to come', async () => {
  const { clinician, patient, visit } = await withTokens(world)
  const since = world.house.now()
  world.later(2)

  // Its memory knows nothing of her yet.
  const { awaySince } = await told(clinician, visit, { away: { since } })

  expect(awaySince).toBe(since)
  expect((await others(patient, visit))[0]).toMatchObject({ awaySince: since })
  const ahead = new Date(world.now() + 3_600_000).toISOString()
  const { seat, awaySince: clamped } = await told(clinician, visit, { away: { since: ahead } } as Partial<Pulse>)
  expect(clamped !== undefined && clamped <= world.house.now()).toBe(true)
  const { status } = await clinician.post(`${visit}/presence`, { seat, at: 'in', sees: [], away: { since: 'soon' } })
  expect(status).toBe(400)
})

test('the patient’s page is told at once to ask, once for each word, and a patient says nothing of the kind', async () => {
  const { clinician, patient, visit } = await withTokens(world)
  const { seat } = await told(clinician, visit)
  const heard = await watch(world, patient, `${visit}/events`)
  await heard.until(0)
  const times = heard.besides
  const before = times()

  const { awaySince } = await told(clinician, visit, { seat, away: {} })
  await eventually(() => expect(times()).toBe(before + 1))
  await told(clinician, visit, { seat, away: { ...(awaySince && { since: awaySince }) } })
  await told(clinician, visit, { seat })
  await eventually(() => expect(times()).toBe(before + 2))
  await told(patient, visit, { away: {} })

  expect(times()).toBe(before + 2)
  expect((await others(clinician, visit))[0]).not.toHaveProperty('awaySince')
  heard.stop()
})
