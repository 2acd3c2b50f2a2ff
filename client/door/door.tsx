// The door: who waits, since when, and one button each that lets them in. Who it is, is asked in the call.
import { useState } from 'preact/hooks'
import type { ClinicianView, DoorPerson, Me } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { RunningLate } from '../ui/late.tsx'
import { Inline } from '../ui/problem.tsx'
import type { Actions } from './actions.ts'
import { doorWords } from './clinician-words.ts'
import { Person } from './person.tsx'
import { CannotCome } from './stuck.tsx'
import { shutOut, TriedToCome } from './tried.tsx'

type DoorProps = { readonly view: ClinicianView; readonly me: Me; readonly actions: Actions }

const order: Readonly<Record<DoorPerson['state'], number>> = { waiting: 0, admitted: 1, declined: 2 }

export function Door({ view, me, actions }: DoorProps) {
  const people = view.door.toSorted((a, b) => order[a.state] - order[b.state] || a.knockedAt.localeCompare(b.knockedAt))
  return (
    <section aria-labelledby="door-title">
      <h2 id="door-title">{doorWords.title}</h2>
      <p class="door-count">{countWords(view)}</p>
      <ul class="people">
        {people.map((person) => (
          <Person key={person.doorId} person={person} view={view} me={me} actions={actions} />
        ))}
        {view.tried?.map((person) => (
          <TriedToCome key={person.doorId} person={person} view={view} me={me} actions={actions} />
        ))}
        {view.stuck?.map((person) => (
          <CannotCome key={`${person.as} ${person.name}`} person={person} view={view} me={me} />
        ))}
      </ul>
      {(view.status === 'planned' || view.status === 'arrived') && <RunningLate me={me} />}
      {(view.status === 'arrived' || view.status === 'in-progress') && <LockDoor {...{ view, me, actions }} />}
    </section>
  )
}

function LockDoor({ view, me, actions }: DoorProps) {
  const [problem, setProblem] = useState<Problem>()
  const on = view.locked === true
  return (
    <div class="door-lock">
      {problem !== undefined && <Inline problem={problem} me={me} />}
      <button type="button" class="plain" onClick={() => void actions.lock(!on).then(setProblem)}>
        {on ? doorWords.unlock : doorWords.lock}
      </button>
      {on && <p>{doorWords.locked}</p>}
    </div>
  )
}

function countWords(view: ClinicianView): string {
  const { door, stuck, tried, status, patientGone } = view
  if (status === 'finished') return doorWords.finished
  if (status === 'cancelled') return doorWords.cancelled
  const waiting = door.filter((p) => p.state === 'waiting').length
  if (waiting > 0) return doorWords.waiting(waiting)
  const shut = shutOut(view)
  if (shut > 0) return doorWords.triedToCome(shut)
  const nobody = door.length === 0 && stuck === undefined && tried === undefined && !patientGone
  return nobody ? doorWords.nobodyCame : doorWords.nobodyWaits
}
