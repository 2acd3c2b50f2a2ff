// What is kept of the people who come to a visit's door: as types, part of the visit's row (visit-shape.ts).

import type { DoorId, Instant, Ref } from '../ids.ts'
import type { DeviceTrouble } from './device-trouble.ts'
import type { InvitedRole } from './invitation-shape.ts'
import type { NotNow, WhyRefused } from './turned-away.ts'

/** What the person's own browser found before knocking. */
export type Devices = { readonly camera: boolean; readonly microphone: boolean }

/** What stands between a person and the call, as their own page told. A device that is not named works. */
export type Hindrance = {
  readonly camera?: DeviceTrouble
  readonly microphone?: DeviceTrouble
  /** They would rather speak by telephone. */
  readonly byTelephone?: true
  /** They say that they cannot make it: a clinician decides what follows. */
  readonly cannotCome?: true
  readonly since: Instant
}
export type Hindered = Hindrance & Pick<AtDoor, 'who' | 'as' | 'name' | 'phone'>

type AtDoor = {
  /** The handle of this person at the door. Older rows call it `guest`. */
  readonly doorId: DoorId
  readonly who: Ref
  readonly as: 'patient' | 'representative' | InvitedRole
  /** The name the person goes by; a representative's own; of who was invited, as it was typed. */
  readonly name: string
  /** A representative's own number; for clinicians alone. */
  readonly phone?: string
  readonly devices: Devices
  readonly knockedAt: Instant
}
/** Somebody who came to a locked door. `triedAt`: the last time; `mayWait`: they may knock although it is locked. */
export type TriedKnock = Omit<AtDoor, 'knockedAt'> & { readonly triedAt: Instant; readonly mayWait?: true }
/** `sentBackAt`: they were in the room, and were asked to wait again. `notNow`: the last time that a clinician asked for patience. */
export type Waiting = AtDoor & {
  readonly state: 'waiting'
  readonly sentBackAt?: Instant
  readonly notNow?: NotNow
} & Silence
/** How it was and is with the page of somebody who waits, as far as memory alone would not do (presence.ts). */
type Silence = {
  /** Nothing has been heard of their page since then. */
  readonly silentSince?: Instant
  /** They said `at` then that they step away until then. */
  readonly steppedAway?: { readonly at: Instant; readonly until: Instant }
  /** They lost their place, silent since then, and wait anew since `knockedAt`. */
  readonly goneSince?: Instant
}
export type Admitted = AtDoor & {
  readonly state: 'admitted'
  readonly admittedAt: Instant
  readonly admittedBy: Ref
  /** They had said that they step away, and were let in all the same. */
  readonly away?: true
}
export type Declined = AtDoor & { readonly state: 'declined'; readonly declinedAt: Instant; readonly why?: WhyRefused }
/** A person at the door. */
export type Person = Waiting | Admitted | Declined
