// The chart beside the video, over HTTP: who reads which part of whose, by whose sign-in, and how each part says what stands in its way.
import { randomBytes } from 'node:crypto'
import type { FhirResource } from 'fhir/r4'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { chartParts } from '../../server/domain/ehr/chart-parts.ts'
import type { ChartNoteView, ChartView } from '../../server/wire/wire.ts'
import { having, newPatient } from '../support/chart.ts'
import { bodyOf, inCall, type Opened, opened } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const { margaret, wang, zoe } = clinic.patients
let world: World
beforeAll(async () => {
  world = await openWorld({ config: having({ policies: { chart: true } }) })
})
afterEach(() => world.ehr.faults.clear())
afterAll(() => world.close())

type Visit = Pick<Opened, 'clinician' | 'visit'>
const partOf = async ({ clinician, visit }: Visit, part: string) =>
  bodyOf<ChartView>(await clinician.get(`${visit}/chart?part=${part}`))
const noteOf = async ({ clinician, visit }: Visit, document: string) =>
  bodyOf<ChartNoteView>(await clinician.get(`${visit}/chart/note?document=${document}`))
const read = async (visit: Visit, part: string) => {
  const view = await partOf(visit, part)
  if (view.outcome !== 'read') throw new Error(`${part} is ${view.outcome}`)
  return view
}
const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code, display: `Code ${code}` }] })
const category = (code: string) => [
  { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code }] },
]
const id = () => `c-${randomBytes(6).toString('hex')}`
const ago = (days: number) => new Date(world.now() - days * 86_400_000).toISOString()
const base64 = (text: string) => Buffer.from(text).toString('base64')

/** Kept by the EHR, whatever it is: nobody checks. */
const put = async (resource: object): Promise<string> => {
  const one = { id: id(), ...resource } as FhirResource // sound: what these tests put in is R4, or meant not to be
  await world.ehr.put(one)
  return one.id ?? ''
}
const weight = (subject: string, more: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  category: category('vital-signs'),
  code: loinc('29463-7'),
  subject: { reference: subject },
  effectiveDateTime: ago(3),
  valueQuantity: { value: 70, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
  ...more,
})

describe('of a patient with a full chart', () => {
  let visit: Opened
  beforeAll(async () => {
    visit = await inCall(world)
  })

  test('each part comes by itself, as it was read a moment ago', async () => {
    const views = await Promise.all(chartParts.map((part) => partOf(visit, part)))

    expect(Object.fromEntries(views.map(({ part, outcome }) => [part, outcome]))).toEqual({
      ...{ problems: 'read', medicines: 'read', allergies: 'read', vitals: 'read', results: 'nothing' },
      ...{ visits: 'nothing', notes: 'nothing' },
    })
  })

  test('problems, medicines and allergies are named', async () => {
    const parts = await Promise.all(['problems', 'medicines', 'allergies'].map((part) => read(visit, part)))
    const names = parts
      .flatMap(({ found }) => Object.values(found).flat())
      .map((one) => (one as { name?: string }).name)

    expect(names).toEqual(expect.arrayContaining(['High blood pressure', 'lisinopril 10 MG Oral Tablet', 'Penicillin']))
  })

  test('vital signs are a year of series, each in one unit', async () => {
    const { found, since } = await read(visit, 'vitals')

    const series = found.vitals?.series ?? []
    expect(series.map(({ kind, unit }) => `${kind} ${unit}`)).toEqual([
      ...['blood-pressure mmHg', 'pulse /min', 'oxygen %', 'weight kg'],
    ])
    expect(series[0]?.points.length).toBeGreaterThan(12)
    expect(since?.slice(0, 10)).toBe(ago(366).slice(0, 10))
  })

  test('is read by the clinician’s own sign-in, kept in no cache, and each look is written down with what came of it', async () => {
    const answer = await visit.clinician.get(`${visit.visit}/chart?part=problems`)

    expect(answer.headers['cache-control']).toBe('no-store')
    const asked = world.ehr.requests.filter(({ path }) => path === '/Condition').at(-1)
    expect(asked?.user).toBe(clinic.practitioners.chen.reference)
    expect((await world.audit()).filter(({ event }) => event === 'chart-looked').at(-1)).toMatchObject({
      ...{
        outcome: 'success',
        code: 'read',
        part: 'problems',
        found: 3,
        patient: margaret.reference,
        role: 'clinician',
      },
    })
    expect(world.log()).not.toContain('lood pressure')
  })

  test('is for nobody else: not for the patient, nor for a clinician of another visit, nor by a patient in the address', async () => {
    const other = await opened(world, {
      practitioner: clinic.practitioners.okafor.reference,
      patient: zoe.reference,
      clinicianUser: clinic.practitioners.okafor.reference,
    })
    const path = `${visit.visit}/chart?part=problems`

    expect((await visit.patient.get(path)).code).toBe('clinician-only')
    expect((await other.clinician.get(path)).code).toBe('not-your-visit')
    expect((await visit.clinician.get(`${path}&patient=${zoe.reference}`)).code).toBe('bad-request')
    expect((await visit.clinician.get(`${visit.visit}/chart?part=everything`)).code).toBe('bad-request')
  })

  test('is not there once the Appointment is another patient’s', async () => {
    const mine = await opened(world)
    await world.house.visits.change(mine.visit.split('/').at(-1) as never, (v) => ({ ...v, patientGone: true }))

    expect((await mine.clinician.get(`${mine.visit}/chart?part=problems`)).code).toBe('appointment-changed')
  })
})

