// A "transaction" that was worked off as a batch: 200, and an entry of it failed. Each entry's own status decides what is told; what must
// not stay is put right, or said; and such an EHR gets one thing after the other from then on.
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { oddBundles } from '../../sandbox/ehr/faults.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import type { Personality } from '../../sandbox/ehr/personality.ts'
import type { CapabilityView } from '../../server/wire/chart.ts'
import { attempt, having, newPatient, notesOf, shown, writesSince } from '../support/chart.ts'
import { bodyOf, open, signedAlone } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const batchLike: Personality = {
  ...generic,
  fhir: { transactionsAreBatches: true, takesDanglingReferences: true },
}

let world: World

async function begun(personality: Personality = batchLike, policies = {}) {
  const opened = await openWorld({ personality, config: having({ policies }) })
  onTestFinished(() => opened.close())
  world = opened
  const patient = await newPatient(world)
  const walked = await signedAlone(world, { patient })
  return { ...walked, patient, world, since: writesSince(world) }
}
const withoutEncounter = { notesWithoutEncounter: true }
const refusing = (type: string, status = 403, times = 1) =>
  world.ehr.faults.on('write-refused', { type, status, times })
const encountersOf = (patient: string, at: World = world) =>
  at.ehr.all('Encounter').filter((e) => e.subject?.reference === patient)
const entries = 'POST /'

describe('a note that was refused while its Encounter was made', () => {
  test.each([
    [403, 'ehr-policy'],
    [429, 'ehr-busy'],
  ] as const)('by %i is not filed, with its reason, at once', async (status, why) => {
    const walked = await begun()
    refusing('DocumentReference', status, 9)

    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why })

    expect(notesOf(world, walked.patient)).toEqual([])
  })

  test.each([422, 400, 404, 409] as const)(
    'by %i may have been refused for the placeholder, and is sent by itself, once',
    async (status) => {
      const walked = await begun()
      refusing('DocumentReference', status)

      const filing = await attempt(walked)

      const [encounter, another] = encountersOf(walked.patient)
      expect(another).toBeUndefined()
      expect(filing).toMatchObject({ state: 'filed', encounter: `Encounter/${encounter?.id}` })
      expect(walked.since().filter((w) => !w.includes('Appointment'))).toEqual([entries, 'POST /DocumentReference'])
    },
  )

  test('goes under that Encounter when it is sent again, and no second one is made', async () => {
    const walked = await begun()
    refusing('DocumentReference')
    await attempt(walked)

    const filing = await attempt(walked)

    const [encounter, another] = encountersOf(walked.patient)
    expect(another).toBeUndefined()
    expect(filing).toMatchObject({ state: 'filed', encounter: `Encounter/${encounter?.id}` })
    expect(notesOf(world, walked.patient).length).toBe(1)
  })
})

