// Holds what the app answers against docs/openapi.json: an answer has all that the description says of it, and nothing that it does not.
import { readFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { z } from 'zod'

const Reply = z.looseObject({
  $ref: z.string().optional(),
  content: z.record(z.string(), z.looseObject({ schema: z.unknown().optional() })).default({}),
})
const Operation = z.looseObject({ operationId: z.string(), responses: z.record(z.string(), Reply) })
const Document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()), responses: z.record(z.string(), Reply) }),
})
type Operation = z.infer<typeof Operation>

export type Answered = {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly type: string
  readonly body: unknown
}

const document = Document.parse(JSON.parse(readFileSync('docs/openapi.json', 'utf8')))
const operations = Object.entries(document.paths).flatMap(([path, byMethod]) =>
  Object.entries(byMethod).map(([method, operation]) => ({ method, path, matches: patternOf(path), operation })),
)
// What has a parameter gives way to what has none.
const inOrder = operations.toSorted((a, b) => a.path.split('{').length - b.path.split('{').length)

function patternOf(path: string): RegExp {
  const parts = path.split(/\{\w+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^/]+')}$`)
}

export function operationOf(method: string, path: string): Operation | undefined {
  const [bare = ''] = path.split('?')
  return inOrder.find((one) => one.method === method && one.matches.test(bare))?.operation
}

/** What of an answer in JSON is not as the description says it; undefined where all is, and of an address that is not described. */
export function misfitOf({ method, path, status, type, body }: Answered): string | undefined {
  const operation = operationOf(method, path)
  if (operation === undefined || body === undefined) return undefined
  const named = operation.responses[status] ?? (status < 400 ? undefined : operation.responses.default)
  const reply = document.components.responses[named?.$ref?.split('/').at(-1) ?? ''] ?? named
  const about = `${operation.operationId} answered ${status} ${type}`
  const said = reply?.content[type.split(';')[0] ?? '']
  if (said === undefined) return `${about}, of which docs/openapi.json says nothing`
  const fits = validatorOf(said.schema ?? {})
  if (fits(body)) return undefined
  // Where and by which rule, and not what stood there: a failure's words go far.
  const why = (fits.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  )
  return `${about}, not as docs/openapi.json says it (npm run openapi): ${why.slice(0, 5).join('; ')}`
}

const ajv = new Ajv2020({
  strict: false,
  validateSchema: false,
  formats: {
    'date-time': (text: string) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text)),
    uri: (text: string) => URL.canParse(text),
  },
})
const validators = new Map<string, ValidateFunction>()

function validatorOf(schema: unknown): ValidateFunction {
  const key = JSON.stringify(schema)
  const made = validators.get(key) ?? ajv.compile({ ...asObject(closed(schema)), components })
  validators.set(key, made)
  return made
}

const asObject = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {})

/** The description lets replies grow; a test does not: what it does not know is not there. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const inside = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]))
  const isObject = 'properties' in schema && 'type' in schema && !('additionalProperties' in schema)
  return isObject ? { ...inside, additionalProperties: false } : inside
}
const components = closed(document.components)
