import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clinic } from '../../../fhir-fixtures/day.ts'
import { type Ehr, startEhr } from '../../../sandbox/ehr/main.ts'
import { medplum } from '../../../sandbox/ehr/personalities/medplum.ts'
import {
  authorization,
  authorize,
  codeFor,
  exchange,
  type Fhir,
  fhirAs,
  launched,
  launchUrls,
  publicClient,
  redirectUri,
  reply,
  token,
} from './app.ts'
import { encounterOf, noteOf } from './resources.ts'

const { margaret } = clinic.patients
const { chen } = clinic.practitioners
const appointment = clinic.appointments.margaret
const visit = { user: chen.reference, patient: margaret.id, appointment: appointment.id } as const
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const minute = 60_000

let ehr: Ehr
let skewMs: number
beforeEach(async () => {
  skewMs = 0
  ehr = await startEhr({
    ...{ clients: [publicClient], launchUrls, personality: medplum, now: () => new Date(Date.now() + skewMs) },
  })
})
afterEach(() => ehr.close())

const hers = () => ({ ...margaret, id: ehr.idOf(margaret.id), reference: `Patient/${ehr.idOf(margaret.id)}` as const })
const asChen = (): Promise<Fhir> => fhirAs(ehr, visit)
const entries = (body: Readonly<Record<string, unknown>>) => (body.entry ?? []) as { resource: { id: string } }[]

describe('what it says of itself', () => {
  test('its base ends in /fhir/R4, and PKCE is S256 alone', async () => {
    const { body } = await reply(await fetch(`${ehr.iss}/.well-known/smart-configuration`))

    expect(ehr.iss).toMatch(/\/fhir\/R4$/)
    expect(body.code_challenge_methods_supported).toEqual(['S256'])
    expect(body.capabilities).toEqual(
      expect.arrayContaining([
        ...['authorize-post', 'permission-v1', 'permission-v2', 'launch-ehr', 'launch-standalone'],
        ...['client-public', 'client-confidential-symmetric', 'client-confidential-asymmetric'],
        ...['permission-offline', 'context-ehr-patient', 'context-ehr-encounter', 'context-style'],
      ]),
    )
  })

  test('its statement names the software, takes transactions, and lists no _include', async () => {
    const { body } = await reply(await fetch(`${ehr.iss}/metadata`))
    const [rest] = body.rest as { interaction: unknown; resource: { type: string; searchInclude?: unknown }[] }[]

    expect([body.publisher, body.software]).toEqual(['Medplum', { name: 'medplum', version: '4.5.2' }])
    expect(rest?.interaction).toEqual([{ code: 'transaction' }, { code: 'batch' }])
    expect(rest?.resource.flatMap(({ searchInclude }) => searchInclude ?? [])).toEqual([])
  })
})

describe('its records', () => {
  test('have UUIDs for ids, and are not found under any other', async () => {
    const fhir = await asChen()
    const id = ehr.idOf(margaret.id)

    expect(id).toMatch(uuid)
    expect(ehr.idOf(id)).toBe(id)
    expect(ehr.all('Appointment').filter((one) => !uuid.test(one.id ?? ''))).toEqual([])
    expect((await fhir('GET', `Patient/${id}`)).status).toBe(200)
    expect((await fhir('GET', `Patient/${margaret.id}`)).status).toBe(404)
    expect(ehr.resource('Appointment', appointment.id)?.participant.map(({ actor }) => actor?.reference)).toContain(
      `Patient/${id}`,
    )
  })

  test('get their ids from the server, whatever a client would like', async () => {
    const fhir = await asChen()
    const made = await fhir('POST', 'Encounter', { ...encounterOf(hers()), id: 'mine' })

    expect([made.status, made.body.id]).toEqual([201, expect.stringMatching(uuid)])
    expect((await fhir('PUT', 'Encounter/mine', { ...made.body, id: 'mine' })).status).toBeGreaterThanOrEqual(400)
  })

  test('may point to what is not there', async () => {
    const nowhere = 'Encounter/5f0c3a52-0000-4000-8000-000000000000'
    const note = noteOf(hers(), 'Some words.')
    const { status } = await (await asChen())('POST', 'DocumentReference', {
      ...note,
      context: { encounter: [{ reference: nowhere }] },
    })

    expect(status).toBe(201)
  })
})

