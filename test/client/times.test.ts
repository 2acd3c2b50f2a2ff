// Times, dates and ages as people read them.
import { describe, expect, it } from 'vitest'
import { age, birthDate, clock, locale, span, spanShort, when } from '../../client/ui/times.ts'

const at = (text: string) => Date.parse(text)

describe('times', () => {
  it('are shown in the clinic’s zone, wherever the reader is', () => {
    expect(clock('2026-03-02T15:30:00.000Z', 'America/New_York', 'en-GB')).toBe('10:30')
    expect(clock('2026-03-02T15:30:00.000Z', 'Europe/Berlin', 'en-GB')).toBe('16:30')
  })

  it('name the day when it is another one', () => {
    const now = at('2026-03-02T15:00:00Z')

    expect(when('2026-03-02T15:30:00Z', now, 'America/New_York', 'en-GB')).toBe('today at 10:30')
    expect(when('2026-03-03T04:59:00Z', now, 'America/New_York', 'en-GB')).toBe('today at 23:59')
    expect(when('2026-03-03T05:30:00Z', now, 'America/New_York', 'en-GB')).toBe('on Tuesday 3 March at 0:30')
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
    expect([spanShort(0, 59_000), spanShort(0, 4_000_000), span(1_000, 0)]).toEqual([
      '0 min',
      '1 h 6 min',
      'less than a minute',
    ])
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

  it('makes an age, in months for the small, as a guess when only the year is known', () => {
    const now = at('2026-03-02T12:00:00Z')

    expect(
      ['1954-03-12', '1954-03-02', '1954', '2025-09-03', '2024-03-02', '2026-03-01'].map((d) => age(d, now)),
    ).toEqual(['71 years', '72 years', 'about 72 years', '5 months', '2 years', '0 months'])
  })
})
