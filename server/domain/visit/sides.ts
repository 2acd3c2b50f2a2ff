// On which side of a visit somebody is, by how its row names them: a clinician, of the patient's side, or invited, which is neither. Pure.
import type { InvitationId, Ref } from '../ids.ts'
import type { Person, Waiting } from './visit-shape.ts'

/** How an invited person is named in a visit's row, its room and the trail: no reference of FHIR's. */
export const invitedRef = (id: InvitationId): Ref => `guest/${id}`
export const isInvited = (who: Ref): boolean => who.startsWith('guest/')

const clinicians = /^Practitioner(Role)?\//

/** Of the clinicians' side, by whichever record. */
export const isOfClinicians = (who: Ref): boolean => clinicians.test(who)

/** The patient, or somebody who acts for them. */
export const isOfPatientsSide = (who: Ref): boolean => !isInvited(who) && !isOfClinicians(who)

/** Who of the patient's side waits. */
export const patientsWaiting = (door: readonly Person[]): readonly Waiting[] =>
  door.flatMap((p) => (p.state === 'waiting' && isOfPatientsSide(p.who) ? p : []))
