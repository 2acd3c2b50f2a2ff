// An EHR in trouble, or one that says too much: what the person is told, and that no token of theirs goes astray.
import type { ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Iss } from '../../server/domain/ids.ts'
import { openEhr } from '../../server/outside/ehr/ehr.ts'
import type { AppointmentList } from '../../server/wire/wire.ts'
import { startCrookedEhr, startListener } from '../support/crooked-ehr.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf, book } from '../support/visits.ts'
import { comeBack, leave, personOf } from '../support/walk.ts'
import { listing, openWorld, type World } from '../support/world.ts'

const { patients, practitioners } = clinic
const chen = practitioners.chen.reference

describe('an EHR', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  /** More Appointments than fit on one page of a search. */
  const crowd = () => Promise.all(Array.from({ length: 30 }, () => book(world, { startsInMinutes: -1 })))

  test('that fails, is said to fail', async () => {
    const person = await world.signIn({ user: chen })
    world.ehr.faults.on('fhir-500')

    await refuses(world, 'ehr-failed', () => person.get('/api/appointments'))
  })

  test('whose next page is on another host is not followed there, and that host hears nothing', async () => {
    const elsewhere = await startListener()
    onTestFinished(elsewhere.close)
    const person = await world.signIn({ user: chen, patient: patients.margaret.id })
    await crowd()
    world.ehr.faults.on('next-link-other-host', { url: elsewhere.origin })

    const { appointments, incomplete } = bodyOf<AppointmentList>(await person.get('/api/appointments'))

    expect([appointments.length > 0, incomplete]).toEqual([true, true])
    expect(elsewhere.heard).toEqual([])
  })

  test('that repeats an Appointment on the next page shows it once', async () => {
    const person = await world.signIn({ user: chen, patient: patients.margaret.id })
    const booked = await crowd()
    world.ehr.faults.on('search-repeats')

    const { appointments } = bodyOf<AppointmentList>(await person.get('/api/appointments'))

    const ids = appointments.map(({ id }) => String(id))
    expect(ids).toEqual(expect.arrayContaining(booked))
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('that is switched off, is said not to answer', async () => {
    const person = await world.signIn({ user: chen })
    await world.ehr.close()

    await refuses(world, 'ehr-unreachable', () => person.get('/api/appointments'))
    expect((await person.get('/api/me')).status).toBe(200)
  })

  test('that only stumbled is asked again, and the visit goes on', async () => {
    const person = await world.signIn({ user: chen })
    world.ehr.faults.on('fhir-500', { times: 3 })
    await person.get('/api/appointments')
    world.ehr.faults.clear()

    expect((await person.get('/api/appointments')).status).toBe(200)
  })
})

describe('an EHR that answers a look with something else than what was looked for', () => {
  let crooked: Awaited<ReturnType<typeof startCrookedEhr>>
  let elsewhere: Awaited<ReturnType<typeof startListener>>
  const honest = { resourceType: 'Patient', id: 'p', name: [{ text: 'Somebody Else' }] }
  beforeAll(async () => {
    elsewhere = await startListener(honest)
    crooked = await startCrookedEhr()
  })
  afterAll(async () => {
    await Promise.all([crooked.close(), elsewhere.close()])
  })
  const open = () => openEhr({ iss: crooked.iss as Iss, giveAccessToken: async () => 'theirs', now: Date.now }) // sound: our own server's
  const fhir = { 'content-type': 'application/fhir+json' }
  const gzip = { 'content-encoding': 'gzip' }

  test.each([
    ['', '3', 'W/"3"'],
    ['*', '3', 'W/"3"'],
    ['*', undefined, undefined],
    ['*, *', undefined, undefined],
    [undefined, 'a"b', undefined],
    [undefined, 'a\nb', undefined],
    ['W/"1-gzip"', '1', 'W/"1-gzip"'],
  ])(
    'and says ETag %j over version %j is written to by a version of that, or not at all',
    async (etag, versionId, is) => {
      const [pages, meta] = [
        etag === undefined ? fhir : { ...fhir, etag },
        versionId === undefined ? {} : { versionId },
      ]
      crooked.said.takeOver = (_path, _request, response) => {
        response.writeHead(200, pages).end(JSON.stringify({ ...honest, meta }))
        return true
      }

      expect((await open().read('Patient', 'p'))?.etag).toBe(is)
    },
  )

  test.each([
    [200, '', 'ehr-failed'],
    [201, '', 'ehr-failed'],
    [201, honest, 'ehr-failed'],
    [202, honest, 'ehr-failed'],
    [203, honest, 'ehr-failed'],
    [204, '', 'ehr-failed'],
    [206, honest, 'ehr-failed'],
    [300, honest, 'ehr-failed'],
    [302, honest, 'ehr-failed'],
    [304, '', 'ehr-failed'],
    [308, '', 'ehr-failed'],
    [401, honest, 'ehr-session-ended'],
    [403, honest, 'ehr-refused'],
    [421, honest, 'ehr-refused'],
    [429, honest, 'ehr-busy'],
    [503, honest, 'ehr-failed'],
    [999, honest, 'ehr-failed'],
  ])('%i and a Location is not believed, and nobody goes there', async (status, body, code) => {
    crooked.said.takeOver = (_path, _request, response) => {
      const location = `${elsewhere.origin}/fhir/Patient/p`
      response.writeHead(status, { 'content-type': 'application/fhir+json', location })
      response.end(body === '' ? '' : JSON.stringify(body))
      return true
    }

    await expect(open().read('Patient', 'p')).rejects.toMatchObject({ code })
    await expect(open().search('Patient', [['_id', 'p']])).rejects.toMatchObject({ code })
    if (status === 429) await expect(open().statement()).rejects.toMatchObject({ code })
    else expect(await open().statement()).toBeUndefined()

    expect(elsewhere.heard).toEqual([])
  })

  test.each([300, 301, 302, 303, 304, 307, 308, 203, 206, 226, 500, 999])(
    'a write answered %i is not known to be kept, is sent once, and nobody goes to its Location',
    async (status) => {
      crooked.heard.splice(0)
      crooked.said.takeOver = (_path, _request, response) => {
        response.writeHead(status, { location: `${elsewhere.origin}/fhir/Patient/p` }).end()
        return true
      }

      expect(await open().write({ method: 'POST', path: 'Patient', body: honest })).toEqual({ outcome: 'unknown' })

      expect([elsewhere.heard, crooked.heard.length]).toEqual([[], 1])
    },
  )

  test.each<[string, (response: ServerResponse) => void, string]>([
    ['a page', (r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'), 'ehr-failed'],
    ['a page that calls itself FHIR', (r) => r.writeHead(200, fhir).end('<h1>Welcome</h1>'), 'ehr-failed'],
    ['nothing', (r) => r.writeHead(200, fhir).end(), 'ehr-failed'],
    ['FHIR, packed otherwise than it says', (r) => r.writeHead(200, { ...fhir, ...gzip }).end('{}'), 'ehr-failed'],
    ['no HTTP', (r) => r.socket?.end('hello\r\n\r\n'), 'ehr-failed'],
    [
      'half of it',
      (r) => r.writeHead(200, { ...fhir, 'content-length': '99' }).write('{') && r.socket?.destroySoon(),
      'ehr-unreachable',
    ],
  ])('%s is no FHIR, and is not called silence unless it was cut', async (_what, answer, code) => {
    crooked.said.takeOver = (_path, _request, response) => {
      answer(response)
      return true
    }

    await expect(open().read('Patient', 'p')).rejects.toMatchObject({ code })
    await expect(open().search('Patient', [['_id', 'p']])).rejects.toMatchObject({ code })
  })

  test('FHIR behind a mark of its byte order is read', async () => {
    crooked.said.takeOver = (_path, _request, response) => {
      response.writeHead(200, fhir).end(`\u{feff}${JSON.stringify(honest)}`)
      return true
    }

    expect(await open().read('Patient', 'p')).toMatchObject({ resource: { id: 'p' } })
  })

  test('and a token with signs that no header has is never sent, and nothing is said to have been', async () => {
    const ehr = openEhr({ iss: crooked.iss as Iss, giveAccessToken: async () => 'a\nb', now: Date.now }) // sound: our own server's

    await expect(ehr.read('Patient', 'p')).rejects.toMatchObject({ code: 'ehr-unreachable' })
    expect(await ehr.write({ method: 'POST', path: 'Patient', body: honest })).toEqual({ outcome: 'not-sent' })
  })
})

describe('an EHR that is no help', () => {
  /** A patient signed in at an EHR that answers whatever is put under `/Appointment/a`. */
  const patientAt = async (answer: { status?: number; body: unknown }, context: object = {}) => {
    const crooked = await startCrookedEhr({
      claims: { fhirUser: 'Patient/p' },
      token: context as Record<string, unknown>, // sound: an object literal of the test's
      fhir: { '/Patient/p': { body: { resourceType: 'Patient', id: 'p' } }, '/Appointment/a': answer },
    })
    onTestFinished(crooked.close)
    const world = await openWorld({
      config: (c) => ({ ...c, organisations: c.organisations.map(listing(crooked.iss)) }),
    })
    onTestFinished(() => world.close())
    const { cookie, location } = await leave(world.url, `?${new URLSearchParams({ iss: crooked.iss, launch: 'x' })}`)
    const person = personOf(world.url, await comeBack(world.url, crooked.callback(location), cookie))
    return { world, person, crooked }
  }
  const appointmentOf = (patient: string) => ({
    ...{ resourceType: 'Appointment', id: 'a', status: 'booked' },
    ...{ start: new Date().toISOString(), end: new Date(Date.now() + 900_000).toISOString() },
    participant: [{ actor: { reference: patient } }],
  })
  const opening = { appointment: 'a' }

  test('and shows a patient the Appointment of a stranger does not open it for them', async () => {
    const { world, person } = await patientAt({ body: appointmentOf('Patient/stranger') })

    await refuses(world, 'not-participant', () => person.post('/api/visits', opening))
  })

  test('and names a patient by the address of another server does not open it for them', async () => {
    const { world, person } = await patientAt({ body: appointmentOf('https://other.example/fhir/Patient/p') })

    await refuses(world, 'appointment-unusable', () => person.post('/api/visits', opening))
  })

  test('and forbids the Appointment is said to refuse', async () => {
    const { world, person } = await patientAt({ status: 403, body: {} })

    await refuses(world, 'ehr-refused', () => person.post('/api/visits', opening))
  })

  test.each([
    ['something that is no Appointment', { resourceType: 'Patient', id: 'a' }],
    ['another Appointment than the one asked for', { ...appointmentOf('Patient/p'), id: 'b' }],
    ['no resource at all', 'sorry'],
  ])('and answers with %s is said to fail', async (_what, body) => {
    const { world, person } = await patientAt({ body })

    await refuses(world, 'ehr-failed', () => person.post('/api/visits', opening))
  })

  test('and sends on to another host does not take the person’s token there', async () => {
    const elsewhere = await startListener()
    onTestFinished(elsewhere.close)
    const { world, person, crooked } = await patientAt({ body: {} })
    crooked.said.redirect = { '/Appointment/a': `${elsewhere.origin}/fhir/Appointment/a` }

    await refuses(world, 'ehr-failed', () => person.post('/api/visits', opening))

    expect(elsewhere.heard).toEqual([])
  })

  test('and adds members of its own, or leaves most of them out, lets the person in all the same', async () => {
    const fhirContext = [{ role: 'launch' }, 'ImagingStudy/1', { reference: 'Appointment/a', more: true }]
    const { person } = await patientAt({ body: appointmentOf('Patient/p') }, { fhirContext, tenant: 'x', intent: null })

    expect((await person.post('/api/visits', opening)).status).toBe(200)
  })
})
