// What the sandbox plays of servers that are slow to say what they can, refuse searches, or answer them from a cache.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { clinic } from '../../../fhir-fixtures/day.ts'
import { type Ehr, startEhr } from '../../../sandbox/ehr/main.ts'
import { generic } from '../../../sandbox/ehr/personalities/generic.ts'
import { type Fhir, fhirAs, launchUrls, publicClient } from './app.ts'
import { noteOf } from './resources.ts'

const { margaret } = clinic.patients
const visit = { user: clinic.practitioners.chen.reference, patient: margaret.id } as const

let now = Date.now()
let ehr: Ehr
let fhir: Fhir
beforeAll(async () => {
  const personality = { ...generic, fhir: { searchesKeptSeconds: 60 } }
  ehr = await startEhr({ clients: [publicClient], launchUrls, personality, now: () => new Date(now) })
  fhir = await fhirAs(ehr, visit)
})
afterEach(() => ehr.faults.clear())
afterAll(() => ehr.close())

const notes = `DocumentReference?patient=${margaret.reference}`
const total = async (headers = {}) => (await fhir('GET', notes, undefined, headers)).body.total
const said = () => fetch(`${ehr.iss}/metadata`)

test('a search is answered from a cache for a minute, unless the request says no-cache', async () => {
  const before = await total()
  await fhir('POST', 'DocumentReference', noteOf(margaret, 'A note.', clinic.encounters.margaret.reference))

  const [cached, fresh] = [await total(), await total({ 'Cache-Control': 'no-cache' })]
  await fhir('POST', 'DocumentReference', noteOf(margaret, 'Another.', clinic.encounters.margaret.reference))
  const still = await total()
  now += 61_000

  expect([before, cached, fresh, still, await total()]).toEqual([0, 0, 1, 1, 2])
})

test('what a cache has of a search is which resources were found: each of them is as it is now', async () => {
  const found = async () => (await fhir('GET', `Patient?_id=${margaret.id}`)).body.entry
  await found()
  const kept = ehr.resource('Patient', margaret.id)
  if (kept) await ehr.put({ ...kept, birthDate: '1900-01-01' })

  expect(await found()).toMatchObject([{ resource: { birthDate: '1900-01-01' } }])
})

test.each([
  [{}, 501],
  [{ status: 200 }, 200],
  [{ status: 403 }, 403],
] as const)(
  'search-refused told %j answers %i with an OperationOutcome, and reads stay as they are',
  async (of, status) => {
    ehr.faults.on('search-refused', { type: 'DocumentReference', by: 'patient', ...of })

    const refused = await fhir('GET', notes, undefined, { 'Cache-Control': 'no-cache' })

    expect([refused.status, refused.body.resourceType]).toEqual([status, 'OperationOutcome'])
    expect((await fhir('GET', 'DocumentReference?identifier=a|b')).status).toBe(200)
    expect((await fhir('GET', margaret.reference)).status).toBe(200)
  },
)

test('/metadata that is late comes once it is let go, and may be as large as HAPI’s, or list nothing', async () => {
  let release: () => void = () => undefined
  ehr.faults.on('metadata-slow', { times: 1, until: new Promise<void>((done) => (release = done)) })
  let isThere = false
  const late = said().then(async (answer) => {
    isThere = true
    return answer
  })
  await fhir('GET', margaret.reference)
  const wasThere = isThere
  release()
  expect([wasThere, (await late).status]).toEqual([false, 200])

  ehr.faults.on('metadata-large', { times: 1 })
  expect((await (await said()).text()).length).toBeGreaterThan(1_800_000)
  ehr.faults.on('metadata-bare', { times: 1 })
  expect(await (await said()).json()).toMatchObject({
    rest: [expect.not.objectContaining({ resource: expect.anything() })],
  })
})

test.each([
  ['search-silent', () => fhir('GET', notes, undefined, { 'Cache-Control': 'no-cache' })],
  ['metadata-silent', said],
] as const)('%s leaves whoever asks waiting, while others are answered', async (fault, ask) => {
  ehr.faults.on(fault)

  const first = await Promise.race([
    ask().then(
      () => 'answered',
      () => 'cut',
    ),
    fhir('GET', margaret.reference).then(() => 'others'),
  ])

  expect(first).toBe('others')
})
