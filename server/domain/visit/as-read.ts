// Letting somebody in while the EHR says nothing: by what their Appointment said when it was read well today. It is kept by which reading, and what
// one says since then, so that the clinician is told, and asked before her note goes to the chart. Pure.

import { isPatientOf } from '../ehr/merged.ts'
import { given, omitting } from '../given.ts'
import type { Instant, Ref } from '../ids.ts'
import { dayBounds } from '../instant.ts'
import type { Launch } from '../sign-in/launch.ts'
import { isUsable, lifeOf } from './access.ts'
import { withMoved } from './moved.ts'
import { isMissed, outcomeIn } from './outcome.ts'
import { type AppointmentSays, isAnothers, isOfVisit, reviewed, tellsClinicians } from './reviewed.ts'
import type { Reread } from './visit.ts'
import type { FoundOtherwise, LetInAsRead, Visit, WellRead } from './visit-shape.ts'

type Wanting = { readonly now: Instant; readonly timeZone: string }

/**
 * The reading by which this clinician can let somebody in while the EHR says nothing: the last one, well, of today by the clinic's clocks, with
 * the visit's patient and this very clinician. Undefined where there is none: then nobody is let in.
 */
export function readingToday(
  visit: Visit,
  { self }: Pick<Launch, 'self'>,
  { now, timeZone }: Wanting,
): WellRead | undefined {
  const { readWell, patientGone, unusable } = visit
  if (readWell === undefined || patientGone !== undefined || unusable !== undefined) return undefined
  const isToday = dayBounds(now, timeZone).from <= readWell.at && readWell.at <= now
  const isSame = isPatientOf(visit, readWell.patient) && readWell.start === visit.start
  return isToday && isSame && readWell.practitioners.some((one) => self.includes(one)) ? readWell : undefined
}

/** Somebody is let in by that reading. */
export const letInBy = <V extends Visit>(visit: V, { at: readAt, start }: WellRead, at: Instant): V => ({
  ...visit,
  letInAsRead: { at, readAt, start },
})

/** Whether it is still to be learnt how the Appointment stood when somebody was let in. */
export const isUnconfirmed = ({ letInAsRead }: Pick<Visit, 'letInAsRead'>): boolean =>
  letInAsRead !== undefined && letInAsRead.found === undefined

/** What a clinician is to be asked before the visit's note goes to the chart; undefined where nothing is open, and where nobody was met. */
export function openQuestion(visit: Visit): LetInAsRead | undefined {
  const { letInAsRead } = visit
  return letInAsRead?.filedAnyway === undefined && !isMissed(outcomeIn(visit)) ? letInAsRead : undefined
}

/** A clinician who knows what is open wants the note filed all the same. */
export const filedAnyway = (visit: Visit, by: Ref, at: Instant): Visit =>
  visit.letInAsRead === undefined ? visit : { ...visit, letInAsRead: { ...visit.letInAsRead, filedAnyway: { by, at } } }

/** The visit after its Appointment was read, by whomever. */
export function readAgain(visit: Visit, said: AppointmentSays, now: Instant): Visit {
  const after = reviewed(visit, said, now)
  if (after.status === 'cancelled') return withoutReading(settled(after))
  if (said === 'hidden' || (said !== 'deleted' && !isOfVisit(visit, said))) return after
  const otherwise = said === 'deleted' ? 'cancelled' : otherwiseIn(visit, said)
  if (otherwise !== undefined || said === 'deleted')
    return foundToBe(withoutReading(after), otherwise ?? 'cancelled', now)
  const [patient = visit.patient] = said.patients
  const { practitioners, start = visit.start } = said
  if (tellsClinicians(visit, said)) return wellRead(after, { at: now, patient, practitioners, start })
  // A patient's own reading may not name the clinicians: it takes back what it does not agree with, and confirms nothing.
  const agrees = visit.readWell?.start === start && isPatientOf(after, visit.readWell.patient)
  return agrees ? after : foundToBe(withoutReading(after), 'moved', now, start)
}

function otherwiseIn(visit: Visit, said: Exclude<AppointmentSays, string>): FoundOtherwise | undefined {
  if (lifeOf(said.status) === 'cancelled') return 'cancelled'
  if (isAnothers(visit, said)) return 'another-patient'
  return isUsable(said) ? undefined : 'unclear'
}

/** It was read well: what was open is settled, unless it is at another time than the one by which somebody was let in. */
export function wellRead<V extends Visit>(visit: V, readWell: WellRead): V {
  const after = { ...visit, readWell }
  if (visit.letInAsRead === undefined) return after
  if (visit.letInAsRead.start !== readWell.start) return foundToBe(after, 'moved', readWell.at, readWell.start)
  return settled(after)
}

/** The same object where nothing was open. */
const settled = <V extends Visit>(visit: V): V => omitting(visit, 'letInAsRead')

/** The visit as somebody `opened` it anew, by what they found. The same object where that is known already. */
export function openedAs(before: Visit, opened: Visit, found: Reread): Visit {
  const { appointmentReadAt: at, patient, practitioners, start } = found
  const after = withMoved(before, opened, at)
  const { readWell, letInAsRead } = before
  // An EHR may keep the clinicians from a patient: that confirms nothing.
  if (practitioners.length === 0) return readWell?.start === start ? after : withoutReading(after)
  const read = { at, patient, practitioners, start }
  const isKnown = readWell !== undefined && letInAsRead === undefined && isSameReading(readWell, read)
  return before === after && isKnown ? after : wellRead(after, read)
}

const isSameReading = (a: WellRead, b: WellRead): boolean =>
  JSON.stringify([a.patient, a.start, a.practitioners]) === JSON.stringify([b.patient, b.start, b.practitioners])

/** Nobody is let in by an earlier reading any more. The same object where there is none. */
export const withoutReading = <V extends Visit>(visit: V): V => omitting(visit, 'readWell')

/** Of a visit into which somebody was let unasked. What was found before and answered stands; anything else is asked anew. */
function foundToBe<V extends Visit>(visit: V, is: FoundOtherwise, at: Instant, start?: Instant): V {
  const { letInAsRead } = visit
  if (letInAsRead === undefined) return visit
  const { found, filedAnyway: _before, ...letIn } = letInAsRead
  const other = given({ start: start === letIn.start ? undefined : start })
  if (found?.is === is && found.start === other.start) return visit
  return { ...visit, letInAsRead: { ...letIn, found: { is, at, ...other } } }
}
