// By what a visit is found on account of its invitations: the handle in the URLs of who came by one, the hash of a link's secret, the first half of a code.
import type { Visit } from '../domain/visit/visit-shape.ts'

export type FindInvitation = 'invitation' | 'invitation-link' | 'invitation-code'

/** What a visit is found by on account of its invitations, in the store's indexes. */
export const invitationIndexes: Readonly<Record<FindInvitation, (visit: Visit) => readonly string[]>> = {
  invitation: ({ invitations = [] }) => invitations.map(({ id }) => id),
  'invitation-link': ({ invitations = [] }) => invitations.map(({ link }) => link.secretHash),
  'invitation-code': ({ invitations = [] }) => invitations.map(({ link }) => link.locator),
}
