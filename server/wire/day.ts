// What crosses the wire of a list of Appointments: a clinician's day, or what a patient has before them. Part of wire.ts, through which the client
// reads it.
import type { Code } from '../domain/errors.ts'
import type { AppointmentId, Instant, VisitId } from '../domain/ids.ts'
import type { AskingAs } from '../domain/visit/queue.ts'
import type { Devices, Expected, Happening, LeftUnanswered } from '../domain/visit/visit-shape.ts'
import type { FilingView } from './chart.ts'
import type { ConsentSeen } from './consent.ts'
import type { AwayAtDoor } from './door.ts'
import type { InvitedPerson } from './invitation.ts'
import type { EndedAs } from './outcome.ts'

/** `GET …/appointments`: today's, or the one patient's; `chosen` when the launch named one. */
export type AppointmentList = {
  readonly chosen?: AppointmentId
  readonly appointments: readonly AppointmentItem[]
  /** Appointments that do not say when they are, in a way that can be relied upon. */
  readonly untimed?: readonly UntimedItem[]
  /** There may be others: a search failed or ended too soon, or an appointment in it could not be read. */
  readonly incomplete?: true
  /** For clinicians. */
  readonly outOfReach?: OutOfReach
  /** For clinicians, of visits that this sign-in may not open. */
  readonly asking?: readonly AskingVisit[]
  /**
   * For clinicians: the EHR says nothing (`code`), and the appointments are as this sign-in read them `at` then, today; without `at` it has read
   * none, and those are listed that are known here. Who waits is as it is now. `retryAfter` in seconds, where a busy EHR said so.
   */
  readonly asRead?: { readonly code: Code; readonly at?: Instant; readonly retryAfter?: number }
}
/** `GET …/who-waits`: for clinicians, the visits at which somebody waits whose page is there. */
export type WhoWaits = {
  /** Of those that this sign-in may open, the first fifty; who waits longest comes first. */
  readonly visits: readonly WaitingVisit[]
  /** How many such visits there are in all. */
  readonly count: number
  readonly outOfReach?: OutOfReach
  /** Visits that somebody asks something of without waiting at the door; who has asked longest comes first. Absent where nobody does. */
  readonly asking?: readonly AskingVisit[]
}
/** `as`: they would rather speak by telephone, or tried to come in at a locked door, `since` then. `named`: where this sign-in may open it. */
export type AskingVisit = {
  readonly as: AskingAs
  readonly since: Instant
  readonly named?: Pick<WaitingVisit, 'visit' | 'appointment' | 'patient'>
}
/**
 * `since`: the longest of those who wait at it; `cameAt`: when the last of them came, absent where all were sent back from the call. `another`: all
 * of them were found to be others than the patient.
 */
