// What our pages ask again and again, answered without express trying its parts one after the other: that costs more than all the rest of
// a room token. By the same table, guards and steps, in the same order, and what is refused goes out by the same door.
// Refuses nothing by itself: an address that is not exactly one of the table's (another case, a slash at its end, a %-escape) is express's.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { ErrorRequestHandler, Express, Request, Response } from 'express'
import type { Route } from './routes.ts'

type Parts = {
  readonly routes: readonly Route[]
  /** What is done for each request, in turn, before its route; throws what it refuses. */
  readonly before: readonly ((request: Request, response: Response) => void)[]
  readonly answered: (route: Route, request: Request, response: Response) => Promise<void>
  /** What stands on every reply until more is known: set where a request is refused, for whatever is answered brings its own. */
  readonly headers: (request: Request, response: Response) => void
  readonly failed: ErrorRequestHandler
}

/** Hands over to express what it does not take. */
export function answeredFirst(app: Express, { routes, before, answered, headers, failed }: Parts): RequestListener {
  const known = new Map(routes.map((route) => [`${route.method.toUpperCase()} ${route.path}`, route]))
  const take = async (route: Route, request: Request, response: Response) => {
    try {
      for (const each of before) each(request, response)
      await answered(route, request, response)
    } catch (cause) {
      if (!response.headersSent) headers(request, response)
      // Once it is being sent there is nothing to say any more but that it ends here.
      failed(cause, request, response, () => void request.socket.destroy())
    }
  }
  return (asked, replied) => {
    const { pattern, params } = patternOf(asked.url ?? '')
    const route = known.get(`${asked.method} ${pattern}`)
    if (route === undefined) return app(asked, replied)
    const { request, response } = asExpress(app, asked, replied)
    request.params = { ...params }
    request.route = { path: route.path }
    void take(route, request, response)
  }
}

/** As express makes them its own (`app.handle`). */
function asExpress(app: Express, asked: IncomingMessage, replied: ServerResponse) {
  const request = Object.setPrototypeOf(asked, app.request) as Request // sound: what express does itself
  const response = Object.setPrototypeOf(replied, app.response) as Response // sound: the same
  request.res = response
  request.originalUrl = request.url
  response.locals = {}
  return { request, response }
}

/** The longest of the table's, with the longest ids, is not half as long. */
const longest = 512
const id = /^[A-Za-z0-9_-]+$/
const none = { pattern: '', params: {} }

/** An address as the table writes it, and what stands in the places of its names; what is no address of a page's is no pattern of the table. */
function patternOf(url: string): { readonly pattern: string; readonly params: Readonly<Record<string, string>> } {
  if (url.length > longest) return none
  const end = url.indexOf('?')
  const parts = (end < 0 ? url : url.slice(0, end)).split('/')
  const [, , launch = '', , kind, visit] = parts
  if (!id.test(launch)) return none
  parts[2] = ':launch'
  if (kind !== 'visits' || visit === undefined) return { pattern: parts.join('/'), params: { launch } }
  if (!id.test(visit)) return none
  parts[5] = ':visit'
  return { pattern: parts.join('/'), params: { launch, visit } }
}
