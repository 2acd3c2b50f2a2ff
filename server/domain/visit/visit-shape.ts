// What is kept of a visit: its row as types, one for each state, with what only exists in that state. Its rules stand in the files beside it.

import type { Language } from '../ehr/languages.ts'
import type { Profession } from '../ehr/profession.ts'
import type { AppointmentId, Instant, Iss, OrganisationId, Ref, RoomName, VisitId } from '../ids.ts'
import type { TelehealthConsent } from './consent-shape.ts'
import type { Hindered, Person, TriedKnock } from './door-shape.ts'
import type { Invitation } from './invitation-shape.ts'
import type { Message } from './message-shape.ts'
import type { Recording } from './recording-shape.ts'

export type * from './door-shape.ts'

export type Booking = {
  readonly id: VisitId
  readonly revision: number
  readonly expiresAt: Instant
  readonly organisation: OrganisationId
  /** The issuer whose Appointment opened the visit first. */
  readonly iss: Iss
  /**
   * The base URL that the visit's and its room's names are made of as well, where another EHR of the organisation may have the same ids.
   * Absent where none has, and in older rows.
   */
  readonly base?: Iss
  readonly appointment: AppointmentId
  /** The record that counts, where the EHR has merged several of theirs. */
  readonly patient: Ref<'Patient'>
  /** The records it took the place of: the Appointment, or a sign-in, may still name one of them. Absent where none is known. */
  readonly replaced?: readonly Ref<'Patient'>[]
  /** Who is told when someone knocks: the Appointment's practitioners. */
  readonly practitioners: readonly Ref[]
  /** What one of them is; absent until their own sign-in opened the visit, and where the EHR does not say. */
  readonly profession?: Profession
  readonly face: Face
  readonly start: Instant
  readonly end: Instant
  /** Rises when an ended visit is opened again, so that old room tokens open an empty room. */
  readonly opening: number
  /** A clinician opened it again after its end: the last time. */
  readonly reopenedAt?: Instant
  /** Who was in the room. */
  readonly attendance: readonly Attendance[]
  /** Who somebody in the call is, as clinicians said: the last word on each person. Absent while nobody said anything, and in older rows. */
  readonly identity?: readonly IdentityWord[]
  /** When the Appointment was last read in the EHR; absent in rows older than this member. */
  readonly appointmentReadAt?: Instant
  /** What the Appointment said when it was last read and said all that it takes; absent once it said otherwise, and in older rows. */
  readonly readWell?: WellRead
  /** Somebody was let in by `readWell`, while the EHR said nothing; absent once it said so again. */
  readonly letInAsRead?: LetInAsRead
  /** The Appointment, when it was last read, named this patient no longer. */
  readonly patientGone?: true
  /** The Appointment was off when it was read while the visit was under way; absent once it says again that it is on. */
  readonly calledOff?: CalledOff
  readonly movedFrom?: MovedFrom
  /** The Appointment, when it was last read, lacked something that it takes to let somebody in; whether a clinician was told. */
  readonly unusable?: 'told' | 'untold'
  /** Who agreed to telehealth by the clinic's text, and who took it back: the last word of each. Absent where nobody was asked. */
  readonly consents?: readonly TelehealthConsent[]
  /** What clinicians wrote to those who waited, in order. Absent where nothing was written. */
  readonly messages?: readonly Message[]
  /** Who was invited by a link, and how far each has come. */
  readonly invitations?: readonly Invitation[]
  /** Whether the patient wants to be told by mail, as somebody of their side said on our page; absent until then. */
  readonly notices?: { readonly mail?: boolean }
}

/** How an Appointment can be off: by its status, or gone (HTTP 410). */
export const waysOff = ['cancelled', 'noshow', 'entered-in-error', 'deleted'] as const
/** `at`: when it was first read so. */
export type CalledOff = { readonly as: (typeof waysOff)[number]; readonly at: Instant }
/** The hours of an Appointment that was read at other ones while the visit was under way, `at` then; absent once it is back at these. */
export type MovedFrom = Pick<Booking, 'start' | 'end'> & { readonly at: Instant }

