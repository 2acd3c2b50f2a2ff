// FHIR R4 with one EHR for one sign-in. Fences fhirclient: it only reads, and only under the FHIR base.
// Refuses absolute references, next links and redirects to anywhere else; never follows a Location.

import { createRequire } from 'node:module'
import type FhirClientClass from 'fhirclient/lib/FhirClient.js'
import type { Statement } from '../../domain/ehr/capability.ts'
import { Refusal } from '../../domain/errors.ts'
import { given } from '../../domain/given.ts'
import type { Iss } from '../../domain/ids.ts'
import { Bundle, CapabilityStatement, type ReadType, type Resource, readable } from './resources.ts'
import { underBase, type Write, type Written, written } from './write.ts'

export type { ReadType, Resource } from './resources.ts'
export type { Write, Written } from './write.ts'

export type Ehr = {
  /** One resource with its ETag; undefined when there is none (404, 410). */
  read<T extends ReadType>(type: T, id: string): Promise<Versioned<T> | undefined>
  /** The same; where there is none, what the EHR says of it. */
  readOrAbsence<T extends ReadType>(type: T, id: string): Promise<Versioned<T> | Absence>
  /** All pages, each resource once. Entries of another type (included ones, OperationOutcomes) and malformed ones are left out. */
  search<T extends ReadType>(type: T, params: Params): Promise<readonly Resource<T>[]>
  /** Appointments with the patients in them, where the EHR takes `_include`; `includes` is false where it is known not to. */
  searchIncluding(
    params: Params,
    includes: boolean,
  ): Promise<{ found: readonly Resource<'Appointment'>[]; patients: readonly Resource<'Patient'>[] }>
  /** The CapabilityStatement; undefined when /metadata does not answer with one. It is a hint, so nothing stands or falls with it. */
  statement(): Promise<Statement | undefined>
  /** Sends once and says what is known of the outcome; never throws for what the EHR answers. */
  write(write: Write): Promise<Written>
}

/**
 * `deleted` (410): it was there; `unknown` (404): it is not, or this person is not to know of it (FHIR R4, 6.1.0.6).
 */
export type Absence = 'deleted' | 'unknown'
export type Versioned<T extends ReadType> = { readonly resource: Resource<T>; readonly etag?: string }
export type Params = readonly (readonly [name: string, value: string])[]

/** A token that is good now, and another one than the EHR has just refused; refuses (`ehr-session-ended`) when there is none. */
export type GiveAccessToken = (refused?: string) => Promise<string>

type Options = {
  readonly iss: Iss
  /** Asked at each request, so that the token can be refreshed. */
  readonly giveAccessToken: GiveAccessToken
  readonly timeoutMs?: number
  /** Milliseconds since 1970. */
  readonly now: () => number
}

// Loaded by require: fhirclient is CommonJS, and loaders differ in what its default import is.
const { default: FhirClient } = createRequire(import.meta.url)('fhirclient/lib/FhirClient.js') as {
  default: typeof FhirClientClass // sound: the package's own types describe this file
}

const mostPages = 20
/** How long an answer may take, in milliseconds. */
const longestMs = 15_000
/** How long a hint is waited for, in milliseconds: somebody waits for the page it is for. */
const hintMs = 3_000

export function openEhr(options: Options): Ehr {
  const { iss, timeoutMs = longestMs } = options
  const ask = asking(options)
  const readOrAbsence: Ehr['readOrAbsence'] = async (type, id) => {
    const answer = await ask(`${type}/${encodeURIComponent(id)}`)
    if (answer.missing) return answer.missing
    const resource = readable[type].safeParse(answer.body)
    if (!resource.success || resource.data.id !== id) throw new Refusal('ehr-failed')
    const etag = answer.response?.headers.get('etag') ?? weak(resource.data.meta?.versionId)
    return { resource: resource.data as Resource<typeof type>, ...given({ etag }) } // sound: this type's schema read it
  }
  return {
    readOrAbsence,
    async read(type, id) {
      const read = await readOrAbsence(type, id)
      return typeof read === 'string' ? undefined : read
    },
    search: async (type, params) => of(type, await searched(ask, type, params)),
    async searchIncluding(params, includes) {
      const including: Params = includes ? [...params, ['_include', 'Appointment:patient']] : params
      const entries = await searched(ask, 'Appointment', including).catch((cause: unknown) => {
        // A server may refuse what it does not know (FHIR R4, 3.1.1.3.1): the patients are then read one by one.
        if (includes && cause instanceof Refusal && cause.code === 'ehr-refused')
          return searched(ask, 'Appointment', params)
        throw cause
      })
      return { found: of('Appointment', entries), patients: of('Patient', entries) }
    },
    statement: () => statement(iss, Math.min(hintMs, timeoutMs)),
    write: (write) => sent(write, options),
  }
}

