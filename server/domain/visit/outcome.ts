// What happened in a visit: where somebody of the patient's side was met in the call, they came; where nobody was, a clinician says it. Pure.
// Refuses to ask where it is known, to write one word over another unseen, and to change what the chart has a note of.

import { Refusal } from '../errors.ts'
import { given } from '../given.ts'
import type { Instant, Ref } from '../ids.ts'
import { atClock } from '../instant.ts'
import { isDenied, requireIdentified } from './identity.ts'
import { isInvited, isOfClinicians, isOfPatientsSide } from './sides.ts'
import type { Attendance, Booking, Finished, Happening, Outcome, SaidOutcome, Visit } from './visit-shape.ts'

/**
 * Whether anybody of the patient's side was ever in the call, by Jitsi's word or their own page's. A token alone says that they were let in:
 * a call that never opened for them is what is asked about. Whoever was found to be another is nobody of the patient's side.
 */
export const wasInCall = (visit: Pick<Booking, 'attendance' | 'identity'>): boolean =>
  visit.attendance.some((one) => isOfPatientsSide(one.who) && wasSeen(one) && !isDenied(visit, one.who))

export const wasSeen = ({ seen = [], said }: Attendance): boolean => seen.length > 0 || said !== undefined

/**
 * Somebody of the patient's side was in the call, and neither picture nor sound ever came through between them and a clinician: a page in it said that
 * nothing does, and not one on either side ever that something can. It takes a word of both: where one side's line is sound, the other's may not be.
 */
export function isNothingThrough(visit: Pick<Booking, 'attendance' | 'identity'>): boolean {
  const told = visit.attendance.filter(({ who }) => !isDenied(visit, who))
  const flows = (isOfSide: (who: Ref) => boolean) =>
    told.some(({ who, said }) => isOfSide(who) && said?.media === 'flows')
  const isBlocked = told.some(({ who, said }) => !isInvited(who) && said?.media === 'blocked')
  return wasInCall(visit) && isBlocked && !(flows(isOfClinicians) && flows(isOfPatientsSide))
}

/** Somebody of the patient's side was met in the call, as far as it is known. */
export const wasMet = (visit: Pick<Booking, 'attendance' | 'identity'>): boolean =>
  wasInCall(visit) && !isNothingThrough(visit)

/** Whether somebody has yet to say what happened. A late word that somebody was met in the call answers it. */
export const isUnsaid = (visit: Visit): boolean =>
  visit.status === 'finished' && visit.outcome?.is === 'unsaid' && !wasMet(visit)

/** What happened, as far as somebody said it; undefined where somebody was met in the call, and in older rows. */
export function outcomeIn(visit: Visit): Outcome | undefined {
  const outcome = visit.status === 'finished' ? visit.outcome : undefined
  return outcome?.is === 'unsaid' && wasMet(visit) ? undefined : outcome
}

export const isByTelephone = (visit: Visit): boolean => outcomeIn(visit)?.is === 'telephone'

/** When they met: in the call, or on the telephone where somebody told; undefined where nobody knows. */
export function timeOf(visit: Finished): { readonly start: Instant; readonly end: Instant } | undefined {
  const outcome = outcomeIn(visit)
  return outcome?.is === 'telephone' ? outcome.period : { start: visit.startedAt, end: visit.finishedAt }
}

/** Nobody of the patient's side was met. */
export const isMissed = (outcome: Outcome | undefined): outcome is SaidOutcome =>
  outcome !== undefined && outcome.is !== 'unsaid' && !tookPlace(outcome.is)

/** By this word they met, and the Appointment is done. */
export const tookPlace = (is: Happening): boolean => is === 'came' || is === 'telephone'

/** By this word the visit may still be: its Appointment is left as the EHR has it. */
export const leavesAppointment = (is: Happening): boolean => is === 'technical-failure' || is === 'moved'

/** By telephone: from when until when by the clinic's clocks (`HH:MM`), on the day of the visit. */
export type Clocks = { readonly start: string; readonly end: string }

/** `instead`: the word that stands on the screen of who says another one now; absent where none does. */
export type Saying = {
  readonly is: Happening
  readonly period?: Clocks
  readonly instead?: Happening
}
type By = { readonly who: Ref; readonly timeZone: string }

