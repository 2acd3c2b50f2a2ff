// What whoever listens for changes listens to: a visit, a clinician's day, a sign-in.
import type { Iss, LaunchId, OrganisationId, Ref, SignInId, VisitId } from '../domain/ids.ts'
import { personKey } from '../settings/bases.ts'
import type { Organisation } from '../settings/config.ts'

export const visitTopic = (id: VisitId): string => `visit:${id}`
/** Tells of a clinician's day. */
export const clinicianTopic = (organisation: Organisation, iss: Iss, ref: Ref): string =>
  `clinician:${personKey(organisation, iss, ref)}`
/** Tells that another waits for a clinician, or that one does no more; `key` as their visits are found by. */
export const queueTopic = (organisation: OrganisationId, key: string): string => `queue:${organisation} ${key}`
/** Tells that a sign-in, or an invitation, has ended. */
export const launchTopic = (id: SignInId): string => `launch:${id}`
/** Tells that the sign-in's roles became known: its day's stream begins anew, and listens for them too. */
export const rolesTopic = (id: LaunchId): string => `roles:${id}`
