// Owns ids at an EHR that knows none but UUIDs: the UUID that stands for any other id, and a resource with all of its ids so.
import { createHash } from 'node:crypto'
import type { FhirResource } from 'fhir/r4'
import type { LaunchRequest, UserRef } from './contract.ts'
import type { Personality } from './personality.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const local = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/

/** Under which ids things are kept: as they came, or each as a UUID, always the same for the same id. */
export type Ids = {
  of(id: string): string
  in(resource: FhirResource): FhirResource
  at(request: LaunchRequest): LaunchRequest
}

export function idsOf({ fhir }: Personality): Ids {
  if (fhir?.ids !== 'uuid') return { of: (id) => id, in: (resource) => resource, at: (request) => request }
  return { of: uuidOf, in: withUuids, at: launchedAt }
}

/** By the name alone, as RFC 9562's version 5 is, though over no namespace. */
function uuidOf(id: string): string {
  if (uuid.test(id)) return id
  const hex = createHash('sha1').update(id).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

const referenceOf = (reference: string) => reference.replace(local, (_all, type, id) => `${type}/${uuidOf(id)}`)

function withUuids(resource: FhirResource): FhirResource {
  const rewritten = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rewritten)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        name === 'reference' && typeof inner === 'string' ? referenceOf(inner) : rewritten(inner),
      ]),
    )
  }
  // Sound: only the texts of references and the id have changed.
  const whole = rewritten(resource) as FhirResource
  return resource.id === undefined ? whole : { ...whole, id: uuidOf(resource.id) }
}

/** Ids may be given bare or as `Type/id`. */
function launchedAt(request: LaunchRequest): LaunchRequest {
  const open = Object.fromEntries(
    (['patient', 'encounter', 'appointment'] as const).flatMap((what) => {
      const id = request[what]?.split('/').at(-1)
      return id === undefined ? [] : [[what, uuidOf(id)]]
    }),
  )
  // Sound: the type before the slash is untouched.
  return { ...request, ...open, user: referenceOf(request.user) as UserRef }
}