test('no known allergy is a record, and nothing recorded is another thing', async () => {
  const none = await read(await opened(world, { patient: wang.reference }), 'allergies')
  const unasked = await partOf(await opened(world, { patient: await newPatient(world) }), 'allergies')

  expect(none.found.allergies).toMatchObject([{ noneKnown: 'any', state: 'active' }])
  expect(unasked).toMatchObject({ outcome: 'nothing', found: { allergies: [] } })
})

describe('what stands in the way of a part', () => {
  let visit: Opened
  beforeAll(async () => {
    visit = await opened(world)
  })

  test.each([
    ['fhir-403', { outcome: 'refused' }],
    ['fhir-500', { outcome: 'failed', code: 'ehr-failed' }],
    ['fhir-429-retry-after', { outcome: 'failed', code: 'ehr-busy' }],
    ['fhir-410', { outcome: 'refused' }],
    ['next-link-other-host', undefined],
  ] as const)('%s is told of this part alone, and the others come', async (fault, told) => {
    world.ehr.faults.on(fault, { type: 'AllergyIntolerance' })

    const [allergies, problems] = await Promise.all([partOf(visit, 'allergies'), partOf(visit, 'problems')])

    expect(problems.outcome).toBe('read')
    expect(allergies).toMatchObject(told ?? { outcome: 'read' })
  })

  test('a failed part is written down as failed', async () => {
    world.ehr.faults.on('fhir-500', { type: 'Observation' })

    await partOf(visit, 'vitals')

    expect((await world.audit()).at(-1)).toMatchObject({
      event: 'chart-looked',
      part: 'vitals',
      outcome: 'failed',
      found: 0,
    })
  })
})

