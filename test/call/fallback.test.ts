// A clinic with two Jitsis: the server says where a visit is held, for everyone in it, and moves both sides when that one is gone.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type Jitsi as Sandbox, startJitsi } from '../../sandbox/jitsi/main.ts'
import type { VisitId } from '../../server/domain/ids.ts'
import type { Config } from '../../server/settings/config.ts'
import { JitsiSettings } from '../../server/settings/organisations.ts'
import type { ClinicianView, PatientView, RoomToken } from '../../server/wire/wire.ts'
import type { Person } from '../support/people.ts'
import { refuses } from '../support/refusals.ts'
import { admit, admitted, bodyOf, doorIdOf, inCall, knock, opened, tokenFor } from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { jitsiSecret, openWorld, type World } from '../support/world.ts'

const realm = { issuer: 'housecall', audience: 'jitsi', domain: 'meet.jitsi', secret: jitsiSecret } as const
/** Past the half minute for which an answer of a Jitsi counts. */
const longEnough = 1

describe('a visit of a clinic with two Jitsis', () => {
  let one: Sandbox
  let two: Sandbox
  let world: World
  beforeAll(async () => {
    const started = await Promise.all([startJitsi(realm), startJitsi(realm)])
    one = started[0]
    two = started[1]
    world = await openWorld({ config: at(one.origin, two.origin) })
  })
  afterAll(async () => {
    await world.close()
    await Promise.all([one.close(), two.close()])
  })
  beforeEach(() => {
    one.faults.clear()
    two.faults.clear()
    world.later(longEnough)
  })

  const enter = async (person: Person, visit: string, unreachable?: string) =>
    bodyOf<RoomToken>(await person.post(`${visit}/room-tokens`, unreachable === undefined ? {} : { unreachable }))

  test('is held at the first, where it answers, and both sides see so', async () => {
    const { clinician, patient, visit } = await admitted(world)
    expect(bodyOf<PatientView>(await patient.get(visit)).heldAt).toBeUndefined()

    const origins = [(await enter(clinician, visit)).origin, (await enter(patient, visit)).origin]

    expect(origins).toEqual([one.origin, one.origin])
    expect(bodyOf<PatientView>(await patient.get(visit)).heldAt).toBe(one.origin)
    expect(bodyOf<ClinicianView>(await clinician.get(visit)).heldAt).toBe(one.origin)
  })

  test.each(['script-500', 'script-html', 'script-slow', 'signalling-down'] as const)(
    'is held at the second when the first has %s',
    async (fault) => {
      one.faults.on(fault)
      const { clinician, patient, visit } = await admitted(world)

      const first = await enter(clinician, visit)
      one.faults.clear()
      world.later(longEnough)

      // What is recorded stays, though the first answers again: the doctor is already there.
      expect([first.origin, (await enter(patient, visit)).origin]).toEqual([two.origin, two.origin])
      expect(decodeJwt(first.token)).toMatchObject({ iss: 'housecall', sub: 'meet.jitsi' })
    },
  )

  test('is held at the second when the first is switched off', async () => {
    const off = await startJitsi(realm)
    await off.close()
    const own = await openWorld({ config: at(off.origin, two.origin) })
    onTestFinished(() => own.close())

    const { clinician, visit } = await inCall(own)

    expect((await enter(clinician, visit)).origin).toBe(two.origin)
  })

  test('moves when one side says so and the server finds it so; the other side hears, sees it, and follows', async () => {
    const { clinician, patient, visit } = await inCall(world)
    const theirs = await watch(world, patient, `${visit}/events`)
    const revision = bodyOf<PatientView>(await patient.get(visit)).revision
    one.faults.on('script-500')

    world.later(longEnough)
    const moved = await enter(clinician, visit, one.origin)

    expect(moved.origin).toBe(two.origin)
    expect(await theirs.until(revision + 1)).toBe(revision + 1)
    expect(bodyOf<PatientView>(await patient.get(visit)).heldAt).toBe(two.origin)
    expect((await enter(patient, visit)).origin).toBe(two.origin)
    expect((await world.audit()).filter(({ event }) => event === 'room-moved')).toHaveLength(1)
    theirs.stop()
  })

  test('does not move at one side’s word alone, and nothing is written for it', async () => {
    const { clinician, patient, visit } = await inCall(world)
    const before = (await patient.get(visit)).headers.etag
    world.later(longEnough)

    expect((await enter(patient, visit, one.origin)).origin).toBe(one.origin)

    expect((await enter(clinician, visit)).origin).toBe(one.origin)
    expect((await patient.get(visit)).headers.etag).toBe(before)
  })

  test('does not move for who speaks of another Jitsi than its own, or of none', async () => {
    const { patient, visit } = await inCall(world)
    one.faults.on('script-500')
    world.later(longEnough)

    for (const unreachable of [two.origin, 'https://elsewhere.example', ''])
      expect((await enter(patient, visit, unreachable)).origin).toBe(one.origin)
  })

  test('moves once when both sides say so at the same time', async () => {
    const { clinician, patient, visit } = await inCall(world)
    one.faults.on('script-500')
    world.later(longEnough)
    const revision = bodyOf<PatientView>(await patient.get(visit)).revision

    const entries = await Promise.all([enter(clinician, visit, one.origin), enter(patient, visit, one.origin)])

    expect(entries.map(({ origin }) => origin)).toEqual([two.origin, two.origin])
    expect(bodyOf<PatientView>(await patient.get(visit)).heldAt).toBe(two.origin)
    expect(bodyOf<PatientView>(await patient.get(visit)).revision).toBe(revision + 1)
  })

  test('comes back to the first when the second is gone in its turn', async () => {
    const { clinician, visit } = await inCall(world)
    one.faults.on('script-500')
    world.later(longEnough)
    expect((await enter(clinician, visit, one.origin)).origin).toBe(two.origin)

    one.faults.clear()
    two.faults.on('script-500')
    world.later(longEnough)

    expect((await enter(clinician, visit, two.origin)).origin).toBe(one.origin)
  })

  test('stays where it is when no other answers either', async () => {
    const { clinician, visit } = await inCall(world)
    for (const jitsi of [one, two]) jitsi.faults.on('script-500')
    world.later(longEnough)

    expect((await enter(clinician, visit, one.origin)).origin).toBe(one.origin)
  })

  test('is said to be at the first when none answers, so that both sides look for each other in one place', async () => {
    for (const jitsi of [one, two]) jitsi.faults.on('script-500')
    const { clinician, patient, visit } = await admitted(world)
    const first = await enter(clinician, visit)
    two.faults.clear()
    world.later(longEnough)

    expect([first.origin, (await enter(patient, visit)).origin]).toEqual([one.origin, one.origin])
  })

  test('takes the word that its Jitsi does not answer only from somebody let in', async () => {
    const { patient, visit } = await opened(world)
    bodyOf(await knock(patient, visit))

    await refuses(world, 'not-admitted', () => patient.post(`${visit}/room-tokens`, { unreachable: one.origin }))
    await refuses(world, 'bad-request', () => patient.post(`${visit}/room-tokens`, { unreachable: 7 }))
  })

  test('keeps its place over a restart; and when the clinic gives that Jitsi up, it is held at one the clinic has', async () => {
    const own = await openWorld({ config: at(one.origin, two.origin) })
    onTestFinished(() => own.close())
    const { clinician, visit } = await inCall(own)

    await own.restart()
    expect((await enter(clinician, visit)).origin).toBe(one.origin)

    await own.restart(at(two.origin))
    expect((await enter(clinician, visit)).origin).toBe(two.origin)
  })

  test('that is over is held nowhere', async () => {
    const { clinician, visit } = await inCall(world)

    bodyOf(await clinician.post(`${visit}/end`))

    expect(bodyOf<ClinicianView>(await clinician.get(visit)).heldAt).toBeUndefined()
    const kept = await world.house.visits.get(visit.split('/').pop() as VisitId) // sound: the path ends with it
    expect(kept).not.toHaveProperty('jitsi')
  })

  test('lets the page load the script of each, and give each the camera', async () => {
    const { headers } = await (await opened(world)).clinician.get('')

    for (const origin of [one.origin, two.origin]) {
      expect(headers['content-security-policy']).toMatch(new RegExp(`script-src [^;]*${origin}(;| )`))
      expect(headers['content-security-policy']).toMatch(new RegExp(`frame-src [^;]*${origin}(;| )`))
      expect(headers['permissions-policy']).toContain(`"${origin}"`)
    }
  })
})

