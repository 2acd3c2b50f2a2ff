// Who waits is here, away or gone by one rule; and over any lives of several people nobody is lost, nobody lingers, and nobody passes those who stayed.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DoorId, Instant, Ref } from '../../server/domain/ids.ts'
import { plus, secondsBetween } from '../../server/domain/instant.ts'
import { knocked, left } from '../../server/domain/visit/door.ts'
import {
  cameBack,
  fellSilent,
  presenceOf,
  presenceTimes,
  stepped,
  waitingAt,
} from '../../server/domain/visit/presence.ts'
import type { Visit, Waiting } from '../../server/domain/visit/visit-shape.ts'
import { rememberOpenPages } from '../../server/outside/memory/open-pages.ts'
import { bookingOf, on, plannedAs, window } from './planned.ts'

// Sound, these casts: what a test calls an id or a reference is one.
const ref = (name: string) => `Patient/${name}` as Ref
const { grace, silentAfter, closedAfter, stepAwayMinutes } = presenceTimes
const someone = (more: Partial<Waiting> = {}): Waiting => ({
  ...{ doorId: 'd' as DoorId, who: ref('ada'), as: 'patient', name: 'Ada', state: 'waiting' },
  ...{ devices: { camera: true, microphone: true }, knockedAt: on('15:00') },
  ...more,
})

describe('whoever waits', () => {
  const started = on('14:00')
  const heard = (here: boolean, last?: Instant) => ({ here, last })

  test('is here while their page is heard of, away within the grace time, and gone after it', () => {
    const last = on('15:05')
    expect(presenceOf(someone(), heard(true, last), on('15:30'), started)).toEqual({ is: 'here' })
    expect(presenceOf(someone(), heard(false, last), plus(last, grace - 1), started)).toEqual({
      ...{ is: 'away', since: last, until: plus(last, grace) },
    })
    expect(presenceOf(someone(), heard(false, last), plus(last, grace), started)).toEqual({ is: 'gone', since: last })
  })

  test('is away by their own word although their page is there, until then and no longer', () => {
    const { until } = { until: on('15:20') }
    const away = someone({ steppedAway: { at: on('15:10'), until } })

    expect(presenceOf(away, heard(true), on('15:19'), started)).toEqual({
      ...{ is: 'away', since: on('15:10'), until, said: true },
    })
    expect(presenceOf(away, heard(true), until, started)).toEqual({ is: 'here' })
    // Their page was closed meanwhile, as they had said: nothing is taken before they said that they are back.
    expect(presenceOf(away, heard(false, on('15:11')), plus(until, -1), started)).toMatchObject({ is: 'away', until })
    expect(presenceOf(away, heard(false, on('15:11')), plus(on('15:11'), grace), started)).toEqual({
      ...{ is: 'gone', since: on('15:11') },
    })
  })

  test('is known by the row after a restart, and else counts as silent since the app started', () => {
    const { now } = { now: on('16:00') }
    const kept = someone({ silentSince: on('15:10') })

    expect(presenceOf(kept, heard(false), now, on('15:59'))).toEqual({ is: 'gone', since: on('15:10') })
    expect(presenceOf(someone(), heard(false), now, on('15:59'))).toMatchObject({ is: 'away', since: on('15:59') })
    // Nobody was silent before they came.
    expect(presenceOf(someone({ knockedAt: on('15:58') }), heard(false), now, on('15:00'))).toMatchObject({
      ...{ is: 'away', since: on('15:58') },
    })
  })
})

// One clinician's patients, each with a visit and up to two devices; what becomes of them, in any order.
const people = ['ada', 'ben', 'cleo', 'dan'] as const
type Who = (typeof people)[number]
const acts = fc.oneof(
  fc.record({ act: fc.constantFrom('knock', 'leave', 'step away', 'back'), who: fc.constantFrom(...people) }),
  fc.record({
    act: fc.constantFrom('open', 'close', 'lose'),
    who: fc.constantFrom(...people),
    device: fc.constantFrom(0, 1),
  }),
  fc.record({ act: fc.constant('wait'), seconds: fc.constantFrom(1, 4, 20, 50, 200, 700) }),
  fc.record({ act: fc.constant('restart') }),
)
type Act = { act: string; who?: Who; device?: 0 | 1; seconds?: number }

test('over all lives nobody is lost, nobody lingers, and the order is by who came first and did not leave', () => {
  fc.assert(
    fc.property(fc.array(acts, { minLength: 5, maxLength: 60 }), (story) => {
      const house = openDoors()
      for (const one of story as readonly Act[]) {
        house.take(one)
        house.check()
      }
    }),
    { numRuns: 500 },
  )
})

