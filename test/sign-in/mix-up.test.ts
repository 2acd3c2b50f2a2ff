// Two listed EHRs of which one means harm: it sends people on to the other's sign-in, borrows its name, or brings its answers where they
// do not belong (RFC 9700, 4.4; RFC 9207). A code and its verifier go to the EHR that the person left for, and to nobody else.
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Ehr } from '../../sandbox/ehr/contract.ts'
import type { Iss, LaunchId } from '../../server/domain/ids.ts'
import type { Config, Issuer } from '../../server/settings/config.ts'
import { callbackOf } from '../../server/settings/issuer.ts'
import { startCrookedEhr, startListener } from '../support/crooked-ehr.ts'
import { type Answer, ask } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { atEhr, comeBack, launchSearch, leave, personOf } from '../support/walk.ts'
import { openWorld, type World } from '../support/world.ts'

const chen = { user: clinic.practitioners.chen.reference } as const

let malice: Awaited<ReturnType<typeof startCrookedEhr>>
let world: World
let honest: Ehr
let other: Ehr

/** The malicious one beside the honest one; `harbor` is another clinic with an honest EHR of its own. */
const listed = (config: Config): Config => ({
  ...config,
  organisations: config.organisations.map((o) =>
    o.id === 'riverside' ? { ...o, issuers: [...o.issuers, maliceRow(o.issuers)] } : o,
  ),
})
const maliceRow = ([like]: readonly Issuer[]): Issuer => {
  if (like === undefined) throw new Error('riverside has an EHR')
  return { ...like, iss: malice.iss as Iss, name: 'malice', title: 'Another record' } // sound: our own server's
}

beforeEach(async () => {
  malice = await startCrookedEhr({
    claims: { fhirUser: 'Patient/p' },
    fhir: { '/Patient/p': { body: { resourceType: 'Patient', id: 'p' } } },
  })
  world = await openWorld({ organisations: ['riverside', 'harbor'], config: listed })
  ;[honest = world.ehr, other = world.ehr] = world.ehrs
})
afterEach(async () => {
  await Promise.all([world.close(), malice.close()])
})

const callbacks = { honest: '/smart/callback/riverside/riverside', malice: '/smart/callback/riverside/malice' } as const
const leaveForMalice = () => leave(world.url, `?${new URLSearchParams({ iss: malice.iss, launch: 'x' })}`)
const leaveFor = async (ehr: Ehr) => leave(world.url, await launchSearch(ehr, chen))
const queryOf = (callback: string) => new URLSearchParams(callback.split('?')[1])
const tokensAsked = () => malice.heard.filter(({ path }) => path.startsWith('/token'))
const lastAudit = async () => (await world.audit()).at(-1)

/** The malicious EHR sends the browser on to the honest one, as if we had asked it; the person signs in there. */
async function lured(departure: { location: URL }, redirectUri: string): Promise<URLSearchParams> {
  const launch = new URLSearchParams(await launchSearch(honest, chen)).get('launch') ?? ''
  const there = new URL(`${honest.origin}/oauth/authorize`)
  for (const [name, value] of departure.location.searchParams) there.searchParams.set(name, value)
  there.searchParams.set('aud', honest.iss)
  there.searchParams.set('launch', launch)
  there.searchParams.set('redirect_uri', redirectUri)
  return queryOf(await atEhr(there))
}

describe('an answer that comes to another EHR’s address than the one that was left for', () => {
  test('is not believed: the code of the honest EHR does not go to the malicious one, and the sign-in is over', async () => {
    const { location, cookie } = await leaveForMalice()
    const query = await lured({ location }, `${world.url}${callbacks.honest}`)
    expect(query.get('code')).toMatch(/./)

    await refuses(world, 'launch-mixed-up', () => comeBack(world.url, `${callbacks.honest}?${query}`, cookie))

    expect(tokensAsked()).toEqual([])
    expect(await lastAudit()).toMatchObject({ event: 'launch-refused', outcome: 'refused', code: 'launch-mixed-up' })
    await refuses(world, 'launch-unknown', () => comeBack(world.url, malice.callback(location), cookie))
    expect(tokensAsked()).toEqual([])
  })

  test('is refused also the other way round, and at another clinic’s address', async () => {
    for (const at of [
      callbacks.malice,
      '/smart/callback/harbor/harbor',
      '/smart/callback',
      '/smart/callback/no/such',
    ]) {
      const { location, cookie } = await leaveFor(honest)
      const query = queryOf(await atEhr(location))
      const asked = honest.requests.length

      await refuses(world, 'launch-mixed-up', () => comeBack(world.url, `${at}?${query}`, cookie))

      expect([tokensAsked(), honest.requests.length]).toEqual([[], asked])
    }
  })

  test('ends nobody’s sign-in who has another state', async () => {
    const [one, two] = [await leaveFor(honest), await leaveFor(other)]
    const [mine, theirs] = [await atEhr(one.location), await atEhr(two.location)]

    await refuses(world, 'launch-mixed-up', () =>
      comeBack(world.url, `${mine.split('?')[0]}?${theirs.split('?')[1]}`, `${one.cookie}; ${two.cookie}`),
    )

    expect((await comeBack(world.url, mine, one.cookie)).status).toBe(303)
  })
})