describe('its searches', () => {
  const ofChen = () => `Appointment?actor=Practitioner/${ehr.idOf(chen.id)}`
  const dayOf = (at: Date) => at.toISOString().slice(0, 10)

  test('find nothing by a day, and everything of it between two bounds', async () => {
    const fhir = await asChen()
    const [today, tomorrow] = [dayOf(new Date()), dayOf(new Date(Date.now() + 24 * 60 * minute))]
    const before = dayOf(new Date(Date.now() - 24 * 60 * minute))

    for (const day of [before, today, tomorrow])
      expect(entries((await fhir('GET', `${ofChen()}&date=${day}`)).body)).toEqual([])
    const bounded = await fhir(
      'GET',
      `${ofChen()}&date=ge${before}&date=lt${dayOf(new Date(Date.now() + 48 * 60 * minute))}`,
    )
    expect(entries(bounded.body).length).toBeGreaterThan(3)
    expect(entries((await fhir('GET', 'Patient?birthdate=lt2100-01-01')).body).length).toBeGreaterThan(3)
  })

  test.each([
    ['', undefined],
    ['&_total=none', undefined],
    ['&_total=estimate', undefined],
    ['&_total=accurate', expect.any(Number)],
  ])('say their total only when asked for it: %s', async (asked, total) => {
    expect((await (await asChen())('GET', `${ofChen()}${asked}`)).body.total).toEqual(total)
  })

  test('bring up to a thousand on one page, and go on without a total', async () => {
    const fhir = await asChen()
    for (let n = 0; n < 150; n++)
      await ehr.put({ resourceType: 'Organization', id: `many-${n}`, name: 'One of many', active: true })

    const all = await fhir('GET', 'Organization?active=true&_count=1000')
    const page = await fhir('GET', 'Organization?active=true&_count=2')

    expect(entries(all.body).length).toBeGreaterThanOrEqual(150)
    expect(page.body.link).toContainEqual(expect.objectContaining({ relation: 'next' }))
  })

  test('refuse a parameter nobody knows, and answer _include', async () => {
    const fhir = await asChen()
    const included = await fhir('GET', `${ofChen()}&_include=Appointment:patient`)

    expect((await fhir('GET', `${ofChen()}&favourite=yes`)).status).toBe(400)
    expect(
      new Set(entries(included.body).map(({ resource }) => (resource as { resourceType?: string }).resourceType)),
    ).toEqual(new Set(['Appointment', 'Patient']))
  })

  test('are refused where a policy leaves their type out', async () => {
    ehr.faults.on('fhir-403', { type: 'Encounter', method: 'GET' })

    expect((await (await asChen())('GET', `Encounter?patient=${ehr.idOf(margaret.id)}`)).status).toBe(403)
  })
})

test('a conditional create is 201, then 200, and 412 where several are found; of eight at once one is kept', async () => {
  const fhir = await asChen()
  const note = (value: string) => ({ ...noteOf(hers(), 'Some words.'), identifier: [{ system: 'urn:x', value }] })
  const create = (value: string) =>
    fhir('POST', 'DocumentReference', note(value), { 'If-None-Exist': `identifier=urn:x|${value}` })

  const statuses = await Promise.all(Array.from({ length: 8 }, () => create('eight')))
  expect([(await create('one')).status, (await create('one')).status]).toEqual([201, 200])
  for (let n = 0; n < 2; n++) await fhir('POST', 'DocumentReference', note('twice'))
  expect((await create('twice')).status).toBe(412)
  expect(statuses.map(({ status }) => status).sort()).toEqual([...Array(7).fill(200), 201])
})

