// The clinician's other patients while she is at one: the strip, her day as a sheet, and who of them has just come.
import { useState } from 'preact/hooks'
import type { ClinicianView, Me, WhoWaits } from '../../server/wire/wire.ts'
import type { Watched } from '../base/live.ts'
import { go, homePath } from '../base/route.ts'
import { DaySheet } from '../day/day-sheet.tsx'
import { OthersStrip } from '../day/others-strip.tsx'
import { type Others, othersThan } from '../day/who-waits.ts'

/** Undefined while it is not known: nothing is claimed then. */
export function othersIn({ id }: ClinicianView, { seen }: Watched<WhoWaits>): Others | undefined {
  const { value } = seen
  return value.at === 'shown' && value.trouble === undefined ? othersThan(id, value.value) : undefined
}

type OthersBarProps = {
  readonly me: Me
  readonly view: ClinicianView
  readonly others: Others | undefined
  readonly inCall: boolean
}

/** The way to the day: over a call it leaves nothing. */
export function useDaySheet({ me, view, others, inCall }: OthersBarProps) {
  const [open, setOpen] = useState(false)
  const strip = <OthersStrip others={others} onPress={() => setOpen(true)} />
  const sheet = open && (
    <DaySheet me={me} here={view.id} leaving={inCall ? view.patient.name : undefined} onClose={() => setOpen(false)} />
  )
  return { strip, sheet, onDay: () => (inCall ? setOpen(true) : go(homePath(me.launch))) }
}