test('each listed issuer leaves with a redirect URI of its own, and its cookie goes there alone', async () => {
  const [one, two, three] = [await leaveFor(honest), await leaveFor(other), await leaveForMalice()]

  const back = (departure: { location: URL }) => departure.location.searchParams.get('redirect_uri')
  const paths = [callbacks.honest, '/smart/callback/harbor/harbor', callbacks.malice]
  expect([one, two, three].map(back)).toEqual(paths.map((path) => world.url + path))
  const cookies = [one, two, three].map(({ answer }) => String(answer.headers['set-cookie']).split('; '))
  for (const [i, path] of paths.entries()) expect(cookies[i]).toContain(`Path=${path}`)
})

describe('an EHR that always says whose its answers are', () => {
  const back = async (change: (query: URLSearchParams) => void): Promise<() => Promise<Answer>> => {
    const { location, cookie } = await leaveFor(honest)
    const query = queryOf(await atEhr(location))
    change(query)
    return () => comeBack(world.url, `${callbacks.honest}?${query}`, cookie)
  }

  test('lets people in with its own name', async () => {
    expect((await (await back(() => undefined))()).status).toBe(303)
  })

  test.each<[string, (query: URLSearchParams) => void]>([
    ['none', (query) => query.delete('iss')],
    ['another’s', (query) => query.set('iss', malice.origin)],
    ['the FHIR base URL in place of the issuer', (query) => query.set('iss', honest.iss)],
    ['its own with a slash at the end', (query) => query.set('iss', `${query.get('iss')}/`)],
    ['an empty one', (query) => query.set('iss', '')],
    ['two', (query) => query.append('iss', malice.origin)],
    ['its own twice', (query) => query.append('iss', query.get('iss') ?? '')],
  ])('is not believed with %s', async (_what, change) => {
    const answer = await back(change)

    await refuses(world, 'identity-unverified', answer)
  })

  test('is not believed in an error either, where that is another’s', async () => {
    honest.faults.on('authorize-denied')
    const own = await back(() => undefined)
    const swapped = await back((query) => query.set('iss', malice.origin))

    await refuses(world, 'launch-declined', own)
    await refuses(world, 'identity-unverified', swapped)
  })
})

test('an EHR that does not say so is believed without a name, and with its own alone', async () => {
  const at = async (iss: string | undefined) => {
    const { location, cookie } = await leaveForMalice()
    const callback = `${malice.callback(location)}${iss === undefined ? '' : `&${new URLSearchParams({ iss })}`}`
    return comeBack(world.url, callback, cookie)
  }

  expect([(await at(undefined)).status, (await at(malice.origin)).status]).toEqual([303, 303])
  await refuses(world, 'identity-unverified', () => at(`${honest.origin}/oauth`))
})

test('the code of an EHR that was careless about redirect URIs does not go to the one that sent the person there', async () => {
  const { location, cookie } = await leaveForMalice()
  const query = await lured({ location }, `${world.url}${callbacks.honest}`) // careless: as if it had let the other's address pass

  await refuses(world, 'identity-unverified', () => comeBack(world.url, `${callbacks.malice}?${query}`, cookie))

  expect(tokensAsked()).toEqual([])
})

