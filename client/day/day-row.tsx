// One appointment in the clinician's day: when, who, how it stands in words, and the way in.
import { useState } from 'preact/hooks'
import type { AppointmentItem, Me } from '../../server/wire/wire.ts'
import { born } from '../ui/born.ts'
import { interpreterNeeded } from '../ui/clinician-words.ts'
import { now } from '../ui/clock.ts'
import { clock, day } from '../ui/times.ts'
import { ways, row as words } from './day-words.ts'

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
        {words.hours(clock(item.start, timeZone), clock(item.end, timeZone), (end) => (
          <span class="quiet">{end}</span>
        ))}
      </p>
      <div class="row-who">
        <h2>{patient.name}</h2>
        <p class="quiet">
          {born(patient.birthDate, timeZone)}
          {item.reason !== undefined && ` · ${item.reason}`}
        </p>
        {patient.interpreter !== undefined && <p class="tag">{interpreterNeeded(patient.interpreter)}</p>}
      </div>
      <p class={waiting > 0 ? 'row-state strong' : 'row-state'}>{stateWords(item, timeZone)}</p>
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
  const way = ways[wayOf(item)]
  const urgent = (item.visit?.waiting ?? 0) > 0 || item.visit?.status === 'in-progress'
  return (
    <button
      type="button"
      class={urgent ? 'main' : ''}
      disabled={busy}
      aria-label={way.spoken(item.patient.name, clock(item.start, timeZone))}
      onClick={() => void open()}
    >
      {busy ? words.opening : way.shown}
    </button>
  )
}

const wayOf = ({ visit }: AppointmentItem) =>
  visit?.status === 'in-progress' ? 'back' : visit?.status === 'finished' ? 'note' : 'visit'

/** How far an appointment has come, in words; who waits comes first. */
export function stateWords({ state, opensAt, visit }: AppointmentItem, timeZone: string): string {
  if (visit !== undefined && visit.waiting > 0) return waitingWords(visit, timeZone)
  if (visit?.status === 'in-progress') return words.inProgress
  if (state === 'cancelled') return words.cancelled
  if (visit === undefined && state === 'finished') return words.done
  if (visit?.status === 'finished' || state === 'finished')
    return `${words.ended} ${words.notes[visit?.note ?? 'none']}`
  if (state === 'too-early') return words.opens(clock(opensAt, timeZone))
  if (visit !== undefined && visit.note !== 'none') return words.notes[visit.note]
  return state === 'over' ? words.over : words.nobody
}

const waitingWords = ({ waiting, waitingSince }: NonNullable<AppointmentItem['visit']>, timeZone: string): string =>
  waitingSince === undefined ? words.waiting(waiting) : words.waitingSince(waiting, clock(waitingSince, timeZone))
