// Times, dates and ages as people read them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { born } from '../../client/ui/born.ts'
import { clock, now } from '../../client/ui/clock.ts'
import {
  age,
  birthDate,
  clockNamed,
  dateAndClock,
  dateIn,
  locale,
  span,
  spanShort,
  timeOfDay,
  timeOn,
  toTheSecond,
  when,
  whenNamed,
} from '../../client/ui/times.ts'
import { filesIn } from '../support/sources.ts'

const at = (text: string) => Date.parse(text)

describe('times', () => {
  it('are shown in the clinic’s zone, wherever the reader is', () => {
    expect(timeOfDay('2026-03-02T15:30:00.000Z', 'America/New_York', 'en-GB', 'America/New_York')).toBe('10:30')
    expect(timeOfDay('2026-03-02T15:30:00.000Z', 'Europe/Berlin', 'en-GB', 'Europe/Berlin')).toBe('16:30')
  })

  it('name the day when it is another one', () => {
    const now = at('2026-03-02T15:00:00Z')

    expect(when('2026-03-02T15:30:00Z', now, 'America/New_York', 'en-GB', 'America/New_York')).toBe('today at 10:30')
    expect(when('2026-03-03T04:59:00Z', now, 'America/New_York', 'en-GB', 'America/New_York')).toBe('today at 23:59')
    expect(when('2026-03-03T05:30:00Z', now, 'America/New_York', 'en-GB', 'America/New_York')).toBe(
      'on Tuesday 3 March at 0:30',
    )
  })

  it('of another day of the clinic’s say which, whatever day it is where they are read', () => {
    const of = (instant: string, now: string, zone: string) => timeOn(instant, dateIn(now, zone), zone, 'en-US', zone)
    const [before, after] = ['2026-11-30T04:58:00Z', '2026-11-30T05:02:00Z'] // two minutes on either side of midnight in New York

    expect(of(before, before, 'America/New_York')).toBe('11:58 PM')
    expect(of(before, after, 'America/New_York')).toBe('Nov 29, 11:58 PM')
    expect(of(after, before, 'America/New_York')).toBe('Nov 30, 12:02 AM')
    expect(of(before, after, 'Europe/Berlin')).toBe('5:58 AM')
    expect(of('2026-12-31T22:00:00Z', '2027-01-01T22:00:00Z', 'Europe/Berlin')).toBe('Dec 31, 2026, 11:00 PM')
    // The hour that is there twice, when clocks are set back: the same day in any case.
    expect(of('2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z', 'America/New_York')).toBe('1:30 AM')
    expect(timeOn(before, '2026-11-30', 'America/New_York', 'en-GB', 'America/New_York')).toBe('29 Nov, 23:58')
    expect(clockNamed(before, at(after), 'America/New_York', 'en-US', 'Europe/Berlin')).toBe(
      'Nov 29, 11:58 PM (Eastern Standard Time)',
    )
  })

  it('turn with the day of the clinic, on a page that stays open', () => {
    const real = now.value
    now.value = at('2026-11-30T04:58:00Z')
    const shown = () => clock('2026-11-30T04:50:00Z', 'America/New_York')
    const before = shown()
    now.value = at('2026-11-30T05:02:00Z')

    expect([before, shown()]).toEqual([expect.stringMatching(/^23:50/), expect.stringMatching(/^29 Nov, 23:50/)])
    now.value = real
  })

  it('are shown bare only where the day stands beside them', () => {
    const bare = filesIn('client')
      .filter(({ text }) => /\btimeOfDay\(/.test(text))
      .map(({ path }) => path)

    expect(bare).toEqual(['client/note/sentences.ts', 'client/note/sign.tsx', 'client/ui/times.ts'])
  })

  it('name the clinic’s zone to whose own clock shows another time, and to nobody else', () => {
    const start = '2026-03-02T15:30:00Z'
    const named = (own: string, of = 'en-US') => clockNamed(start, at(start), 'America/New_York', of, own)

    expect(named('America/New_York')).toBe('10:30 AM')
    expect(named('America/Toronto')).toBe('10:30 AM')
    expect(named('Europe/Berlin')).toBe('10:30 AM (Eastern Standard Time)')
    expect(named('Asia/Tokyo', 'en-GB')).toMatch(/^10:30 \(Eastern Standard Time\)$/)
    expect(whenNamed(start, at('2026-03-02T15:00:00Z'), 'Europe/Berlin', 'en-GB', 'Europe/London')).toBe(
      'today at 16:30 (Central European Standard Time)',
    )
  })

  it('of every kind have the clinic’s zone behind them for whose own clock shows another time, and bare they are the reader’s too', () => {
    const start = at('2026-03-02T15:30:00Z')
    const kinds = (own: string, of = 'en-US') => [
      timeOfDay(start, 'America/New_York', of, own),
      toTheSecond(start, 'America/New_York', of, own),
      dateAndClock(start, 'America/New_York', of, own),
      timeOn(start, '2026-03-03', 'America/New_York', of, own),
      when(start, start, 'America/New_York', of, own),
    ]

    const bare = ['10:30 AM', '10:30:00 AM', 'Mar 2, 2026, 10:30 AM', 'Mar 2, 10:30 AM', 'today at 10:30 AM']
    expect(kinds('America/Toronto')).toEqual(bare)
    expect(kinds('Europe/Berlin')).toEqual(bare.map((time) => `${time} EST`))
  })

  it('spans are said as people say them', () => {
    const minutes = (n: number) => span(0, n * 60_000)

    expect([0.5, 1, 2, 60, 61, 125].map(minutes)).toEqual([
      'less than a minute',
      '1 minute',
      '2 minutes',
      '1 hour',
      '1 hour 1 minute',
      '2 hours 5 minutes',
    ])
    expect([0, 59_000, 60_000, 4_000_000, 3_600_000].map((ms) => spanShort(0, ms))).toEqual([
      'under 1 min',
      'under 1 min',
      '1 min',
      '1 h 6 min',
      '1 h',
    ])
    expect([span(1_000, 0)]).toEqual(['less than a minute'])
  })

  it('follow the reader’s own English, and English in any case', () => {
    expect([locale(['de-DE', 'en-US']), locale(['es']), locale([])]).toEqual(['en-US', 'en-GB', 'en-GB'])
  })
})

describe('a birth date', () => {
  it('has its month in letters, as far as it is known', () => {
    expect(['1954-03-12', '1954-03', '1954'].map((d) => birthDate(d, 'en-GB'))).toEqual([
      '12 March 1954',
      'March 1954',
      '1954',
    ])
  })

  it('that is no date stands as it is, and makes no age, no other day and no fault', () => {
    const now = at('2026-03-02T12:00:00Z')
    const none = [
      ...[
        '1954-03-09T00:00:00Z',
        '1954-03-09T00:00:00',
        '1954-02-30',
        '2025-02-29',
        '1954-13-01',
        '1954-13',
        '1954-00',
      ],
      ...[
        '1954-03-00',
        '1954-3-9',
        '09.03.1954',
        '03/09/1954',
        '19540309',
        '54',
        '0000',
        '-1954',
        '1954-',
        'unknown',
        '?',
      ],
      ...['NaN', '1954-03-09-05', '\u0661\u0669\u0665\u0664', '1954\n', ''],
    ]

    expect(none.map((date) => birthDate(date, 'en-GB'))).toEqual(none)
    expect(none.flatMap((date) => age(date, now, 'UTC') ?? [])).toEqual([])
  })

  it('of the first centuries keeps all its digits, lest it be read as the last one’s', () => {
    expect(birthDate('0054-03-09', 'en-GB')).toBe('0054-03-09')
    expect(age('0054-03-02', at('2026-03-02T12:00:00Z'), 'UTC')).toBe('1,972 years')
  })

  it.each<[age: string | undefined, born: string]>([
    ['0 days', '2026-03-02'],
    ['1 day', '2026-03-01'],
    ['13 days', '2026-02-17'],
    ['2 weeks', '2026-02-16'],
    ['4 weeks', '2026-01-30'],
    ['12 weeks', '2025-12-03'],
    ['3 months', '2025-12-02'],
    ['5 months', '2025-09-03'],
    ['23 months', '2024-03-03'],
    ['2 years', '2024-03-02'],
    ['71 years', '1954-03-12'],
    ['72 years', '1954-03-02'],
    ['about 72 years', '1954'],
    ['about 71 years', '1954-04'],
    ['about 2 months', '2026-01'],
    ['less than 1 month', '2026-03'],
    ['less than 1 year', '2026'],
    [undefined, '2026-03-03'],
    [undefined, '2026-04'],
    [undefined, '2027'],
    ['2 years', '2024-02-29'],
  ])('makes an age of %s for %s, on 2 March 2026', (is, born) => {
    expect(age(born, at('2026-03-02T12:00:00Z'), 'UTC')).toBe(is)
  })

  it('makes an age by the clinic’s day, wherever the reader is and whatever day it is in Greenwich', () => {
    const evening = at('2026-03-02T23:30:00Z')

    expect(age('1954-03-03', evening, 'America/New_York')).toBe('71 years')
    expect(age('1954-03-03', evening, 'Pacific/Auckland')).toBe('72 years')
    expect(age('2026-03-03', evening, 'Pacific/Auckland')).toBe('0 days')
    expect(age('2026-03-03', evening, 'America/New_York')).toBeUndefined()
    // Across the hour that is lost and the one that is gained, a day is a day.
    expect(age('2026-03-07', at('2026-03-09T04:30:00Z'), 'America/New_York')).toBe('2 days')
    expect(age('2026-10-31', at('2026-11-02T04:30:00Z'), 'America/New_York')).toBe('1 day')
  })

  it('is shown whatever it is, with an age where it makes one', () => {
    expect(born('1954-03', 'UTC')).toMatch(/^born March 1954 \(about \d+ years\)$/)
    expect(born('1954-03-09T00:00:00Z', 'UTC')).toBe('born 1954-03-09T00:00:00Z')
    expect(born('9999-12-31', 'UTC')).not.toContain('(')
    expect(born(undefined, 'UTC')).toBe('Birth date not in the chart')
  })

  it('of any text is never a fault, nor a word of a computer’s', () => {
    const part = fc.constantFrom('2026', '02', '30', '29', '-', ':', 'T', 'Z', '00', '13', ' ', '9999', '0001')
    const texts = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.array(part, { maxLength: 6 }).map((p) => p.join('')),
    )

    fc.assert(
      fc.property(texts, fc.constantFrom('America/New_York', 'Pacific/Apia'), (text, zone) => {
        const said = born(text, zone)
        expect(said.replace(text, '')).not.toMatch(/NaN|Invalid|undefined|null|-\d+ /)
      }),
    )
  })
})
