// Owns one clinic's day: reads the resources, moves their dates to `now`, and gives each one the identifier it is found by.
import { readdirSync, readFileSync } from 'node:fs'
import type { FhirResource, Identifier } from 'fhir/r4'
import { z } from 'zod'
import { clinic } from './clinic.ts'
import { calendarAt } from './dates.ts'

export { clinic }

/** The system of the identifier that every fixture carries, with its id as the value. */
export const fixtureSystem = 'https://housecall.example/fixtures'

const folder = new URL('resources/', import.meta.url)
const Resource = z.looseObject({
  resourceType: z.string(),
  id: z.string().regex(/^hc-[a-z0-9-]{1,61}$/),
  identifier: z.array(z.looseObject({})).default([]),
})
type Resource = z.infer<typeof Resource>

/** The day's resources around `now`: fresh copies on every call, each reference resolving within them. */
export function clinicDay(now: Date): FhirResource[] {
  const resources = allResources()
  const slots = resources.flatMap(({ resourceType, start }) => (resourceType === 'Appointment' ? [String(start)] : []))
  const calendar = calendarAt(now, clinic.timeZone, slots)
  return resources.map((resource) => {
    const identifier: Identifier = { system: fixtureSystem, value: resource.id }
    // Sound: the test of these fixtures validates every one of them as R4.
    return moved({ ...resource, identifier: [...resource.identifier, identifier] }, calendar) as FhirResource
  })
}

let readOnce: readonly Resource[] | undefined
/** The files do not change while a process runs; nobody is given what is kept, only copies. */
const allResources = (): readonly Resource[] => (readOnce ??= readdirSync(folder).sort().flatMap(read))

function read(file: string): Resource[] {
  return z.array(Resource).parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
}

function moved(value: unknown, calendar: (placeholder: string) => string): unknown {
  if (typeof value === 'string') return value.startsWith('@') ? calendar(value) : value
  if (Array.isArray(value)) return value.map((item) => moved(item, calendar))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, moved(inner, calendar)]))
}
