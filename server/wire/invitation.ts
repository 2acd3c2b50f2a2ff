// What crosses the wire of people who are invited by a link: what a clinician says of them, what she is told of each, and what they bring. Part of
// wire.ts, through which the client reads the types.
import { z } from 'zod'
import { type Language, languages } from '../domain/ehr/languages.ts'
import type { Instant, InvitationId } from '../domain/ids.ts'
import { type InvitedRole, invitedRoles, type RoleAtVisit as Role } from '../domain/visit/invitation-shape.ts'

/** One line. */
const line = (most: number) =>
  z
    .string()
    .max(most)
    .refine((said) => said.trim() !== '' && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(said))
const id = z.string().min(1).max(64) as unknown as z.ZodType<InvitationId> // sound: an InvitationId differs from text by its brand alone

/**
 * `name` as it is shown to everybody in the visit; `language`: of an interpreter, the one they speak with the patient; `reads`: in which language of
 * the organisation's they read the invitation and their page, its first unless told.
 */
export const Invite = z.strictObject({
  as: z.enum(invitedRoles),
  name: line(60),
  language: line(40).exactOptional(),
  reads: z.enum(languages).exactOptional(),
})
export const OfInvitation = z.strictObject({ invitation: id })
/** The secret as it stood in the link's fragment, or a code as it was typed. */
export const PressInvitation = z.union([
  z.strictObject({ secret: z.string().max(64) }),
  z.strictObject({ code: z.string().max(32) }),
])

export type Invite = z.infer<typeof Invite>
export type OfInvitation = z.infer<typeof OfInvitation>
export type PressInvitation = z.infer<typeof PressInvitation>

/**
 * `POST …/invitations`, `POST …/invitations/links`: shown once, and kept by nobody but whom they are given to. `code` is what they can type at
 * `typeAt` where the link does not help; both are good until `until`, for one browser.
 */
export type InvitationMade = {
  readonly invitation: InvitationId
  readonly link: string
  readonly code: string
  readonly typeAt: string
  /** The same as texts to be sent on, in the language in which they read. */
  readonly mail: { readonly subject: string; readonly text: string }
  readonly sms: string
  readonly reads: Language
  readonly until: Instant
}

/** `POST /invitations/pressed`, with the cookie of this browser: the page it goes on to. */
export type InvitationPressed = { readonly path: string }

/**
 * How far an invitation has come: nobody has pressed yet; pressed in some browser; at the door; let in; in the call, as their own page says; out of
 * it again, for a while or for good; not let in; nobody pressed in time; taken back.
 */
export type InvitationState =
  | 'sent'
  | 'opened'
  | 'waiting'
  | 'admitted'
  | 'in'
  | 'left'
  | 'declined'
  | 'expired'
  | 'revoked'

/** Of a ClinicianView: somebody who is invited. `elsewhere`: it was tried from another browser, or its code guessed at; so often, and the last time. */
export type InvitedPerson = {
  readonly invitation: InvitationId
  readonly as: InvitedRole
  /** As it was typed: nobody has checked it. */
  readonly name: string
  readonly language?: string
  /** The name of who invited them. */
  readonly by: string
  readonly state: InvitationState
  /** When its link was made. */
  readonly madeAt: Instant
  readonly elsewhere?: { readonly at: Instant; readonly count: number }
}

/** Of who came by a sign-in. */
export type SignInRole = Exclude<Role, InvitedRole>

export type { InvitationId, InvitedRole, Role }