/**
 * A clinician says what happened. The same word again changes nothing, without its times too. Refuses `visit-not-finished`, `appointment-cancelled`, `outcome-known`
 * where somebody was in the call, `outcome-said` where another word stands than the one on the screen, `telephone-times`; (`visit-not-started`)
 * that they came to a visit that nobody began: when that was is known to nobody here; and (`identity-unconfirmed`) that it took place, where
 * somebody was found to be another and nobody is confirmed: an Appointment would be fulfilled for a person whom nobody knows.
 */
export function saidToHave(visit: Visit, saying: Saying, { who, timeZone }: By, now: Instant): Finished {
  if (visit.status === 'cancelled') throw new Refusal('appointment-cancelled')
  if (visit.status !== 'finished') throw new Refusal('visit-not-finished')
  const before = outcomeIn(visit)
  if (before === undefined) throw new Refusal('outcome-known')
  if (visit.neverBegan && saying.is === 'came') throw new Refusal('visit-not-started')
  if (tookPlace(saying.is)) requireIdentified(visit)
  // Once more: the EHR may have taken nothing of it yet.
  if (before.is === saying.is && saying.instead === undefined && saying.period === undefined) return visit
  const said = { by: who, at: now, ...given({ wrote: writtenBy(before) }) }
  const period = saying.period && periodOf(visit, saying.period, timeZone, now)
  const outcome: SaidOutcome =
    saying.is === 'telephone' ? { is: saying.is, ...said, ...given({ period }) } : { is: saying.is, ...said }
  if (isSame(before, outcome)) return visit
  if (before.is !== (saying.instead ?? 'unsaid')) throw new Refusal('outcome-said')
  return { ...visit, outcome }
}

/** What the EHR may have of an earlier word, though its answer was lost, or nobody asked. */
function writtenBy(outcome: Outcome): SaidOutcome['wrote'] {
  if (outcome.is === 'unsaid' || leavesAppointment(outcome.is)) return 'wrote' in outcome ? outcome.wrote : undefined
  const there = outcome.inChart?.appointment
  if (there === 'left' || there === 'not-its-way') return outcome.wrote
  return tookPlace(outcome.is) ? 'fulfilled' : 'noshow'
}

/** Whether the EHR has, or may have, what was said of it. */
export const hasToldChart = (outcome: Outcome): boolean =>
  writtenBy(outcome) !== undefined || (outcome.is !== 'unsaid' && outcome.inChart?.encounter === 'cancelled')

const isSame = (a: Outcome, b: Outcome): boolean =>
  a.is === b.is && JSON.stringify(timesOf(a)) === JSON.stringify(timesOf(b))

const timesOf = (outcome: Outcome) => (outcome.is === 'telephone' ? outcome.period : undefined)

function periodOf({ start: day }: Booking, clocks: Clocks, timeZone: string, now: Instant) {
  const [start, end] = [atClock(day, clocks.start, timeZone), atClock(day, clocks.end, timeZone)]
  // What is typed wrong would stand in the chart as the time of the visit.
  if (start > end || end > now) throw new Refusal('telephone-times')
  return { start, end }
}

/** What is known of the visit's note in the chart: a text is there or may be; an Encounter of ours is. */
type Chart = { readonly text: boolean; readonly encounter: boolean }

/**
 * Refuses (`outcome-kept`) another word where the chart has a note under the first, and the way back to a visit that took place where its
 * Encounter was cancelled: a note would go under that.
 */
export function requireChangeable(visit: Visit, note: Chart): void {
  const before = outcomeIn(visit)
  if (before === undefined || before.is === 'unsaid') return
  if (note.text || (note.encounter && isMissed(before))) throw new Refusal('outcome-kept')
}

/** What the EHR's answers said of it is kept, unless another word was said meanwhile. */
export function withOutcomeInChart(visit: Visit, of: SaidOutcome, inChart: SaidOutcome['inChart'] & {}): Visit {
  if (visit.status !== 'finished' || visit.outcome === undefined || visit.outcome.is === 'unsaid') return visit
  const now = visit.outcome
  return isSame(now, of) && now.at === of.at
    ? { ...visit, outcome: { ...now, inChart: { ...now.inChart, ...inChart } } }
    : visit
}
