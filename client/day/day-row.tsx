// One appointment in the clinician's day: when, who, how it stands in words, and the way in.
import { useState } from 'preact/hooks'
import type { AppointmentItem, Me } from '../../server/wire/wire.ts'
import { now } from '../ui/clock.ts'
import { age, birthDate, clock, count, day } from '../ui/times.ts'

export function DayRow({ me, item, onOpen }: { me: Me; item: AppointmentItem; onOpen(): Promise<void> }) {
  const { timeZone } = me.organisation
  const { patient, visit } = item
  const waiting = visit?.waiting ?? 0
  // A visit of another day stands here until its note is in the chart.
  const earlier = day(item.start, timeZone) !== day(now.value, timeZone)
  return (
    <li class={waiting > 0 ? 'row waiting' : item.state === 'cancelled' ? 'row off' : 'row'}>
      <p class="row-time">
        {earlier && <span class="row-day">{day(item.start, timeZone)} </span>}
        {clock(item.start, timeZone)}
        <span class="quiet"> to {clock(item.end, timeZone)}</span>
      </p>
      <div class="row-who">
        <h2>{patient.name}</h2>
        <p class="quiet">
          {patient.birthDate !== undefined && `${birthDate(patient.birthDate)} (${age(patient.birthDate, now.value)})`}
          {item.reason !== undefined && ` · ${item.reason}`}
        </p>
        {patient.interpreter !== undefined && <p class="tag">Interpreter needed: {patient.interpreter}</p>}
      </div>
      <p class={waiting > 0 ? 'row-state strong' : 'row-state'}>{standing(item, timeZone)}</p>
      {(item.state === 'open' || (visit !== undefined && item.state !== 'cancelled')) && (
        <WayIn item={item} timeZone={timeZone} onOpen={onOpen} />
      )}
    </li>
  )
}

function WayIn({ item, timeZone, onOpen }: { item: AppointmentItem; timeZone: string; onOpen(): Promise<void> }) {
  const [busy, setBusy] = useState(false)
  const open = async () => {
    setBusy(true)
    await onOpen()
    setBusy(false)
  }
  const urgent = (item.visit?.waiting ?? 0) > 0 || item.visit?.status === 'in-progress'
  return (
    <button
      type="button"
      class={urgent ? 'main' : ''}
      disabled={busy}
      aria-label={`${way(item)} with ${item.patient.name}, ${clock(item.start, timeZone)}`}
      onClick={() => void open()}
    >
      {busy ? 'Opening…' : way(item)}
    </button>
  )
}

const way = ({ visit }: AppointmentItem): string =>
  visit?.status === 'in-progress' ? 'Back to visit' : visit?.status === 'finished' ? 'Open note' : 'Open visit'

/** How an appointment stands, in words. */
export function standing({ state, opensAt, visit }: AppointmentItem, timeZone: string): string {
  if (visit !== undefined && visit.waiting > 0) return waitingWords(visit, timeZone)
  if (visit?.status === 'in-progress') return 'In progress'
  if (state === 'cancelled') return 'Cancelled'
  if (visit === undefined && state === 'finished') return 'Done, as the chart says'
  if (visit?.status === 'finished' || state === 'finished') return `Ended. ${noteWords(visit?.note ?? 'none')}`
  if (state === 'too-early') return `Opens ${clock(opensAt, timeZone)}`
  if (visit !== undefined && visit.note !== 'none') return noteWords(visit.note)
  return state === 'over' ? 'Time has passed' : 'Nobody there yet'
}

const waitingWords = ({ waiting, waitingSince }: NonNullable<AppointmentItem['visit']>, timeZone: string): string =>
  `${count(waiting, 'person', 'people')} waiting${waitingSince === undefined ? '' : `, since ${clock(waitingSince, timeZone)}`}`

type Noted = NonNullable<AppointmentItem['visit']>['note']
const words: Readonly<Record<Noted, string>> = {
  none: 'No note written.',
  preliminary: 'Note not signed.',
  final: 'Note signed, not in the chart.',
  pending: 'Note on its way to the chart.',
  filed: 'Note in the chart.',
  unknown: 'Look for the note in the chart.',
  'not-filed': 'Note not in the chart.',
  'entered-in-error': 'Note marked as entered in error.',
}
const noteWords = (note: Noted): string => words[note]
