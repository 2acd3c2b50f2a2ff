// Launches that mean harm, or would do some: answers and addresses that lead elsewhere. Nothing is fetched from there, no token goes
// there. Unlisted issuers, spent and stolen states and forged identities are in launch-refusals; forged records in strangers.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Iss, LaunchId } from '../../server/domain/ids.ts'
import { openSmart } from '../../server/outside/smart/smart.ts'
import type { Me } from '../../server/wire/wire.ts'
import { startCrookedEhr, startListener } from '../support/crooked-ehr.ts'
import { type Answer, ask } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf } from '../support/visits.ts'
import { arrive, atEhr, comeBack, launchSearch, leave, personOf } from '../support/walk.ts'
import { listing, openWorld, type World } from '../support/world.ts'

const chen = { user: clinic.practitioners.chen.reference } as const

describe('someone who leaves for the EHR or comes back', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  const left = async () => {
    const { cookie, location } = await leave(world.url, await launchSearch(world.ehr, chen))
    return { cookie, callback: new URLSearchParams((await atEhr(location)).split('?')[1]) }
  }
  const back = (query: URLSearchParams, cookie: string) =>
    comeBack(world.url, `/smart/callback/riverside/riverside?${query}`, cookie)

  test('with the code of another session is refused: a code is good only with what its own browser left with', async () => {
    const [mine, stolen] = [await left(), await left()]
    mine.callback.set('code', stolen.callback.get('code') ?? '')

    await refuses(world, 'launch-failed', () => back(mine.callback, mine.cookie))
  })

  test('with an answer that names another issuer is refused, as a mix-up of two EHRs would look', async () => {
    const { callback, cookie } = await left()
    callback.set('iss', 'https://elsewhere.example')

    await refuses(world, 'identity-unverified', () => back(callback, cookie))
  })

  test('with a token or an id_token in the address instead of a code is refused', async () => {
    const { callback, cookie } = await left()
    callback.delete('code')
    callback.set('access_token', 'made-up')
    callback.set('id_token', 'made.up.too')

    await refuses(world, 'identity-unverified', () => back(callback, cookie))
    expect(world.log()).not.toContain('made-up')
  })

  test('with a script in the launch has it handed on to the EHR as it is, and no page of ours runs it', async () => {
    const launch = '"><script>alert(1)</script>&amp;\''
    const search = `?${new URLSearchParams({ iss: world.ehr.iss, launch })}`

    const { answer, location } = await leave(world.url, search)

    expect(answer.text).not.toMatch(/<script>alert/)
    expect(location.searchParams.get('launch')).toBe(launch)
  })

  test('and whose Person leads to records of another hospital is nobody here, and that hospital is not asked', async () => {
    const elsewhere = await startListener()
    onTestFinished(elsewhere.close)
    const link = ['Patient/hc-patient-zoe', chen.user].map((reference) => ({
      target: { reference: `${elsewhere.origin}/fhir/${reference}` },
    }))
    await world.ehr.put({ resourceType: 'Person', id: 't-elsewhere', link })

    await refuses(world, 'role-unknown', () => arrive(world.url, world.ehr, { user: 'Person/t-elsewhere' }))

    expect(elsewhere.heard).toEqual([])
  })
})

