// Puts the description of our URLs together, as OpenAPI 3.1: the table of routes, the wire's schemas, what each step gives, and the
// refusals. Nothing is said here that stands in the code; what is no row of the table stands in beside.ts.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Route, routes } from '../../server/http/routes.ts'
import { Nothing } from '../../server/wire/wire.ts'
import { beside } from './beside.ts'
import { openReplyTypes, type ReplyTypes, type Schema } from './reply-types.ts'
import { jsonBody, parametersIn, requestSchemas } from './requests.ts'
import { json, type Operation, refusedBy, refusedResponses, refusedSchemas, withDefault } from './responses.ts'
import { webhooksOf } from './webhooks.ts'

/** By the name of a guard, whom it lets in. */
const guards: Readonly<Record<string, string>> = {
  signedIn: 'For anyone who is signed in.',
  signedInOrInvited: 'For anyone who is signed in, or came by an invitation.',
  clinicianHome: 'For clinicians, whatever the visit.',
  anybody: 'For whoever the Appointment of the visit names, and who is invited to it.',
  watchingAnybody: 'For whoever the Appointment of the visit names, and who is invited to it.',
  clinician: 'For the clinicians of the visit.',
  patient: 'For the patient of the visit, and who acts for the patient.',
  comer: 'For the patient of the visit, who acts for the patient, and who is invited to it.',
}

const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync('package.json', 'utf8')))

/** The document as text, as it lies in docs/openapi.json. */
export function openapiText(): string {
  const types = openReplyTypes()
  try {
    return `${JSON.stringify(documentOf(types), undefined, 2)}\n`
  } finally {
    types.close()
  }
}

function documentOf(types: ReplyTypes): Schema {
  const taken = new Map<string, Schema>()
  const rows = routes.map((route) => [route.method, route.path, operationOf(route, types, taken)] as const)
  const others = beside(types, taken)
  const webhooks = webhooksOf(taken)
  return {
    openapi: '3.1.1',
    info: {
      title: 'Housecall',
      version,
      description: about,
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: 'https://visits.example.org', description: 'HOUSECALL_URL' }],
    tags,
    paths: pathsOf([...rows, ...others]),
    webhooks,
    components: {
      schemas: inOrder([...taken, ...types.named, ...refusedSchemas()]),
      responses: refusedResponses(),
      securitySchemes: {
        signIn: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Secure-housecall',
          description: 'Kept to the path of one launch.',
        },
        jitsi: { type: 'http', scheme: 'bearer', description: "The organisation's HOUSECALL_JITSI_EVENTS_…" },
      },
    },
  }
}

const about = [
  'Every URL of Housecall, written by `npm run openapi` from the code itself.',
  'The pages ask under `/v/{launch}/api`, with the cookie of their own launch; what writes comes from our own origin (`Origin`), else it is refused.',
  'What is refused is told as a FHIR OperationOutcome with one of our codes; a page that a browser goes to says it in words.',
  'Every answer has `X-Request-Id`, by which its lines in the log are found.',
  'A reply may have more members one day: pass over what you do not know.',
].join('\n\n')

const tags = [
  { name: 'visits', description: 'What a signed-in page asks.' },
  { name: 'sign-in', description: 'The way in, and into a window of its own.' },
  { name: 'jitsi', description: "What Jitsi's server tells and asks, and what it fetches." },
  { name: 'pages', description: 'Pages and what belongs to them.' },
  { name: 'running', description: 'For whoever runs the app.' },
  { name: 'webhooks', description: 'What we tell an organisation, at the address in its settings (`webhook`).' },
]

function operationOf({ path, guard, step, takes, method }: Route, types: ReplyTypes, taken: Map<string, Schema>) {
  const given = types.step(step)
  const whom = guards[guard]
  if (whom === undefined) throw new Error(`${guard}: nothing is said of whom this guard lets in`)
  const takesBody = takes !== Nothing && method !== 'get'
  const operation: Operation = {
    operationId: step,
    tags: ['visits'],
    description: [given.says, whom].filter(Boolean).join(' '),
    security: [{ signIn: [] }],
    parameters: [
      ...parametersIn(path),
      ...(method === 'get' ? requestSchemas.query(takes) : []),
      ...(given.takesVersion ? [ifMatch] : []),
    ],
    ...(takesBody && { requestBody: jsonBody(takes, taken) }),
    responses: withDefault({
      ...replyOf(given),
      ...refusedBy([401, 403, 429]),
      ...(method === 'get' ? refusedBy([400]) : refusedBy([400, 413, 415])),
      ...(given.takesVersion && refusedBy([412, 428])),
    }),
  }
  return operation
}

const ifMatch = {
  ...{ name: 'If-Match', in: 'header', required: true, description: 'The version of the text on the screen.' },
  schema: { type: 'string', pattern: '^(W/)?"\\d{1,9}"$' },
}

function replyOf({ body, numbered, file }: ReturnType<ReplyTypes['step']>) {
  if (file) return { 200: { description: 'A file to keep.', content: anyFile } }
  if (body === undefined) return { 204: { description: 'Done.' } }
  const etag = { ETag: { description: 'Its version.', schema: { type: 'string', pattern: '^W/"\\d+"$' } } }
  return { 200: { ...json(body), ...(numbered && { headers: etag }) } }
}

const anyFile = Object.fromEntries(
  ['text/plain', 'application/pdf', 'application/fhir+json'].map((type) => [type, {}] as const),
)

function pathsOf(rows: readonly (readonly [method: string, path: string, operation: Operation])[]) {
  const paths: Record<string, Record<string, Operation>> = {}
  for (const [method, path, operation] of rows) {
    const templated = path.replaceAll(/:([a-z]+)/gi, '{$1}')
    const at = paths[templated] ?? {}
    at[method] = operation
    paths[templated] = at
  }
  return paths
}

/** By name; refuses two of the same name that are not the same. */
function inOrder(schemas: readonly (readonly [string, Schema])[]): Schema {
  const byName = new Map<string, Schema>()
  for (const [name, schema] of schemas.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const other = byName.get(name)
    if (other !== undefined && JSON.stringify(other) !== JSON.stringify(schema))
      throw new Error(`${name}: two things have this name on the wire`)
    byName.set(name, schema)
  }
  return Object.fromEntries(byName)
}
