// A window of its own that was opened by its address alone asks whose sign-in it is: the key tells, unspent, and the looking is written down.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { HandedOver, HandOverOf } from '../../server/wire/wire.ts'
import { ask, type Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, practitioners } = clinic

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const keyOf = async (person: Person) =>
  new URL(bodyOf<HandedOver>(await person.post('/api/hand-overs', {})).url).hash.slice(1)
const send = (path: 'looked' | 'taken', key: string, origin = world.url) =>
  ask(world.url, `/hand-overs/${path}`, { method: 'post', headers: { Origin: origin }, body: { key } })

test.each([
  ['clinician', { user: practitioners.chen.reference }, practitioners.chen.name],
  ['patient', { user: patients.margaret.reference }, patients.margaret.name],
] as const)('the key of a %s tells whose it is, and is still good afterwards', async (role, launch, name) => {
  const person = await world.signIn(launch)
  const key = await keyOf(person)

  const answer = await send('looked', key)

  expect(bodyOf<HandOverOf>(answer)).toEqual({ name, role, organisation: 'Riverside Family Clinic' })
  expect([answer.headers['cache-control'], answer.headers['set-cookie']]).toEqual(['no-store', undefined])
  expect((await world.audit()).at(-1)).toMatchObject({ event: 'hand-over-looked', outcome: 'success', role })
  expect((await send('taken', key)).status).toBe(200)
})

test('a key that is spent, guessed, too late or no key at all tells nothing, and a try is written down', async () => {
  const person = await world.signIn({ user: practitioners.chen.reference })
  const spent = await keyOf(person)
  bodyOf(await send('taken', spent))

  await refuses(world, 'hand-over-unknown', () => send('looked', spent))
  expect((await world.audit()).at(-1)).toMatchObject({ event: 'hand-over-taken', outcome: 'refused' })
  await refuses(world, 'hand-over-unknown', () => send('looked', `${spent.split('.')[0]}.guessed`))
  await refuses(world, 'session-ended', () => send('looked', 'nobody.nothing'))
  const late = await keyOf(person)
  world.later(2)
  await refuses(world, 'hand-over-unknown', () => send('looked', late))
  await refuses(world, 'origin-refused', () => send('looked', late, 'https://elsewhere.example'))
})

test('the page that was opened by its address knows that it must ask; one that our own page opened need not', async () => {
  const page = async (site?: string) =>
    (await ask(world.url, '/hand-over.html', { headers: site === undefined ? {} : { 'Sec-Fetch-Site': site } })).text

  const asks = [await page('none'), await page(), await page('same-origin')].map((text) =>
    text.includes('data-opened="by-address"'),
  )

  expect(asks).toEqual([true, true, false])
})