test('an update of another version than the newest is 412', async () => {
  const fhir = await asChen()
  const { body } = await fhir('GET', `Appointment/${ehr.idOf(appointment.id)}`)

  expect((await fhir('PUT', `Appointment/${body.id}`, body, { 'If-Match': 'W/"99"' })).status).toBe(412)
})

test('a patch of another version than the newest is taken: its If-Match is read past', async () => {
  const fhir = await asChen()
  const patch = [{ op: 'replace', path: '/status', value: 'fulfilled' }]
  const headers = { 'If-Match': 'W/"99"', 'content-type': 'application/json-patch+json' }
  const { status, body } = await fhir('PATCH', `Appointment/${ehr.idOf(appointment.id)}`, patch, headers)

  expect([status, body.status]).toEqual([200, 'fulfilled'])
})

test('a policy with readonlyFields lets an update be 200 whose body still says booked', async () => {
  ehr.faults.on('update-passed-over', { type: 'Appointment' })
  const fhir = await asChen()
  const { body } = await fhir('GET', `Appointment/${ehr.idOf(appointment.id)}`)
  const answer = await fhir('PUT', `Appointment/${body.id}`, { ...body, status: 'fulfilled' })

  expect([answer.status, answer.body.status]).toEqual([200, 'booked'])
})

test('a transaction is 200 with entries that failed, and a note in it points at an Encounter that never came to be', async () => {
  const fhir = await fhirAs(ehr, visit, 'launch openid fhirUser user/DocumentReference.cruds user/Patient.r')
  const fullUrl = 'urn:uuid:6a1a4f5e-7a2b-4d1c-9c3e-000000000001'
  const { status, body } = await fhir('POST', '', {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      { fullUrl, resource: encounterOf(hers()), request: { method: 'POST', url: 'Encounter' } },
      { resource: noteOf(hers(), 'Words.', fullUrl), request: { method: 'POST', url: 'DocumentReference' } },
    ],
  })
  const [note] = ehr.all('DocumentReference').filter(({ content }) => content[0]?.attachment.data === 'V29yZHMu')

  expect([status, body.type]).toEqual([200, 'transaction-response'])
  expect((body.entry as { response: { status: string } }[]).map(({ response }) => response.status.slice(0, 3))).toEqual(
    [...['403', '201']],
  )
  const [, id = ''] = note?.context?.encounter?.[0]?.reference?.split('/') ?? []
  expect([id, ehr.resource('Encounter', id)]).toEqual([expect.stringMatching(uuid), undefined])
})

describe('a launch', () => {
  test('names the base with a slash at its end, and its id_token is signed by ES256 alone', async () => {
    const { searchParams } = new URL(await ehr.launchUrl(visit))
    const told = await launched(ehr, visit)
    const header = Buffer.from(String(told.id_token).split('.')[0] ?? '', 'base64url').toString()

    expect(searchParams.get('iss')).toBe(`${ehr.iss}/`)
    expect(JSON.parse(header).alg).toBe('ES256')
  })

  test('has launch/appointment echoed and no Appointment told, in no shape', async () => {
    const told = await launched(ehr, { ...visit, contextShape: 'objects' })

    expect(String(told.scope).split(' ')).toContain('launch/appointment')
    expect(told.patient).toBe(ehr.idOf(margaret.id))
    expect([told.fhirContext, told.appointment]).toEqual([undefined, undefined])
  })

  test('never wants a banner of ours, with or without a patient, and names its user by type and id', async () => {
    const withPatient = await launched(ehr, { ...visit, needPatientBanner: true })
    const without = await launched(ehr, { user: chen.reference, needPatientBanner: true })
    const claims = Buffer.from(String(without.id_token).split('.')[1] ?? '', 'base64url').toString()

    expect([withPatient.need_patient_banner, without.need_patient_banner, without.patient]).toEqual([
      false,
      false,
      undefined,
    ])
    expect(JSON.parse(claims).fhirUser).toBe(`Practitioner/${ehr.idOf(chen.id)}`)
  })
})

