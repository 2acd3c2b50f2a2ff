// How a series goes, as a rule: the average of its last values beside that of those before them. Says nothing of too few.
import type { VitalKind, VitalPoint } from '../../server/wire/wire.ts'

export type Trend =
  | { readonly is: 'few' }
  | { readonly is: 'steady'; readonly lately: number }
  | { readonly is: 'higher' | 'lower'; readonly lately: number; readonly before: number }

/** What is no change but chance, as a part of the value. */
const noise: Readonly<Record<VitalKind, number>> = {
  'blood-pressure': 0.04,
  pulse: 0.07,
  temperature: 0.01,
  oxygen: 0.02,
  weight: 0.02,
  glucose: 0.1,
  breaths: 0.12,
  height: 0.01,
  bmi: 0.02,
}

/** The last quarter of the values, and at least two, beside the first quarter; of blood pressure the systolic ones. */
export function trendOf(kind: VitalKind, points: readonly Pick<VitalPoint, 'value'>[]): Trend {
  if (points.length < 4) return { is: 'few' }
  const size = Math.max(2, Math.floor(points.length / 4))
  const [before, lately] = [mean(points.slice(0, size)), mean(points.slice(-size))]
  if (Math.abs(lately - before) <= Math.abs(before) * noise[kind]) return { is: 'steady', lately }
  return { is: lately > before ? 'higher' : 'lower', lately, before }
}

const mean = (points: readonly Pick<VitalPoint, 'value'>[]): number =>
  Number((points.reduce((sum, { value }) => sum + value, 0) / points.length).toPrecision(3))
