// Who does not get in, and why: unlisted issuers, spent and stolen states, unproven people. Nothing is fetched that need not be.
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Ehr } from '../../sandbox/ehr/contract.ts'
import type { FaultName } from '../../sandbox/ehr/main.ts'
import { given } from '../../server/domain/given.ts'
import { openSmart } from '../../server/outside/smart/smart.ts'
import { redirectUriOf } from '../../server/settings/issuer.ts'
import { startCrookedEhr, startListener } from '../support/crooked-ehr.ts'
import { ask } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { arrive, atEhr, comeBack, launchSearch, leave } from '../support/walk.ts'
import { listing, openWorld, type World } from '../support/world.ts'

const chen = { user: clinic.practitioners.chen.reference } as const

describe('someone who signs in', () => {
  let world: World
  let ehr: Ehr
  beforeAll(async () => {
    world = await openWorld()
    ehr = world.ehr
  })
  afterEach(() => ehr.faults.clear())
  afterAll(() => world.close())

  const left = async () => {
    const { cookie, location } = await leave(world.url, await launchSearch(ehr, chen))
    return { cookie, callback: await atEhr(location) }
  }

  test('from a record system that is not on the list is refused before anything is fetched from it', async () => {
    const stranger = await startListener()
    onTestFinished(stranger.close)
    const lookalikes = [
      `${stranger.origin}/fhir`,
      `${ehr.iss}//`,
      `${ehr.iss}?`,
      ehr.iss.toUpperCase(),
      `${ehr.iss}/../fhir`,
    ]

    for (const iss of lookalikes)
      await refuses(world, 'unknown-issuer', () =>
        ask(world.url, `/smart/launch?${new URLSearchParams({ iss, launch: 'x' })}`),
      )

    expect(stranger.heard).toEqual([])
  })

  test('by an address without the issuer, or with two, is refused', async () => {
    const iss = encodeURIComponent(ehr.iss)

    for (const search of ['', '?launch=x', `?iss=${iss}&iss=${iss}`, `?iss=${iss}&launch=a&launch=b`])
      await refuses(world, 'launch-incomplete', () => ask(world.url, `/smart/launch${search}`))
  })

  test('with a state nobody gave out is refused', async () => {
    await refuses(world, 'launch-unknown', () => comeBack(world.url, '/smart/callback?code=x&state=made-up', ''))
    await refuses(world, 'launch-unknown', () => comeBack(world.url, '/smart/callback', ''))
  })

  test('a second time with the same state is refused, also when the first attempt failed', async () => {
    const good = await left()
    await comeBack(world.url, good.callback, good.cookie)
    const bad = await left()
    ehr.faults.on('token-endpoint-500', { times: 1 })
    await comeBack(world.url, bad.callback, bad.cookie)

    for (const { callback, cookie } of [good, bad])
      await refuses(world, 'launch-unknown', () => comeBack(world.url, callback, cookie))
  })

  test('more than ten minutes after leaving is refused', async () => {
    const own = await openWorld()
    onTestFinished(() => own.close())
    const { cookie, location } = await leave(own.url, await launchSearch(own.ehr, chen))
    const callback = await atEhr(location)

    own.later(11)

    await refuses(own, 'launch-unknown', () => comeBack(own.url, callback, cookie))
  })

  test('with a link from another browser is refused, and the right browser still gets in', async () => {
    const mine = await left()
    const theirs = await left()

    await refuses(world, 'launch-elsewhere', () => comeBack(world.url, mine.callback, ''))
    await refuses(world, 'launch-elsewhere', () => comeBack(world.url, mine.callback, theirs.cookie))
    const value = theirs.cookie.split('=').slice(1).join('=')
    const swapped = `${mine.cookie.split('=')[0]}=${value}`
    await refuses(world, 'launch-elsewhere', () => comeBack(world.url, mine.callback, swapped))

    expect((await comeBack(world.url, mine.callback, mine.cookie)).status).toBe(303)
  })

  test('and is turned away by the record system is told so', async () => {
    ehr.faults.on('authorize-denied')
    const { callback, cookie } = await left()

    await refuses(world, 'launch-declined', () => comeBack(world.url, callback, cookie))
  })

  test.each([
    ['auth_invalid_scope', 'invalid_scope'],
    ['authorize-denied', 'access_denied'],
  ] as const)(
    'and is sent back with an error but without the state is told the same, and the log has OAuth’s word: %s',
    async (fault, word) => {
      const before = (await world.audit()).length
      ehr.faults.on(fault)
      ehr.faults.on('error-without-state')
      const { callback, cookie } = await left()
      expect(callback).not.toContain('state=')

      await refuses(world, 'launch-declined', () => comeBack(world.url, callback, cookie))

      expect(world.log()).toContain(`"code":"launch-declined","status":403,"oauth":"${word}"`)
      expect((await world.audit()).length).toBe(before)
    },
  )

  test('by an address with an error that somebody made up is told so, and nothing of it is shown, kept or spent', async () => {
    const mine = await left()
    const before = (await world.audit()).length
    const made = new URLSearchParams({
      error: 'Zo\u00eb-Whitfield<script>',
      error_description: 'call 555-0199',
      state: '',
    })
    const html = { Accept: 'text/html' }

    for (const query of [`${made}`, 'error=invalid_scope&error=Zo%C3%AB-Whitfield', 'error=Zo%C3%AB-Whitfield']) {
      const answer = await comeBack(world.url, `/smart/callback/riverside/riverside?${query}`, mine.cookie, html)
      expect([answer.status, answer.text.includes('data-refusal="launch-declined"')]).toEqual([403, true])
      expect(answer.text).not.toMatch(/Whitfield|555-0199/)
    }

    expect(world.log()).toContain('"oauth":"other"')
    expect(world.log()).not.toMatch(/Whitfield|555-0199/)
    expect((await world.audit()).length).toBe(before)
    expect((await comeBack(world.url, mine.callback, mine.cookie)).status).toBe(303)
  })

  test('with an error and a state nobody gave out is refused as one with any such state', async () => {
    const callback = '/smart/callback/riverside/riverside?error=access_denied&state=made-up'

    await refuses(world, 'launch-unknown', () => comeBack(world.url, callback, ''))
  })

  test('at a record system whose sign-in stumbles is told so, and gets in once it is well again', async () => {
    const fresh = await openWorld() // discovery is kept for an hour: this world has not asked yet
    onTestFinished(() => fresh.close())
    fresh.ehr.faults.on('discovery-500', { times: 1 })
    const search = await launchSearch(fresh.ehr, chen)

    await refuses(fresh, 'launch-failed', () => ask(fresh.url, `/smart/launch${search}`))

    expect((await arrive(fresh.url, fresh.ehr, chen)).status).toBe(303)
  })

  test('at a record system whose tokens fail is told so', async () => {
    ehr.faults.on('token-endpoint-500')
    const { callback, cookie } = await left()

    await refuses(world, 'launch-failed', () => comeBack(world.url, callback, cookie))
  })

  test('whose scope does not let Appointments be read is refused at once', async () => {
    const scopes = 'openid fhirUser launch user/Practitioner.rs user/PractitionerRole.rs'
    const narrow = await openWorld({
      config: (c) => ({
        ...c,
        organisations: c.organisations.map((o) => ({ ...o, issuers: o.issuers.map((i) => ({ ...i, scopes })) })),
      }),
    })
    onTestFinished(() => narrow.close())
    const { cookie, location } = await leave(narrow.url, await launchSearch(narrow.ehr, chen))
    const callback = await atEhr(location)

    await refuses(narrow, 'scope-missing', () => comeBack(narrow.url, callback, cookie))
  })

  test('with a code that was spent elsewhere is refused', async () => {
    const { callback, cookie } = await left()
    const forged = callback.replace(/code=[^&]+/, 'code=guessed')

    await refuses(world, 'launch-failed', () => comeBack(world.url, forged, cookie))
  })

  test.each<FaultName>([
    'id-token-other-key',
    'id-token-wrong-aud',
    'id-token-wrong-iss',
    'id-token-expired',
    'id-token-missing',
    'id-token-wrong-nonce',
    'id-token-alg-none',
    'id-token-no-fhir-user',
  ])('whose identity is not proven is refused: %s', async (fault) => {
    ehr.faults.on(fault)
    const { callback, cookie } = await left()

    await refuses(world, 'identity-unverified', () => comeBack(world.url, callback, cookie))

    const line = (await world.audit()).at(-1)
    expect(line).toMatchObject({ event: 'launch-refused', outcome: 'refused', code: 'identity-unverified' })
  })

  test('at a record system that names no issuer for its proofs is refused', async () => {
    const fresh = await openWorld()
    onTestFinished(() => fresh.close())
    fresh.ehr.faults.on('discovery-no-issuer')
    const search = await launchSearch(fresh.ehr, chen)

    await refuses(fresh, 'identity-unverified', () => ask(fresh.url, `/smart/launch${search}`))
  })

  test('and is neither clinician nor patient nor representative, or whom the EHR does not know, is refused', async () => {
    await ehr.put({
      resourceType: 'Person',
      id: 't-person',
      link: [{ target: { reference: 'Patient/hc-patient-zoe' }, assurance: 'level1' }],
    })
    const roleless = { resourceType: 'PractitionerRole', id: 't-roleless' } as const
    await ehr.put(roleless)
    await ehr.put({ ...relative, id: 't-former', active: false })

    for (const user of [
      'Person/t-person',
      'Practitioner/nobody',
      'PractitionerRole/t-roleless',
      'RelatedPerson/t-former',
    ] as const)
      await refuses(world, 'role-unknown', () => arrive(world.url, ehr, { user }))
  })

  test('sees the refusal on the launch page, in words and with its status, when it is a person who looks', async () => {
    const seen = await ask(world.url, '/smart/launch?iss=https://elsewhere.example', {
      headers: { Accept: 'text/html' },
    })

    expect([seen.status, seen.headers['content-type']]).toEqual([403, 'text/html; charset=utf-8'])
    expect(seen.text).toContain('data-refusal="unknown-issuer"')
  })

  test('goes back to our own address whatever host the request names', async () => {
    const headers = { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https', Host: 'evil.example' }

    const { location, answer } = await leave(world.url, await launchSearch(ehr, chen), headers)

    expect(location.searchParams.get('redirect_uri')).toBe(`${world.url}/smart/callback/riverside/riverside`)
    expect(JSON.stringify(answer.headers)).not.toContain('evil.example')
  })

  test('cannot bring a FHIR server or a patient along in the address', async () => {
    const elsewhere = await startListener()
    onTestFinished(elsewhere.close)
    const extra = new URLSearchParams({
      fhirServiceUrl: elsewhere.origin,
      patientId: 'hc-patient-zoe',
      patient: 'hc-patient-zoe',
    })
    const { cookie, location } = await leave(world.url, `${await launchSearch(ehr, chen)}&${extra}`)

    const arrived = await comeBack(world.url, `${await atEhr(location)}&${extra}`, cookie)

    expect(arrived.status).toBe(303)
    const id = (arrived.headers.location ?? '').split('/').at(-1) ?? ''
    const kept = await world.house.launches.get(id as Parameters<World['house']['launches']['get']>[0]) // sound: our own id
    expect([kept?.iss, kept?.patient, location.origin]).toEqual([ehr.iss, undefined, ehr.origin])
    expect(elsewhere.heard).toEqual([])
  })
})

const relative = {
  resourceType: 'RelatedPerson',
  patient: { reference: clinic.patients.noor.reference },
} as const

test('someone whose proof names a record on another host is refused, and that host hears nothing', async () => {
  const elsewhere = await startListener()
  onTestFinished(elsewhere.close)
  const crooked = await startCrookedEhr({ claims: { fhirUser: `${elsewhere.origin}/fhir/Practitioner/x` } })
  onTestFinished(crooked.close)
  const world = await openWorld({ config: (c) => ({ ...c, organisations: c.organisations.map(listing(crooked.iss)) }) })
  onTestFinished(() => world.close())
  const search = `?${new URLSearchParams({ iss: crooked.iss, launch: 'x' })}`
  const { cookie, location } = await leave(world.url, search)

  await refuses(world, 'identity-unverified', () => comeBack(world.url, crooked.callback(location), cookie))

  expect(elsewhere.heard).toEqual([])
  expect(crooked.heard.filter(({ authorization }) => authorization !== undefined)).toEqual([])
})

test('a sign-in whose token endpoint never answers is given up', async () => {
  const world = await openWorld()
  onTestFinished(() => world.close())
  const [issuer] = world.house.config.organisations[0]?.issuers ?? []
  if (issuer === undefined) throw new Error('no issuer')
  const now = world.house.now
  const smart = openSmart({
    redirectUri: () => redirectUriOf(world.house.config, issuer),
    listed: [],
    clientKeys: [],
    now,
  })
  const search = await launchSearch(world.ehr, chen)
  const departure = await smart.begin(issuer, given({ launch: new URLSearchParams(search).get('launch') ?? undefined }))
  const { way } = departure
  if (way.by !== 'post') throw new Error('the sandbox takes a POST')
  const location = new URL(`${way.action}?${new URLSearchParams(way.fields)}`)
  const query = new URLSearchParams((await atEhr(location)).split('?')[1])
  world.ehr.faults.on('token-endpoint-hangs')
  const really = AbortSignal.timeout.bind(AbortSignal)
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => really(100))
  onTestFinished(() => void vi.restoreAllMocks())

  await expect(smart.finish(issuer, query, departure)).rejects.toMatchObject({ code: 'launch-failed' })
})
