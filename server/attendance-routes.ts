// What Jitsi's server sends us: events of rooms (contrib event_sync_component), with the organisation's secret in Authorization.
// Refuses everyone without it as not found: nobody learns which organisations there are, or that they listen.
import { type Request, Router } from 'express'
import { jsonBody } from './body.ts'
import { CallEvent } from './call-events.ts'
import type { Organisation } from './config.ts'
import { Refusal } from './domain/errors.ts'
import { type House, hashed, sameHash } from './house.ts'
import { hear } from './steps/attendance.ts'

/** The module's `api_prefix` is `/jitsi/<organisation>`; it adds these. The first is for whoever sends all to one address. */
const paths = [
  '/jitsi/:organisation/events',
  '/jitsi/:organisation/events/room/created',
  '/jitsi/:organisation/events/room/destroyed',
  '/jitsi/:organisation/events/occupant/joined',
  '/jitsi/:organisation/events/occupant/left',
] as const

export function attendanceRoutes(house: House): Router {
  const router = Router()
  for (const path of paths) {
    router.post(path, async (request, response) => {
      response.locals.route = path
      // First who it is, then what they say.
      const organisation = sender(house, request)
      const event = CallEvent.safeParse(await jsonBody(request, response))
      if (!event.success) throw new Refusal('bad-request', { detail: { field: fieldOf(event.error.issues) } })
      await hear(house, organisation, event.data)
      response.status(204).set('Cache-Control', 'no-store').end()
    })
  }
  return router
}

const fieldOf = (issues: readonly { readonly path: readonly PropertyKey[] }[]): string =>
  issues[0]?.path.map(String).join('.') ?? ''

function sender(house: House, request: Request): Organisation {
  const organisation = house.config.organisations.find(({ id }) => id === request.params.organisation)
  if (organisation?.jitsiEvents === undefined) throw new Refusal('not-found')
  const given = /^Bearer +(.*\S)/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  if (sameHash(hashed(given), hashed(organisation.jitsiEvents))) return organisation
  house.record.log.warn('call-event', { organisation: organisation.id, code: 'secret-refused' })
  throw new Refusal('not-found')
}
