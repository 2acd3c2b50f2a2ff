// Vital signs from Observations, as series that can be drawn: one unit each, oldest first, with what says of each value where it comes from.
// What cannot be drawn (no value, no unit that we know, words) stands apart, as it was recorded, with the reason. Nothing is left out in silence.
import { given } from '../given.ts'
import {
  absentWords,
  type Coded,
  type Component,
  codesIn,
  isWithdrawn,
  momentOf,
  type Observed,
  orderOf,
  type Quantity,
  type Range,
  readableWords,
  valueWords,
} from './fhir-parts.ts'
import { inUnit, type Unit, unitOf, type VitalKind, vitalKinds } from './units.ts'

/** `device`: a device is named. `patient`: the patient measured, or told it; `own-device`: with a device that is named. */
export type MeasuredBy = 'device' | 'patient' | 'own-device'

export type VitalPoint = {
  readonly at: string
  /** Of blood pressure the systolic one. */
  readonly value: number
  readonly diastolic?: number
  /** As it was recorded, where that was in another unit. */
  readonly as?: string
  readonly comparator?: string
  readonly by?: MeasuredBy
  readonly preliminary?: true
}

export type VitalSeries = {
  readonly kind: VitalKind
  readonly unit: string
  /** Oldest first. */
  readonly points: readonly VitalPoint[]
  /** Of the newest value that has one. */
  readonly range?: { readonly low?: number; readonly high?: number }
}

export type VitalApart = {
  readonly name?: string
  readonly at?: string
  readonly says?: string
  readonly why: 'no-value' | 'unknown-unit' | 'in-words' | 'no-time' | 'not-drawn'
}

export type VitalSigns = { readonly series: readonly VitalSeries[]; readonly apart: readonly VitalApart[] }

/** By LOINC (US Core 9.0.0, vital signs; glucose as home meters and wards report it). */
const kinds: Readonly<Record<string, VitalKind>> = {
  '85354-9': 'blood-pressure',
  '55284-4': 'blood-pressure',
  '8867-4': 'pulse',
  '8310-5': 'temperature',
  '8331-1': 'temperature',
  '59408-5': 'oxygen',
  '2708-6': 'oxygen',
  '29463-7': 'weight',
  '3141-9': 'weight',
  '2339-0': 'glucose',
  '2345-7': 'glucose',
  '41653-7': 'glucose',
  '15074-8': 'glucose',
  '32016-8': 'glucose',
  '14743-9': 'glucose',
  '9279-1': 'breaths',
  '8302-2': 'height',
  '39156-5': 'bmi',
}
const [systolicCode, diastolicCode] = ['8480-6', '8462-4']

type Drawn = { readonly kind: VitalKind; readonly unit: Unit; readonly range?: Range; readonly point: VitalPoint }

/** What was found, in whatever order. Withdrawn ones are as if they were not. */
export function vitalSignsIn(observed: readonly Observed[]): VitalSigns {
  const read = paired(observed.filter(({ status }) => !isWithdrawn(status))).map(readingFrom)
  const drawn = read.flatMap((one) => ('point' in one ? [one] : []))
  const series = vitalKinds.flatMap((kind) =>
    seriesOf(
      kind,
      drawn.filter((one) => one.kind === kind),
    ),
  )
  return { series, apart: read.flatMap((one) => ('why' in one ? [one] : [])) }
}

/** Some keep blood pressure as two values of their own: those of one moment become one, as a panel would have it. */
function paired(observed: readonly Observed[]): readonly Observed[] {
  const half = (code: string) => (one: Observed) => codesIn(one.code).includes(code)
  const diastolic = new Map(observed.filter(half(diastolicCode)).map((one) => [momentOf(one) ?? one.id, one]))
  const used = new Set<Observed>()
  const joined = observed.filter(half(systolicCode)).map((upper): Observed => {
    const lower = diastolic.get(momentOf(upper) ?? '')
    used.add(upper)
    if (lower !== undefined) used.add(lower)
    const parts = [upper, ...(lower === undefined ? [] : [lower])]
    const { valueQuantity: _value, dataAbsentReason: _absent, ...rest } = upper
    return { ...rest, code: panel, component: parts.map(({ code = {}, ...one }) => ({ code, ...asComponent(one) })) }
  })
  return [...observed.filter((one) => !used.has(one)), ...joined]
}

const panel: Coded = { coding: [{ code: '85354-9', display: 'Blood pressure' }] }
const asComponent = ({ valueQuantity, dataAbsentReason }: Omit<Observed, 'code'>) =>
  given({ valueQuantity, dataAbsentReason })

