// What a request brings, as OpenAPI says it: the parameters in its path and its query, and its body by the schema that reads it.
import { z } from 'zod'
import * as chart from '../../server/wire/chart.ts'
import * as consent from '../../server/wire/consent.ts'
import * as door from '../../server/wire/door.ts'
import * as invitation from '../../server/wire/invitation.ts'
import * as jitsi from '../../server/wire/jitsi.ts'
import * as late from '../../server/wire/late.ts'
import * as messages from '../../server/wire/messages.ts'
import * as notices from '../../server/wire/notices.ts'
import * as outcome from '../../server/wire/outcome.ts'
import * as webhook from '../../server/wire/webhook.ts'
import * as wire from '../../server/wire/wire.ts'
import type { Schema } from './reply-types.ts'

const names = new Map<unknown, string>(
  [chart, consent, door, invitation, jitsi, late, messages, notices, outcome, webhook, wire].flatMap((module) =>
    Object.entries(module).map(([name, schema]) => [schema, name] as const),
  ),
)

/** Of what is sent: before defaults and changes. What a schema checks beyond its shape is not in it. */
function schemaOf(schema: z.ZodType): Schema {
  const { $schema: _, ...said } = z.toJSONSchema(schema, { io: 'input' })
  return said
}

/** The body, under the name of its schema in `server/wire`; `type`: of a form. */
export function jsonBody(schema: z.ZodType, taken: Map<string, Schema>, type = 'application/json') {
  const name = names.get(schema)
  if (name === undefined) throw new Error('a schema that is no export of server/wire has no name')
  taken.set(name, schemaOf(schema))
  return { required: true, content: { [type]: { schema: { $ref: `#/components/schemas/${name}` } } } }
}

const Members = z.looseObject({
  properties: z.record(z.string(), z.looseObject({})).default({}),
  required: z.array(z.string()).default([]),
})

export const requestSchemas = {
  /** A GET takes its members from its query. */
  query(schema: z.ZodType) {
    const { properties, required } = Members.parse(schemaOf(schema))
    return Object.entries(properties).map(([name, its]) => ({
      ...{ name, in: 'query', required: required.includes(name), schema: its },
    }))
  },
}

const parameters: Readonly<Record<string, string>> = {
  launch: 'Our handle of one sign-in; it opens nothing without its cookie.',
  visit: 'The visit.',
  organisation: 'The id of the organisation in the settings.',
  issuer: "The issuer's name in the settings.",
  file: 'The name of the file.',
}

export function parametersIn(path: string) {
  return [...path.matchAll(/:([a-z]+)/gi)].map(([, name = '']) => {
    const description = parameters[name]
    if (description === undefined) throw new Error(`${path}: nothing is said of ${name}`)
    return { name, in: 'path', required: true, description, schema: { type: 'string' } }
  })
}
