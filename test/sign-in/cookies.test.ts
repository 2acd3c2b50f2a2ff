// The cookies of sign-ins: over TLS alone where there is TLS, not to be locked out of by one that somebody planted, and gone at the end.
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { clinic } from '../../fhir-fixtures/clinic.ts'
import { startCrookedEhr } from '../support/crooked-ehr.ts'
import { type Answer, ask, cookiesOf, personAt } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { bodyOf } from '../support/visits.ts'
import { atEhr, comeBack, launchSearch, leave, personOf } from '../support/walk.ts'
import { listing, openWorld, type World } from '../support/world.ts'

const chen = { user: clinic.practitioners.chen.reference } as const
const setBy = ({ headers }: Answer) => [headers['set-cookie'] ?? []].flat()
const nameOf = (line = '') => line.split('=')[0] ?? ''

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

describe('at an https address', () => {
  const url = 'https://visits.example'

  test('every cookie of a sign-in begins with __Secure-, and one without it opens nothing', async () => {
    const ehr = await startCrookedEhr({
      claims: { fhirUser: 'Patient/p' },
      fhir: { '/Patient/p': { body: { resourceType: 'Patient', id: 'p' } } },
    })
    const secure = await openWorld({
      config: (c) => ({ ...c, url, organisations: c.organisations.map(listing(ehr.iss)) }),
    })
    onTestFinished(async () => void (await Promise.all([ehr.close(), secure.close()])))

    const { answer, cookie, location } = await leave(secure.url, `?${new URLSearchParams({ iss: ehr.iss })}`)
    const callback = ehr.callback(location)
    const arrived = await comeBack(secure.url, callback, cookie)
    const home = arrived.headers.location ?? ''
    const [came = ''] = cookiesOf(arrived.headers).split('; ')
    const plain = came.replace('__Secure-', '')
    const me = (sent: string) => ask(secure.url, `${home}/api/me`, { headers: { Cookie: sent, Origin: url } })
    const out = await ask(secure.url, `${home}/api/sign-out`, {
      ...{ method: 'post', headers: { Cookie: came, Origin: url }, body: {} },
    })

    expect(nameOf(setBy(answer)[0])).toMatch(/^__Secure-housecall-in-/)
    expect(setBy(arrived).map(nameOf)).toEqual([nameOf(cookie), '__Secure-housecall'])
    expect(setBy(out).map(nameOf)).toEqual(['__Secure-housecall', '__Secure-housecall-out'])
    expect([plain.startsWith('housecall='), (await me(plain)).code]).toEqual([true, 'session-ended'])
  })

  test('on this machine alone, over plain http, they have their plain names', async () => {
    const { answer, cookie, location } = await leave(world.url, await launchSearch(world.ehr, chen))
    const arrived = await comeBack(world.url, await atEhr(location), cookie)

    expect(nameOf(setBy(answer)[0])).toMatch(/^housecall-in-/)
    expect(setBy(arrived).map(nameOf)).toContain('housecall')
  })
})

const made = 'A'.repeat(43)

test.each<[string, (name: string, own: string) => string]>([
  ['before it', (name, own) => `${name}=${made}; ${own}`],
  ['after it', (name, own) => `${own}; ${name}=${made}`],
  ['many times', (name, own) => `${`${name}=${made.slice(1)}; `.repeat(40)}${name}=; ${name}; ${own}; ${name}=${made}`],
  ['longer than any of ours', (name, own) => `${name}=${'x'.repeat(6_000)}; ${own}`],
])('a cookie of the same name that somebody planted %s locks nobody out', async (_where, planted) => {
  const { cookie, location } = await leave(world.url, await launchSearch(world.ehr, chen))
  const arrived = await comeBack(world.url, await atEhr(location), planted(nameOf(cookie), cookie))

  const person = personOf(world.url, arrived)
  const same = personAt(world.url, person.home, planted('housecall', person.cookie))

  expect((await same.get('/api/me')).status).toBe(200)
})

test('cookies of the same name that are all another’s open nothing', async () => {
  const person = await world.signIn(chen)
  const planted = personAt(world.url, person.home, `housecall=${made}; housecall=${made.replace('A', 'B')}`)

  await refuses(world, 'session-ended', () => planted.get('/api/me'))
})

describe('somebody who signs out', () => {
  const gone = (home: string) => [
    ...['Path=', 'Expires=Thu, 01 Jan 1970', 'HttpOnly', 'Secure', 'SameSite=None', 'Partitioned'].map((part) =>
      part === 'Path=' ? `Path=${home}` : part,
    ),
  ]

  test('leaves no cookie but the mark that somebody did, nothing in the cache, and every other sign-in of the browser as it is', async () => {
    const [person, tab] = [await world.signIn(chen), await world.signIn(chen)]

    const answer = await person.post('/api/sign-out')

    const [line = '', mark = ''] = setBy(answer)
    expect([answer.status, nameOf(line), nameOf(mark), setBy(answer).length]).toEqual([
      ...[204, 'housecall', 'housecall-out', 2],
    ])
    for (const part of gone(person.home)) expect(line).toContain(part)
    expect(answer.headers['clear-site-data']).toBe('"cache"')
    expect(bodyOf(await tab.get('/api/me'))).toMatchObject({ role: 'clinician' })
  })

  test('leaves none in the other windows of the same sign-in either, once they ask', async () => {
    const person = await world.signIn(chen)
    await person.post('/api/sign-out')

    const answer = await person.get('/api/me')

    const [line = ''] = setBy(answer)
    expect([answer.status, nameOf(line)]).toEqual([401, 'housecall'])
    for (const part of gone(person.home)) expect(line).toContain(part)
    expect(answer.headers['clear-site-data']).toBeUndefined()
  })

  test('is told the same by a sign-in that idled out', async () => {
    const own = await openWorld()
    onTestFinished(() => own.close())
    const person = await own.signIn(chen)
    own.later(31)

    expect(setBy(await person.get('/api/me')).map(nameOf)).toEqual(['housecall'])
  })

  test('takes no cookie from who is still signed in: a window that brings a wrong one keeps what it has', async () => {
    const person = await world.signIn(chen)

    const answer = await personAt(world.url, person.home, `housecall=${made}`).get('/api/me')

    expect([answer.code, setBy(answer)]).toEqual(['session-ended', []])
  })
})

test('our public keys may be kept for five minutes, and no longer', async () => {
  const answer = await ask(world.url, '/.well-known/jwks.json')

  expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'public, max-age=300'])
})
