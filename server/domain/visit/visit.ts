// A visit from its first opening to its end, as pure rules: (visit, event) => new visit, or a Refusal.
// Refuses to change what has ended, and to end what never began.

import { isPatientOf, type KnownAs, knownNow } from '../ehr/merged.ts'
import { sameBase } from '../ehr/reference.ts'
import { Refusal } from '../errors.ts'
import { given } from '../given.ts'
import type { Instant, Ref, RoomName } from '../ids.ts'
import { earliest, plus } from '../instant.ts'
import { wasInCall, wasMet } from './outcome.ts'
import type { Booking, Call, Face, Finished, InProgress, Open, Person, Planned, Visit, Who } from './visit-shape.ts'

/** When people may knock, in minutes around the Appointment. */
export type JoinWindow = { readonly before: number; readonly after: number }

export const opensAt = (visit: Pick<Booking, 'start'>, window: JoinWindow): Instant =>
  plus(visit.start, -60 * window.before)
export const closesAt = (visit: Pick<Booking, 'end'>, window: JoinWindow): Instant => plus(visit.end, 60 * window.after)

/** A visit nobody came to yet, made from the Appointment. */
export function planned(booking: Omit<Booking, 'revision' | 'attendance' | 'opening'>, room: RoomName): Planned {
  return { ...booking, revision: 0, opening: 1, attendance: [], status: 'planned', call: { room, door: [] } }
}

/** What an Appointment says now; `iss` is where it was read, `appointmentReadAt` when. */
export type Reread = Pick<Booking, 'iss' | 'patient' | 'replaced' | 'practitioners' | 'start' | 'end' | 'face'> & {
  readonly appointmentReadAt: Instant
}

/**
 * Whether what is told of an Appointment now may be said of this visit. Two base URLs that share their ids must agree on patient and
 * start: where they do not, one id means two Appointments.
 */
export const isToldAlike = (
  visit: Booking,
  now: Pick<Reread, 'iss'> & { readonly patient?: Ref | undefined; readonly start?: Instant | undefined },
): boolean => sameBase(visit.iss, now.iss) || (isPatientOf(visit, now.patient) && visit.start === now.start)

/**
 * The Appointment was read again by someone entitled to it: what moved or changed is taken over until the visit is over.
 * One that was cancelled and is booked again opens anew, with another room. Refuses (`appointment-changed`) another patient, and
 * another start told by another issuer: the same id means another Appointment there.
 */
export function rebooked(visit: Visit, now: Reread, roomOf: (opening: number) => RoomName): Visit {
  if (!isPatientOf(now, visit.patient)) throw new Refusal('appointment-changed')
  if (!isToldAlike(mergedInto(visit, now), now)) throw new Refusal('appointment-changed')
  const { patientGone: _gone, unusable: _unusable, calledOff: _off, ...named } = visit
  const changed = changedBy(visit, now)
  if (named.status === 'cancelled') {
    // Whoever was invited to the one that was called off is not to this one.
    const { cancelledAt: _at, identity: _identity, movedFrom: _before, invitations: _invited, ...booking } = named
    const opening = visit.opening + 1
    return {
      ...booking,
      ...changed,
      opening,
      attendance: [],
      status: 'planned',
      call: { room: roomOf(opening), door: [] },
    }
  }
  const same =
    visit.patientGone === undefined &&
    visit.unusable === undefined &&
    visit.calledOff === undefined &&
    !isStale(visit.appointmentReadAt, now.appointmentReadAt) &&
    sameBooking(visit, changed)
  return same ? visit : { ...named, ...changed }
}

/** What is over keeps its times and words; an EHR that keeps the clinicians from a patient takes them from nobody. */
function changedBy(visit: Visit, now: Reread) {
  const { practitioners, start, end, face, appointmentReadAt } = now
  const whose = knownNow(visit, now)
  const kept = { practitioners: visit.practitioners, face: { ...face, clinicians: visit.face.clinicians } }
  const told = practitioners.length > 0 ? { practitioners, face, appointmentReadAt } : kept
  return visit.status === 'finished'
    ? {
        ...told,
        ...whose,
        start: visit.start,
        end: visit.end,
        face: whose.patient === visit.patient ? visit.face : face,
      }
    : { ...told, ...whose, start, end }
}

const sameBooking = (visit: Booking, now: Omit<Reread, 'iss' | 'appointmentReadAt'>): boolean =>
  visit.start === now.start && visit.end === now.end && JSON.stringify(wordsOf(visit)) === JSON.stringify(wordsOf(now))

const wordsOf = ({ patient, replaced = [], practitioners, face }: Omit<Reread, 'iss' | 'appointmentReadAt'>) => [
  patient,
  replaced,
  practitioners,
  inOrder(face),
]

/** A row that was read back has its members in another order than one that was just made: the same words are no news. */
export const inOrder = (face: Face) => Object.entries(face).sort(([a], [b]) => (a < b ? -1 : 1))

/**
 * The EHR has merged the patient's records: who the visit is for is known by another one now, and shown as that has it (`face`) where it was
 * read. The same object where it is known already.
 */
export function mergedInto<V extends Booking>(visit: V, now: KnownAs & { readonly face?: Who }): V {
  const known = knownNow(visit, now)
  const { clinicians, reason } = visit.face
  const face = now.face && { ...now.face, clinicians, ...given({ reason }) }
  if (known.patient !== visit.patient) return { ...visit, ...known, ...given({ face }) }
  return known.replaced?.length === visit.replaced?.length ? visit : { ...visit, ...known }
}

/** How old the last reading of what somebody comes by may be, in seconds, before their asking about the visit has it read again. */
const freshSeconds = 300

export const isStale = (readAt: Instant | undefined, now: Instant): boolean =>
  readAt === undefined || now >= plus(readAt, freshSeconds)

