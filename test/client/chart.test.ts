// The chart's drawings and what goes from it into the note, as rules: no outlier is hidden, no sentence of the note is lost.
import { signal } from '@preact/signals'
import { beforeEach, describe, expect, test } from 'vitest'
import { stepBy } from '../../client/chart/drawing.tsx'
import {
  medicinesForNote,
  problemsForNote,
  type Read,
  takeOut,
  vitalsForNote,
  writeInto,
} from '../../client/chart/into-note.ts'
import { frame, nearestTo, scalesOf, thinned } from '../../client/chart/plot.ts'
import { trendOf } from '../../client/chart/trend.ts'
import { readOut, trendWords } from '../../client/chart/value-words.ts'
import type { Keeper } from '../../client/note/keeper.ts'
import type { Saving } from '../../client/note/saving.ts'
import type { Instant, SoapText, VitalPoint } from '../../server/wire/wire.ts'

const timeZone = 'America/New_York'
const minute = 60_000
const many = (count: number): readonly VitalPoint[] =>
  Array.from({ length: count }, (_, n) => ({
    at: new Date(Date.UTC(2026, 0, 1) + n * minute).toISOString(),
    // One spike, that would be lost if one value in thirty were drawn.
    value: n === 4_321 ? 240 : 120 + (n % 7),
    diastolic: n === 8_765 ? 30 : 80,
  }))

describe('ten thousand values', () => {
  const { placed } = scalesOf(many(10_000))
  const drawn = thinned(placed)

  test('are drawn as no more than a few for each column, in their order', () => {
    expect(drawn.length).toBeLessThanOrEqual(4 * frame.width)
    expect(drawn.map(({ n }) => n)).toEqual(drawn.map(({ n }) => n).toSorted((a, b) => a - b))
  })

  test('lose neither the highest nor the lowest, nor the first or the last', () => {
    const numbers = new Set(drawn.map(({ n }) => n))

    expect([4_321, 8_765, 0, 9_999].filter((n) => !numbers.has(n))).toEqual([])
  })

  test('are each found by where they stand', () => {
    for (const n of [0, 1, 4_321, 9_999]) expect(nearestTo(placed, placed[n]?.x ?? 0)).toBe(n)
    expect(nearestTo(placed, -50)).toBe(0)
    expect(nearestTo(placed, 5_000)).toBe(9_999)
    expect(nearestTo([], 10)).toBe(-1)
  })
})

describe('a drawing', () => {
  test('of few values has them all, within its frame, the later to the right and the higher above', () => {
    const { placed, ticks } = scalesOf([
      { at: '2026-01-01', value: 70 },
      { at: '2026-02-01', value: 72 },
    ])

    const [first, last] = placed
    expect(thinned(placed)).toBe(placed)
    expect([first?.x, last?.x]).toEqual([frame.left, frame.width - frame.right])
    expect(first?.y).toBeGreaterThan(last?.y ?? 0)
    expect(ticks.length).toBeGreaterThan(1)
  })

  test('of one value, or of equal ones, has a place for it', () => {
    for (const points of [
      [{ at: '2026-01-01', value: 0 }],
      [
        { at: '2026-01-01', value: 5 },
        { at: '2026-01-01', value: 5 },
      ],
    ])
      for (const { x, y } of scalesOf(points).placed) expect([x, y].every(Number.isFinite)).toBe(true)
  })

  test('keeps a reference range in sight that is near, and does not shrink for one that is far', () => {
    const points = [
      { at: '2026-01-01', value: 5.4 },
      { at: '2026-02-01', value: 5.5 },
    ]

    expect(scalesOf(points, { high: 5.1 }).yOf(5.1)).toBeLessThan(frame.height - frame.bottom)
    expect(scalesOf(points, { high: 500 }).yOf(5.5)).toBeGreaterThan(frame.top)
  })

  test('is read by keys, later to the right', () => {
    expect([
      stepBy('ArrowRight', 3, 10),
      stepBy('ArrowLeft', 3, 10),
      stepBy('Home', 3, 10),
      stepBy('End', 3, 10),
    ]).toEqual([4, 2, 0, 9])
    expect(stepBy('a', 3, 10)).toBeUndefined()
  })
})

describe('a trend', () => {
  const of = (...values: readonly number[]) => values.map((value) => ({ value }))

  test.each([
    [of(70, 71, 70), { is: 'few' }],
    [of(70, 70.2, 69.9, 70), { is: 'steady', lately: 70 }],
    [of(70, 70, 74, 75), { is: 'higher', before: 70, lately: 74.5 }],
    [of(80, 80, 74, 74), { is: 'lower', before: 80, lately: 74 }],
  ])('of %j is %j', (points, trend) => {
    expect(trendOf('weight', points)).toEqual(trend)
  })

  test('is said in words', () => {
    expect(trendWords({ kind: 'weight', points: many(3) })).toBe('Too few values to say more.')
  })

  test('a value is read out as it is written', () => {
    expect(readOut({ at: '', value: 128, diastolic: 82 })).toBe('128/82')
    expect(readOut({ at: '', value: 20, comparator: '<' })).toBe('< 20')
  })
})

