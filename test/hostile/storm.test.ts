// A storm of what no honest sender sends, over every route of the app, from strangers and from people who are signed in: nothing is a
// fault, nothing crashes, nothing that is kept changes. The same storm at every run, as long as it is written here and no longer.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../server/http/app.ts'
import { bent, honestBodies } from '../support/honest.ts'
import { oddBodies, oddHeaders, oddQueries, oddRequests, oddSegments } from '../support/odd.ts'
import { sendBytes, statusOf } from '../support/raw.ts'
import { everything } from '../support/refusals.ts'
import { routesOf } from '../support/routes.ts'
import { inCall, save } from '../support/visits.ts'
import { openWorld, type World } from '../support/world.ts'

const secret = 'what the Jitsi of Riverside shows: 32 or more'
let world: World
let both: Awaited<ReturnType<typeof inCall>>
let before: Awaited<ReturnType<typeof everything>>
const unhandled: unknown[] = []
const note = (cause: unknown) => void unhandled.push(cause)
beforeAll(async () => {
  const listening = (o: World['house']['config']['organisations'][number]) => ({ ...o, jitsiEvents: secret })
  world = await openWorld({ config: (c) => ({ ...c, organisations: c.organisations.map(listening) }) })
  both = await inCall(world)
  await save(both.clinician, both.visit)
  process.on('unhandledRejection', note)
})
afterAll(async () => {
  process.off('unhandledRejection', note)
  await world.close()
})
beforeEach(async () => {
  before = await everything(world)
})
afterEach(async () => {
  expect(await everything(world)).toEqual(before)
  expect(unhandled).toEqual([])
  expect(world.log()).not.toMatch(/"event":"(?:fault|store-fault|audit-fault)"/)
  const asked = { method: 'GET', path: '/healthz', headers: {} }
  expect((await statusOf(world.url, asked)).status).toBe(200)
})

const routes = () => routesOf(createApp(world.house, { client: 'test/support/pages' }))
const senders = () => [both.clinician, both.patient, { home: '/v/nobody', cookie: '' }]
/** A route's address for one who is signed in, with their own visit. */
const own = (path: string, home: string) =>
  path
    .replace('/v/:launch', home)
    .replace('/api/visits/:visit', both.visit)
    .replaceAll(/:[a-z]+/g, 'riverside')

describe('in a storm of what nobody honest sends', () => {
  test('no body is taken that no schema has', async () => {
    const writes = routes().filter(([method]) => method !== 'get')
    const bodies = oddBodies(writes.length * 8)
    expect(writes.length).toBeGreaterThan(25)

    for (const [i, body] of bodies.entries()) {
      const [method, path] = writes[i % writes.length] ?? expect.fail('there are routes')
      if (path.includes('/reservations/') || (method !== 'post' && method !== 'put')) continue
      const { home, cookie } = senders()[i % 3] ?? both.clinician
      const signed = path.startsWith('/jitsi') ? { authorization: `Bearer ${secret}` } : { cookie, origin: world.url }
      const headers = { ...signed, 'content-type': 'application/json', 'if-match': 'W/"1"' }
      const { status } = await statusOf(world.url, {
        method: method.toUpperCase(),
        path: own(path, home),
        headers,
        body,
      })
      expect([method, path, body.slice(0, 200), status >= 400 && status < 500]).toEqual([
        method,
        path,
        body.slice(0, 200),
        true,
      ])
    }
  })

  test('no honest body is taken with one value in it that is none of its kind', async () => {
    const writes = routes().filter(([method, path]) => method !== 'get' && !path.includes('/reservations/'))
    const takes = (path: string) =>
      Object.keys(honestBodies)
        .filter((end) => path.endsWith(end))
        .sort((a, b) => b.length - a.length)[0]
    const empty = writes.filter(([, path]) => takes(path) === undefined).map(([, path]) => path.split('/').at(-1))
    expect(empty).toEqual([
      'sign-out',
      'end',
      'goodbyes',
      'withdrawal',
      'departures',
      'outside',
      'recording',
      'signature',
      'mistake',
      'end',
      'reopening',
    ])

    for (const [method, path] of writes) {
      const jitsi = path.startsWith('/jitsi')
      const body = honestBodies[takes(path) ?? ''] ?? {}
      for (const [i, odd] of bent(body).entries()) {
        const { home, cookie } = senders()[path.includes('/visits/') ? i % 2 : 0] ?? both.clinician
        const signed = jitsi ? { authorization: `Bearer ${secret}` } : { cookie, origin: world.url }
        const headers = { ...signed, 'content-type': 'application/json', 'if-match': 'W/"1"' }
        const sent = { method: method.toUpperCase(), path: own(path, home), headers, body: JSON.stringify(odd) }
        const { status } = await statusOf(world.url, sent)
        // What Jitsi tells beside what we use is nothing to us.
        expect([sent.path, sent.body.slice(0, 300), status >= (jitsi ? 200 : 400) && status < 500]).toEqual([
          ...[sent.path, sent.body.slice(0, 300), true],
        ])
      }
    }
  })

  test('no address, parameter or header is a fault', async () => {
    const all = routes()
    const [segments, queries, odd] = [
      oddSegments(all.length * 4),
      oddQueries(all.length * 4),
      oddHeaders(all.length * 4),
    ]

    for (const [i, segment] of segments.entries()) {
      const [method, path] = all[i % all.length] ?? expect.fail('there are routes')
      const { home, cookie } = senders()[i % 3] ?? both.clinician
      const bent = i % 2 === 0 ? path.replaceAll(/:[a-z]+/g, segment) : own(path, home)
      const [name, value] = odd[i] ?? ['accept', '*/*']
      const headers = { cookie, origin: world.url, 'content-type': 'application/json', [name]: value }
      const body = method === 'get' ? {} : { body: '{"no such field":true}' }
      const asked = { method: method.toUpperCase(), path: `${bent}?${queries[i]}&no+such=1`, headers, ...body }
      const { status } = await statusOf(world.url, asked)
      expect([asked, status < 500]).toEqual([asked, true])
    }
  })

  test('no request line is one either, whole or torn, nor bytes that are no request', async () => {
    const requests = oddRequests(400)

    for (let from = 0; from < requests.length; from += 16)
      await Promise.all(
        requests.slice(from, from + 16).map(async (bytes) => {
          const status = (await sendBytes(world.url, bytes)) ?? 0
          expect([bytes, status < 500 || status === 505]).toEqual([bytes, true])
        }),
      )
  })
})
