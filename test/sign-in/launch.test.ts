// Every way into the app that an EHR may take: what it tells of the screen, in which shape, and how we prove who we are.
import { decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { ContextShape, LaunchRequest } from '../../sandbox/ehr/contract.ts'
import { generic } from '../../sandbox/ehr/personalities/generic.ts'
import type { Instant, Iss } from '../../server/domain/ids.ts'
import { openSmart } from '../../server/outside/smart/smart.ts'
import type { AppointmentList, Me, OrganisationList } from '../../server/wire/wire.ts'
import { startCrookedEhr } from '../support/crooked-ehr.ts'
import { lookedInto } from '../support/going-out.ts'
import { clientKey } from '../support/launches.ts'
import { ask } from '../support/people.ts'
import { bodyOf, book, open, opened, tokenFor } from '../support/visits.ts'
import { arrive, atEhr, chooseAtEhr, comeBack, launchSearch, leave, personOf } from '../support/walk.ts'
import { openWorld, type World } from '../support/world.ts'

const { patients, practitioners, relatedPersons, encounters, appointments } = clinic
const chen = practitioners.chen.reference

describe('launched by the EHR', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  const list = async (launch: LaunchRequest) => {
    const person = await world.signIn(launch)
    return bodyOf<AppointmentList>(await person.get('/api/appointments'))
  }

  test.each<ContextShape>(['objects', 'bare-strings', 'appointment-member'])(
    'the Appointment on the screen is the one that opens, told as %s',
    async (contextShape) => {
      const appointment = await book(world)

      const shown = await list({ user: chen, patient: patients.margaret.id, appointment, contextShape })

      expect(shown.chosen).toBe(appointment)
    },
  )

  test.each<[string, ContextShape, (id: string) => string]>([
    ['objects', 'objects', (id) => `Appointment/${id}`],
    ['bare strings', 'bare-strings', (id) => `Appointment/${id}`],
    ['an absolute reference', 'objects', (id) => `${world.ehr.iss}/Appointment/${id}`],
  ])(
    'two Appointments on the screen, told as %s, are the list, and neither is chosen',
    async (_how, contextShape, refer) => {
      const [one, two, third] = [await book(world), await book(world, { startsInMinutes: 60 }), await book(world)]
      const launch = { patient: patients.margaret.id, appointment: one, besides: [refer(two)], contextShape }

      for (const user of [chen, patients.margaret.reference]) {
        const shown = await list({ user, ...launch })

        expect(shown.chosen).toBeUndefined()
        expect(shown.appointments.map(({ id }) => id)).toEqual([one, two])
        expect(shown.appointments.map(({ id }) => String(id))).not.toContain(third)
      }
    },
  )

  test('an Appointment that is named twice, or beside another patient’s, or one that is not there, is the one', async () => {
    const mine = await book(world)
    const another = await book(world, { patient: patients.zoe.reference })
    const launch = { user: chen, patient: patients.margaret.id, appointment: mine }

    const twice = await list({ ...launch, besides: [`${world.ehr.iss}/Appointment/${mine}`] })
    expect(twice.chosen).toBe(mine)
    for (const other of [another, 'nowhere']) {
      const shown = await list({ ...launch, besides: [`Appointment/${other}`] })
      expect(shown.appointments.map(({ id }) => id)).toEqual([mine])
      expect(shown.chosen).toBe(mine)
    }
  })

  test('an Encounter on the screen leads to its Appointment', async () => {
    const shown = await list({ user: chen, patient: patients.zoe.id, encounter: encounters.zoe.id })

    expect(shown.chosen).toBe(appointments.zoe.id)
  })

  test('an Encounter of no Appointment chooses nothing, and the day is offered', async () => {
    const shown = await list({ user: chen, patient: patients.olafur.id, encounter: encounters.olafurInpatient.id })

    expect(shown.chosen).toBeUndefined()
    expect(shown.appointments.map(({ id }) => id)).toContain(appointments.olafur.id)
  })

  test('a patient on the screen, and nothing else, offers that patient’s day with this clinician alone', async () => {
    // Begun a minute ago, so that the clinic's midnight is not between now and then.
    const mine = await book(world, { patient: patients.wang.reference, startsInMinutes: -1 })
    const another = await book(world, {
      patient: patients.wang.reference,
      practitioner: practitioners.okafor.reference,
    })

    const shown = await list({ user: chen, patient: patients.wang.id, contextShape: 'none' })

    const ids = shown.appointments.map(({ id }) => id)
    expect(ids).toContain(mine)
    expect(ids).not.toContain(another)
    expect(new Set(shown.appointments.map(({ patient }) => patient.name))).toEqual(new Set(['Xiuying Wang']))
  })

  test('nothing on the screen offers the clinician’s whole day, her own Appointments through a PractitionerRole too', async () => {
    const shown = await list({ user: chen })

    const ids = shown.appointments.map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining([appointments.zoe.id, appointments.olafur.id, appointments.wang.id]))
    expect(ids).not.toContain(appointments.noor.id)
    expect(shown.appointments.map(({ start }) => start)).toEqual(
      shown.appointments.map(({ start }) => start).toSorted(),
    )
  })

  test('a clinician who comes as a PractitionerRole is the same clinician', async () => {
    const appointment = await book(world, { practitioner: practitioners.chen.role })
    const person = await world.signIn({
      user: `PractitionerRole/hc-role-chen`,
      appointment,
      patient: patients.margaret.id,
    })

    const visit = await open(person, appointment)

    expect(bodyOf<Me>(await person.get('/api/me'))).toMatchObject({
      ...{ role: 'clinician', name: practitioners.chen.name },
      organisation: { name: 'Riverside Family Clinic', jitsi: 'http://127.0.0.1:4020' },
    })
    expect((await person.get(visit)).status).toBe(200)
  })

  test('a mother opens her child’s visit in her own name, and is asked for no other patient', async () => {
    const { layla } = relatedPersons
    const appointment = await book(world, { patient: patients.noor.reference })

    const mother = await world.signIn({ user: layla.reference, appointment })

    expect(bodyOf<Me>(await mother.get('/api/me'))).toMatchObject({
      role: 'representative',
      name: layla.name,
      onePatient: true,
    })
    const visit = await open(mother, appointment)
    expect((await mother.get(visit)).body).toMatchObject({ as: 'patient', patient: { name: patients.noor.name } })
    const shown = bodyOf<AppointmentList>(await mother.get('/api/appointments'))
    expect(shown.appointments.every(({ patient }) => patient.name === patients.noor.name)).toBe(true)
  })

  test('a nurse who is a patient today is a patient, whoever she is at work', async () => {
    const appointment = await book(world, {
      patient: patients.brandt.reference,
      practitioner: practitioners.okafor.reference,
    })

    const person = await world.signIn({ user: patients.brandt.reference, appointment })

    expect(bodyOf<Me>(await person.get('/api/me')).role).toBe('patient')
  })

  test('the EHR that shows its own banner is believed', async () => {
    const person = await world.signIn({ user: chen, patient: patients.zoe.id, needPatientBanner: false })

    expect(bodyOf<Me>(await person.get('/api/me')).patientBanner).toBe(false)
  })

  test('two launches in one browser stay two: each cookie holds on its own path alone', async () => {
    const [first, second] = await Promise.all([
      world.signIn({ user: chen, patient: patients.zoe.id }),
      world.signIn({ user: chen, patient: patients.wang.id }),
    ])

    const shown = bodyOf<AppointmentList>(await first.get('/api/appointments'))

    expect(first.home).not.toBe(second.home)
    expect(shown.appointments.every(({ patient }) => patient.name === patients.zoe.name)).toBe(true)
  })

  test('the cookies are for this path, for no script, and for a frame of the EHR', async () => {
    const { answer, cookie, location } = await leave(world.url, await launchSearch(world.ehr, { user: chen }))
    const arrived = await comeBack(world.url, await atEhr(location), cookie)

    const [going] = [answer.headers['set-cookie'] ?? []].flat()
    const [, came = ''] = [arrived.headers['set-cookie'] ?? []].flat()
    for (const [line, path] of [
      [going ?? '', '/smart/callback/riverside/riverside'],
      [came, arrived.headers.location ?? ''],
    ] as const) {
      for (const part of ['HttpOnly', 'Secure', 'SameSite=None', 'Partitioned', `Path=${path}`])
        expect(line.split('; ')).toContain(part)
    }
  })
})