describe('a note that was taken while its Encounter was refused', () => {
  const refusedEncounter = async (policies: object, personality?: Personality) => {
    const walked = await begun(personality, policies)
    refusing('Encounter', 403, 9)
    return walked
  }

  test('is not told as filed under it, and names it no more, where a note may stand alone', async () => {
    const walked = await refusedEncounter(withoutEncounter)

    const filing = await attempt(walked)

    expect(filing).toMatchObject({ state: 'filed' })
    expect(filing).not.toHaveProperty('encounter')
    expect(filing).not.toHaveProperty('astray')
    const [note, another] = notesOf(world, walked.patient)
    expect(another).toBeUndefined()
    expect([note?.status, note?.context?.encounter]).toEqual(['current', undefined])
    expect(note?.context?.period).toBeDefined()
  })

  test('is taken back where none may stand without, and said not to be filed', async () => {
    const walked = await refusedEncounter({ notesWithoutEncounter: false })

    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'encounter-refused' })

    expect(notesOf(world, walked.patient).map(({ status }) => status)).toEqual(['entered-in-error'])
  })

  test('and taken back goes in as a note of its own once the EHR takes its Encounter', async () => {
    const walked = await refusedEncounter({ notesWithoutEncounter: false })
    await attempt(walked)
    world.ehr.faults.clear()

    const filing = await attempt(walked)

    const [back, note] = notesOf(world, walked.patient)
    const [encounter] = encountersOf(walked.patient)
    expect(filing).toMatchObject({
      state: 'filed',
      documentReference: `DocumentReference/${note?.id}`,
      encounter: `Encounter/${encounter?.id}`,
    })
    expect([back?.status, note?.status, notesOf(world, walked.patient).length]).toEqual([
      ...['entered-in-error', 'current', 2],
    ])
  })

  test.each([true, false])(
    'and cannot be changed is said to stand astray (where a note may stand alone: %s)',
    async (notesWithoutEncounter) => {
      const types = { ...generic.types, DocumentReference: ['read', 'search-type', 'create'] as const }
      const walked = await refusedEncounter({ notesWithoutEncounter }, { ...batchLike, types })

      const filing = await attempt(walked)

      expect(filing).toMatchObject({ state: 'filed', astray: true })
      expect(filing).not.toHaveProperty('encounter')
      expect(await shown(walked)).toEqual(filing)
      await attempt(walked)
      expect(notesOf(world, walked.patient).length).toBe(1)
    },
  )

  test('and whose change is answered 200 and not made stands astray too', async () => {
    const walked = await refusedEncounter({ notesWithoutEncounter: false })
    world.ehr.faults.on('update-passed-over', { type: 'DocumentReference' })

    expect(await attempt(walked)).toMatchObject({ state: 'filed', astray: true })
  })

  test('and whose answer was lost is not told as filed under it when it is found', async () => {
    const walked = await refusedEncounter(withoutEncounter)
    world.ehr.faults.on('cut-after-write', { type: 'DocumentReference', method: 'POST', times: 1 })
    expect(await attempt(walked)).toMatchObject({ state: 'unknown' })

    const filing = await attempt(walked)

    expect(filing).toMatchObject({ state: 'filed' })
    expect(filing).not.toHaveProperty('encounter')
    expect(notesOf(world, walked.patient).map((n) => n.context?.encounter)).toEqual([undefined])
  })

  test('and whose answer was lost is taken back when it is found, where none may stand without', async () => {
    const walked = await refusedEncounter({ notesWithoutEncounter: false })
    world.ehr.faults.on('cut-after-write', { type: 'DocumentReference', method: 'POST', times: 1 })
    expect(await attempt(walked)).toMatchObject({ state: 'unknown' })

    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'encounter-refused' })

    expect(notesOf(world, walked.patient).map(({ status }) => status)).toEqual(['entered-in-error'])
  })
})

describe('a note that was refused with its Encounter', () => {
  test('is not filed where none may stand without, and nothing was kept', async () => {
    const walked = await begun(batchLike, { notesWithoutEncounter: false })
    world.ehr.faults.on('write-refused', { status: 403 })

    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'encounter-refused' })
    expect([notesOf(world, walked.patient), encountersOf(walked.patient)]).toEqual([[], []])
  })

  test('goes in alone where it may, for it was the placeholder that was refused', async () => {
    const walked = await begun({ ...batchLike, fhir: { transactionsAreBatches: true } }, withoutEncounter)
    refusing('Encounter', 403, 9)

    const filing = await attempt(walked)

    expect(filing).toMatchObject({ state: 'filed' })
    expect(filing).not.toHaveProperty('encounter')
    expect(notesOf(world, walked.patient).map((n) => n.context?.encounter)).toEqual([undefined])
  })

  test('because there were too many requests goes one after the other, after a while', async () => {
    const walked = await begun()
    refusing('Encounter', 429)

    expect(await attempt(walked)).toMatchObject({ state: 'filed', encounter: expect.any(String) })
    expect([notesOf(world, walked.patient).length, encountersOf(walked.patient).length]).toEqual([1, 1])
  })
})

