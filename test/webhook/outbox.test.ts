// What the outside is to be told of one visit: in order, again and again over a day, and never more than an outbox holds.
import { describe, expect, test } from 'vitest'
import type { Instant, OrganisationId, VisitId } from '../../server/domain/ids.ts'
import { plus, secondsBetween } from '../../server/domain/instant.ts'
import {
  attempted,
  dueAgain,
  mostOutgoing,
  newOutbox,
  nextOf,
  type Outbox,
  type Sent,
  standingOf,
  withEvent,
} from '../../server/domain/webhook/outbox.ts'

const start = '2026-03-02T15:00:00.000Z' as Instant
const empty = newOutbox('v1' as VisitId, 'riverside' as OrganisationId, start)
const event = (number: number) =>
  ({ id: `msg_${number}`, number, type: 'visit.waiting', body: `{"n":${number}}`, at: start }) as const
const holding = (...numbers: readonly number[]): Outbox =>
  numbers.reduce((outbox, number) => withEvent(outbox, event(number), start), empty)
const failed: Sent = { is: 'not-taken', why: 'refused', status: 500 }
const busy = (retryAfter: number): Sent => ({ is: 'not-taken', why: 'busy', status: 503, retryAfter })
const ids = ({ events }: Outbox) => events.map(({ id }) => id)

describe('the next event of a visit', () => {
  test('is the one that happened first, until it is taken', () => {
    const two = holding(1, 2)

    const after = attempted(two, 'msg_1', { is: 'taken', status: 204 }, start, 0)

    expect([nextOf(two)?.id, nextOf(after)?.id]).toEqual(['msg_1', 'msg_2'])
    expect(ids(after)).toEqual(['msg_2'])
  })

  test('stays the next one when it was not taken: nothing overtakes it', () => {
    const after = attempted(holding(1, 2), 'msg_1', failed, start, 0)

    expect(nextOf(after)).toMatchObject({ id: 'msg_1', attempts: 1, body: '{"n":1}', dueAt: plus(start, 5) })
  })

  test('is another once the first was given up, which is kept', () => {
    let outbox = holding(1, 2)
    let now = start
    while (nextOf(outbox)?.id === 'msg_1') {
      outbox = attempted(outbox, 'msg_1', failed, now, 0.5)
      now = nextOf(outbox)?.dueAt ?? now
    }

    expect(ids(outbox)).toEqual(['msg_1', 'msg_2'])
    expect(outbox.events[0]?.givenUp?.why).toBe('refused')
    expect(standingOf(outbox)).toEqual({ waiting: 1, givenUp: 1, leftOut: 0, since: start })
  })
})

/** The times at which one event is tried, when it is never taken, in seconds since the first. */
function tries(luck: number): readonly number[] {
  let outbox = holding(1)
  const at = [0]
  for (;;) {
    const now = plus(start, at.at(-1) ?? 0)
    outbox = attempted(outbox, 'msg_1', failed, now, luck)
    const next = nextOf(outbox)
    if (next === undefined) return at
    at.push(secondsBetween(start, next.dueAt))
  }
}

test.each([0, 0.5, 1])(
  'an event is tried ten times over about a day, with longer pauses each time (luck %d)',
  (luck) => {
    const at = tries(luck)
    const pauses = at.slice(1).map((one, i) => one - (at[i] ?? 0))

    expect(at).toHaveLength(10)
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b))
    expect((at.at(-1) ?? 0) / 3_600).toBeGreaterThan(24)
    expect((at.at(-1) ?? 0) / 3_600).toBeLessThan(30)
  },
)

test('events that failed together do not come again together', () => {
  expect(new Set([0, 0.3, 0.9].map((luck) => tries(luck)[3])).size).toBe(3)
})

describe('a receiver that asks for a rest', () => {
  test('has it, where it is longer than the pause', () => {
    expect(nextOf(attempted(holding(1), 'msg_1', busy(3_600), start, 0))?.dueAt).toBe(plus(start, 3_600))
    expect(nextOf(attempted(holding(1), 'msg_1', busy(1), start, 0))?.dueAt).toBe(plus(start, 5))
  })

  test('has a day of it and no more, whatever it asks for', () => {
    expect(nextOf(attempted(holding(1), 'msg_1', busy(999_999_999), start, 0))?.dueAt).toBe(plus(start, 24 * 3_600))
  })
})

test('an event that is a day old is given up when it is not taken, however seldom it was tried', () => {
  const late = plus(start, 24 * 3_600)

  expect(attempted(holding(1), 'msg_1', failed, late, 0).events[0]?.givenUp).toEqual({ at: late, why: 'refused' })
})

test('a line of the trail that is read a second time puts in nothing, also when its event was taken meanwhile', () => {
  const taken = attempted(holding(1, 2), 'msg_1', { is: 'taken', status: 200 }, start, 0)

  expect(withEvent(taken, event(1), start)).toBe(taken)
  expect(withEvent(taken, event(2), start)).toBe(taken)
})

test('an outbox holds so many and no more; what is left out is counted', () => {
  const numbers = Array.from({ length: mostOutgoing + 3 }, (_, i) => i + 1)

  const full = holding(...numbers)

  expect(full.events).toHaveLength(mostOutgoing)
  expect(standingOf(full).leftOut).toBe(3)
})

test('what was given up is due again when somebody says so, before what came after it', () => {
  const late = plus(start, 25 * 3_600)
  const givenUp = attempted(holding(1, 2), 'msg_1', failed, late, 0)

  const again = dueAgain(givenUp, late)

  expect(nextOf(again)).toMatchObject({ id: 'msg_1', attempts: 0, dueAt: late })
  expect(again.events.every((one) => !('givenUp' in one))).toBe(true)
})

test('word of an attempt on what is no more the next one changes nothing', () => {
  const two = holding(1, 2)

  expect(attempted(two, 'msg_2', failed, start, 0)).toBe(two)
  expect(attempted(two, 'msg_9', failed, start, 0)).toBe(two)
})
