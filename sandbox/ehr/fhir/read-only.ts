// Owns what nobody changes from outside: elements an EHR passes over without a word, so that an update is 200 and changed nothing there.
// Medplum's access policies do so (`readonlyFields`); the answer's body says what is kept.
import type { Resource } from '@medplum/fhirtypes'
import type { Hospital } from '../hospital.ts'

/** The resource as it is kept: with what was there `before` in each element that is read-only. */
export function unchanged({ personality, faults }: Hospital, resource: Resource, before: Resource): Resource {
  const { resourceType: type } = resource
  const own = personality.fhir?.readOnly?.[type] ?? []
  const fault = faults.strike('update-passed-over', { types: [type] })
  const elements = [...own, ...(fault === undefined ? [] : (fault.elements ?? ['status']))]
  // Sound: both are of one type, and only elements they have are looked at.
  const [kept, was] = [{ ...resource } as Record<string, unknown>, before as unknown as Record<string, unknown>]
  for (const element of elements) {
    if (element in was) kept[element] = was[element]
    else delete kept[element]
  }
  return kept as unknown as Resource
}
