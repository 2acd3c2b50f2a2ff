// A note in the chart that should not be there: marked as a mistake, once, by who signed it; and what is written after that.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import { oracle } from '../../sandbox/ehr/personalities/oracle.ts'
import { attempt, filedAlone, notesOf, shown, withEncounter, wordsIn, writesSince } from '../support/chart.ts'
import { refuses } from '../support/refusals.ts'
import {
  amend,
  bodyOf,
  filingOf,
  markInError,
  open,
  amendedSoap as other,
  save,
  sign,
  signedAlone,
  soap,
  writtenAlone,
} from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const put = (of: string) => expect.stringMatching(new RegExp(`^PUT /${of}/`))

type Filed = Awaited<ReturnType<typeof filedAlone>>
const marked = ({ clinician, visit }: Pick<Filed, 'clinician' | 'visit'>) => filingOf(markInError(clinician, visit))

describe.each([
  ['generic', generic],
  ['epic', epic],
  ['oracle', oracle],
])('a note that is a mistake at %s', (_name, personality) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({ personality })
  })
  afterEach(() => world.ehr.faults.clear())
  afterAll(() => world.close())

  const statuses = (patient: string) => notesOf(world, patient).map(({ status }) => status)

  test('is marked so in the chart, and stays readable; twice is once, and it is not filed again', async () => {
    const walked = await filedAlone(world)
    const since = writesSince(world)

    const filings = [await marked(walked), await marked(walked), await attempt(walked), await shown(walked)]

    const [note, another] = notesOf(world, walked.patient)
    const documentReference = `DocumentReference/${note?.id}`
    expect(filings).toEqual(Array(4).fill({ state: 'entered-in-error', documentReference, at: expect.any(String) }))
    expect([note?.status, wordsIn(note), another]).toEqual([
      'entered-in-error',
      expect.stringContaining('Amlodipine'),
      undefined,
    ])
    expect(since()).toEqual([put('DocumentReference')])
    const trail = (await world.audit()).filter((a) => a.event === 'note-marked-in-error')
    expect(trail.at(-1)).toMatchObject({ outcome: 'success', document: documentReference })
  })

  test.each([
    ['cut-before-write', 502, 'ehr-failed', 2],
    ['failed-with-200', 502, 'ehr-failed', 2],
    ['fhir-401', 401, 'ehr-session-ended', 3],
  ] as const)(
    'whose marking is not answered (%s) is looked at before it is marked again',
    async (fault, status, code, puts) => {
      const walked = await filedAlone(world)
      const since = writesSince(world)
      // A token that is refused is renewed once before anybody is told.
      world.ehr.faults.on(fault, { method: 'PUT', times: fault === 'fhir-401' ? 2 : 1 })

      const answer = await markInError(walked.clinician, walked.visit)

      expect([answer.status, answer.code]).toEqual([status, code])
      expect(await shown(walked)).toMatchObject({ state: 'filed' })
      expect(await marked(walked)).toMatchObject({ state: 'entered-in-error' })
      expect([since(), statuses(walked.patient)]).toEqual([
        Array(puts).fill(put('DocumentReference')),
        ['entered-in-error'],
      ])
    },
  )

  test.each(['cut-after-write', '500-after-write'] as const)(
    'whose marking is kept, but not answered (%s), is looked at by the same attempt',
    async (fault) => {
      const walked = await filedAlone(world)
      const since = writesSince(world)
      world.ehr.faults.on(fault, { method: 'PUT', times: 1 })

      expect(await marked(walked)).toMatchObject({ state: 'entered-in-error' })
      expect([since(), statuses(walked.patient)]).toEqual([[put('DocumentReference')], ['entered-in-error']])
    },
  )

  test('that is gone from the chart cannot be marked there', async () => {
    const walked = await filedAlone(world)
    await world.ehr.remove('DocumentReference', notesOf(world, walked.patient)[0]?.id ?? '')

    await refuses(world, 'ehr-refused', () => markInError(walked.clinician, walked.visit))
  })

  test.each([
    ['another text', other],
    ['the same text', undefined],
  ])('gives way to a note of its own with %s', async (_what, text) => {
    const { clinician, visit, patient } = await filedAlone(world)
    await marked({ clinician, visit })
    const { version } = bodyOf<{ version: number }>(await amend(clinician, visit))
    if (text) bodyOf(await save(clinician, visit, version, text))
    bodyOf(await sign(clinician, visit, text ? version + 1 : version))

    const filing = await attempt({ clinician, visit })

    const [wrong, right, another] = notesOf(world, patient)
    expect([wrong?.status, right?.status, another]).toEqual(['entered-in-error', 'current', undefined])
    expect(filing).toMatchObject({ state: 'filed', documentReference: `DocumentReference/${right?.id}` })
    expect(right).not.toHaveProperty('relatesTo')
    expect(right?.identifier).not.toEqual(wrong?.identifier)
  })

  test('is told nobody: neither log nor trail has its text', async () => {
    await marked(await filedAlone(world))

    const said = world.log() + JSON.stringify(await world.audit())
    for (const text of Object.values(soap)) expect(said).not.toContain(text)
  })
})

describe('nothing is marked as a mistake', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterEach(() => world.ehr.faults.clear())
  afterAll(() => world.close())

  test('that is not in the chart', async () => {
    const walked = await signedAlone(world, await withEncounter(world))
    const { clinician, visit } = walked
    await refuses(world, 'note-not-filed', () => markInError(clinician, visit))
    world.ehr.faults.on('fhir-401', { method: 'POST', times: 2 })
    expect(await attempt(walked)).toMatchObject({ state: 'not-filed' })

    await refuses(world, 'note-not-filed', () => markInError(clinician, visit))
  })

  test('of which nobody knows whether it is', async () => {
    const walked = await signedAlone(world, await withEncounter(world))
    world.ehr.faults.on('cut-after-write', { times: 1 })
    expect(await attempt(walked)).toMatchObject({ state: 'unknown' })

    await refuses(world, 'filing-unknown', () => markInError(walked.clinician, walked.visit))
  })

  test('that nobody signed', async () => {
    const { clinician, visit } = await writtenAlone(world, await withEncounter(world))

    await refuses(world, 'note-not-signed', () => markInError(clinician, visit))
  })

  test('by another than who signed it', async () => {
    const walked = await filedAlone(world)
    const { reference: user } = clinic.practitioners.okafor
    const kept = world.ehr.resource('Appointment', walked.appointment)
    const actor = { actor: { reference: user }, status: 'accepted' as const }
    if (kept) await world.ehr.put({ ...kept, status: 'booked', participant: [...kept.participant, actor] })
    const colleague = await world.signIn({ user, patient: walked.patient, appointment: walked.appointment })
    const visit = await open(colleague, walked.appointment)

    await refuses(world, 'signer-only', () => markInError(colleague, visit))
  })

  test('where the EHR takes no change of a note', async () => {
    const types = { ...generic.types, DocumentReference: ['read', 'search-type', 'create'] as const }
    const own = await openWorld({ personality: { ...generic, types } })
    const { clinician, visit } = await filedAlone(own)

    await refuses(own, 'amend-refused', () => markInError(clinician, visit))
    await own.close()
  })
})
