// What crosses to `npm run sign-ins` and `npm run hooks` over the app's own socket: who is signed in, told by no name, and which of them are to be
// ended; how it stands with each organisation's webhook.

import { z } from 'zod'
import { channels } from '../domain/notice/thread.ts'

export const SignIns = z.object({
  signIns: z.array(
    z.object({
      /** Names this sign-in here, and opens nothing. */
      id: z.string(),
      /** The same for all sign-ins of one person at one EHR. */
      person: z.string(),
      role: z.enum(['clinician', 'patient', 'representative']),
      organisation: z.string(),
      /** The issuer's name in the settings; absent where it is listed there no more. */
      issuer: z.string().exactOptional(),
      /** FHIR instants. */
      began: z.string(),
      seen: z.string(),
    }),
  ),
})
export type SignIns = z.infer<typeof SignIns>

export const EndSignIns = z.union([
  z.strictObject({ signIn: z.string().min(1).max(64) }),
  z.strictObject({
    organisation: z.string().min(1).max(64),
    /** As the list names them, or a reference such as `Practitioner/123`; everybody, where none is named. */
    person: z.string().min(1).max(200).exactOptional(),
    /** Where the organisation has several EHRs, in each of which a reference may mean somebody else. */
    issuer: z.string().min(1).max(64).exactOptional(),
  }),
])
export type EndSignIns = z.infer<typeof EndSignIns>

/** `several`: the reference means people at more than one EHR, and nothing was ended. */
export const Ended = z.object({ ended: z.int(), several: z.array(z.string()).exactOptional() })
export type Ended = z.infer<typeof Ended>

export const WebhookStandings = z.object({
  webhooks: z.array(
    z.object({
      organisation: z.string(),
      origin: z.string(),
      waiting: z.int(),
      givenUp: z.int(),
      leftOut: z.int(),
      /** FHIR instants. */
      since: z.string().exactOptional(),
      offSince: z.string().exactOptional(),
      taken: z.int(),
      notTaken: z.int(),
    }),
  ),
})
export type WebhookStandings = z.infer<typeof WebhookStandings>

export const NoticeStandings = z.object({
  notices: z.array(
    z.object({
      organisation: z.string(),
      by: z.enum(channels),
      waiting: z.int(),
      givenUp: z.int(),
      taken: z.int(),
      notTaken: z.int(),
    }),
  ),
})

export const AgainTo = z.strictObject({ organisation: z.string().min(1).max(64) })
/** `due`: so many events and notices are; absent where the organisation has no webhook, and writes to nobody. */
export const DueAgain = z.object({ due: z.int().exactOptional() })
