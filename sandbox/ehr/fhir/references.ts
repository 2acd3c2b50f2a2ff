// Owns one question: does everything a resource points to exist here? References to other servers are left alone.
import type { Resource } from '@medplum/fhirtypes'
import type { Hospital } from '../hospital.ts'

const local = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/.+)?$/

/** The references that lead nowhere: unknown resources of this server, and placeholders nobody resolved. */
export function danglingReferences(resource: Resource, { iss, store }: Pick<Hospital, 'iss' | 'store'>): string[] {
  return referencesIn(resource).filter((reference) => {
    if (reference.startsWith('urn:uuid:')) return true
    const [, type, id] = local.exec(reference.replace(`${iss}/`, '')) ?? []
    return type !== undefined && !store.repository.latest.has(`${type}/${id}`)
  })
}

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  if (typeof value !== 'object' || value === null) return []
  const own = 'reference' in value && typeof value.reference === 'string' ? [value.reference] : []
  return [...own, ...Object.values(value).flatMap(referencesIn)]
}
