// Owns how a FHIR answer leaves: status, ETag, Location, Last-Modified, and as much of a body as Prefer asks for.
import type { OperationOutcome, Resource } from '@medplum/fhirtypes'
import type { Request, Response } from 'express'
import type { Hospital } from '../hospital.ts'
import { batchAnswer, searchAnswer } from './bundles.ts'
import type { Asked } from './interaction.ts'
import { bare, statusOf } from './outcomes.ts'

export function sendOutcome(response: Response, outcome: OperationOutcome): void {
  send(response, statusOf(outcome), bare(outcome))
}

export function send(response: Response, status: number, resource: object): void {
  response.status(status).set('Content-Type', 'application/fhir+json; charset=utf-8').send(JSON.stringify(resource))
}

export function sendResource(
  hospital: Hospital,
  { request, response, asked }: { request: Request; response: Response; asked: Asked },
  outcome: OperationOutcome,
  resource: Resource,
): void {
  const status = statusOf(outcome)
  if (resource.resourceType === 'Bundle' && asked.interaction === 'search-type') {
    send(response, status, searchAnswer(hospital, resource, asked.type, asked.query))
    return
  }
  const prefer = preferred(request)
  if (resource.resourceType === 'Bundle' && asked.interaction === 'bundle') {
    send(response, status, batchAnswer(hospital, resource, prefer === 'minimal'))
    return
  }
  const isCreate = asked.interaction === 'create'
  const types = [resource.resourceType]
  if (status === 201 && hospital.faults.strike('created-empty-body', { types })) {
    return void response.status(201).set('Location', `${resource.resourceType}/${resource.id}`).end()
  }
  stamp(response, resource)
  if (isCreate) response.set('Location', location(hospital, resource))
  const isWrite = isCreate || asked.interaction === 'update'
  if (isWrite && prefer === 'minimal') return void response.status(status).end()
  if (!isWrite && request.headers['if-none-match'] === response.get('ETag')) return void response.status(304).end()
  send(response, status, isWrite && prefer === 'OperationOutcome' ? bare(outcome) : resource)
}

function stamp(response: Response, { meta }: Resource): void {
  if (meta?.versionId) response.set('ETag', `W/"${meta.versionId}"`)
  if (meta?.lastUpdated) response.set('Last-Modified', new Date(meta.lastUpdated).toUTCString())
}

function location({ iss, faults }: Hospital, { resourceType, id, meta }: Resource): string {
  const other = faults.strike('location-other-host', { types: [resourceType] })
  const base = other ? `${other.url ?? 'https://internal-fhir.example'}/fhir` : iss
  return `${base}/${resourceType}/${id}/_history/${meta?.versionId}`
}

function preferred(request: Request): 'minimal' | 'representation' | 'OperationOutcome' {
  const wanted = /(?:^|[;,\s])return=(minimal|representation|OperationOutcome)/.exec(request.get('Prefer') ?? '')?.[1]
  return wanted === 'minimal' || wanted === 'OperationOutcome' ? wanted : 'representation'
}
