// Whether an interpreter is needed for a visit: by the patient's record, and before it by the word of the visit's own Encounter.
import type { Encounter, Extension } from 'fhir/r4'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import type { ClinicianView } from '../../server/wire/wire.ts'
import { about, actCode, newPatient, registered } from '../support/chart.ts'
import { eventually, holdingBack } from '../support/eventually.ts'
import type { Person } from '../support/people.ts'
import { bodyOf, book, open, rowIn } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const user = clinic.practitioners.chen.reference
const url = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-interpreter-needed'
const says = (code: string): { extension: Extension[] } => ({
  extension: [{ url, valueCoding: { system: 'http://snomed.info/sct', code } }],
})
const [yes, no] = [says('373066001'), says('373067005')]

let world: World
beforeAll(async () => {
  world = await openWorld({ personality: generic })
})
afterEach(() => world.ehr.faults.clear())
afterAll(() => world.close())

/** Somebody who speaks Spanish, whose record says this of an interpreter, with an Appointment. */
async function spanish(record: object = {}) {
  const patient = await newPatient(world)
  const id = patient.split('/')[1] ?? ''
  const communication = [{ language: { text: 'Spanish' }, preferred: true }]
  await world.ehr.put({ resourceType: 'Patient', id, name: [{ text: 'Ana Ruiz' }], communication, ...record })
  return { patient, id, appointment: await book(world, { patient }) }
}
type Whose = Awaited<ReturnType<typeof spanish>>
const encounterOf = ({ patient, appointment }: Whose, of: Partial<Encounter>) =>
  registered(world, patient, { ...about(appointment), ...of })

const seen = async (clinician: Person, visit: string) => bodyOf<ClinicianView>(await clinician.get(visit)).patient
const opened = async ({ appointment }: Whose, launch: object = {}) => {
  const clinician = await world.signIn({ user, ...launch })
  const visit = await open(clinician, appointment)
  return { clinician, visit }
}

describe('an interpreter', () => {
  test.each([
    ['needed by the Encounter, against the record', no, yes, { language: 'Spanish' }],
    ['needed by the Encounter, where the record says nothing', {}, yes, { language: 'Spanish' }],
    ['not needed by the Encounter, against the record', yes, no, undefined],
    ['needed by the record, where the Encounter says nothing', yes, {}, { language: 'Spanish' }],
    ['needed by the record, where the Encounter does not know', yes, says('unknown'), { language: 'Spanish' }],
  ])('is %s: at the visit and in the day', async (_what, record, encounter, is) => {
    const whose = await spanish(record)
    await encounterOf(whose, encounter)

    const { clinician, visit } = await opened(whose)

    expect((await seen(clinician, visit)).interpreter).toEqual(is)
    expect((await rowIn(clinician, whose.appointment))?.patient.interpreter).toEqual(is)
  })

  test('is what the Encounter said also once the patient has opened the visit, who may read none', async () => {
    for (const [record, encounter, is] of [
      [no, yes, { language: 'Spanish' }],
      [yes, no, undefined],
    ] as const) {
      const whose = await spanish(record)
      await encounterOf(whose, encounter)
      const { clinician, visit } = await opened(whose)
      world.ehr.faults.on('fhir-403', { type: 'Encounter' })

      const theirs = await world.signIn({ user: `Patient/${whose.id}`, patient: whose.id })
      await open(theirs, whose.appointment)

      expect((await seen(clinician, visit)).interpreter).toEqual(is)
      expect((await rowIn(clinician, whose.appointment))?.patient.interpreter).toEqual(is)
      world.ehr.faults.clear()
    }
  })

  test('is no longer what the Encounter said once it says something else, or nothing', async () => {
    const whose = await spanish(yes)
    const id = await encounterOf(whose, no)
    const { clinician, visit } = await opened(whose)
    expect((await seen(clinician, visit)).interpreter).toBeUndefined()

    await encounterOf(whose, { id })
    await open(clinician, whose.appointment)

    expect((await seen(clinician, visit)).interpreter).toEqual({ language: 'Spanish' })
  })

  test('that the Encounter asks for stands where the patient’s record cannot be read any more', async () => {
    const whose = await spanish(no)
    const id = await encounterOf(whose, {})
    const { clinician, visit } = await opened(whose)
    await encounterOf(whose, { id, ...yes })
    world.ehr.faults.on('fhir-500', { type: 'Patient' })

    await open(clinician, whose.appointment)

    expect((await seen(clinician, visit)).interpreter).toEqual({})
  })
})

