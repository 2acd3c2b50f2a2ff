// How a call comes back by itself when a part of the video system is away: in every order of what a room tells, and in many lives of a Jitsi.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  dueAt,
  dueFor,
  firstWay,
  longestPauseMs,
  type WayBack,
  type WayEvent,
  wayAfter,
} from '../../client/call/way-back.ts'

const second = 1_000
const minute = 60_000

/** The way after these, each a second later than the one before, and what time it is then. */
const after = (whats: readonly WayEvent[], from: WayBack = firstWay(0), since = 0, stepMs = second) =>
  whats.reduce((way, what, n) => wayAfter(way, what, since + n * stepMs), from)

const inCall: readonly WayEvent[] = [{ opened: 'otherwise' }, 'loaded', 'ready', 'joined']
const joined = after(inCall)
const bridgeGone = { gone: 'bridge' } as const
const lineGone = { gone: 'line' } as const
const shutGone = { gone: 'shut' } as const

describe('a room that gave up', () => {
  test('is opened once more at once, and it is said why there is no call, and since when', () => {
    const way = wayAfter(joined, bridgeGone, 5 * minute)

    expect([way.at, way.lost, dueAt(way), dueFor(way)]).toEqual([
      'gone',
      { by: 'bridge', since: 5 * minute },
      5 * minute,
      'bridge',
    ])
  })

  test('and gives up again and again is opened after pauses that grow to six seconds, for as long as it takes', () => {
    let way = wayAfter(joined, lineGone, minute)
    let now = minute
    const pauses = Array.from({ length: 500 }, () => {
      const due = dueAt(way) ?? Number.NaN
      const pause = due - now
      way = wayAfter(wayAfter(way, { opened: dueFor(way) }, due), lineGone, due + second)
      now = due + second
      return pause
    })

    expect(pauses.slice(0, 7)).toEqual([0, 1_000, 2_000, 4_000, 6_000, 6_000, 6_000])
    expect(Math.max(...pauses)).toBe(longestPauseMs)
    expect(way.lost).toEqual({ by: 'line', since: minute })
  })

  test('before anybody was in it is opened once more as well', () => {
    const way = after([{ opened: 'otherwise' }, 'loaded', lineGone])

    expect([way.lost, dueAt(way)]).toEqual([{ by: 'line', since: 2 * second }, 2 * second])
  })

  test('is not in the call again by what its dead frame still says', () => {
    const gone = wayAfter(joined, bridgeGone, minute)

    expect(after(['loaded', 'ready', 'lobby', 'joined'], gone, minute + second)).toBe(gone)
  })

  test('after a call that held for half a minute is the first in a row; of one that falls at once, one more', () => {
    const back = after([bridgeGone, { opened: 'bridge' }, 'loaded', 'ready', 'joined'], joined, minute)
    const held = wayAfter(back, bridgeGone, back.since + 30 * second)
    const fell = wayAfter(back, bridgeGone, back.since + 29 * second)

    expect([back.lost, held.tries, fell.tries]).toEqual([undefined, 0, 1])
  })

  test('twice in a row, by one part and then by another, says the last word and the first time', () => {
    const way = after([bridgeGone, { opened: 'bridge' }, lineGone], joined, minute)

    expect(way.lost).toEqual({ by: 'line', since: minute })
  })

  test('waits for our own server as long as for the room', () => {
    const way = wayAfter(wayAfter(joined, lineGone, minute), 'unanswered', minute + 4 * second)

    expect([way.tries, dueAt(way)]).toEqual([1, minute + 5 * second])
    expect(wayAfter(joined, 'unanswered', minute)).toBe(joined)
  })

  test('whose page loads itself anew without a word has lost its call', () => {
    expect(wayAfter(joined, 'loaded', minute).lost).toEqual({ by: 'line', since: minute })
  })
})

