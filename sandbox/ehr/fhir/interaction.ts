// Owns what a FHIR request asks for, read off method, path, query and body before anything is done.
// Refuses shapes of requests this server does not know.
import type { Request } from 'express'
import { z } from 'zod'
import type { Hospital } from '../hospital.ts'
import { checkIfMatch, type RefusedEntries, readBundle, readIfNoneExist } from './bundles.ts'
import { refuse } from './outcomes.ts'
import { readPatch } from './patch.ts'
import { readSearch } from './search.ts'

export type Asked = {
  interaction: 'read' | 'vread' | 'search-type' | 'create' | 'update' | 'patch' | 'bundle' | 'other'
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** The path below the base, without query. */
  path: string
  type: string
  /** Every type the request touches: for faults that are narrowed to one. */
  types: readonly string[]
  query: URLSearchParams
  body: unknown
  headers: { 'if-match'?: string; 'if-none-exist'?: string }
  isWrite: boolean
  /** A batch's entries that were refused already. */
  refused?: RefusedEntries
}

const Body = z.looseObject({ resourceType: z.string() })
const SearchForm = z.record(z.string(), z.union([z.string(), z.array(z.string())]))
const fhirTypes = ['application/fhir+json', 'application/json']

export function readAsked(hospital: Hospital, request: Request): Asked {
  const url = new URL(request.url, hospital.origin)
  const path = url.pathname.replaceAll(/^\/|\/$/g, '')
  const [type = '', second] = path.split('/')
  const method = readMethod(request.method)
  checkAccept(request, url.searchParams)
  const isSearchPost = method === 'POST' && second === '_search'
  const base = { method, path, type, types: [type], query: new URLSearchParams(), body: undefined, headers: {} }
  if (method === 'GET' && path === '') throw refuse(400, 'not-supported', 'Searching all types at once is not served.')
  if (method === 'GET' && second === undefined) {
    return {
      ...base,
      interaction: 'search-type',
      query: readSearch(type, url.searchParams, hospital),
      isWrite: false,
    }
  }
  if (method === 'GET') return { ...base, interaction: path.includes('/_history/') ? 'vread' : 'read', isWrite: false }
  if (isSearchPost) {
    const query = readSearch(type, readForm(request), hospital)
    return { ...base, method: 'GET', path: type, interaction: 'search-type', query, isWrite: false }
  }
  if (url.searchParams.size > 0)
    throw refuse(400, 'not-supported', 'Conditional updates and deletes are not taken here.')
  return readWrite(hospital, request, { ...base, interaction: 'other', isWrite: true })
}

function readWrite(hospital: Hospital, request: Request, base: Asked): Asked {
  const { method, path, type } = base
  if (method === 'DELETE') return base
  if (!request.is(method === 'PATCH' ? [...fhirTypes, 'application/json-patch+json'] : fhirTypes)) {
    throw refuse(415, 'not-supported', 'Resources are sent as application/fhir+json.')
  }
  if (method === 'PATCH') return readPatchRequest(hospital, request, base)
  const read = Body.safeParse(request.body)
  if (!read.success) throw refuse(400, 'structure', 'The body is not a FHIR resource.')
  if (path === '') {
    if (read.data.resourceType !== 'Bundle') throw refuse(400, 'invalid', 'Only a Bundle can be posted to the base.')
    const { bundle, refused } = readBundle(hospital, read.data)
    const types = ['Bundle', ...bundle.entry.flatMap(({ resource }) => resource?.resourceType ?? [])]
    return { ...base, interaction: 'bundle', types, body: bundle, refused }
  }
  const ifMatch = readIfMatch(request)
  const ifNoneExist = method === 'POST' ? readIfNoneExist(hospital, type, request.get('If-None-Exist')) : undefined
  return {
    ...base,
    interaction: method === 'POST' ? 'create' : 'update',
    body: read.data,
    headers: { ...(ifMatch && { 'if-match': ifMatch }), ...(ifNoneExist && { 'if-none-exist': ifNoneExist }) },
  }
}

function readPatchRequest(hospital: Hospital, request: Request, base: Asked): Asked {
  if (!hospital.personality.types[base.type]?.includes('patch')) {
    throw refuse(405, 'not-supported', `A ${base.type} is not patched here: send the whole resource.`)
  }
  if (!request.is('application/json-patch+json')) {
    throw refuse(415, 'not-supported', 'A patch is sent as application/json-patch+json.')
  }
  const ifMatch = readIfMatch(request)
  const headers = ifMatch ? { 'if-match': ifMatch } : {}
  return { ...base, interaction: 'patch', body: readPatch(request.body), headers }
}

function readIfMatch(request: Request): string | undefined {
  const ifMatch = request.get('If-Match')
  if (ifMatch !== undefined) checkIfMatch(ifMatch)
  return ifMatch
}

function readMethod(method: string): Asked['method'] {
  if (method === 'GET' || method === 'POST' || method === 'PUT' || method === 'PATCH' || method === 'DELETE')
    return method
  throw refuse(405, 'not-supported', `${method} is not served here.`)
}

function checkAccept(request: Request, query: URLSearchParams): void {
  const format = query.get('_format')
  const isJson = format === null || ['json', ...fhirTypes].includes(format)
  if (!isJson || !request.accepts(fhirTypes)) throw refuse(406, 'not-supported', 'Only JSON is served here.')
}

function readForm(request: Request): URLSearchParams {
  const form = SearchForm.safeParse(request.body)
  if (!request.is('application/x-www-form-urlencoded') || !form.success) {
    throw refuse(415, 'not-supported', 'A search by POST is sent as application/x-www-form-urlencoded.')
  }
  const pairs = Object.entries(form.data).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))
  return new URLSearchParams(pairs)
}
