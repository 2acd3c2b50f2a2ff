// Whom to tell of a weakness (RFC 9116): what the administrator set, good for ninety days from the start of the app.
// Refuses (`not-found`) where nothing is set: nobody is named who does not read it.
import { type Response, Router } from 'express'
import { Refusal } from '../domain/errors.ts'
import { instant } from '../domain/instant.ts'
import type { House } from '../house/house.ts'

// An app that nobody has updated for so long is one that nobody looks after: then its word is not good any more (RFC 9116, 2.5.5).
const goodForMs = 90 * 24 * 60 * 60_000

export function securityTextRoutes(house: House): Router {
  const { url, securityContact = [] } = house.config
  const expires = instant(Date.parse(house.now()) + goodForMs)
  const fields = [
    ...securityContact.map((contact) => `Contact: ${contact}`),
    `Expires: ${expires}`,
    'Preferred-Languages: en',
    `Canonical: ${url}/.well-known/security.txt`,
  ]
  const router = Router()
  router.get('/.well-known/security.txt', (_request, response: Response) => {
    if (securityContact.length === 0) throw new Refusal('not-found')
    response
      .set('Cache-Control', 'public, max-age=3600')
      .type('text/plain; charset=utf-8')
      .send(`${fields.join('\n')}\n`)
  })
  return router
}
