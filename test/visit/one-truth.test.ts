// What is shown with a visit and stands in no row, where somebody's page is, is told to all who are shown it, in the moment when it changes.

import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Instant, Ref } from '../../server/domain/ids.ts'
import { instant } from '../../server/domain/instant.ts'
import type { Visit } from '../../server/domain/visit/visit-shape.ts'
import { openGoings } from '../../server/house/goings.ts'
import { openQueues } from '../../server/house/queues.ts'
import { openLive } from '../../server/outside/live.ts'
import { rememberCallPages } from '../../server/outside/memory/call-pages.ts'
import { rememberLateWords } from '../../server/outside/memory/late-words.ts'
import { rememberOpenPages } from '../../server/outside/memory/open-pages.ts'
import type { Shelf } from '../../server/outside/store/store.ts'
import type { ClinicianView } from '../../server/wire/wire.ts'
import { eventually } from '../support/eventually.ts'
import type { Person } from '../support/people.ts'
import { admit, admitted, bodyOf, inCall, placeOf, rowIn, waiting } from '../support/visits.ts'
import { watch } from '../support/watching.ts'
import { openWorld, type World } from '../support/world.ts'
import { bookingOf, plannedAs } from './planned.ts'

const face = { name: 'P', clinicians: [] }

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

type Where = 'in' | 'out' | 'door'
const pulse = (person: Person, visit: string, at: Where) => person.post(`${visit}/presence`, { at, sees: [] })
/** How often this stream has told to look at what is shown beside. */
const stirs = (wire: string) => wire.split('event: beside\n').length - 1

async function listening(person: Person, visit: string) {
  const stream = await watch(world, person, `${visit}/events`)
  onTestFinished(stream.stop)
  await stream.until(0)
  return () => stirs(stream.wire())
}

describe('where somebody’s page is in the call', () => {
  test('is told to both sides when they leave and when they are back, and not with every beat', async () => {
    const { clinician, patient, visit } = await inCall(world)
    bodyOf(await pulse(clinician, visit, 'in'))
    const [hers, theirs] = [await listening(clinician, visit), await listening(patient, visit)]
    await eventually(() => expect(hers()).toBeGreaterThanOrEqual(0))
    const [before, beforeTheirs] = [hers(), theirs()]

    bodyOf(await pulse(patient, visit, 'out'))
    await eventually(() => expect(hers()).toBe(before + 1))
    for (let n = 0; n < 3; n++) bodyOf(await pulse(patient, visit, 'out'))
    bodyOf(await pulse(patient, visit, 'in'))
    await eventually(() => expect(hers()).toBe(before + 2))
    for (let n = 0; n < 3; n++) bodyOf(await pulse(patient, visit, 'in'))
    bodyOf(await pulse(clinician, visit, 'out'))

    await eventually(() => expect([hers(), theirs()]).toEqual([before + 3, beforeTheirs + 3]))
  })

  test('is forgotten with an admission: who is let in once more is not in the call before their page says so', async () => {
    const { clinician, patient, visit, doorId } = await inCall(world)
    const callOf = async () => bodyOf<ClinicianView>(await clinician.get(visit)).door[0]?.call
    expect(await callOf()).toMatchObject({ at: 'in' })

    bodyOf(await clinician.post(`${visit}/returns`, { doorId }))
    bodyOf(await admit(clinician, visit, doorId))

    expect(await placeOf(patient, visit)).toEqual({ at: 'admitted' })
    expect(await callOf()).toBeUndefined()
    bodyOf(await pulse(patient, visit, 'door'))
    expect(await callOf()).toMatchObject({ at: 'door' })
  })
})

describe('who came and is not there', () => {
  const both = async (clinician: Person, visit: string, appointment: string) => {
    const view = bodyOf<ClinicianView>(await clinician.get(visit))
    return { view, row: (await rowIn(clinician, appointment))?.visit }
  }

  test('is away since one time on the day and at the door, and is counted on neither', async () => {
    const { clinician, visit, appointment } = await waiting(world)
    world.later(1)

    const { view, row } = await both(clinician, visit, appointment)

    expect(row).toMatchObject({ waiting: 1, here: 0, away: { since: expect.any(String) } })
    expect(view.door).toMatchObject([{ state: 'waiting', here: false, away: row?.away }])
  })

  test('has come, on the day and at the door, also after they gave up the place', async () => {
    const { clinician, patient, visit, appointment } = await waiting(world)
    await patient.post(`${visit}/departures`)

    const { view, row } = await both(clinician, visit, appointment)

    expect([row?.status, row?.became, view.door.length]).toEqual(['arrived', undefined, 0])
    expect(view.arrivedAt).toEqual(expect.any(String))
  })

  test('was let in, or was sent away, on the day as at the door', async () => {
    const [letIn, sentAway] = [await admitted(world), await waiting(world)]
    bodyOf(await sentAway.clinician.post(`${sentAway.visit}/refusals`, { doorId: sentAway.doorId }))

    const one = await both(letIn.clinician, letIn.visit, letIn.appointment)
    const other = await both(sentAway.clinician, sentAway.visit, sentAway.appointment)

    expect([one.view.door[0]?.state, one.row?.became]).toEqual(['admitted', 'let-in'])
    expect([other.view.door[0]?.state, other.row?.became]).toEqual(['declined', 'sent-away'])
  })
})

