// An invitation from its making to its end, as pure rules: (visit, event) => new visit, or a Refusal. It is a part of the visit's row, so that who is
// invited, who stands at the door and whether the visit is over change together.
// Refuses a press from a second browser, one after the visit's hours, and one that was taken back.
import { Refusal } from '../errors.ts'
import { given } from '../given.ts'
import type { Instant, InvitationId } from '../ids.ts'
import { sameHash } from '../sign-in/secret.ts'
import { turnedOut } from './door.ts'
import type { Invitation, InvitationLink } from './invitation-shape.ts'
import { requireNotOver, revokedFrom } from './invited.ts'
import { invitedRef } from './sides.ts'
import { closesAt, type JoinWindow, requireOpen } from './visit.ts'
import type { Open, Visit } from './visit-shape.ts'

/** So many people may be invited at a time: more fit in no call. */
export const mostInvited = 8
/** So many are remembered in all, with those that were taken back. */
const mostKept = 24
/** So many times the second half of a code may be guessed; then it takes the link, or another code. */
export const mostWrong = 5
/** So many tries are counted. */
const mostTries = 20

/** Somebody is invited. Refuses `invitation-limit`, `appointment-past`, and what is over. */
export function invited(visit: Visit, invitation: Invitation, window: JoinWindow, now: Instant): Open {
  const open = requireTime(requireOpen(visit), window, now)
  const { invitations = [] } = open
  if (invitations.filter(({ state }) => state !== 'revoked').length >= mostInvited)
    throw new Refusal('invitation-limit')
  return { ...open, invitations: bounded([...invitations, invitation]) }
}

/** Of those that were taken back the oldest go. */
function bounded(all: readonly Invitation[]): readonly Invitation[] {
  const gone = all.filter(({ state }) => state === 'revoked').slice(0, Math.max(all.length - mostKept, 0))
  return all.filter((one) => !gone.includes(one))
}

/**
 * A new link, and a new code, in the place of the old ones, which are good for nothing from now on: nor is the browser in which the old one was
 * pressed. Refuses `invitation-revoked` and `invitation-unknown`.
 */
export function sentAnew(visit: Visit, id: InvitationId, link: InvitationLink, window: JoinWindow, now: Instant): Open {
  const open = requireTime(requireOpen(visit), window, now)
  const before = requireKnown(open, id)
  if (before.state === 'revoked') throw new Refusal('invitation-revoked')
  const { as, name, language, reads, by, byName } = before
  const anew: Invitation = { id, as, name, by, byName, link, state: 'sent', ...given({ language, reads }) }
  return { ...requireOpen(turnedOut(open, invitedRef(id))), ...withInvitation(open, anew) }
}

/** Taken back: their sign-in, their place at the door and their admission go with it. Twice changes nothing. Refuses `invitation-unknown`. */
export function takenBack(visit: Visit, id: InvitationId, now: Instant): Visit {
  const before = requireKnown(visit, id)
  if (before.state === 'revoked') return visit
  return { ...turnedOut(visit, invitedRef(id)), ...withInvitation(visit, revokedFrom(before, now)) }
}

/** What was brought: the hash of the link's secret, or of a whole code; and the hashes of what the browser has of an earlier press. */
export type Brought = { readonly by: 'secret' | 'code'; readonly hash: string; readonly browser: readonly string[] }

/**
 * The person presses: from now on the invitation is this browser's alone (`browserHash`), and the same browser may press again. Refuses
 * (`invitation-unknown`) what does not open it, also a right code after too many wrong ones; `invitation-revoked`; `invitation-expired`; and
 * `invitation-used` another browser than the first.
 */
export function boundToBrowser(
  visit: Visit,
  id: InvitationId,
  brought: Brought,
  browserHash: string,
  { window, now }: { readonly window: JoinWindow; readonly now: Instant },
): Open {
  const before = requireKnown(visit, id)
  if (!isRight(before.link, brought)) throw new Refusal('invitation-unknown')
  if (before.state === 'revoked') throw new Refusal('invitation-revoked')
  const open = requireNotOver(visit)
  if (before.state === 'opened') {
    const { browserHash: theirs } = before
    if (!brought.browser.some((one) => sameHash(one, theirs))) throw new Refusal('invitation-used')
    return open
  }
  if (now >= closesAt(open, window)) throw new Refusal('invitation-expired')
  return { ...open, ...withInvitation(open, { ...before, state: 'opened', openedAt: now, browserHash }) }
}

/** Whether what was brought opens this link; a code that was guessed at too often opens nothing. */
export function isRight({ secretHash, codeHash, wrong = 0 }: InvitationLink, { by, hash }: Brought): boolean {
  if (by === 'secret') return sameHash(hash, secretHash)
  return wrong < mostWrong && sameHash(hash, codeHash)
}

/** Somebody guessed at its code, or pressed it in another browser: a clinician of the visit reads so. Counted up to a number. */
export function triedElsewhere(visit: Visit, id: InvitationId, what: 'guessed' | 'pressed', now: Instant): Visit {
  const before = visit.invitations?.find((one) => one.id === id)
  if (before === undefined) return visit
  const { count = 0 } = before.elsewhere ?? {}
  if (count >= mostTries) return visit
  const { wrong = 0 } = before.link
  const link = what === 'guessed' && wrong < mostWrong ? { ...before.link, wrong: wrong + 1 } : before.link
  return { ...visit, ...withInvitation(visit, { ...before, link, elsewhere: { at: now, count: count + 1 } }) }
}

function requireKnown({ invitations = [] }: Visit, id: InvitationId): Invitation {
  const found = invitations.find((one) => one.id === id)
  if (found === undefined) throw new Refusal('invitation-unknown')
  return found
}

/** Nobody is invited to what is over. */
function requireTime(visit: Open, window: JoinWindow, now: Instant): Open {
  if (now >= closesAt(visit, window)) throw new Refusal('appointment-past')
  return visit
}

const withInvitation = ({ invitations = [] }: Visit, one: Invitation): Pick<Visit, 'invitations'> => ({
  invitations: invitations.map((each) => (each.id === one.id ? one : each)),
})
