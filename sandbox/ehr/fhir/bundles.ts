// Owns Bundles at the edge: what a batch or transaction may contain when it comes in, and how search and batch answers go out.
import type { Bundle, BundleEntry, OperationOutcome, Resource } from '@medplum/fhirtypes'
import { z } from 'zod'
import type { Hospital } from '../hospital.ts'
import { OperationOutcomeError } from './medplum.ts'
import { bare, refuse, statusOf } from './outcomes.ts'
import { defaultCount, maxCountOf, readSearch } from './search.ts'
import { toldOf } from './unwrapped.ts'

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

type IncomingBundle = z.infer<typeof Incoming>

/** A batch's refused entries, by their place in it. */
export type RefusedEntries = ReadonlyMap<number, OperationOutcome>

/** A Bundle as the router may have it, without the entries that were refused before it. */
export type ReadBundle = { bundle: IncomingBundle; refused: RefusedEntries }

/**
 * A batch or transaction whose every entry is one this server takes; searches in it are checked like any other.
 * One wrong entry refuses a whole transaction; of a batch it refuses itself alone.
 */
export function readBundle(hospital: Hospital, body: unknown): ReadBundle {
  const read = Incoming.safeParse(body)
  if (!read.success) throw refuse(400, 'structure', 'Every entry needs request.method and request.url.')
  const bundle = read.data
  const served = hospital.personality.system.map(String)
  const isOff = bundle.type === 'transaction' && hospital.faults.isOn('no-transaction')
  if (!served.includes(bundle.type) || isOff) {
    throw refuse(400, 'not-supported', `A Bundle of type ${bundle.type} is not taken here.`)
  }
  const refused = new Map<number, OperationOutcome>()
  const apart = isWorkedOffApart(hospital, bundle)
  bundle.entry.forEach(({ request }, n) => {
    try {
      checkEntry(hospital, request)
    } catch (error) {
      // A batch's entries stand each for itself (R4, 3.1.0.11.1): the refusal becomes that entry's answer.
      if (!apart || !(error instanceof OperationOutcomeError)) throw error
      refused.set(n, error.outcome)
    }
  })
  return { bundle: { ...bundle, entry: bundle.entry.filter((_entry, n) => !refused.has(n)) }, refused }
}

const isWorkedOffApart = ({ personality }: Hospital, { type }: IncomingBundle) =>
  type === 'batch' || personality.fhir?.transactionsAreBatches === true

function checkEntry(hospital: Hospital, request: z.infer<typeof Entry>['request']): void {
  const [path = '', query] = request.url.split('?')
  if (/^https?:/.test(path)) throw refuse(400, 'value', 'request.url is relative to the FHIR base.')
  if (request.ifMatch !== undefined) checkIfMatch(request.ifMatch)
  if (request.method === 'GET' && query !== undefined) {
    request.url = `${path}?${readSearch(path, new URLSearchParams(query), hospital)}`
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
  const { personality, faults } = hospital
  if (!personality.conditionalCreate || faults.strike('ignore-if-none-exist', { types: [type] })) return undefined
  const params = readSearch(type, new URLSearchParams(criteria.replace(/^\?/, '')), hospital)
  if (params.size === 0) throw refuse(400, 'value', 'If-None-Exist names nothing to look for.')
  return params.toString()
}

/** The router reads past an If-Match it cannot parse; here that is a mistake. */
export function checkIfMatch(value: string): void {
  if (!/^(W\/)?"[^"]+"$/.test(value)) throw refuse(400, 'value', 'If-Match is written W/"version".')
}

/** A searchset with links and full URLs. `query` is what was asked. */
export function searchAnswer(hospital: Hospital, bundle: Bundle, type: string, query: URLSearchParams): Bundle {
  const { iss, faults, origin, personality } = hospital
  const offset = Number(query.get('_offset') ?? 0)
  const count = Math.min(Number(query.get('_count') ?? defaultCount), maxCountOf(personality))
  const link = [{ relation: 'self' as 'self' | 'next', url: `${iss}/${type}?${query}` }]
  if (count > 0 && offset + count < (bundle.total ?? 0)) {
    const repeating = faults.strike('search-repeats', { types: [type] }) ?? personality.fhir?.repeatsOnPages
    // A page of one that repeats would be the same page for ever.
    const repeats = repeating && count > 1 ? 1 : 0
    const next = new URLSearchParams(query)
    next.set('_offset', String(offset + count - repeats))
    const other = faults.strike('next-link-other-host', { types: [type] })
    const base = other ? iss.replace(origin, other.url ?? origin.replace('127.0.0.1', 'localhost')) : iss
    link.push({ relation: 'next', url: `${base}/${type}?${next}` })
  }
  const { entry = [], total, ...rest } = bundle
  const full = entry.map(({ resource, search }) => ({
    fullUrl: `${iss}/${resource?.resourceType}/${resource?.id}`,
    ...(resource && { resource: toldOf(hospital, resource) }),
    search: search ?? { mode: 'include' as const },
  }))
  const wanted = query.get('_total')
  const isCounted = personality.fhir?.countsWhenAsked ? wanted === 'accurate' : wanted !== 'none'
  const counted = isCounted ? { total: total ?? 0 } : {}
  return { ...rest, ...counted, link, ...(full.length > 0 && { entry: full }) }
}

/** A batch's or transaction's answer, entry by entry: status, where it is now, and its version. */
export function batchAnswer(
  { iss, personality }: Hospital,
  bundle: Bundle,
  how: { minimal: boolean; refused: RefusedEntries },
): Bundle {
  // Where nothing was done together each entry is told in short: a bare status, and the place without a version (seen at Medplum).
  const short = bundle.type === 'transaction-response' && personality.fhir?.transactionsAreBatches === true
  const entry = (bundle.entry ?? []).map((one) => entryAnswer(one, iss, { ...how, short }))
  // In the order they were asked: each refused entry goes back to its place.
  for (const [n, outcome] of how.refused)
    entry.splice(n, 0, entryAnswer({ response: { status: '', outcome } }, iss, { minimal: true, short }))
  return { ...bundle, entry }
}

type Told = { minimal: boolean; short: boolean }

function entryAnswer({ resource, response }: BundleEntry, iss: string, { minimal, short }: Told): BundleEntry {
  const outcome = response?.outcome?.resourceType === 'OperationOutcome' ? response.outcome : undefined
  const status = outcome ? statusOf(outcome) : Number(response?.status ?? 500)
  if (status >= 400) return { response: { status: String(status), ...(outcome && { outcome: bare(outcome) }) } }
  return {
    ...(resource?.id && { fullUrl: `${iss}/${resource.resourceType}/${resource.id}` }),
    ...(resource && (!minimal || resource.resourceType === 'Bundle') && { resource }),
    response: short
      ? { status: String(status), ...(resource?.id && { location: `${resource.resourceType}/${resource.id}` }) }
      : { status: status === 201 ? '201 Created' : String(status), ...whereItIs(resource) },
  }
}

function whereItIs(resource: Resource | undefined) {
  const { versionId, lastUpdated } = resource?.meta ?? {}
  if (!resource?.id || !versionId) return {}
  const location = `${resource.resourceType}/${resource.id}/_history/${versionId}`
  return { location, etag: `W/"${versionId}"`, ...(lastUpdated && { lastModified: lastUpdated }) }
}
