// Owns putting one resource on a server so that a second load finds it again: under our own id, or else by its identifier.
import type { FhirResource } from 'fhir/r4'
import { z } from 'zod'
import { fixtureSystem } from './day.ts'
import { type Reply, reasonOf, type Server } from './server.ts'

/** Why one resource could not be placed. */
export class NotPlaced extends Error {}

export type Placed = { outcome: 'created' | 'updated'; id: string }

/** A resource of the day: day.ts gives each an id. */
export type Fixture = FhirResource & { id: string }

const Id = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/)
const Found = z.looseObject({
  resourceType: z.string(),
  id: Id,
  identifier: z.array(z.looseObject({ system: z.string().optional(), value: z.string().optional() })).optional(),
})
const Bundle = z.looseObject({
  resourceType: z.literal('Bundle'),
  entry: z.array(z.looseObject({ resource: z.looseObject({ resourceType: z.string() }) })).optional(),
})

/** Replies with which servers refuse an id they did not choose themselves. */
const REFUSALS = [400, 404, 405, 422]

/** Creates or updates `fixture`. Types whose ids the server refuses are remembered in `refusing`, and not tried again. */
export async function place(server: Server, fixture: Fixture, refusing: Set<string>): Promise<Placed> {
  const { resourceType, id } = fixture
  if (refusing.has(resourceType)) return await placeByIdentifier(server, fixture)
  const reply = await server.send('PUT', `${resourceType}/${id}`, fixture)
  if (isDone(reply)) return { outcome: reply.status === 201 ? 'created' : 'updated', id }
  if (!REFUSALS.includes(reply.status)) throw new NotPlaced(reasonOf(reply))
  const placed = await placeByIdentifier(server, fixture)
  refusing.add(resourceType)
  return placed
}

async function placeByIdentifier(server: Server, fixture: Fixture): Promise<Placed> {
  const { id: key, ...withoutId } = fixture
  const condition = `identifier=${encodeURIComponent(`${fixtureSystem}|${key}`)}`
  for (let attempt = 1; ; attempt += 1) {
    const existing = await find(server, fixture, condition)
    if (existing) return await update(server, fixture, existing)
    // A server whose search lags behind may still know that it has one; others ignore the header.
    const reply = await server.send('POST', fixture.resourceType, withoutId, { 'if-none-exist': condition })
    if (isDone(reply)) {
      const id = idOf(reply, fixture.resourceType) ?? (await find(server, fixture, condition))
      if (!id) throw new NotPlaced('the server created it, but does not say under which id.')
      return reply.status === 200 ? await update(server, fixture, id) : { outcome: 'created', id }
    }
    // Looks again before it creates again: a busy server may have created it all the same.
    if (!(await server.waited(reply, attempt))) throw new NotPlaced(reasonOf(reply))
  }
}

async function update(server: Server, fixture: Fixture, id: string): Promise<Placed> {
  const reply = await server.send('PUT', `${fixture.resourceType}/${id}`, { ...fixture, id })
  if (!isDone(reply)) throw new NotPlaced(reasonOf(reply))
  return { outcome: 'updated', id }
}

/** The id of the one resource with this fixture's identifier; refuses to guess where there are more, or the search is ignored. */
async function find(server: Server, { resourceType, id }: Fixture, condition: string): Promise<string | undefined> {
  const reply = await server.send('GET', `${resourceType}?${condition}`)
  const bundle = Bundle.safeParse(reply.body)
  if (reply.status !== 200 || !bundle.success) throw new NotPlaced(`no search by identifier: ${reasonOf(reply)}`)
  const answers = (bundle.data.entry ?? [])
    .map(({ resource }) => resource)
    .filter((r) => r.resourceType === resourceType)
  const ours = answers.flatMap((answer) => {
    const read = Found.safeParse(answer)
    const isOurs = read.data?.identifier?.some(({ system, value }) => system === fixtureSystem && value === id)
    return read.success && isOurs ? [read.data.id] : []
  })
  if (ours.length < answers.length) {
    throw new NotPlaced(
      'the server takes no client ids and ignores a search by identifier: a second load would double everything.',
    )
  }
  const ids = new Set(ours)
  if (ids.size > 1)
    throw new NotPlaced(`${ids.size} resources carry its identifier; delete all but one of ${[...ids].join(', ')}.`)
  return ours[0]
}

function isDone({ status }: Reply): boolean {
  return status >= 200 && status < 300
}

/** The new id, from the end of Location (whose host may be another one, and is not followed) or from the body. */
function idOf({ location, body }: Reply, resourceType: string): string | undefined {
  const named = new RegExp(`(?:^|/)${resourceType}/([A-Za-z0-9\\-.]{1,64})(?:/_history/[^/]+)?$`).exec(location)?.[1]
  return named ?? z.looseObject({ resourceType: z.literal(resourceType), id: Id }).safeParse(body).data?.id
}
