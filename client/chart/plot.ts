// Where a series of values lies in a drawing: scales, ticks, and which values are drawn where there are more than the drawing has columns.
// Refuses to hide an outlier: of each column its lowest and its highest value are drawn.
import type { VitalPoint } from '../../server/wire/wire.ts'

/** Of the drawing's own units, which the page stretches to its width. */
export const frame = { width: 320, height: 120, left: 34, right: 8, top: 8, bottom: 18 } as const

export type Placed = { readonly x: number; readonly y: number; readonly low?: number; readonly n: number }
export type Scales = {
  readonly placed: readonly Placed[]
  readonly yOf: (value: number) => number
  readonly ticks: readonly number[]
}

/** `points` oldest first; `bounds` is the reference range, which is in sight where it is near the values. */
export function scalesOf(points: readonly VitalPoint[], bounds: { low?: number; high?: number } = {}): Scales {
  const values = extremesOf(points)
  const near = [bounds.low, bounds.high].flatMap((one) => (one !== undefined && isNear(one, values) ? [one] : []))
  const [low, high] = roomAround(Math.min(values.low, ...near), Math.max(values.high, ...near))
  const times = points.map(({ at }) => Date.parse(at))
  const [from = 0, until = from] = [times[0], times.at(-1)]
  const xOf = (ms: number) =>
    until === from
      ? (frame.left + frame.width - frame.right) / 2
      : frame.left + ((ms - from) / (until - from)) * plotWidth
  const yOf = (value: number) => frame.top + ((high - value) / (high - low)) * plotHeight
  const placed = points.map(({ value, diastolic }, n) => ({
    x: xOf(times[n] ?? from),
    y: yOf(value),
    n,
    ...(diastolic === undefined ? {} : { low: yOf(diastolic) }),
  }))
  return { placed, yOf, ticks: ticksIn(low, high) }
}

const plotWidth = frame.width - frame.left - frame.right
const plotHeight = frame.height - frame.top - frame.bottom

function extremesOf(points: readonly VitalPoint[]) {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { value, diastolic = value } of points) {
    low = Math.min(low, value, diastolic)
    high = Math.max(high, value, diastolic)
  }
  return { low, high }
}

const isNear = (value: number, { low, high }: { low: number; high: number }): boolean => {
  const span = Math.max(high - low, Math.abs(high) * 0.1)
  return value > low - span && value < high + span
}

function roomAround(low: number, high: number): readonly [number, number] {
  const room = Math.max((high - low) * 0.08, Math.abs(high) * 0.005, 0.1)
  return [low - room, high + room]
}

/** Two to five round numbers between them. */
function ticksIn(low: number, high: number): readonly number[] {
  const rough = (high - low) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((of) => of * power).find((of) => of >= rough) ?? rough
  const first = Math.ceil(low / step) * step
  const count = Math.floor((high - first) / step) + 1
  return Array.from({ length: Math.min(Math.max(count, 0), 6) }, (_, n) => Number((first + n * step).toPrecision(6)))
}

/**
 * What is drawn: all of them, or of each column of the drawing the first, the lowest, the highest and the last. The line then looks as it would with all of
 * them, and costs no more than the drawing is wide.
 */
export function thinned(placed: readonly Placed[]): readonly Placed[] {
  if (placed.length <= frame.width) return placed
  const columns = new Map<number, Placed[]>()
  for (const one of placed) {
    const column = Math.round(one.x)
    const kept = columns.get(column)
    if (kept === undefined) columns.set(column, [one])
    else kept.push(one)
  }
  return [...columns.values()].flatMap(extremesIn)
}

function extremesIn(column: readonly Placed[]): readonly Placed[] {
  const by = (better: (one: Placed, than: Placed) => boolean) =>
    column.reduce((best, one) => (better(one, best) ? one : best))
  const chosen = new Set([
    ...column.slice(0, 1),
    by((one, than) => one.y < than.y),
    by((one, than) => (one.low ?? one.y) > (than.low ?? than.y)),
    ...column.slice(-1),
  ])
  return [...chosen].toSorted((one, other) => one.n - other.n)
}

/** The value nearest to a column, by its number; -1 where there is none. They stand in order of `x`. */
export function nearestTo(placed: readonly Placed[], x: number): number {
  let [low, high] = [0, placed.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((placed[middle]?.x ?? 0) < x) low = middle + 1
    else high = middle
  }
  const before = placed[low - 1]
  const at = placed[low]
  if (at === undefined) return -1
  return before !== undefined && x - before.x < at.x - x ? low - 1 : low
}
