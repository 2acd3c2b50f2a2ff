// Who asks too often is told so, and when to come back; a clinic behind one address is not, and nobody can count for somebody else.
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Instant } from '../../server/domain/ids.ts'
import { usualLimits } from '../../server/http/limits.ts'
import { rememberCounts } from '../../server/outside/memory/counts.ts'
import { eventually, holdingBack } from '../support/eventually.ts'
import { type Answer, ask } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { book, knock, opened, save } from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

const jitsiEvents = 'what the Jitsi of Riverside shows: 32 or more'
const retryAfter = (answer: Answer) => Number(answer.headers['retry-after'])
const from = (address: string) => ({ 'X-Forwarded-For': address })

/** A world of its own, with such limits. */
async function limited(
  limits: NonNullable<Parameters<typeof openWorld>[0]>['limits'],
  trustedProxies?: number | string[],
) {
  const world = await openWorld({
    ...(limits === undefined ? {} : { limits }),
    config: (c) => ({
      ...c,
      ...(trustedProxies === undefined ? {} : { trustedProxies }),
      organisations: c.organisations.map((o) => ({ ...o, jitsiEvents })),
    }),
  })
  onTestFinished(() => world.close())
  return world
}

describe('one sign-in', () => {
  test('that writes too often is asked to wait, and for how long; another one of the same clinic is not', async () => {
    const world = await limited({ writes: 8 })
    const { clinician, patient, visit } = await opened(world)
    let answer = await knock(patient, visit)
    for (let n = 0; n < 12 && answer.status !== 429; n++)
      answer = await patient.post(`${visit}/presence`, { at: 'out', sees: [] })

    expect([answer.status, answer.code]).toEqual([429, 'too-many'])
    expect(retryAfter(answer)).toBeGreaterThan(0)
    expect(retryAfter(answer)).toBeLessThanOrEqual(60)
    expect((await patient.get(visit)).status).toBe(200)
    expect((await save(clinician, visit)).status).toBe(200)
    world.later(1)
    expect((await patient.post(`${visit}/departures`)).status).toBeLessThan(300)
  })

  test('that asks or opens event streams too often is asked to wait', async () => {
    const world = await limited({ asks: 10, streams: 3 })
    const { patient, visit } = await opened(world)
    world.later(1)
    for (let n = 0; n < 3; n++) (await watch(world, patient, `${visit}/events`)).stop()

    expect((await watch(world, patient, `${visit}/events`)).status).toBe(429)
    for (let n = 0; n < 10; n++) await patient.get(visit)
    await refuses(world, 'too-many', () => patient.get(visit))
  })

  test('has sixteen questions under way at once and no more, and gets the next when one is answered', async () => {
    const world = await limited({ atOnce: 2 })
    const { clinician, patient, visit } = await opened(world)
    const go = holdingBack(world, { type: 'Appointment', times: 2 })
    const appointments = [await book(world), await book(world)]
    const slow = appointments.map((appointment) => clinician.post('/api/visits', { appointment }))
    // A question of ours that came before them would take the place of one of them.
    const asked = () => appointments.filter((id) => world.ehr.requests.some(({ path }) => path.includes(id)))
    await eventually(() => expect(asked()).toEqual(appointments))
    await eventually(async () => expect((await clinician.get('/api/me')).status).toBe(429))

    const refused = await clinician.get('/api/me')
    const theirs = await patient.get(visit)
    go()

    expect([refused.code, retryAfter(refused), theirs.status]).toEqual(['too-many', 1, 200])
    expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([200, 200])
    expect((await clinician.get('/api/me')).status).toBe(200)
    expect(usualLimits.atOnce).toBe(16)
  })
})

describe('one address', () => {
  const away = { method: 'post', headers: {} } as const

  test('that writes too often is asked to wait, signed in or not; reading and other addresses are not counted', async () => {
    const world = await limited({ writesOfAddress: 3 })
    const there = from('203.0.113.9')
    for (let n = 0; n < 3; n++) await ask(world.url, '/v/x/api/visits', { ...away, headers: there })

    for (const path of ['/v/x/api/visits', '/hand-overs/taken', '/jitsi/riverside/events', '/nothing']) {
      const answer = await ask(world.url, path, { ...away, headers: there })
      expect([path, answer.status, answer.code, retryAfter(answer) > 0]).toEqual([path, 429, 'too-many', true])
    }
    expect((await ask(world.url, '/', { headers: there })).status).toBe(200)
    expect((await ask(world.url, '/v/x/api/visits', { ...away, headers: from('203.0.113.10') })).code).toBe(
      'origin-refused',
    )
  })

  test('of IPv6 is counted with all of its network, and one that a proxy names with its port without it', async () => {
    const world = await limited({ writesOfAddress: 1 })
    const code = async (address: string) => (await ask(world.url, '/v/x', { ...away, headers: from(address) })).code

    expect(await code('2001:db8:1:2::1')).toBe('origin-refused')
    expect(await code('2001:db8:1:2:ffff::9')).toBe('too-many')
    expect(await code('2001:db8:1:3::1')).toBe('origin-refused')
    expect(await code('198.51.100.7:4001')).toBe('origin-refused')
    expect(await code('198.51.100.7:4002')).toBe('too-many')
  })

  test('cannot make its questions count for others, or for nobody, where no proxy is trusted', async () => {
    const world = await limited({ writesOfAddress: 2 }, [])
    for (const address of ['203.0.113.1', '203.0.113.2'])
      await ask(world.url, '/v/x', { ...away, headers: from(address) })

    expect((await ask(world.url, '/v/x', { ...away, headers: from('203.0.113.3') })).code).toBe('too-many')
  })

  test('is believed of as many proxies as the settings say: what stands before them was written by who asks', async () => {
    const world = await limited({ writesOfAddress: 1 }, 1)
    const code = async (forwarded: string) => (await ask(world.url, '/v/x', { ...away, headers: from(forwarded) })).code

    expect(await code('9.9.9.9, 203.0.113.5')).toBe('origin-refused')
    expect(await code('8.8.8.8, 203.0.113.5')).toBe('too-many')
  })

  test('leaves a whole clinic room: five hundred people in calls, and as many who come in one minute', () => {
    expect(usualLimits.writesOfAddress).toBeGreaterThanOrEqual(500 * 40)
    expect(usualLimits.launches).toBeGreaterThanOrEqual(500)
  })
})

