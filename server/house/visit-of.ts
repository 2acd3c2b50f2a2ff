// Which visit an Appointment has: one in its own EHR, found again however it was named when it was opened.
// Refuses nothing: a visit of another EHR of the organisation is as if there were none.

import type { AppointmentId, Iss, VisitId } from '../domain/ids.ts'
import { visitId } from '../domain/visit/room.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import { differentBases, isOfEhr, ownBase } from '../settings/bases.ts'
import type { Organisation } from '../settings/config.ts'
import type { SignedIn } from './caller.ts'
import type { House } from './house.ts'

/** The names an Appointment's visit may have: as one is named now, and as it would have been when the settings were others. */
function namesOf(organisation: Organisation, appointment: AppointmentId, base: Iss | undefined): readonly VisitId[] {
  const others = base === undefined ? differentBases(organisation) : [undefined]
  return [base, ...others].map((one) => visitId(organisation.id, appointment, one))
}

/** The visit of one Appointment of the EHR that the caller is signed in at. */
export async function visitOf(
  house: House,
  { organisation, launch }: SignedIn,
  appointment: AppointmentId,
): Promise<Visit | undefined> {
  for (const id of namesOf(organisation, appointment, ownBase(organisation, launch.iss))) {
    const visit = await house.visits.get(id)
    if (visit !== undefined && isOfEhr(organisation, visit, launch.iss)) return visit
  }
  return undefined
}
