// The clinic's day, on days that have 23, 24 and 25 hours, and one where the clocks change by half an hour.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instant } from '../../server/domain/ids.ts'
import {
  dayBounds,
  earliest,
  endOf,
  firstOf,
  instant,
  instantOf,
  isDate,
  plus,
  secondsBetween,
  within,
} from '../../server/domain/instant.ts'

const at = (text: string) => text as Instant // sound: what a test calls an instant is one
const hours = ({ from, until }: { from: Instant; until: Instant }) => secondsBetween(from, until) / 3600

describe('the clinic’s day', () => {
  test.each([
    ['an ordinary day in New York', '2026-03-02T18:00:00Z', 'America/New_York', '2026-03-02T05:00:00.000Z', 24],
    ['the day New York loses an hour', '2026-03-08T18:00:00Z', 'America/New_York', '2026-03-08T05:00:00.000Z', 23],
    ['that day, before the hour is lost', '2026-03-08T05:30:00Z', 'America/New_York', '2026-03-08T05:00:00.000Z', 23],
    ['the day New York gains one', '2026-11-01T18:00:00Z', 'America/New_York', '2026-11-01T04:00:00.000Z', 25],
    ['that day’s last minute', '2026-11-02T04:59:59Z', 'America/New_York', '2026-11-01T04:00:00.000Z', 25],
    [
      'the day Lord Howe loses half an hour',
      '2026-10-04T02:00:00Z',
      'Australia/Lord_Howe',
      '2026-10-03T13:30:00.000Z',
      23.5,
    ],
    ['the day Lord Howe gains one', '2026-04-05T02:00:00Z', 'Australia/Lord_Howe', '2026-04-04T13:00:00.000Z', 24.5],
    ['a day in UTC', '2026-03-08T23:59:59Z', 'UTC', '2026-03-08T00:00:00.000Z', 24],
    [
      'a day that begins at UTC’s yesterday',
      '2026-03-02T14:00:00Z',
      'Pacific/Kiritimati',
      '2026-03-02T10:00:00.000Z',
      24,
    ],
  ])('%s', (_what, now, zone, from, long) => {
    const day = dayBounds(at(instantOf(now) ?? ''), zone)

    expect([day.from, hours(day)]).toEqual([from, long])
  })

  test('holds now, whenever that is, and the next day begins where it ends', () => {
    const zones = fc.constantFrom(
      'America/New_York',
      'Australia/Lord_Howe',
      'UTC',
      'Europe/Berlin',
      'Asia/Kolkata',
      'Pacific/Apia',
    )
    const moments = fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })

    fc.assert(
      fc.property(zones, moments, (zone, moment) => {
        const now = instant(moment.getTime())
        const { from, until } = dayBounds(now, zone)
        expect(from <= now && now < until).toBe(true)
        expect(dayBounds(until, zone).from).toBe(until)
        expect(dayBounds(plus(until, -1), zone).from).toBe(from)
      }),
      { numRuns: 40 },
    )
  })
})

test('instants of any zone become UTC, and compare as text', () => {
  expect(instantOf('2026-03-02T10:00:00-05:00')).toBe('2026-03-02T15:00:00.000Z')
  expect(instantOf('sometime')).toBeUndefined()
  expect(earliest(at('2026-03-02T15:00:00.000Z'), at('2026-03-02T14:59:59.999Z'))).toBe('2026-03-02T14:59:59.999Z')
})

