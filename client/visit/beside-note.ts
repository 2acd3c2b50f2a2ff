// What stands beside the note, and how wide: the call at a size of one's choice, the note folded away, the chart in its place.
import { useState } from 'preact/hooks'
import type { ClinicianView } from '../../server/wire/wire.ts'
import type { Actions } from '../door/actions.ts'
import type { ChartColumn } from './chart-beside.tsx'
import type { Part } from './tabs.tsx'

type BesideNoteProps = {
  readonly narrow: boolean
  readonly part: Part
  readonly view: ClinicianView
  readonly actions: Actions
  readonly chart: ChartColumn
}

/**
 * Call and note beside each other at sizes of one's choice, the note folded away if wanted; on a small page the call in the note's corner.
 * Never moved, only laid out.
 */
export function useBesideNote({ narrow, part, view, actions, chart }: BesideNoteProps) {
  const [wide, setWide] = useState(false)
  const [away, setAway] = useState(false)
  const [unsafe, setUnsafe] = useState(false)
  const calling = actions.call !== 'none' && view.status === 'in-progress'
  // After the visit the note is all there is to do.
  const mayFold = !narrow && view.status !== 'finished'
  const folded = (away || chart.inPlaceOfNote) && mayFold
  const on = wide && calling && !folded
  const toggle = () => {
    setWide(!on)
    setAway(false)
  }
  const small = narrow ? undefined : { on, toggle }
  const fold = () => {
    setAway(!folded)
    if (folded && chart.inPlaceOfNote) chart.toggle()
  }
  const note = { mayFold, folded, fold, unsafe, setUnsafe }
  return {
    ...{ small, note, corner: narrow && calling && (part === 'note' || part === 'chart') },
    classes: { 'small-call': small?.on === true, 'note-folded': note.folded, charted: chart.open },
  }
}
