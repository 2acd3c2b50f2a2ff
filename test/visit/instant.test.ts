// The clinic's day, on days that have 23, 24 and 25 hours, and one where the clocks change by half an hour.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instant } from '../../server/domain/ids.ts'
import { dayBounds, earliest, instant, instantOf, plus, secondsBetween } from '../../server/domain/instant.ts'

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