describe('started without an EHR', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  test('the organisations are offered, and their sign-in leads a clinician to the day', async () => {
    const { organisations } = bodyOf<OrganisationList>(await ask(world.url, '/smart/organisations'))
    const [link] = organisations
    const { location, cookie } = await leave(world.url, link?.signIn.slice('/smart/launch'.length) ?? '')

    const callback = await chooseAtEhr(location, { user: chen })
    const person = personOf(world.url, await comeBack(world.url, callback, cookie))

    expect(location.searchParams.get('launch')).toBeNull()
    expect(location.searchParams.get('scope')?.split(' ')).not.toContain('launch')
    const shown = bodyOf<AppointmentList>(await person.get('/api/appointments'))
    expect(shown.appointments.length).toBeGreaterThan(2)
  })

  test('a patient signs in by themselves and sees their own visits alone', async () => {
    const { location, cookie } = await leave(world.url, `?${new URLSearchParams({ iss: world.ehr.iss })}`)

    const callback = await chooseAtEhr(location, { user: patients.margaret.reference })
    const person = personOf(world.url, await comeBack(world.url, callback, cookie))

    const shown = bodyOf<AppointmentList>(await person.get('/api/appointments'))
    expect(shown.appointments.map(({ id }) => id)).toContain(appointments.margaret.id)
    expect(shown.appointments.every(({ patient }) => patient.name === patients.margaret.name)).toBe(true)
  })
})

