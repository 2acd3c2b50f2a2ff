// A calendar's entry, read back by a parser that is nobody's of ours: the right instant in each zone, lines to the octet, and nothing that breaks out.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarRead } from '../../sandbox/mail/read.ts'
import type { VisitId } from '../../server/domain/ids.ts'
import { instant } from '../../server/domain/instant.ts'
import { type CalendarEntry, calendarOf, calendarUid } from '../../server/domain/notice/calendar.ts'

const at = (text: string) => instant(Date.parse(text))
const entry = (more: Partial<CalendarEntry> = {}): CalendarEntry => ({
  ...{ method: 'REQUEST', uid: 'abc@visits.example', sequence: 0, now: at('2026-11-30T10:00:00Z') },
  ...{ start: at('2026-12-01T19:00:00Z'), end: at('2026-12-01T19:30:00Z'), timeZone: 'America/New_York' },
  ...{ summary: 'Video appointment', description: 'Open the page.', link: 'https://visits.example/launch.html' },
  ...{ from: { name: 'Harbor', address: 'visits@harbor.example' }, to: 'a@mail.example', ...more },
})

describe('the hour', () => {
  const zones = [
    ...['America/New_York', 'Europe/Paris', 'Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'],
    ...['Africa/Casablanca', 'America/Sao_Paulo', 'Pacific/Auckland', 'Asia/Shanghai', 'America/St_Johns'],
  ]
  test.each(zones)(
    'in %s is the same instant by the calendar’s own words, all year round and over a change of the clocks',
    (timeZone) => {
      const wrong = []
      for (let hour = 0; hour < 366 * 24; hour += 131) {
        const [start, end] = [0, 90].map((minutes) =>
          instant(Date.parse('2026-01-01T00:00:00Z') + (hour * 60 + minutes) * 60_000),
        )
        if (start === undefined || end === undefined) continue
        const read = calendarRead(calendarOf(entry({ timeZone, start, end })))
        if (read.start === Date.parse(start) && read.end === Date.parse(end)) continue
        if (isTwice(Date.parse(start), timeZone) || isTwice(Date.parse(end), timeZone)) continue
        wrong.push([start, end, read.start, read.end])
      }

      expect(wrong).toEqual([])
    },
  )

  test('is said by the clocks of before and after where they change in the middle of it', () => {
    const { raw } = calendarRead(
      calendarOf(entry({ start: at('2026-03-08T06:30:00Z'), end: at('2026-03-08T07:30:00Z') })),
    )

    expect(raw).toContain('BEGIN:STANDARD\r\nDTSTART:20251102T020000\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500')
    expect(raw).toContain('BEGIN:DAYLIGHT\r\nDTSTART:20260308T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400')
    expect(raw).toContain('DTSTART;TZID=America/New_York:20260308T013000')
    expect(raw).toContain('DTEND;TZID=America/New_York:20260308T033000')
  })
})

/** Whether the clocks show this hour twice that night: no calendar can say which (RFC 5545, 3.3.5: the first is meant). */
function isTwice(ms: number, timeZone: string): boolean {
  const clock = new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const shown = (of: number) => clock.format(of)
  return [30, 60].some((minutes) =>
    [ms - minutes * 60_000, ms + minutes * 60_000].some((other) => shown(other) === shown(ms)),
  )
}

/** Without halves of a sign, which no UTF-8 has. */
const whole = (text: string) => Buffer.from(text).toString().replaceAll('\uFFFD', '')

describe('what stands in it', () => {
  test('comes back as it went in, whatever the signs, with lines of 75 octets and none cut in two', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.string({ unit: 'binary', maxLength: 60 }),
        (description, name) => {
          const clean = whole(description.replaceAll(/\p{Cc}/gu, ' '))
          const { description: read, raw } = calendarRead(
            calendarOf(entry({ description: clean, from: { name: whole(name), address: 'visits@harbor.example' } })),
          )

          expect(read).toBe(clean)
          expect(raw.match(/^(BEGIN|END|METHOD|ATTENDEE)/gm)).toHaveLength(10)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('ends no line and no quote early', () => {
    const { summary, raw } = calendarRead(
      calendarOf(
        entry({
          summary: 'a\r\nATTENDEE:mailto:x@y.example\n;,\\',
          from: { name: 'He"r\r\nX:', address: 'v@h.example' },
        }),
      ),
    )

    expect(summary).toBe('a\nATTENDEE:mailto:x@y.example\n;,\\')
    expect(raw).toContain('ORGANIZER;CN="Her  X:":mailto:v@h.example\r\n')
  })

  test('is called off by the same entry with a later number', () => {
    const read = calendarRead(calendarOf(entry({ method: 'CANCEL', sequence: 3 })))

    expect(read).toMatchObject({ method: 'CANCEL', status: 'CANCELLED', sequence: 3, uid: 'abc@visits.example' })
  })
})

test('an entry’s name tells neither the visit nor the Appointment, and is the same each time', () => {
  const [key, other] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
  const visit = 'visit-123' as VisitId // sound: made here
  const uid = calendarUid(key, visit, 'visits.example')

  expect(uid).toMatch(/^[0-9a-f]{40}@visits\.example$/)
  expect(calendarUid(key, visit, 'visits.example')).toBe(uid)
  expect(calendarUid(other, visit, 'visits.example')).not.toBe(uid)
  expect(calendarUid(key, 'visit-124' as VisitId, 'visits.example')).not.toBe(uid) // sound: made here
})