/** A visit that has begun goes on, whatever becomes of its Appointment: someone is in the room, or a note is to be written. */
export const hasBegun = (visit: Visit): boolean => visit.status === 'in-progress' || visit.status === 'finished'

/** An Appointment's time, with the status of its visit where there is one. */
type Timed = Pick<Booking, 'start' | 'end'> & { readonly status?: Visit['status'] | undefined }

/**
 * Whether `now` lies before, in or after the hours in which people may knock. A visit under way has no hours, wherever its Appointment was
 * moved: it is open.
 */
export function hoursAt(visit: Timed, window: JoinWindow, now: Instant): 'too-early' | 'open' | 'over' {
  if (visit.status === 'in-progress') return 'open'
  if (now < opensAt(visit, window)) return 'too-early'
  return now < closesAt(visit, window) ? 'open' : 'over'
}

/** Passes an open visit on; refuses `visit-finished` or `appointment-cancelled`. */
export function requireOpen(visit: Visit): Open {
  if (visit.status === 'finished') throw new Refusal('visit-finished')
  if (visit.status === 'cancelled') throw new Refusal('appointment-cancelled')
  return visit
}

/** Passes on a visit in its hours; refuses `too-early` and `appointment-past`. */
export function requireInHours(visit: Open, window: JoinWindow, now: Instant): Open {
  const hours = hoursAt(visit, window, now)
  if (hours === 'too-early') throw new Refusal('too-early', { detail: { opensAt: opensAt(visit, window) } })
  if (hours === 'over') throw new Refusal('appointment-past')
  return visit
}

/** Someone was given a room token. The clinician's first one starts the visit (Encounter: created when service starts). */
export function tokenGiven(visit: Visit, who: Ref, as: 'clinician' | 'other', now: Instant): Open {
  const at = requireOpen(visit)
  const attendance = at.attendance.some((a) => a.who === who) ? at.attendance : [...at.attendance, { who, from: now }]
  if (as === 'clinician' && at.status !== 'in-progress')
    return { ...at, attendance, status: 'in-progress', startedAt: now }
  return attendance === at.attendance ? at : { ...at, attendance }
}

/**
 * The end closes the room for everyone. A visit that never started cannot end. Ending twice changes nothing. Where nobody of the patient's
 * side was met in the call, what happened is `unsaid`.
 */
export function finished(visit: Visit, window: JoinWindow, now: Instant): Finished {
  if (visit.status === 'finished') return visit
  const at = requireOpen(visit)
  if (at.status !== 'in-progress') throw new Refusal('visit-not-started')
  const { call, ...rest } = at
  const told = given({ telephoneAsked: asksForTelephone(call) })
  const over = { ...rest, status: 'finished', finishedAt: endOf(at, window, now), ...told } as const
  return wasMet(over) ? over : { ...over, outcome: { is: 'unsaid' } }
}

/**
 * A visit that no clinician began is over: its hour has come, and a clinician says what became of it. `byTelephone`: that they spoke by telephone,
 * which whoever asked for it need not wait for the hour for; nor need it be waited for where somebody says that they cannot make it. Refuses (`visit-not-finished`) before its hour, and until its door closes while anybody
 * stands at it or was let in (whoever is `gone` has no place there any more); (`outcome-known`) where somebody of the patient's side was in the call.
 */
export function closedUnbegun(
  visit: Visit,
  window: JoinWindow,
  now: Instant,
  { byTelephone, gone }: { readonly byTelephone: boolean; readonly gone: readonly Ref[] },
): Finished {
  const at = requireOpen(visit)
  const hasPlace = ({ state, who }: Person) => state !== 'declined' && !gone.includes(who)
  const stands = now < closesAt(at, window) && at.call.door.some(hasPlace)
  const isAnswered = (byTelephone && asksForTelephone(at.call)) || at.call.hindered?.some((one) => one.cannotCome)
  const early = now < at.start && !isAnswered
  if (at.status === 'in-progress' || early || stands) throw new Refusal('visit-not-finished')
  if (wasInCall(at)) throw new Refusal('outcome-known')
  const { call, ...rest } = at
  const told = given({ telephoneAsked: asksForTelephone(call) })
  const startedAt = earliest(at.start, now)
  const over = { status: 'finished', startedAt, finishedAt: now, neverBegan: true } as const
  return { ...rest, ...over, ...told, outcome: { is: 'unsaid' } }
}

/** Whether somebody of the patient's side has asked to speak by telephone. */
export const asksForTelephone = ({ hindered = [] }: Call): true | undefined =>
  hindered.some(({ byTelephone }) => byTelephone) || undefined

const forgottenSeconds = 4 * 3600

/** A forgotten visit ended days later counts only to the end of its hours. */
function endOf(visit: InProgress, window: JoinWindow, now: Instant): Instant {
  const closes = closesAt(visit, window)
  if (now < plus(closes, forgottenSeconds)) return now
  return closes > visit.startedAt ? closes : visit.startedAt
}

/** The EHR cancelled the Appointment: nobody waits for it any longer. */
export function cancelled(visit: Visit, now: Instant): Visit {
  if (visit.status !== 'planned' && visit.status !== 'arrived') return visit
  const { call: _call, ...rest } = visit
  const booking: Booking = 'arrivedAt' in rest ? withoutArrival(rest) : rest
  return { ...booking, status: 'cancelled', cancelledAt: now }
}

function withoutArrival<T extends { arrivedAt: Instant }>({ arrivedAt: _arrivedAt, ...booking }: T) {
  return booking
}

/** The visit with something new in its call. */
export const withCall = <V extends Open>(visit: V, news: Partial<Call>): V => ({
  ...visit,
  call: { ...visit.call, ...news },
})
