// Pure parts of the pages: times and ages, where a page is, when it looks again, what a reply says.
import { describe, expect, it } from 'vitest'
import { problemIn } from '../../client/base/api.ts'
import { chartRemedies } from '../../client/base/chart-words.ts'
import { coalesced, newer, pollDelay, troubled } from '../../client/base/live.ts'
import { problemRemedies } from '../../client/base/problem-words.ts'
import { learn } from '../../client/base/remedies.ts'
import { routeOf } from '../../client/base/route.ts'
import { stateWords } from '../../client/day/day-row.tsx'
import { meant } from '../../client/day/patient-home.tsx'
import { loudness } from '../../client/door/meter.tsx'
import { waitingWords } from '../../client/door/words.ts'
import { plainNote } from '../../client/note/copy.tsx'
import { age, birthDate, clock, locale, span, spanShort, when } from '../../client/ui/times.ts'
import { outcome } from '../../server/domain/errors.ts'
import type { AppointmentItem } from '../../server/wire/wire.ts'

learn({ ...problemRemedies, ...chartRemedies })

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

it('an address says which launch and which visit', () => {
  expect(routeOf('/v/abc')).toEqual({ at: 'home', launch: 'abc' })
  expect(routeOf('/v/abc/visits/v1')).toEqual({ at: 'visit', launch: 'abc', visit: 'v1' })
  expect(['/', '/v/', '/v/abc/visits/', '/x/abc'].map((p) => routeOf(p).at)).toEqual(Array(4).fill('nowhere'))
})

describe('looking again', () => {
  it('is quick at first, then every 15 seconds, and rare beside a stream', () => {
    expect([0, 1, 2, 3, 4, 50].map((tries) => pollDelay(tries, 'visible'))).toEqual([
      1_000, 5_000, 10_000, 15_000, 15_000, 15_000,
    ])
    expect(pollDelay(0, 'hidden')).toBe(15_000)
    expect(pollDelay(0, 'streaming')).toBe(60_000)
  })

  it('never shows an older view after a newer one, and keeps the last view through trouble', () => {
    const shown = newer({ at: 'looking' }, { revision: 5 }, (v) => v.revision)
    const late = newer(shown, { revision: 4 }, (v) => v.revision)

    expect(late).toEqual({ at: 'shown', value: { revision: 5 } })
    expect(troubled(shown, { code: 'offline' })).toMatchObject({
      at: 'shown',
      value: { revision: 5 },
      trouble: { code: 'offline' },
    })
    expect(troubled({ at: 'looking' }, { code: 'offline' })).toEqual({ at: 'refused', problem: { code: 'offline' } })
  })

  it('asked for many times while one look runs, looks once more', async () => {
    let looks = 0
    let resolve = () => {}
    const promise = new Promise<void>((done) => {
      resolve = done
    })
    const look = coalesced(async () => {
      looks += 1
      await (looks === 1 ? promise : undefined)
    })

    for (let n = 0; n < 5; n++) look()
    resolve()
    await new Promise((done) => setTimeout(done, 0))

    expect(looks).toBe(2)
  })
})

describe('a reply that is no success', () => {
  it('says its code, and when it would be granted', () => {
    const refused = outcome({ code: 'too-early', detail: { opensAt: '2026-03-02T15:00:00.000Z' } })

    expect(problemIn(refused, 409)).toEqual({ code: 'too-early', opensAt: '2026-03-02T15:00:00.000Z' })
    expect(problemIn(outcome('fault'), 500)).toEqual({ code: 'fault' })
  })

  it('that is not ours is a fault, or nobody there when a gateway made it', () => {
    expect([undefined, null, 'x', {}, { issue: [] }].map((body) => problemIn(body, 500).code)).toEqual(
      Array(5).fill('fault'),
    )
    expect([problemIn(undefined, 503).code, problemIn('<html>', 502).code]).toEqual(['offline', 'offline'])
  })
})

it('a silent microphone is near nothing, a loud one near full', () => {
  expect(loudness(new Float32Array(64))).toBe(0)
  expect(loudness(new Float32Array(64).fill(0.5))).toBeGreaterThan(80)
})

const appointment = (id: string, over: Partial<AppointmentItem> = {}): AppointmentItem => ({
  id: id as AppointmentItem['id'], // an id as an EHR gives it
  start: '2026-03-02T15:30:00.000Z' as AppointmentItem['start'], // instants as our server writes them
  end: '2026-03-02T16:00:00.000Z' as AppointmentItem['end'],
  opensAt: '2026-03-02T15:00:00.000Z' as AppointmentItem['opensAt'],
  state: 'open',
  patient: { name: 'Ada' },
  clinicians: [],
  ...over,
})

describe('the visit a patient came for', () => {
  const early = appointment('b', { state: 'too-early' })

  it('is the one the launch named, else the only open one, else the only one', () => {
    expect(meant({ chosen: early.id, appointments: [appointment('a'), early] })?.id).toBe('b')
    expect(meant({ appointments: [appointment('a'), early] })?.id).toBe('a')
    expect(meant({ appointments: [early] })?.id).toBe('b')
  })

  it('is the patient’s to choose among several', () => {
    expect(meant({ appointments: [appointment('a'), appointment('c')] })).toBeUndefined()
    expect(meant({ appointments: [] })).toBeUndefined()
  })
})

it('the queue is said in words', () => {
  expect([0, 1, 2].map(waitingWords.turn)).toEqual([
    'You are next.',
    '1 person is before you.',
    '2 people are before you.',
  ])
})

it('how far an appointment has come is said in words, who waits first', () => {
  const visit = {
    id: 'v' as NonNullable<AppointmentItem['visit']>['id'],
    status: 'arrived',
    waiting: 1,
    note: 'none',
  } as const

  expect(stateWords(appointment('a', { visit }), 'UTC')).toBe('1 person waiting')
  expect(
    stateWords(appointment('a', { visit: { ...visit, waiting: 0, status: 'finished', note: 'unknown' } }), 'UTC'),
  ).toBe('Ended. Look for the note in the chart.')
  expect(stateWords(appointment('a', { state: 'cancelled' }), 'UTC')).toBe('Cancelled')
})

it('a copied note has its headings, and no empty sections', () => {
  expect(plainNote({ subjective: ' Tired ', objective: '', assessment: ' ', plan: 'Rest' })).toBe(
    'Subjective\nTired\n\nPlan\nRest',
  )
})
