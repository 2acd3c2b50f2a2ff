// One person at the door: how they stand, and what can be done: admit (with who it is confirmed), refuse, send back.
import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ClinicianView, DoorPerson, Me } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { born } from '../ui/born.ts'
import { now } from '../ui/clock.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Inline } from '../ui/problem.tsx'
import { clock, spanShort } from '../ui/times.ts'
import type { Conduct } from './actions.ts'

type Shown = { readonly person: DoorPerson; readonly view: ClinicianView; readonly me: Me; readonly conduct: Conduct }
type Doing = 'nothing' | 'confirming' | 'refusing'

export function Person({ person, view, me, conduct }: Shown) {
  const [doing, setDoing] = useState<Doing>('nothing')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const name = useRef<HTMLHeadingElement>(null)
  const admitButton = useRef<HTMLButtonElement>(null)
  const run = async (act: Conduct['admit']) => {
    setBusy(true)
    setProblem(await act(person))
    setBusy(false)
    setDoing('nothing')
    // What was pressed is gone: who reads by keyboard goes on from the name.
    requestAnimationFrame(() => name.current?.focus())
  }
  const back = () => {
    // A closed dialog gives the focus back by itself; the inline question does not.
    if (doing === 'confirming') requestAnimationFrame(() => admitButton.current?.focus())
    setDoing('nothing')
  }
  return (
    <li class={`person ${person.state}`}>
      <h3 ref={name} tabIndex={-1}>
        {person.name}
      </h3>
      <Standing person={person} view={view} me={me} />
      {problem !== undefined && <Inline problem={problem} me={me} />}
      {doing === 'confirming' ? (
        <Confirm person={person} view={view} busy={busy} onYes={() => void run(conduct.admit)} onNo={back} />
      ) : (
        <Ways person={person} admitRef={admitButton} onDo={setDoing} onBack={() => void run(conduct.sendBack)} />
      )}
      {doing === 'refusing' && (
        <Refuse person={person} me={me} busy={busy} onYes={() => void run(conduct.decline)} onNo={back} />
      )}
    </li>
  )
}

type Choice = {
  person: DoorPerson
  admitRef: RefObject<HTMLButtonElement | null>
  onDo(doing: Doing): void
  /** From the room to the waiting room; done at once, since letting in again undoes it. */
  onBack(): void
}

function Ways({ person, admitRef, onDo, onBack }: Choice) {
  const { name, state } = person
  return (
    <div class="person-do">
      {state === 'waiting' && (
        <button
          type="button"
          class="main"
          ref={admitRef}
          aria-label={`Admit ${name}`}
          onClick={() => onDo('confirming')}
        >
          Admit
        </button>
      )}
      {state === 'admitted' && (
        <button type="button" class="plain" aria-label={`Send ${name} back to the waiting room`} onClick={onBack}>
          To waiting room
        </button>
      )}
      {state !== 'declined' && (
        <button type="button" class="plain" aria-label={`${away(person)} ${name}`} onClick={() => onDo('refusing')}>
          {away(person)}
        </button>
      )}
    </div>
  )
}

const away = ({ state }: DoorPerson): string => (state === 'waiting' ? 'Refuse' : 'Remove')

function Standing({ person, view, me }: Omit<Shown, 'conduct'>) {
  const { camera, microphone } = person.devices
  const since = Date.parse(person.knockedAt)
  return (
    <p class="standing">
      {person.as === 'representative' && <span>for {view.patient.name}</span>}
      {person.state === 'waiting' && (
        <span>
          Waiting {spanShort(since, now.value)}, since {clock(person.knockedAt, me.organisation.timeZone)}
        </span>
      )}
      {person.state === 'admitted' && <InCall person={person} me={me} />}
      {person.state === 'declined' && <span>Sent away</span>}
      {!person.here && person.state !== 'declined' && person.call === undefined && (
        <span class="tag">Not here now</span>
      )}
      {!camera && <span class="tag">No camera</span>}
      {!microphone && <span class="tag">No microphone</span>}
    </p>
  )
}

/** By their own page, not by the picture: a picture may stand still. */
function InCall({ person: { call }, me }: Pick<Shown, 'person' | 'me'>) {
  if (call?.at === 'gone') return <span class="tag">Gone since {clock(call.since, me.organisation.timeZone)}</span>
  return <span class="good">{call === undefined ? 'Let in' : call.at === 'in' ? 'In the call' : 'Coming in'}</span>
}

type Question = { person: DoorPerson; view: ClinicianView; busy: boolean; onYes(): void; onNo(): void }

/** Takes the focus as a whole: a key held a little too long on Admit confirms nothing. */
function Confirm({ person, view, busy, onYes, onNo }: Question) {
  const ref = useRef<HTMLFieldSetElement>(null)
  useEffect(() => ref.current?.focus(), [])
  const { patient } = view
  return (
    <fieldset
      class="confirm"
      ref={ref}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onNo()
      }}
    >
      <legend>Confirm who this is</legend>
      <p class="identity">
        <strong>{patient.name}</strong>
        <br />
        {born(patient.birthDate)}
      </p>
      {person.as === 'representative' && (
        <p>
          {person.name} is here for {patient.name}.
        </p>
      )}
      <button type="button" class="main" disabled={busy} onClick={onYes}>
        {busy ? 'Letting in…' : 'Confirm and let in'}
      </button>
      <button type="button" class="plain" onClick={onNo}>
        Not yet
      </button>
    </fieldset>
  )
}

function Refuse({ person, me, busy, onYes, onNo }: Omit<Question, 'view'> & { me: Me }) {
  const waiting = person.state === 'waiting'
  return (
    <Dialog title={waiting ? `Refuse ${person.name}?` : `Remove ${person.name}?`} onClose={onNo}>
      <p>
        {waiting ? 'They will not be let in.' : 'They leave the call.'} Their page asks them to call{' '}
        {me.organisation.phone}. They can knock again.
      </p>
      <div class="actions">
        <button type="button" class="main danger" disabled={busy} onClick={onYes}>
          {waiting ? 'Refuse' : 'Remove'}
        </button>
        <button type="button" onClick={onNo}>
          {waiting ? 'Keep waiting' : 'Keep in the call'}
        </button>
      </div>
    </Dialog>
  )
}
