// What crosses the wire of the people who come to a visit's door: how it is with each, and what is asked to turn one away. Part of wire.ts, through which the client reads it.
import { z } from 'zod'
import type { DoorId, Instant, InvitationId } from '../domain/ids.ts'
import { deviceTroubles } from '../domain/visit/device-trouble.ts'
import type { KnownIdentity } from '../domain/visit/identity.ts'
import type { RoleAtVisit } from '../domain/visit/invitation-shape.ts'
import { type NotNow, notNowReasons, refusalReasons, type WhyRefused } from '../domain/visit/turned-away.ts'
import type { CalledOff, FoundOtherwise, Hindrance, MovedFrom } from '../domain/visit/visit-shape.ts'
import type { InCall } from './call.ts'
import type { ConsentSeen } from './consent.ts'
import { personAtDoor, whyOf } from './door-parts.ts'
import type { SentMessage } from './messages.ts'

export const Knock = z.strictObject({ devices: z.strictObject({ camera: z.boolean(), microphone: z.boolean() }) })
const trouble = z.enum(deviceTroubles).exactOptional()
/** How it is with a person's devices: what is named does not work. `byTelephone`: they would rather speak by telephone; `cannotCome`: they cannot make it. */
export const TellDevices = z.strictObject({
  camera: trouble,
  microphone: trouble,
  byTelephone: z.literal(true).exactOptional(),
  cannotCome: z.literal(true).exactOptional(),
})
/** `why` as the person's own page says it. */
export const Decline = z.strictObject({ ...personAtDoor, why: whyOf(refusalReasons).exactOptional() })
export const AskToWait = z.strictObject({ ...personAtDoor, why: whyOf(notNowReasons) })
export const SendBack = z.strictObject({ ...personAtDoor, why: whyOf(notNowReasons).exactOptional() })
/** Who somebody in the call is. `admittedAt`: the admission that was asked about. */
export const WhoItIs = z.strictObject({
  ...personAtDoor,
  admittedAt: z.iso.datetime() as unknown as z.ZodType<Instant>, // sound: Instant differs from text by its brand alone
  is: z.enum(['confirmed', 'denied']),
})
/** Who leaves keeps an admission, and comes back without queueing; `fromCall`: who signs out in a call gives it up, in their other windows too. */
export const LeaveDoor = z.strictObject({ fromCall: z.literal(true).exactOptional() })
/** `seat`: the number that this page was given; without it, it has just come, and is the person's newest. */
export const LookAt = z.strictObject({
  seat: z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).exactOptional(),
})
export type LookAt = z.infer<typeof LookAt>
/** Who waits steps away for some minutes, and keeps their place; or is back. */
export const StepAway = z.strictObject({ where: z.enum(['away', 'back']) })
export type StepAway = z.infer<typeof StepAway>
export type Knock = z.infer<typeof Knock>
export type TellDevices = z.infer<typeof TellDevices>
export type LeaveDoor = z.infer<typeof LeaveDoor>
export type WhoItIs = z.infer<typeof WhoItIs>
export type Decline = z.infer<typeof Decline>
export type AskToWait = z.infer<typeof AskToWait>
export type SendBack = z.infer<typeof SendBack>

export type DoorPerson = {
  readonly doorId: DoorId
  readonly name: string
  /** The id in this person's token, and what the room calls them, from the first entry on. */
  readonly idInRoom?: string
  readonly called?: string
  readonly as: Exclude<RoleAtVisit, 'clinician'>
  /** Of who was invited: their invitation, and the name of who invited them. */
  readonly invited?: { readonly invitation: InvitationId; readonly by: string; readonly language?: string }
  /** A representative's own number, as their record has it. */
  readonly phone?: string
  readonly state: 'waiting' | 'admitted' | 'declined'
  readonly knockedAt: Instant
  /** What they agreed to, where the clinic asks for consent to telehealth; absent where they have not, or took it back. */
  readonly consent?: ConsentSeen
  /** Of whoever is let in now. */
  readonly admittedAt?: Instant
  /** Of somebody who waits: they were in the room, and were asked to wait again. */
  readonly sentBackAt?: Instant
  /** Confirmed since they were let in, or sent out as another; absent while nobody said so. */
  readonly identity?: Pick<KnownIdentity, 'is' | 'at'>
  /** Of somebody who waits, and was asked for patience. */
  readonly notNow?: NotNow
  /** Of somebody who waits: what was written to them, the newest last. */
  readonly messages?: readonly SentMessage[]
  /** Of somebody who was sent away, as their page says it. */
  readonly why?: WhyRefused
  readonly devices: { readonly camera: boolean; readonly microphone: boolean }
  /** What their page told of their devices, where something is wrong with them. */
  readonly hindrance?: Hindrance
  /** Whether the person's page was heard of in the last seconds; of somebody who waits, also that they have not said that they step away. */
  readonly here: boolean
  /** Of somebody who waits and is not there: they keep their place until then. */
  readonly away?: AwayAtDoor
  /** Of somebody who waits no more, since their place was kept long enough: when their page was heard of last. */
  readonly leftAt?: Instant
  /** How it is with them in the call, by their own page; absent while that has not told of it. */
  readonly call?: Pick<InCall, 'at' | 'since'>
}

/** `since`: when their page was heard of last, or they said (`said`) that they step away. Their place is kept `until` then. */
export type AwayAtDoor = { readonly since: Instant; readonly until: Instant; readonly said?: true }

/** Somebody who tried to come in at a locked door. */
export type TriedPerson = Pick<DoorPerson, 'doorId' | 'name' | 'as' | 'phone' | 'here' | 'hindrance'> & {
  /** The last time. */
  readonly triedAt: Instant
  /** Let to wait although the door is locked, and not come yet. */
  readonly mayWait?: true
}

/** What their own page knows of it. `devices`: as they knocked, to knock again with; `mayCome`: now they may. */
export type AtLockedDoor = {
  readonly triedAt: Instant
  readonly devices: DoorPerson['devices']
  readonly mayCome?: true
}

export type StuckPerson = Pick<DoorPerson, 'name' | 'as' | 'phone' | 'here' | 'consent'> & {
  readonly hindrance: Hindrance
}

/**
 * Somebody was let in by what the Appointment said at `readAt`, while the EHR said nothing. `found`: what it says since then, where that is not the
 * same; without it, it has not been read since. `movedTo`: for when it is booked now. `filedAnyway`: a clinician wants the note filed all the same.
 */
export type LetInAsReadView = {
  readonly readAt: Instant
  readonly start: Instant
  readonly found?: FoundOtherwise
  readonly movedTo?: Instant
  readonly filedAnyway?: true
}

/**
 * Of a ClinicianView: how the Appointment stands, where that is not as it was. `calledOff`: it was off when it was read while the visit was under way.
 * `movedFrom`: it was at another time then, which is the view's own now.
 */
export type HowItStands = {
  readonly letInAsRead?: LetInAsReadView
  readonly calledOff?: CalledOff
  readonly movedFrom?: MovedFrom
  /** A page of the patient's side is open here, and whose it is has not knocked. */
  readonly checking?: true
  /** Of a visit that has ended: until when it can be opened again. */
  readonly reopensUntil?: Instant
}

export type * from './late.ts'
export type * from './messages.ts'
export type { CalledOff, MovedFrom }