const read: Read = {
  ...{ part: 'vitals', outcome: 'read', whole: true },
  readAt: '2026-03-02T15:31:00.000Z' as Instant, // sound: an instant
  found: {},
}
const empty: SoapText = { subjective: '', objective: '', assessment: '', plan: '' }

describe('what goes into the note', () => {
  const now = Date.parse('2026-03-02T16:00:00Z')

  test('of vital signs is what is of today, by the clinic’s calendar, with its time and where it comes from', () => {
    const series = [
      {
        ...{ kind: 'blood-pressure' as const, unit: 'mmHg' },
        points: [
          { at: '2026-03-02T03:00:00.000Z', value: 150, diastolic: 90 }, // yesterday evening at the clinic
          { at: '2026-03-02T15:00:00.000Z', value: 128, diastolic: 82, by: 'own-device' as const },
        ],
      },
      { kind: 'pulse' as const, unit: '/min', points: [{ at: '2026-03-01', value: 70 }] },
    ]

    const note = vitalsForNote({ ...read, found: { vitals: { series, apart: [] } } }, now, timeZone)

    expect(note).toEqual({
      field: 'objective',
      text: expect.stringMatching(
        /^Vital signs of .*March.* \(from the chart, read .*10:31.*\):\n- Blood pressure 128\/82 mmHg, .*10:00.*, by a device, told by the patient$/,
      ) as string,
    })
    expect(
      vitalsForNote({ ...read, found: { vitals: { series: series.slice(1), apart: [] } } }, now, timeZone),
    ).toBeUndefined()
  })

  test('says where a list may not be whole, and which problems are active', () => {
    const problems = [
      { name: 'Asthma', state: 'active' as const, onset: '2009' },
      { name: 'Old', state: 'resolved' as const },
    ]
    const medicines = [{ name: 'Lisinopril', dosage: 'daily' }, { onHold: true as const }]

    expect(problemsForNote({ ...read, found: { problems } }, timeZone)?.text).toMatch(/:\n- Asthma, since 2009$/)
    expect(medicinesForNote({ ...read, whole: false, found: { medicines } }, timeZone)?.text).toMatch(
      /:\n- Lisinopril, daily\n- Without a name in the record, on hold\n\(This list may not be whole\.\)$/,
    )
    expect(medicinesForNote({ ...read, found: { medicines: [] } }, timeZone)).toBeUndefined()
  })
})

describe('writing into the note', () => {
  const block = { field: 'objective', text: 'Vital signs:\n- Pulse 70 /min' } as const
  let keeper: Keeper
  const text = () => keeper.saving.value.text.objective
  beforeEach(() => {
    const saving = signal({ at: 'saved', text: empty, version: 1, savedAt: '' } as unknown as Saving) // sound: these rules look at its text and where it stands
    const type = (to: SoapText) => {
      saving.value = { ...saving.value, text: to } as Saving
    }
    keeper = { saving, type, epoch: signal(0) } as unknown as Keeper // sound: as above
  })
  const typed = (objective: string) => keeper.type({ ...empty, objective })

  test('goes below what is there, and is taken out again whole', () => {
    typed('Looks well.')

    expect(writeInto(keeper, block)).toBe('written')
    expect(text()).toBe(`Looks well.\n\n${block.text}`)
    expect(keeper.epoch.value).toBe(1)
    expect(takeOut(keeper, block)).toBe('out')
    expect(text()).toBe('Looks well.')
  })

  test('what was typed around it stays when it is taken out', () => {
    writeInto(keeper, block)
    typed(`Before.\n\n${text()}\n\nAfter.`)

    expect(takeOut(keeper, block)).toBe('out')
    expect(text()).toBe('Before.\n\nAfter.')
  })

  test('what was changed since is left as it is', () => {
    writeInto(keeper, block)
    typed(text().replace('70', '72'))

    expect(takeOut(keeper, block)).toBe('changed')
    expect(text()).toContain('72')
  })

  test('is refused where there is no room, or where two texts wait for a choice', () => {
    typed('x'.repeat(19_990))
    expect(writeInto(keeper, block)).toBe('full')
    typed('y')
    keeper.saving.value = { ...keeper.saving.value, at: 'changed' } as Saving
    expect(writeInto(keeper, block)).toBe('closed')
    expect(text()).toBe('y')
  })
})
