// How long a sign-in lasts, what ends it, and that it opens nothing but its own path.
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { lookedInto } from '../support/going-out.ts'
import { clients, worldFor } from '../support/launches.ts'
import { ask, personAt } from '../support/people.ts'
import { everything, refuses } from '../support/refusals.ts'
import { bodyOf, book, inCall, knock, open, opened, save, soap } from '../support/visits.ts'
import { clientSecret, openWorld, type World } from '../support/world.ts'

const chen = clinic.practitioners.chen.reference
const elsewhere = 'https://evil.example'

describe('a sign-in', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterEach(() => world.ehr.faults.clear())
  afterAll(() => world.close())

  test('opens nothing without its cookie, with another one’s, or with a guessed one', async () => {
    const [mine, other] = await Promise.all([world.signIn({ user: chen }), world.signIn({ user: chen })])

    for (const cookie of ['', other.cookie, 'housecall=guessed', 'housecall=', 'other=1']) {
      const stranger = personAt(world.url, mine.home, cookie)
      await refuses(world, 'session-ended', () => stranger.get('/api/me'))
    }
    const nobody = personAt(world.url, '/v/made-up', mine.cookie)
    await refuses(world, 'session-ended', () => nobody.get('/api/me'))

    expect((await mine.get('/api/me')).status).toBe(200)
  })

  test('of a clinician does not open another launch’s path with the cookie of the first', async () => {
    const appointment = await book(world)
    const first = await world.signIn({ user: chen, appointment })
    const visit = await open(first, appointment)
    const second = await world.signIn({ user: chen, patient: clinic.patients.zoe.id })
    const crossed = personAt(world.url, second.home, first.cookie)

    await refuses(world, 'session-ended', () => crossed.get(visit))
    await refuses(world, 'not-your-visit', () => second.get(visit))
  })

  test('is over once the person signs out, and its tokens are gone', async () => {
    const person = await world.signIn({ user: chen })
    const before = await everything(world)

    const answer = await person.post('/api/sign-out')

    expect(answer.status).toBe(204)
    expect((await everything(world)).signIns).toBe(before.signIns - 1)
    await refuses(world, 'session-ended', () => person.get('/api/me'))
    await refuses(world, 'session-ended', () => person.post('/api/sign-out'))
    expect((await world.audit()).at(-1)).toMatchObject({ event: 'sign-out', outcome: 'success' })
  })

  test('takes no write from another origin, or from none, however good the cookie', async () => {
    const { clinician, visit } = await opened(world)

    for (const Origin of [elsewhere, 'null', `${world.url}.evil.example`, world.url.replace('http:', 'https:')])
      await refuses(world, 'origin-refused', () => clinician.post(`${visit}/room-tokens`, {}, { Origin }))
    const { home, cookie } = clinician
    const bare = { method: 'post', headers: { Cookie: cookie } } as const
    await refuses(world, 'origin-refused', () => ask(world.url, `${home}${visit}/room-tokens`, bare))
  })

  test('shows nothing to a page of another site', async () => {
    const person = await world.signIn({ user: chen })

    await refuses(world, 'origin-refused', () => person.get('/api/me', { 'Sec-Fetch-Site': 'cross-site' }))
  })

  test('says so when the health record system has ended its own', async () => {
    const person = await world.signIn({ user: chen })
    world.ehr.faults.on('fhir-401')

    await refuses(world, 'ehr-session-ended', () => person.get('/api/appointments'))

    expect((await person.get('/api/me')).status).toBe(200)
  })
})

