// The door: who waits, since when, and one button each that lets them in. Who it is, is asked in the call.
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { ClinicianView, DoorPerson, Me } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { now } from '../ui/clock.ts'
import { RunningLate } from '../ui/late.tsx'
import { Inline } from '../ui/problem.tsx'
import { spanShort } from '../ui/times.ts'
import type { Actions } from './actions.ts'
import { doorWords } from './clinician-words.ts'
import { TookBack } from './consented.tsx'
import { Invited } from './invited.tsx'
import { Person } from './person.tsx'
import { Reopen } from './reopen.tsx'
import { isOfPatient } from './speaks-for.ts'
import { CannotCome, toBeRung } from './stuck.tsx'
import { shutOut, TriedToCome } from './tried.tsx'
import { waitsNow } from './waits.ts'

type DoorProps = { readonly view: ClinicianView; readonly me: Me; readonly actions: Actions }
/** The button that asks what became of a visit that nobody began; absent where that is not to be asked. */
type AskUnbegun = { readonly ask: ((words?: string) => VNode) | undefined }

const order: Readonly<Record<DoorPerson['state'], number>> = { waiting: 0, admitted: 1, declined: 2 }

/** An interpreter stands right below whom they speak for, and before other guests. */
const besides = ({ as }: DoorPerson): number => (isOfPatient(as) ? 0 : as === 'interpreter' ? 1 : 2)

export function Door({ view, me, actions, ask }: DoorProps & AskUnbegun) {
  const people = view.door.toSorted(
    (a, b) => order[a.state] - order[b.state] || besides(a) - besides(b) || a.knockedAt.localeCompare(b.knockedAt),
  )
  return (
    <section aria-labelledby="door-title">
      <h2 id="door-title">{doorWords.title}</h2>
      <p class="door-count">{countWords(view)}</p>
      {ask !== undefined && <div class="unbegun">{ask()}</div>}
      <ul class="people">
        {view.withdrew?.map((person) => (
          <TookBack key={`${person.as} ${person.at}`} person={person} view={view} me={me} />
        ))}
        {people.map((person) => (
          <Person key={person.doorId} person={person} view={view} me={me} actions={actions} />
        ))}
        {view.tried?.map((person) => (
          <TriedToCome key={person.doorId} person={person} view={view} me={me} actions={actions} />
        ))}
        {view.stuck?.map((person) => (
          <CannotCome key={`${person.as} ${person.name}`} {...{ person, view, me, ask }} />
        ))}
      </ul>
      <Reopen {...{ view, me, actions }} />
      {(view.status === 'planned' || view.status === 'arrived') && <RunningLate me={me} />}
      {(view.status === 'arrived' || view.status === 'in-progress') && <LockDoor {...{ view, me, actions }} />}
      {view.status !== 'finished' && view.status !== 'cancelled' && <Invited {...{ view, me, actions }} />}
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

/** Who is at the door, in a sentence. */
export function countWords(view: ClinicianView): string {
  const { door, stuck, tried, status, start, patientGone, arrivedAt, checking } = view
  if (status === 'finished') return doorWords.finished
  if (status === 'cancelled') return doorWords.cancelled
  const waiting = door.filter(waitsNow).length
  if (waiting > 0) return doorWords.waiting(waiting)
  const shut = shutOut(view)
  if (shut > 0) return doorWords.triedToCome(shut)
  const nobody =
    arrivedAt === undefined && door.length === 0 && stuck === undefined && tried === undefined && !patientGone
  if (!nobody) return toBeRung(view).length > 0 ? doorWords.byTelephone : doorWords.nobodyWaits
  // Who has the page open may be at the check of the camera: nobody knows that they do not come.
  if (checking) return doorWords.checking
  const begins = Date.parse(start)
  return now.value - begins < 60_000 ? doorWords.nobodyCame : doorWords.nobodyCameSince(spanShort(begins, now.value))
}
