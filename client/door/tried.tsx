// Who tried to come in while the door was locked, as the clinician sees them, and the button that lets this one person wait.

import { useRef } from 'preact/hooks'
import type { ClinicianView, Me, TriedPerson } from '../../server/wire/wire.ts'
import { clock } from '../ui/clock.ts'
import { usePress } from '../ui/press.ts'
import { Inline } from '../ui/problem.tsx'
import type { Actions } from './actions.ts'
import { personWords, triedWords } from './clinician-words.ts'
import { stuckWords } from './stuck-words.ts'
import { TheirPhone } from './their-phone.tsx'

type TriedProps = {
  readonly person: TriedPerson
  readonly view: ClinicianView
  readonly me: Me
  readonly actions: Actions
}

export function TriedToCome({ person, view, me, actions }: TriedProps) {
  const { name, triedAt } = person
  const said = useRef<HTMLParagraphElement>(null)
  const { busy, problem, press } = usePress()
  const isShut = mustBeLet(view, person)
  const letWait = async () => {
    const why = await press(() => actions.letWait(person))
    // The button is gone: who reads by keyboard goes on from what is said of the person.
    if (why === undefined) requestAnimationFrame(() => said.current?.focus())
  }
  return (
    <li class="person stuck">
      <p ref={said} tabIndex={-1}>
        {(isShut ? triedWords.shut : triedWords.open)(name, clock(triedAt, me.organisation.timeZone))}
      </p>
      <State {...{ person, view, me }} />
      {problem !== undefined && <Inline problem={problem} me={me} />}
      {isShut && (
        <div class="person-do">
          <button
            type="button"
            class="main"
            disabled={busy}
            aria-label={triedWords.letWaitNamed(name)}
            onClick={() => void letWait()}
          >
            {triedWords.letWait}
          </button>
        </div>
      )}
    </li>
  )
}

function State({ person, view, me }: Omit<TriedProps, 'actions'>) {
  const { as, here, hindrance } = person
  return (
    <p class="person-state">
      {as === 'representative' && <span>{personWords.forPatient(view.patient.name)}</span>}
      {hindrance !== undefined && (
        <span>{stuckWords.atDoor(hindrance, clock(hindrance.since, me.organisation.timeZone))}</span>
      )}
      <TheirPhone person={person} view={view} />
      {!here && <span class="tag">{personWords.notHere}</span>}
    </p>
  )
}

/** How many tried to come in and must still be let. */
export const shutOut = (view: ClinicianView): number => (view.tried ?? []).filter((one) => mustBeLet(view, one)).length

/** Whether somebody who tried must still be let. */
export const mustBeLet = ({ locked }: Pick<ClinicianView, 'locked'>, { mayWait }: TriedPerson): boolean =>
  locked === true && mayWait !== true
