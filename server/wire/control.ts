// What crosses to `npm run sign-ins` over the app's own socket: who is signed in, told by no name, and which of them are to be ended.
import { z } from 'zod'

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
