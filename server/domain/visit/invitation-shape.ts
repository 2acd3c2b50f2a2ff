// What is kept of somebody who was invited to a visit: who they are said to be, by whom, and how far their invitation has come. Its rules stand in
// invitation.ts.
import type { Language } from '../ehr/languages.ts'
import type { Instant, InvitationId, Ref } from '../ids.ts'
import type { Launch } from '../sign-in/launch.ts'

/**
 * A person with a role of their own, and nothing of the EHR: `guest` is family or a carer, `colleague` a clinician who has no account there. None of
 * them is a moderator, sees a door, a chart or a note, or counts as of the patient's side.
 */
export const invitedRoles = ['guest', 'interpreter', 'colleague'] as const
export type InvitedRole = (typeof invitedRoles)[number]
/** What somebody is at a visit: by their sign-in, or by their invitation. */
export type RoleAtVisit = Launch['role'] | InvitedRole

/**
 * What lets somebody press: the hash of the link's secret, and of the code that can be typed instead. By its `locator`, the first half of it, a code
 * is found; `wrong` counts the second halves that were guessed, and closes the code.
 */
export type InvitationLink = {
  readonly secretHash: string
  readonly locator: string
  readonly codeHash: string
  readonly madeAt: Instant
  readonly wrong?: number
}

/** `elsewhere`: somebody tried it from another browser than the one it is bound to, or guessed at its code; the last time. */
type InvitationBase = {
  readonly id: InvitationId
  readonly as: InvitedRole
  /** As whoever invited them typed it: nobody has checked it. */
  readonly name: string
  /** Of an interpreter: the language that they speak with the patient. */
  readonly language?: string
  /** In which language of ours they read. */
  readonly reads?: Language
  readonly by: Ref
  readonly byName: string
  readonly link: InvitationLink
  readonly elsewhere?: { readonly at: Instant; readonly count: number }
}

/** `browserHash`: of the cookie of the one browser in which it was pressed; of one that was taken back, so that its page reads so. */
export type Invitation = InvitationBase &
  (
    | { readonly state: 'sent' }
    | { readonly state: 'opened'; readonly openedAt: Instant; readonly browserHash: string }
    | { readonly state: 'revoked'; readonly revokedAt: Instant; readonly browserHash?: string }
  )
export type OpenedInvitation = Extract<Invitation, { state: 'opened' }>
