// What crosses the wire about the chart: what the EHR can do, the note, and where it is on its way. Part of wire.ts, through which the client reads it.
import { z } from 'zod'
import type { Ability, EhrKind, Verdict } from '../domain/ehr/capability.ts'
import type { Instant, Iss, Ref } from '../domain/ids.ts'
import type { Borrowed, NotFiled } from '../domain/note/ledger.ts'
import type { Soap } from '../domain/note/soap.ts'
import { foundOtherwise } from '../domain/visit/visit-shape.ts'

/**
 * `sendAgain`: the outcome is unknown, and the person, told so, wants the note sent once more. `anyway`: what the person was told of the Appointment
 * by which somebody was let in unread, and wants it filed all the same.
 */
export const FileDraft = z.strictObject({
  sendAgain: z.boolean().exactOptional(),
  anyway: z.enum(['unread', ...foundOtherwise]).exactOptional(),
})
export type FileDraft = z.infer<typeof FileDraft>

/** `onlyLook`: a note that may have arrived is looked for, and nothing is sent, whatever is found: for a page that asks by itself. */
export const FileNote = FileDraft.extend({ onlyLook: z.boolean().exactOptional() })
export type FileNote = z.infer<typeof FileNote>

export type { LookedFor } from '../domain/errors.ts'

/** `GET /v/:launch/api/capability`: what the EHR can do for this sign-in. */
export type CapabilityView = {
  readonly kind: EhrKind
  /** False when the EHR's /metadata did not answer. */
  readonly told: boolean
  /** It did not because the EHR was busy: it is asked again from then on. */
  readonly busyUntil?: Instant
  readonly iss: Iss
  readonly software?: string
  readonly drafts: boolean
  readonly amends: boolean
  readonly marksMistakes: boolean
  readonly verdicts: Readonly<Record<Ability, Verdict>>
  /** What this sign-in is, and what it told of the visit: a granted scope is no promise that a launch names anything. */
  readonly signIn: {
    readonly renewed: boolean
    readonly toldAppointment: boolean
    readonly toldEncounter: boolean
  }
  /** The granted scopes. */
  readonly scope: readonly string[]
}

/** `GET …/visits/:visit/note`, with the version as ETag `W/"n"`; version 0 is the note nobody has written yet. */
export type NoteView = {
  readonly version: number
  readonly soap: Soap
  readonly savedAt?: Instant
  readonly sign:
    | { readonly docStatus: 'preliminary' }
    | { readonly docStatus: 'final'; readonly signedAt: Instant; readonly signedBy: string }
  readonly filing: FilingView
  /** An amendment that is not in the chart, signed or not: who signed the text that stands there meanwhile, and when. */
  readonly amends?: { readonly signedAt: Instant; readonly signedBy: string }
  /** The last draft that was to go into the chart, and of which version it was. */
  readonly draft?: { readonly version: number; readonly filing: FilingView }
}
export type FilingView =
  | { readonly state: 'unfiled' }
  | { readonly state: 'pending'; readonly since: Instant }
  | {
      readonly state: 'filed'
      readonly at: Instant
      readonly documentReference: Ref<'DocumentReference'>
      readonly encounter?: Ref<'Encounter'>
      /** `left`: the EHR did not take the Appointment's change; the note is filed all the same. */
      readonly appointment: 'fulfilled' | 'left'
      /** What the Encounter is, where it is not this visit's. */
      readonly borrowed?: Borrowed
      /** It lacks the Encounter it should stand under, and the EHR did not let that be put right. */
      readonly astray?: true
    }
  | { readonly state: 'unknown'; readonly at: Instant }
  | {
      readonly state: 'not-filed'
      readonly at: Instant
      readonly why: NotFiled
      /** The EHR's own number of its refusal, for support. */
      readonly code?: string
      /** When the EHR, which was busy, asked us to come back. */
      readonly retryAt?: Instant
    }
  | { readonly state: 'entered-in-error'; readonly at: Instant; readonly documentReference: Ref<'DocumentReference'> }

export type { Ability, NotFiled, Verdict }
