// An EHR that says late what it can do, or never, or another thing than before: what is safe stays as it is, and nothing that is done at the
// end of a visit is left out because of it.
import type { Resource } from '@medplum/fhirtypes'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { epic } from '../../sandbox/ehr/personalities/epic.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import type { CapabilityView } from '../../server/wire/wire.ts'
import { attempt, bearing, chart, newPatient, notesOf, once, shown, withEncounter, writes } from '../support/chart.ts'
import { eventually } from '../support/eventually.ts'
import type { Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf, book, file, filingOf, signedAlone } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(async () => {
  vi.restoreAllMocks()
  await world.close()
})

/** Whoever waits for a time that `isOver` says has waited. */
function waited(isOver: (ms: number) => boolean): void {
  const really = AbortSignal.timeout.bind(AbortSignal)
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) =>
    isOver(ms) ? AbortSignal.abort(new DOMException('late', 'TimeoutError')) : really(ms),
  )
}
const briefly = (ms: number) => ms <= 3_000
const long = (ms: number) => ms > 10_000 && ms <= 20_000 && ms !== 15_000

const asked = ({ ehr }: World = world) => ehr.requests.filter(({ path }) => path === '/metadata').length
const toldTo = async (person: Person) => bodyOf<CapabilityView>(await person.get('/api/capability'))
const chen = (at: World = world) => at.signIn({ user: clinic.practitioners.chen.reference })

/** /metadata is not answered until what this returns is called. */
function holdingMetadata(of: { large?: boolean } = {}): () => void {
  let release: () => void = () => undefined
  world.ehr.faults.on('metadata-slow', { until: new Promise<void>((done) => (release = done)) })
  if (of.large) world.ehr.faults.on('metadata-large')
  return () => release()
}

describe('a /metadata that takes longer than anybody waits for a page', () => {
  test.each([{ large: false }, { large: true }])(
    'is not waited for at the sign-in nor on the day, and decides the filing all the same (%j)',
    async (of) => {
      waited(briefly)
      const release = holdingMetadata(of)
      const walked = await signedAlone(world, { patient: await newPatient(world) })
      expect((await walked.clinician.get('/api/appointments')).status).toBe(200)

      const filing = filingOf(file(walked.clinician, walked.visit))
      await walked.clinician.get(`${walked.visit}/note`)
      const before = writes(world)
      release()

      expect(await filing).toMatchObject({ state: 'filed', encounter: expect.any(String), appointment: 'fulfilled' })
      expect([before, writes(world)[0], asked()]).toEqual([[], 'POST /', 1])
      expect(chart(world, walked.appointment)).toMatchObject({ encounters: 1, notes: 1 })
    },
  )

  test('is asked for once by all who wait for it', async () => {
    waited(briefly)
    const release = holdingMetadata()
    const [one, other] = [await newPatient(world), await newPatient(world)]
    const both = [await signedAlone(world, { patient: one }), await signedAlone(world, { patient: other })]

    const filings = Promise.all(both.map(({ clinician, visit }) => filingOf(file(clinician, visit))))
    release()

    expect(await filings).toMatchObject([{ state: 'filed' }, { state: 'filed' }])
    expect([asked(), notesOf(world, one).length, notesOf(world, other).length]).toEqual([1, 1, 1])
  })
})

describe('an EHR that never says what it can do', () => {
  test.each([
    ['answers 500', 'metadata-500'],
    ['says nothing at all', 'metadata-silent'],
    ['lists nothing', 'metadata-bare'],
  ] as const)('and %s gets Encounter and note once each, and its Appointment is fulfilled', async (_how, fault) => {
    waited((ms) => briefly(ms) || long(ms))
    world.ehr.faults.on(fault)
    const walked = await signedAlone(world, { patient: await newPatient(world) })

    const filing = await attempt(walked)

    expect((await toldTo(walked.clinician)).told).toBe(false)
    expect(filing).toMatchObject({ state: 'filed', encounter: expect.any(String), appointment: 'fulfilled' })
    expect(writes(world)).toEqual([
      ...['POST /Encounter', 'POST /DocumentReference'],
      `PUT /Appointment/${walked.appointment}`,
    ])
    const created = world.ehr.requests.filter(({ method }) => method === 'POST')
    expect(created.map(({ headers }) => headers['if-none-exist'])).toEqual([
      ...[expect.stringMatching(/^identifier=/), expect.stringMatching(/^identifier=/)],
    ])
  })

  test('has the Encounter of the Appointment brought to its end', async () => {
    world.ehr.faults.on('metadata-500')
    const { registered, ...whose } = await withEncounter(world)
    const kept = world.ehr.resource('Encounter', registered.split('/')[1] ?? '')
    if (kept) await world.ehr.put({ ...kept, status: 'in-progress' })

    expect(bearing(await attempt(await signedAlone(world, whose)))).toBe(registered)
    expect(world.ehr.resource('Encounter', registered.split('/')[1] ?? '')?.status).toBe('finished')
  })

  test('and takes no Encounter and changes no Appointment still gets the note', async () => {
    const own = await openWorld({ personality: epic })
    onTestFinished(() => own.close())
    own.ehr.faults.on('metadata-500')
    const { registered, ...whose } = await withEncounter(own)

    const filing = await attempt(await signedAlone(own, whose))

    expect(filing).toMatchObject({ state: 'filed', encounter: registered, appointment: 'left' })
    expect(notesOf(own, whose.patient)).toHaveLength(1)
  })

  test('and answers searches from a cache never has a note that arrived late for the second time', async () => {
    const own = await openWorld({ personality: { ...generic, fhir: { searchesKeptSeconds: 60 } } })
    onTestFinished(() => own.close())
    own.ehr.faults.on('metadata-500')
    const patient = await newPatient(own)
    const walked = await signedAlone(own, { patient })
    const { clinician, visit } = walked
    const arriving = lateNote(own)
    own.ehr.faults.on('cut-before-write', { type: 'DocumentReference', times: 1 })
    expect(await attempt(walked)).toMatchObject({ state: 'unknown' })
    await refuses(own, 'filing-unknown', () => file(clinician, visit))
    await arriving()

    const filing = await filingOf(clinician.post(`${visit}/note/filing`, { sendAgain: true }))

    expect(notesOf(own, patient)).toHaveLength(1)
    expect(filing).toMatchObject({
      state: 'filed',
      documentReference: `DocumentReference/${notesOf(own, patient)[0]?.id}`,
    })
  })
})

