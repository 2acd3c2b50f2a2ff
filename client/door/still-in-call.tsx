// Who of the patient's side is in the call that is about to end, by their own pages: said beside whatever ends it.
// Refuses to claim that nobody is: a page that is silent says nothing of a picture that moves.
import type { ClinicianView, DoorPerson } from '../../server/wire/wire.ts'
import { stillInWords } from './clinician-words.ts'

type StillInProps = { readonly view: ClinicianView }

export function StillInCall({ view }: StillInProps) {
  const said = stillInCall(view)
  return said === undefined ? null : (
    <p class="strong" role="status">
      {said}
    </p>
  )
}

/** Undefined where nobody's page says so. */
export function stillInCall({ status, door }: Pick<ClinicianView, 'status' | 'door'>): string | undefined {
  if (status !== 'in-progress') return undefined
  const those = (at: NonNullable<DoorPerson['call']>['at']) =>
    door.flatMap(({ state, call, name }) => (state === 'admitted' && call?.at === at ? name : []))
  const [inside, coming] = [those('in'), those('door')]
  const said = [
    ...(inside.length > 0 ? [stillInWords.inCall(inside)] : []),
    ...(coming.length > 0 ? [stillInWords.comingIn(coming)] : []),
  ]
  return said.length === 0 ? undefined : said.join(' ')
}
