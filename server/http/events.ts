// Server-sent events of one visit and of a clinician's day: they say "look again" and carry no data.
// Refuses whom the guard refuses, at the start of each stream. Where a sign-in has more than its share, its oldest stream gives way.
import { type Response, Router } from 'express'
import { Refusal } from '../domain/errors.ts'
import type { VisitId } from '../domain/ids.ts'
import { type Launch, requireLasting } from '../domain/sign-in/launch.ts'
import { invitedUntil, requireInvited } from '../domain/visit/invited.ts'
import { type AtVisit, awake, type Caller, isLive, type Party, type SignedIn } from '../house/caller.ts'
import type { House } from '../house/house.ts'
import { stillNamed } from '../house/reviews.ts'
import { clinicianTopic, launchTopic, queueTopic, rolesTopic, visitTopic } from '../house/topics.ts'
import { clinicianKeys } from '../house/visit-of.ts'
import { heardFrom } from '../house/who-is-there.ts'
import { endForAnother, eventStream } from '../outside/live.ts'
import { personKey } from '../settings/bases.ts'
import { anybody, clinicianHome, houseOf } from './guards.ts'
import type { Headers } from './headers.ts'
import type { Limits } from './limits.ts'
import { getOnly } from './request-line.ts'

const lookMs = 60_000

export function eventRoutes(headers: Headers, limits: Limits): Router {
  const router = Router()

  router.get('/v/:launch/api/visits/:visit/events', getOnly, async (request, response) => {
    const house = houseOf(response)
    const party = await anybody(house, request)
    limits.streams(party)
    const { visit, iss } = party
    headers.signedIn(response, iss)
    if (!(await listens(house, party, response))) return
    takePlace(house, party, response, { visit: visit.id })
    endWith(house, party, response, isParty(party) ? staysAt(house, party) : stillInvited(house, party))
    const current = async () => (await house.visits.get(visit.id))?.revision ?? 0
    const topics = [visitTopic(visit.id)]
    await eventStream({ live: house.live, request, response, topics, queues: queuesOf(party), current })
  })

  router.get('/v/:launch/api/events', getOnly, async (request, response) => {
    const house = houseOf(response)
    const caller = await clinicianHome(house, request)
    limits.streams(caller)
    const { launch } = caller
    headers.signedIn(response, launch.iss)
    if (response.destroyed) return
    takePlace(house, caller, response)
    endWith(house, caller, response, wakes(house, caller, never))
    endForRoles(house, launch, response)
    const topics = launch.self.map((ref) => clinicianTopic(caller.organisation, launch.iss, ref))
    // A day has no revision of its own: whoever comes back looks once.
    const current = async () => Date.parse(house.now())
    await eventStream({ live: house.live, request, response, topics, current, lastEventId: '' })
  })
  return router
}

/**
 * The page is here until it closes: the others are shown that it is there again, or is gone, a while after it closed, as it may come back. Answers
 * whether it is: who has gone while we looked who it was would be here for ever.
 */
async function listens(house: House, party: AtVisit, response: Response): Promise<boolean> {
  if (response.destroyed) return false
  const { memory, now, stirVisit, goings, queues } = house
  const { person, visit } = party
  const wasHere = memory.openPages.here(visit.id, person.who, now())
  if (person.role !== 'clinician') await heardFrom(house, party)
  if (response.destroyed) return false
  const stop = memory.openPages.listening(visit.id, person.who, now)
  response.once('close', () => {
    stop()
    goings.expect(visit, person.who)
  })
  if (!wasHere) stirVisit(visit, 'days')
  // Whoever waits for her at another visit is told where she is, too.
  else if (person.role === 'clinician') queues.changed(visit)
  return true
}

/** Beside a visit a clinician is told of who waits for her at others. */
const queuesOf = (caller: AtVisit): readonly string[] =>
  isParty(caller) && caller.launch.role === 'clinician'
    ? clinicianKeys(caller.launch).map((key) => queueTopic(caller.organisation.id, key))
    : []

/** A day's stream ends when more roles are known: it comes back, and listens for what names them by those. */
const endForRoles = (house: House, { id }: Launch, response: Response) =>
  response.once(
    'close',
    house.live.subscribe(rolesTopic(id), () => void response.end()),
  )

/** Counts the stream in until it ends, by itself or because it gives way to another. */
function takePlace(house: House, { signIn, iss, person, organisation }: Caller, response: Response, at: At = {}): void {
  const of = { signIn, person: personKey(organisation, iss, person.who), ...at } as const
  response.once(
    'close',
    house.memory.openStreams.opened(of, () => endForAnother(response)),
  )
}

type At = { readonly visit?: VisitId }

/** Looks whether a stream may go on: refuses where it may not, and answers `over` where whom it is for is there no longer. */
type Look = () => Promise<'goes-on' | 'over'>

/** A stream ends with its sign-in or invitation, and with what it was opened for. */
function endWith(house: House, { signIn }: Caller, response: Response, look: Look): void {
  const again = async () => {
    if ((await look()) === 'over') response.end()
  }
  const timer = setInterval(() => void again().catch((cause: unknown) => over(house, response, cause)), lookMs)
  timer.unref()
  const stop = house.live.subscribe(launchTopic(signIn), () => void response.end())
  response.once('close', () => {
    clearInterval(timer)
    stop()
  })
}

/** A live call and a place at the door keep the sign-in from idling while they last. */
const wakes =
  (house: House, caller: SignedIn, live: (launch: Launch) => Promise<boolean>): Look =>
  async () => {
    const launch = await house.launches.get(caller.launch.id)
    if (launch === undefined) return 'over'
    requireLasting(launch, house.now())
    if (await live(launch)) await awake(house, { ...caller, launch })
    return 'goes-on'
  }

/** A list keeps no sign-in from idling. */
const never = async () => false

const isParty = (caller: AtVisit): caller is Party => 'launch' in caller

const staysAt = (house: House, party: Party): Look =>
  wakes(house, party, async (launch) => {
    const current = await house.visits.get(party.visit.id)
    return current !== undefined && isLive(stillNamed(house, { ...party, launch, visit: current }))
  })

const stillInvited =
  (house: House, { visit, person, organisation }: AtVisit): Look =>
  async () => {
    const current = await house.visits.get(visit.id)
    if (current === undefined || house.now() >= invitedUntil(current, organisation.joinWindow)) return 'over'
    requireInvited(current, person.who)
    return 'goes-on'
  }

function over(house: House, response: Response, cause: unknown): void {
  if (!(cause instanceof Refusal)) house.log.error('store-fault', {}, cause)
  response.end()
}