function readingFrom(of: Observed): Drawn | VitalApart {
  const kind = codesIn(of.code).flatMap((code) => kinds[code] ?? [])[0]
  const at = momentOf(of)
  if (kind === undefined) return apart(of, 'not-drawn')
  const [upper, lower] = valuesIn(kind, of)
  const quantity = upper?.valueQuantity
  if (upper === undefined || quantity?.value === undefined) return apart(of, hasWords(of) ? 'in-words' : 'no-value')
  const unit = unitOf(kind, quantity)
  if (unit === undefined) return apart(of, 'unknown-unit')
  if (at === undefined) return apart(of, 'no-time')
  const second = lower?.valueQuantity
  const lowerUnit = second === undefined ? undefined : unitOf(kind, second)
  if (second?.value !== undefined && lowerUnit === undefined) return apart(of, 'unknown-unit')
  const diastolic = second?.value !== undefined && lowerUnit ? inUnit(second.value, lowerUnit, unit) : undefined
  const point = {
    at,
    value: quantity.value,
    ...given({ diastolic, comparator: quantity.comparator, by: measuredBy(of), preliminary: preliminary(of) }),
  }
  return { kind, unit, point, ...given({ range: usualRange(of.referenceRange) }) }
}

/** The value, and of blood pressure the two of its components. */
function valuesIn(kind: VitalKind, of: Observed): readonly (Component | undefined)[] {
  if (kind !== 'blood-pressure') return [of]
  const part = (code: string) => of.component?.find((one) => codesIn(one.code).includes(code))
  return [part(systolicCode), part(diastolicCode)]
}

const hasWords = (of: Observed) => of.valueString !== undefined || of.valueCodeableConcept !== undefined
const preliminary = ({ status }: Observed) => (status === 'preliminary' || undefined) as true | undefined

function measuredBy({ device, performer = [], meta }: Observed): MeasuredBy | undefined {
  const isTheirs =
    meta?.tag?.some(({ code }) => code === 'patient-supplied') === true ||
    performer.some(({ reference }) => /(?:^|\/)(?:Patient|RelatedPerson)\//.test(reference ?? ''))
  if (device === undefined) return isTheirs ? 'patient' : undefined
  return isTheirs ? 'own-device' : 'device'
}

/** The range for everybody, or the only one there is: what is for others is not for this patient. */
function usualRange(ranges: readonly Range[] = []): Range | undefined {
  const usual = ranges.filter(({ type }) => type === undefined || codesIn(type).includes('normal'))
  return usual.length === 1 ? usual[0] : undefined
}

function apart(of: Observed, why: VitalApart['why']): VitalApart {
  const parts = (of.component ?? []).flatMap((one) => {
    const said = valueWords(one) ?? absentWords(one)
    return said === undefined ? [] : [`${readableWords(one.code) ?? ''} ${said}`.trim()]
  })
  const says = valueWords(of) ?? (parts.length > 0 ? parts.slice(0, 10).join(', ') : absentWords(of))
  return { why, ...given({ name: readableWords(of.code), at: momentOf(of), says }) }
}

/** In the unit of the newest value: so a clinic that changed its units is read in those of today. */
function seriesOf(kind: VitalKind, drawn: readonly Drawn[]): readonly VitalSeries[] {
  const all = drawn.toSorted((one, other) => orderOf(one.point.at) - orderOf(other.point.at))
  const newest = all.at(-1)
  if (newest === undefined) return []
  const { unit } = newest
  const ranged = all.findLast(({ range }) => range !== undefined)?.range
  const points = all.map((one) => (one.unit.words === unit.words ? one.point : converted(one, unit)))
  return [{ kind, unit: unit.words, points, ...given({ range: ranged && boundsOf(kind, ranged, unit) }) }]
}

function converted({ point, unit: from }: Drawn, to: Unit): VitalPoint {
  const { value, diastolic } = point
  const as = `${value}${diastolic === undefined ? '' : `/${diastolic}`} ${from.words}`
  const lower = diastolic === undefined ? undefined : inUnit(diastolic, from, to)
  return { ...point, value: inUnit(value, from, to), as, ...given({ diastolic: lower }) }
}

function boundsOf(kind: VitalKind, { low, high }: Range, unit: Unit): VitalSeries['range'] {
  const bound = (of: Quantity | undefined) => {
    const own = of && (of.code === undefined && of.unit === undefined ? unit : unitOf(kind, of))
    return of?.value === undefined || own === undefined ? undefined : inUnit(of.value, own, unit)
  }
  const bounds = given({ low: bound(low), high: bound(high) })
  return bounds.low === undefined && bounds.high === undefined ? undefined : bounds
}
