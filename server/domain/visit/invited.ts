// Whether somebody came by an invitation, and whether it still holds. Pure.
// Refuses whoever's invitation was taken back or pressed elsewhere, and everybody once the visit is over.
import { Refusal } from '../errors.ts'
import { given } from '../given.ts'
import type { Instant, Ref } from '../ids.ts'
import { plus } from '../instant.ts'
import type { Invitation, OpenedInvitation } from './invitation-shape.ts'
import { invitedRef, isInvited } from './sides.ts'
import { closesAt, type JoinWindow } from './visit.ts'
import type { Booking, Open, Visit } from './visit-shape.ts'

export const invitationOf = ({ invitations = [] }: Pick<Booking, 'invitations'>, who: Ref): Invitation | undefined =>
  invitations.find(({ id }) => invitedRef(id) === who)

/** Whether somebody interprets a sign language, as whoever invited them named it: in words, or by one of the names that are known. */
export const signs = ({ as, language = '' }: Pick<Invitation, 'as' | 'language'>): boolean =>
  as === 'interpreter' && /\bsign(?:ed|ing|s)?\b|\b(?:ASL|BSL|LSE|LSF|LSQ|LSM|DGS|Auslan)\b/i.test(language)

/** How long, in seconds, an opened invitation holds after the visit's hours, for a call that lasts longer. */
const marginSeconds = 4 * 3600

export const invitedUntil = (visit: Pick<Booking, 'end'>, window: JoinWindow): Instant =>
  plus(closesAt(visit, window), marginSeconds)

/**
 * Passes on an open visit to which this person is invited, and anybody who was not invited but comes by themselves. Asked in each change that gives
 * an invited person something: they may have been taken back a moment ago. Refuses `invitation-revoked`, `invitation-unknown` and `invitation-expired`.
 */
export function requireInvited<V extends Visit>(visit: V, who: Ref): V {
  if (!isInvited(who)) return visit
  const invitation = invitationOf(visit, who)
  if (invitation === undefined) throw new Refusal('invitation-unknown')
  holding(invitation, visit)
  return visit
}

/** Passes on a visit that takes invited people; refuses (`invitation-expired`) one that has ended, was called off, or is another patient's now. */
export function requireNotOver(visit: Visit): Open {
  if (!('call' in visit) || visit.patientGone) throw new Refusal('invitation-expired')
  return visit
}

/** Passes on an invitation that holds in this visit as it is now; refuses as `requireInvited` does. */
export function holding(invitation: Invitation, visit: Visit): OpenedInvitation {
  if (invitation.state === 'revoked') throw new Refusal('invitation-revoked')
  if (invitation.state === 'sent') throw new Refusal('invitation-unknown')
  requireNotOver(visit)
  return invitation
}

/** None holds any more; who they were stays, for what is written of those who were there. */
export function allTakenBack(
  { invitations }: Pick<Booking, 'invitations'>,
  now: Instant,
): Pick<Booking, 'invitations'> {
  return given({ invitations: invitations?.map((one) => revokedFrom(one, now)) })
}

/** Taken back; the browser that it was bound to reads so. */
export function revokedFrom(before: Invitation, now: Instant): Invitation {
  if (before.state === 'revoked') return before
  const { id, as, name, by, byName, link, language, reads, elsewhere } = before
  const browserHash = before.state === 'opened' ? before.browserHash : undefined
  return {
    ...{ id, as, name, by, byName, link, state: 'revoked', revokedAt: now },
    ...given({ language, reads, elsewhere, browserHash }),
  }
}
