// Owns a small strict R4 server for the loading tests: valid resources only, references only to what it holds, and ids of the
// client's choosing or only its own. Its Location names another host, as servers behind a proxy do.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { validate } from '../sandbox/ehr/validate.ts'

type Resource = { resourceType: string; id?: string | undefined; [element: string]: unknown }
type Answer = { status: number; body?: unknown; headers?: Record<string, string> }
type Asked = { method: string; path: string; sent: Resource; contentType: string | undefined }
type Stored = Map<string, Resource>

/** Answers in the server's place; undefined lets it answer for itself. */
export type Mood = (asked: Asked, stored: Stored) => Answer | undefined

export type StrictServer = { base: string; stored: Stored; asked: string[]; close: () => void }

const Body = z
  .string()
  .transform((json): unknown => (json ? JSON.parse(json) : { resourceType: '' }))
  .pipe(z.looseObject({ resourceType: z.string(), id: z.string().optional() }))

/** A server on a port of its own, which takes the client's ids or answers 405 to them. */
export async function strictServer(takesIds: boolean, mood: Mood = () => undefined): Promise<StrictServer> {
  const stored: Stored = new Map()
  const asked: string[] = []
  const http = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request
    const path = url.replace(/^\/fhir\//, '')
    const question = { method, path, sent: Body.parse(await text(request)), contentType: headers['content-type'] }
    asked.push(`${method} ${path}`)
    const answer = mood(question, stored) ?? answered(question, stored, takesIds)
    response.writeHead(answer.status, { 'content-type': 'application/fhir+json', ...answer.headers })
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  // Sound: it listens on a port, not on a pipe.
  const { port } = http.address() as AddressInfo
  return { base: `http://127.0.0.1:${port}/fhir`, stored, asked, close: () => void http.close() }
}

export const outcome = (diagnostics = '') => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'processing', diagnostics }],
})

function answered({ method, path, sent, contentType }: Asked, stored: Stored, takesIds: boolean): Answer {
  if (path === 'metadata') return { status: 200, body: { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' } }
  if (method === 'GET') return { status: 200, body: searched(path, stored) }
  if (contentType !== 'application/fhir+json') return { status: 415 }
  const [issue] = validate(sent)
  if (issue) return { status: 422, body: outcome(issue.diagnostics) }
  const targets = [...JSON.stringify(sent).matchAll(/"reference":"([^"]+)"/g)].map(([, reference = '']) => reference)
  const dangling = targets.find((reference) => !stored.has(reference))
  if (dangling) return { status: 409, body: outcome(`${dangling} is not here.`) }
  const place = method === 'POST' ? `${path}/${4711 + stored.size}` : path
  if (method === 'PUT' && place !== `${sent.resourceType}/${sent.id}`) return { status: 400 }
  if (method === 'PUT' && !takesIds && !stored.has(place)) return { status: 405, body: outcome('Ids are given here.') }
  const status = stored.has(place) ? 200 : 201
  stored.set(place, { ...sent, id: place.split('/')[1] })
  return { status, headers: { location: `https://elsewhere.example/r4/${place}/_history/1` } }
}

function searched(path: string, stored: Stored) {
  const [type, query] = path.split('?')
  const [system, value] = new URLSearchParams(query).get('identifier')?.split('|') ?? []
  const wanted = `{"system":"${system}","value":"${value}"}`
  const entry = [...stored.values()]
    .filter((resource) => resource.resourceType === type && JSON.stringify(resource.identifier).includes(wanted))
    .map((resource) => ({ resource }))
  return { resourceType: 'Bundle', type: 'searchset', entry }
}