/** An Appointment as it was read `at` then: on, with this patient, these clinicians, and this start. */
export type WellRead = Pick<Booking, 'patient' | 'practitioners' | 'start'> & { readonly at: Instant }

/** What can be said of an Appointment by which somebody was let in unasked. `unclear`: it lacks something, or its status says nothing. */
export const foundOtherwise = ['cancelled', 'moved', 'another-patient', 'unclear'] as const
export type FoundOtherwise = (typeof foundOtherwise)[number]

/** `start`: of one that was moved, when it is booked now. */
type Found = { readonly is: FoundOtherwise; readonly at: Instant; readonly start?: Instant }

/** `readAt`, `start`: what they were let in by. */
export type LetInAsRead = {
  readonly at: Instant
  readonly readAt: Instant
  readonly start: Instant
  /** What it said when it was read since; absent until then. */
  readonly found?: Found
  /** A clinician who knows so wants the note filed all the same. */
  readonly filedAnyway?: { readonly by: Ref; readonly at: Instant }
}

/** What is shown of the patient. */
export type Who = {
  readonly name: string
  readonly birthDate?: string
  readonly interpreter?: { readonly language?: string }
  /** The language that their record names, in its own words. */
  readonly language?: string
  /** Whether the visit's own Encounter asks for an interpreter, where it was read and says so: who opens the visit next may not read it. */
  readonly interpreterAsked?: boolean
  /** For clinicians alone. */
  readonly phone?: string
  /** Where mail to them goes, and the language of ours that they read: where the organisation writes to its patients, and for nobody's screen. */
  readonly mail?: string
  readonly reads?: Language
}

/** `as`: what the Appointment says that they are there for, where it does. */
export type Expected = { readonly name: string; readonly as?: 'interpreter' }

/** What is shown of the Appointment, so that a screen needs no round trip to the EHR. Sealed at rest and gone with the row. */
export type Face = Who & {
  readonly clinicians: readonly string[]
  readonly reason?: string
  /** Whom else it names who comes: family, an interpreter. Absent where it names nobody. */
  readonly expected?: readonly Expected[]
  /** What it tells its patient. */
  readonly patientInstruction?: string
}

/** What only a visit that is open has: its room, and who stands at the door. It goes as a whole when the visit ends. */
export type Call = {
  readonly room: RoomName
  readonly door: readonly Person[]
  /** Whose devices do not do for a call, or who would rather speak by telephone; also of some who are not at the door. */
  readonly hindered?: readonly Hindered[]
  /** The origin where the call is held, for everyone; from the first token on. */
  readonly jitsi?: string
  readonly recording?: Recording
  /** While a recording runs: since when, and whose pages say so. */
  readonly recorded?: { readonly since: Instant; readonly by: readonly Ref[] }
  /** Nobody new may knock. */
  readonly locked?: true
  /** Nobody of the clinic has looked after those who wait since then; the clinicians were told `at` then. Absent once somebody looks. */
  readonly unanswered?: LeftUnanswered
  /** Who tried to while it was locked, and has not come in since. */
  readonly tried?: readonly TriedKnock[]
}
export type LeftUnanswered = { readonly since: Instant; readonly at: Instant }
type Opened = Booking & { readonly call: Call }

