// Our public keys: for EHRs, one JWK set; for each organisation's Jitsi, in both ways Prosody asks, a JWK set (`cache_keys_url`) and one
// PEM file a key.
// Refuses everything else as not found, and never lets a private member out.
import { createHash, createPublicKey } from 'node:crypto'
import { type Response, Router } from 'express'
import { Refusal } from '../domain/errors.ts'
import type { House } from '../house/house.ts'
import type { JitsiKey } from '../settings/config.ts'
import { publicKeys } from '../settings/public-keys.ts'

export function keyRoutes(house: House): Router {
  const router = Router()
  const keysOf = (id: string): readonly JitsiKey[] => {
    const keys = house.config.organisations.find((o) => o.id === id)?.jitsiKeys ?? []
    if (keys.length === 0) throw new Refusal('not-found')
    return keys
  }

  router.get('/.well-known/jwks.json', (_request, response) => {
    published(response).json(publicKeys(house.config.clientKeys))
  })

  router.get('/jitsi/:organisation/jwks.json', (request, response) => {
    const { keys } = publicKeys(keysOf(request.params.organisation))
    published(response).json({ keys })
  })

  // `asap_key_server` is this folder; Prosody adds the digest and `.pem` (jitsi-meet, token/util.lib.lua, get_public_key).
  router.get('/jitsi/:organisation/asap/:file', (request, response) => {
    const { organisation, file } = request.params
    const key = keysOf(organisation).find(({ kid }) => file === `${sha256(kid)}.pem`)
    if (key === undefined) throw new Refusal('not-found')
    published(response).setHeader('Content-Type', 'application/x-pem-file').end(pem(key))
  })
  return router
}

// A new key is known within five minutes: Prosody fetches the set again a minute before it is too old; EHRs look at `max-age` or not.
const published = (response: Response): Response => response.set('Cache-Control', 'public, max-age=300')

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** The public half alone: `createPublicKey` leaves the private members out. */
const pem = (key: JitsiKey): string =>
  createPublicKey({ key: { ...key }, format: 'jwk' })
    .export({ type: 'spki', format: 'pem' })
    .toString()
