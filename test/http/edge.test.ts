// What a request may look like at all: bodies, versions, addresses. Whatever else comes is refused before any step is taken.
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { ask } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { admitted, inCall, match, type Opened, opened, save, soap, waiting } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

describe('at the edge', () => {
  let world: World
  let both: Opened
  beforeAll(async () => {
    world = await openWorld()
    both = await opened(world)
  })
  afterAll(() => world.close())

  const json = { 'Content-Type': 'application/json' }

  test('a knock that is not shaped like one is refused, and the reply names the place, not the value', async () => {
    const { patient, visit } = both
    const bodies = [
      {},
      { devices: { camera: 'Margaret', microphone: true } },
      { devices: { camera: true } },
      { devices: { camera: true, microphone: true }, name: 'Margaret' },
      { devices: { camera: true, microphone: true, screen: true } },
      [],
    ]

    for (const body of bodies) {
      const answer = await refuses(world, 'bad-request', () => patient.post(`${visit}/knocks`, body))
      expect(answer.text).not.toContain('Margaret')
    }
    const wrong = { devices: { camera: 'yes', microphone: true } }
    const answer = await refuses(world, 'bad-request', () => patient.post(`${visit}/knocks`, wrong))
    expect(answer.body).toMatchObject({ issue: [{ expression: ['devices.camera'] }] })
  })

  test('an Appointment is named by a FHIR id and nothing else', async () => {
    const { clinician } = both

    for (const appointment of [
      '',
      '.',
      '..',
      '%2e%2e',
      '../Patient/x',
      'a b',
      'x'.repeat(65),
      7,
      null,
      'Appointment/x?y',
    ])
      await refuses(world, 'bad-request', () => clinician.post('/api/visits', { appointment }))
  })

  test('a request that takes no body is refused with one', async () => {
    const { clinician, visit } = await inCall(world)

    for (const path of ['/end', '/note/signature', '/note/filing', '/room-tokens'])
      await refuses(world, 'bad-request', () => clinician.post(`${visit}${path}`, { extra: true }, match(1)))
    await refuses(world, 'bad-request', () => clinician.post('/api/sign-out', { all: true }))
    await refuses(world, 'bad-request', () => clinician.post(`${visit}/end`, 'null', json))
  })

  test('text that is no JSON is refused', async () => {
    const { patient, visit } = both

    for (const body of ['{"devices":', 'null', '"text"', '{}}'])
      await refuses(world, 'bad-request', () => patient.post(`${visit}/knocks`, body, json))
  })

  test('what is not sent as JSON is refused', async () => {
    const { patient, clinician, visit } = both
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' }

    await refuses(world, 'media-type', () => patient.post(`${visit}/knocks`, 'devices=on', form))
    await refuses(world, 'media-type', () =>
      clinician.put(`${visit}/note`, JSON.stringify(soap), { ...match(0), 'Content-Type': 'text/plain' }),
    )
  })

  test('a note as long as a note may be is kept, whatever its letters, and a longer one is refused', async () => {
    const { clinician, visit } = both
    const longest = '語'.repeat(20_000)
    const note = { subjective: longest, objective: longest, assessment: longest, plan: longest }

    await refuses(world, 'bad-request', () => save(clinician, visit, 0, { ...note, plan: `${longest}語` }))
    await refuses(world, 'too-large', () => save(clinician, visit, 0, { ...note, plan: longest.repeat(10) }))
    expect((await save(clinician, visit, 0, note)).status).toBe(200)
    // Where the page does not know whether the last one was kept, it sends both.
    expect((await save(clinician, visit, 1, { ...note, plan: 'Rest.', follows: note })).status).toBe(200)
  })

  test('a key to a window that is longer than any is not looked at, whoever sends it', async () => {
    const body = { key: 'x'.repeat(5_000) }
    const anybody = { method: 'post', headers: { Origin: world.url }, body } as const

    for (const path of ['/hand-overs/taken', '/hand-overs/looked'])
      await refuses(world, 'too-large', () => ask(world.url, path, anybody))
  })

  test('a version is a number in quotes: a star would sign what nobody has seen', async () => {
    const { clinician, visit } = await opened(world)

    for (const version of ['*', '1', '""', '"x"', 'W/"1", W/"2"', '"-1"'])
      await refuses(world, 'bad-request', () => clinician.put(`${visit}/note`, soap, { 'If-Match': version }))
  })

  test('an admission or a refusal that lacks its doorId, or says more than that, is refused', async () => {
    const { clinician, visit, doorId } = await waiting(world)

    for (const body of [{}, { doorId, identityConfirmed: true }, { doorId: '' }])
      await refuses(world, 'bad-request', () => clinician.post(`${visit}/admissions`, body))
    await refuses(world, 'bad-request', () => clinician.post(`${visit}/refusals`, { doorId, why: 'text' }))
  })

  test('there is nothing at an address nobody made', async () => {
    const { clinician, visit } = await admitted(world)

    for (const path of ['/nothing', '/v', '/assets/none.js', '/.env', '/v/x/api/nothing'])
      await refuses(world, 'not-found', () => ask(world.url, path))
    await refuses(world, 'not-found', () => clinician.post(`${visit}/nothing`))
    await refuses(world, 'not-found', () => clinician.put(`${visit}/knocks`, {}))
  })

  test('who is not known learns nothing of what a body should be', async () => {
    const { home } = both.patient
    const stranger = { method: 'post', headers: { Origin: world.url }, body: { nonsense: true } } as const

    await refuses(world, 'session-ended', () => ask(world.url, `${home}${both.visit}/knocks`, stranger))
  })

  test('an address that cannot be read is a refusal, not a fault', async () => {
    const answer = await ask(world.url, '/v/%E0%A4%A/api/me')

    expect([answer.status, answer.code]).toEqual([400, 'bad-request'])
  })

  test('a reply of ours is stored nowhere, is framed by the listed EHR alone, and sends no referrer', async () => {
    const answer = await both.patient.get(both.visit)

    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    expect(answer.headers['content-security-policy']).toContain(`frame-ancestors 'self' ${world.ehr.origin}`)
    expect(answer.headers['x-powered-by']).toBeUndefined()
  })
})

test('someone who tries again and again in a minute is asked to wait', async () => {
  const world = await openWorld({ limits: { launches: 3 } })
  onTestFinished(() => world.close())
  for (const _ of [1, 2, 3]) await ask(world.url, '/smart/organisations')

  const answer = await refuses(world, 'too-many', () => ask(world.url, '/smart/organisations'))

  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
})