describe('a room that does not answer', () => {
  const ready = after([{ opened: 'otherwise' }, 'loaded', 'ready'])

  test('is opened once more six seconds after its devices were open, and then it is said that it does not answer', () => {
    expect(dueAt(ready)).toBe(ready.since + 6 * second)
    const way = wayAfter(ready, { opened: dueFor(ready) }, 8 * second)

    expect(way.lost).toEqual({ by: 'silence', since: ready.since })
  })

  test('has longer where its page came slowly, twenty seconds at the most', () => {
    const slow = after([{ opened: 'otherwise' }, 'loaded', 'ready'], firstWay(0), 0, 5 * second)
    const slower = after([{ opened: 'otherwise' }, 'loaded', 'ready'], firstWay(0), 0, 30 * second)

    expect([(dueAt(slow) ?? 0) - slow.since, (dueAt(slower) ?? 0) - slower.since]).toEqual([10 * second, 20 * second])
  })

  test('is left alone for a minute while somebody may be asked for their camera, and as long as its page is on the way for the first time', () => {
    const asking = after([{ opened: 'otherwise' }, 'loaded'])

    expect((dueAt(asking) ?? 0) - asking.since).toBe(minute)
    expect([dueAt(firstWay(0)), dueAt(after([{ opened: 'otherwise' }]))]).toEqual([undefined, undefined])
  })

  test('asks nobody for a camera once a room of this page was entered', () => {
    const way = after([bridgeGone, { opened: 'bridge' }, 'loaded'], joined, minute)

    expect((dueAt(way) ?? 0) - way.since).toBe(6 * second)
    expect(dueAt(after([bridgeGone, { opened: 'bridge' }], joined, minute))).toBe(minute + 16 * second)
  })

  test('is opened once more as soon as somebody else came in, who was not there when it began', () => {
    const hung = after([bridgeGone, { opened: 'bridge' }, 'loaded', 'alone'], joined, minute)
    const due = wayAfter(hung, 'company', hung.since + 3 * second)

    expect(dueAt(due)).toBe(hung.since + 3 * second)
    // Somebody who was there all along tells nothing of it.
    const before = after(['company', bridgeGone, { opened: 'bridge' }, 'loaded'], joined, minute)
    expect((dueAt(before) ?? 0) - before.since).toBe(6 * second)
  })
})

describe('at the room’s own door', () => {
  test('nobody is disturbed who comes for the first time, however long it takes', () => {
    expect(dueAt(after([{ opened: 'otherwise' }, 'loaded', 'ready', 'company', 'lobby']))).toBeUndefined()
  })

  test('a knock that came to nothing is made once more while somebody is in the call, and not while nobody is', () => {
    const way = after([lineGone, { opened: 'line' }, 'loaded', 'ready', 'lobby'], joined, minute)

    expect(dueAt(way)).toBeUndefined()
    expect(dueAt(wayAfter(way, 'company', way.since + minute))).toBe(way.since + minute + 8 * second)
  })
})

test('an entry that ends, and a press, are no loss', () => {
  for (const way of [joined, after(inCall.slice(0, 3))])
    expect(wayAfter(way, { opened: 'otherwise' }, minute).lost).toBeUndefined()
})

const words: readonly WayEvent[] = [
  ...(['loaded', 'ready', 'lobby', 'joined', 'unanswered', 'company', 'alone'] as const),
  ...([
    bridgeGone,
    lineGone,
    shutGone,
    { opened: 'bridge' },
    { opened: 'line' },
    { opened: 'shut' },
    { opened: 'silence' },
    { opened: 'otherwise' },
  ] as const),
]

/** What does not hold that must hold whatever was told, in whatever order; undefined where all does. */
function unsound(way: WayBack, now: number): string | undefined {
  const { at, since, lost } = way
  const due = dueAt(way)
  if (at === 'joined') return lost === undefined && due === undefined ? undefined : 'in the call, and lost'
  if (at === 'gone' && (lost === undefined || due === undefined || due > since + longestPauseMs)) return 'given up'
  // Whoever has lost a call is brought back, unless they stand at a door that nobody is behind, or nothing is on the page yet.
  const waits = at === 'lobby' || at === 'none'
  if (lost !== undefined && !waits && (due === undefined || due > now + minute)) return 'lost for good'
  return due !== undefined && due < since ? 'due before it began' : undefined
}

