// The clinics' logos, as pictures and as nothing else.
// Refuses (`not-found`) a clinic without one.
import { type Response, Router } from 'express'
import { Refusal } from '../domain/errors.ts'
import type { Config } from '../settings/config.ts'

export function brandRoutes({ organisations }: Config): Router {
  const router = Router()
  router.get('/brand/:organisation', (request, response: Response) => {
    const logo = organisations.find(({ id }) => id === request.params.organisation)?.logo
    if (logo === undefined) throw new Refusal('not-found')
    // An SVG opened by itself is a page of ours: it may style itself and do nothing else.
    response.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
    response.set('Cache-Control', 'public, max-age=3600').type(logo.type).send(Buffer.from(logo.bytes))
  })
  return router
}
