// A server whose transactions are batches, that passes over what nobody may change, and tells of Bundles and versions in ways of its own.
import type { BundleEntry } from 'fhir/r4'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clinic } from '../../../fhir-fixtures/day.ts'
import { oddBundles } from '../../../sandbox/ehr/faults.ts'
import { type Ehr, startEhr } from '../../../sandbox/ehr/main.ts'
import { generic } from '../../../sandbox/ehr/personalities/generic.ts'
import type { Personality } from '../../../sandbox/ehr/personality.ts'
import { type Fhir, fhirAs, launchUrls, publicClient } from './app.ts'
import { encounterOf, entriesOf, noteOf } from './resources.ts'

const { margaret } = clinic.patients
const placeholder = 'urn:uuid:4e4f7c1e-1111-4000-8000-000000000002'
const batchLike: Personality = {
  ...generic,
  types: { ...generic.types, Appointment: [...(generic.types.Appointment ?? []), 'patch'] },
  fhir: {
    ...{ transactionsAreBatches: true, takesDanglingReferences: true, ifMatch: 'put-only' },
    ...{ readOnly: { Appointment: ['status'] }, patchable: { Appointment: ['comment'] } },
  },
}

let ehr: Ehr
let fhir: Fhir
beforeAll(async () => {
  ehr = await startEhr({ clients: [publicClient], launchUrls, personality: batchLike })
  fhir = await fhirAs(ehr, { user: clinic.practitioners.chen.reference, patient: margaret.id })
})
afterEach(() => ehr.faults.clear())
afterAll(() => ehr.close())

const encounter = (): BundleEntry => ({
  fullUrl: placeholder,
  resource: encounterOf(margaret),
  request: { method: 'POST', url: 'Encounter' },
})
const note = (text: string): BundleEntry => ({
  resource: noteOf(margaret, text, placeholder),
  request: { method: 'POST', url: 'DocumentReference' },
})
const together = (...entry: BundleEntry[]) => fhir('POST', '', { resourceType: 'Bundle', type: 'transaction', entry })
const statuses = (replied: Awaited<ReturnType<typeof together>>) =>
  entriesOf(replied).map(({ response }) => response?.status)

describe('a transaction that is worked off as a batch', () => {
  test('answers 200 though the note was refused, and the Encounter stays', async () => {
    ehr.faults.on('write-refused', { type: 'DocumentReference' })

    const replied = await together(encounter(), note('Refused.'))

    expect([replied.status, replied.body.type, statuses(replied)]).toEqual([
      ...[200, 'transaction-response'],
      ['201', '403'],
    ])
    expect(ehr.resource('Encounter', entriesOf(replied)[0]?.resource?.id ?? '')).toBeDefined()
  })

  test('answers 200 though the Encounter was refused, and the note points at one that never came to be', async () => {
    ehr.faults.on('write-refused', { type: 'Encounter' })

    const replied = await together(encounter(), note('Under nothing.'))

    expect(statuses(replied)).toEqual(['403', '201'])
    const [, made] = entriesOf(replied)
    const kept = ehr.resource('DocumentReference', made?.resource?.id ?? '')
    const [, id = ''] = kept?.context?.encounter?.[0]?.reference?.split('/') ?? []
    expect(id).not.toBe('')
    expect(ehr.resource('Encounter', id)).toBeUndefined()
  })

  test('is stopped by 429, which is then the status of each entry that was left', async () => {
    ehr.faults.on('write-refused', { type: 'Encounter', status: 429 })

    expect(statuses(await together(encounter(), note('Too many.')))).toEqual(['429', '429'])
  })

  test('refuses an entry it cannot read by itself alone', async () => {
    const wrong: BundleEntry = { request: { method: 'POST', url: 'Encounter', ifNoneExist: 'x=1' } }

    expect(statuses(await together(wrong, encounter()))).toEqual(['400', '201'])
  })
})

test('what is read-only is passed over in an update, and the answer says so', async () => {
  const { id } = clinic.appointments.margaret
  const before = (await fhir('GET', `Appointment/${id}`)).body

  const replied = await fhir('PUT', `Appointment/${id}`, { ...before, status: 'fulfilled', comment: 'Done.' })

  expect([replied.status, replied.body.status, replied.body.comment]).toEqual([200, before.status, 'Done.'])
})

test('update-passed-over leaves the elements it names as they were', async () => {
  const { id } = clinic.encounters.margaret
  const before = (await fhir('GET', `Encounter/${id}`)).body
  ehr.faults.on('update-passed-over', { type: 'Encounter' })

  expect((await fhir('PUT', `Encounter/${id}`, { ...before, status: 'finished' })).body.status).toBe(before.status)
})

test('a patch reads past If-Match where only an update looks at it', async () => {
  const { id } = clinic.appointments.margaret
  const patch = [{ op: 'replace', path: '/comment', value: 'Read past.' }]
  const headers = { 'if-match': 'W/"99"', 'content-type': 'application/json-patch+json' }
  const before = (await fhir('GET', `Appointment/${id}`)).body

  expect((await fhir('PATCH', `Appointment/${id}`, patch, headers)).status).toBe(200)
  expect((await fhir('PUT', `Appointment/${id}`, before, { 'if-match': 'W/"99"' })).status).toBe(412)
})

test('etag-unlike-version names a version that no update is taken by', async () => {
  const { id } = clinic.encounters.margaret
  ehr.faults.on('etag-unlike-version', { type: 'Encounter' })

  const { headers, body } = await fhir('GET', `Encounter/${id}`)
  const { versionId } = body.meta as { versionId: string }

  expect(headers.get('etag')).toBe(`W/"${versionId}-gzip"`)
  const ifMatch = (etag: string) => fhir('PUT', `Encounter/${id}`, body, { 'if-match': etag })
  expect((await ifMatch(`W/"${versionId}-gzip"`)).status).toBe(412)
  expect((await ifMatch(`W/"${versionId}"`)).status).toBe(200)
})

test('read-sent-on sends the reader of one record on to another', async () => {
  const { zoe } = clinic.patients
  ehr.faults.on('read-sent-on', { type: 'Patient', id: margaret.id, url: `${ehr.iss}/${zoe.reference}` })

  // This reader follows, and so has the other record under the address of the first.
  expect((await fhir('GET', margaret.reference)).body.id).toBe(zoe.id)
  expect((await fhir('GET', zoe.reference)).body.id).toBe(zoe.id)
})

test.each(oddBundles)('a Bundle that is answered oddly (%s) is kept all the same', async (how) => {
  const notes = ehr.all('DocumentReference').length
  ehr.faults.on('bundle-answered-oddly', { how })

  const odd = await together(encounter(), note(`Answered oddly: ${how}.`))
  ehr.faults.clear()
  const plain = await together(encounter(), note(`Answered plainly: ${how}.`))

  expect(ehr.all('DocumentReference').length).toBe(notes + 2)
  const told = (replied: typeof odd) => entriesOf(replied).map(({ response }) => response)
  expect(told(odd)).not.toEqual(told(plain))
})