/** The rows and the memory of an app, and beside it what an onlooker wrote down of the people themselves. */
function openDoors() {
  let now = on('15:00')
  let pages = rememberOpenPages()
  let started = now
  const rows = new Map<Who, Visit>(people.map((who) => [who, visitOf(who)]))
  /** What is so, however the app learns of it: since when they wait, which devices show the page, when one was last open. */
  const truth = new Map(
    people.map((who) => [who, { since: undefined as Instant | undefined, open: new Set<number>(), last: now }]),
  )
  const of = (who: Who) => truth.get(who) ?? fail()
  const row = (who: Who) => rows.get(who) ?? fail()
  const presence = (who: Who) => {
    const person = waitingAt(row(who), ref(who))
    if (person === undefined) return undefined
    const { id } = row(who)
    return presenceOf(person, { here: pages.here(id, ref(who), now), last: pages.lastHere(id, ref(who)) }, now, started)
  }
  /** As every page that asks does. */
  const heardFrom = (who: Who) => {
    const was = presence(who)
    pages.seen(row(who).id, ref(who), now)
    if (was === undefined) return
    if (was.is === 'gone') {
      // Nobody loses a place whose silence was shorter than it is kept for.
      expect(secondsBetween(of(who).last, now)).toBeGreaterThanOrEqual(grace)
      of(who).since = now
    }
    rows.set(who, cameBack(row(who), ref(who), was, now))
  }
  /** Every page that is open asks again; of every other that fell silent, that is kept, as the app does a moment later. */
  const settle = () => {
    for (const who of people) {
      if (of(who).open.size > 0) {
        heardFrom(who)
        of(who).last = now
        continue
      }
      const last = pages.lastHere(row(who).id, ref(who))
      if (last !== undefined && !pages.here(row(who).id, ref(who), now))
        rows.set(who, fellSilent(row(who), ref(who), last))
    }
  }
  return {
    take({ act, who, device = 0, seconds = 0 }: Act) {
      if (act === 'wait') {
        for (let passed = 0; passed < seconds; passed += 10) {
          now = plus(now, Math.min(10, seconds - passed))
          settle()
        }
      }
      if (act === 'restart') {
        pages = rememberOpenPages()
        started = now
        settle()
      }
      if (who === undefined) return
      const knows = of(who)
      if (act === 'open') {
        knows.open.add(device)
        heardFrom(who)
      }
      if (act === 'close' && knows.open.delete(device) && knows.open.size === 0) {
        pages.goodbye(row(who).id, ref(who), now)
        knows.last = now
      }
      // A phone that dies says nothing.
      if (act === 'lose') knows.open.delete(device)
      if (act === 'knock' && knows.open.size > 0) {
        heardFrom(who)
        rows.set(who, knocked(row(who), knockOf(who, now), window))
        knows.since ??= now
      }
      if (act === 'leave' && knows.open.size > 0) {
        rows.set(who, left(row(who), ref(who)))
        knows.since = undefined
      }
      if (act === 'step away' || act === 'back')
        if (knows.open.size > 0) rows.set(who, stepped(row(who), ref(who), act === 'back' ? 'back' : 'away', now))
    },
    check() {
      for (const who of people) {
        const knows = of(who)
        const person = waitingAt(row(who), ref(who))
        // Nobody is lost: whoever came and did not leave stands at the door, and whoever left does not.
        expect(person === undefined).toBe(knows.since === undefined)
        if (person === undefined) continue
        const is = presence(who)
        // Whoever looks at their page is here, unless they said otherwise.
        if (knows.open.size > 0) expect([is?.is, person.steppedAway !== undefined]).not.toEqual(['gone', false])
        // Nobody lingers: without a page of theirs for the whole of every grace time, they are gone.
        const silent = secondsBetween(knows.last, now)
        const most = Math.max(grace, 60 * stepAwayMinutes) + silentAfter + closedAfter
        if (knows.open.size === 0 && silent > most && secondsBetween(started, now) > most) expect(is?.is).toBe('gone')
        // By when they came, or came back after their place was gone.
        expect(person.knockedAt).toBe(knows.since)
      }
    },
  }
}

const fail = (): never => {
  throw new Error('nobody of that name')
}

const knockOf = (who: Who, knockedAt: Instant) => ({
  ...{ doorId: who as string as DoorId, who: ref(who), as: 'patient' as const, name: who },
  ...{ devices: { camera: true, microphone: true }, knockedAt },
})

function visitOf(who: Who): Visit {
  const whose = {
    patient: `Patient/${who}` as const,
    practitioners: ['Practitioner/chen' as Ref],
    face: { name: who, clinicians: [] },
  }
  return { ...plannedAs(bookingOf(whose)), id: who as string as Visit['id'], end: plus(on('23:00'), 24 * 3600) }
}
