// What a request is answered, as OpenAPI says it: the reply, and the refusals by their table.
import { type Code, refusals } from '../../server/domain/errors.ts'
import type { Schema } from './reply-types.ts'

export type Operation = {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly description: string
  /** Of no cookie and no secret where it is empty. */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters: readonly object[]
  readonly requestBody?: object
  readonly responses: Readonly<Record<string, object>>
}

export const json = (schema: Schema, description = 'As asked.') => ({
  description,
  content: { 'application/json': { schema } },
})

// Sound: the table's own keys.
const codes = Object.keys(refusals) as Code[]
const inTable = (status: number) => codes.filter((code) => refusals[code].status === status)

/** The rows of these statuses, each with the codes that have it. */
export const refusedBy = (statuses: readonly number[]) =>
  Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/Refused${status}` }]))

/** Beside what is said of it by status, any other row of the table, and a fault of ours. */
export const withDefault = (responses: Readonly<Record<string, object>>) => ({
  ...responses,
  default: { $ref: '#/components/responses/Refused' },
})

/** One for each status that the table has, and one for all. */
export const refusedResponses = () => ({
  Refused: {
    description: 'Any other refusal of the table, by its own status; 500 is a fault of ours.',
    content: { 'application/fhir+json': { schema: { $ref: '#/components/schemas/Refused' } } },
  },
  ...Object.fromEntries(
    [...new Set(codes.map((code) => refusals[code].status))]
      .toSorted((a, b) => a - b)
      .map((status) => [`Refused${status}`, refusedWith(inTable(status))]),
  ),
})

function refusedWith(some: readonly Code[]) {
  const schema = outcomeWith({ enum: some })
  return { description: some.map((code) => `\`${code}\``).join(', '), content: { 'application/fhir+json': { schema } } }
}

/** A FHIR R4 OperationOutcome, as `outcome` in server/domain/errors.ts makes it. */
const outcomeWith = (code: Schema): Schema =>
  object(
    {
      resourceType: { const: 'OperationOutcome' },
      issue: listOfOne(
        object(
          {
            severity: { const: 'error' },
            code: { enum: [...new Set([...codes.map((one) => refusals[one].issue), 'exception'])].toSorted() },
            details: object({
              coding: listOfOne(object({ system: { const: system }, code })),
              text: { type: 'string' },
            }),
            expression: { type: 'array', items: { type: 'string' }, description: 'The field that is wrong.' },
          },
          ['expression'],
        ),
      ),
      extension: {
        type: 'array',
        items: { anyOf: extensions },
        description: 'From when, by which version, or by what it would be granted.',
      },
    },
    ['extension'],
  )

const system = 'https://housecall.example/refusals'
const extension = (url: string, member: string, schema: Schema) =>
  object({ url: { const: `https://housecall.example/${url}` }, [member]: schema })
const extensions = [
  extension('opens-at', 'valueInstant', { type: 'string', format: 'date-time' }),
  extension('revision', 'valueInteger', { type: 'integer' }),
  extension('read-at', 'valueInstant', { type: 'string', format: 'date-time' }),
  extension('look', 'valueCode', { enum: ['not-there-yet', 'cannot-tell', 'no-answer', 'elsewhere'] }),
]

function object(properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema {
  return { type: 'object', properties, required: Object.keys(properties).filter((name) => !optional.includes(name)) }
}
const listOfOne = (items: Schema): Schema => ({ type: 'array', items, minItems: 1, maxItems: 1 })

/** Every row of the table, with what it says; and the answer that carries one. */
export function refusedSchemas(): readonly (readonly [string, Schema])[] {
  const rows = codes.map((code) => {
    const { status, says } = refusals[code]
    return { const: code, description: `${status}: ${says}` }
  })
  const fault = { const: 'fault', description: '500: a fault of ours. X-Request-Id finds it in the log.' }
  return [
    ['RefusalCode', { type: 'string', oneOf: [...rows, fault] }],
    ['Refused', outcomeWith({ $ref: '#/components/schemas/RefusalCode' })],
  ]
}
