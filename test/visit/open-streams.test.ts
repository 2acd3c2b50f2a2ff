// One person's windows and one visit's pages cannot take every event stream: the oldest of those who have most gives way to the newest.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { LaunchId, Ref, VisitId } from '../../server/domain/ids.ts'
import { rememberOpenStreams } from '../../server/outside/memory/open-streams.ts'
import type { ClinicianView } from '../../server/wire/wire.ts'
import { eventually } from '../support/eventually.ts'
import { bodyOf, opened, waiting } from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'

const away = 'event: away\ndata: away\n\n'

describe('event streams', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  test('are four for one sign-in: at the fifth the oldest is told to stay away and ends, and nobody else’s does', async () => {
    const { clinician, patient, visit } = await opened(world)
    const before = world.house.memory.openStreams.count()
    const doctor = await watch(world, clinician, `${visit}/events`)
    const windows: Awaited<ReturnType<typeof watch>>[] = []
    for (let n = 0; n < 6; n++) windows.push(await watch(world, patient, `${visit}/events`))

    await eventually(() =>
      expect(windows.map(({ wire }) => wire().endsWith(away))).toEqual([true, true, ...four(false)]),
    )
    await eventually(() => expect(windows.map(({ ended }) => ended())).toEqual([true, true, ...four(false)]))
    expect(doctor.ended()).toBe(false)
    expect(world.house.memory.openStreams.count() - before).toBe(5)
    for (const one of [doctor, ...windows]) one.stop()
    await eventually(() => expect(world.house.memory.openStreams.count()).toBe(before))
  })

  test('of a day and of a visit are counted together', async () => {
    const { clinician, visit } = await opened(world)
    const day = await watch(world, clinician, '/api/events')
    const windows: Awaited<ReturnType<typeof watch>>[] = []
    for (let n = 0; n < 4; n++) windows.push(await watch(world, clinician, `${visit}/events`))

    await eventually(() => expect(day.wire().endsWith(away)).toBe(true))
    for (const one of windows) one.stop()
  })

  test('do not keep a page here that left while it was looked up who it is', async () => {
    const { clinician, patient, visit } = await waiting(world)
    world.later(2)
    const { get } = world.house.visits
    const reached = new Promise<() => void>((done) => {
      vi.spyOn(world.house.visits, 'get').mockImplementationOnce(async (id) => {
        await new Promise<void>((go) => done(go))
        return get(id)
      })
    })
    const leaving = new AbortController()
    const headers = { cookie: patient.cookie }
    const asked = fetch(`${world.url}${patient.home}${visit}/events`, { headers, signal: leaving.signal })
    const lookedUp = await reached
    leaving.abort()
    await asked.catch(() => undefined)
    await eventually(() => expect(world.log()).toMatch(/"route":"\/v\/:launch\/api\/visits\/:visit\/events"[^\n]*\n$/))
    lookedUp()
    vi.restoreAllMocks()

    const { door } = bodyOf<ClinicianView>(await clinician.get(visit))

    expect(door.map((at) => at.here)).toEqual([false])
  })
})

const four = <T>(value: T): readonly T[] => Array.from({ length: 4 }, () => value)

describe('who gives way', () => {
  const stream = (signIn: string, person: string, visit?: string) => ({
    signIn: signIn as LaunchId,
    person: `clinic:${person as Ref}` as const,
    ...(visit === undefined ? {} : { visit: visit as VisitId }),
  })

  test('in a visit that is full is whoever has the most there, so that a greedy patient’s sign-ins drive nobody out', () => {
    const streams = rememberOpenStreams(1_000)
    const gone: string[] = []
    streams.opened(stream('doctor', 'Practitioner/1', 'v'), () => gone.push('doctor'))
    for (let n = 0; n < 80; n++)
      streams.opened(stream(`greedy-${n}`, 'Patient/greedy', 'v'), () => gone.push(`greedy-${n}`))
    streams.opened(stream('mother', 'RelatedPerson/1', 'v'), () => gone.push('mother'))

    expect(gone).toEqual(Array.from({ length: 50 }, (_, n) => `greedy-${n}`))
    expect(streams.count()).toBe(32)
  })

  test('in a house that is full is whoever has the most in it, the same sign-in first', () => {
    const streams = rememberOpenStreams(6)
    const gone: string[] = []
    for (const n of [1, 2, 3])
      streams.opened(stream(`calm-${n}`, `Patient/${n}`, `v${n}`), () => gone.push(`calm-${n}`))
    for (const n of [1, 2, 3, 4, 5])
      streams.opened(stream(`greedy-${n}`, 'Patient/greedy', `g${n}`), () => gone.push(`greedy-${n}`))
    streams.opened(stream('calm-1', 'Patient/1', 'v1'), () => gone.push('calm-1 again'))

    expect(gone).toEqual(['greedy-1', 'greedy-2', 'calm-1'])
    expect(streams.count()).toBe(6)
  })

  test('never is somebody in a house that has room, and who has ended is not counted', () => {
    const streams = rememberOpenStreams(2)
    const gone: string[] = []
    for (let n = 0; n < 50; n++) streams.opened(stream(`s${n}`, `Patient/${n}`), () => gone.push(`s${n}`))()
    streams.opened(stream('a', 'Patient/a'), () => gone.push('a'))
    streams.opened(stream('b', 'Patient/b'), () => gone.push('b'))

    expect([gone, streams.count()]).toEqual([[], 2])
  })
})