describe('a FHIR dateTime', () => {
  const newYork = 'America/New_York'

  test.each([
    ['2026-03-02T10:00:00-05:00', '2026-03-02T15:00:00.000Z'],
    ['2026-03-02T10:00:00+14:00', '2026-03-01T20:00:00.000Z'],
    ['2026-03-02T10:00:00.123456789Z', '2026-03-02T10:00:00.123Z'],
    ['2026-06-30T23:59:60Z', '2026-07-01T00:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['0099-02-28T00:00:00Z', '0099-02-28T00:00:00.000Z'],
    ['9999-12-31T23:59:59-05:00', '9999-12-31T23:59:59.999Z'],
  ])('%s is an instant', (text, is) => {
    expect(instantOf(text)).toBe(is)
  })

  test.each([
    ...[
      '2026-03-02T09:00:00',
      '2026-03-02T09:00',
      '2026-03-02T09:00Z',
      '2026-03-02T09Z',
      '2026-03-02',
      '2026-03',
      '2026',
    ],
    ...[
      '2026-02-30T09:00:00Z',
      '2025-02-29T09:00:00Z',
      '2026-13-01T09:00:00Z',
      '2026-00-01T09:00:00Z',
      '2026-03-00T09:00:00Z',
    ],
    ...[
      '2026-03-02T24:00:00Z',
      '2026-03-02T09:60:00Z',
      '2026-03-02T09:00:61Z',
      '0000-03-02T09:00:00Z',
      '+2026-03-02T09:00:00Z',
    ],
    ...['2026-03-02T09:00:00+15:00', '2026-03-02T09:00:00+14:30', '2026-03-02T09:00:00+0500', '2026-03-02T09:00:00 Z'],
    ...[
      '2026-03-02 09:00:00Z',
      ' 2026-03-02T09:00:00Z',
      '2026-03-02T09:00:00Z\n',
      '2026-03-02t09:00:00z',
      '20260302T090000Z',
    ],
    ...[
      'Mon, 02 Mar 2026 09:00:00 GMT',
      '02/03/2026 09:00',
      '2 March 2026',
      '1772442000000',
      'today',
      'NaN',
      'Invalid Date',
      '',
    ],
  ])('%j is none, and makes no other one', (text) => {
    expect(instantOf(text)).toBeUndefined()
  })

  test('that is a day, a month or a year lasts from the clinic’s midnight to the clinic’s midnight', () => {
    const bounds = (text: string, zone = newYork) => [firstOf(text, zone), endOf(text, zone)]

    expect(bounds('2026-03-02')).toEqual(['2026-03-02T05:00:00.000Z', '2026-03-03T05:00:00.000Z'])
    expect(bounds('2026-03-08')).toEqual(['2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z'])
    expect(bounds('2026-11-01')).toEqual(['2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'])
    // Cairo's clocks go forward at midnight: that day begins at one.
    expect(bounds('2026-04-24', 'Africa/Cairo')).toEqual(['2026-04-23T22:00:00.000Z', '2026-04-24T21:00:00.000Z'])
    expect(bounds('2026-03')).toEqual(['2026-03-01T05:00:00.000Z', '2026-04-01T04:00:00.000Z'])
    expect(bounds('2026')).toEqual(['2026-01-01T05:00:00.000Z', '2027-01-01T05:00:00.000Z'])
    expect(bounds('9999-12-31')[1]).toBe('9999-12-31T23:59:59.999Z')
    for (const none of ['2026-02-30', '2026-3-2', '2026-03-02T09:00:00', 'soon', ''])
      expect(bounds(none)).toEqual([undefined, undefined])
  })

  test('is a date when the calendar has it, and nothing longer is one', () => {
    expect(['1954', '1954-03', '1954-03-09', '2024-02-29', '0054-01-01'].every(isDate)).toBe(true)
    const none = [
      '1954-13',
      '1954-02-30',
      '1954-3-9',
      '54',
      '0000',
      '1954-03-09T00:00:00Z',
      '1954-03-09Z',
      'unknown',
      '',
    ]
    expect(none.filter(isDate)).toEqual([])
  })

  test('of any shape is one of three: an instant, a day, or nothing, and never a fault', () => {
    const part = fc.constantFrom('2026', '02', '30', '-', ':', 'T', 'Z', '+', '00', '9999', '.', ' ', 'x', '\u0662')
    const texts = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.array(part, { maxLength: 14 }).map((p) => p.join('')),
    )

    fc.assert(
      fc.property(texts, (text) => {
        const [at, day] = [instantOf(text), isDate(text)]
        expect([at !== undefined, day].filter(Boolean).length).toBeLessThan(2)
        expect(firstOf(text, newYork) !== undefined).toBe(at !== undefined || day)
        if (at !== undefined) expect(instantOf(at)).toBe(at)
      }),
    )
  })
})

describe('a period', () => {
  const last = { end: '2026-03-02' }
  const [lastMinute, over] = [at('2026-03-03T04:59:00.000Z'), at('2026-03-03T05:00:00.000Z')]

  test('that ends on a day lasts to the clinic’s midnight', () => {
    expect([within(last, lastMinute, 'America/New_York'), within(last, over, 'America/New_York')]).toEqual([
      true,
      false,
    ])
    expect(within(last, lastMinute, 'UTC')).toBe(false)
  })

  test('that begins on a day begins at the clinic’s midnight', () => {
    const soon = { start: '2026-03-03' }

    expect([within(soon, lastMinute, 'America/New_York'), within(soon, over, 'America/New_York')]).toEqual([
      false,
      true,
    ])
  })

  test('lasts through the instant that it ends at, and for ever where the end is the year 9999', () => {
    expect(within({ end: over }, over, 'UTC')).toBe(true)
    expect(within({ end: over }, at('2026-03-03T05:00:00.001Z'), 'UTC')).toBe(false)
    expect(within({ start: '1900', end: '9999-12-31' }, over, 'America/New_York')).toBe(true)
  })

  test('whose bound has no zone counts by its day, and one whose bound nobody can read is over', () => {
    expect(within({ end: '2026-03-02T08:00:00' }, lastMinute, 'America/New_York')).toBe(true)
    expect(within({ end: '2015-06-01T08:00:00' }, over, 'UTC')).toBe(false)
    for (const odd of ['31/12/2030', '2030-02-30', 'never']) {
      expect(within({ end: odd }, over, 'UTC')).toBe(false)
      expect(within({ start: odd }, over, 'UTC')).toBe(false)
    }
    expect([within(undefined, over, 'UTC'), within({}, over, 'UTC')]).toEqual([true, true])
  })
})

describe('an instant', () => {
  test('is written as a Date writes it, whatever its milliseconds, and what is no number is refused', () => {
    const most = 300_000_000_000_000
    const [first, last] = [Date.parse('0000-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')]

    const ms = fc.oneof(fc.integer({ min: -most, max: most }), fc.double({ min: -most, max: most, noNaN: true }))
    fc.assert(
      fc.property(ms, (one) => {
        expect(instant(one)).toBe(new Date(Math.min(Math.max(one, first), last)).toISOString())
      }),
      { numRuns: 2_000 },
    )
    expect(() => instant(Number.NaN)).toThrow(RangeError)
    expect([instant(Number.POSITIVE_INFINITY), instant(Number.NEGATIVE_INFINITY)]).toEqual([
      '9999-12-31T23:59:59.999Z',
      '0000-01-01T00:00:00.000Z',
    ])
  })
})
