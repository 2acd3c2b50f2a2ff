// The one rule of what becomes of a visit when its Appointment is read, by whomever and wherever: opening it, letting somebody in, in a list, or in
// the background. What is off ends a visit nobody has begun; what a reader is not shown is that reader's alone; what lacks something takes nobody's
// place. What has begun goes on for whoever is still named, whatever else becomes of the Appointment. Pure.

import { isPatientOf, type KnownAs } from '../ehr/merged.ts'
import { Refusal } from '../errors.ts'
import { given } from '../given.ts'
import type { Instant } from '../ids.ts'
import { isUsable, lifeOf, mayOpen, type Named } from './access.ts'
import { offAs, withCalledOff } from './called-off.ts'
import { withMoved } from './moved.ts'
import { markedAs } from './unusable.ts'
import { cancelled, hasBegun, inOrder, isStale, isToldAlike, mergedInto, withCall } from './visit.ts'
import type { Face, Visit, Who } from './visit-shape.ts'

/**
 * What an Appointment says when it is read again, and by which side it was read. `iss`: where it was read; absent where that is the visit's
 * own EHR. `merged`: the visit's patient, where the EHR says that the record it names now is theirs too.
 */
export type Reading = Named & {
  readonly by: 'clinician' | 'patient'
  readonly face: Pick<Face, 'clinicians' | 'reason'>
  readonly iss?: Visit['iss']
  readonly merged?: KnownAs & { readonly face?: Who }
}

/**
 * What the EHR answers whoever asks for an Appointment. `deleted`: it had it, and has it no more (HTTP 410). `hidden`: it does not show it
 * to this reader (403, 404), which says nothing of others.
 */
export type AppointmentSays = Reading | 'deleted' | 'hidden'

/**
 * What follows for a visit, or for one that is to be opened (undefined). `ends`: there is nothing to come for. `hidden`: the reader's place is
 * lost, and nobody else's. `unusable`: it lacks something; nobody is let in by it, and nobody loses their place. `fulfilled`: the chart says that
 * it is done, and nobody came here: a person must say what is so. `another`: one id, but somebody else's Appointment.
 */
export type Course = 'goes-on' | 'ends' | 'hidden' | 'unusable' | 'fulfilled' | 'another'

export function courseOf(visit: Visit | undefined, said: AppointmentSays): Course {
  if (visit !== undefined && hasBegun(visit)) return 'goes-on'
  if (said === 'hidden') return 'hidden'
  if (said === 'deleted') return 'ends'
  if (visit !== undefined && !isOfVisit(visit, said)) return 'another'
  const life = lifeOf(said.status)
  if (life === 'cancelled') return 'ends'
  if (visit !== undefined && isAnothers(visit, said)) return 'another'
  if (!isUsable(said)) return 'unusable'
  return life === 'fulfilled' && !hasComers(visit) ? 'fulfilled' : 'goes-on'
}

/** Two base URLs that share their ids must agree: else one id means two Appointments, and the one says nothing of the other's visit. */
export const isOfVisit = (visit: Visit, { iss = visit.iss, patients, start }: Reading): boolean =>
  isToldAlike(visit, { iss, patient: patients.find((one) => isPatientOf(visit, one)), start })

/** It names somebody, and not this patient; that it names nobody is believed while it is on. */
export function isAnothers(visit: Visit, said: Reading): boolean {
  const named = [...said.patients, ...(said.declined ?? [])]
  const { merged = visit } = said
  return !named.some((one) => isPatientOf(merged, one)) && (named.length > 0 || namesPeople(said))
}

/** Whether it names somebody by a record that is not known to be this patient's. */
export const namesAStranger = (visit: KnownAs, { patients, declined = [] }: Named): boolean =>
  [...patients, ...declined].some((one) => !isPatientOf(visit, one))

/** Whether anybody has come to it: it is not for the chart to say that it is done. */
const hasComers = (visit: Visit | undefined): boolean => visit?.status === 'arrived'

/**
 * Whether a reading says who the clinicians are. An EHR may keep them from patients: where one reads of none at all, that takes nothing
 * from anybody, and a clinician's own reading decides.
 */
export const tellsClinicians = (visit: Visit, { by, practitioners }: Reading): boolean =>
  by === 'clinician' || practitioners.length > 0 || visit.practitioners.length === 0

