// How the invitations in a visit's row are read back.
import { z } from 'zod'
import { languages } from '../domain/ehr/languages.ts'
import { type Invitation, invitedRoles } from '../domain/visit/invitation-shape.ts'
import type { Visit } from '../domain/visit/visit-shape.ts'
import { text } from './row-parts.ts'

const at = text<Visit['start']>()
const link = z.object({
  secretHash: z.string(),
  locator: z.string(),
  codeHash: z.string(),
  madeAt: at,
  wrong: z.int().exactOptional(),
})
const invitation = {
  id: text<Invitation['id']>(),
  as: z.enum(invitedRoles),
  name: z.string(),
  language: z.string().exactOptional(),
  reads: z.enum(languages).exactOptional(),
  by: text<Invitation['by']>(),
  byName: z.string(),
  link,
  elsewhere: z.object({ at, count: z.int() }).exactOptional(),
}

export const InvitationRow: z.ZodType<Invitation> = z.discriminatedUnion('state', [
  z.object({ ...invitation, state: z.literal('sent') }),
  z.object({ ...invitation, state: z.literal('opened'), openedAt: at, browserHash: z.string() }),
  z.object({ ...invitation, state: z.literal('revoked'), revokedAt: at, browserHash: z.string().exactOptional() }),
])
