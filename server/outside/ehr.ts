// FHIR R4 with one EHR for one sign-in. Fences fhirclient: it only reads, and only under the FHIR base.
// Refuses absolute references, next links and redirects to anywhere else; never follows a Location.
import { createRequire } from 'node:module'
import type FhirClientClass from 'fhirclient/lib/FhirClient.js'
import { Refusal } from '../domain/errors.ts'
import type { Iss, Ref } from '../domain/ids.ts'
import {
  Bundle,
  type Capability,
  CapabilityStatement,
  capabilityOf,
  type ReadType,
  type Resource,
  readable,
} from './resources.ts'

export type { Capability, ReadType, Resource } from './resources.ts'

export type Ehr = {
  /** One resource with its ETag; undefined when there is none (404, 410). */
  read<T extends ReadType>(type: T, id: string): Promise<Versioned<T> | undefined>
  /** All pages, each resource once. Entries of another type (included ones, OperationOutcomes) and malformed ones are left out. */
  search<T extends ReadType>(type: T, params: Params): Promise<readonly Resource<T>[]>
  /** Appointments with the patients in them, where the EHR takes `_include`. */
  searchIncluding(
    params: Params,
  ): Promise<{ found: readonly Resource<'Appointment'>[]; patients: readonly Resource<'Patient'>[] }>
  capability(): Promise<Capability>
  /** Sends once and says what is known of the outcome; never throws for what the EHR answers. */
  write(write: Write): Promise<Written>
}

export type Versioned<T extends ReadType> = { readonly resource: Resource<T>; readonly etag?: string }
export type Params = readonly (readonly [name: string, value: string])[]

export type Write = {
  readonly method: 'POST' | 'PUT'
  /** `Encounter`, `Appointment/123`, or the empty text for the base itself. */
  readonly path: string
  readonly body: object
  readonly ifMatch?: string
  readonly ifNoneExist?: string
}

/** What is known after a write. `unknown`: it may or may not have been kept. `not-sent`: it certainly was not. */
export type Written =
  | { readonly outcome: 'written'; readonly reference?: Ref; readonly body: unknown }
  | { readonly outcome: 'refused'; readonly status: number }
  | { readonly outcome: 'not-sent' }
  | { readonly outcome: 'unknown' }

type Options = {
  readonly iss: Iss
  /** A token that is good now; asked for at each request, so that it can be refreshed. */
  readonly bearer: () => Promise<string>
  readonly timeoutMs?: number
}

// Loaded by require: fhirclient is CommonJS, and loaders differ in what its default import is.
const { default: FhirClient } = createRequire(import.meta.url)('fhirclient/lib/FhirClient.js') as {
  default: typeof FhirClientClass // sound: the package's own types describe this file
}

const mostPages = 20

export function openEhr({ iss, bearer, timeoutMs = 15_000 }: Options): Ehr {
  const fhir = new FhirClient(iss)
  const ask = async (url: string): Promise<Answer> => {
    const within = underBase(iss, url)
    const headers = { authorization: `Bearer ${await bearer()}`, accept: 'application/fhir+json' }
    const options = {
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      includeResponse: true,
    } as const
    return (await fhir.fhirRequest(within, options).catch(refused)) as Answer // sound: includeResponse gives body and response
  }
  return {
    async read(type, id) {
      const answer = await ask(`${type}/${encodeURIComponent(id)}`)
      if (answer.missing) return undefined
      const resource = readable[type].safeParse(answer.body)
      if (!resource.success || resource.data.id !== id) throw new Refusal('ehr-failed')
      const etag = answer.response?.headers.get('etag') ?? weak(resource.data.meta?.versionId)
      return { resource: resource.data as Resource<typeof type>, ...(etag === undefined ? {} : { etag }) } // sound: this type's schema read it
    },
    search: async (type, params) => of(type, await searched(ask, type, params)),
    async searchIncluding(params) {
      const including: Params = [...params, ['_include', 'Appointment:patient']]
      const entries = await searched(ask, 'Appointment', including).catch((cause: unknown) => {
        // A server may refuse what it does not know (FHIR R4, 3.1.1.3.1): the patients are then read one by one.
        if (cause instanceof Refusal && cause.code === 'ehr-refused') return searched(ask, 'Appointment', params)
        throw cause
      })
      return { found: of('Appointment', entries), patients: of('Patient', entries) }
    },
    capability: async () => capabilityOf(await statement(iss, timeoutMs)),
    write: (write) => written(write, iss, bearer, timeoutMs),
  }
}

type Answer = {
  readonly body?: unknown
  readonly response?: { headers: { get(name: string): string | null } }
  readonly missing?: true
}

function refused(cause: { status?: number; statusCode?: number }): Answer {
  const status = cause.status ?? cause.statusCode
  if (status === 404 || status === 410) return { missing: true }
  if (status === 401) throw new Refusal('ehr-session-ended', { cause })
  if (status === undefined) throw new Refusal('ehr-unreachable', { cause })
  // 429 is a busy server, not a verdict: trying again later is right, as after a failure.
  throw new Refusal(status < 500 && status !== 429 ? 'ehr-refused' : 'ehr-failed', { cause })
}

