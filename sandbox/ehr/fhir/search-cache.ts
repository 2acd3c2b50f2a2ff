// Owns the memory of searches that a server like HAPI answers from: the same search within so many seconds finds what it found then, however
// much was written since, unless the request says `Cache-Control: no-cache`.
import type { FhirResponse } from '@medplum/fhir-router'
import type { Request } from 'express'
import type { Hospital } from '../hospital.ts'
import type { Asked } from './interaction.ts'
import { statusOf } from './outcomes.ts'

/** Answers a request, by `work` unless it is a search whose answer is still kept; each caller has answers of their own. */
export function searchCache({ now, personality, store }: Hospital) {
  const seconds = personality.fhir?.searchesKeptSeconds ?? 0
  const kept = new Map<string, { until: number; found: FhirResponse }>()
  return async (request: Request, asked: Asked, work: () => Promise<FhirResponse>): Promise<FhirResponse> => {
    if (seconds === 0 || asked.interaction !== 'search-type') return work()
    const key = `${request.get('Authorization')} ${asked.path}?${asked.query}`
    const before = kept.get(key)
    const mustBeFresh = /\bno-cache\b/i.test(request.get('Cache-Control') ?? '')
    if (before && before.until > now().getTime() && !mustBeFresh) return asItIsNow(before.found)
    const found = await work()
    if (statusOf(found[0]) === 200) kept.set(key, { until: now().getTime() + seconds * 1000, found })
    return found
  }

  /** What is kept is which resources were found; each of them is as it is now, and one that was deleted is left out. */
  function asItIsNow([outcome, bundle]: FhirResponse): FhirResponse {
    if (bundle?.resourceType !== 'Bundle') return [outcome]
    const entry = (bundle.entry ?? []).flatMap((one) => {
      const latest = store.repository.latest.get(`${one.resource?.resourceType}/${one.resource?.id}`)
      return latest ? [{ ...one, resource: structuredClone(latest) }] : []
    })
    return [outcome, { ...bundle, entry }]
  }
}
