// Where every request begins and ends: its number, its line in the log, and the one door for what goes wrong. A refusal is told as its
// route would have it, as a page or as an OperationOutcome, and audited where the table of refusals says so; a fault says its number alone.
import { randomUUID } from 'node:crypto'
import type { ErrorRequestHandler, Express, Request, Response } from 'express'
import { outcome, Refusal, refusals } from '../domain/errors.ts'
import type { House } from '../house/house.ts'
import { openAddressHash, type Trace } from '../outside/record/trace.ts'
import { openAddresses } from './address.ts'
import { expireCookie } from './cookies.ts'
import { houseOf, know, knownOf } from './guards.ts'
import type { Headers } from './headers.ts'
import type { Pages } from './pages.ts'
import { isNavigation } from './request-line.ts'

/** One line a request; every line that is written for it has its number, and a name for this day of where it came from. */
export function beginRequests(house: House, app: Express) {
  const hashOf = openAddressHash(house.config.roomKey)
  const addressOf = openAddresses(house, app)
  return (request: Request, response: Response): void => {
    const began = performance.now()
    // Read now: a connection that has ended has no address.
    const address = addressOf(request)
    const trace: Trace = {
      requestId: randomUUID().slice(0, 13),
      // Made for each line, of which there may be none: a stream of events may last over midnight.
      get addressHash() {
        return hashOf(address, house.now())
      },
    }
    const mine = house.doing(trace)
    // A number that the request brings is not looked at.
    know(request, { house: mine, requestId: trace.requestId, address })
    response.once('close', () => {
      const ms = performance.now() - began
      mine.log.info('request', { ...routeOf(request), status: response.statusCode, ms })
    })
  }
}

/** A reply to somebody whom the guard knows has their clinic's headers: the list of them, for `writeHead`. */
export function headOf(headers: Headers, response: Response): readonly string[] {
  const { caller } = knownOf(response)
  if (caller === undefined) throw new Error('a step answers whom its guard knows')
  return headers.listed(response, caller.iss)
}

export function answerFailure(pages: Pages, headers: Headers): ErrorRequestHandler {
  return (cause: unknown, request, response, next) => {
    if (response.headersSent) return next(cause)
    const refusal = refusalOf(cause)
    const house = houseOf(response)
    if (refusal === undefined) house.log.error('fault', routeOf(request), cause)
    else {
      const { code, status, detail } = refusal
      house.log.info('refusal', { ...routeOf(request), code, status, oauth: detail.oauth, alg: detail.alg })
      writeDown(house, response, refusal)
    }
    const by = knownOf(response).caller
    if (by !== undefined) headers.signedIn(response, by.iss)
    if (refusal?.code === 'session-ended' && knownOf(response).over) forgetCookie(house, request, response)
    const { retryAfter } = refusal?.detail ?? {}
    if (retryAfter !== undefined) response.set('Retry-After', String(retryAfter))
    const { caller, inWords = isNavigation(request), requestId } = knownOf(response)
    // An address that nobody has may stand in the frame of any EHR on the list.
    if (inWords && caller === undefined && knownOf(response).clinic === undefined) headers.inWords(response)
    if (inWords) return pages.problem(response, refusal ?? 'fault', requestId)
    response
      .status(refusal?.status ?? 500)
      .type('application/fhir+json')
      .set('Cache-Control', 'no-store')
    response.send(JSON.stringify(outcome(refusal ?? 'fault')))
  }
}

/** A sign-in that has ended leaves no cookie behind, in whichever window this is learned. */
function forgetCookie({ config }: House, request: Request, response: Response): void {
  const path = /^\/v\/[A-Za-z0-9_-]{1,64}/.exec(request.originalUrl)?.[0]
  if (path !== undefined) expireCookie(config, response, 'housecall', path)
}

/**
 * What express and its parts say is the request's mistake (a URL that cannot be decoded, a range that is not there) is one; everything
 * else unknown is a fault.
 */
function refusalOf(cause: unknown): Refusal | undefined {
  if (cause instanceof Refusal) return cause
  // `expose` is true for what http-errors made of a 4xx, and stands on no answer of an EHR's.
  const mistaken = cause instanceof URIError || (cause instanceof Error && 'expose' in cause && cause.expose === true)
  return mistaken ? new Refusal('bad-request') : undefined
}

function writeDown(house: House, response: Response, { code }: Refusal): void {
  const { caller, visit } = knownOf(response)
  if (caller === undefined || !refusals[code].audited) return
  const by = visit === undefined ? caller : { ...caller, visit: { id: visit } }
  const written = house.happened(by, 'access-refused', { outcome: 'refused', code })
  written.catch((fault: unknown) => house.log.error('audit-fault', {}, fault))
}

/** The pattern of the route that took the request, never its URL; nothing where none did. */
function routeOf({ route, method }: Request) {
  const path: unknown = route?.path
  return {
    ...(typeof path === 'string' ? { route: path } : {}),
    method: method as 'GET', // sound: the log drops what is no method
  }
}