/** The token goes nowhere but under the FHIR base: a next link or reference to elsewhere is refused (`ehr-failed`). */
function underBase(iss: Iss, url: string): string {
  const absolute = new URL(url, `${iss}/`).href
  if (!absolute.startsWith(`${iss}/`) && !absolute.startsWith(`${iss}?`)) throw new Refusal('ehr-failed')
  return absolute
}

async function searched(
  ask: (url: string) => Promise<Answer>,
  type: ReadType,
  params: Params,
): Promise<readonly unknown[]> {
  const entries: unknown[] = []
  let url: string | undefined = `${type}?${new URLSearchParams(params.map(([n, v]) => [n, v]))}`
  for (let page = 0; url !== undefined && page < mostPages; page++) {
    const answer = await ask(url)
    if (answer.missing) break // a type that is not served has no entries
    const bundle = Bundle.safeParse(answer.body)
    if (!bundle.success) throw new Refusal('ehr-failed')
    entries.push(...(bundle.data.entry ?? []).map((e) => e.resource))
    url = bundle.data.link?.find((l) => l.relation === 'next')?.url
  }
  return entries
}

/** The entries of one type, each once: pages of a search may repeat a resource. */
function of<T extends ReadType>(type: T, entries: readonly unknown[]): readonly Resource<T>[] {
  const found = new Map<string, Resource<T>>()
  for (const entry of entries) {
    const read = readable[type].safeParse(entry)
    if (read.success) found.set(read.data.id, read.data as Resource<T>) // sound: this type's schema read it
  }
  return [...found.values()]
}

// Without a token: SMART and FHIR both leave /metadata open, and a hint needs no proof.
async function statement(iss: Iss, timeoutMs: number) {
  try {
    const answer = await fetch(`${iss}/metadata`, {
      headers: { accept: 'application/fhir+json' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (!answer.ok) throw new Error('metadata refused')
    return CapabilityStatement.parse(await answer.json())
  } catch (cause) {
    throw new Refusal('ehr-unreachable', { cause })
  }
}

// Not through fhirclient: after an empty 201 it takes the token to wherever Location points.
async function written(write: Write, iss: Iss, bearer: () => Promise<string>, timeoutMs: number): Promise<Written> {
  const token = await bearer().catch(unsent)
  if (typeof token !== 'string') return token
  const headers: Record<string, string> = {
    authorization: `Bearer ${token}`,
    accept: 'application/fhir+json',
    'content-type': 'application/fhir+json',
    prefer: 'return=representation',
    ...(write.ifMatch === undefined ? {} : { 'if-match': write.ifMatch }),
    ...(write.ifNoneExist === undefined ? {} : { 'if-none-exist': write.ifNoneExist }),
  }
  const url = write.path === '' ? iss : underBase(iss, write.path)
  const request = { method: write.method, headers, body: JSON.stringify(write.body), redirect: 'error' as const }
  try {
    const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(timeoutMs) })
    return await known(answer, write)
  } catch (cause) {
    return { outcome: neverSent(cause) ? 'not-sent' : 'unknown' }
  }
}

/** Nothing went out: the sign-in has ended (as the EHR's own 401 would say), or could not be refreshed. */
function unsent(cause: unknown): Written {
  if (!(cause instanceof Refusal)) throw cause
  const over = cause.code === 'ehr-session-ended' || cause.code === 'session-ended'
  return over ? { outcome: 'refused', status: 401 } : { outcome: 'not-sent' }
}

async function known(answer: Response, write: Write): Promise<Written> {
  // 503 may come from a proxy after the EHR has written: every 5xx is unknown. 429 says it was not taken.
  if (answer.status >= 500) return { outcome: 'unknown' }
  if (answer.status === 429) return { outcome: 'not-sent' }
  if (!answer.ok) return { outcome: 'refused', status: answer.status }
  const text = await answer.text().catch(() => '') // the status has said it: a body cut short changes nothing
  const body = json(text)
  const reference = referenceIn(body, answer.headers.get('location'), write.path.split('/')[0] ?? '')
  return { outcome: 'written', body, ...(reference === undefined ? {} : { reference }) }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** The id from the body, or from Location whatever host it names: only its last `Type/id` is read. */
function referenceIn(body: unknown, location: string | null, type: string): Ref | undefined {
  const read = readable[type as ReadType]?.safeParse(body)
  if (read?.success) return `${type}/${read.data.id}`
  return locationReference(location ?? '', type)
}

/** `Type/id` out of a Location such as `https://other/fhir/Type/id/_history/1`. */
export function locationReference(location: string, type: string): Ref | undefined {
  const id = new RegExp(`(?:^|/)${type}/([A-Za-z0-9\\-.]{1,64})(?:/_history/[^/]+)?$`).exec(location)?.[1]
  return id === undefined ? undefined : `${type}/${id}`
}

const connecting = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

function neverSent(cause: unknown): boolean {
  const under = cause instanceof Error ? cause.cause : undefined
  return under instanceof Error && 'code' in under && connecting.has(String(under.code))
}

const weak = (versionId: string | undefined) => (versionId === undefined ? undefined : `W/"${versionId}"`)
