// The HTTP edge: parses, calls the guard and the step of a route, and turns replies into responses.
// Refuses writes that do not come from our own pages, and bodies that are not what a route takes.
import type { RequestListener } from 'node:http'
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express'
import { Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import type { LaunchId } from '../domain/ids.ts'
import { retention } from '../domain/retention.ts'
import { idlesAt } from '../domain/sign-in/launch.ts'
import type { House } from '../house/house.ts'
import type { Reply } from '../steps/step.ts'
import { jsonBody, readSent } from './body.ts'
import { brandRoutes } from './brand.ts'
import { expireCookie, setCookie } from './cookies.ts'
import { answeredFirst } from './direct.ts'
import { eventRoutes } from './events.ts'
import { houseOf, inviteeAt, know, openedBy } from './guards.ts'
import { type Headers, openHeaders } from './headers.ts'
import { invitationRoutes } from './invitations.ts'
import { jitsiHookRoutes } from './jitsi-hooks.ts'
import { jitsiScriptRoutes } from './jitsi-scripts.ts'
import { keyRoutes } from './keys.ts'
import { type Limits, openLimits, type PerMinute, usualLimits } from './limits.ts'
import { readPages } from './pages.ts'
import { getOnly, looks, readAddress } from './request-line.ts'
import { answerFailure, beginRequests, headOf } from './requests.ts'
import { type Asking, type Route, routes } from './routes.ts'
import { securityTextRoutes } from './security-text.ts'
import { signInRoutes } from './sign-in.ts'

type Options = {
  /** Where the client build lies. */
  readonly client: string
  /** Where they are not the usual ones. */
  readonly limits?: Partial<PerMinute>
}

/** Takes a request; `router` tells of its routes, `request` and `response` what each is to be. */
export type WholeApp = RequestListener & Pick<Express, 'router' | 'request' | 'response'>

/** The whole app over one house. It listens nowhere by itself. */
export function createApp(house: House, { client, limits: unusual }: Options): WholeApp {
  const app = expressBehind(house.config)
  const limits = openLimits(house, { ...usualLimits, ...unusual })
  const headers = openHeaders(house.config)
  const pages = readPages(house.config, client, headers)
  const begin = beginRequests(house, app)
  const ownPages = ownPagesOnly(house)
  const failed = answerFailure(pages, headers)
  const answered = async (route: Route, request: Request, response: Response) => {
    const reply = await route.answer(houseOf(response), request, asking(limits, request, response))
    if (reply.signedOut !== undefined) leaveNothing(house, response, reply.signedOut)
    send(response, reply, headOf(headers, response))
  }
  app.use(inTurn(begin, headers.first, readAddress, limits.writes))
  app.use('/v', inTurn(ownPages))
  for (const route of routes)
    app[route.method](route.path, getOnly, (request, response) => answered(route, request, response))
  app.use(eventRoutes(headers, limits), keyRoutes(house), securityTextRoutes(house))
  app.use(jitsiScriptRoutes(house), jitsiHookRoutes(limits))
  app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }))
  app.use(['/hand-overs', '/invitations'], inTurn(ownPages))
  app.use(invitationRoutes(house, limits), signInRoutes(house, pages, headers, limits), brandRoutes(house.config))
  app.use('/v/:launch', pageAsTheirs(house, headers))
  app.use(pages.router, () => {
    throw new Refusal('not-found')
  })
  app.use(failed)
  const before = [begin, limits.writes, ownPages]
  const first = answeredFirst(app, { routes, before, answered, headers: headers.first, failed })
  return Object.assign(first, { router: app.router, request: app.request, response: app.response })
}

function expressBehind({ trustedProxies }: House['config']): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag') // ours are revisions; a hash of every reply would cost more than it saves
  app.set('trust proxy', trustedProxies)
  return app
}

const inTurn =
  (...each: readonly ((request: Request, response: Response) => void)[]): RequestHandler =>
  (request, response, next) => {
    for (const one of each) one(request, response)
    next()
  }

