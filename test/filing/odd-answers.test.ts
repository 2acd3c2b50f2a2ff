// What an EHR may say when it has taken the note: an outcome instead of it, 202, or nothing. It is filed when its id is known, and never before.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import { attempt, writes } from '../support/chart.ts'
import { refuses } from '../support/refusals.ts'
import { file, signedAlone } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const oneByOne = { ...generic, system: [] }

let world: World
beforeAll(async () => {
  world = await openWorld({ personality: oneByOne })
})
afterEach(() => world.ehr.faults.clear())
afterAll(() => world.close())

/** The note with this id; the ledger's word is worth nothing without it. */
const noteOf = (filing: object, at: World = world) => {
  const ref = 'documentReference' in filing ? String(filing.documentReference) : ''
  return at.ehr.resource('DocumentReference', ref.replace('DocumentReference/', ''))
}
const sends = (at: World = world) => writes(at).filter((w) => w === 'POST /DocumentReference').length
const unreadable = () => world.ehr.faults.on('fhir-500', { type: 'DocumentReference', method: 'GET', times: 1 })

const odd = [
  ...(['fatal', 'error', 'warning', 'information'] as const).flatMap((severity) => [
    [`an outcome of severity ${severity} and a Location`, 'written-outcome', { severity }] as const,
    [`an outcome of severity ${severity} and no Location`, 'written-outcome', { severity, located: false }] as const,
  ]),
  ['nothing but 202', 'created-accepted', {}] as const,
  ['nothing but 200', 'created-unnamed', {}] as const,
]
/** Its Location names the note, and nothing says that something failed. */
const isNamed = ([, , how]: (typeof odd)[number]) =>
  'severity' in how && !('located' in how) && ['warning', 'information'].includes(how.severity)

describe('an EHR that takes the note', () => {
  test.each(odd)('and answers with %s has it: it is read back, and sent once', async (_what, fault, how) => {
    const walked = await signedAlone(world)
    const before = sends()
    world.ehr.faults.on(fault, { type: 'DocumentReference', times: 1, ...how })

    const filing = await attempt(walked)

    expect(filing.state).toBe('filed')
    expect(noteOf(filing)?.identifier?.[0]?.value).toContain(walked.visit.split('/').at(-1))
    expect(sends()).toBe(before + 1)
  })

  test.each(odd.filter((one) => !isNamed(one)))(
    'and answers with %s, and cannot be asked, leaves it unknown until it can',
    async (_what, fault, how) => {
      const walked = await signedAlone(world)
      const before = sends()
      world.ehr.faults.on(fault, { type: 'DocumentReference', times: 1, ...how })
      unreadable()

      expect([await attempt(walked), await attempt(walked)]).toMatchObject([{ state: 'unknown' }, { state: 'filed' }])
      expect(sends()).toBe(before + 1)
    },
  )

  test.each(odd.filter(isNamed))('and answers with %s need not be asked', async (_what, fault, how) => {
    const walked = await signedAlone(world)
    world.ehr.faults.on(fault, { type: 'DocumentReference', times: 1, ...how })
    unreadable()

    expect(noteOf(await attempt(walked))).toBeDefined()
  })

  test('without naming it, and cannot be searched, leaves it to a person', async () => {
    const types = { ...generic.types, DocumentReference: ['read', 'create'] as const }
    const own = await openWorld({ personality: { ...oneByOne, conditionalCreate: false, types } })
    const walked = await signedAlone(own)
    own.ehr.faults.on('created-unnamed', { type: 'DocumentReference', times: 1 })

    expect(await attempt(walked)).toMatchObject({ state: 'unknown' })
    await refuses(own, 'filing-unknown', () => file(walked.clinician, walked.visit))

    expect([own.ehr.all('DocumentReference').length, sends(own)]).toEqual([1, 1])
    await own.close()
  })
})

describe('an EHR that takes the Encounter', () => {
  test.each(odd)('and answers with %s gets no second one', async (_what, fault, how) => {
    const walked = await signedAlone(world)
    const of = `Appointment/${walked.appointment}`
    world.ehr.faults.on(fault, { type: 'Encounter', times: 1, ...how })

    for (let attempts = 0; attempts < 3; attempts++) await attempt(walked)

    const made = world.ehr.all('Encounter').filter((e) => e.appointment?.[0]?.reference === of)
    expect(await attempt(walked)).toMatchObject({ state: 'filed', encounter: `Encounter/${made[0]?.id}` })
    expect(made.length).toBe(1)
  })
})

describe('an EHR that does not say what it can do', () => {
  test.each([
    ['', undefined],
    [', also when its answer is lost', 'cut-after-write'],
    [', also when it answers 500 although it was kept', '500-after-write'],
  ] as const)('gets Encounter and note one after the other, once%s', async (_how, fault) => {
    const own = await openWorld()
    own.ehr.faults.on('metadata-500')
    const walked = await signedAlone(own)
    if (fault) own.ehr.faults.on(fault, { type: 'DocumentReference', times: 1 })

    const states = [await attempt(walked), await attempt(walked)].map(({ state }) => state)

    expect(states).toEqual([fault ? 'unknown' : 'filed', 'filed'])
    expect(writes(own)).toEqual([
      ...['POST /Encounter', 'POST /DocumentReference'],
      `PUT /Appointment/${walked.appointment}`,
    ])
    expect(own.ehr.all('DocumentReference').length).toBe(1)
    await own.close()
  })
})
