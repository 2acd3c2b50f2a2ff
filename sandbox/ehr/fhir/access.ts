// Owns who may touch what: the granted scopes, applied to one type or to one resource, patients held to their compartment.
// The compartment is R4's CompartmentDefinition/patient.
import type { Resource, ResourceType } from '@medplum/fhirtypes'
import type { UserRef } from '../contract.ts'
import { kindOf, patientOf } from '../oauth/context.ts'
import type { Grant } from '../oauth/grants.ts'
import { type Letter, rulesFor, rulesOf } from '../oauth/scopes.ts'
import { matchesSearchRequest, parseSearchRequest, patientCompartment } from './medplum.ts'
import type { Store } from './store.ts'

export type Access = {
  /** Who is signed in; undefined where nobody has to be. */
  user: UserRef | undefined
  mayType(letter: Letter, type: string): boolean
  mayResource(letter: Letter, resource: Resource): boolean
}

const compartmentParams = new Map<string, string[]>(
  (patientCompartment.resource ?? []).map((one) => [one.code ?? '', one.param ?? []]),
)

export function accessOf(store: Store, { context, scopes }: Grant): Access {
  const rules = rulesOf(scopes)
  const own = patientOf(store, context.user)
  const isClinician = /^Practitioner(Role)?$/.test(kindOf(store, context.user))
  const userMay = (resource: Resource): boolean => {
    if (isClinician || `${resource.resourceType}/${resource.id}` === context.user) return true
    return own !== undefined && (isNobodysRecord(resource.resourceType) || isInCompartment(resource, own))
  }
  const patientMay = (resource: Resource) => context.patient !== undefined && isInCompartment(resource, context.patient)
  return {
    user: context.user,
    mayType: (letter, type) => rulesFor(rules, type, letter).length > 0,
    mayResource: (letter, resource) =>
      rulesFor(rules, resource.resourceType, letter).some(
        ({ level, where }) =>
          (level === 'user' ? userMay(resource) : patientMay(resource)) && (!where || matches(resource, where)),
      ),
  }
}

/** Behind an open proxy: everybody may do everything. */
export const everything: Access = { user: undefined, mayType: () => true, mayResource: () => true }

/** Types about no patient: people who care, places, schedules. */
function isNobodysRecord(type: string): boolean {
  return (compartmentParams.get(type) ?? []).length === 0 && type !== 'Patient'
}

function isInCompartment(resource: Resource, patient: string): boolean {
  if (resource.resourceType === 'Patient') return resource.id === patient
  const params = compartmentParams.get(resource.resourceType) ?? []
  return params.some((param) => param !== '{def}' && matches(resource, `${param}=Patient/${patient}`))
}

function matches(resource: Resource, query: string): boolean {
  return matchesSearchRequest(resource, parseSearchRequest(`${resource.resourceType as ResourceType}?${query}`))
}
