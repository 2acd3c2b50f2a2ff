// Security headers, each to the letter: one clinic's Jitsis and EHRs on its own pages, and none on everything else.
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import type { Ehr } from '../../sandbox/ehr/contract.ts'
import { JitsiSettings } from '../../server/settings/organisations.ts'
import type { HandedOver } from '../../server/wire/wire.ts'
import { ask, cookiesOf, type Person, personAt } from '../support/people.ts'
import { bodyOf } from '../support/visits.ts'
import { atEhr, comeBack, launchSearch, leave } from '../support/walk.ts'
import { openWorld, type World } from '../support/world.ts'

const user = clinic.practitioners.chen.reference
const jitsis = {
  riverside: ['https://meet.riverside.example', 'https://second.riverside.example'],
  harbor: ['https://meet.harbor.example'],
} as const
type Clinic = keyof typeof jitsis

function jitsiOf(id: Clinic) {
  const [origin, ...fallback] = jitsis[id]
  return JitsiSettings.parse({ origin, issuer: 'housecall', fallback: fallback.map((one) => ({ origin: one })) })
}

let world: World
let ehrs: Readonly<Record<Clinic, Ehr>>
beforeAll(async () => {
  world = await openTwo()
  ehrs = ehrsOf(world)
})
afterAll(() => world.close())

const openTwo = () =>
  openWorld({
    organisations: ['riverside', 'harbor'],
    config: (c) => ({
      ...c,
      organisations: c.organisations.map((o) => ({ ...o, jitsi: jitsiOf(o.id === 'harbor' ? 'harbor' : 'riverside') })),
    }),
  })
const ehrsOf = ({ ehrs: [riverside, harbor] }: World) => {
  if (riverside === undefined || harbor === undefined) throw new Error('each clinic has its EHR')
  return { riverside, harbor }
}

const devices = 'camera microphone display-capture autoplay fullscreen speaker-selection screen-wake-lock'.split(' ')

