// Owns JSON Patch (RFC 6902) as far as EHRs take it: test, add, replace and remove, on the elements a personality lets be touched.
import { isDeepStrictEqual } from 'node:util'
import type { Resource } from '@medplum/fhirtypes'
import { z } from 'zod'
import { refuse } from './outcomes.ts'

const Operation = z.object({
  op: z.enum(['test', 'add', 'replace', 'remove']),
  path: z.string().regex(/^(\/[^/]+)+$/),
  value: z.unknown().optional(),
})
const Operations = z.array(Operation).min(1)
export type Operation = z.infer<typeof Operation>

export function readPatch(body: unknown): Operation[] {
  const read = Operations.safeParse(body)
  if (!read.success) throw refuse(400, 'structure', 'A patch is a list of JSON Patch operations.')
  return read.data
}

/** The resource as patched: a copy. Refuses paths outside `elements`, tests that fail, and places that are not there. */
export function patched(resource: Resource, patch: readonly Operation[], elements: readonly string[]): Resource {
  const copy = structuredClone(resource)
  for (const operation of patch) {
    const [element = ''] = stepsOf(operation.path)
    if (operation.op !== 'test' && !elements.includes(element)) {
      throw refuse(422, 'business-rule', `${resource.resourceType}.${element} cannot be patched here.`)
    }
    apply(copy, operation)
  }
  return copy
}

function apply(whole: object, { op, path, value }: Operation): void {
  const steps = stepsOf(path)
  const last = steps.pop() ?? ''
  const within = steps.reduce<unknown>((at, step) => membersOf(at)?.[step], whole)
  const members = membersOf(within)
  if (!members) throw refuse(422, 'processing', `There is no ${path}.`)
  if (op === 'test') {
    if (!isDeepStrictEqual(members[last], value)) throw refuse(422, 'processing', `${path} is not what the test says.`)
  } else if (op !== 'add' && !(last in members)) {
    throw refuse(422, 'processing', `There is no ${path}.`)
  } else if (Array.isArray(within)) {
    const index = last === '-' ? within.length : Number(last)
    if (op === 'remove') within.splice(index, 1)
    else within.splice(index, op === 'replace' ? 1 : 0, value)
  } else if (op === 'remove') delete members[last]
  else members[last] = value
}

function stepsOf(path: string): string[] {
  const steps = path.split('/').slice(1)
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Sound: every object's and array's members can be looked at by name. */
function membersOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
}
