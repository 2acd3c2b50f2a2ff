// Vital signs as series: one unit each, each value where it belongs, and what cannot be drawn told apart and never left out.
import { describe, expect, test } from 'vitest'
import type { Observed, Quantity } from '../../server/domain/chart/fhir-parts.ts'
import { vitalSignsIn } from '../../server/domain/chart/vitals.ts'

let next = 0
const coded = (code: string, display = '') => ({ coding: [{ code, ...(display && { display }) }] })
const of = (code: string, more: Partial<Observed> = {}): Observed => ({
  id: `o${++next}`,
  status: 'final',
  code: coded(code, `Vital ${code}`),
  effectiveDateTime: '2026-03-01T09:00:00Z',
  ...more,
})
const weight = (value: number, unit: string, at: string, more: Partial<Observed> = {}) =>
  of('29463-7', { valueQuantity: { value, unit, code: unit }, effectiveDateTime: at, ...more })
const pressure = (systolic: Quantity, diastolic: Quantity, more: Partial<Observed> = {}) =>
  of('85354-9', {
    component: [
      { code: coded('8480-6'), valueQuantity: systolic },
      { code: coded('8462-4'), valueQuantity: diastolic },
    ],
    ...more,
  })
const mmHg = (value: number) => ({ value, unit: 'mmHg', code: 'mm[Hg]' })

describe('a series', () => {
  test('is in time, oldest first, whatever order it came in', () => {
    const { series } = vitalSignsIn([weight(71, 'kg', '2026-03-03'), weight(70, 'kg', '2026-03-01')])

    expect(series).toEqual([
      {
        kind: 'weight',
        unit: 'kg',
        points: [
          { at: '2026-03-01', value: 70 },
          { at: '2026-03-03', value: 71 },
        ],
      },
    ])
  })

  test('has the unit of its newest value, and says how another one was recorded', () => {
    const { series } = vitalSignsIn([weight(70, 'kg', '2026-03-01'), weight(154.3, '[lb_av]', '2026-03-02')])

    expect(series[0]).toMatchObject({
      unit: 'lb',
      points: [
        { value: 154.3, as: '70 kg' },
        { at: '2026-03-02', value: 154.3 },
      ],
    })
  })

  test.each([
    ['8310-5', '[degF]', 'Cel', 98.6, 37],
    ['8310-5', 'Cel', '[degF]', 37, 98.6],
    ['2339-0', 'mmol/L', 'mg/dL', 5.5, 99],
    ['8302-2', '[in_i]', 'cm', 70, 177.8],
  ])('of %s turns %s into %s', (code, from, to, value, becomes) => {
    const at = (day: string, unit: string, n: number) =>
      of(code, { effectiveDateTime: day, valueQuantity: { value: n, unit, code: unit } })

    const { series } = vitalSignsIn([at('2026-03-01', from, value), at('2026-03-02', to, 1)])

    expect(series[0]?.points[0]?.value).toBe(becomes)
  })

  test('of blood pressure has both values, also where they came as two of one moment', () => {
    const loose = (code: string, value: number) =>
      of(code, { valueQuantity: mmHg(value), effectiveDateTime: '2026-03-02T08:00:00Z' })

    const { series, apart } = vitalSignsIn([pressure(mmHg(128), mmHg(82)), loose('8462-4', 79), loose('8480-6', 121)])

    expect(series[0]?.points.map(({ value, diastolic }) => [value, diastolic])).toEqual([
      [128, 82],
      [121, 79],
    ])
    expect(apart).toEqual([])
  })

  test('says which values a device measured, and which the patient told', () => {
    const { series } = vitalSignsIn([
      weight(70, 'kg', '2026-03-01', { device: { display: 'Scale' } }),
      weight(71, 'kg', '2026-03-02', { device: { display: 'Scale' }, performer: [{ reference: 'Patient/p' }] }),
      weight(72, 'kg', '2026-03-03', { performer: [{ reference: 'Practitioner/d' }] }),
      weight(73, 'kg', '2026-03-04', { meta: { tag: [{ code: 'patient-supplied' }] } }),
    ])

    expect(series[0]?.points.map(({ by }) => by)).toEqual(['device', 'own-device', undefined, 'patient'])
  })

  test('has the reference range for everybody, in its own unit, and none that is for others', () => {
    const kg = (value: number) => ({ value, unit: 'kg', code: 'kg' })
    const usual = { low: kg(50), high: kg(90) }
    const others = { ...usual, type: coded('treatment') }

    const ranged = (referenceRange: NonNullable<Observed['referenceRange']>) =>
      vitalSignsIn([weight(154, '[lb_av]', '2026-03-01', { referenceRange })]).series[0]?.range

    expect(ranged([usual, others])).toEqual({ low: 110.2, high: 198.4 })
    expect(ranged([others])).toBeUndefined()
    expect(ranged([usual, { low: kg(60) }])).toBeUndefined()
  })
})

describe('what cannot be drawn stands apart', () => {
  test.each<[string, Partial<Observed>, object]>([
    ['no value', {}, { why: 'no-value' }],
    ['no value, and why', { dataAbsentReason: { text: 'Refused' } }, { why: 'no-value', says: 'Refused' }],
    [
      'a unit nobody knows',
      { valueQuantity: { value: 11, unit: 'stone', code: '[stone_av]' } },
      { why: 'unknown-unit', says: '11 stone' },
    ],
    ['no unit', { valueQuantity: { value: 11 } }, { why: 'unknown-unit', says: '11' }],
    ['words', { valueString: 'too heavy <b>' }, { why: 'in-words', says: 'too heavy <b>' }],
    ['no time', { valueQuantity: { value: 70, code: 'kg' }, effectiveDateTime: 'yesterday' }, { why: 'no-time' }],
    [
      'a time without a zone is a day',
      { valueQuantity: { value: 70, code: 'st' }, effectiveDateTime: '2026-03-01T09:00:00' },
      { at: '2026-03-01' },
    ],
  ])('%s', (_what, more, expected) => {
    const { series, apart } = vitalSignsIn([of('29463-7', more)])

    expect(series).toEqual([])
    expect(apart).toMatchObject([{ name: 'Vital 29463-7', ...expected }])
  })

  test('a panel of components that nobody draws is read out', () => {
    const component = [
      { code: coded('9267-6', 'Eye opening'), valueInteger: 4 },
      { code: coded('9270-0', 'Verbal'), dataAbsentReason: { text: 'Intubated' } },
    ]

    const { apart } = vitalSignsIn([of('9269-2', { component })])

    expect(apart).toMatchObject([{ why: 'not-drawn', says: 'Eye opening 4, Verbal Intubated' }])
  })

  test('half a blood pressure keeps the half that there is', () => {
    const { series } = vitalSignsIn([of('8480-6', { valueQuantity: mmHg(120) })])

    expect(series[0]?.points).toEqual([{ at: '2026-03-01T09:00:00.000Z', value: 120 }])
  })

  test('what was entered in error is nowhere', () => {
    expect(vitalSignsIn([weight(70, 'kg', '2026-03-01', { status: 'entered-in-error' })])).toEqual({
      series: [],
      apart: [],
    })
  })
})
