// Server-sent events of one visit and of a clinician's day: they say "look again" and carry no data.
// Refuses whom the guard refuses, at the start of each stream.
import { Router } from 'express'
import { anyParty, awake, clinicianHome, isLive, type Party } from './guards.ts'
import { clinicianTopic, type House, visitTopic } from './house.ts'
import { eventStream } from './outside/live.ts'

const liveCallMs = 5 * 60_000

export function liveRoutes(house: House): Router {
  const router = Router()

  router.get('/v/:launch/api/visits/:visit/events', async (request, response) => {
    response.locals.route = '/v/:launch/api/visits/:visit/events'
    const party = await anyParty(house, request)
    const { visit, launch } = party
    const gone = house.presence.listening(visit.id, launch.fhirUser, house.now)
    const stop = keepAwake(house, party)
    response.once('close', () => {
      gone()
      stop()
    })
    const current = async () => (await house.visits.get(visit.id))?.revision ?? 0
    await eventStream({ live: house.live, request, response, topics: [visitTopic(visit.id)], current })
  })

  router.get('/v/:launch/api/events', async (request, response) => {
    response.locals.route = '/v/:launch/api/events'
    const { launch } = await clinicianHome(house, request)
    // A day has no revision of its own: whoever comes back looks once.
    const current = async () => Date.parse(house.now())
    await eventStream({
      live: house.live,
      request,
      response,
      topics: launch.self.map(clinicianTopic),
      current,
      lastEventId: '',
    })
  })
  return router
}

/** A live call and a place at the door are not idle: the sign-in lasts while they do. */
function keepAwake(house: House, party: Party): () => void {
  const timer = setInterval(async () => {
    const [visit, launch] = await Promise.all([house.visits.get(party.visit.id), house.launches.get(party.launch.id)])
    if (visit && launch && isLive({ ...party, visit })) await awake(house, { ...party, launch })
  }, liveCallMs)
  timer.unref()
  return () => clearInterval(timer)
}
