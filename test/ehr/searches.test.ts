// Every search that is made in an EHR, and what becomes of sign-in, day, visit and note where it is not answered: what can be done without is
// done without; the look for a note that may have arrived is not, and then a person decides.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import type { AppointmentList } from '../../server/wire/wire.ts'
import { attempt, having, newPatient, notesOf, shown, withEncounter } from '../support/chart.ts'
import { bodyOf, book, file, filingOf, signedAlone } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

/** By type and parameter. `required`: where it is not answered, that is said; nothing is taken to be absent. */
const searches = {
  'PractitionerRole by practitioner': 'optional',
  'Encounter by appointment': 'optional',
  'Encounter by identifier': 'optional',
  'Encounter by patient': 'optional',
  'Appointment by patient': 'optional',
  'Appointment by actor': 'required',
  'DocumentReference by identifier': 'optional',
  'DocumentReference by date': 'optional',
  'DocumentReference by patient': 'required',
} as const
type Search = keyof typeof searches
const all = (of: 'optional' | 'required') => (Object.keys(searches) as Search[]).filter((s) => searches[s] === of) // sound: its own keys

const answers = {
  'answers 500': { status: 500 },
  'answers 501': { status: 501 },
  'answers 403': { status: 403 },
  'answers 400': { status: 400 },
  'answers 200 with an OperationOutcome': { status: 200 },
  'never answers': 'silent',
} as const
type Answer = keyof typeof answers

let world: World
beforeEach(async () => {
  world = await openWorld({ personality: { ...generic, system: [] } })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await world.close()
})

/** Such a search is answered like this. For who is silent nobody is waited for: their clock is over as soon as it begins. */
function answering(search: Search, answer: Answer): void {
  const [type = '', by = ''] = search.split(' by ')
  const how = answers[answer]
  if (how !== 'silent') {
    world.ehr.faults.on('search-refused', { type, by, ...how })
    return
  }
  const really = fetch
  vi.spyOn(globalThis, 'fetch').mockImplementation((to, init) => {
    const url = new URL(String(to))
    const isIt = url.pathname.endsWith(`/${type}`) && url.searchParams.has(by)
    return isIt ? Promise.reject(new DOMException('late', 'TimeoutError')) : really(to, init)
  })
}

const each = (of: 'optional' | 'required') =>
  all(of).flatMap((search) => (Object.keys(answers) as Answer[]).map((answer) => [search, answer] as const)) // sound: its own keys

describe('a search that can be done without', () => {
  test.each(each('optional'))('of %s, which %s, keeps nobody from sign-in, visit and note', async (search, answer) => {
    const { chen } = clinic.practitioners
    const patient = await newPatient(world)
    const appointment = await book(world, { patient })
    answering(search, answer)

    const walked = await signedAlone(world, {
      patient,
      appointment,
      clinician: await world.signIn({ user: chen.reference }),
    })
    const { appointments } = bodyOf<AppointmentList>(await walked.clinician.get('/api/appointments'))
    const filing = await attempt(walked)

    expect(appointments.map(({ id }) => id)).toContain(appointment)
    expect(filing).toMatchObject({ state: 'filed', appointment: 'fulfilled' })
    expect(notesOf(world, patient)).toHaveLength(1)
  })

  test.each(each('optional'))(
    'of %s, which %s, makes no second note of one whose answer was lost',
    async (search, answer) => {
      const whose = await withEncounter(world)
      const walked = await signedAlone(world, whose)
      world.ehr.faults.on('cut-after-write', { type: 'DocumentReference', times: 1 })
      expect(await attempt(walked)).toMatchObject({ state: 'unknown' })
      answering(search, answer)

      expect(await attempt(walked)).toMatchObject({ state: 'filed' })
      expect(notesOf(world, whose.patient)).toHaveLength(1)
    },
  )
})

describe('the search for a clinician’s Appointments', () => {
  test.each(Object.keys(answers) as Answer[])(
    'that %s is said to have failed: no day is shown empty',
    async (answer) => {
      const clinician = await world.signIn({ user: clinic.practitioners.chen.reference })
      answering('Appointment by actor', answer)

      const { status, code } = await clinician.get('/api/appointments')

      expect([status >= 400, code]).toEqual([true, expect.stringMatching(/^ehr-/)])
    },
  )
})

