// A visit after its Appointment was read again while people are in it: what moved is taken over, what is off is cancelled, and whom it
// names no longer is out. Pure. What has begun goes on for whoever is still named, whatever else becomes of the Appointment.

import { given } from '../given.ts'
import type { Instant } from '../ids.ts'
import { lifeOf, type Named } from './access.ts'
import { cancelled, hasBegun, withCall } from './visit.ts'
import type { Face, Visit } from './visit-shape.ts'

/** What an Appointment says when it is read again, and by which side it was read. */
export type Reading = Named & {
  readonly by: 'clinician' | 'patient'
  readonly face: Pick<Face, 'clinicians' | 'reason'>
}

/**
 * Whether a reading says who the clinicians are. An EHR may keep them from patients: where one reads of none at all, that takes nothing
 * from anybody, and a clinician's own reading decides.
 */
export const tellsClinicians = (visit: Visit, { by, practitioners }: Reading): boolean =>
  by === 'clinician' || practitioners.length > 0 || visit.practitioners.length === 0

/** `deleted`: the EHR says that it had the Appointment, and has it no more (HTTP 410). */
export function reviewed(visit: Visit, said: Reading | 'deleted', now: Instant): Visit {
  if (said === 'deleted') return { ...cancelled(visit, now), appointmentReadAt: now }
  const after = offIfOff(withNames(visit, said), said, now)
  return tellsClinicians(visit, said) ? { ...after, appointmentReadAt: now } : after
}

/** Whom it names now; where that is not this patient, nobody stands at the door any more, and its times and words are another's. */
function withNames(visit: Visit, said: Reading): Visit {
  const { patientGone: _gone, ...rest } = visit
  const practitioners = tellsClinicians(visit, said) ? said.practitioners : visit.practitioners
  if (said.patients.includes(visit.patient)) return withTimes({ ...rest, practitioners }, said)
  const gone = { ...rest, practitioners, patientGone: true } as const
  return 'call' in gone ? withCall(gone, { door: [] }) : gone
}

/** What has ended keeps its times. */
function withTimes(visit: Visit, said: Reading): Visit {
  if (!('call' in visit)) return visit
  const { clinicians: known, reason: _reason, ...whose } = visit.face
  const clinicians = tellsClinicians(visit, said) ? said.face.clinicians : known
  const { start = visit.start, end = visit.end } = said
  return { ...visit, start, end, face: { ...whose, clinicians, ...given({ reason: said.face.reason }) } }
}

function offIfOff(visit: Visit, { status }: Reading, now: Instant): Visit {
  const life = lifeOf(status)
  return hasBegun(visit) || life === 'on' || life === 'fulfilled' ? visit : cancelled(visit, now)
}

/** What a reading changed, one word for each, for the record. */
export type Change = 'cancelled' | 'other-patient' | 'other-clinicians' | 'moved' | 'reworded'

export function changesBetween(before: Visit, after: Visit): readonly Change[] {
  const differs = (of: (visit: Visit) => unknown) => JSON.stringify(of(before)) !== JSON.stringify(of(after))
  const found: readonly (readonly [Change, boolean])[] = [
    ['cancelled', before.status !== after.status],
    ['other-patient', before.patientGone !== after.patientGone],
    ['other-clinicians', differs((v) => v.practitioners)],
    ['moved', differs((v) => [v.start, v.end])],
    ['reworded', differs((v) => v.face)],
  ]
  return found.flatMap(([change, is]) => (is ? [change] : []))
}
