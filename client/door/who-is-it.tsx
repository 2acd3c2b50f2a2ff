// The question who somebody in the call is, above the picture until it is answered: what to ask aloud, and what the chart says to that.
// Refuses to send anybody out at one press, and to take a press that began on one person for another.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ClinicianView, DoorPerson, Me } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { announce } from '../ui/announce.ts'
import { born } from '../ui/born.ts'
import { now } from '../ui/clock.ts'
import { Dialog } from '../ui/dialog.tsx'
import { usePress } from '../ui/press.ts'
import { Inline } from '../ui/problem.tsx'
import { Steady } from '../ui/steady.tsx'
import { mayBeMinor } from '../ui/times.ts'
import type { Actions } from './actions.ts'
import { denyWords, identityWords } from './identity-words.ts'

type WhoIsItProps = { readonly me: Me; readonly view: ClinicianView; readonly identify: Actions['identify'] }

/** Who of the patient's side has been in the call and is not confirmed: whoever was let in first. A page on its way in can be asked nothing yet. */
export const toBeAsked = ({ door }: Pick<ClinicianView, 'door'>): DoorPerson | undefined =>
  door
    .filter(({ state, identity, call, invited }) => state === 'admitted' && !invited && !identity && isHeard(call))
    .toSorted((a, b) => (a.admittedAt ?? '').localeCompare(b.admittedAt ?? ''))
    .at(0)

const isHeard = (call: DoorPerson['call']) => call?.at === 'in' || call?.at === 'gone'

export function WhoIsIt(props: WhoIsItProps) {
  const person = toBeAsked(props.view)
  const place = useRef<HTMLDivElement>(null)
  const key = person && `${person.doorId} ${person.admittedAt}`
  const before = useRef(key)
  useEffect(() => {
    // Who answered by keyboard goes on from here: what was pressed is gone.
    if (before.current !== undefined && before.current !== key && document.activeElement === document.body)
      place.current?.focus()
    before.current = key
  }, [key])
  return (
    <div class="who-is-it" ref={place} tabIndex={-1}>
      {person !== undefined && <WhoQuestion key={key} {...props} person={person} />}
    </div>
  )
}

type QuestionProps = WhoIsItProps & {
  readonly person: DoorPerson
  /** Beside what a sheet is for, which keeps its one main button. */
  readonly inSheet?: boolean
}

export function WhoQuestion({ me, view, person, identify, inSheet = false }: QuestionProps) {
  const { busy, problem, say } = useSaying(person, identify)
  const [denying, setDenying] = useState(false)
  const { timeZone } = me.organisation
  const ask = asking(view, person, timeZone)
  const spoken = identityWords.spoken(person.name, ask)
  useEffect(() => announce(spoken), [spoken])
  return (
    <section aria-label={inSheet ? undefined : identityWords.title}>
      <p>
        {ask} {identityWords.chart}{' '}
        <strong>
          {view.patient.name}, {born(view.patient.birthDate, timeZone)}
        </strong>
        {view.merged && ` ${identityWords.merged}`}
      </p>
      <Steady
        does={person.doorId}
        once
        class={inSheet ? '' : 'main'}
        disabled={busy}
        onPress={() => void say('confirmed')}
      >
        {identityWords.confirmed}
      </Steady>
      <button type="button" disabled={busy} onClick={() => setDenying(true)}>
        {identityWords.deny}
      </button>
      {problem !== undefined && !denying && <Inline problem={problem} me={me} />}
      {denying && (
        <Denying
          {...{ me, busy, problem }}
          name={nameMeant(view, person)}
          onYes={() => void say('denied')}
          onNo={() => setDenying(false)}
        />
      )}
    </section>
  )
}

type DenyingProps = {
  readonly me: Me
  readonly name: string
  readonly busy: boolean
  readonly problem: Problem | undefined
  onYes(): void
  onNo(): void
}

const Denying = ({ me, name, busy, problem, onYes, onNo }: DenyingProps) => (
  <Dialog title={denyWords.title(name)} onClose={onNo}>
    <p>{denyWords.says}</p>
    {problem !== undefined && <Inline problem={problem} me={me} />}
    <div class="actions">
      <button type="button" class="main danger" disabled={busy} onClick={onYes}>
        {busy ? denyWords.busy : denyWords.yes}
      </button>
      <button type="button" onClick={onNo}>
        {denyWords.no}
      </button>
    </div>
  </Dialog>
)

function useSaying(person: DoorPerson, identify: Actions['identify']) {
  const { busy, problem, press } = usePress()
  const say = async (is: 'confirmed' | 'denied') => {
    const met = await press(() => identify(person, is))
    if (met === undefined && is === 'confirmed') announce(identityWords.spokenConfirmed(person.name))
  }
  return { busy, problem, say }
}

/** Whom the person was taken for. */
const nameMeant = ({ patient }: ClinicianView, { as, name }: DoorPerson): string =>
  as === 'representative' ? name : patient.name

function asking({ patient }: ClinicianView, { as, name }: DoorPerson, timeZone: string): string {
  if (as === 'representative') return identityWords.askRepresentative(name)
  const child = patient.birthDate !== undefined && mayBeMinor(patient.birthDate, now.value, timeZone)
  return child ? `${identityWords.ask} ${identityWords.askChild}` : identityWords.ask
}