/** Reads under the base; when the EHR takes the token no longer, once more with another one. */
function asking({ iss, giveAccessToken, timeoutMs = longestMs }: Options): (url: string) => Promise<Answer> {
  const fhir = new FhirClient(iss)
  const once = async (within: string, token: string): Promise<Answer> => {
    const headers = { authorization: `Bearer ${token}`, accept: 'application/fhir+json' }
    const options = {
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      includeResponse: true,
    } as const
    return (await fhir.fhirRequest(within, options).catch(refused)) as Answer // sound: includeResponse gives body and response
  }
  return async (url) => {
    const within = underBase(iss, url)
    const token = await giveAccessToken()
    return once(within, token).catch(async (cause: unknown) => {
      if (!(cause instanceof Refusal && cause.code === 'ehr-session-ended')) throw cause
      return once(within, await giveAccessToken(token))
    })
  }
}

/** Writes; a 401 wrote nothing, so then once more with another token. */
async function sent(write: Write, { iss, giveAccessToken, now, timeoutMs = longestMs }: Options): Promise<Written> {
  let token: string | undefined
  const first = async () => {
    token = await giveAccessToken()
    return token
  }
  const answer = await written(write, { iss, giveAccessToken: first, timeoutMs, now })
  // Without a token nothing went out, and there is nothing else to try.
  if (token === undefined || answer.outcome !== 'refused' || answer.reason !== 'signed-out') return answer
  return written(write, { iss, giveAccessToken: () => giveAccessToken(token), timeoutMs, now })
}

type Answer = {
  readonly body?: unknown
  readonly response?: { headers: { get(name: string): string | null } }
  readonly missing?: Absence
}

function refused(cause: { status?: number; statusCode?: number }): Answer {
  const status = cause.status ?? cause.statusCode
  if (status === 404 || status === 410) return { missing: status === 410 ? 'deleted' : 'unknown' }
  if (status === 401) throw new Refusal('ehr-session-ended', { cause })
  if (status === undefined) throw new Refusal('ehr-unreachable', { cause })
  // 429 is a busy server, not a verdict: trying again later is right, as after a failure.
  throw new Refusal(status < 500 && status !== 429 ? 'ehr-refused' : 'ehr-failed', { cause })
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
    if (answer.missing && page === 0) break // a type that is not served has no entries
    const bundle = Bundle.safeParse(answer.body)
    if (!bundle.success) throw new Refusal('ehr-failed')
    entries.push(...(bundle.data.entry ?? []).map((e) => e.resource))
    url = bundle.data.link?.find((l) => l.relation === 'next')?.url
  }
  // What was not read to its end says nothing about what is not in it.
  if (url !== undefined && entries.length > 0) throw new Refusal('ehr-failed')
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
async function statement(iss: Iss, timeoutMs: number): Promise<Statement | undefined> {
  try {
    const answer = await fetch(`${iss}/metadata`, {
      headers: { accept: 'application/fhir+json' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const read = CapabilityStatement.safeParse(answer.ok ? await answer.json() : undefined)
    return read.success ? read.data : undefined
  } catch {
    return undefined // Not reached, or no JSON: the verdicts then say that it was not told.
  }
}

const weak = (versionId: string | undefined) => (versionId === undefined ? undefined : `W/"${versionId}"`)
