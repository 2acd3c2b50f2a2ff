// What one person is told of one visit: the newest word on its hour, each once, with a rising number; and that it is their turn while it is.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DoorId, OrganisationId, VisitId } from '../../server/domain/ids.ts'
import { instant, plus } from '../../server/domain/instant.ts'
import type { NoticeSent, NotSent } from '../../server/domain/notice/sent.ts'
import {
  afterAttempt,
  dueOnceMore,
  type Hour,
  heard,
  newThread,
  nextToTell,
  silenced,
  type Thread,
} from '../../server/domain/notice/thread.ts'

const now = instant(Date.parse('2026-11-30T10:00:00Z'))
const visit = { id: 'v1' as VisitId, organisation: 'riverside' as OrganisationId, expiresAt: plus(now, 1_000_000) } // sound: made here
const thread = newThread('mail', visit)
const door = 'door-1' as DoorId // sound: made here
const hour = (days: number, is: Hour['is'] = 'on'): Hour => ({
  is,
  start: plus(now, days * 86_400),
  end: plus(now, days * 86_400 + 1_800),
})
const [taken, down, cut] = [
  { is: 'taken' },
  { is: 'not-taken', why: 'no-answer' },
  { is: 'not-taken', why: 'cut' },
] as const satisfies NoticeSent[]
const kinds = ({ notices }: Thread) => notices.map(({ kind, sequence }) => `${kind} ${sequence}`)
/** Each of these was read, and what is due was answered so. */
const told = (...hours: readonly (Hour | undefined)[]) =>
  hours.reduce((one, of, number) => {
    const after = heard(one, { number: number + 1, hour: of }, now)
    const next = nextToTell(after)
    return next === undefined ? after : afterAttempt(after, next.sequence, taken, now, 0)
  }, thread)

describe('of the hour', () => {
  test('they are invited once, told of a move, and that it is off, each with a later number', () => {
    const invited = heard(thread, { number: 1, hour: hour(1) }, now)
    const moved = heard(told(hour(1)), { number: 5, hour: hour(2) }, now)
    const off = heard(told(hour(1), hour(2)), { number: 5, hour: hour(2, 'off') }, now)
    const again = heard(told(hour(1), hour(1, 'off')), { number: 5, hour: hour(1) }, now)

    expect([invited, moved, off, again].map(kinds)).toEqual([
      ['invitation 0'],
      ['moved 1'],
      ['cancelled 2'],
      ['invitation 2'],
    ])
    expect(kinds(heard(told(hour(1)), { number: 5, hour: hour(1) }, now))).toEqual([])
  })

  test('what was not sent yet is overtaken: nobody reads an hour that no longer holds', () => {
    const first = heard(thread, { number: 1, hour: hour(1) }, now)

    expect(kinds(heard(first, { number: 2, hour: hour(2) }, now))).toEqual(['invitation 1'])
    expect(kinds(heard(first, { number: 2, hour: hour(1, 'off') }, now))).toEqual([])
    expect(kinds(heard(first, { number: 2, hour: undefined }, now))).toEqual([])
  })

  test('what may have arrived, although nobody said so, is called off as well', () => {
    const first = heard(thread, { number: 1, hour: hour(1) }, now)
    const off = { number: 2, hour: hour(1, 'off') }

    expect(kinds(heard(afterAttempt(first, 0, cut, now, 0), off, now))).toEqual(['cancelled 1'])
    expect(kinds(heard(afterAttempt(first, 0, down, now, 0), off, now))).toEqual([])
  })

  test('whoever comes to it minutes before needs no invitation', () => {
    const soon: Hour = { is: 'on', start: plus(now, 14 * 60), end: plus(now, 44 * 60) }

    expect(kinds(heard(thread, { number: 1, hour: soon }, now))).toEqual([])
  })

  test('a line that is read a second time after a crash changes nothing', () => {
    const first = told(hour(1))

    expect(heard(first, { number: 1, hour: hour(3) }, now)).toBe(first)
  })
})