describe('an EHR that is on the list', () => {
  let crooked: Awaited<ReturnType<typeof startCrookedEhr>>
  let elsewhere: Awaited<ReturnType<typeof startListener>>
  let world: World
  beforeEach(async () => {
    elsewhere = await startListener()
    crooked = await startCrookedEhr({
      claims: { fhirUser: 'Patient/p' },
      fhir: { '/Patient/p': { body: { resourceType: 'Patient', id: 'p' } } },
    })
    world = await openWorld({ config: (c) => ({ ...c, organisations: c.organisations.map(listing(crooked.iss)) }) })
  })
  afterEach(async () => {
    await Promise.all([world.close(), crooked.close(), elsewhere.close()])
  })

  const search = () => `?${new URLSearchParams({ iss: crooked.iss, launch: 'x' })}`
  const keptOf = async ({ headers }: Answer) => {
    const id = headers.location?.split('/').at(-1) as LaunchId // sound: our own id
    return { launch: await world.house.launches.get(id) }
  }
  const arrived = async () => {
    const { cookie, location } = await leave(world.url, search())
    return comeBack(world.url, crooked.callback(location), cookie)
  }

  test.each([
    ['authorization_endpoint', 'http://ehr.example/authorize'],
    ['token_endpoint', 'http://ehr.example/token'],
    ['jwks_uri', 'http://ehr.example/jwks'],
    ['authorization_endpoint', 'javascript:alert(1)'],
    ['token_endpoint', 'http://'],
    ['token_endpoint', 'https://name:word@ehr.example/token'],
    ['authorization_endpoint', 'https://ehr.example/authorize#there'],
    ['jwks_uri', 'file:///etc/passwd'],
    ['token_endpoint', `https://ehr.example/${'x'.repeat(3_000)}`],
  ])('and names as %s what is no safe address, %s, is left alone', async (name, url) => {
    crooked.said.configuration = { [name]: url }

    await refuses(world, 'launch-failed', () => ask(world.url, `/smart/launch${search()}`))
  })

  test('and sends the code’s exchange on to another host does not get it there', async () => {
    crooked.said.configuration = { token_endpoint: `${crooked.iss}/hop` }
    crooked.said.redirect = { '/hop': `${elsewhere.origin}/token` }

    await refuses(world, 'launch-failed', arrived)

    expect(elsewhere.heard).toEqual([])
  })

  test('and sends whoever asks for its keys on to another host proves nothing by those', async () => {
    crooked.said.configuration = { jwks_uri: `${crooked.iss}/hop` }
    crooked.said.redirect = { '/hop': `${elsewhere.origin}/jwks` }

    await refuses(world, 'launch-failed', arrived)

    expect(elsewhere.heard).toEqual([])
  })

  test('and lists a clinician’s roles on another host’s page is not followed there', async () => {
    const mine = `/PractitionerRole?${new URLSearchParams({ practitioner: 'Practitioner/p' })}`
    const link = [{ relation: 'next', url: `${elsewhere.origin}/fhir/PractitionerRole?page=2` }]
    crooked.said.claims = { fhirUser: 'Practitioner/p' }
    crooked.said.fhir = {
      '/Practitioner/p': { body: { resourceType: 'Practitioner', id: 'p' } },
      [mine]: { body: { resourceType: 'Bundle', type: 'searchset', link } },
    }

    // Roles are a search that a sign-in can do without: nobody is kept out by it, and nothing of the other host's is believed.
    expect((await arrived()).status).toBe(303)

    expect(elsewhere.heard).toEqual([])
  })

  test('and keeps its keys on another host, as the big ones do, lets people in', async () => {
    crooked.said.configuration = { jwks_uri: `${crooked.origin.replace('127.0.0.1', 'localhost')}/jwks` }

    expect((await arrived()).status).toBe(303)
  })

  test.each([
    ['patient', 'Encounter/77'],
    ['patient', 'Patient/7/7'],
    ['patient', {}],
    ['encounter', ['77']],
    ['patient', '..'],
    ['patient', 'Patient/.'],
    ['encounter', '%2e%2e'],
    ['appointment', 'x'.repeat(65)],
    ['encounter', 'Patient/77'],
    ['appointment', 'Patient/77'],
  ])('and names as the %s on its screen something else, %s, lets nobody in with that', async (name, value) => {
    crooked.said.token = { [name]: value }

    await refuses(world, 'launch-failed', arrived)
  })

  const empty = ['patient', 'encounter', 'appointment', 'scope', 'refresh_token', 'expires_in', 'smart_style_url']
  test.each([
    ['an empty text', ''],
    ['blanks', '  '],
    ['null', null],
    ['a number', 0],
    ['a yes', true],
  ])('and answers %s for what it does not have is taken to have said nothing', async (_what, value) => {
    const names = typeof value === 'number' || value === true ? empty.filter((name) => name !== 'expires_in') : empty
    crooked.said.token = { ...Object.fromEntries(names.map((name) => [name, value])), fhirContext: null }

    const { launch } = await keptOf(await arrived())

    const { patient, encounter, appointment, style, tokens } = launch ?? {}
    expect({ patient, encounter, appointment, style, ...tokens }).toEqual({
      accessToken: 'crooked',
      // Left out, it is what was asked for.
      scope: expect.stringContaining('Appointment'),
      issuedBy: `${crooked.origin}/token`,
    })
  })

  test.each(['', null])('and says %j of itself for what it does not have lets the person in', async (value) => {
    const names = ['capabilities', 'token_endpoint_auth_signing_alg_values_supported', 'registration_endpoint']
    crooked.said.configuration = Object.fromEntries(names.map((name) => [name, value]))

    expect((await keptOf(await arrived())).launch?.fhirUser).toBe('Patient/p')
  })

  test.each(['', null])('and says who came in profile, beside %j for fhirUser, lets them in', async (fhirUser) => {
    crooked.said.claims = { fhirUser, profile: 'Patient/p' }

    expect((await keptOf(await arrived())).launch?.fhirUser).toBe('Patient/p')
  })

  test.each(['', null, 7])('and answers %j for an id_token proves nobody', async (id_token) => {
    crooked.said.token = { id_token }

    await refuses(world, 'identity-unverified', arrived)
  })

  const secondsFromNow = (seconds: number) => Math.floor(Date.now() / 1000) + seconds
  test.each([
    ['that was given to another app', { azp: 'another-app' }],
    ['that was given to another app, by a name that is none', { azp: null }],
    ['that was given to another app as well', { aud: ['housecall', 'another-app'], azp: 'another-app' }],
    ['of an hour from now', { iat: secondsFromNow(3_600) }],
    ['of a quarter of an hour from now', { iat: secondsFromNow(900) }],
    ['of two hours ago', { iat: secondsFromNow(-7_200) }],
    ['of a year ago', { iat: secondsFromNow(-365 * 86_400) }],
    ['of long before anybody', { iat: -1e300 }],
    ['of no time', { iat: 'now' }],
  ])('and shows an id_token %s proves nobody by it', async (_what, claims) => {
    crooked.said.claims = { fhirUser: 'Patient/p', ...claims }

    await refuses(world, 'identity-unverified', arrived)
  })

  test.each([
    ['names us as whom it was given to', { azp: 'housecall' }],
    ['was made five minutes from now, as its clock has it', { iat: secondsFromNow(300) }],
    ['was made half an hour ago', { iat: secondsFromNow(-1_800) }],
  ])('and whose id_token %s lets the person in', async (_what, claims) => {
    crooked.said.claims = { fhirUser: 'Patient/p', ...claims }

    expect((await arrived()).status).toBe(303)
  })

  test.each([1e15, 1e300, 43_201, '1e300', '9'.repeat(300)])(
    'and gives a token that ends in %.20s seconds gives one for this sign-in and no longer',
    async (expires_in) => {
      crooked.said.token = { expires_in }

      const { launch } = await keptOf(await arrived())

      const [ends, signInEnds] = [launch?.tokens.expiresAt, launch?.endsAt].map((at) => Date.parse(at ?? ''))
      expect(ends).toBeLessThanOrEqual(signInEnds ?? 0)
      expect(ends).toBeGreaterThan(world.now() + 11 * 3_600_000)
    },
  )

  test.each([-1, 'soon', {}, '-1e300'])('and gives a token that ends in %j seconds gives none', async (expires_in) => {
    crooked.said.token = { expires_in }

    await refuses(world, 'identity-unverified', arrived)
  })

  test('and renews a token for a thousand years renews it for the sign-in', async () => {
    crooked.said.token = { expires_in: 1, refresh_token: 'r1' }
    const back = await arrived()
    crooked.said.token = { expires_in: 1e15, refresh_token: 'r2', id_token: undefined }

    const person = personOf(world.url, back)
    await person.get('/api/appointments')

    const { launch } = await keptOf(back)
    expect(launch?.tokens.refreshToken).toBe('r2')
    expect(Date.parse(launch?.tokens.expiresAt ?? '') - world.now()).toBeLessThanOrEqual(12 * 3_600_000)
  })

  test.each(['Patient/..', 'Patient/.', 'Practitioner/%2e%2e', 'Patient/', `Patient/${'x'.repeat(65)}`])(
    'and says that who came is %s lets nobody in, and is asked for no such record',
    async (fhirUser) => {
      crooked.said.claims = { fhirUser }

      await refuses(world, 'identity-unverified', arrived)

      expect(crooked.heard.filter(({ authorization }) => authorization !== undefined)).toEqual([])
    },
  )

  test('and links a Person to records whose ids lead out of their type lets nobody in, and is not asked for those', async () => {
    const link = ['Patient/..', 'Practitioner/.', 'RelatedPerson/%2e%2e'].map((reference) => ({
      target: { reference },
    }))
    crooked.said.claims = { fhirUser: 'Person/p' }
    crooked.said.fhir = { '/Person/p': { body: { resourceType: 'Person', id: 'p', link } } }

    await refuses(world, 'role-unknown', arrived)

    const asked = crooked.heard.filter(({ authorization }) => authorization === 'Bearer crooked')
    expect(asked.map(({ path }) => path)).toEqual(['/fhir/Person/p'])
  })

  test.each([
    ['an access token with signs that no header has', { access_token: 'a\nb' }],
    ['an access token in signs of many bytes', { access_token: 'é'.repeat(10) }],
    ['an access token longer than any header', { access_token: 'x'.repeat(20_000) }],
    ['a refresh token longer than any', { refresh_token: 'x'.repeat(20_000) }],
    ['more scopes than there are', { scope: 'user/*.rs '.repeat(2_000) }],
    ['more than a quarter of a megabyte', { more: 'x'.repeat(260_000) }],
  ])('and gives %s lets nobody in, and keeps none of it', async (_what, token) => {
    crooked.said.token = token

    await refuses(world, 'launch-failed', arrived)

    expect(crooked.heard.filter(({ authorization }) => authorization?.startsWith('Bearer'))).toEqual([])
  })

  test('and says more of itself than a quarter of a megabyte is left alone', async () => {
    crooked.said.configuration = { more: 'x'.repeat(260_000) }

    await refuses(world, 'launch-failed', () => ask(world.url, `/smart/launch${search()}`))
  })

  test.each([
    ['need_patient_banner', 'false'],
    ['need_patient_banner', null],
    ['fhirContext', null],
    ['fhirContext', 'Appointment/a'],
    ['fhirContext', [7, null, { reference: 5 }]],
  ])(
    'and says of its screen what nobody can read, %s: %j, lets the person in, with our own banner',
    async (name, value) => {
      crooked.said.token = { [name]: value, patient: 'Patient/p' }

      const person = personOf(world.url, await arrived())

      expect(bodyOf<Me>(await person.get('/api/me'))).toMatchObject({ patientBanner: true, onePatient: true })
    },
  )

  test('and hides the Appointment among what nobody can read opens that Appointment', async () => {
    crooked.said.token = { fhirContext: [null, { reference: 7 }, { reference: 'Appointment/a' }] }

    const { launch } = await keptOf(await arrived())

    expect(launch?.appointment).toBe('a')
  })

  test('and names Appointments in other roles beside it opens the one that it was for', async () => {
    const beside = { reference: 'Appointment/b', role: 'https://ehr.example/roles/previous' }
    for (const role of ['launch', null, '']) {
      crooked.said.token = { fhirContext: [beside, { reference: 'Appointment/a', role }] }
      const { launch } = await keptOf(await arrived())
      expect([launch?.appointment, launch?.appointments]).toEqual(['a', undefined])
    }
    crooked.said.token = { fhirContext: [beside] }
    expect((await keptOf(await arrived())).launch?.appointment).toBeUndefined()
  })

  const lookOf = async () => bodyOf<Me>(await personOf(world.url, await arrived()).get('/api/me')).look
  const style = { color_highlight: '#2a6496' }

  test('and names a style elsewhere has none, and nobody there hears of the launch', async () => {
    const at = ({ origin }: { origin: string }) => `${origin}/fhir/style.json`
    const sneaking = [
      at(elsewhere),
      `${crooked.origin}@${new URL(elsewhere.origin).host}/x`,
      '/style.json',
      'no address',
    ]
    for (const smart_style_url of sneaking) {
      crooked.said.token = { smart_style_url }
      expect(await lookOf()).toEqual({})
    }
    crooked.said.token = { smart_style_url: at(crooked) }
    crooked.said.redirect = { '/style.json': at(elsewhere) }

    expect(await lookOf()).toEqual({})

    expect(elsewhere.heard).toEqual([])
  })

  test.each<[string, { status?: number; body: unknown }]>([
    ['is not there', { status: 404, body: style }],
    ['is longer than a style can be', { body: { ...style, more: 'x'.repeat(20_000) } }],
    ['is no style', { body: 'blue' }],
    ['has nothing in it one could wear', { body: { color_highlight: 'url(//elsewhere)' } }],
  ])('and whose style %s has none, and lets the person in', async (_what, reply) => {
    crooked.said.token = { smart_style_url: `${crooked.iss}/style.json` }
    crooked.said.fhir = { ...crooked.said.fhir, '/style.json': reply }

    expect(await lookOf()).toEqual({})
  })

  test('is asked for its own style without the person’s token', async () => {
    crooked.said.token = { smart_style_url: `${crooked.iss}/style.json` }
    crooked.said.fhir = { ...crooked.said.fhir, '/style.json': { body: style } }

    expect(await lookOf()).toMatchObject({ '--accent': style.color_highlight })

    const asked = crooked.heard.filter(({ path }) => path === '/fhir/style.json')
    expect(asked).toEqual([{ path: '/fhir/style.json', authorization: undefined }])
  })

  test('and says something that is no address for its style, or nothing, is an EHR without one', async () => {
    for (const smart_style_url of [7, null, {}]) {
      crooked.said.token = { smart_style_url }
      expect(await lookOf()).toEqual({})
    }
  })
})

