// The chart beside the video: a clinician of the visit looks at one part of it, or reads one of its notes. Each look is written down before
// anything is shown. Refuses a visit whose Appointment is another patient's by now, and one that is cancelled.
import { Refusal } from '../domain/errors.ts'
import type { Party } from '../house/caller.ts'
import { partOfChart } from '../house/chart.ts'
import { noteOfChart } from '../house/chart-note.ts'
import type { House } from '../house/house.ts'
import type { ChartNoteView, ChartView, LookAtChart, OpenChartNote } from '../wire/wire.ts'
import type { Tells } from './step.ts'

export async function lookAtChart(house: House, caller: Party, { part }: LookAtChart): Promise<Tells<ChartView>> {
  requireTheirs(caller)
  const { view, came } = await partOfChart(house, caller, part)
  const { patient } = caller.visit
  await house.happened(caller, 'chart-looked', { part, patient, found: came, ...asAudited(view.outcome) })
  return { body: view }
}

export async function openChartNote(
  house: House,
  caller: Party,
  { document }: OpenChartNote,
): Promise<Tells<ChartNoteView>> {
  requireTheirs(caller)
  const view = await noteOfChart(house, caller, document)
  const what = { part: 'notes', patient: caller.visit.patient, document: `DocumentReference/${document}` } as const
  await house.happened(caller, 'chart-note-opened', { ...what, ...asAudited(view.outcome) })
  return { body: view }
}

function requireTheirs({ visit }: Party): void {
  if (visit.patientGone) throw new Refusal('appointment-changed')
  if (visit.status === 'cancelled') throw new Refusal('appointment-cancelled')
}

const refused: ReadonlySet<string> = new Set(['off', 'not-granted', 'not-offered', 'refused', 'gone'])
const failed: ReadonlySet<string> = new Set(['failed', 'too-large', 'not-text'])

const asAudited = (code: string) => ({
  code,
  outcome: refused.has(code) ? ('refused' as const) : failed.has(code) ? ('failed' as const) : ('success' as const),
})