describe('an attempt', () => {
  const first = heard(thread, { number: 1, hour: hour(2) }, now)

  test('that came to nothing comes again, later each time, until the hour begins', () => {
    let [one, at, attempts] = [first, now, 0]
    for (let next = nextToTell(one); next !== undefined; next = nextToTell(one)) {
      at = next.dueAt
      one = afterAttempt(one, next.sequence, down, at, 0.5)
      attempts++
    }

    expect(attempts).toBe(9)
    expect(one.notices).toMatchObject([{ givenUp: { why: 'no-answer' } }])
    const near = heard(thread, { number: 1, hour: { ...hour(0), start: plus(now, 1_000), end: plus(now, 2_000) } }, now)
    const late = afterAttempt(afterAttempt(near, 0, down, now, 0), 0, down, plus(now, 950), 0)
    expect(late.notices).toMatchObject([{ attempts: 2, givenUp: { why: 'no-answer' } }])
  })

  test.each<NotSent>(['turned-down', 'no-address', 'gone'])(
    'that ends with %s is the last: no other would be answered otherwise',
    (why) => {
      expect(afterAttempt(first, 0, { is: 'not-taken', why }, now, 0).notices).toMatchObject([
        { attempts: 1, givenUp: { why } },
      ])
    },
  )

  test('rests as long as it was asked to', () => {
    const later = afterAttempt(first, 0, { is: 'not-taken', why: 'busy', retryAfter: 900 }, now, 0)

    expect(nextToTell(later)?.dueAt).toBe(plus(now, 900))
  })

  test('of what was given up is made once more when somebody asks for it', () => {
    const gone = afterAttempt(first, 0, { is: 'not-taken', why: 'turned-down' }, now, 0)

    expect(nextToTell(gone)).toBeUndefined()
    expect(nextToTell(dueOnceMore(gone, plus(now, 60)))).toMatchObject({ attempts: 0, dueAt: plus(now, 60) })
  })
})

describe('their turn', () => {
  test('waits for nothing, and is said for ten minutes at most', () => {
    const both = heard(
      heard(thread, { number: 1, hour: hour(1) }, now),
      { number: 2, hour: hour(1), turn: door },
      plus(now, 5),
    )
    const tries = [0, 5, 20, 60, 150, 330].reduce((one, s) => afterAttempt(one, 1, down, plus(now, s), 0), both)

    expect(kinds(both)).toEqual(['invitation 0', 'ready 1'])
    expect(both.notices[1]).toMatchObject({ doorId: door, end: plus(now, 5 + 600) })
    expect(tries.notices.find(({ kind }) => kind === 'ready')).toMatchObject({ givenUp: { why: 'no-answer' } })
  })

  test('of now takes the place of an earlier one', () => {
    const twice = [1, 2].reduce((one, number) => heard(one, { number, hour: undefined, turn: door }, now), thread)

    expect(kinds(twice)).toEqual(['ready 1'])
  })
})

test('whoever wants to be told no more is told nothing that still waits', () => {
  expect(silenced(heard(thread, { number: 1, hour: hour(1) }, now)).notices).toEqual([])
})

test('whatever happens in whatever order, no number comes twice, and what is told last is what holds', () => {
  const step = fc.oneof(
    fc.record({ hour: fc.constantFrom(hour(1), hour(2), hour(3), hour(1, 'off'), hour(2, 'off'), undefined) }),
    fc.record({ sent: fc.constantFrom<NoticeSent>(taken, down, cut) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let one = thread
      const numbers = new Map<number, string>()
      steps.forEach((each, at) => {
        const next = nextToTell(one)
        if ('sent' in each) one = next === undefined ? one : afterAttempt(one, next.sequence, each.sent, now, 0)
        else one = heard(one, { number: at + 1, hour: each.hour }, now)
        for (const { sequence, kind, start } of one.notices) {
          expect(numbers.get(sequence) ?? `${kind} ${start}`).toBe(`${kind} ${start}`)
          numbers.set(sequence, `${kind} ${start}`)
        }
        expect(one.notices.length).toBeLessThanOrEqual(1)
      })
      const last = steps.findLast((each): each is { hour: Hour | undefined } => 'hour' in each)?.hour
      if (last === undefined) return
      const end = heard(one, { number: 1_000, hour: last }, now)
      const due = nextToTell(end)
      const settled = due === undefined ? end : afterAttempt(end, due.sequence, taken, now, 0)
      const [is, start] = settled.told === undefined ? ['off'] : [settled.told.is, settled.told.start]
      if (settled.notices.length === 0)
        expect([is, ...(is === 'on' ? [start] : [])]).toEqual([last.is, ...(last.is === 'on' ? [last.start] : [])])
    }),
    { numRuns: 300 },
  )
})
