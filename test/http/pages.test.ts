// Which page a browser gets behind a launch: that of its side, and nobody else's.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, personAt } from '../support/people.ts'
import { bodyOf, opened } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const titleAt = async (person: Person, path = '') => /<title>(.*) page/.exec((await person.get(path)).text)?.[1]

test('a clinician and a patient get the pages of their sides, wherever in the launch they are', async () => {
  const { clinician, patient, visit } = await opened(world)

  expect(await Promise.all(['', '/ehr', visit.replace('/api', '')].map((path) => titleAt(clinician, path)))).toEqual(
    Array(3).fill('clinician’s'),
  )
  expect(await Promise.all(['', visit.replace('/api', '')].map((path) => titleAt(patient, path)))).toEqual(
    Array(2).fill('patient’s'),
  )
})

test('whoever is not signed in gets the same page for a clinician’s launch as for none at all', async () => {
  const { clinician } = await opened(world)
  const stranger = personAt(world.url, clinician.home, 'housecall=guessed')
  const nobody = personAt(world.url, '/v/made-up', clinician.cookie)
  const before = await titleAt(clinician)
  bodyOf(await clinician.post('/api/sign-out'))

  expect([before, ...(await Promise.all([stranger, nobody, clinician].map((one) => titleAt(one))))]).toEqual([
    'clinician’s',
    ...Array(3).fill('patient’s'),
  ])
})
