// Owns the FHIR endpoint on Express: who is calling, what is asked, the router in between, and what was seen, for the tests.
import { randomUUID } from 'node:crypto'
import type { FhirRequest } from '@medplum/fhir-router'
import type { OperationOutcome } from '@medplum/fhirtypes'
import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express'
import type { SeenRequest } from '../contract.ts'
import type { Hospital } from '../hospital.ts'
import { type Access, accessOf, everything } from './access.ts'
import { send, sendOutcome, sendResource } from './answer.ts'
import { capabilityStatement } from './capability.ts'
import { type Asked, readAsked } from './interaction.ts'
import { FhirRouter, OperationOutcomeError } from './medplum.ts'
import { refuse, statusOf } from './outcomes.ts'
import { searchCache } from './search-cache.ts'
import { metadataTrouble, troubleAfter, troubleBefore } from './trouble.ts'
import { View } from './view.ts'

const jsonTypes = ['application/fhir+json', 'application/json', 'application/json-patch+json']

export function fhirServer(hospital: Hospital): Router {
  const fhirRouter = new FhirRouter()
  const fromCache = searchCache(hospital)
  const router = Router()
  const { requestIds = false, openProxy = false } = hospital.personality.fhir ?? {}
  router.use((request, response, next) => {
    see(hospital, request, response)
    if (openProxy) passFew(response)
    if (requestIds) response.set('X-Request-Id', randomUUID())
    next()
  })
  router.get('/metadata', async (_request, response) => {
    if (await metadataTrouble(hospital, response)) return
    response.set('Access-Control-Allow-Origin', '*')
    send(response, 200, capabilityStatement(hospital))
  })
  const limit = openProxy ? 1_000_000 : '1mb'
  const form = express.urlencoded({ extended: false, limit })
  router.use((request, response, next) => {
    response.locals.access = mustBeKnown(hospital, request, response)
    next()
  })
  router.use(express.json({ type: jsonTypes, limit }), form)
  router.use(async (request, response) => {
    const exchange = { request, response, asked: readAsked(hospital, request) }
    if (await troubleBefore(hospital, exchange)) return
    // Sound: set two lines above by mustBeKnown, which throws when there is none.
    const view = new View(hospital, response.locals.access as Access)
    const work = () => hospital.store.alone(() => fhirRouter.handleRequest(routed(hospital, exchange.asked), view))
    const [outcome, resource] = await fromCache(request, exchange.asked, work)
    if (statusOf(outcome) >= 400 || !resource) return refuseTo(response, outcome)
    if (!troubleAfter(hospital, exchange)) sendResource(hospital, exchange, outcome, resource)
  })
  router.use(explain(openProxy))
  return router
}

/** Like the launcher's proxy: of the server's headers only these come through; no Retry-After, no X-Request-Id. */
function passFew(response: Response): void {
  const passed = new Set(['content-type', 'content-length', 'etag', 'location', 'access-control-allow-origin'])
  const set = response.setHeader.bind(response)
  response.setHeader = (name, value) => (passed.has(name.toLowerCase()) ? set(name, value) : response)
}

function see({ requests, grants }: Hospital, request: Request, response: Response): void {
  const [path = '', query = ''] = request.url.split('?')
  const { authorization, ...headers } = request.headers
  const told = Object.entries(headers).map(([name, value]) => [name, String(value)])
  const seen: SeenRequest = {
    ...{ method: request.method, path, query, status: 0, auth: authorization !== undefined },
    headers: Object.fromEntries(told),
  }
  const user = grants.access(authorization?.split(' ')[1] ?? '')?.context.user
  if (user !== undefined) seen.user = user
  requests.push(seen)
  response.on('finish', () => {
    seen.status = response.statusCode
  })
}

function mustBeKnown(hospital: Hospital, request: Request, response: Response): Access {
  if (hospital.personality.fhir?.openProxy) return anybody(hospital, request)
  const { grants, faults, iss, store } = hospital
  const [scheme, token] = (request.get('Authorization') ?? '').split(' ')
  if (scheme === '' || scheme?.toLowerCase() !== 'bearer' || !token) {
    response.set('WWW-Authenticate', 'Bearer realm="sandbox-ehr"')
    throw refuse(401, 'login', 'An access token is needed.')
  }
  const grant = grants.access(token)
  // A token is for the base it was granted at: its audience (RFC 9700, 2.3).
  if (grant?.context.iss !== iss || faults.strike('fhir-401', { method: request.method })) {
    response.set('WWW-Authenticate', 'Bearer realm="sandbox-ehr", error="invalid_token"')
    throw refuse(401, 'login', 'This access token is not valid, or not any more.')
  }
  return accessOf(store, grant)
}

/** Like the launcher's proxy: no token is as good as any, and only one that is none at all is refused. */
function anybody({ grants, faults }: Hospital, request: Request): Access {
  const [, token] = (request.get('Authorization') ?? '').split(' ')
  const isSimulated = faults.strike('request_invalid_token') ?? faults.strike('fhir-401', { method: request.method })
  if (request.get('Authorization') !== undefined && (isSimulated || !grants.access(token ?? ''))) {
    throw refuse(401, 'login', 'Invalid token.')
  }
  return everything
}

function routed({ personality }: Hospital, { method, path, query, body, headers }: Asked): FhirRequest {
  const url = query.size > 0 ? `${path}?${query}` : path
  // Without this feature Medplum's own router answers a transaction as a batch: what a real one does by default.
  const config = { transactions: !personality.fhir?.transactionsAreBatches }
  return { method, url, pathname: '', params: {}, query: {}, body, headers, config }
}

function refuseTo(response: Response, outcome: OperationOutcome): void {
  if (statusOf(outcome) === 403) {
    response.set('WWW-Authenticate', 'Bearer realm="sandbox-ehr", error="insufficient_scope"')
  }
  sendOutcome(response, outcome)
}

function explain(openProxy: boolean): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    if (error instanceof OperationOutcomeError) return refuseTo(response, error.outcome)
    // body-parser's errors carry their status: 400 for broken JSON, 413 for a body over 1 MB.
    const status = error instanceof Error && 'status' in error ? Number(error.status) : 500
    if (openProxy && status === 413) return void response.status(500).type('text').send('request entity too large')
    const text = status < 500 && error instanceof Error ? error.message : 'The sandbox itself failed.'
    const code = status === 413 ? 'too-long' : status < 500 ? 'structure' : 'exception'
    if (status >= 500) console.error(error)
    const issue = [{ severity: 'error', code, details: { text } }]
    send(response, status, { resourceType: 'OperationOutcome', issue })
  }
}
