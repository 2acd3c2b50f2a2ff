// The browser's way in: leaving for the EHR's sign-in and coming back, as navigations a person sees; and into a window of its own.
// Refuses on the launch page, in words; a caller that does not take HTML gets the OperationOutcome.
import { type NextFunction, type Request, type Response, Router } from 'express'
import { Refusal } from '../domain/errors.ts'
import { retention } from '../domain/retention.ts'
import { hashed } from '../domain/sign-in/secret.ts'
import type { House } from '../house/house.ts'
import { commonCallback, issAt } from '../settings/issuer.ts'
import { lookAtHandOver, takeOver } from '../steps/hand-over.ts'
import { arrive, organisations, startSignIn } from '../steps/launch.ts'
import { type TakenOver, TakeOver } from '../wire/wire.ts'
import { jsonBody } from './body.ts'
import { brings, type CookieName, expireCookie, secretsIn, setCookie } from './cookies.ts'
import { houseOf, know } from './guards.ts'
import { formsMayReach, type Headers } from './headers.ts'
import type { Limits } from './limits.ts'
import type { Pages } from './pages.ts'
import { getOnly, isNavigation } from './request-line.ts'

export function signInRoutes({ config }: House, pages: Pages, headers: Headers, { launches: limit }: Limits): Router {
  const router = Router()
  router.get('/smart/organisations', limit, (_request, response) => {
    response.json(organisations(houseOf(response)))
  })

  router.get('/smart/launch', navigation, limit, getOnly, async (request, response) => {
    headers.inWords(response, request.query.iss)
    const { iss, launch, people } = request.query
    if (typeof iss !== 'string' || (launch !== undefined && typeof launch !== 'string'))
      throw new Refusal('launch-incomplete')
    if (people !== undefined && people !== 'clinicians' && people !== 'patients') throw new Refusal('launch-incomplete')
    const { way, cookie } = await startSignIn(
      houseOf(response),
      { iss, ...(people && { people }) },
      {
        ...(launch === undefined ? {} : { launch }),
        again: brings(config, request, 'housecall-out'),
      },
    )
    setCookie(config, response, underWay(cookie.state), cookie)
    if (way.by === 'get') return response.redirect(303, way.url)
    formsMayReach(response, way.reaches)
    pages.sendToSignIn(response, way)
  })

  const comeBack = comingBack(config, headers)
  router.get(commonCallback, navigation, limit, getOnly, comeBack)
  router.get(`${commonCallback}/:organisation/:issuer`, navigation, limit, getOnly, comeBack)

  router.post('/hand-overs/looked', limit, async (request, response) => {
    const whose = await lookAtHandOver(houseOf(response), await keyIn(request, response))
    response.set('Cache-Control', 'no-store').json(whose)
  })
  router.post('/hand-overs/taken', limit, intoWindow)
  return router
}

/** The callback: where the EHR sends a browser back to. */
const comingBack =
  (config: House['config'], headers: Headers) =>
  async (request: Request, response: Response): Promise<void> => {
    headers.inWords(response)
    const house = houseOf(response)
    const { pathname: at, searchParams: query } = new URL(request.originalUrl, config.url)
    const state = query.get('state') ?? ''
    // One that nobody knows any more came back to its clinic's own address all the same.
    headers.inWords(response, (await house.signInsUnderWay.get(hashed(state)))?.iss ?? issAt(config, at))
    const name = underWay(state)
    const { launch, secret } = await arrive(house, { at, query, secrets: secretsIn(config, request, name) })
    expireCookie(config, response, name, at)
    if (launch.standalone && brings(config, request, 'housecall-out'))
      expireCookie(config, response, 'housecall-out', '/smart')
    const path = `/v/${launch.id}`
    setCookie(config, response, 'housecall', { value: secret, path, seconds: retention.launch })
    response.redirect(303, path)
  }

/** The window's page asks, and not the window's address: what stands in a fragment is told to nobody but that page. */
async function intoWindow(request: Request, response: Response): Promise<void> {
  const house = houseOf(response)
  const { launch, secret, path } = await takeOver(house, await keyIn(request, response))
  const seconds = (Date.parse(launch.endsAt) - Date.parse(house.now())) / 1000
  setCookie(house.config, response, 'housecall', { value: secret, path: `/v/${launch.id}`, seconds })
  response.set('Cache-Control', 'no-store').json({ path } satisfies TakenOver)
}

/** What anybody may send is short. */
async function keyIn(request: Request, response: Response): Promise<string> {
  const brought = TakeOver.safeParse(await jsonBody(request, response, 'short'))
  if (!brought.success) throw new Refusal('bad-request')
  return brought.data.key
}

/** The name of the cookie that belongs to one `state`: people may have several sign-ins under way. */
const underWay = (state: string): CookieName => `housecall-in-${hashed(state).slice(0, 16)}`

/** An address that a person's browser goes to: what goes wrong there is told in words to whoever takes HTML, and nothing of it is stored. */
function navigation(request: Request, response: Response, next: NextFunction): void {
  know(request, { inWords: isNavigation(request) })
  response.set('Cache-Control', 'no-store')
  next()
}
