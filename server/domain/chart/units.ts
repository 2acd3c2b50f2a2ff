// The units that vital signs are measured in, by their UCUM codes (https://ucum.org/ucum), and how one becomes another.
// Refuses a unit that it does not know: no value is drawn on an axis of another unit.
import type { Quantity } from './fhir-parts.ts'

export const vitalKinds = [
  'blood-pressure',
  'pulse',
  'temperature',
  'oxygen',
  'weight',
  'glucose',
  'breaths',
  'height',
  'bmi',
] as const
export type VitalKind = (typeof vitalKinds)[number]

/** `factor` and `offset` lead to the first unit of its kind: first = value × factor + offset. `digits` are those behind the point. */
export type Unit = {
  readonly codes: readonly string[]
  readonly words: string
  readonly factor: number
  readonly offset?: number
  readonly digits: number
}

const mmHg: Unit = { codes: ['mm[Hg]'], words: 'mmHg', factor: 1, digits: 0 }
const perMinute = (...codes: readonly string[]): Unit => ({
  codes: ['/min', '1/min', ...codes],
  words: '/min',
  factor: 1,
  digits: 0,
})

const units: Readonly<Record<VitalKind, readonly Unit[]>> = {
  'blood-pressure': [mmHg, { codes: ['kPa'], words: 'kPa', factor: 7.500_62, digits: 1 }],
  pulse: [perMinute('{beats}/min', '{Beats}/min', '{beat}/min', 'bpm')],
  breaths: [perMinute('{breaths}/min', '{Breaths}/min', '{breath}/min')],
  temperature: [
    { codes: ['Cel'], words: '°C', factor: 1, digits: 1 },
    { codes: ['[degF]'], words: '°F', factor: 5 / 9, offset: -160 / 9, digits: 1 },
    { codes: ['K'], words: 'K', factor: 1, offset: -273.15, digits: 1 },
  ],
  oxygen: [{ codes: ['%'], words: '%', factor: 1, digits: 0 }],
  weight: [
    { codes: ['kg'], words: 'kg', factor: 1, digits: 1 },
    { codes: ['g'], words: 'g', factor: 0.001, digits: 0 },
    { codes: ['[lb_av]'], words: 'lb', factor: 0.453_592_37, digits: 1 },
    { codes: ['[oz_av]'], words: 'oz', factor: 0.028_349_523_125, digits: 1 },
  ],
  height: [
    { codes: ['cm'], words: 'cm', factor: 1, digits: 1 },
    { codes: ['m'], words: 'm', factor: 100, digits: 2 },
    { codes: ['[in_i]'], words: 'in', factor: 2.54, digits: 1 },
    { codes: ['[ft_i]'], words: 'ft', factor: 30.48, digits: 2 },
  ],
  // Glucose alone: a millimole of it weighs 180.156 mg.
  glucose: [
    { codes: ['mg/dL'], words: 'mg/dL', factor: 1, digits: 0 },
    { codes: ['mmol/L'], words: 'mmol/L', factor: 18.0156, digits: 1 },
  ],
  bmi: [{ codes: ['kg/m2'], words: 'kg/m²', factor: 1, digits: 1 }],
}

/** What some write where they give no code of UCUM's. Nothing here means two things. */
const written: Readonly<Record<string, string>> = {
  mmhg: 'mm[Hg]',
  lb: '[lb_av]',
  lbs: '[lb_av]',
  '°c': 'Cel',
  '°f': '[degF]',
  'beats/min': '/min',
  'breaths/min': '/min',
  'mg/dl': 'mg/dL',
  'mmol/l': 'mmol/L',
  'kg/m²': 'kg/m2',
  in: '[in_i]',
}

/** The unit of a value of this kind; undefined for one that is not known, or of another kind. */
export function unitOf(kind: VitalKind, { code, unit }: Quantity): Unit | undefined {
  const said = code ?? unit?.trim() ?? ''
  const ucum = code === undefined ? (written[said.toLowerCase()] ?? said) : said
  return units[kind].find(({ codes }) => codes.includes(ucum))
}

/** A value in `to`, which is of the same kind, rounded as that is written; as it is where nothing changes. */
export function inUnit(value: number, from: Unit, to: Unit): number {
  if (from.words === to.words) return value
  const first = value * from.factor + (from.offset ?? 0)
  return Number(((first - (to.offset ?? 0)) / to.factor).toFixed(to.digits))
}
