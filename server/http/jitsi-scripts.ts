// The approved copies of Jitsi's script, for our pages: their addresses hold a hash of their content, and no cookie is asked for.
// Refuses (`not-found`) every other name; no request here leads to one elsewhere.
import { type Response, Router } from 'express'
import { Refusal } from '../domain/errors.ts'
import type { House } from '../house/house.ts'

export function jitsiScriptRoutes(house: House): Router {
  const router = Router()
  router.get('/assets/jitsi/:file', async (request, response: Response) => {
    const bytes = await house.roomScripts.file(request.params.file)
    if (bytes === undefined) throw new Refusal('not-found')
    response.setHeader('Content-Type', 'text/javascript; charset=utf-8')
    response.setHeader('Content-Length', bytes.byteLength)
    response.setHeader('Cache-Control', 'public, max-age=31536000, immutable').end(bytes)
  })
  return router
}