describe('an EHR whose transactions are batches', () => {
  const ways = (since: () => readonly string[]) => since().filter((w) => !w.includes('Appointment'))

  test('is known by its first answer that shows it, and gets one after the other from then on', async () => {
    const walked = await begun()
    refusing('DocumentReference')
    await attempt(walked)
    const next = await signedAlone(world, { patient: await newPatient(world) })
    const since = writesSince(world)

    expect(await attempt(next)).toMatchObject({ state: 'filed', encounter: expect.any(String) })

    expect(ways(since)).toEqual(['POST /Encounter', 'POST /DocumentReference'])
    const view = bodyOf<CapabilityView>(await next.clinician.get('/api/capability'))
    expect(view.verdicts.transaction).toBe('not-its-way')
  })

  test('is asked for both together as long as nothing fails', async () => {
    const walked = await begun()

    expect(await attempt(walked)).toMatchObject({ state: 'filed', encounter: expect.any(String) })
    expect(ways(walked.since)).toEqual([entries])
  })

  test('is found out anew after a start, and read as rightly', async () => {
    const walked = await begun()
    refusing('DocumentReference')
    await attempt(walked)
    await world.restart()
    const clinician = await world.signIn({ user: clinic.practitioners.chen.reference })
    await open(clinician, walked.appointment)
    const since = writesSince(world)

    expect(await attempt({ ...walked, clinician })).toMatchObject({ state: 'filed', encounter: expect.any(String) })
    expect(ways(since)).toEqual([entries])
    expect(encountersOf(walked.patient).length).toBe(1)
  })
})

describe.each([
  ['done together', generic],
  ['done apart', batchLike],
] as const)('an answer that is not as it should be, to what was %s', (_how, personality) => {
  let shared: World
  beforeAll(async () => {
    shared = await openWorld({ personality })
  })
  afterEach(() => shared.ehr.faults.clear())
  afterAll(() => shared.close())

  test.each(oddBundles)('(%s) makes neither two notes nor two Encounters, and loses none', async (how) => {
    const patient = await newPatient(shared)
    const walked = { ...(await signedAlone(shared, { patient })), world: shared }
    shared.ehr.faults.on('bundle-answered-oddly', { how, times: 1 })

    const first = await attempt(walked)
    const second = await attempt(walked)

    const [note, another] = notesOf(shared, patient)
    const [encounter, more] = encountersOf(patient, shared)
    expect([another, more]).toEqual([undefined, undefined])
    expect(['filed', 'unknown']).toContain(first.state)
    expect(second).toMatchObject({
      state: 'filed',
      documentReference: `DocumentReference/${note?.id}`,
      encounter: `Encounter/${encounter?.id}`,
    })
  })

  test.each(oddBundles)('(%s) of which nothing can be looked up leaves it unknown, or known for sure', async (how) => {
    const patient = await newPatient(shared)
    const walked = { ...(await signedAlone(shared, { patient })), world: shared }
    shared.ehr.faults.on('bundle-answered-oddly', { how, times: 1 })
    shared.ehr.faults.on('fhir-500', { type: 'DocumentReference', method: 'GET' })

    const first = await attempt(walked)
    shared.ehr.faults.clear()
    const second = await attempt(walked)

    const [note, another] = notesOf(shared, patient)
    expect(another).toBeUndefined()
    if (first.state !== 'unknown')
      expect(first).toMatchObject({ state: 'filed', documentReference: `DocumentReference/${note?.id}` })
    expect(second).toMatchObject({ state: 'filed', documentReference: `DocumentReference/${note?.id}` })
  })
})

describe.each(oddBundles)('an odd answer (%s) to a batch of which one entry failed', (how) => {
  test.each([
    ['Encounter', true],
    ['Encounter', false],
    ['DocumentReference', true],
  ] as const)(
    'the %s (where a note may stand alone: %s) makes no two notes and tells nothing that is not so',
    async (type, alone) => {
      const walked = await begun(batchLike, { notesWithoutEncounter: alone })
      refusing(type)
      world.ehr.faults.on('bundle-answered-oddly', { how, times: 1 })

      for (let attempts = 0; attempts < 3; attempts++) {
        const filing = await attempt(walked)
        const current = notesOf(world, walked.patient).filter(({ status }) => status === 'current')
        expect(current.length).toBeLessThanOrEqual(1)
        if (filing.state === 'not-filed') expect(current).toEqual([])
        if (filing.state !== 'filed') continue
        expect(filing.documentReference).toBe(`DocumentReference/${current[0]?.id}`)
        const [named] = current[0]?.context?.encounter ?? []
        expect(filing.encounter).toBe(named?.reference)
        if (filing.encounter)
          expect(world.ehr.resource('Encounter', filing.encounter.slice('Encounter/'.length))).toBeDefined()
      }
      expect((await shown(walked)).state).toBe('filed')
    },
  )
})
