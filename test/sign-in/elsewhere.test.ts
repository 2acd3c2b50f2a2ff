// People see how often they are signed in, and end it everywhere but here. It is theirs alone: another person, EHR or clinic is untouched.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { OtherSignIns } from '../../server/wire/wire.ts'
import { eventually } from '../support/eventually.ts'
import type { Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf } from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, practitioners } = clinic
const [chen, margaret] = [practitioners.chen.reference, patients.margaret.reference]

let world: World
beforeAll(async () => {
  world = await openWorld({ organisations: ['riverside', 'harbor'] })
})
afterAll(() => world.close())

const others = async (person: Person) => bodyOf<OtherSignIns>(await person.get('/api/sign-ins')).others
const lasts = async (person: Person) => (await person.get('/api/me')).status === 200

test('a person ends their sign-ins everywhere else, and nobody’s beside', async () => {
  const here = await world.signIn({ user: chen })
  const [tab, phone] = [await world.signIn({ user: chen }), await world.signIn({ user: chen })]
  const elsewhere = await world.signIn({ user: chen }, world.ehrs[1]) // the same reference at another clinic's EHR
  const patient = await world.signIn({ user: margaret })
  const stream = await watch(world, tab, '/api/events')
  const before = [await others(here), await others(patient), await others(elsewhere)]

  const answer = await here.post('/api/sign-ins/end')

  expect(before).toEqual([2, 0, 0])
  expect([answer.status, bodyOf<OtherSignIns>(answer), await others(here)]).toEqual([200, { others: 0 }, 0])
  for (const gone of [tab, phone]) await refuses(world, 'session-ended', () => gone.get('/api/me'))
  await eventually(() => expect(stream.ended()).toBe(true))
  expect([await lasts(here), await lasts(elsewhere), await lasts(patient)]).toEqual([true, true, true])
  const ending = (await world.audit()).filter(({ event }) => event === 'sign-in-ended')
  expect(ending).toEqual(
    [1, 2].map(() => expect.objectContaining({ who: chen, code: 'by-person', outcome: 'success' })),
  )
})

test('one that has idled out is not counted any more, and a patient has theirs as well', async () => {
  const old = await world.signIn({ user: margaret })
  world.later(31)
  const here = await world.signIn({ user: margaret })

  expect([await others(here), await lasts(old)]).toEqual([0, false])
  const tab = await world.signIn({ user: margaret })
  bodyOf(await here.post('/api/sign-ins/end'))
  expect([await lasts(here), await lasts(tab)]).toEqual([true, false])
})

test('only who is signed in may ask, from our own page', async () => {
  const person = await world.signIn({ user: chen })

  await refuses(world, 'origin-refused', () =>
    person.post('/api/sign-ins/end', {}, { Origin: 'https://elsewhere.example' }),
  )
  await person.post('/api/sign-out')
  await refuses(world, 'session-ended', () => person.get('/api/sign-ins'))
})
