// A value of a series, read out.
import type { VitalPoint, VitalSeries } from '../../server/wire/wire.ts'
import { trendOf } from './trend.ts'
import { vitalWords } from './words.ts'

/** `128/82`, `< 20`. */
export const readOut = ({ value, diastolic, comparator }: VitalPoint): string =>
  `${comparator === undefined ? '' : `${comparator} `}${value}${diastolic === undefined ? '' : `/${diastolic}`}`

/** How it came to be there, where there is more to say than its value. */
export const howOf = ({ by, as, preliminary }: VitalPoint): string =>
  [by && vitalWords.by[by], as && vitalWords.as(as), preliminary && vitalWords.preliminary].filter(Boolean).join(', ')

export function trendWords({ kind, points }: Pick<VitalSeries, 'kind' | 'points'>): string {
  const trend = trendOf(kind, points)
  if (trend.is === 'few') return vitalWords.few
  const lately = String(trend.lately)
  return trend.is === 'steady' ? vitalWords.steady(lately) : vitalWords[trend.is](lately, String(trend.before))
}
