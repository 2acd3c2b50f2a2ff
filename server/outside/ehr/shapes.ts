// The shapes that FHIR's resources are made of, read as an EHR may write them: what says nothing is as if it were not there.
// Refuses a member of ours that is wrong: whoever reads a resource is told that it could not be read.
import { z } from 'zod'
import { isFhirId } from '../../domain/ehr/reference.ts'
import { listOf } from '../list-of.ts'

/**
 * Says nothing: in a repeating primitive null stands for a value that has an extension alone (http://hl7.org/fhir/R4/json.html#primitive), and
 * many a server writes null, or a text with nothing in it, wherever it knows nothing.
 */
const saysNothing = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

const isObject = (json: unknown): json is Record<string, unknown> =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

/** An object of FHIR's. A member that we read and that says nothing is as if it were not there; a wrong one is refused. */
export function object<S extends z.ZodRawShape>(shape: S) {
  const ours = new Set(Object.keys(shape))
  return z.preprocess((json) => {
    if (!isObject(json) || ![...ours].some((name) => name in json && saysNothing(json[name]))) return json
    return Object.fromEntries(Object.entries(json).filter(([name, value]) => !ours.has(name) || !saysNothing(value)))
  }, z.looseObject(shape))
}

/** A list of FHIR's, without the items that say nothing: those too that have extensions alone where it is this member that is `needed`. */
export function list<T>(item: z.ZodType<T>, needed?: string): z.ZodType<T[]> {
  const says = (one: unknown) => !saysNothing(needed !== undefined && isObject(one) ? one[needed] : one)
  return z.preprocess((items) => (Array.isArray(items) ? items.filter(says) : items), listOf(item))
}

export const reference = object({ reference: z.string().exactOptional(), display: z.string().exactOptional() })
export const coding = object({
  system: z.string().exactOptional(),
  code: z.string().exactOptional(),
  display: z.string().exactOptional(),
})
export const concept = object({ coding: list(coding).exactOptional(), text: z.string().exactOptional() })
export const period = object({ start: z.string().exactOptional(), end: z.string().exactOptional() })
export const name = object({
  use: z.string().exactOptional(),
  text: z.string().exactOptional(),
  family: z.string().exactOptional(),
  given: list(z.string()).exactOptional(),
  prefix: list(z.string()).exactOptional(),
  suffix: list(z.string()).exactOptional(),
  period: period.exactOptional(),
})
export const identifier = object({ system: z.string().exactOptional(), value: z.string().exactOptional() })
// What has no id of FHIR's cannot be asked for again, nor referred to.
const id = z.string().refine(isFhirId)
/** Empty where the EHR does not say: such a one is of no status that we know. */
export const status = () => z.string().default('')
export const resourceBase = { id, meta: object({ versionId: z.string().exactOptional() }).exactOptional() }
