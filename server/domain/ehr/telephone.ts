// The number under which somebody can be reached, from FHIR's ContactPoint (http://hl7.org/fhir/R4/datatypes.html#ContactPoint).
// Refuses what is no number, and one that is theirs no more, or not yet. It comes as the EHR wrote it: one that is odd hides no other.
import { within } from '../instant.ts'
import { membersOf } from './members.ts'
import type { Today } from './names.ts'

/** Which is rung first, where the record ranks none: the one that is carried along; at work somebody else may answer. */
const behind: Readonly<Record<string, number>> = { mobile: 0, home: 1, temp: 3, work: 4 }
/** Whoever has more is reached by one of the first. */
const mostPoints = 100
/** As people write one, extension and all: digits, with what stands between them. */
const number = /^[+(]?\d[\d ().\-/]{1,30}(?: ?(?:x|ext\.?|#) ?\d{1,6})?$/i

/** The number in use today; undefined where there is none. A rank goes before a use; only what is a telephone's is one. */
export function telephoneOf(telecom: unknown, { now, timeZone }: Today): string | undefined {
  const points: readonly unknown[] = Array.isArray(telecom) ? telecom.slice(0, mostPoints) : []
  const [first] = points
    .map(pointOf)
    .filter((one) => one.system === 'phone' && one.use !== 'old' && within(one.period, now, timeZone))
    .flatMap((one) => (one.value.length <= 40 && number.test(one.value) ? [one] : []))
    .toSorted((one, other) => one.rank - other.rank || useOf(one.use) - useOf(other.use))
  return first?.value
}

function pointOf(point: unknown) {
  const { system, value, use, rank, period } = membersOf(point)
  const { start, end } = membersOf(period)
  return {
    system,
    use: textOf(use),
    value: textOf(value).trim().replace(/^tel:/i, ''),
    rank: typeof rank === 'number' ? rank : Number.MAX_SAFE_INTEGER,
    period: {
      ...(start === undefined ? {} : { start: textOf(start) }),
      ...(end === undefined ? {} : { end: textOf(end) }),
    },
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const useOf = (use: string): number => (Object.hasOwn(behind, use) ? (behind[use] ?? 2) : 2)
