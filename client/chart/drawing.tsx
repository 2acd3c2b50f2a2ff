// One series drawn: a line with its values as marks, blood pressure as a band, the reference range behind it. Single values are read by pointing, by
// touch, or by the arrow keys. What is drawn is decoration for ears: they have the words above it and the table below.
import { useMemo, useState } from 'preact/hooks'
import type { VitalSeries } from '../../server/wire/wire.ts'
import { shownDate } from './dates.ts'
import { frame, nearestTo, type Placed, scalesOf, thinned } from './plot.ts'
import { howOf, readOut } from './value-words.ts'
import { vitalWords } from './words.ts'

/** Marks are drawn where they can be told from each other. */
const mostMarks = 60

type DrawingProps = { readonly series: VitalSeries; readonly timeZone: string }

export function Drawing({ series, timeZone }: DrawingProps) {
  const { kind, points } = series
  const { scales, still } = useStill(series)
  const [picked, setPicked] = useState<number>()
  const chosen = Math.min(picked ?? points.length - 1, points.length - 1)
  const choose = (n: number) => setPicked(Math.min(Math.max(n, 0), points.length - 1))
  const pointed = (event: PointerEvent) => choose(nearestTo(scales.placed, columnOf(event)))
  const read = readAt(series, chosen, timeZone)
  return (
    <div class="drawing">
      <div
        role="slider"
        tabIndex={0}
        aria-label={vitalWords.oneByOne(vitalWords.kinds[kind])}
        aria-valuemin={1}
        aria-valuemax={points.length}
        aria-valuenow={chosen + 1}
        aria-valuetext={read}
        onKeyDown={(event) => {
          const next = stepBy(event.key, chosen, points.length)
          if (next === undefined) return
          event.preventDefault()
          choose(next)
        }}
        onPointerMove={pointed}
        onPointerDown={pointed}
      >
        <svg viewBox={`0 0 ${frame.width} ${frame.height}`} aria-hidden="true">
          {still}
          <Chosen at={picked === undefined ? undefined : scales.placed[chosen]} />
          <Dates points={points} timeZone={timeZone} />
        </svg>
      </div>
      <p class="drawing-read">{picked === undefined ? vitalWords.hint : read}</p>
    </div>
  )
}

/** The same at every value that is pointed at: what is the same object is not drawn again. */
function useStill(series: VitalSeries) {
  return useMemo(() => {
    const scales = scalesOf(series.points, series.range)
    const still = (
      <>
        <Ground range={series.range} scales={scales} />
        <Values drawn={thinned(scales.placed)} of={series} />
      </>
    )
    return { scales, still }
  }, [series])
}

function readAt({ unit, points }: VitalSeries, n: number, timeZone: string): string {
  const point = points[n]
  if (point === undefined) return ''
  return [`${readOut(point)} ${unit}`, shownDate(point.at, timeZone), howOf(point)].filter(Boolean).join(', ')
}

function Chosen({ at }: { readonly at: Placed | undefined }) {
  if (at === undefined) return null
  return (
    <>
      <line class="drawing-at" x1={at.x} x2={at.x} y1={frame.top} y2={frame.height - frame.bottom} />
      <circle class="drawing-chosen" cx={at.x} cy={at.y} r={4.5} />
      {at.low !== undefined && <circle class="drawing-chosen" cx={at.x} cy={at.low} r={4.5} />}
    </>
  )
}

/** In the drawing's own units. */
function columnOf(event: PointerEvent): number {
  const { currentTarget } = event
  if (!(currentTarget instanceof Element)) return 0
  const { left, width } = currentTarget.getBoundingClientRect()
  return width === 0 ? 0 : ((event.clientX - left) / width) * frame.width
}

/** The value a key leads to; undefined for keys that lead nowhere. Right is later, also where pages run from right to left: time does not. */
export function stepBy(key: string, from: number, count: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: from + 1,
    ArrowUp: from + 1,
    ArrowLeft: from - 1,
    ArrowDown: from - 1,
    PageUp: from + Math.max(1, Math.round(count / 10)),
    PageDown: from - Math.max(1, Math.round(count / 10)),
    Home: 0,
    End: count - 1,
  }
  return steps[key]
}

type GroundProps = { readonly range: VitalSeries['range']; readonly scales: ReturnType<typeof scalesOf> }

function Ground({ range, scales: { yOf, ticks } }: GroundProps) {
  const within = (y: number) => Math.min(Math.max(y, frame.top), frame.height - frame.bottom)
  const [top, bottom] = [
    within(range?.high === undefined ? frame.top : yOf(range.high)),
    within(range?.low === undefined ? frame.height - frame.bottom : yOf(range.low)),
  ]
  return (
    <>
      {range !== undefined && bottom > top && (
        <rect
          class="drawing-range"
          x={frame.left}
          y={top}
          width={frame.width - frame.left - frame.right}
          height={bottom - top}
        />
      )}
      {ticks.map((tick) => (
        <g key={tick}>
          <line class="drawing-grid" x1={frame.left} x2={frame.width - frame.right} y1={yOf(tick)} y2={yOf(tick)} />
          <text class="drawing-tick" x={frame.left - 4} y={yOf(tick) + 3} text-anchor="end">
            {tick}
          </text>
        </g>
      ))}
    </>
  )
}

function Values({ drawn, of }: { readonly drawn: readonly Placed[]; readonly of: VitalSeries }) {
  const at = (x: number, y: number) => `${x.toFixed(1)},${y.toFixed(1)}`
  const upper = drawn.map(({ x, y }) => at(x, y))
  const both = drawn.filter((one) => one.low !== undefined)
  const lower = both.map(({ x, low = 0 }) => at(x, low))
  const band = [...both.map(({ x, y }) => at(x, y)), ...lower.toReversed()]
  return (
    <>
      {both.length > 1 && <polygon class="drawing-band" points={band.join(' ')} />}
      <polyline class="drawing-line" points={upper.join(' ')} />
      {both.length > 0 && <polyline class="drawing-line" points={lower.join(' ')} />}
      {drawn.length <= mostMarks && drawn.map((one) => <Mark key={one.n} placed={one} by={of.points[one.n]?.by} />)}
    </>
  )
}

/** Round for what was measured at the clinic, square for what a device or the patient did: told by shape, and by words below. */
function Mark({ placed: { x, y, low }, by }: { readonly placed: Placed; readonly by: string | undefined }) {
  const heights = low === undefined ? [y] : [y, low]
  return (
    <>
      {heights.map((height) =>
        by === undefined ? (
          <circle key={height} class="drawing-mark" cx={x} cy={height} r={2.4} />
        ) : (
          <rect key={height} class="drawing-mark told" x={x - 2.4} y={height - 2.4} width={4.8} height={4.8} />
        ),
      )}
    </>
  )
}

function Dates({ points, timeZone }: { readonly points: VitalSeries['points']; readonly timeZone: string }) {
  const [first, last] = [points[0], points.at(-1)]
  const short = (at: string) => shownDate(at.slice(0, 10), timeZone)
  if (first === undefined || last === undefined) return null
  return (
    <>
      {points.length > 1 && (
        <text class="drawing-tick" x={frame.left} y={frame.height - 4}>
          {short(first.at)}
        </text>
      )}
      <text class="drawing-tick" x={frame.width - frame.right} y={frame.height - 4} text-anchor="end">
        {short(last.at)}
      </text>
    </>
  )
}