describe('where somebody closes the page', () => {
  test('they are not here a few seconds later, and keep their place; whoever opens it again is here', async () => {
    const { clinician, patient, visit } = await waiting(world)
    const door = async () => bodyOf<ClinicianView>(await clinician.get(visit)).door
    const stream = await watch(world, patient, `${visit}/events`)
    await stream.until(0)

    expect((await patient.post(`${visit}/goodbyes`)).status).toBe(204)
    stream.stop()
    await eventually(() => expect(world.house.memory.openStreams.count()).toBe(0))
    expect(await door()).toMatchObject([{ state: 'waiting', here: true }])
    world.later(0.1)

    expect(await door()).toMatchObject([{ state: 'waiting', here: false }])
    expect(await placeOf(patient, visit)).toMatchObject({ at: 'door' })
    expect(await door()).toMatchObject([{ here: true }])
  })
})

describe('that a clinician’s queue is another one now', () => {
  test('is told at once, and of many changes after it once', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const stir = vi.fn()
    const [lateWords, listeningSince] = [rememberLateWords(), instant(Date.now())]
    const memory = { openPages: rememberOpenPages(), callPages: rememberCallPages(), lateWords, listeningSince }
    const live = { ...openLive(), stir }
    const visits = { find: async () => [] } as unknown as Shelf<Visit> // sound: nothing else is asked of it
    const queues = openQueues({ visits, memory, live, clock: Date.now, now: () => instant(Date.now()) })
    const her = plannedAs(bookingOf({ patient: 'Patient/p', practitioners: ['Practitioner/chen'], face }))

    queues.changed(her)
    expect(stir).toHaveBeenCalledTimes(1)
    for (let n = 0; n < 5; n++) queues.changed(her)
    expect(stir).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(1_200)
    expect(stir).toHaveBeenCalledTimes(2)

    await vi.advanceTimersByTimeAsync(10_000)
    expect(stir).toHaveBeenCalledTimes(2)
  })
})

describe('a page that says nothing any more', () => {
  const visit: Visit = plannedAs(bookingOf({ patient: 'Patient/p', practitioners: [], face }))
  const who: Ref = 'Patient/p'
  const parts = () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const [lateWords, listeningSince] = [rememberLateWords(), instant(Date.now())]
    const memory = { openPages: rememberOpenPages(), callPages: rememberCallPages(), lateWords, listeningSince }
    const stirVisit = vi.fn()
    const now = (): Instant => instant(Date.now())
    return {
      memory,
      stirVisit,
      now,
      goings: openGoings({ memory, now, stirVisit, keepSilence: async () => undefined }),
    }
  }

  test('is told of once, as soon as it counts as gone', () => {
    const { memory, stirVisit, now, goings } = parts()
    memory.openPages.seen(visit.id, who, now())
    goings.expect(visit, who)
    vi.advanceTimersByTime(30_000)
    memory.openPages.seen(visit.id, who, now())
    goings.expect(visit, who)

    vi.advanceTimersByTime(44_000)
    expect(stirVisit).not.toHaveBeenCalled()
    vi.advanceTimersByTime(3_000)
    vi.advanceTimersByTime(600_000)

    expect(stirVisit.mock.calls).toEqual([[visit, 'days']])
  })

  test('and said goodbye is gone within seconds; one that is back by then was only loaded again, and one beside it is still open', () => {
    const { memory, stirVisit, now, goings } = parts()
    const { openPages } = memory
    const here = () => openPages.here(visit.id, who, now())
    const close = openPages.listening(visit.id, who, now)
    goings.expect(visit, who)
    openPages.goodbye(visit.id, who, now())
    goings.expect(visit, who)
    vi.advanceTimersByTime(2_000)
    close()
    goings.expect(visit, who)
    vi.advanceTimersByTime(2_000)
    expect(here()).toBe(true)
    openPages.seen(visit.id, who, now())
    goings.expect(visit, who)
    vi.advanceTimersByTime(30_000)
    expect([here(), stirVisit.mock.calls.length]).toEqual([true, 0])

    const [one, other] = [openPages.listening(visit.id, who, now), openPages.listening(visit.id, who, now)]
    openPages.goodbye(visit.id, who, now())
    one()
    vi.advanceTimersByTime(60_000)
    other()
    goings.expect(visit, who)
    vi.advanceTimersByTime(40_000)
    expect([here(), stirVisit.mock.calls.length]).toEqual([true, 0])

    openPages.goodbye(visit.id, who, now())
    goings.expect(visit, who)
    vi.advanceTimersByTime(4_000)
    expect(here()).toBe(true)
    vi.advanceTimersByTime(3_000)
    expect([here(), stirVisit.mock.calls.length]).toEqual([false, 1])
  })

  test('is told of where it was in the call, though their other page is open', () => {
    const { memory, stirVisit, now, goings } = parts()
    memory.openPages.listening(visit.id, who, now)
    memory.callPages.told(visit.id, who, { at: 'in', sees: [] }, now())
    goings.expect(visit, who)

    vi.advanceTimersByTime(47_000)

    expect(stirVisit).toHaveBeenCalledTimes(1)
  })

  test('is told to nobody while its stream is open', () => {
    const { memory, stirVisit, now, goings } = parts()
    memory.openPages.listening(visit.id, who, now)
    goings.expect(visit, who)

    vi.advanceTimersByTime(600_000)

    expect(stirVisit).not.toHaveBeenCalled()
  })
})