describe('an Encounter that is another one’s does not count:', () => {
  const virtual = { class: actCode('VR'), ...no }
  test.each<[string, (whose: Whose) => Promise<string> | string]>([
    ['of another Appointment', async (w) => registered(world, w.patient, { ...virtual, ...about(await book(world)) })],
    [
      'of another patient',
      async (w) => registered(world, await newPatient(world), { ...virtual, ...about(w.appointment) }),
    ],
    ['a mistake', (w) => encounterOf(w, { ...virtual, status: 'entered-in-error' })],
    ['cancelled', (w) => encounterOf(w, { ...virtual, status: 'cancelled' })],
    [
      'a stay in hospital',
      (w) => registered(world, w.patient, { ...no, class: actCode('IMP'), status: 'in-progress' }),
    ],
    [
      'a visit of yesterday, left open',
      (w) =>
        registered(world, w.patient, {
          ...{ ...virtual, status: 'in-progress' },
          period: { start: new Date(world.now() - 26 * 3_600_000).toISOString() },
        }),
    ],
  ])('%s, though the launch had it open', async (_what, make) => {
    const whose = await spanish(yes)
    const encounter = await make(whose)

    const { clinician, visit } = await opened(whose, { encounter, appointment: whose.appointment })

    expect((await seen(clinician, visit)).interpreter).toEqual({ language: 'Spanish' })
  })

  test('one that the launch had open for another visit of the day', async () => {
    const whose = await spanish(yes)
    const later = await book(world, { patient: whose.patient, startsInMinutes: 20 })
    const encounter = await registered(world, whose.patient, virtual)

    const { clinician, visit } = await opened(whose, { encounter, appointment: later })

    expect((await seen(clinician, visit)).interpreter).toEqual({ language: 'Spanish' })
  })
})

test('the Encounter that the launch had open beside this very Appointment is this visit’s, though nothing in it says so', async () => {
  const whose = await spanish(yes)
  const encounter = await registered(world, whose.patient, no)

  const { clinician, visit } = await opened(whose, { encounter, appointment: whose.appointment })

  expect((await seen(clinician, visit)).interpreter).toBeUndefined()
})

describe('an Encounter that cannot be had', () => {
  test.each([
    ['fhir-403', {}],
    ['fhir-410', {}],
    ['fhir-500', {}],
    ['fhir-429-retry-after', {}],
    ['search-refused', { status: 401 }],
  ] as const)('(%s) keeps nobody from the visit, and the record’s word stands', async (fault, how) => {
    const whose = await spanish(yes)
    const encounter = await encounterOf(whose, no)
    const clinician = await world.signIn({ user, encounter, appointment: whose.appointment })
    world.ehr.faults.on(fault, { type: 'Encounter', ...how })
    if (fault === 'search-refused') world.ehr.faults.on('fhir-403', { type: 'Encounter' })

    const visit = await open(clinician, whose.appointment)

    expect((await seen(clinician, visit)).interpreter).toEqual({ language: 'Spanish' })
  })

  test('in a moment lets the visit open, and is shown once it comes', async () => {
    const whose = await spanish(yes)
    await encounterOf(whose, no)
    const clinician = await world.signIn({ user })
    const come = holdingBack(world, { type: 'Encounter' })

    const visit = await open(clinician, whose.appointment)
    expect((await seen(clinician, visit)).interpreter).toEqual({ language: 'Spanish' })
    come()

    await eventually(async () => expect((await seen(clinician, visit)).interpreter).toBeUndefined())
  })
})
