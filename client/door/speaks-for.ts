// An interpreter and whom they speak for are one at a door: neither is let in without a word that the other is missing.
import type { ClinicianView, DoorPerson } from '../../server/wire/wire.ts'
import { waitsNow } from './waits.ts'

/** The patient, or somebody who acts for them. */
export const isOfPatient = (as: DoorPerson['as']): boolean => as === 'patient' || as === 'representative'

type View = Pick<ClinicianView, 'door' | 'invited' | 'patient'>

/** Who is not there yet of the two, beside a person who waits; nothing where both are, or where nobody speaks for anybody. */
export function missingBeside(
  { as, state }: Pick<DoorPerson, 'as' | 'state'>,
  view: View,
): 'interpreter' | 'patient' | undefined {
  if (state !== 'waiting') return undefined
  const isThere = (is: (one: DoorPerson) => boolean) =>
    view.door.some((one) => is(one) && (one.state === 'admitted' || waitsNow(one)))
  if (as === 'interpreter') return isThere((one) => isOfPatient(one.as)) ? undefined : 'patient'
  if (!isOfPatient(as) || !isWanted(view)) return undefined
  return isThere((one) => one.as === 'interpreter') ? undefined : 'interpreter'
}

/** The chart asks for one, or one is invited who may still come. */
const isWanted = ({ invited = [], patient }: View): boolean =>
  patient.interpreter !== undefined ||
  invited.some(({ as, state }) => as === 'interpreter' && state !== 'revoked' && state !== 'expired')