export type Planned = Opened & { readonly status: 'planned' }
export type Arrived = Opened & { readonly status: 'arrived'; readonly arrivedAt: Instant }
export type InProgress = Opened & {
  readonly status: 'in-progress'
  readonly arrivedAt?: Instant
  readonly startedAt: Instant
}
/** A finished visit has no call: there is nothing left to join. */
export type Finished = Booking & {
  readonly status: 'finished'
  readonly arrivedAt?: Instant
  readonly startedAt: Instant
  readonly finishedAt: Instant
  /** No clinician ever began it: what became of it was said without a call. `startedAt` is the hour it was booked for. */
  readonly neverBegan?: true
  /** Somebody of the patient's side had asked to speak by telephone. */
  readonly telephoneAsked?: true
  /** Absent where somebody of the patient's side was in the call when it ended, and in rows older than this member. */
  readonly outcome?: Outcome
  /** Nobody ended it: it did so by itself, then. `finishedAt` is when somebody was seen in its call last. */
  readonly endedItselfAt?: Instant
  /** A clinician's word, after the end, that she confirmed who it was outside of the call: by telephone, or there in person. */
  readonly confirmedAfterwards?: { readonly by: Ref; readonly at: Instant }
}
export type Cancelled = Booking & { readonly status: 'cancelled'; readonly cancelledAt: Instant }

export type Open = Planned | Arrived | InProgress
export type Visit = Open | Finished | Cancelled

/** One connection to the room as Jitsi saw it. Without `until`, nobody has told that it ended. */
export type Connection = {
  readonly id: string
  readonly from: Instant
  readonly until?: Instant
  readonly counted?: Counted
}

/** What the last count of the room makes of a connection that nobody told the end of: a room is empty, full, or one has too few in it. */
export type Counted = { readonly at: Instant; readonly as: 'gone' | 'there' | 'doubtful' }

/**
 * The first and the last time that a person's own page said that it was in the call. `media`: that something came through to it while somebody else
 * was there, at any time, or that nothing did; absent where it said neither.
 */
export type Said = { readonly from: Instant; readonly until: Instant; readonly media?: 'flows' | 'blocked' }

export type Attendance = {
  readonly who: Ref
  /** The first token. */
  readonly from: Instant
  /** The name shown in the room, the same for the whole visit and nobody else's. */
  readonly displayName?: string
  /** Absent where Jitsi tells us nothing. */
  readonly seen?: readonly Connection[]
  readonly said?: Said
}

/** `admittedAt`: the admission it was said of; whoever is let in anew is asked anew. */
export type IdentityWord = {
  readonly who: Ref
  readonly is: 'confirmed' | 'denied'
  readonly by: Ref
  readonly at: Instant
  readonly admittedAt: Instant
}

/**
 * What can have happened where nobody of the patient's side was seen in the call. `another-came`: somebody did, and was not of the patient's side.
 * `moved`: it is to be at another time, which is for people to find.
 */
export const happenings = ['came', 'telephone', 'another-came', 'did-not-come', 'moved', 'technical-failure'] as const
export type Happening = (typeof happenings)[number]

/** `unsaid`: a clinician of the visit has yet to say what happened. */
export type Outcome = { readonly is: 'unsaid' } | SaidOutcome
type SaidBy = {
  readonly by: Ref
  readonly at: Instant
  readonly inChart?: OutcomeInChart
  /** What an earlier word may have made of the Appointment: that is ours to change. */
  readonly wrote?: 'fulfilled' | 'noshow'
}
export type SaidOutcome =
  | (SaidBy & { readonly is: Exclude<Happening, 'telephone'> })
  /** `period`: from when until when they spoke; absent where nobody told. */
  | (SaidBy & { readonly is: 'telephone'; readonly period?: { readonly start: Instant; readonly end: Instant } })

/**
 * What the EHR has of it, as its own answers say; absent until it was asked. `appointment`: its status after it; `left` where the EHR did not
 * take it, `not-its-way` where it never does, `unknown` where its answer was lost and a second look told nothing. `encounter`: our own, or the
 * one it had for this Appointment.
 */
export type OutcomeInChart = {
  readonly appointment: 'fulfilled' | 'noshow' | 'booked' | 'untouched' | 'left' | 'not-its-way' | 'unknown'
  readonly encounter?: 'finished' | 'cancelled' | 'left'
}