describe('the token endpoint', () => {
  test.each([
    ['of ours', {}],
    ['nobody has registered', { client_id: 'nobody' }],
  ])('calls a made-up code that, before it looks at the client: %s', async (_, changes) => {
    const { status, body } = await exchange(ehr, 'made-up', changes)

    expect([status, body]).toEqual([400, { error: 'invalid_request', error_description: 'Invalid code' }])
  })

  test('rotates refresh tokens: of four at once one is answered with tokens, and those stay good', async () => {
    const told = await launched(ehr, visit)
    const refresh = (of: unknown) =>
      token(ehr, { grant_type: 'refresh_token', refresh_token: String(of), client_id: 'app' })

    const all = await Promise.all(Array.from({ length: 4 }, () => refresh(told.refresh_token)))
    const [won, ...more] = all.filter(({ status }) => status === 200)
    const lost = all.filter(({ status }) => status !== 200)

    expect([told.expires_in, more, lost.length]).toEqual([3600, [], 3])
    for (const { status, body } of lost)
      expect([status, body]).toEqual([400, { error: 'invalid_request', error_description: 'Invalid token' }])
    expect(won?.body.refresh_token).not.toBe(told.refresh_token)
    expect((await refresh(won?.body.refresh_token)).status).toBe(200)
  })

  // A minute may turn between the first and the last of them.
  test('takes 160 requests a minute from one address, then answers 429 and does not say for how long', async () => {
    const all = await Promise.all(Array.from({ length: 2 * 160 + 1 }, () => exchange(ehr, 'made-up')))
    skewMs += minute
    const later = await exchange(ehr, 'made-up')

    expect(all.map(({ status }) => status).filter((status) => status === 429).length).toBeGreaterThan(0)
    const busy = all.find(({ status }) => status === 429)
    expect([busy?.headers.get('Retry-After'), later.status]).toEqual([null, 400])
  })
})

describe('a browser in which somebody has signed in', () => {
  const standalone = 'openid fhirUser launch/patient user/*.rs patient/*.rs'
  const signedIn = async () => {
    const { searchParams } = new URL(await ehr.launchUrl(visit))
    const { launch, iss: aud } = Object.fromEntries(searchParams)
    const asked = authorization(ehr, { launch, aud })
    const response = await fetch(`${ehr.origin}/oauth/authorize?${asked}`, { redirect: 'manual' })
    return response.headers.get('set-cookie')?.split(';')[0] ?? ''
  }
  const again = async (cookie: string, changes: Record<string, string> = {}) => {
    const asked = authorization(ehr, { scope: standalone, launch: undefined, ...changes })
    const response = await fetch(`${ehr.origin}/oauth/authorize?${asked}`, { redirect: 'manual', headers: { cookie } })
    return response.headers.get('location')
  }

  test('lets whoever comes next in without a word, with the patient of the launch before', async () => {
    const back = await again(await signedIn())
    const { body } = await exchange(ehr, new URL(back ?? '').searchParams.get('code') ?? '')

    expect(body.patient).toBe(ehr.idOf(margaret.id))
  })

  test('asks who it is after an hour, where prompt=login says so, and in another browser', async () => {
    const cookie = await signedIn()

    expect(await again(cookie, { prompt: 'login' })).toBeNull()
    expect(await again('')).toBeNull()
    skewMs += 61 * minute
    expect(await again(cookie)).toBeNull()
  })
})

test('a redirect URI is taken to the letter', async () => {
  const wrong = authorization(ehr, { redirect_uri: `${redirectUri}/`, launch: undefined, scope: 'openid' })

  expect(await authorize(ehr, wrong)).toBeUndefined()
  expect(await codeFor(ehr, visit)).not.toMatch(/^no code/)
})
