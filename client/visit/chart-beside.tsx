// The chart as a part of the visit's page: a column beside the call, or a tab where there is no room for one. Shut until it is asked for, and then
// there is nothing of it: neither its code nor its content.
import { useState } from 'preact/hooks'
import type { Me } from '../../server/wire/wire.ts'
import { joinedHere } from '../call/call-now.ts'
import { LazyChart } from '../chart/lazy-chart.tsx'
import { useTight } from '../ui/narrow.ts'
import { chartBesideWords } from './clinician-words.ts'
import type { Part, panelOf } from './tabs.tsx'

export type ChartColumn = {
  /** The clinic shows it. */
  readonly offered: boolean
  readonly open: boolean
  /** It stands where the note would: beside the call there is room for one of them. */
  readonly inPlaceOfNote: boolean
  toggle(): void
}

export function useChartColumn({ organisation }: Me, narrow: boolean, part: Part): ChartColumn {
  const [opened, setOpened] = useState(false)
  const tight = useTight()
  const offered = organisation.chart === true
  const open = offered && (narrow ? part === 'chart' : opened)
  return { offered, open, inPlaceOfNote: open && tight, toggle: () => setOpened(!opened) }
}

/** In the banner, where it moves nothing that is pressed. */
export const ChartSwitch = ({ chart: { offered, open, toggle }, narrow }: { chart: ChartColumn; narrow: boolean }) =>
  offered && !narrow ? (
    <button type="button" class="plain" aria-expanded={open} aria-controls="part-chart" onClick={toggle}>
      {open ? chartBesideWords.hide : chartBesideWords.show}
    </button>
  ) : null

type ChartBesideProps = {
  readonly me: Me
  readonly path: string
  readonly chart: ChartColumn
  /** The call runs here, or is on its way. */
  readonly calling: boolean
  readonly panel: ReturnType<typeof panelOf>
}

/** Nothing is read before the call has come up: the picture of the person comes first. */
export function ChartBeside({ me, path, chart, calling, panel }: ChartBesideProps) {
  if (!chart.open) return null
  return (
    <div class="part chart" {...panel}>
      <LazyChart me={me} path={path} callComes={calling && !joinedHere.value} />
    </div>
  )
}
