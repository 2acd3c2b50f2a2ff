// How long somebody may still wait is guessed from today's visits alone, as a range, and not at all where too little is known.
import { describe, expect, test } from 'vitest'
import type { Instant } from '../../server/domain/ids.ts'
import { plus } from '../../server/domain/instant.ts'
import { estimated } from '../../server/domain/visit/estimate.ts'
import { on } from './planned.ts'

const took = (minutes: number) => ({ startedAt: on('12:00'), finishedAt: plus(on('12:00'), minutes * 60) })
const asked = (more: Partial<Parameters<typeof estimated>[0]> = {}) =>
  estimated({
    ...{ ahead: 0, clinician: 'here', visits: [took(10), took(15), took(20)], start: on('15:00') },
    ...{ now: on('15:00'), until: on('20:00') },
    ...more,
  })
const busySince = (at: Instant) => ({ clinician: 'with-another', busySince: at }) as const

describe('whoever waits is told', () => {
  test.each([
    ['that it may be at once, where nobody is before them', {}, { from: 0, to: 5 }],
    ['the visits before them, the shortest and the longest', { ahead: 2 }, { from: 20, to: 40 }],
    ['what is left of the one she is in', busySince(on('14:52')), { from: 0, to: 15 }],
    ['both', { ...busySince(on('14:58')), ahead: 1 }, { from: 15, to: 40 }],
    [
      'of one that has lasted too long already, that it may end at any time',
      busySince(on('14:00')),
      { from: 0, to: 5 },
    ],
    ['not before their own hour', { now: on('14:40') }, { from: 20, to: 20 }],
  ])('%s', (_what, more, told) => {
    expect(asked(more)).toEqual(told)
  })

  test.each([
    ['by two visits', { visits: [took(10), took(15)] }],
    ['while nobody knows where she is', { clinician: 'away' as const }],
    ['past the day, or the closing of the door', { ahead: 2, until: on('15:39') }],
  ])('nothing %s', (_what, more) => {
    expect(asked(more)).toBeUndefined()
  })

  test('nothing of the one visit in ten that was out of all measure', () => {
    const usual = Array.from({ length: 10 }, () => took(15))
    expect(asked({ visits: [...usual, took(170)], ahead: 1 })).toEqual({ from: 15, to: 15 })
  })
})
