// An update that was answered 200 is not yet so: what the EHR has afterwards is believed, by the answer's own body or by another look, and only
// that is written down and shown.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import type { Personality } from '../../sandbox/ehr/personality.ts'
import { attempt, filedAlone, having, newPatient, notesOf, shown, wordsIn } from '../support/chart.ts'
import { amended, amendedSoap, bodyOf, draft, markInError, sign, signedAlone, writtenAlone } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const update = { type: 'DocumentReference', method: 'PUT' }
/** Answers writes without a body: what became of them must be looked up. */
const silent: Personality = { ...generic, fhir: { answers: 'empty-located' } }

let world: World
const opening = (personality: Personality, policies = {}) => {
  beforeEach(async () => {
    world = await openWorld({ personality, config: having({ policies }) })
  })
  afterEach(() => world.close())
}
const fulfilled = async () => (await world.audit()).filter(({ event }) => event === 'appointment-fulfilled').length
const statusOf = (appointment: string) => world.ehr.resource('Appointment', appointment)?.status
const alone = async () => signedAlone(world, { patient: await newPatient(world) })

describe.each([
  ['with a body', generic],
  ['without a body', silent],
  ['as a policy of read-only elements does', { ...generic, fhir: { readOnly: { Appointment: ['status'] } } }],
] as const)('an Appointment whose change is answered 200 %s and not made', (_how, personality) => {
  opening(personality)

  test('is told as left, in the trail and on the screen', async () => {
    const walked = await alone()
    world.ehr.faults.on('update-passed-over', { type: 'Appointment' })

    const filing = await attempt(walked)

    expect(filing).toMatchObject({ state: 'filed', appointment: 'left' })
    expect([statusOf(walked.appointment), await fulfilled(), await shown(walked)]).toEqual(['booked', 0, filing])
  })
})

describe('an Appointment', () => {
  opening(silent)

  test('whose change was answered without a body and made is told as fulfilled', async () => {
    const walked = await alone()

    expect(await attempt(walked)).toMatchObject({ state: 'filed', appointment: 'fulfilled' })
    expect([statusOf(walked.appointment), await fulfilled()]).toEqual(['fulfilled', 1])
  })

  test.each(['cut-after-write', '500-after-write'] as const)(
    'whose change was made and its answer lost (%s) is looked up, and told as fulfilled',
    async (fault) => {
      const walked = await alone()
      world.ehr.faults.on(fault, { type: 'Appointment', times: 1 })

      expect(await attempt(walked)).toMatchObject({ state: 'filed', appointment: 'fulfilled' })
      expect([statusOf(walked.appointment), await fulfilled()]).toEqual(['fulfilled', 1])
    },
  )

  test.each(['cut-before-write', 'failed-with-200'] as const)(
    'whose change was not made (%s) is looked up, and left',
    async (fault) => {
      const walked = await alone()
      world.ehr.faults.on(fault, { type: 'Appointment', times: 1 })

      expect(await attempt(walked)).toMatchObject({ state: 'filed', appointment: 'left' })
      expect([statusOf(walked.appointment), await fulfilled()]).toEqual(['booked', 0])
    },
  )
})

const putRight = {
  ...generic,
  types: { ...generic.types, DocumentReference: ['read', 'search-type', 'create', 'update'] as const },
}
/** Signed notes are put right by a new version of them. */
const byUpdate = having({ issuer: { can: { replaceNotes: false } } })

describe.each([
  ['with a body', putRight],
  ['without a body', { ...putRight, fhir: { answers: 'empty-located' } }],
] as const)('an amendment that is answered 200 %s', (how, personality) => {
  beforeEach(async () => {
    world = await openWorld({ personality: personality as Personality, config: byUpdate })
  })
  afterEach(() => world.close())
  const amending = async () => {
    const walked = await filedAlone(world)
    await amended(walked, amendedSoap)
    return walked
  }

  test('and made is filed', async () => {
    const walked = await amending()

    expect(await attempt(walked)).toMatchObject({ state: 'filed', documentReference: walked.first })
    expect(notesOf(world, walked.patient).map(wordsIn)).toEqual([expect.stringContaining(amendedSoap.plan)])
  })

  test('and not made is not told as filed', async () => {
    const walked = await amending()
    const elements = ['content', 'identifier', 'date']
    world.ehr.faults.on('update-passed-over', { type: 'DocumentReference', elements })

    const filing = await attempt(walked)

    // What only a look shows may still come; what the answer itself shows is as it is.
    expect(filing).toMatchObject(
      how === 'with a body' ? { state: 'not-filed', why: 'ehr-refused' } : { state: 'unknown' },
    )
    expect(notesOf(world, walked.patient).map(wordsIn)).not.toEqual([expect.stringContaining(amendedSoap.plan)])
    world.ehr.faults.clear()
    for (let attempts = 0; attempts < 2; attempts++) await attempt(walked)
    expect(await shown(walked)).toMatchObject({ state: 'filed' })
    expect(notesOf(world, walked.patient).map(wordsIn)).toEqual([expect.stringContaining(amendedSoap.plan)])
  })

  test('and whose words stay old under the new mark is not told as filed', async () => {
    const walked = await amending()
    world.ehr.faults.on('update-passed-over', { type: 'DocumentReference', elements: ['content'] })

    expect((await attempt(walked)).state).not.toBe('filed')
  })

  test('and made, and its answer lost, is looked for by the next attempt and not sent again', async () => {
    const walked = await amending()
    world.ehr.faults.on('cut-after-write', { ...update, times: 1 })

    expect([(await attempt(walked)).state, (await attempt(walked)).state]).toEqual(['unknown', 'filed'])
    expect(notesOf(world, walked.patient).length).toBe(1)
  })

  test.each(['status', 'docStatus'])('as a mistake, or signed, is so where %s is so', async (element) => {
    const walked = await filedAlone(world)
    world.ehr.faults.on('update-passed-over', { type: 'DocumentReference', elements: [element] })

    const answer = await markInError(walked.clinician, walked.visit)

    const marked = element !== 'status'
    expect(answer.status).toBe(marked ? 200 : 502)
    expect((await shown(walked)).state).toBe(marked ? 'entered-in-error' : 'filed')
    const events = (await world.audit()).map(({ event }) => event)
    expect(events.includes('note-marked-in-error')).toBe(marked)
  })
})

describe('a draft that is signed', () => {
  opening(generic, { drafts: true })

  test('is no signed note in the chart while the chart calls it preliminary', async () => {
    const walked = await writtenAlone(world, { patient: await newPatient(world) })
    bodyOf(await draft(walked.clinician, walked.visit, 1))
    bodyOf(await sign(walked.clinician, walked.visit))
    world.ehr.faults.on('update-passed-over', { type: 'DocumentReference', elements: ['docStatus'] })

    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'ehr-refused' })
    expect(await attempt(walked)).toMatchObject({ state: 'not-filed', why: 'ehr-refused' })
    world.ehr.faults.clear()
    expect(await attempt(walked)).toMatchObject({ state: 'filed' })
  })
})

describe('an EHR that keeps no docStatus and writes words anew', () => {
  opening(epic)

  test('has what was sent all the same', async () => {
    const walked = await filedAlone(world)
    await amended(walked, amendedSoap)

    expect(await attempt(walked)).toMatchObject({ state: 'filed' })
  })
})
