// Owns one clinic's day: reads the resources, moves their dates to `now`, and gives each one the identifier it is found by.
import { readdirSync, readFileSync } from 'node:fs'
import type { FhirResource, Identifier } from 'fhir/r4'
import { z } from 'zod'
import { clinic } from './clinic.ts'
import { calendarAt } from './dates.ts'

export { clinic }

/** The system of the identifier that every fixture carries, with its id as the value. */
export const fixtureSystem = 'https://housecall.example/fixtures'

const folders = { day: new URL('resources/', import.meta.url), chart: new URL('chart/', import.meta.url) } as const
const Resource = z.looseObject({
  resourceType: z.string(),
  id: z.string().regex(/^hc-[a-z0-9-]{1,61}$/),
  identifier: z.array(z.looseObject({})).default([]),
})
type Resource = z.infer<typeof Resource>

/** The day's resources around `now`: fresh copies on every call, each reference resolving within them. */
export const clinicDay = (now: Date): FhirResource[] => at(now, 'day')

/**
 * What stands in the day's charts beyond what a visit needs: values from home and from today, results, twenty medicines, a visit of last month with its
 * note. It refers to the day's resources.
 */
export const clinicChart = (now: Date): FhirResource[] => at(now, 'chart')

function at(now: Date, which: keyof typeof folders): FhirResource[] {
  const slots = allResources('day').flatMap(({ resourceType, start }) =>
    resourceType === 'Appointment' ? [String(start)] : [],
  )
  const calendar = calendarAt(now, clinic.timeZone, slots)
  return allResources(which).map((resource) => {
    const identifier: Identifier = { system: fixtureSystem, value: resource.id }
    // Sound: the test of these fixtures validates every one of them as R4.
    return moved({ ...resource, identifier: [...resource.identifier, identifier] }, calendar) as FhirResource
  })
}

const readOnce = new Map<keyof typeof folders, readonly Resource[]>()
/** The files do not change while a process runs; nobody is given what is kept, only copies. */
function allResources(which: keyof typeof folders): readonly Resource[] {
  const known = readOnce.get(which) ?? readdirSync(folders[which]).sort().flatMap(read(folders[which]))
  readOnce.set(which, known)
  return known
}

const read = (folder: URL) => (file: string) =>
  z.array(Resource).parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))

function moved(value: unknown, calendar: (placeholder: string) => string): unknown {
  if (typeof value === 'string') return value.startsWith('@') ? calendar(value) : value
  if (Array.isArray(value)) return value.map((item) => moved(item, calendar))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, moved(inner, calendar)]))
}
