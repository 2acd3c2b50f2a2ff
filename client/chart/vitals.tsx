// Vital signs: of each series the last value, its trend in words and its reference range, the drawing, and all values as a table underneath. What cannot be
// drawn stands below, with the reason.
import { useState } from 'preact/hooks'
import type { VitalApart, VitalSeries, VitalSigns } from '../../server/wire/wire.ts'
import { shownDate } from './dates.ts'
import { Drawing } from './drawing.tsx'
import { ChartLine, List } from './rows.tsx'
import { howOf, readOut, trendWords } from './value-words.ts'
import { partWords, vitalWords } from './words.ts'

type VitalsProps = { readonly vitals: VitalSigns; readonly timeZone: string }

export const Vitals = ({ vitals: { series, apart }, timeZone }: VitalsProps) => (
  <>
    {series.map((one) => (
      <Series key={one.kind} series={one} timeZone={timeZone} />
    ))}
    {apart.length > 0 && <Apart apart={apart} timeZone={timeZone} />}
  </>
)

type SeriesProps = { readonly series: VitalSeries; readonly timeZone: string }

function Series({ series, timeZone }: SeriesProps) {
  const { kind, unit, points, range } = series
  const last = points.at(-1)
  if (last === undefined) return null
  const how = howOf(last)
  return (
    <section class="series" aria-labelledby={`series-${kind}`}>
      <h4 id={`series-${kind}`}>{vitalWords.kinds[kind]}</h4>
      <p>
        <strong>
          {readOut(last)} {unit}
        </strong>{' '}
        <span class="quiet">{[shownDate(last.at, timeZone), how].filter(Boolean).join(', ')}</span>
      </p>
      {points.length > 1 && <Drawing series={series} timeZone={timeZone} />}
      {points.length > 1 && <p class="quiet">{trendWords(series)}</p>}
      {range !== undefined && <p class="quiet">{vitalWords.range(range.low, range.high, unit)}</p>}
      {points.length > 1 && <Table series={series} timeZone={timeZone} />}
    </section>
  )
}

/** Rows at once: a page of ten thousand rows is slow to everybody. */
const rowsAtOnce = 100

function Table({ series: { kind, unit, points }, timeZone }: SeriesProps) {
  const [open, setOpen] = useState(false)
  const [shown, setShown] = useState(rowsAtOnce)
  const newest = open ? points.slice(-shown).toReversed() : []
  const more = Math.min(points.length - shown, rowsAtOnce)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{vitalWords.table(points.length)}</summary>
      <table class="chart-table" aria-labelledby={`series-${kind}`}>
        <thead>
          <tr>
            <th scope="col">{vitalWords.when}</th>
            <th scope="col">{vitalWords.value(unit)}</th>
            <th scope="col">{vitalWords.how}</th>
          </tr>
        </thead>
        <tbody>
          {newest.map((point, n) => (
            <tr key={String(n)}>
              <td>{shownDate(point.at, timeZone)}</td>
              <td>{readOut(point)}</td>
              <td>{howOf(point)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {open && more > 0 && (
        <button type="button" class="plain" onClick={() => setShown(shown + more)}>
          {partWords.more(more)}
        </button>
      )}
    </details>
  )
}

const Apart = ({ apart, timeZone }: { readonly apart: readonly VitalApart[]; readonly timeZone: string }) => (
  <section class="series" aria-labelledby="series-apart">
    <h4 id="series-apart">{vitalWords.others}</h4>
    <List
      rows={apart}
      show={({ name, at, says, why }) => (
        <ChartLine name={name} more={[says, vitalWords.apart[why], shownDate(at, timeZone)]} />
      )}
    />
  </section>
)
