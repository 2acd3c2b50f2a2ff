// Owns how a FHIR answer leaves: status, ETag, Location, Last-Modified, and as much of a body as Prefer asks for,
// or as much as the personality gives.
import type { OperationOutcome, Resource } from '@medplum/fhirtypes'
import type { Request, Response } from 'express'
import type { Hospital } from '../hospital.ts'
import { batchAnswer, searchAnswer } from './bundles.ts'
import type { Asked } from './interaction.ts'
import { bare, statusOf } from './outcomes.ts'

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
    send(response, status, batchAnswer(hospital, resource, how))
  } else if (asked.isWrite) {
    sendWritten(hospital, exchange, outcome, resource)
  } else {
    stamp(response, resource)
    if (request.headers['if-none-match'] === response.get('ETag')) response.status(304).end()
    else send(response, status, resource)
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
  if (status === 201 && hospital.faults.strike('created-empty-body', { types })) {
    return void response.status(201).set('Location', `${resource.resourceType}/${resource.id}`).end()
  }
  if (answers !== 'empty-relative') stamp(response, resource)
  if (asked.interaction === 'create') response.set('Location', location(hospital, resource))
  // Without Prefer it is the server's choice what comes back (R4, 3.1.0.1.2); with it too, where it is not honoured.
  const wanted = answers === 'empty-located' ? 'minimal' : (preferred(request) ?? usual[answers])
  if (wanted === 'minimal') return void response.status(status).end()
  send(response, status, wanted === 'OperationOutcome' ? bare(outcome) : resource)
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