describe('the Jitsi', () => {
  test('that was asked in the last half minute is not asked again, and is asked for its script and its rooms without anything of ours', async () => {
    const asked: { method: string | undefined; url: string | undefined; cookie: boolean; authorization: boolean }[] = []
    const jitsi = createServer(({ method, url, headers }, response) => {
      asked.push({ method, url, cookie: 'cookie' in headers, authorization: 'authorization' in headers })
      response.setHeader('Content-Type', 'application/javascript').end()
    })
    await new Promise<void>((done) => jitsi.listen(0, '127.0.0.1', done))
    const origin = `http://127.0.0.1:${(jitsi.address() as AddressInfo).port}` // sound: it listens on a port
    const world = await openWorld({ config: at(origin, 'http://127.0.0.1:9') })
    onTestFinished(async () => {
      await world.close()
      jitsi.closeAllConnections()
      jitsi.close()
    })

    for (let n = 0; n < 3; n++) await inCall(world)
    const plain = { cookie: false, authorization: false }
    expect(asked.toSorted((a, b) => (a.url ?? '').localeCompare(b.url ?? ''))).toEqual([
      { method: 'HEAD', url: '/external_api.js', ...plain },
      { method: 'GET', url: '/xmpp-websocket', ...plain },
    ])

    world.later(longEnough)
    await inCall(world)
    expect(asked).toHaveLength(4)
  })

  test('of a clinic with one alone stays though somebody says that it does not answer: there is no other', async () => {
    const world = await openWorld({ config: at('http://127.0.0.1:9') })
    onTestFinished(() => world.close())
    const { clinician, visit } = await inCall(world)

    const entry = bodyOf<RoomToken>(await clinician.post(`${visit}/room-tokens`, { unreachable: 'http://127.0.0.1:9' }))

    expect(entry.origin).toBe('http://127.0.0.1:9')
  })
})