describe('the way to the EHR', () => {
  test('is a form where the EHR takes one, kept by nobody, and leads to that EHR and nowhere without TLS beyond this machine', async () => {
    const world = await openWorld()
    onTestFinished(() => world.close())
    const { answer, location, by } = await leave(world.url, await launchSearch(world.ehr, { user: chen }))

    expect([by, answer.status, answer.headers['cache-control']]).toEqual(['post', 200, 'no-store'])
    expect(answer.headers['content-security-policy']?.split(';')).toContain(
      `form-action 'self' ${world.ehr.origin} https: http://localhost:* http://127.0.0.1:*`,
    )
    expect(answer.headers['content-security-policy']?.split(';')).toContain("script-src 'self'")
    expect(answer.text).toMatch(/<button class="main">Continue to sign-in<\/button>/)
    expect(answer.text).not.toMatch(/<script>/)
    expect([...location.searchParams.keys()]).toEqual(
      expect.arrayContaining(['state', 'code_challenge', 'launch', 'aud']),
    )
    const other = await ask(world.url, '/launch.html')
    expect(other.headers['content-security-policy']?.split(';')).toContain("form-action 'self'")
  })

  test('is a redirect where the EHR says nothing of POST, and says the same', async () => {
    const capabilities = generic.capabilities.filter((one) => one !== 'authorize-post')
    const world = await openWorld({ personality: { ...generic, capabilities } })
    onTestFinished(() => world.close())

    const { by, location, cookie } = await leave(world.url, await launchSearch(world.ehr, { user: chen }))

    expect([by, location.searchParams.get('aud')]).toEqual(['get', world.ehr.iss])
    expect((await comeBack(world.url, await atEhr(location), cookie)).status).toBe(303)
  })
})

