// The dates of the clinic's day: always around now, always on the clinic's own calendar, summer time or not.
import type { Appointment } from 'fhir/r4'
import { describe, expect, test } from 'vitest'
import { calendarAt } from '../fhir-fixtures/dates.ts'
import { clinic, clinicDay } from '../fhir-fixtures/day.ts'

const NOON = new Date('2026-03-02T17:03:20Z')
const MINUTE = 60_000

const appointmentsAt = (now: Date) =>
  clinicDay(now).filter((resource): resource is Appointment => resource.resourceType === 'Appointment')
const clinicDate = new Intl.DateTimeFormat('en-CA', { timeZone: clinic.timeZone })

function strings(value: unknown): string[] {
  return typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(strings)
}

describe('the dates', () => {
  // A quiet day, the day summer time begins, the day it ends: its first and last minutes, and many between.
  const moments = ['2026-03-02T05:00:00Z', '2026-03-08T05:00:00Z', '2026-11-01T04:00:00Z'].flatMap((midnight) =>
    [1, 2, 4, 1437, 1439, ...Array.from({ length: 60 }, (_, i) => i * 23)].map(
      (m) => new Date(Date.parse(midnight) + m * MINUTE),
    ),
  )

  test('at any hour every appointment is on the clinic’s own day, each at a time of its own', () => {
    for (const now of moments) {
      const starts = appointmentsAt(now).map(({ start }) => new Date(start ?? ''))

      expect([...new Set(starts.map((start) => clinicDate.format(start)))]).toEqual([clinicDate.format(now)])
      expect(new Set(starts.map(Number)).size).toBe(starts.length)
      expect(starts.filter((start) => start.getTime() % (5 * MINUTE) !== 0)).toEqual([])
    }
  })

  test('at any hour at least three booked visits can be started at once', () => {
    for (const now of moments) {
      const joinable = appointmentsAt(now).filter(
        ({ status, start }) => status === 'booked' && Math.abs(Date.parse(start ?? '') - now.getTime()) <= 30 * MINUTE,
      )

      expect(joinable.length, now.toISOString()).toBeGreaterThanOrEqual(3)
    }
  })

  test('no placeholder is left, and every time of day carries its zone', () => {
    const values = strings(clinicDay(NOON))

    expect(values.filter((value) => value.startsWith('@'))).toEqual([])
    expect(values.filter((value) => /^\d{4}-\d\d-\d\dT/.test(value) && !/([+-]\d\d:\d\d|Z)$/.test(value))).toEqual([])
  })

  test('an integrator who writes a date by hand gets what the README says', () => {
    const read = calendarAt(NOON, clinic.timeZone, ['@slot+PT10M'])

    expect(
      ['@today', '@today-P90D', '@today-P1D 09:30', '@now-PT2H', '@slot+PT10M', '@slot+PT10M+PT15M'].map(read),
    ).toEqual([
      '2026-03-02',
      '2025-12-02',
      '2026-03-01T09:30:00-05:00',
      '2026-03-02T10:03:20-05:00',
      '2026-03-02T12:10:00-05:00',
      '2026-03-02T12:25:00-05:00',
    ])
  })

  test.each(['@tomorrow', '@now+10', '@slot+PT5M', '@today-P1M'])(
    '%s is refused, not put into a chart',
    (placeholder) => {
      const read = calendarAt(NOON, clinic.timeZone, ['@slot+PT10M'])

      expect(() => read(placeholder)).toThrow(/placeholder|duration/)
    },
  )
})
