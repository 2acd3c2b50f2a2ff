// Invitations as they are found: by the handle in the URLs of who came by one, by the hash of a link's secret, by the first half of a code.
// Refuses whom no invitation of this browser's lets in, and whose holds no longer.
import { Refusal } from '../domain/errors.ts'
import type { InvitationId } from '../domain/ids.ts'
import { hashed, sameHash } from '../domain/sign-in/secret.ts'
import type { Invitation } from '../domain/visit/invitation-shape.ts'
import { holding, invitedUntil } from '../domain/visit/invited.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import { type Invitee, invitedTo } from './caller.ts'
import type { House } from './house.ts'
import { type FindInvitation, invitationIndexes } from './invitation-indexes.ts'

export type FoundInvitation = { readonly visit: Visit; readonly invitation: Invitation }

/** Those that have this value; of codes several may have the same first half. */
export async function invitationsBy(
  { visits }: Pick<House, 'visits'>,
  by: FindInvitation,
  value: string,
): Promise<readonly FoundInvitation[]> {
  const found = await visits.find(by, value)
  return found.flatMap((visit) =>
    (visit.invitations ?? []).flatMap((invitation) =>
      invitationIndexes[by]({ ...visit, invitations: [invitation] }).includes(value) ? { visit, invitation } : [],
    ),
  )
}

/**
 * Who came by the invitation of this handle, by what their browser brings. Undefined where there is no such invitation; refuses
 * (`invitation-unknown`) another browser than the one it is bound to, and as it holds no longer: `invitation-revoked`, `invitation-expired`.
 */
export async function inviteeOf(
  house: Pick<House, 'visits' | 'config' | 'now'>,
  id: InvitationId,
  secrets: readonly string[],
): Promise<Invitee | undefined> {
  const [found] = await invitationsBy(house, 'invitation', id)
  if (found === undefined) return undefined
  const { visit, invitation } = found
  const theirs = 'browserHash' in invitation ? invitation.browserHash : undefined
  if (theirs === undefined || !secrets.some((secret) => sameHash(hashed(secret), theirs)))
    throw new Refusal('invitation-unknown')
  const organisation = house.config.organisations.find((one) => one.id === visit.organisation)
  if (organisation === undefined) throw new Refusal('invitation-unknown')
  const holds = holding(invitation, visit)
  if (house.now() >= invitedUntil(visit, organisation.joinWindow)) throw new Refusal('invitation-expired')
  return invitedTo(organisation, visit, holds)
}