/** CSRF: the Partitioned cookie stays with our own pages' top-level site, and a write must come from our own origin besides. */
function ownPagesOnly(house: House) {
  return (request: Request) => {
    const { origin } = request.headers
    if (!looks(request) && origin !== house.config.url) throw new Refusal('origin-refused')
    if (request.headers['sec-fetch-site'] === 'cross-site' && request.path.includes('/api/'))
      throw new Refusal('origin-refused')
  }
}

/** A page of somebody signed in has their clinic's headers. Any other says so in words, one that ended like one that never was. */
function pageAsTheirs(house: House, headers: Headers) {
  return async (request: Request, response: Response, next: NextFunction) => {
    // Where the rows cannot be read nobody is known here: the page comes, and what it asks next meets the fault and says so.
    const launch = await openedBy(houseOf(response), request).catch(() => undefined)
    if (launch !== undefined) know(request, { role: launch.role, ...given({ speaks: launch.speaks }) })
    // Whose page it is stands in it in any case: what it asks next may not come.
    headers.inWords(response, launch?.iss)
    if (launch !== undefined && house.now() < idlesAt(launch)) headers.signedIn(response, launch.iss)
    // Whose invitation holds no longer reads so from what their page asks.
    const invitee = launch ?? (await inviteeAt(houseOf(response), request).catch(() => undefined))
    if (invitee !== undefined && 'invitation' in invitee) {
      const { reads } = invitee.invitation
      know(request, given({ speaks: reads && [reads] }))
      headers.signedIn(response, invitee.iss)
    }
    next()
  }
}

function asking(limits: Limits, request: Request, response: Response): Asking {
  return {
    begun: (caller) => limits.begun(request, caller),
    async body(schema) {
      return readSent(schema, request.method === 'GET' ? { ...request.query } : await jsonBody(request, response))
    },
    match: () => version(request.headers['if-match']),
  }
}

/** The number in `W/"7"`; refuses anything else (RFC 9110, 13.1.1: `*` would sign what nobody has seen). */
function version(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  const digits = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim())?.[1]
  if (digits === undefined) throw new Refusal('bad-request', { detail: { field: 'If-Match' } })
  return Number(digits)
}

/**
 * The browser forgets what it has of this sign-in. Not `cookies` or `storage`, which are the whole origin's: other tabs are other
 * sign-ins, and in an EHR's frame there is nothing of ours but this cookie.
 */
function leaveNothing({ config }: House, response: Response, launch: LaunchId): void {
  expireCookie(config, response, 'housecall', `/v/${launch}`)
  // The EHR may remember them longer than they think, and let in whoever comes next.
  setCookie(config, response, 'housecall-out', { value: '1', path: '/smart', seconds: retention.signedOut })
  response.set('Clear-Site-Data', '"cache"')
}

/**
 * Head and body in one write, without what express would work out about them anew. The head is one list, names and values by turns: it is
 * written as it stands, where each header that is set by itself is looked at twice and kept for as long as the answer lasts.
 */
function send(response: Response, { body, etag, file }: Reply, head: readonly string[]): void {
  const headers = [...head, 'Cache-Control', 'no-store', ...(etag === undefined ? [] : ['ETag', `W/"${etag}"`])]
  if (file !== undefined) return void response.writeHead(200, [...headers, ...attachment(file)]).end(file.bytes)
  if (body === undefined) return void response.writeHead(204, headers).end()
  const text = JSON.stringify(body)
  headers.push('Content-Type', 'application/json; charset=utf-8', 'Content-Length', String(Buffer.byteLength(text)))
  response.writeHead(200, headers).end(text)
}

/** For the browser to keep, never to show in our own place (RFC 6266). */
const attachment = ({ type, name, bytes }: NonNullable<Reply['file']>): readonly string[] => [
  ...['Content-Type', type],
  ...['Content-Disposition', `attachment; filename="${name}"`],
  ...['Content-Length', String(bytes.byteLength)],
]