describe('what is odd in a chart', () => {
  test('what is not said to be about this patient is counted, and never shown', async () => {
    const patient = await newPatient(world)
    const visit = await opened(world, { patient })
    const hers = weight(patient)
    await put(hers)
    await put({ ...hers, status: 'preliminary', device: { display: 'Scale' } })
    world.ehr.faults.clear()
    const crooked = await openWorld({
      config: having({ policies: { chart: true } }),
      inTheWay: (request, response, next) => {
        if (!request.url?.includes('/Observation?')) return next()
        const entry = [hers, { ...hers, subject: { reference: zoe.reference } }, { ...hers, subject: undefined }].map(
          (resource, n) => ({
            resource: { id: `o${n}`, ...resource, ...(n === 0 ? { subject: { reference: margaret.reference } } : {}) },
          }),
        )
        response.setHeader('Content-Type', 'application/fhir+json')
        response.end(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', entry }))
      },
    })
    const view = await read(await opened(crooked), 'vitals')
    await crooked.close()

    expect(view).toMatchObject({ others: 2, whole: true })
    expect(view.found.vitals?.series).toMatchObject([{ kind: 'weight', points: [{ value: 70 }] }])
    expect((await read(visit, 'vitals')).found.vitals?.series[0]?.points).toMatchObject([
      { value: 70 },
      { by: 'device', preliminary: true },
    ])
  })

  test('entries that nobody can read are counted, and the others stand', async () => {
    const patient = await newPatient(world)
    const visit = await opened(world, { patient })
    await put(weight(patient))
    await put(weight(patient, { valueQuantity: { value: 'seventy' } }))

    expect(await read(visit, 'vitals')).toMatchObject({
      unread: 1,
      found: { vitals: { series: [{ kind: 'weight' }] } },
    })
  })

  test('markup in a name is text, in one line', async () => {
    const patient = await newPatient(world)
    const visit = await opened(world, { patient })
    await put({
      resourceType: 'Condition',
      subject: { reference: patient },
      code: { text: '<img src=x onerror=alert(1)>\nsecond' },
    })

    expect((await read(visit, 'problems')).found.problems).toEqual([
      { name: '<img src=x onerror=alert(1)> second', state: 'unsaid' },
    ])
  })

  test('five thousand values are read as far as it goes, and the page says that there are more', async () => {
    const patient = await newPatient(world)
    const visit = await opened(world, { patient })
    for (let n = 0; n < 2_100; n++) await put(weight(patient, { effectiveDateTime: ago(n / 10) }))

    const view = await read(visit, 'vitals')

    expect(view.whole).toBe(false)
    expect(view.found.vitals?.series[0]?.points).toHaveLength(2_000)
    // The newest are among them.
    expect(view.found.vitals?.series[0]?.points.at(-1)?.at.slice(0, 10)).toBe(ago(0).slice(0, 10))
  })
})

describe('a note of the chart', () => {
  let visit: Opened
  let patient: string
  beforeAll(async () => {
    patient = await newPatient(world)
    visit = await opened(world, { patient })
  })
  const document = (attachment: object, subject = patient) =>
    put({
      resourceType: 'DocumentReference',
      status: 'current',
      docStatus: 'final',
      subject: { reference: subject },
      date: ago(30),
      type: { text: 'Progress note' },
      content: [{ attachment }],
    })
  const binary = (contentType: string, data: string) => put({ resourceType: 'Binary', contentType, data })

  test('is in the list, and opens as plain text, also from a Binary', async () => {
    const url = `Binary/${await binary('text/plain;charset=utf-8', base64('Seen in March.\nDoing well.'))}`
    const one = await document({ contentType: 'text/plain', url })

    expect((await read(visit, 'notes')).found.notes).toMatchObject([{ id: one, format: 'text', state: 'final' }])
    expect(await noteOf(visit, one)).toEqual({ outcome: 'read', text: 'Seen in March.\nDoing well.' })
    expect((await world.audit()).at(-1)).toMatchObject({
      ...{ event: 'chart-note-opened', document: `DocumentReference/${one}`, patient, code: 'read' },
    })
  })

  test.each<[string, () => Promise<string>, string]>([
    ['of another patient', () => document({ contentType: 'text/plain', data: base64('x') }, zoe.reference), 'gone'],
    ['that is not there', async () => 'nowhere', 'gone'],
    ['in another format', () => document({ contentType: 'application/pdf', data: base64('%PDF-1.7') }), 'elsewhere'],
    [
      'on another host',
      () => document({ contentType: 'text/plain', url: 'https://elsewhere.example/Binary/1' }),
      'elsewhere',
    ],
    [
      'that leads out of its base',
      () => document({ contentType: 'text/plain', url: 'Binary/../Patient/1' }),
      'elsewhere',
    ],
    ['without content', () => document({ contentType: 'text/plain' }), 'elsewhere'],
    [
      'that is a page under the name of a text',
      () => document({ contentType: 'text/plain', data: base64('<html><script>') }),
      'not-text',
    ],
    [
      'whose Binary says it is another thing',
      async () => document({ contentType: 'text/plain', url: `Binary/${await binary('text/html', base64('<p>'))}` }),
      'not-text',
    ],
  ])('%s is not shown', async (_what, made, outcome) => {
    expect(await noteOf(visit, await made())).toEqual({ outcome })
  })

  test('that is too large is told as that', async () => {
    const one = await document({
      contentType: 'text/plain',
      url: `Binary/${await binary('text/plain', 'A'.repeat(6_000_000))}`,
    })

    expect(await noteOf(visit, one)).toEqual({ outcome: 'too-large' })
  })
})

test('a clinic that does not show the chart asks for no scope of it, and says so of each part', async () => {
  const without = await openWorld()
  const visit = await opened(without)

  const views = await Promise.all(chartParts.map((part) => partOf(visit, part)))

  expect(new Set(views.map(({ outcome }) => outcome))).toEqual(new Set(['off']))
  expect(without.ehr.requests.some(({ path }) => path === '/Condition')).toBe(false)
  await without.close()
})