export type WaitingVisit = {
  readonly visit: VisitId
  readonly appointment: AppointmentId
  /** The patient's name. */
  readonly patient: string
  readonly since: Instant
  readonly cameAt?: Instant
  readonly another?: true
  /** Nobody of the clinic has looked after them since then; told `at` then. */
  readonly unanswered?: LeftUnanswered
}
/** Visits of patients for whom the sign-in is not: they are opened from the EHR. */
export type OutOfReach = { readonly count: number } & Pick<WaitingVisit, 'since' | 'cameAt'>
export type AppointmentItem = {
  readonly id: AppointmentId
  readonly start: Instant
  readonly end: Instant
  /**
   * Whether a visit can be opened now, and if not, why. `finished` without a visit: done, as the chart says. For clinicians alone: `unusable`, it
   * lacks what a visit needs, and nobody is let in by it; `hidden`, the EHR does not show it to them any more.
   */
  readonly state: 'too-early' | 'open' | 'over' | 'cancelled' | 'finished' | 'unusable' | 'hidden'
  /** From when a patient may knock. */
  readonly opensAt: Instant
  readonly reason?: string
  /** What the Appointment tells its patient. */
  readonly patientInstruction?: string
  readonly patient: PatientFace
  /** The patient's record could not be had: the name is what the appointment, or the visit, calls them. */
  readonly patientUnread?: true
  /** Names of the clinicians. */
  readonly clinicians: readonly string[]
  /** For clinicians: whom else the Appointment names who comes. */
  readonly expected?: readonly Expected[]
  /** Present once somebody opened the visit. `waiting`: how many have a place at the door now; `here`: of them, who is there as well. */
  readonly visit?: {
    readonly id: VisitId
    readonly status: VisitStatus
    readonly waiting: number
    readonly here: number
    /** Since when the first of them waits: of those who are here, where anybody is. */
    readonly waitingSince?: Instant
    /** Where nobody of them is here: the last of those whose place is kept. */
    readonly away?: AwayAtDoor
    /** Where nobody has a place any more, since it was kept long enough: when a page of theirs was heard of last. */
    readonly leftAt?: Instant
    /** Of a visit that has not begun, where nobody waits: somebody was let in, or was sent away. */
    readonly became?: 'let-in' | 'sent-away'
    /** For clinicians: a page of the patient's side is open there, and whose it is has not knocked. */
    readonly checking?: true
    /** For clinicians: who is invited by a link, and how far each has come; without those who were taken back. */
    readonly invited?: readonly InvitedBeside[]
    /** When the last of those who wait came; absent where all were sent back from the call. */
    readonly cameAt?: Instant
    /** When somebody last tried to come in at the locked door, whom nobody has let since. */
    readonly triedAt?: Instant
    /** For clinicians: nobody of the clinic has looked after those who are here since then; told `at` then. */
    readonly unanswered?: LeftUnanswered
    /** For clinicians: when it was last said of somebody who waits that they are not whom the visit is for. */
    readonly deniedAt?: Instant
    /** Since when somebody who is not at the door would rather speak by telephone; the first of them. */
    readonly byTelephoneSince?: Instant
    /** Since when somebody who is not at the door says that they cannot make it; the first of them. */
    readonly cannotComeSince?: Instant
    readonly note: 'none' | NoteState
    /** For clinicians: its note is of somebody else than its patient, and goes to no chart until somebody is confirmed. */
    readonly ofAnother?: true
    /** For clinicians: nobody ended it, and it did so by itself, then. */
    readonly endedItselfAt?: Instant
    /** For clinicians: of each who is there, what their check of the devices found: what they could not do without. */
    readonly lacks?: readonly (keyof Devices)[]
    /** For clinicians, where the clinic asks for consent to telehealth and the visit is open: that of the patient's side, or that there is none. */
    readonly consent?: ConsentSeen | 'none'
    /** For clinicians: what happened, where nobody of the patient's side was in the call. */
    readonly outcome?: 'unsaid' | Happening
    /** For the patient's side, of a visit that is over and did not take place. */
    readonly ended?: EndedAs
  }
}
export type InvitedBeside = Pick<InvitedPerson, 'name' | 'as'> & {
  readonly state: Exclude<InvitedPerson['state'], 'revoked' | 'expired'>
}
/** `told`: its start, as the text stands there. */
export type UntimedItem = Pick<AppointmentItem, 'id' | 'reason' | 'patient' | 'patientUnread' | 'clinicians'> & {
  readonly state: 'unusable' | 'cancelled'
  readonly told?: string
}
export type VisitStatus = 'planned' | 'arrived' | 'in-progress' | 'finished' | 'cancelled'
export type NoteState = 'preliminary' | 'final' | Exclude<FilingView['state'], 'unfiled'>
/**
 * Birth date as FHIR `date` (may be a year alone). `interpreter`: one is needed, for a language the EHR may not name. `language`: the one that
 * their record names, in its own words.
 */
export type PatientFace = {
  readonly name: string
  readonly birthDate?: string
  readonly interpreter?: { readonly language?: string }
  readonly language?: string
}
