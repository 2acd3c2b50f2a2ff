// A note looked for among more documents than were ever read to their end: it is found, and where nobody can tell, a person does.
import type { DocumentReference } from 'fhir/r4'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import type { Personality } from '../../sandbox/ehr/personality.ts'
import { attempt, newPatient, notesOf, shown } from '../support/chart.ts'
import { file, filingOf, signedAlone } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const receive: NonNullable<NonNullable<Personality['fhir']>['receive']> = (resource) => {
  if (resource.resourceType !== 'DocumentReference') return resource
  const { identifier: _dropped, ...rest } = resource
  return rest
}
const unmarked: Personality = { ...generic, system: [], conditionalCreate: false, fhir: { receive } }

// More than twenty pages of what comes where nobody asks for more: of twenty, or of five, whatever is asked.
describe.each([
  ['that takes larger pages, and the newest first', unmarked, 420],
  ['that takes neither', { ...unmarked, fhir: { receive, controls: [], maxCount: 5 } }, 110],
] as const)('at an EHR %s', (how, personality, many) => {
  let world: World
  let patient: string
  beforeAll(async () => {
    world = await openWorld({ personality })
    patient = await newPatient(world)
    for (let n = 0; n < many; n++) await world.ehr.put(old(n, patient))
  }, 60_000)
  afterEach(() => world.ehr.faults.clear())
  afterAll(() => world.close())

  const ours = () => notesOf(world, patient).filter(({ id }) => !id?.startsWith('old-'))
  async function unknown(fault: 'cut-after-write' | 'cut-before-write') {
    const walked = await signedAlone(world, { patient })
    world.ehr.faults.on(fault, { type: 'DocumentReference', times: 1 })
    expect(await attempt(walked)).toMatchObject({ state: 'unknown' })
    return walked
  }

  test('a note whose answer was lost is found by its text', async () => {
    const walked = await unknown('cut-after-write')
    const before = ours().length

    expect(await attempt(walked)).toMatchObject({
      state: 'filed',
      documentReference: `DocumentReference/${ours().at(-1)?.id}`,
    })
    expect(ours()).toHaveLength(before)
  })

  test('a note that is not among those of its day has not arrived, where every document has a date', async () => {
    expect(await attempt(await unknown('cut-before-write'))).toMatchObject({ state: 'not-filed', why: 'not-arrived' })
  })

  test('where they cannot be searched by date, who reads to their end tells, and else a person', async () => {
    const readsAll = how.startsWith('that takes larger')
    const walked = await unknown('cut-before-write')
    const before = ours().length
    world.later(6)
    world.ehr.faults.on('search-refused', { type: 'DocumentReference', by: 'date', status: 400 })

    const { code } = await file(walked.clinician, walked.visit)
    expect(code).toBe(readsAll ? undefined : 'filing-unknown')
    expect((await shown(walked)).state).toBe(readsAll ? 'not-filed' : 'unknown')
    const again = walked.clinician.post(`${walked.visit}/note/filing`, { sendAgain: true })
    expect(await filingOf(again)).toMatchObject({ state: 'filed' })
    expect(ours()).toHaveLength(before + 1)
  })
})

const old = (n: number, patient: string): DocumentReference => ({
  ...{ resourceType: 'DocumentReference', id: `old-${n}`, status: 'current', date: '2020-03-04T10:00:00Z' },
  subject: { reference: patient },
  content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(`Old note ${n}.`).toString('base64') } }],
})
