// Owns how a FHIR answer leaves: status, ETag, Location, Last-Modified, and as much of a body as Prefer asks for,
// or as much as the personality gives.
import type { OperationOutcome, Resource } from '@medplum/fhirtypes'
import type { Request, Response } from 'express'
import type { Hospital } from '../hospital.ts'
import { batchAnswer, searchAnswer } from './bundles.ts'
import type { Asked } from './interaction.ts'
import { oddly } from './odd-bundles.ts'
import { bare, statusOf } from './outcomes.ts'
import { toldOf } from './unwrapped.ts'

type Exchange = { request: Request; response: Response; asked: Asked }

export function sendOutcome(response: Response, outcome: OperationOutcome): void {
  send(response, statusOf(outcome), bare(outcome))
}

export function send(response: Response, status: number, resource: object): void {
  response.status(status).set('Content-Type', 'application/fhir+json; charset=utf-8').send(JSON.stringify(resource))
}

export function sendResource(
  hospital: Hospital,
  exchange: Exchange,
  outcome: OperationOutcome,
  resource: Resource,
): void {
  const { request, response, asked } = exchange
  const status = statusOf(outcome)
  if (resource.resourceType === 'Bundle' && asked.interaction === 'search-type') {
    send(response, status, searchAnswer(hospital, resource, asked.type, asked.query))
  } else if (resource.resourceType === 'Bundle' && asked.interaction === 'bundle') {
    const how = { minimal: preferred(request) === 'minimal', refused: asked.refused ?? new Map() }
    const odd = hospital.faults.strike('bundle-answered-oddly', { types: asked.types })
    const answer = batchAnswer(hospital, resource, how)
    send(response, status, odd === undefined ? answer : oddly(answer, odd.how ?? 'turned-round'))
  } else if (asked.isWrite) {
    sendWritten(hospital, exchange, outcome, resource)
  } else {
    stamp(response, resource)
    const packed = hospital.faults.strike('etag-unlike-version', { types: [resource.resourceType] })
    if (packed) response.set('ETag', `W/"${resource.meta?.versionId}-gzip"`)
    if (request.headers['if-none-match'] === response.get('ETag')) response.status(304).end()
    else send(response, status, toldOf(hospital, resource))
  }
}

function sendWritten(
  hospital: Hospital,
  { request, response, asked }: Exchange,
  outcome: OperationOutcome,
  resource: Resource,
): void {
  const status = statusOf(outcome)
  const types = [resource.resourceType]
  const answers = hospital.personality.fhir?.answers ?? 'whole'
  if (answeredOddly(hospital, response, { types, method: request.method }, status, resource)) return
  if (answers !== 'empty-relative') stamp(response, resource)
  if (asked.interaction === 'create') response.set('Location', location(hospital, resource))
  // Without Prefer it is the server's choice what comes back (R4, 3.1.0.1.2); with it too, where it is not honoured.
  const wanted = answers === 'empty-located' ? 'minimal' : (preferred(request) ?? usual[answers])
  if (wanted === 'minimal') return void response.status(status).end()
  send(response, status, wanted === 'OperationOutcome' ? bare(outcome) : resource)
}

type Occasion = { types: readonly string[]; method: string }

/** What was written is kept; only the answer says it in a way of its own, or not at all. */
function answeredOddly(
  { faults }: Hospital,
  response: Response,
  on: Occasion,
  status: number,
  { resourceType, id }: Resource,
): boolean {
  const where = { Location: `${resourceType}/${id}` }
  const said = faults.strike('written-outcome', on)
  if (said) {
    const issue = [{ severity: said.severity ?? 'error', code: 'processing', details: { text: 'Something was odd.' } }]
    send(response.set(said.located === false ? {} : where), status, { resourceType: 'OperationOutcome', issue })
    return true
  }
  if (status !== 201) return false
  if (faults.strike('created-empty-body', on)) response.status(201).set(where).end()
  else if (faults.strike('created-unnamed', on)) response.status(200).end()
  else if (faults.strike('created-accepted', on)) response.status(202).end()
  return response.headersSent
}

const usual = { whole: 'representation', 'empty-relative': 'minimal' } as const

function stamp(response: Response, { meta }: Resource): void {
  if (meta?.versionId) response.set('ETag', `W/"${meta.versionId}"`)
  if (meta?.lastUpdated) response.set('Last-Modified', new Date(meta.lastUpdated).toUTCString())
}

function location({ iss, origin, faults, personality }: Hospital, { resourceType, id, meta }: Resource): string {
  const { answers = 'whole', locationBase = iss } = personality.fhir ?? {}
  const other = faults.strike('location-other-host', { types: [resourceType] })
  if (other) {
    const base = iss.replace(origin, other.url ?? 'https://internal-fhir.example')
    return `${base}/${resourceType}/${id}/_history/${meta?.versionId}`
  }
  if (answers === 'empty-relative') return `${resourceType}/${id}`
  const version = answers === 'whole' ? `/_history/${meta?.versionId}` : ''
  return `${locationBase}/${resourceType}/${id}${version}`
}

function preferred(request: Request): 'minimal' | 'representation' | 'OperationOutcome' | undefined {
  const wanted = /(?:^|[;,\s])return=(minimal|representation|OperationOutcome)/.exec(request.get('Prefer') ?? '')?.[1]
  return wanted === 'minimal' || wanted === 'OperationOutcome' || wanted === 'representation' ? wanted : undefined
}
