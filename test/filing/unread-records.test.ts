// Records in the chart that nobody can read, where a note of ours, or an Encounter of it, is looked for: one that cannot be read may be the one.
import type { Resource } from '@medplum/fhirtypes'
import type { DocumentReference } from 'fhir/r4'
import { afterEach, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import type { Personality } from '../../sandbox/ehr/personality.ts'
import { about, attempt, newPatient, notesOf, registered, shown } from '../support/chart.ts'
import { book, file, filingOf, signedAlone } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const worlds: World[] = []
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()))
})

const oneByOne: Personality = { ...generic, system: [], conditionalCreate: false }
/** What becomes of a note at an EHR that drops these members. */
const dropping = (...members: readonly (keyof DocumentReference)[]): Personality => ({
  ...oneByOne,
  fhir: {
    receive: (resource: Resource) =>
      resource.resourceType === 'DocumentReference'
        ? (Object.fromEntries(
            Object.entries(resource).filter(([name]) => !members.some((m) => m === name)),
          ) as Resource) // sound: none that R4 wants
        : resource,
  },
})

async function walkedAt(personality: Personality, more: { appointment?: string; patient?: string } = {}) {
  const world = await openWorld({ personality })
  worlds.push(world)
  const patient = more.patient ?? (await newPatient(world))
  return { patient, ...(await signedAlone(world, { patient, ...more })) }
}
type Walked = Awaited<ReturnType<typeof walkedAt>>

/** Its note went out, and the answer never came; the minutes in which it may still arrive are over. */
async function unknown(personality: Personality, fault: 'cut-after-write' | 'cut-before-write'): Promise<Walked> {
  const walked = await walkedAt(personality)
  walked.world.ehr.faults.on(fault, { type: 'DocumentReference', times: 1 })
  expect(await attempt(walked)).toMatchObject({ state: 'unknown' })
  walked.world.later(6)
  return walked
}

const odd = (n: number, patient: string, more: Partial<DocumentReference> = {}): DocumentReference => ({
  ...{ resourceType: 'DocumentReference', id: `odd-${n}`, status: 'current', subject: { reference: patient } },
  content: [{ attachment: { contentType: 'text/plain', data: 'VGV4dA==' } }],
  ...more,
})

/** Nobody says that it is not there; once a person, told so, has looked, it is sent again. */
async function isLeftToAPerson({ world, clinician, visit, ...walked }: Walked, found: number) {
  expect((await file(clinician, visit)).code).toBe('filing-unknown')
  expect((await shown({ clinician, visit, world })).state).toBe('unknown')
  expect(notesOf(world, walked.patient).filter(({ id }) => !id?.startsWith('odd'))).toHaveLength(found)
}

describe('a note that is looked for', () => {
  test.each([
    ['with its mark and its day', oneByOne],
    ['without its mark', dropping('identifier')],
    ['without its day', dropping('date')],
    ['without either', dropping('identifier', 'date')],
  ])('and stands in the chart so that nobody can read it, %s, is not called absent', async (_how, personality) => {
    const walked = await unknown(personality, 'cut-after-write')
    walked.world.ehr.faults.on('lists-unwrapped', { type: 'DocumentReference' })

    await isLeftToAPerson(walked, 1)
  })

  test('is not called absent while a document of the patient’s that has no day cannot be read', async () => {
    const walked = await unknown(oneByOne, 'cut-before-write')
    await walked.world.ehr.put(odd(1, walked.patient))
    walked.world.ehr.faults.on('lists-unwrapped', { type: 'DocumentReference' })

    await isLeftToAPerson(walked, 0)
  })

  test('has not arrived where what cannot be read is of another day', async () => {
    const walked = await unknown(oneByOne, 'cut-before-write')
    await walked.world.ehr.put(odd(1, walked.patient, { date: '2020-03-04T10:00:00Z' }))
    walked.world.ehr.faults.on('lists-unwrapped', { type: 'DocumentReference' })
    // Who cannot search by date reads all there are.
    walked.world.ehr.faults.on('search-refused', { type: 'DocumentReference', by: 'date', status: 400 })

    expect(await filingOf(file(walked.clinician, walked.visit))).toMatchObject({
      state: 'not-filed',
      why: 'not-arrived',
    })
    walked.world.ehr.faults.clear()
    expect(await filingOf(file(walked.clinician, walked.visit))).toMatchObject({ state: 'filed' })
  })

  test('is not called absent by a gateway whose server is not there', async () => {
    const walked = await unknown(oneByOne, 'cut-after-write')
    walked.world.ehr.faults.on('fhir-404-page', { type: 'DocumentReference' })

    await isLeftToAPerson(walked, 1)
    walked.world.ehr.faults.clear()
    expect(await filingOf(file(walked.clinician, walked.visit))).toMatchObject({ state: 'filed' })
    expect(notesOf(walked.world, walked.patient)).toHaveLength(1)
  })
})

const encountersOf = ({ world, patient }: Walked) =>
  world.ehr.all('Encounter').filter((e) => e.subject?.reference === patient)

describe('an Encounter that nobody can read', () => {
  test('and that is our own, made by an earlier attempt, gets no second one', async () => {
    const walked = await walkedAt({ ...oneByOne })
    walked.world.ehr.faults.on('cut-after-write', { type: 'Encounter', times: 1 })
    expect(await attempt(walked)).toMatchObject({ state: 'unknown' })
    walked.world.later(6)
    walked.world.ehr.faults.on('lists-unwrapped', { type: 'Encounter' })

    await file(walked.clinician, walked.visit)
    await file(walked.clinician, walked.visit)

    expect(await shown(walked)).toMatchObject({ state: 'filed' })
    expect(encountersOf(walked)).toHaveLength(1)
    expect(notesOf(walked.world, walked.patient)).toHaveLength(1)
  })

  test('and that is of the same Appointment as another leaves open which is the visit’s', async () => {
    const world = await openWorld({ personality: oneByOne })
    worlds.push(world)
    const patient = await newPatient(world)
    const appointment = await book(world, { patient })
    const ids = [
      await registered(world, patient, about(appointment)),
      await registered(world, patient, about(appointment)),
    ]
    const walked = { patient, ...(await signedAlone(world, { patient, appointment })) }
    world.ehr.faults.on('lists-unwrapped', { type: 'Encounter', id: ids[0] ?? '' })

    const filing = await attempt(walked)

    expect(filing).toMatchObject({ state: 'filed' })
    expect(ids.map((id) => `Encounter/${id}`)).not.toContain(filing.state === 'filed' ? filing.encounter : '')
  })
})

test('a day that a gateway answers for, whose server is not there, is not shown empty', async () => {
  const world = await openWorld()
  worlds.push(world)
  const clinician = await world.signIn({ user: clinic.practitioners.chen.reference })
  world.ehr.faults.on('fhir-404-page', { type: 'Appointment' })

  expect((await clinician.get('/api/appointments')).code).toBe('ehr-failed')
})