describe('the key that signs', () => {
  /** The kid of the assertion that goes to an EHR which takes `algorithms`. */
  async function kidFor(algorithms: readonly string[] | undefined, signWith?: string): Promise<unknown> {
    const crooked = await startCrookedEhr({
      configuration: algorithms === undefined ? {} : { token_endpoint_auth_signing_alg_values_supported: algorithms },
    })
    onTestFinished(crooked.close)
    const seen: string[] = []
    const really = fetch
    const spy = vi.spyOn(globalThis, 'fetch').mockImplementation(async (to, given) => {
      const { form, init } = await lookedInto(given)
      if (form.has('client_assertion')) seen.push(form.get('client_assertion') ?? '')
      return really(to, init)
    })
    onTestFinished(() => spy.mockRestore())
    const iss = crooked.iss as Iss // sound: our own server's
    const named = signWith === undefined ? {} : { signWith }
    const issuer = {
      iss,
      name: 'ehr',
      title: 'EHR',
      clientId: 'housecall',
      client: 'private_key_jwt',
      can: {},
      ...named,
    } as const
    const clientKeys = [clientKey('RS384', 'rs'), clientKey('ES384', 'es'), clientKey('RS384', 'rs2')]
    const now = () => new Date().toISOString() as Instant // sound: an instant's form
    const smart = openSmart({ redirectUri: () => 'http://localhost/smart/callback', listed: [], clientKeys, now })

    await smart.refresh(issuer, { accessToken: 'old', refreshToken: 'one', scope: '' }).catch(() => undefined)

    return decodeProtectedHeader(seen[0] ?? '').kid
  }

  test.each([
    ['the first of ours where the EHR does not say what it takes', undefined, undefined, 'rs'],
    ['the first of the kind that the EHR takes', ['ES384'], undefined, 'es'],
    ['the first of all where the EHR names none of our kinds', ['EdDSA'], undefined, 'rs'],
    ['the one that the settings name, whatever the EHR lists', ['ES384'], 'rs2', 'rs2'],
  ])('is %s', async (_which, algorithms, signWith, kid) => {
    expect(await kidFor(algorithms, signWith)).toBe(kid)
  })
})

test.each(['ES384', 'RS384'] as const)(
  'a clinic whose EHR wants %s proof gets in with a key it never sees',
  async (alg) => {
    const key = clientKey(alg, 'one')
    const world = await openWorld({ clientKeys: [key] })
    onTestFinished(() => world.close())

    const person = await world.signIn({ user: chen })

    expect((await person.get('/api/me')).status).toBe(200)
    const shown = await ask(world.url, '/.well-known/jwks.json')
    expect(shown.body).toMatchObject({ keys: [{ kid: 'one', alg, use: 'sig' }] })
    expect(shown.text).not.toContain(key.d)
    expect(shown.text).not.toMatch(/"(d|p|q|dp|dq|qi)":/)
  },
)

test('the same Appointment id at two organisations is two visits in two rooms', async () => {
  const world = await openWorld({ organisations: ['riverside', 'harbor'] })
  onTestFinished(() => world.close())
  const [here = world.ehr, there = world.ehr] = world.ehrs
  const id = await book(world, {}, here)
  await book(world, { id }, there)
  const [one, two] = await Promise.all([
    world.signIn({ user: chen, appointment: id }, here),
    world.signIn({ user: chen, appointment: id }, there),
  ])

  const [first, second] = [await open(one, id), await open(two, id)]

  const rooms = [await tokenFor(one, first), await tokenFor(two, second)].map((t) => bodyOf<{ room: string }>(t).room)
  expect(first).not.toBe(second)
  expect(rooms[0]).not.toBe(rooms[1])
  expect((await one.get(second)).code).toBe('not-your-visit')
})

test('both sides meet in the same visit and room although the app was started anew between them', async () => {
  const world = await openWorld()
  onTestFinished(() => world.close())
  const { clinician, visit, appointment } = await opened(world)
  const { room } = bodyOf<{ room: string }>(await tokenFor(clinician, visit))

  await world.restart()
  const another = personOf(world.url, await arrive(world.url, world.ehr, { user: chen, appointment }))

  expect(await open(another, appointment)).toBe(visit)
  expect(bodyOf<{ room: string }>(await tokenFor(another, visit)).room).toBe(room)
  expect((await clinician.get(visit)).status).toBe(200)
})
