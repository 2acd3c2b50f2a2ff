// The chart beside the video: its parts, each of which is read by itself and held while this is on the screen. What is put away is forgotten.
import { useEffect, useState } from 'preact/hooks'
import type { Me } from '../../server/wire/wire.ts'
import { now } from '../ui/clock.ts'
import { medicinesForNote, problemsForNote, vitalsForNote } from './into-note.ts'
import { IntoNote } from './note-buttons.tsx'
import { ChartNotes } from './notes.tsx'
import { PartOfChart, type PartProps } from './part.tsx'
import { Allergies, Medicines, Problems, Results, Visits } from './rows.tsx'
import { Vitals } from './vitals.tsx'
import { chartPanelWords } from './words.ts'

export type ChartProps = {
  readonly me: Me
  /** The visit's. */
  readonly path: string
  /** A call is on its way in and has no picture yet: that comes first. */
  readonly callComes: boolean
}

/** A call that never comes keeps nobody from the chart, in milliseconds. */
const longestMs = 8_000

export function Chart({ me, path, callComes }: ChartProps) {
  const due = useDue(callComes)
  const of = { me, path, due }
  return (
    <section class="chart-panel" aria-labelledby="chart-title">
      <h2 id="chart-title">{chartPanelWords.title}</h2>
      {!due && <p role="status">{chartPanelWords.waitsForCall}</p>}
      <IntoNoteParts {...of} />
      <OtherParts {...of} />
    </section>
  )
}

/** What is looked at first, and what of it can go into the note. */
function IntoNoteParts(of: PartProps) {
  const { timeZone } = of.me.organisation
  return (
    <>
      <PartOfChart
        {...of}
        part="allergies"
        show={({ found }) => <Allergies rows={found.allergies ?? []} timeZone={timeZone} />}
      />
      <PartOfChart
        {...of}
        part="problems"
        show={(view) => (
          <>
            <Problems rows={view.found.problems ?? []} timeZone={timeZone} />
            <IntoNote what="problems" make={() => problemsForNote(view, timeZone)} />
          </>
        )}
      />
      <PartOfChart
        {...of}
        part="medicines"
        show={(view) => (
          <>
            <Medicines rows={view.found.medicines ?? []} timeZone={timeZone} />
            <IntoNote what="medicines" make={() => medicinesForNote(view, timeZone)} />
          </>
        )}
      />
    </>
  )
}

function OtherParts(of: PartProps) {
  const { me, path } = of
  const { timeZone } = me.organisation
  return (
    <>
      <PartOfChart
        {...of}
        part="vitals"
        show={(view) => (
          <>
            {view.found.vitals && <Vitals vitals={view.found.vitals} timeZone={timeZone} />}
            <IntoNote what="vitals" make={() => vitalsForNote(view, now.peek(), timeZone)} />
          </>
        )}
      />
      <PartOfChart
        {...of}
        part="results"
        show={({ found }) => <Results rows={found.results ?? []} timeZone={timeZone} />}
      />
      <PartOfChart
        {...of}
        part="notes"
        show={({ found }) => <ChartNotes me={me} path={path} rows={found.notes ?? []} />}
      />
      <PartOfChart
        {...of}
        part="visits"
        show={({ found }) => <Visits rows={found.visits ?? []} timeZone={timeZone} />}
      />
    </>
  )
}

/** Once it is due it stays so: a call that comes back does not take the chart away. */
function useDue(callComes: boolean): boolean {
  const [due, setDue] = useState(!callComes)
  useEffect(() => {
    if (due) return
    if (!callComes) return setDue(true)
    const timer = setTimeout(() => setDue(true), longestMs)
    return () => clearTimeout(timer)
  }, [callComes, due])
  return due
}
