// The door: who waits, since when, and one Admit button each. Nobody is let in without name and birth date being confirmed.
import { useState } from 'preact/hooks'
import type { ClinicianView, DoorPerson, Me } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { Inline } from '../ui/problem.tsx'
import { count } from '../ui/times.ts'
import type { Conduct } from './actions.ts'
import { Person } from './person.tsx'

type Shown = { readonly view: ClinicianView; readonly me: Me; readonly conduct: Conduct }

const order: Readonly<Record<DoorPerson['state'], number>> = { waiting: 0, admitted: 1, declined: 2 }

export function Door({ view, me, conduct }: Shown) {
  const people = view.door.toSorted((a, b) => order[a.state] - order[b.state] || a.knockedAt.localeCompare(b.knockedAt))
  return (
    <section aria-labelledby="door-title">
      <h2 id="door-title">Door</h2>
      <p class="door-count">{doorWords(view)}</p>
      <ul class="people">
        {people.map((person) => (
          <Person key={person.guest} person={person} view={view} me={me} conduct={conduct} />
        ))}
      </ul>
      {(view.status === 'arrived' || view.status === 'in-progress') && <LockDoor {...{ view, me, conduct }} />}
    </section>
  )
}

function LockDoor({ view, me, conduct }: Shown) {
  const [problem, setProblem] = useState<Problem>()
  const on = view.locked === true
  return (
    <div class="door-lock">
      {problem !== undefined && <Inline problem={problem} me={me} />}
      <button type="button" class="plain" onClick={() => void conduct.lock(!on).then(setProblem)}>
        {on ? 'Unlock the door' : 'Lock the door'}
      </button>
      {on && <p>Nobody new can come.</p>}
    </div>
  )
}

function doorWords({ door, status }: ClinicianView): string {
  if (status === 'finished') return 'The visit has ended.'
  if (status === 'cancelled') return 'This appointment was cancelled.'
  const waiting = door.filter((p) => p.state === 'waiting').length
  if (waiting > 0) return `${count(waiting, 'person is', 'people are')} waiting.`
  return door.length === 0 ? 'Nobody has come yet.' : 'Nobody is waiting.'
}
