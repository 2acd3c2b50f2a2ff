// What stands in the chart after a visit: the Encounter and the note as the sandbox EHR keeps them, which has validated both as R4.
import type { DocumentReference, Encounter } from 'fhir/r4'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import {
  bodyOf,
  file,
  filingOf,
  inCall,
  type Opened,
  opened,
  patientWasThere,
  save,
  say,
  sign,
  signed,
  soap,
} from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, practitioners, encounters } = clinic

describe('the chart after a visit', () => {
  let world: World
  let encounter: Encounter
  let note: DocumentReference
  let walked: Opened
  beforeAll(async () => {
    world = await openWorld()
    walked = await signed(world)
    bodyOf(await file(walked.clinician, walked.visit))
    encounter = found(world.ehr.all('Encounter').find((e) => about(e, walked.appointment)))
    note = found(
      world.ehr
        .all('DocumentReference')
        .find((d) => d.context?.encounter?.[0]?.reference === `Encounter/${encounter.id}`),
    )
  })
  afterAll(() => world.close())

  const about = (one: Encounter, appointment: string) =>
    one.appointment?.some(({ reference }) => reference === `Appointment/${appointment}`)

  test('the Encounter is virtual, finished, of this patient and of this Appointment', () => {
    expect(encounter).toMatchObject({
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'VR' },
      type: [{ coding: [{ system: 'http://snomed.info/sct', code: '448337001' }] }],
      subject: { reference: patients.margaret.reference },
      appointment: [{ reference: `Appointment/${walked.appointment}` }],
    })
  })

  test('the Encounter says who was there and when, and how it went', () => {
    const { start = '', end = '' } = encounter.period ?? {}

    expect(start <= end).toBe(true)
    expect(encounter.participant).toEqual([
      {
        type: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'PPRF' }] }],
        period: { start, end },
        individual: { reference: practitioners.chen.reference },
      },
    ])
    expect(encounter.statusHistory?.map(({ status }) => status)).toEqual(['arrived', 'in-progress'])
    expect(encounter.statusHistory?.at(-1)?.period).toEqual({ start, end })
    expect(encounter.statusHistory?.[0]?.period.end).toBe(start)
  })

  test('the note has the shape US Core writes clinical notes in', () => {
    expect(note).toMatchObject({
      status: 'current',
      docStatus: 'final',
      type: { coding: [{ system: 'http://loinc.org', code: '11506-3' }] },
      category: [{ coding: [{ code: 'clinical-note' }] }],
      subject: { reference: patients.margaret.reference },
      author: [{ reference: practitioners.chen.reference }],
      context: { encounter: [{ reference: `Encounter/${encounter.id}` }], period: encounter.period },
      content: [
        {
          attachment: { contentType: 'text/plain;charset=utf-8' },
          format: { system: 'http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode' },
        },
      ],
    })
    expect(note.identifier?.[0]?.system).toBe(`${world.url}/notes`)
    expect(note.content[0]?.attachment.creation).toBe(note.date)
  })

  test('the note is one page of text with the four sections in order, and who signed it', () => {
    const text = Buffer.from(note.content[0]?.attachment.data ?? '', 'base64').toString('utf8')

    const places = [
      ...['Video visit', 'Subjective', soap.subjective, 'Objective', soap.objective],
      ...['Assessment', soap.assessment, 'Plan', soap.plan, `Signed by ${practitioners.chen.name}`],
    ].map((part) => text.indexOf(part))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(text).toContain('America/New_York')
  })

  test('a planned Encounter of the Appointment is brought to its end, and what else stands in it stays', async () => {
    const planned = encounters.zoe
    const appointment = planned.appointment.split('/')[1] ?? ''
    const context = { patient: patients.zoe.id, appointment }
    const both = await atFixture(appointment, practitioners.chen.reference, context)
    const before = world.ehr.resource('Encounter', planned.id)

    const filing = await filingOf(file(both.clinician, both.visit))

    const after = world.ehr.resource('Encounter', planned.id)
    expect(filing).toMatchObject({ state: 'filed', encounter: planned.reference })
    expect(after).toMatchObject({
      status: 'finished',
      participant: [{ individual: { reference: practitioners.chen.reference } }],
    })
    expect({ ...after, ...changing }).toEqual({ ...before, ...changing })
    expect(world.ehr.all('Encounter').filter((e) => about(e, appointment)).length).toBe(1)
  })

  test('a hospital stay that is open on the screen gets the note, and is not touched byte for byte', async () => {
    const inpatient = encounters.olafurInpatient
    const before = world.ehr.resource('Encounter', inpatient.id)
    const both = await signed(world, { patient: patients.olafur.reference, encounter: inpatient.id })

    const filing = await filingOf(file(both.clinician, both.visit))

    expect(filing).toMatchObject({ state: 'filed', encounter: inpatient.reference })
    expect(JSON.stringify(world.ehr.resource('Encounter', inpatient.id))).toBe(JSON.stringify(before))
    expect(world.ehr.all('Encounter').filter((e) => about(e, both.appointment))).toEqual([])
  })

  test('an Encounter of another patient that the launch names is left alone, and the visit gets its own', async () => {
    const other = encounters.margaret
    const both = await signed(world, { patient: patients.jose.reference, encounter: other.id })

    const filing = await filingOf(file(both.clinician, both.visit))

    expect(filing).toMatchObject({ state: 'filed' })
    expect(filing).not.toMatchObject({ encounter: other.reference })
    expect(world.ehr.resource('Encounter', other.id)?.status).toBe('planned')
  })

  test('a child comes with its mother, who stands in the Encounter beside the clinician', async () => {
    const layla = clinic.relatedPersons.layla
    const both = await signed(world, {
      patient: patients.noor.reference,
      practitioner: practitioners.okafor.reference,
      clinicianUser: practitioners.okafor.reference,
      patientUser: layla.reference,
    })

    bodyOf(await file(both.clinician, both.visit))

    const made = world.ehr.all('Encounter').find((e) => about(e, both.appointment))
    expect(made?.subject?.reference).toBe(patients.noor.reference)
    expect(made?.participant?.map((p) => [p.individual?.reference, p.type?.[0]?.coding?.[0]?.code])).toEqual([
      [practitioners.okafor.reference, 'PPRF'],
      [layla.reference, 'PART'],
    ])
  })

  test('a note of which a section is empty says so, and a visit without a patient in the room is filed as well', async () => {
    const both = await opened(world)
    bodyOf(await both.clinician.post(`${both.visit}/room-tokens`))
    bodyOf(await save(both.clinician, both.visit, 0, { ...soap, objective: ' ' }))
    bodyOf(await both.clinician.post(`${both.visit}/end`))
    bodyOf(await say(both.clinician, both.visit, 'came'))
    bodyOf(await sign(both.clinician, both.visit))

    bodyOf(await file(both.clinician, both.visit))

    const made = world.ehr.all('Encounter').find((e) => about(e, both.appointment))
    const filed = world.ehr.all('DocumentReference').at(-1)
    expect(made?.statusHistory?.map(({ status }) => status)).toEqual(['in-progress'])
    expect(Buffer.from(filed?.content[0]?.attachment.data ?? '', 'base64').toString()).toContain('Nothing recorded.')
  })

  /** A fixture's own Appointment: both sides, up to the signed note. */
  async function atFixture(appointment: string, user: `Practitioner/${string}`, context: object) {
    const clinician = await world.signIn({ user, ...context })
    const visit = `/api/visits/${bodyOf<{ visit: string }>(await clinician.post('/api/visits', { appointment })).visit}`
    bodyOf(await clinician.post(`${visit}/room-tokens`))
    bodyOf(await save(clinician, visit))
    await patientWasThere(world, visit)
    bodyOf(await clinician.post(`${visit}/end`))
    bodyOf(await sign(clinician, visit))
    return { clinician, visit }
  }
})

test('two visits of one patient on one day go into the chart as two Encounters with a note each', async () => {
  const world = await openWorld()
  onTestFinished(() => world.close())
  const [first, second] = [await inCall(world), await inCall(world)]

  for (const { clinician, visit } of [first, second]) {
    bodyOf(await save(clinician, visit))
    bodyOf(await clinician.post(`${visit}/end`))
    bodyOf(await sign(clinician, visit))
    bodyOf(await file(clinician, visit))
  }

  const made = world.ehr.all('Encounter').filter((e) => e.identifier?.[0]?.system === `${world.url}/visits`)
  const places = world.ehr.all('DocumentReference').map((d) => d.context?.encounter?.[0]?.reference)
  expect(made.length).toBe(2)
  expect(places.toSorted()).toEqual(made.map(({ id }) => `Encounter/${id}`).toSorted())
})

/** What bringing an Encounter to its end changes. */
const changing = { status: '', meta: {}, statusHistory: [], participant: [], period: {} }

function found<T>(resource: T | undefined): T {
  if (resource === undefined) throw new Error('the EHR has no such resource')
  return resource
}
