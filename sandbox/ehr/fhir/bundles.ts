// Owns Bundles at the edge: what a batch or transaction may contain when it comes in, and how search and batch answers go out.
import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import { z } from 'zod'
import type { Hospital } from '../hospital.ts'
import { bare, refuse, statusOf } from './outcomes.ts'
import { defaultCount, maxCount, readSearch } from './search.ts'

const Entry = z.looseObject({
  request: z.looseObject({
    method: z.string(),
    url: z.string(),
    ifNoneExist: z.string().optional(),
    ifMatch: z.string().optional(),
  }),
  resource: z.looseObject({ resourceType: z.string() }).optional(),
})
const Incoming = z.looseObject({ type: z.string(), entry: z.array(Entry).default([]) })

export type IncomingBundle = z.infer<typeof Incoming>

/** A batch or transaction whose every entry is one this server takes; searches in it are checked like any other. */
export function readBundle(hospital: Hospital, body: unknown): IncomingBundle {
  const read = Incoming.safeParse(body)
  if (!read.success) throw refuse(400, 'structure', 'Every entry needs request.method and request.url.')
  const bundle = read.data
  const served = hospital.personality.system.map(String)
  const isOff = bundle.type === 'transaction' && hospital.faults.isOn('no-transaction')
  if (!served.includes(bundle.type) || isOff) {
    throw refuse(400, 'not-supported', `A Bundle of type ${bundle.type} is not taken here.`)
  }
  for (const { request } of bundle.entry) checkEntry(hospital, request)
  return bundle
}

function checkEntry(hospital: Hospital, request: z.infer<typeof Entry>['request']): void {
  const [path = '', query] = request.url.split('?')
  if (/^https?:/.test(path)) throw refuse(400, 'value', 'request.url is relative to the FHIR base.')
  if (request.ifMatch !== undefined) checkIfMatch(request.ifMatch)
  if (request.method === 'GET' && query !== undefined) {
    request.url = `${path}?${readSearch(path, new URLSearchParams(query), hospital.iss)}`
  } else if (query !== undefined) {
    throw refuse(400, 'not-supported', 'Conditional updates and deletes are not taken here.')
  }
  const kept = readIfNoneExist(hospital, path, request.ifNoneExist)
  if (kept === undefined) delete request.ifNoneExist
  else request.ifNoneExist = kept
}

/** The criteria of a conditional create, checked; undefined where there are none, or where a fault forgets them. */
export function readIfNoneExist(hospital: Hospital, type: string, criteria: string | undefined): string | undefined {
  if (criteria === undefined) return undefined
  const { personality, faults, iss } = hospital
  if (!personality.conditionalCreate || faults.strike('ignore-if-none-exist', { types: [type] })) return undefined
  const params = readSearch(type, new URLSearchParams(criteria.replace(/^\?/, '')), iss)
  if (params.size === 0) throw refuse(400, 'value', 'If-None-Exist names nothing to look for.')
  return params.toString()
}

/** The router reads past an If-Match it cannot parse; here that is a mistake. */
export function checkIfMatch(value: string): void {
  if (!/^(W\/)?"[^"]+"$/.test(value)) throw refuse(400, 'value', 'If-Match is written W/"version".')
}

/** A searchset with links and full URLs. `query` is what was asked. */
export function searchAnswer(hospital: Hospital, bundle: Bundle, type: string, query: URLSearchParams): Bundle {
  const { iss, faults, origin } = hospital
  const offset = Number(query.get('_offset') ?? 0)
  const count = Math.min(Number(query.get('_count') ?? defaultCount), maxCount)
  const link = [{ relation: 'self' as 'self' | 'next', url: `${iss}/${type}?${query}` }]
  if (count > 0 && offset + count < (bundle.total ?? 0)) {
    const repeats = faults.strike('search-repeats', { types: [type] }) ? 1 : 0
    const next = new URLSearchParams(query)
    next.set('_offset', String(offset + count - repeats))
    const other = faults.strike('next-link-other-host', { types: [type] })
    const base = other ? `${other.url ?? origin.replace('127.0.0.1', 'localhost')}/fhir` : iss
    link.push({ relation: 'next', url: `${base}/${type}?${next}` })
  }
  const { entry = [], total, ...rest } = bundle
  const full = entry.map(({ resource, search }) => ({
    fullUrl: `${iss}/${resource?.resourceType}/${resource?.id}`,
    ...(resource && { resource }),
    search: search ?? { mode: 'include' as const },
  }))
  const counted = query.get('_total') === 'none' ? {} : { total: total ?? 0 }
  return { ...rest, ...counted, link, ...(full.length > 0 && { entry: full }) }
}

/** A batch's or transaction's answer, entry by entry: status, where it is now, and its version. */
export function batchAnswer({ iss }: Hospital, bundle: Bundle, minimal: boolean): Bundle {
  return { ...bundle, entry: (bundle.entry ?? []).map((entry) => entryAnswer(entry, iss, minimal)) }
}

function entryAnswer({ resource, response }: BundleEntry, iss: string, minimal: boolean): BundleEntry {
  const outcome = response?.outcome?.resourceType === 'OperationOutcome' ? response.outcome : undefined
  const status = outcome ? statusOf(outcome) : Number(response?.status ?? 500)
  if (status >= 400) return { response: { status: String(status), ...(outcome && { outcome: bare(outcome) }) } }
  return {
    ...(resource?.id && { fullUrl: `${iss}/${resource.resourceType}/${resource.id}` }),
    ...(resource && (!minimal || resource.resourceType === 'Bundle') && { resource }),
    response: { status: status === 201 ? '201 Created' : String(status), ...whereItIs(resource) },
  }
}

function whereItIs(resource: Resource | undefined) {
  const { versionId, lastUpdated } = resource?.meta ?? {}
  if (!resource?.id || !versionId) return {}
  const location = `${resource.resourceType}/${resource.id}/_history/${versionId}`
  return { location, etag: `W/"${versionId}"`, ...(lastUpdated && { lastModified: lastUpdated }) }
}