describe('the way in', () => {
  test('is counted by station: who leaves often may still come back', async () => {
    const world = await limited({ launches: 2 })
    for (const _ of [1, 2]) await ask(world.url, '/smart/launch')
    const html = { Accept: 'text/html' }

    const answer = await ask(world.url, '/smart/launch', { headers: html })

    expect([answer.status, retryAfter(answer) > 0]).toEqual([429, true])
    expect(answer.text).toContain('data-refusal="too-many"')
    expect((await ask(world.url, '/smart/callback?state=x', {})).code).toBe('launch-unknown')
  })

  test('takes so many from all addresses together, so that strangers of many addresses cannot fill the disc', async () => {
    const world = await limited({ launchesInAll: 3 })
    const search = `?${new URLSearchParams({ iss: world.ehr.iss, launch: 'x' })}`
    const code = async (n: number) =>
      (await ask(world.url, `/smart/launch${search}`, { headers: from(`203.0.113.${n}`) })).code

    expect([await code(1), await code(2), await code(3)]).toEqual([undefined, undefined, undefined])
    expect(await code(4)).toBe('too-many')
  })
})

describe('a clinic’s Jitsi', () => {
  const tell = (world: World, secret: string) =>
    ask(world.url, '/jitsi/riverside/events', {
      method: 'post',
      headers: { authorization: `Bearer ${secret}` },
      body: { event_name: 'muc-room-created', created_at: 1, room_name: 'r', room_jid: 'r@x', is_breakout: false },
    })

  test('is heard at an address from which a stranger has tried secrets too often, who is asked to wait', async () => {
    const world = await limited({ strangers: 3 })
    for (const _ of [1, 2, 3]) expect((await tell(world, 'guessed')).code).toBe('not-found')

    const answer = await tell(world, 'guessed')

    expect([answer.code, retryAfter(answer) > 0]).toEqual(['too-many', true])
    expect((await tell(world, jitsiEvents)).status).toBe(204)
  })

  test('that tells more than a large clinic can have is asked to wait', async () => {
    const world = await limited({ jitsi: 2 })
    for (const _ of [1, 2]) expect((await tell(world, jitsiEvents)).status).toBe(204)

    expect((await tell(world, jitsiEvents)).code).toBe('too-many')
  })
})

describe('a proxy that names where requests come from', () => {
  const warnings = (world: World) => world.log().split('"event":"proxy-untrusted"').length - 1

  test('and is not trusted is told of once, without an address', async () => {
    const world = await limited({}, ['10.0.0.0/8'])
    await ask(world.url, '/healthz')
    expect(warnings(world)).toBe(0)

    for (const _ of [1, 2, 3]) await ask(world.url, '/healthz', { headers: from('203.0.113.77') })

    expect(warnings(world)).toBe(1)
    expect(world.log()).not.toContain('203.0.113')
  })

  test.each<[string, number | string[]]>([
    ['by its address', ['loopback']],
    ['by their number', 1],
  ])('and is trusted %s is not told of', async (_, trusted) => {
    const world = await limited({}, trusted)

    await ask(world.url, '/healthz', { headers: from('203.0.113.77') })

    expect(warnings(world)).toBe(0)
    expect(world.log()).not.toContain('203.0.113')
  })
})

describe('what is counted', () => {
  const at = (second: number) => `2026-03-02T15:00:${String(second).padStart(2, '0')}.000Z` as Instant

  test('holds so many names and no more, whoever asks, and those that it holds are still told apart', () => {
    const counts = rememberCounts()
    expect(counts.again('x', 'first', 1, at(0))).toBeUndefined()
    for (let n = 0; n < 60_000; n++) counts.again('x', `stranger-${n}`, 1e9, at(1))

    expect(counts.again('x', 'one more', 10_000, at(10))).toBe(50)
    expect(counts.again('x', 'first', 2, at(10))).toBeUndefined()
    expect(counts.again('y', 'one more', 1, at(10))).toBeUndefined()
  })
})
