// What crosses the wire of a clinic's consent to telehealth. Part of wire.ts, through which the client reads it.
import { z } from 'zod'
import { type Language, languages } from '../domain/ehr/languages.ts'
import type { Instant } from '../domain/ids.ts'

/** In which language the page is: the text comes in it, or in the clinic's first where it has none. */
export const ReadConsent = z.strictObject({ language: z.enum(languages).exactOptional() })
/** A yes to the text that was read: what of it was shown goes back, so that nobody agrees to another. */
export const GiveConsent = z.strictObject({
  version: z.string().min(1).max(40),
  language: z.enum(languages),
  hash: z.string().length(43),
})
export type ReadConsent = z.infer<typeof ReadConsent>
export type GiveConsent = z.infer<typeof GiveConsent>

/** `GET …/consent`: `text` as the clinic wrote it, with empty lines between its paragraphs; `date` since when it counts. */
export type ConsentText = {
  readonly version: string
  readonly date: string
  readonly language: Language
  readonly text: string
  readonly hash: string
}

/** Of whoever asks. `needed`: they have not agreed to the text that stands now. */
export type OwnConsent =
  | { readonly is: 'needed' }
  | { readonly is: 'given'; readonly version: string; readonly at: Instant }
  | { readonly is: 'withdrawn'; readonly at: Instant }

/** For clinicians: what somebody agreed to, and when. */
export type ConsentSeen = { readonly version: string; readonly language: Language; readonly at: Instant }

/** Of a patient's view. `consent`: where the clinic asks for it, how it is with theirs. */
export type Consenting = { readonly consent?: OwnConsent }
/**
 * Of a clinician's view. `withdrew`: who took theirs back, and did not give it anew. `asksConsent`: the clinic asks for it, so that whoever has
 * none has not agreed yet.
 */
export type ConsentAtDoor = { readonly withdrew?: readonly Withdrew[]; readonly asksConsent?: true }

/** For clinicians: who has taken it back, and is out of the door and the call by it. */
export type Withdrew = {
  readonly name: string
  readonly as: 'patient' | 'representative'
  readonly at: Instant
  readonly phone?: string
}