describe('as time passes', () => {
  const alone = async () => {
    const world = await openWorld()
    onTestFinished(() => world.close())
    return world
  }

  test('a sign-in ends after thirty idle minutes', async () => {
    const world = await alone()
    const person = await world.signIn({ user: chen })

    world.later(31)

    await refuses(world, 'session-ended', () => person.get('/api/me'))
  })

  test('a page that only looks by itself does not keep the sign-in', async () => {
    const world = await alone()
    const person = await world.signIn({ user: chen })
    world.later(20)
    bodyOf(await person.get('/api/me'))

    world.later(11)

    await refuses(world, 'session-ended', () => person.get('/api/me'))
  })

  test('a person who does something keeps it, over a restart too', async () => {
    const world = await alone()
    const { patient, visit } = await opened(world)
    world.later(20)
    bodyOf(await knock(patient, visit))
    await world.restart()

    world.later(20)

    expect((await patient.get('/api/me')).status).toBe(200)
  })

  test('a call under way is not idle: its page need only look', async () => {
    const world = await alone()
    const { clinician, visit } = await inCall(world)

    for (const _ of [1, 2, 3]) {
      world.later(20)
      bodyOf(await clinician.get(visit))
    }

    expect((await clinician.get('/api/me')).status).toBe(200)
  })

  test('after twelve hours every sign-in ends, a busy one too', async () => {
    const world = await alone()
    const { clinician, visit } = await inCall(world)
    for (let minutes = 0; minutes < 700; minutes += 25) {
      world.later(25)
      bodyOf(await clinician.get(visit))
    }

    world.later(25)

    await refuses(world, 'session-ended', () => clinician.get(visit))
  })

  test('an access token that has ended is renewed, once for many who ask at the same time', async () => {
    const world = await alone()
    const person = await world.signIn({ user: chen })
    world.later(11)

    const answers = await Promise.all([1, 2, 3, 4].map(() => person.get('/api/appointments')))

    // The sandbox takes a refresh token once: a second use would end the whole sign-in.
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    world.later(11)
    expect((await person.get('/api/appointments')).status).toBe(200)
  })

  test('a renewal that is refused ends what needs the health record system, and says so', async () => {
    const world = await alone()
    const person = await world.signIn({ user: chen })
    world.later(11)
    world.ehr.faults.on('refresh-refused')

    await refuses(world, 'ehr-session-ended', () => person.get('/api/appointments'))
  })
})

describe.each(clients)('with a client of the kind %s,', (client) => {
  let world: World
  beforeAll(async () => {
    world = await worldFor(client)
  })
  afterEach(() => {
    world.ehr.faults.clear()
    vi.restoreAllMocks()
  })
  afterAll(() => world.close())

  /** What is sent to the token endpoint from now on. */
  function sent() {
    const seen: { fields: URLSearchParams; authorization: string | null }[] = []
    const really = fetch
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (to, given) => {
      const { form: fields, init } = await lookedInto(given)
      if (fields.has('grant_type')) seen.push({ fields, authorization: new Headers(init.headers).get('authorization') })
      return really(to, init)
    })
    return seen
  }

  test('a sign-in is renewed with the same proof as it began with, and never twice with one refresh token', async () => {
    const tokens = sent()
    const person = await world.signIn({ user: chen })
    for (const _ of [1, 2]) {
      world.later(11)
      const many = await Promise.all([1, 2, 3].map(() => person.get('/api/appointments')))
      expect(many.map(({ status }) => status)).toEqual([200, 200, 200])
    }

    expect(tokens.map(({ fields }) => fields.get('grant_type'))).toEqual([
      'authorization_code',
      // Plain, and then in a form's writing: what was taken goes first from then on.
      ...(client === 'client_secret_basic' ? ['authorization_code'] : []),
      'refresh_token',
      'refresh_token',
    ])
    const used = tokens.flatMap(({ fields }) => fields.get('refresh_token') ?? [])
    expect(new Set(used).size).toBe(2)
    for (const { fields, authorization } of tokens)
      expect({
        client_id: fields.has('client_id'),
        client_secret: fields.has('client_secret'),
        client_assertion: fields.has('client_assertion'),
        basic: authorization !== null,
      }).toEqual({
        client_id: client === 'public' || client === 'client_secret_post',
        client_secret: client === 'client_secret_post',
        client_assertion: client.startsWith('private_key_jwt'),
        basic: client === 'client_secret_basic',
      })
    for (const secret of [clientSecret, ...used]) expect(world.log()).not.toContain(secret)
  })

  test('a renewal that is refused leaves note and visit where they are', async () => {
    const { clinician, visit } = await inCall(world)
    bodyOf(await save(clinician, visit))
    world.later(11)
    world.ehr.faults.on('refresh-refused')

    await refuses(world, 'ehr-session-ended', () => clinician.get('/api/appointments'))

    expect(bodyOf(await clinician.get(`${visit}/note`))).toMatchObject({ soap, sign: { docStatus: 'preliminary' } })
    expect(bodyOf(await clinician.get(visit))).toMatchObject({ status: 'in-progress' })
    expect((await save(clinician, visit, 1)).status).toBe(200)
  })
})