describe('an EHR at an https address', () => {
  const iss = 'https://ehr.example/fhir' as Iss // sound: as the settings would read it
  const issuer = { iss, name: 'ehr', title: 'EHR', clientId: 'housecall', client: 'public', can: {} } as const
  afterEach(() => vi.unstubAllGlobals())

  test.each(['authorization_endpoint', 'token_endpoint', 'jwks_uri'])(
    'whose %s is plain http is refused, on this machine too, and nothing is sent there',
    async (name) => {
      const listener = await startListener()
      onTestFinished(listener.close)
      const endpoints = { authorization_endpoint: 'authorize', token_endpoint: 'token', jwks_uri: 'jwks' }
      const said = { issuer: 'https://ehr.example', ...endpoints, [name]: `${listener.origin}/x` }
      const really = fetch
      vi.stubGlobal('fetch', (url: string, init?: RequestInit) =>
        url.startsWith(iss) ? Promise.resolve(Response.json(said)) : really(url, init),
      )
      const now = () => new Date().toISOString() as ReturnType<World['house']['now']> // sound: an instant's form
      const smart = openSmart({
        redirectUri: () => 'https://visits.example/smart/callback',
        listed: [],
        clientKeys: [],
        now,
      })

      await expect(smart.begin(issuer, { launch: 'x' })).rejects.toMatchObject({ code: 'launch-failed' })

      expect(listener.heard).toEqual([])
    },
  )
})

test('a style that never comes is given up, and is no reason to send anybody away', async () => {
  const crooked = await startCrookedEhr({ silent: '/style.json' })
  onTestFinished(crooked.close)
  const issuer = {
    iss: crooked.iss as Iss,
    name: 'ehr',
    title: 'EHR',
    clientId: 'housecall',
    client: 'public',
    can: {},
  } as const // sound: our own server's
  const now = () => new Date().toISOString() as ReturnType<World['house']['now']> // sound: an instant's form
  const smart = openSmart({
    redirectUri: () => 'http://localhost/smart/callback',
    listed: [],
    clientKeys: [],
    now,
    timeoutMs: 100,
  })

  expect(await smart.style(issuer, `${crooked.iss}/style.json`)).toBeUndefined()

  expect(crooked.heard.map(({ path }) => path)).toContain('/fhir/style.json')
})
