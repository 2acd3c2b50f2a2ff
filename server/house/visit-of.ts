// Which visit an Appointment has: one in its own EHR, found again however it was named when it was opened; and by what a clinician's are found.
// Refuses nothing: a visit of another EHR of the organisation is as if there were none.

import { plainBase } from '../domain/ehr/reference.ts'
import type { AppointmentId, Instant, Iss, VisitId } from '../domain/ids.ts'
import type { Launch } from '../domain/sign-in/launch.ts'
import { visitId } from '../domain/visit/room.ts'
import { hasBegun } from '../domain/visit/visit.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import { differentBases, isOfEhr, ownBase } from '../settings/bases.ts'
import type { Organisation } from '../settings/config.ts'
import { attendedLately } from './attended-on.ts'
import type { SignedIn } from './caller.ts'
import type { House } from './house.ts'

/** The names an Appointment's visit may have: as one is named now, and as it would have been when the settings were others. */
function namesOf(organisation: Organisation, appointment: AppointmentId, base: Iss | undefined) {
  const name = (one: Iss | undefined) => visitId(organisation.id, appointment, one)
  const others = base === undefined ? differentBases(organisation) : [undefined]
  return [name(base), ...others.map(name)] as const
}

/** The visit of one Appointment of the EHR that the caller is signed in at. Of several from other times it is one that has begun. */
export async function visitOf(
  house: House,
  { organisation, launch }: SignedIn,
  appointment: AppointmentId,
): Promise<Visit | undefined> {
  const theirs = async (ids: readonly VisitId[]) => {
    const found = await Promise.all(ids.map((id) => house.visits.get(id)))
    return found.flatMap((visit) => (visit !== undefined && isOfEhr(organisation, visit, launch.iss) ? [visit] : []))
  }
  const [name, ...others] = namesOf(organisation, appointment, ownBase(organisation, launch.iss))
  const [visit] = await theirs([name])
  if (visit !== undefined) return visit
  const older = await theirs(others)
  // In one that has begun somebody is in the room, or has written a note that must not be lost sight of.
  return older.find(hasBegun) ?? older[0]
}

/** As a row of theirs may name them: with its base URL, or without. */
export const clinicianKeys = ({ self, iss }: Launch): readonly string[] =>
  self.flatMap((ref) => [ref, `${plainBase(iss)}/${ref}`])

/** Of the days on which somebody came who may be there now. */
export const attendedKeys = (launch: Launch, now: Instant): readonly string[] =>
  clinicianKeys(launch).flatMap((who) => attendedLately(who, now))
