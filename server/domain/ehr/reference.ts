// FHIR references: the ones of our own EHR in their relative form, everything else as nothing.
import type { Iss, Ref } from '../ids.ts'

/**
 * Whether a text is FHIR's `id` (http://hl7.org/fhir/R4/datatypes.html#id), and can stand in an address: `.` and `..` keep to that
 * rule and are no names there, but lead out of the type they stand under (RFC 3986, 5.2.4).
 */
export const isFhirId = (text: string): boolean =>
  text.length <= 64 && /^[A-Za-z0-9\-.]+$/.test(text) && text !== '.' && text !== '..'

/** In characters. No honest reference or Location, with its base, type, id and version, is longer: such a one is not looked at. */
const longest = 2_000

const isType = (text: string) => text.length <= 64 && /^[A-Z][A-Za-z]+$/.test(text)

/** An absolute reference under the FHIR base, or a relative one, as `Type/id` (a version is dropped); undefined for anything else. */
export function relative(iss: Iss, reference: string): Ref | undefined {
  if (reference.length > longest) return undefined
  const path = reference.startsWith(`${iss}/`) ? reference.slice(iss.length + 1) : reference
  const [type = '', id = '', ...version] = path.split('/')
  const ends = version.length === 0 || version[0] === '_history'
  return ends && isType(type) && isFhirId(id) ? `${type}/${id}` : undefined
}

/** `Type/id` at the end of a Location such as `https://other/fhir/Type/id/_history/1`, whatever host it names. */
export function locationReference(location: string, type: string): Ref | undefined {
  if (location.length > longest) return undefined
  const parts = location.split('/')
  const [of, id = ''] = parts.slice(0, parts.at(-2) === '_history' ? -2 : undefined).slice(-2)
  return of === type && isFhirId(id) ? `${type}/${id}` : undefined
}

/** A base URL by which one is told from another: in the plain form of a URL (RFC 3986, 6.2.2 and 6.2.3), and without a slash at its end. */
export function plainBase(iss: Iss): Iss {
  const plain = URL.canParse(iss) ? new URL(iss).href : iss
  return withoutSlashes(plain) as Iss // sound: the same base URL, written in its plain form
}

/** Without the slashes at its end. */
export function withoutSlashes(url: string): string {
  let end = url.length
  while (url[end - 1] === '/') end -= 1
  return url.slice(0, end)
}

/** A FHIR base URL without the one slash that some EHRs have at its end, in launches or in general; nothing else is made alike. */
export const withoutSlash = <Base extends string>(iss: Base): Base =>
  (iss.endsWith('/') ? iss.slice(0, -1) : iss) as Base // sound: the brand says that it is a listed base, and one with a slash is the same

export const sameBase = (one: Iss, other: Iss): boolean => one === other || plainBase(one) === plainBase(other)

/** `relative` for one EHR. */
export const relativeTo = (iss: Iss) => (reference: string) => relative(iss, reference)

/** By the record they signed in with: every sign-in of a clinician's has a Practitioner as its fhirUser, also one by a PractitionerRole. */
export const isClinician = (who: Ref): who is Ref<'Practitioner'> => who.startsWith('Practitioner/')

export const isPatient = (ref: Ref): ref is Ref<'Patient'> => ref.startsWith('Patient/')

/** The id of `Type/id`. */
export const idOf = (reference: Ref): string => reference.slice(reference.indexOf('/') + 1)