test('a clinic’s part of a shared Jitsi stands in the room’s address and in the entry', async () => {
  const shared = JitsiSettings.parse({ origin: 'http://127.0.0.1:9', issuer: 'housecall', tenant: 'riverside' })
  const world = await openWorld({
    config: (config) => ({ ...config, organisations: config.organisations.map((o) => ({ ...o, jitsi: shared })) }),
  })
  onTestFinished(() => world.close())
  const { clinician, patient, visit } = await opened(world)
  bodyOf(await knock(patient, visit))
  bodyOf(await admit(clinician, visit, await doorIdOf(clinician, visit)))

  const { room, token } = bodyOf<RoomToken>(await tokenFor(clinician, visit))

  const claims = decodeJwt(token)
  expect(claims.sub).toBe('riverside')
  expect(room).toBe(`riverside/${String(claims.room)}`)
  expect(claims.room).toMatch(/^[a-z2-7]{52}$/)
})

/** The settings with these Jitsis, the first of them first. */
function at(first: string, ...others: readonly string[]) {
  const jitsi = JitsiSettings.parse({
    origin: first,
    issuer: 'housecall',
    fallback: others.map((origin) => ({ origin })),
  })
  return (config: Config): Config => ({
    ...config,
    organisations: config.organisations.map((o) => ({ ...o, jitsi })),
  })
}
