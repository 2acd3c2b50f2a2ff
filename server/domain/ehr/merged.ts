// A person whose records were merged: which Patient took the place of which, by Patient.link of type replaced-by
// (http://hl7.org/fhir/R4/patient-definitions.html#Patient.link). That a record is not active, or links to others in another way, is no merger.
// Refuses (`patient-replaced`) a link that does not say clearly which record took its place.

import { Refusal } from '../errors.ts'
import { given } from '../given.ts'
import type { Ref } from '../ids.ts'
import { membersOf } from './members.ts'
import { isPatient } from './reference.ts'

/** A person in one EHR: the record that counts, and those that it took the place of, by which they may still be named. */
export type KnownAs = {
  readonly patient: Ref<'Patient'>
  /** Absent where none is known. */
  readonly replaced?: readonly Ref<'Patient'>[]
}

/** Whether a reference names this person, by whichever of their records. */
export const isPatientOf = ({ patient, replaced = [] }: KnownAs, ref: Ref | undefined): boolean =>
  ref !== undefined && (ref === patient || replaced.some((one) => one === ref))

/** Nothing but whose it is. */
export const onlyKnownAs = ({ patient, replaced }: KnownAs): KnownAs => ({ patient, ...given({ replaced }) })

/** All of a person's records that are known. */
export const recordsOf = ({ patient, replaced = [] }: KnownAs): readonly Ref<'Patient'>[] => [patient, ...replaced]

/** The same person, known by these records too. The same object where nothing is new. */
export function alsoKnownAs<P extends KnownAs>(person: P, others: readonly Ref<'Patient'>[]): P {
  const fresh = [...new Set(others)].filter((one) => !isPatientOf(person, one))
  return fresh.length === 0 ? person : { ...person, replaced: [...(person.replaced ?? []), ...fresh] }
}

/** The records of a person who is known as `now`, where they were known as `before` until then. */
export function knownNow(before: KnownAs, now: KnownAs): KnownAs {
  const all = [...(before.replaced ?? []), before.patient, ...(now.replaced ?? [])]
  const replaced = [...new Set(all)].filter((one) => one !== now.patient)
  return { patient: now.patient, ...given({ replaced: replaced.length > 0 ? replaced : undefined }) }
}

/** Of a chain of mergers; a longer one is refused. */
export const mostMergers = 4

/**
 * The record that took this one's place, by its `link` as the EHR gave it; undefined where none did. Refuses (`patient-replaced`) what names
 * no Patient of this EHR, or several.
 */
export function replacementOf(
  link: unknown,
  relative: (reference: string) => Ref | undefined,
): Ref<'Patient'> | undefined {
  const links = Array.isArray(link) ? link : [link]
  const named = links
    .map(membersOf)
    .filter(({ type }) => type === 'replaced-by')
    .map(({ other }) => membersOf(other))
  if (named.length === 0) return undefined
  const refs = named.map(({ reference }) => (typeof reference === 'string' ? relative(reference) : undefined))
  const [only, another] = new Set(refs)
  if (only === undefined || another !== undefined || !isPatient(only) || new Set(refs).size > 1)
    throw new Refusal('patient-replaced')
  return only
}
