// What is kept of consent to telehealth in a visit: as types, and the shape of a text's version.
import type { Language } from '../ehr/languages.ts'
import type { Instant, Iss, Ref } from '../ids.ts'

/** How a clinic may number its texts. */
export const consentVersion = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/

/** Which text: as the clinic numbers it, in which language, and the hash of what was shown (SHA-256, base64url). */
export type AgreedTo = { readonly version: string; readonly language: Language; readonly hash: string }

export type TelehealthConsent = AgreedTo & {
  readonly who: Ref
  readonly as: 'patient' | 'representative'
  /** By their own sign-in, as they were named then. */
  readonly name: string
  readonly at: Instant
  readonly withdrawnAt?: Instant
  /** The Consent that stands for it at the EHR, under this base URL; absent where that took none. */
  readonly inChart?: { readonly iss: Iss; readonly consent: Ref<'Consent'> }
  /** A representative's own, for clinicians alone. */
  readonly phone?: string
}
