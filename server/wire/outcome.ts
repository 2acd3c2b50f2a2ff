// What crosses the wire of what happened in a visit that nobody of the patient's side was in. Part of wire.ts, through which the client reads it.
import { z } from 'zod'
import type { Instant } from '../domain/ids.ts'
import type { KnownIdentity } from '../domain/visit/identity.ts'
import { type Happening, happenings, type OutcomeInChart } from '../domain/visit/visit-shape.ts'

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
/**
 * By telephone: from when until when by the clinic's clocks, on the day of the visit. `instead`: the word that stands on the screen.
 * `identityConfirmed`: who says that they met says with it that she confirmed who it was; wanted where another was in the call before.
 */
export const WhatHappened = z
  .strictObject({
    is: z.enum(happenings),
    period: z.strictObject({ start: clock, end: clock }).exactOptional(),
    instead: z.enum(happenings).exactOptional(),
    identityConfirmed: z.literal(true).exactOptional(),
  })
  .refine(({ is, period }) => period === undefined || is === 'telephone')
  .refine(({ is, identityConfirmed }) => identityConfirmed === undefined || is === 'came' || is === 'telephone')
export type WhatHappened = z.infer<typeof WhatHappened>

/** What happened, as a clinician said; `unsaid` while nobody has. `inChart`: what the EHR's answers say, absent until it was asked. */
export type OutcomeView =
  | { readonly is: 'unsaid' }
  | {
      readonly is: Happening
      readonly at: Instant
      readonly period?: { readonly start: Instant; readonly end: Instant }
      readonly inChart?: OutcomeInChart
    }

/** Of a ClinicianView: what is known of who came. */
export type WhatIsKnown = {
  /** When somebody came to the door first, whether or not they are there still. */
  readonly arrivedAt?: Instant
  /** Whether it is known who was in the call; absent while nobody said anything. */
  readonly identity?: KnownIdentity
  /** Nobody of the patient's side has been in the call, as far as we were told: what happened is asked when it ends. */
  readonly nobodyCame?: true
  /** They were in it, and neither picture nor sound came through, as the pages in it told: what happened is asked as well. */
  readonly nothingThrough?: true
  /** Somebody of the patient's side asked to speak by telephone. */
  readonly byTelephone?: true
  /** Somebody of the patient's side says that they cannot make it, and has not come since. */
  readonly cannotCome?: true
  /** Nobody ended it: it did so by itself, then. */
  readonly endedItselfAt?: Instant
  /** A clinician opened it again after its end: the last time. */
  readonly reopenedAt?: Instant
  /** No clinician began it: what became of it was said, and there was no call. */
  readonly neverBegan?: true
  /** Absent while the visit goes on, and where somebody of the patient's side was met in the call. */
  readonly outcome?: OutcomeView
}

/** For the patient's side. `missed`: the visit did not take place as far as anybody knows; `failed`: for a technical reason, and `moved`: to another time, as the clinician says. */
export type EndedAs = 'missed' | 'failed' | 'moved'

export type { Happening, OutcomeInChart }