/** Whether whom it names is to be believed: some EHRs take everybody out of what they cancel. */
export const namesPeople = ({ status }: Reading): boolean => lifeOf(status) === 'on' || lifeOf(status) === 'fulfilled'

/**
 * Refuses whoever is no part of what was read (`other-patient`, `not-participant`), and (`appointment-changed`) what is another patient's, or
 * another Appointment of the same id.
 */
export function requireNamed(launch: Parameters<typeof mayOpen>[0], visit: Visit, said: Reading): void {
  const other = isAnothers(visit, said)
  const { practitioners, merged = visit } = said
  const { patient, replaced }: KnownAs = (other && said.patients[0] && { patient: said.patients[0] }) || merged
  mayOpen(launch, { patient, ...given({ replaced }), practitioners })
  if (other || !isOfVisit(visit, said)) throw new Refusal('appointment-changed')
}

/** The visit after it. What has begun takes no names from what is off; nor does any from what is unclear. */
export function reviewed(visit: Visit, said: AppointmentSays, now: Instant): Visit {
  if (said === 'hidden') return visit
  const after = withMoved(visit, taken(visit, said, now), now)
  if (said === 'deleted') return withCalledOff(markedAs(after, false), said, false, now)
  if (!isOfVisit(visit, said)) return after
  const marked = markedAs(after, courseOf(visit, said) === 'unusable')
  return withCalledOff(marked, offAs(said.status), namesPeople(said), now)
}

function taken(visit: Visit, said: Reading | 'deleted', now: Instant): Visit {
  // That it is off still is no news.
  if (visit.status === 'cancelled' && courseOf(visit, said) === 'ends' && !isStale(visit.appointmentReadAt, now))
    return visit
  if (said === 'deleted') return { ...cancelled(visit, now), appointmentReadAt: now }
  if (!isOfVisit(visit, said)) return visit
  if (courseOf(visit, said) === 'ends') {
    const { practitioners, face } = said.practitioners.length > 0 ? said : visit
    return { ...cancelled(withNames(visit, { ...said, practitioners, face }), now), appointmentReadAt: now }
  }
  if (!namesPeople(said) && !(lifeOf(said.status) === undefined && isAnothers(visit, said)))
    return { ...visit, appointmentReadAt: now }
  const after = withNames(visit, said)
  return tellsClinicians(visit, said) ? { ...after, appointmentReadAt: now } : after
}

/** Whom it names now; where that is not this patient, nobody stands at the door any more, and its times and words are another's. */
function withNames(visit: Visit, said: Reading): Visit {
  const { patientGone: _gone, ...rest } = visit
  const practitioners = tellsClinicians(visit, said) ? said.practitioners : visit.practitioners
  if (!isAnothers(visit, said)) return withTimes(mergedInto({ ...rest, practitioners }, said.merged ?? rest), said)
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

/** What a reading changed, one word for each, for the record. */
export type Change =
  | 'cancelled'
  | 'other-patient'
  | 'patient-merged'
  | 'other-clinicians'
  | 'moved'
  | 'reworded'
  | 'unusable'
  | 'usable'
  | 'called-off'
  | 'on-again'

export function changesBetween(before: Visit, after: Visit): readonly Change[] {
  const differs = (of: (visit: Visit) => unknown) => JSON.stringify(of(before)) !== JSON.stringify(of(after))
  const found: readonly (readonly [Change, boolean])[] = [
    ['cancelled', before.status !== after.status],
    ['other-patient', before.patientGone !== after.patientGone],
    ['patient-merged', before.patient !== after.patient],
    ['other-clinicians', differs((v) => v.practitioners)],
    ['moved', differs((v) => [v.start, v.end])],
    ['reworded', differs((v) => inOrder(v.face))],
    ['unusable', after.unusable !== undefined && before.unusable === undefined],
    ['usable', after.unusable === undefined && before.unusable !== undefined],
    ['called-off', after.calledOff !== undefined && after.calledOff.as !== before.calledOff?.as],
    ['on-again', after.calledOff === undefined && before.calledOff !== undefined],
  ]
  return found.flatMap(([change, is]) => (is ? [change] : []))
}
