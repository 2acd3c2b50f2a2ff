// A URL that is no row of the table of routes, as OpenAPI says it.
import { parametersIn } from './requests.ts'
import { type Operation, withDefault } from './responses.ts'

export type Row = readonly [method: string, path: string, operation: Operation]
type Said = Pick<Operation, 'operationId' | 'description' | 'responses'> &
  Partial<Pick<Operation, 'requestBody' | 'security' | 'parameters'>>

export const row =
  (tag: string) =>
  (method: string, path: string, said: Said): Row => [
    ...([method, path] as const),
    {
      tags: [tag],
      security: [],
      ...said,
      parameters: [...parametersIn(path), ...(said.parameters ?? [])],
      responses: withDefault(said.responses),
    },
  ]

export const text = (type: string, description: string) => ({
  200: { description, content: { [type]: { schema: { type: 'string' } } } },
})