/** All that security headers say of one reply; `https` alone would add HSTS. */
function saying(frames: string, jitsi: readonly string[] = []) {
  const allowed = jitsi.length === 0 ? '' : ['self', ...jitsi.map((origin) => `"${origin}"`)].join(' ')
  return {
    'content-security-policy': [
      "default-src 'none'",
      ["script-src 'self'", ...jitsi].join(' '),
      "style-src 'self'",
      "img-src 'self' data:",
      "connect-src 'self'",
      "media-src 'self' blob:",
      `frame-src ${jitsi.join(' ') || "'none'"}`,
      `frame-ancestors ${frames}`,
      "base-uri 'none'",
      "form-action 'self'",
    ].join(';'),
    'permissions-policy': devices.map((device) => `${device}=(${allowed})`).join(', '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  }
}
const inCalls = (id: Clinic) => saying(`'self' ${ehrs[id].origin}`, jitsis[id])
const inWords = (...of: Clinic[]) => saying(`'self' ${of.map((id) => ehrs[id].origin).join(' ')}`)
const inNoFrame = saying("'none'")

const get = async (path: string, headers: Record<string, string> = {}) =>
  (await ask(world.url, path, { headers })).headers
const signedIn = (id: Clinic, at = world) => at.signIn({ user }, ehrsOf(at)[id])

test.each(['riverside', 'harbor'] as const)('at %s, page and replies name this clinic’s Jitsis and EHR', async (id) => {
  const person = await signedIn(id)

  for (const path of ['', '/ehr', '/visits/any', '/api/me', '/api/appointments'])
    expect((await person.get(path)).headers).toMatchObject(inCalls(id))
  expect((await person.post('/api/visits', { appointment: 'none' })).headers).toMatchObject(inCalls(id))
  const stream = await fetch(`${world.url}${person.home}/api/events`, { headers: { Cookie: person.cookie } })
  expect(Object.fromEntries(stream.headers)).toMatchObject(inCalls(id))
  await stream.body?.cancel()
})

test('a window of its own has what its frame has, by its own cookie', async () => {
  const person = await signedIn('harbor')
  const { url } = bodyOf<HandedOver>(await person.post('/api/hand-overs'))
  const key = new URL(url).hash.slice(1)
  const taken = await ask(world.url, '/hand-overs/taken', {
    ...{ method: 'post', headers: { Origin: world.url }, body: { key } },
  })

  const window = personAt(world.url, person.home, cookiesOf(taken.headers))

  expect(window.cookie).not.toBe(person.cookie)
  expect((await window.get('')).headers).toMatchObject(inCalls('harbor'))
  expect(taken.headers).toMatchObject(inNoFrame)
  expect(await get('/hand-over.html')).toMatchObject(inNoFrame)
})

test('a page nobody is signed in on may say so in any listed EHR’s frame, and has no Jitsi; nor have its replies any frame', async () => {
  const person = await signedIn('riverside')
  const another = await signedIn('harbor')
  const over = await signedIn('riverside')
  bodyOf(await over.post('/api/sign-out'))
  const strangers: readonly (readonly [string, Person['cookie']])[] = [
    [person.home, ''],
    [person.home, 'housecall=guessed'],
    [person.home, another.cookie],
    [over.home, over.cookie],
    ['/v/never-was', person.cookie],
    ['/v/never-was', ''],
  ]

  const pages = await Promise.all(strangers.map(([home, Cookie]) => get(home, { Cookie })))
  const replies = await Promise.all(strangers.map(([home, Cookie]) => get(`${home}/api/me`, { Cookie })))

  for (const page of pages) expect(page).toMatchObject(inWords('riverside', 'harbor'))
  for (const reply of replies) expect(reply).toMatchObject(inNoFrame)
  // Not by another header either: nobody learns whether there is such a launch.
  const [seen, ...others] = pages.map(({ date: _date, 'x-request-id': _number, ...rest }) => rest)
  for (const other of others) expect(other).toEqual(seen)
})

test('a sign-in that idled says so in its own EHR’s frame, and has no Jitsi any more', async () => {
  const own = await openTwo()
  onTestFinished(() => own.close())
  const person = await signedIn('riverside', own)
  const page = async () => (await person.get('')).headers
  const { origin } = ehrsOf(own).riverside
  expect(await page()).toMatchObject(saying(`'self' ${origin}`, jitsis.riverside))

  own.later(31)

  expect(await page()).toMatchObject(saying(`'self' ${origin}`))
  expect((await person.get('/api/me')).headers).toMatchObject(inNoFrame)
})

test('where the rows cannot be read, the page still comes, and has no Jitsi', async () => {
  const own = await openTwo()
  onTestFinished(() => own.close())
  const person = await signedIn('riverside', own)
  own.house.launches.get = () => Promise.reject(new Error('the disc is gone'))

  const page = await person.get('')

  const anyEhr = Object.values(ehrsOf(own)).map(({ origin }) => origin)
  expect([page.status, (await person.get('/api/me')).status]).toEqual([200, 500])
  expect(page.headers).toMatchObject(saying(`'self' ${anyEhr.join(' ')}`))
})

test.each(['riverside', 'harbor'] as const)(
  'on the way in to %s no page has a Jitsi, and all are for its EHR’s frame',
  async (id) => {
    const { iss } = ehrs[id]
    const html = { Accept: 'text/html' }
    const { answer, cookie, location } = await leave(world.url, await launchSearch(ehrs[id], { user }))
    const callback = await atEhr(location)
    const words = inWords(id)
    const leaving = words['content-security-policy'].replace(
      "form-action 'self'",
      `form-action 'self' ${ehrs[id].origin} https: http://localhost:* http://127.0.0.1:*`,
    )

    for (const page of ['/launch.html', '/', '/patients/launch.html', '/clinicians/launch.html'])
      expect(await get(`${page}?${new URLSearchParams({ iss, launch: 'any' })}`)).toMatchObject(words)
    expect(answer.headers).toMatchObject({ ...words, 'content-security-policy': leaving })
    const twoLaunches = `/smart/launch?${new URLSearchParams({ iss })}&launch=1&launch=2`
    expect(await get(twoLaunches, html)).toMatchObject(words)
    expect((await comeBack(world.url, callback, '', html)).headers).toMatchObject(words)
    expect((await comeBack(world.url, callback, cookie, html)).headers).toMatchObject(words)
    expect((await comeBack(world.url, callback, cookie, html)).headers).toMatchObject(words)
  },
)

test('before it is known to which clinic somebody comes, no page has a Jitsi, and each may say so in any listed EHR’s frame', async () => {
  const paths = [
    '/',
    '/launch.html',
    '/launch.html?iss=https://elsewhere.example',
    '/launch.html?iss=https://one.example&iss=https://two.example',
    '/smart/launch?iss=https://elsewhere.example',
    '/smart/launch',
    '/smart/callback?state=guessed&code=any',
    '/smart/callback',
  ]

  for (const path of paths)
    expect(await get(path, { Accept: 'text/html' }), path).toMatchObject(inWords('riverside', 'harbor'))
})

test('a reply that is no page may stand in no frame and has no Jitsi', async () => {
  const paths = ['/healthz', '/.well-known/jwks.json', '/smart/organisations', '/assets/none.js', '/nothing', '/v']

  for (const path of paths) expect(await get(path), path).toMatchObject(inNoFrame)
  expect((await ask(world.url, '/v/any/api/visits', { method: 'post', body: {} })).headers).toMatchObject(inNoFrame)
})
