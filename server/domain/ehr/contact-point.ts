// How somebody can be reached, from FHIR's ContactPoint (http://hl7.org/fhir/R4/datatypes.html#ContactPoint).
// Refuses what is theirs no more, or not yet. Values come as the EHR wrote them: one that is odd hides no other.
import { within } from '../instant.ts'
import { membersOf } from './members.ts'
import type { Today } from './names.ts'

/** Whoever has more is reached by one of the first. */
const mostPoints = 100

/** The values of one system that are in use today, first the one to try first: a rank goes before a use. `behind`: the order of uses; unknown ones stand at 2. */
export function reachedBy(
  telecom: unknown,
  system: 'phone' | 'email',
  behind: Readonly<Record<string, number>>,
  { now, timeZone }: Today,
): readonly string[] {
  const points: readonly unknown[] = Array.isArray(telecom) ? telecom.slice(0, mostPoints) : []
  const useOf = (use: string): number => (Object.hasOwn(behind, use) ? (behind[use] ?? 2) : 2)
  return points
    .map(pointOf)
    .filter((one) => one.system === system && one.use !== 'old' && within(one.period, now, timeZone))
    .toSorted((one, other) => one.rank - other.rank || useOf(one.use) - useOf(other.use))
    .map(({ value }) => value)
}

function pointOf(point: unknown) {
  const { system, value, use, rank, period } = membersOf(point)
  const { start, end } = membersOf(period)
  return {
    ...{ system, use: textOf(use), value: textOf(value) },
    rank: typeof rank === 'number' ? rank : Number.MAX_SAFE_INTEGER,
    period: {
      ...(start === undefined ? {} : { start: textOf(start) }),
      ...(end === undefined ? {} : { end: textOf(end) }),
    },
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