describe('an EHR that goes by another’s issuer', () => {
  const posing = { issuer: () => `${honest.origin}/oauth`, authorize: () => `${honest.origin}/oauth/authorize` }
  const search = async () => ({
    malice: `?${new URLSearchParams({ iss: malice.iss, launch: 'x' })}`,
    honest: await launchSearch(honest, chen),
  })
  const launch = (query: string) => ask(world.url, `/smart/launch${query}`)

  test.each<[string, () => object]>([
    ['and leads elsewhere', () => ({ issuer: posing.issuer() })],
    [
      'and to its sign-in, but takes the codes itself',
      () => ({ issuer: posing.issuer(), authorization_endpoint: posing.authorize() }),
    ],
    [
      'and takes its codes there, but signs people in itself',
      () => ({ issuer: posing.issuer(), token_endpoint: `${honest.origin}/oauth/token` }),
    ],
  ])('%s signs nobody in, and nobody can tell which of the two is meant', async (_how, configuration) => {
    malice.said.configuration = { ...configuration() }
    const to = await search()

    await refuses(world, 'issuer-contested', () => launch(to.malice))
    await refuses(world, 'issuer-contested', () => launch(to.honest))

    expect((await leaveFor(other)).location.origin).toBe(other.origin)
  })

  test('by the settings’ word for the id_token is one too', async () => {
    await world.restart((config) => ({
      ...config,
      organisations: config.organisations.map((o) => ({
        ...o,
        issuers: o.issuers.map((i) => (i.name === 'malice' ? { ...i, idTokenIssuer: posing.issuer() } : i)),
      })),
    }))
    const to = await search()

    await refuses(world, 'issuer-contested', () => launch(to.malice))
  })

  test('and turns away only after the person has left gets no code: what it was then counts', async () => {
    const truly = { token_endpoint: `${honest.origin}/oauth/token`, jwks_uri: `${honest.origin}/oauth/jwks` }
    malice.said.configuration = { issuer: posing.issuer(), authorization_endpoint: posing.authorize(), ...truly }
    await leaveForMalice()
    world.later(55)
    const { location, cookie } = await leaveForMalice()
    expect(location.origin).toBe(honest.origin)
    malice.said.configuration = { issuer: posing.issuer(), authorization_endpoint: posing.authorize() }
    const query = await lured({ location }, `${world.url}${callbacks.honest}`)
    world.later(6)

    await refuses(world, 'launch-failed', () => comeBack(world.url, `${callbacks.malice}?${query}`, cookie))

    expect(tokensAsked()).toEqual([])
  })

  test('and changes its own name only after the person has left is not believed with it', async () => {
    await leaveForMalice()
    world.later(55)
    const { location, cookie } = await leaveForMalice()
    malice.said.configuration = { issuer: posing.issuer() }
    const query = await lured({ location }, `${world.url}${callbacks.honest}`)
    world.later(6)

    await refuses(world, 'launch-failed', () => comeBack(world.url, `${callbacks.malice}?${query}`, cookie))

    expect(tokensAsked()).toEqual([])
  })
})

test('two base URLs of one authorization server go by one issuer, as they may', async () => {
  malice.said.configuration = {
    issuer: `${honest.origin}/oauth`,
    authorization_endpoint: `${honest.origin}/oauth/authorize`,
  }
  malice.said.configuration = { ...malice.said.configuration, token_endpoint: `${honest.origin}/oauth/token` }

  expect((await leaveForMalice()).location.origin).toBe(honest.origin)
  expect((await leaveFor(honest)).location.origin).toBe(honest.origin)
})

test('a listed EHR that never answers keeps nobody from another’s sign-in', async () => {
  malice.said.silent = '/.well-known/smart-configuration'

  const began = performance.now()
  const { location } = await leaveFor(honest)
  const [first, second] = [performance.now() - began, await leaveFor(honest)]

  expect([location.origin, second.location.origin]).toEqual([honest.origin, honest.origin])
  expect(first).toBeLessThan(8_000)
})

test('a refresh token goes to the server that gave it, and to none that the EHR names later', async () => {
  const elsewhere = await startListener()
  onTestFinished(elsewhere.close)
  malice.said.token = { refresh_token: 'precious', expires_in: 600 }
  const { location, cookie } = await leaveForMalice()
  const person = personOf(world.url, await comeBack(world.url, malice.callback(location), cookie))
  malice.said.configuration = { token_endpoint: `${elsewhere.origin}/token` }
  for (let minutes = 0; minutes < 75; minutes += 25) {
    world.later(25)
    await person.post('/api/hand-overs', {})
  }

  await person.get('/api/appointments')

  expect([elsewhere.heard, tokensAsked().length]).toEqual([[], 1])
  const id = person.home.split('/').at(-1) as LaunchId // sound: our own id
  expect((await world.house.launches.get(id))?.tokens).toMatchObject({ refreshToken: 'precious', refreshUse: 'sent' })
})

describe('an issuer that is registered with the common redirect URI alone', () => {
  beforeEach(() =>
    world.restart((config) => ({
      ...config,
      organisations: config.organisations.map((o) =>
        o.id === 'harbor' ? { ...o, issuers: o.issuers.map((i) => ({ ...i, commonRedirect: true as const })) } : o,
      ),
    })),
  )

  test('comes back there, and nowhere else', async () => {
    const [theirs] = world.house.config.organisations.filter(({ id }) => id === 'harbor').flatMap((o) => o.issuers)
    if (theirs === undefined) throw new Error('harbor has an EHR')
    expect(callbackOf(world.house.config, theirs)).toBe('/smart/callback')
    const { location, answer } = await leave(world.url, `?${new URLSearchParams({ iss: other.iss })}`)

    expect(location.searchParams.get('redirect_uri')).toBe(`${world.url}/smart/callback`)
    expect(String(answer.headers['set-cookie']).split('; ')).toContain('Path=/smart/callback')
    const query = new URLSearchParams({ code: 'any', state: location.searchParams.get('state') ?? '' })
    await refuses(world, 'launch-mixed-up', () => comeBack(world.url, `/smart/callback/harbor/harbor?${query}`, ''))
  })

  test('opens the common address for nobody else’s answer', async () => {
    const { location, cookie } = await leaveFor(honest)
    const query = queryOf(await atEhr(location))

    await refuses(world, 'launch-mixed-up', () => comeBack(world.url, `/smart/callback?${query}`, cookie))
  })
})
