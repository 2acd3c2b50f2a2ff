// Owns records told so that nobody can read them as FHIR: a list of one as the one alone, as XML is when it is turned into JSON by rule.
import type { Resource } from '@medplum/fhirtypes'
import type { Hospital } from '../hospital.ts'

/** The record as it is told; as it is, but where the fault strikes. */
export function toldOf({ faults }: Hospital, resource: Resource): Resource {
  const { resourceType, id } = resource
  const isStruck = faults.strike('lists-unwrapped', { types: [resourceType], id })
  return isStruck ? (unwrapped(resource) as Resource) : resource // sound: that it is none is what a test wants
}

function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? unwrapped(value[0]) : value.map(unwrapped)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, unwrapped(of)]))
}