/** Keeps what is sent and cut, to be put into the chart when the server comes to it. */
function lateNote(at: World): () => Promise<void> {
  const really = fetch
  let sent: Resource | undefined
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (to, init) => {
    if (init?.method === 'POST' && String(to).endsWith('/DocumentReference')) {
      const [mine, theirs] = (init.body as ReadableStream).tee() // sound: our own requests have streams for bodies
      sent = JSON.parse(await new Response(mine).text()) as Resource // sound: our own note
      return really(to, { ...init, body: theirs })
    }
    return really(to, init)
  })
  return async () => {
    if (sent === undefined) throw new Error('nothing was sent')
    await at.ehr.put({ ...sent, id: 'arrived-late' } as Parameters<typeof at.ehr.put>[0]) // sound: as above
  }
}

describe('what an EHR said of itself', () => {
  test('is kept for an hour, and asked anew after it', async () => {
    const person = await chen()
    await eventually(async () => expect((await toldTo(person)).told).toBe(true))

    world.later(50)
    await toldTo(await chen())
    expect(asked()).toBe(1)

    world.later(15)
    await toldTo(await chen())
    await eventually(() => expect(asked()).toBe(2))
  })

  test.each(['metadata-500', 'metadata-silent', 'metadata-bare'] as const)(
    'holds beyond the hour where it says no more (%s)',
    async (fault) => {
      waited(briefly)
      const release = holdingMetadata()
      const first = await chen()
      release()
      await eventually(async () => expect((await toldTo(first)).told).toBe(true))
      world.ehr.faults.clear()
      world.ehr.faults.on(fault)
      world.later(65)

      const walked = await signedAlone(world, { patient: await newPatient(world) })

      expect((await toldTo(walked.clinician)).told).toBe(true)
      expect(await attempt(walked)).toMatchObject({ state: 'filed' })
      expect([asked(), writes(world)[0]]).toEqual([2, 'POST /'])
    },
  )

  test('is believed anew an hour later, though it says less: a note in doubt is not sent while nobody can look', async () => {
    let says: 'all' | 'less' = 'all'
    const own = await openWorld({
      inTheWay: (request, response, handOn) => {
        if (says === 'all' || !request.url?.endsWith('/metadata')) return handOn()
        const resource = [{ type: 'DocumentReference', interaction: [{ code: 'create' }] }]
        const statement = { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', rest: [{ resource }] }
        const software = { name: 'Epic' }
        response.writeHead(200, { 'content-type': 'application/fhir+json' })
        response.end(JSON.stringify({ ...statement, software }))
      },
    })
    onTestFinished(() => own.close())
    const patient = await newPatient(own)
    const appointment = await book(own, { patient })
    const walked = await signedAlone(own, { patient, appointment })
    own.ehr.faults.on('cut-after-write', { times: 1 })
    expect(await attempt(walked)).toMatchObject({ state: 'unknown' })
    says = 'less'
    own.later(65)
    const clinician = await own.signIn({ user: clinic.practitioners.chen.reference, appointment, patient })
    bodyOf(await clinician.post('/api/visits', { appointment }))

    await eventually(async () => expect((await toldTo(clinician)).kind).toBe('epic'))
    await refuses(own, 'filing-unknown', () => file(clinician, walked.visit))
    expect(notesOf(own, patient)).toHaveLength(1)
    expect(await shown({ clinician, visit: walked.visit })).toMatchObject({ state: 'unknown' })
  })
})

test('whatever is looked at in an EHR is asked for as it is now', async () => {
  const walked = await signedAlone(world, { patient: await newPatient(world) })
  await attempt(walked)

  const looks = world.ehr.requests.filter(({ method, path }) => method === 'GET' && path !== '/metadata')
  expect(looks.length).toBeGreaterThan(5)
  expect([...new Set(looks.map(({ headers }) => headers['cache-control']))]).toEqual(['no-cache'])
  expect(chart(world, walked.appointment)).toEqual(once)
})
