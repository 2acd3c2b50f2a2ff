// FHIR references: the ones of our own EHR in their relative form, everything else as nothing.
import type { Iss, Ref } from '../ids.ts'

/** An absolute reference under the FHIR base, or a relative one, as `Type/id` (a version is dropped); undefined for anything else. */
export function relative(iss: Iss, reference: string): Ref | undefined {
  const path = (reference.startsWith(`${iss}/`) ? reference.slice(iss.length + 1) : reference).replace(
    /\/_history\/.*$/,
    '',
  )
  return /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/.test(path) ? (path as Ref) : undefined // sound: just matched
}

/** A base URL by which one is told from another: in the plain form of a URL (RFC 3986, 6.2.2 and 6.2.3), and without a slash at its end. */
export function plainBase(iss: Iss): Iss {
  const plain = URL.canParse(iss) ? new URL(iss).href : iss
  return plain.replace(/\/+$/, '') as Iss // sound: the same base URL, written in its plain form
}

export const sameBase = (one: Iss, other: Iss): boolean => one === other || plainBase(one) === plainBase(other)

/** `relative` for one EHR. */
export const relativeTo = (iss: Iss) => (reference: string) => relative(iss, reference)

/** By the record they signed in with: every sign-in of a clinician's has a Practitioner as its fhirUser, also one by a PractitionerRole. */
export const isClinician = (who: Ref): who is Ref<'Practitioner'> => who.startsWith('Practitioner/')

export const isPatient = (ref: Ref): ref is Ref<'Patient'> => ref.startsWith('Patient/')

/** The id of `Type/id`. */
export const idOf = (reference: Ref): string => reference.slice(reference.indexOf('/') + 1)
