// Who came and cannot come to the door, as the clinician sees them: what their devices lack, and whether they ask for the telephone.

import type { VNode } from 'preact'
import type { ClinicianView, Me, StuckPerson } from '../../server/wire/wire.ts'
import { clock } from '../ui/clock.ts'
import { personWords } from './clinician-words.ts'
import { Consented } from './consented.tsx'
import { isOfPatient } from './speaks-for.ts'
import { stuckWords } from './stuck-words.ts'
import { TheirPhone } from './their-phone.tsx'

type StuckProps = {
  readonly person: StuckPerson
  readonly view: ClinicianView
  readonly me: Me
  /** The button that asks what became of a visit that nobody began; absent where that is not to be asked. */
  readonly ask: ((words?: string) => VNode) | undefined
}

/** Who is to be rung. */
export const toBeRung = ({ stuck = [] }: Pick<ClinicianView, 'stuck'>): readonly StuckPerson[] =>
  stuck.filter(({ hindrance }) => hindrance.byTelephone)

export function CannotCome({ person, view, me, ask }: StuckProps) {
  const { name, as, here, hindrance } = person
  // What a guest cannot do says nothing of the visit.
  const mayDecide = isOfPatient(as)
  const at = clock(hindrance.since, me.organisation.timeZone)
  return (
    <li class={hindrance.byTelephone ? 'person stuck waiting' : 'person stuck'}>
      <h3>{name}</h3>
      <p class="person-state">
        {as === 'representative' && <span>{personWords.forPatient(view.patient.name)}</span>}
        <span>{here ? stuckWords.here(hindrance, at) : stuckWords.notHere(hindrance, at)}</span>
        {hindrance.byTelephone && <strong>{stuckWords.byTelephone}</strong>}
        {hindrance.cannotCome && <strong>{stuckWords.cannotCome}</strong>}
        <TheirPhone person={person} view={view} />
        <Consented person={person} view={view} me={me} />
        {/* Who is to be rung does not come to the door. */}
        {!hindrance.byTelephone && !hindrance.cannotCome && (
          <span class="tag">{here ? stuckWords.notAtDoor : personWords.notHere}</span>
        )}
      </p>
      {hindrance.byTelephone && ask !== undefined && <div class="person-do">{ask(stuckWords.spoke)}</div>}
      {hindrance.cannotCome && mayDecide && ask !== undefined && <div class="person-do">{ask(stuckWords.decide)}</div>}
    </li>
  )
}
