// What Jitsi's server sends us, with the organisation's secret in Authorization: events of rooms (contrib event_sync_component), and the
// question whether a room may begin (mod_reservations).
// Refuses everyone without it as not found: nobody learns which organisations there are, or that they listen.
import { type Request, type Response, Router } from 'express'
import { Refusal } from '../domain/errors.ts'
import { given } from '../domain/given.ts'
import { hashed, sameHash } from '../domain/sign-in/secret.ts'
import type { Organisation } from '../settings/config.ts'
import { longestSecret } from '../settings/variables.ts'
import { hear } from '../steps/attendance.ts'
import { reserve } from '../steps/reservation.ts'
import { CallEvent, Reservation } from '../wire/jitsi.ts'
import { formBody, jsonBody, readSent } from './body.ts'
import { houseOf } from './guards.ts'
import type { Limits } from './limits.ts'

/** The module's `api_prefix` is `/jitsi/<organisation>`; it adds these. The first is for whoever sends all to one address. */
const paths = [
  '/jitsi/:organisation/events',
  '/jitsi/:organisation/events/room/created',
  '/jitsi/:organisation/events/room/destroyed',
  '/jitsi/:organisation/events/occupant/joined',
  '/jitsi/:organisation/events/occupant/left',
] as const

export function jitsiHookRoutes(limits: Limits): Router {
  const router = Router()
  for (const path of paths) {
    router.post(path, async (request, response) => {
      // First who it is, then what they say.
      const organisation = sender(limits, request, response)
      await hear(houseOf(response), organisation, readSent(CallEvent, await jsonBody(request, response)))
      response.status(204).set('Cache-Control', 'no-store').end()
    })
  }
  reservations(limits, router)
  return router
}

/** The module's `reservations_api_prefix` with what it adds. A Jitsi that several organisations share knows one prefix only: theirs is the second. */
const conferences = ['/jitsi/:organisation/reservations/conference', '/jitsi/reservations/conference'] as const

function reservations(limits: Limits, router: Router): void {
  for (const conference of conferences) {
    router.post(conference, async (request, response) => {
      const organisations = senders(limits, request, response)
      const asked = readSent(Reservation, await formBody(request, response))
      const reserved = await reserve(houseOf(response), organisations, asked)
      response.set('Cache-Control', 'no-store')
      if (reserved !== undefined) return void response.json(reserved)
      // The form in which the module hands a reason on to the person (jicofo, doc/reservation.md).
      response.status(403).json({ message: 'No visit is held in this room now.' })
    })

    // The room is gone: nothing was kept for it.
    router.delete(`${conference}/:visit`, (request, response) => {
      senders(limits, request, response)
      response.status(204).set('Cache-Control', 'no-store').end()
    })
  }
}

const sender = (limits: Limits, request: Request, response: Response): Organisation =>
  senders(limits, request, response)[0]

type Senders = readonly [Organisation, ...Organisation[]]

/** Those whose secret was shown: the one that the address names, or all of a Jitsi that they share. */
function senders(limits: Limits, request: Request, response: Response): Senders {
  const house = houseOf(response)
  const { organisation } = request.params
  const named = house.config.organisations.filter(({ id }) => organisation === undefined || id === organisation)
  const listening = named.filter(({ jitsiEvents }) => jitsiEvents !== undefined)
  if (listening.length === 0) throw new Refusal('not-found')
  const shown = bearer(request.headers.authorization ?? '')
  const [first, ...more] = listening.filter(({ jitsiEvents = '' }) => isSecret(shown, jitsiEvents))
  if (first !== undefined) {
    limits.jitsi(first.id)
    return [first, ...more]
  }
  // After the secret was looked at: at an address that strangers share with it, Jitsi's server is heard all the same.
  limits.strangers(response)
  house.log.warn('call-event', {
    code: 'secret-refused',
    ...given({ organisation: named.length === 1 ? named[0]?.id : undefined }),
  })
  throw new Refusal('not-found')
}

const isSecret = (shown: string | undefined, secret: string): boolean =>
  shown !== undefined && sameHash(hashed(shown), hashed(secret))

const scheme = 'bearer '
/** In characters: no secret of the settings is longer. */
const longest = scheme.length + longestSecret

/** What stands behind `Bearer` (RFC 6750, 2.1); undefined for another scheme, and for more than a secret can be, which is not looked at. */
function bearer(header: string): string | undefined {
  if (header.length > longest || header.slice(0, scheme.length).toLowerCase() !== scheme) return undefined
  return header.slice(scheme.length).trim()
}
