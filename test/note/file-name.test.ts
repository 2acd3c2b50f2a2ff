// The file of a note is named by when the visit was and when the copy was made: it names nobody, and no two are one.
import { expect, test } from 'vitest'
import type { Instant } from '../../server/domain/ids.ts'
import { fileName, type NoteCopy } from '../../server/domain/note/printed.ts'
import { copyOf, ended, note } from './copies.ts'

// Sound, this cast: what a test calls an instant is one.
const of = (start: string, now: string, timeZone = 'America/New_York'): NoteCopy => ({
  ...copyOf({ ...ended, start: start as Instant }, note),
  ...{ now: now as Instant, timeZone },
})

test('the file says the day and the hour of the visit and of the copy, by the clinic’s clocks, and its kind', () => {
  const midnight = of('2026-11-30T05:00:00.000Z', '2026-11-30T23:09:07.000Z')

  expect(fileName(midnight, 'pdf')).toBe('visit-note-2026-11-30-0000-copy-20261130-180907.pdf')
  expect(fileName({ ...midnight, timeZone: 'Europe/Berlin' }, 'json')).toBe(
    'visit-note-2026-11-30-0600-copy-20261201-000907.json',
  )
})

test('two visits of a day, of one minute, and a note before and after its amendment are each a file of their own', () => {
  const names = [
    of('2026-11-30T15:00:00.000Z', '2026-11-30T16:00:00.000Z'),
    of('2026-11-30T15:15:00.000Z', '2026-11-30T16:00:00.000Z'),
    of('2026-11-30T15:00:00.000Z', '2026-11-30T16:00:05.000Z'),
    // The hour that is there twice.
    of('2026-11-01T05:30:00.000Z', '2026-11-01T07:00:00.000Z'),
    of('2026-11-01T06:30:00.000Z', '2026-11-01T07:00:01.000Z'),
  ].map((copy) => fileName(copy, 'txt'))

  expect(new Set(names).size).toBe(names.length)
})

test('the file names nobody, in any zone and whatever the visit is', () => {
  for (const timeZone of ['America/New_York', 'Asia/Kolkata', 'Pacific/Auckland']) {
    const copy = of('2026-11-30T15:00:00.000Z', '2026-11-30T16:00:00.000Z', timeZone)

    expect(fileName(copy, 'pdf')).toMatch(/^visit-note-\d{4}-\d\d-\d\d-\d{4}-copy-\d{8}-\d{6}\.pdf$/)
  }
})