describe('the look for a note that may have arrived', () => {
  test.each(Object.keys(answers) as Answer[])(
    'that %s leaves it to a person, and is never taken for its absence',
    async (answer) => {
      const patient = await newPatient(world)
      const walked = await signedAlone(world, { patient })
      world.ehr.faults.on('cut-before-write', { type: 'DocumentReference', times: 1 })
      expect(await attempt(walked)).toMatchObject({ state: 'unknown' })
      answering('DocumentReference by patient', answer)
      world.later(6)

      expect((await file(walked.clinician, walked.visit)).code).toBe('filing-unknown')
      expect(await shown(walked)).toMatchObject({ state: 'unknown' })
      expect(notesOf(world, patient)).toHaveLength(0)

      const again = walked.clinician.post(`${walked.visit}/note/filing`, { sendAgain: true })
      expect(await filingOf(again)).toMatchObject({ state: 'filed' })
      expect(notesOf(world, patient)).toHaveLength(1)
    },
  )
})

describe('an Encounter that could not be looked for', () => {
  const strict = having({ policies: { notesWithoutEncounter: false } })

  test.each([500, 403, 501, 200])('is made (%i): no note goes without one where none may', async (status) => {
    const own = await openWorld({ config: strict })
    const patient = await newPatient(own)
    const walked = await signedAlone(own, { patient })
    own.ehr.faults.on('search-refused', { type: 'Encounter', status })

    expect(await attempt(walked)).toMatchObject({ state: 'filed', encounter: expect.any(String) })
    expect(own.ehr.all('Encounter').filter((e) => e.subject?.reference === patient)).toHaveLength(1)
    await own.close()
  })

  test.each([
    ['goes without', true, { state: 'filed' }],
    ['waits, where it may not', false, { state: 'not-filed', why: 'ehr-failed' }],
  ] as const)(
    'is not made again where the EHR would not know it again: the note %s',
    async (_does, notesWithoutEncounter, is) => {
      const personality = { ...generic, system: [], conditionalCreate: false }
      const own = await openWorld({ personality, config: having({ policies: { notesWithoutEncounter } }) })
      const patient = await newPatient(own)
      const walked = await signedAlone(own, { patient })
      own.ehr.faults.on('cut-after-write', { type: 'Encounter', times: 1 })
      expect(await attempt(walked)).toMatchObject({ state: 'unknown' })
      expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'not-arrived' })
      own.ehr.faults.on('search-refused', { type: 'Encounter', by: 'identifier', status: 500 })
      own.ehr.faults.on('fhir-403', { type: 'Encounter', method: 'GET', times: 1 })

      expect(await attempt(walked)).toMatchObject(is)
      expect(own.ehr.all('Encounter').filter((e) => e.subject?.reference === patient)).toHaveLength(1)
      await own.close()
    },
  )

  test('and is read no more once it was found still bears the note, and is left as it is', async () => {
    const { registered, ...whose } = await withEncounter(world)
    const walked = await signedAlone(world, whose)
    world.ehr.faults.on('fhir-500', { type: 'Encounter', id: registered.split('/')[1] ?? '', method: 'GET' })

    expect(await attempt(walked)).toMatchObject({ state: 'filed', encounter: registered })
  })
})

test('a policy that closes Encounters to this client lets the note go in, and fulfils the Appointment', async () => {
  const patient = await newPatient(world)
  world.ehr.faults.on('fhir-403', { type: 'Encounter' })

  expect(await attempt(await signedAlone(world, { patient }))).toMatchObject({
    state: 'filed',
    appointment: 'fulfilled',
  })
  expect(notesOf(world, patient)).toHaveLength(1)
})

test('the table has every search there is in the code', () => {
  const files = readdirSync('server', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const types = new Set(Object.keys(searches).map((search) => search.split(' ')[0]))
  const text = files.map((name) => readFileSync(join('server', name), 'utf8')).join('\n')
  const found = [
    ...text.matchAll(
      /(?:\.search|lookThrough|search|lookFor(?:Patient)?)\(\s*(?:[a-z]+,\s*'find[A-Za-z]+',\s*)?'([A-Z][A-Za-z]+)'/g,
    ),
  ]

  expect([...new Set(found.map(([, type]) => type))].sort()).toEqual([...types].sort())
})