test('in every order of four words it is in the call or on the way back to it, and a word told twice changes nothing', () => {
  const wrong: string[] = []
  const walk = (way: WayBack, told: readonly WayEvent[], now: number): void => {
    for (const what of words) {
      const next = wayAfter(way, what, now)
      const why = unsound(next, now)
      if (why !== undefined) wrong.push(`${why}: ${JSON.stringify([...told, what])}`)
      if (typeof what === 'string' && what !== 'unanswered' && wayAfter(next, what, now) !== next)
        wrong.push(`not the same: ${JSON.stringify([...told, what, what])}`)
      if (told.length < 3) walk(next, [...told, what], now + second)
    }
  }
  walk(joined, [], minute)
  walk(firstWay(0), [], 0)

  expect(wrong).toEqual([])
})

/** A Jitsi of one machine: when its parts are away, and how quick it and the line to it are. */
type Life = {
  readonly away: readonly { readonly part: 'bridge' | 'prosody'; readonly from: number; readonly forMs: number }[]
  readonly noticedMs: number
  readonly loadMs: number
  readonly joinMs: number
}

/** Lives through it in steps of a tenth of a second, and answers when it was in the call, how often rooms were opened, and when it last was told of a loss. */
function live({ away, noticedMs, loadMs, joinMs }: Life, untilMs: number) {
  const isAway = (part: 'bridge' | 'prosody', at: number) =>
    away.some((one) => one.part === part && at >= one.from && at < one.from + one.forMs)
  let way = wayAfter(firstWay(0), { opened: 'otherwise' }, 0)
  let [openedAt, enteredAt, rooms, lostAt, fate] = [
    0,
    Number.NaN,
    1,
    0,
    'coming' as 'coming' | 'silent' | 'in' | 'dead',
  ]
  for (let now = 0; now <= untilMs; now += 100) {
    const tell = (what: WayEvent) => {
      way = wayAfter(way, what, now)
      const why = unsound(way, now)
      if (why !== undefined) throw new Error(`${why}: ${JSON.stringify(what)}`)
    }
    const died = away.find(
      ({ part, from }) => now === from + (part === 'bridge' ? noticedMs : second) && from >= enteredAt,
    )
    if (fate === 'coming' && now === openedAt + loadMs) tell('loaded')
    if (fate === 'coming' && now === openedAt + loadMs + 100) {
      tell('ready')
      if (isAway('prosody', now)) {
        fate = 'dead'
        tell(lineGone)
      } else if (isAway('bridge', now)) fate = 'silent'
    }
    if (fate === 'coming' && now === openedAt + loadMs + 100 + joinMs) {
      ;[fate, enteredAt] = ['in', now]
      tell('joined')
    }
    if (fate === 'in' && died !== undefined) {
      ;[fate, lostAt] = ['dead', now]
      tell(died.part === 'bridge' ? bridgeGone : lineGone)
    }
    const due = dueAt(way)
    if (due !== undefined && due <= now) {
      tell({ opened: dueFor(way) })
      ;[openedAt, fate, enteredAt] = [now, 'coming', Number.NaN]
      rooms++
    }
  }
  return { way, rooms, lostAt }
}

test('whatever dies and however often, a page is back within ten seconds of the last part, and opens no room without need', () => {
  const tenths = (least: number, most: number) => fc.integer({ min: least * 10, max: most * 10 }).map((n) => n * 100)
  const outage = fc.record({
    part: fc.constantFrom('bridge' as const, 'prosody' as const),
    from: tenths(0, 90),
    forMs: tenths(0.1, 60),
  })
  const life = fc.record({
    away: fc.array(outage, { maxLength: 4 }),
    noticedMs: tenths(1, 30),
    loadMs: tenths(0.2, 1),
    joinMs: tenths(0.2, 1),
  })
  fc.assert(
    fc.property(life, (one) => {
      const end = Math.max(0, ...one.away.map(({ from, forMs }) => from + forMs))
      const { lostAt } = live(one, 200 * second)
      // A bridge that died is told of some time after: what nobody was told of nobody can mend.
      const wellAt = Math.max(end, lostAt)
      const { way, rooms } = live(one, wellAt + 10 * second)

      expect(way.at).toBe('joined')
      expect(rooms).toBeLessThanOrEqual(10 + Math.ceil(wellAt / (4 * second)))
    }),
    { numRuns: 300 },
  )
})
