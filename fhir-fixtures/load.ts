// Owns `npm run fixtures -- <FHIR base URL>`: loads the day into an R4 server, in the order its references need.
// Loading again moves the day to now and doubles nothing.
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { clinic, clinicChart, clinicDay } from './day.ts'
import { type Fixture, NotPlaced, type Placed, place } from './place.ts'
import { openServer, type Server, type World } from './server.ts'
import { Stop } from './stop.ts'

export type Options = {
  now: Date
  print: World['print']
  fetch?: World['fetch']
  pause?: World['pause']
  /** None where the server is open. */
  env?: World['env']
}

/** What a load came to. `stopped` says why nothing, or nothing more, was tried. */
export type Loaded = {
  created: number
  updated: number
  failed: { reference: string; reason: string }[]
  stopped?: string
}

/** Loads the day around `now` into the server at `base`, saying each step; never throws for what a server does. */
export async function loadDay(base: string, { now, print, fetch, pause, env = {} }: Options): Promise<Loaded> {
  const loaded: Loaded = { created: 0, updated: 0, failed: [] }
  const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
  try {
    const world = { fetch: fetch ?? globalThis.fetch, pause: pause ?? sleep, print, env }
    const server = await openServer(base, world)
    print(`${server.base} is an R4 server. Loading the day of ${clinic.organization.name}.`)
    await loadAll(server, inOrder([...clinicDay(now), ...clinicChart(now)].map(asFixture)), loaded, print)
  } catch (cause) {
    if (!(cause instanceof Stop)) throw cause
    loaded.stopped = cause.message
  }
  for (const line of summary(loaded, now)) print(line)
  return loaded
}

async function loadAll(server: Server, fixtures: Fixture[], loaded: Loaded, print: World['print']): Promise<void> {
  const placedAs = new Map<string, string>()
  const refusing = new Set<string>()
  for (const [index, fixture] of fixtures.entries()) {
    const reference = `${fixture.resourceType}/${fixture.id}`
    const say = (what: string) => print(`${index + 1}/${fixtures.length} ${reference} ${what}`)
    try {
      const { outcome, id }: Placed = await place(server, withReferences(fixture, placedAs), refusing)
      placedAs.set(reference, `${fixture.resourceType}/${id}`)
      loaded[outcome] += 1
      say(id === fixture.id ? outcome : `${outcome} as ${id}`)
    } catch (cause) {
      if (!(cause instanceof NotPlaced)) throw cause
      const reason = server.hides(cause.message)
      loaded.failed.push({ reference, reason })
      say(`failed: ${reason}`)
    }
  }
}

function summary({ created, updated, failed, stopped }: Loaded, now: Date): string[] {
  const time = now.toLocaleString('en-US', { timeZone: clinic.timeZone, dateStyle: 'full', timeStyle: 'short' })
  const done = `${created} created, ${updated} updated, ${failed.length} failed.`
  if (stopped) return [stopped, ...(created + updated > 0 ? [`Until then: ${done} Loading again is safe.`] : [])]
  const reasons = failed.map(({ reference, reason }) => `  ${reference}: ${reason}`)
  return [
    `${failed.length ? 'Not everything was loaded' : 'Done'}: ${done}`,
    ...reasons,
    `The visits lie around ${time} (${clinic.timeZone}). Loading again moves them to now and doubles nothing.`,
  ]
}

function asFixture(resource: ReturnType<typeof clinicDay>[number]): Fixture {
  return { ...resource, id: z.string().parse(resource.id) }
}

/** The resources such that each comes after all those it refers to. */
function inOrder(fixtures: Fixture[]): Fixture[] {
  const ordered: Fixture[] = []
  const done = new Set<string>()
  let waiting = fixtures
  while (waiting.length > 0) {
    const ready = waiting.filter((fixture) => references(fixture).every((reference) => done.has(reference)))
    if (ready.length === 0) throw new Error(`These refer to each other in a circle: ${waiting.map(({ id }) => id)}`)
    for (const { resourceType, id } of ready) done.add(`${resourceType}/${id}`)
    ordered.push(...ready)
    waiting = waiting.filter((fixture) => !ready.includes(fixture))
  }
  return ordered
}

function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const own = 'reference' in value && typeof value.reference === 'string' ? [value.reference] : []
  return [...own, ...Object.values(value).flatMap(references)]
}

/** The resource with its references rewritten to the ids the server gave; refuses one whose target was not placed. */
function withReferences(fixture: Fixture, placedAs: ReadonlyMap<string, string>): Fixture {
  const missing = references(fixture).find((reference) => !placedAs.has(reference))
  if (missing) throw new NotPlaced(`it refers to ${missing}, which was not loaded.`)
  const rewritten = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rewritten)
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(([key, inner]) =>
      key === 'reference' && typeof inner === 'string' ? [key, placedAs.get(inner)] : [key, rewritten(inner)],
    )
    return Object.fromEntries(entries)
  }
  // Sound: only the text of references has changed.
  return rewritten(fixture) as Fixture
}

const [, script, base = '', ...more] = process.argv
if (script && import.meta.url === pathToFileURL(script).href) {
  // An argument is read by everybody on this machine who looks at its processes: a token must not be one.
  const address = more.length > 0 ? '' : base
  if (more.length > 0)
    console.error('Give one address and nothing else: a token or a secret is read from the environment.')
  const print = (line: string) => console.log(line)
  const { failed, stopped } = await loadDay(address, { now: new Date(), print, env: process.env })
  if (failed.length > 0 || stopped) process.exitCode = 1
}
