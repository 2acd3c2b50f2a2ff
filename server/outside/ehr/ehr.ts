// FHIR R4 with one EHR for one sign-in: what is read, searched and written there.
// Refuses absolute references, next links and redirects to anywhere else; never follows a Location.
import type { Statement } from '../../domain/ehr/capability.ts'
import { Refusal } from '../../domain/errors.ts'
import { given } from '../../domain/given.ts'
import type { Iss } from '../../domain/ids.ts'
import { saysFailed } from '../../domain/note/ehr-refusal.ts'
import { ask, jsonOf } from '../ask.ts'
import { notBusy } from '../busy.ts'
import { type Absence, fhirBytes, type GiveAccessToken, looking } from './read.ts'
import {
  CapabilityStatement,
  type ReadType,
  type Resource,
  readable,
  readOutcome,
  tracesOf,
  type Unread,
} from './resources.ts'
import { asFarAsItGoes, type Params, searched } from './search.ts'
import { type Write, type Written, written } from './write.ts'

export { type EntriesWritten, entriesWritten } from './entries.ts'
export type { Absence, GiveAccessToken } from './read.ts'
export type { ReadType, Resource, Unread } from './resources.ts'
export type { Params } from './search.ts'
export type { Write, Written } from './write.ts'

export type Ehr = {
  /** One resource with its ETag; undefined when there is none (404, 410). Refuses (`ehr-refused`) what is not for this person's eyes. */
  read<T extends ReadType>(type: T, id: string): Promise<Versioned<T> | undefined>
  /** The same; where there is none, what the EHR says of it. */
  readOrAbsence<T extends ReadType>(type: T, id: string): Promise<Versioned<T> | Absence>
  /** All pages, each resource once. Entries of another type (included ones, OperationOutcomes) and malformed ones are left out. */
  search<T extends ReadType>(type: T, params: Params): Promise<readonly Resource<T>[]>
  /**
   * The same as far as it goes. `unread`: what stands where one of this type should, and nobody can read; `isWhole` is false where the end
   * was not reached. Then what is not among `found` may still be there. Refuses what is refused at the first page.
   */
  lookThrough<T extends ReadType>(type: T, params: Params): Promise<LookedThrough<T>>
  /**
   * Appointments, as far as it goes, with the patients in them where the EHR takes `_include`; `includes` is false where it is known not to.
   * `unread`: there was one more, and nobody can read it. `isWhole`, and what it refuses, as above.
   */
  searchIncluding(params: Params, includes: boolean): Promise<Including>
  /**
   * The CapabilityStatement; undefined when /metadata does not answer with one. It is a hint, so nothing stands or falls with it. Refuses
   * (`ehr-busy`) a 429: an EHR that asks to come back has not said that it says nothing.
   */
  statement(): Promise<Statement | undefined>
  /** Sends once and says what is known of the outcome; never throws for what the EHR answers. */
  write(write: Write): Promise<Written>
}

export type LookedThrough<T extends ReadType> = {
  readonly found: readonly Resource<T>[]
  readonly unread: readonly Unread[]
  readonly isWhole: boolean
}
export type Including = {
  readonly found: readonly Resource<'Appointment'>[]
  readonly patients: readonly Resource<'Patient'>[]
  readonly unread: boolean
  readonly isWhole: boolean
}
export type Versioned<T extends ReadType> = { readonly resource: Resource<T>; readonly etag?: string }

type Options = {
  readonly iss: Iss
  /** Asked at each request, so that the token can be refreshed. */
  readonly giveAccessToken: GiveAccessToken
  readonly timeoutMs?: number
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** How long an answer may take, in milliseconds. */
const longestMs = 15_000
/** How long /metadata may take, in milliseconds: nobody need wait so long for it, and a large one on a busy machine needs its time. */
const statementMs = 60_000

export function openEhr(options: Options): Ehr {
  const { iss, giveAccessToken, timeoutMs = longestMs, now } = options
  const look = looking(iss, giveAccessToken, now)
  const search = (type: ReadType, params: Params) => searched({ iss, look, now, timeoutMs }, type, params)
  const readOrAbsence: Ehr['readOrAbsence'] = async (type, id) => {
    const found = await look(`${type}/${encodeURIComponent(id)}`, timeoutMs)
    if (typeof found === 'string') return found
    const resource = readable[type].safeParse(found.body)
    if (!resource.success || resource.data.id !== id)
      throw new Refusal('ehr-failed', { detail: given({ answered: isResource(found.body) || undefined }) })
    const etag = versionIn(found.headers.get('etag')) ?? weak(resource.data.meta?.versionId)
    return { resource: resource.data as Resource<typeof type>, ...given({ etag }) } // sound: this type's schema read it
  }
  return {
    readOrAbsence,
    async read(type, id) {
      const read = await readOrAbsence(type, id)
      if (read === 'forbidden') throw new Refusal('ehr-refused')
      return typeof read === 'string' ? undefined : read
    },
    search: async (type, params) => of(type, await search(type, params)),
    async lookThrough(type, params) {
      const { entries, cut } = await asFarAsItGoes({ iss, look, now, timeoutMs }, type, params)
      if (cut?.code === 'ehr-session-ended' || cut?.code === 'session-ended') throw cut
      return { ...readOf(type, entries), isWhole: cut === undefined }
    },
    async searchIncluding(params, includes) {
      const gather = (by: Params) => asFarAsItGoes({ iss, look, now, timeoutMs }, 'Appointment', by)
      const { entries, cut } = includes ? await includingPatients(gather, params) : await gather(params)
      if (cut?.code === 'session-ended') throw cut
      const { found, unread } = readOf('Appointment', entries)
      return { found, patients: of('Patient', entries), unread: unread.length > 0, isWhole: cut === undefined }
    },
    statement: () => statement(iss, options.timeoutMs ?? statementMs, now),
    write: (write) => sent(write, options),
  }
}

type Gather = (params: Params) => ReturnType<typeof asFarAsItGoes>

/** A server may refuse what it does not know (FHIR R4, 3.1.1.3.1), or stumble over it: the patients are then read one by one. */
async function includingPatients(gather: Gather, params: Params): ReturnType<typeof asFarAsItGoes> {
  const including = gather([...params, ['_include', 'Appointment:patient']])
  const cut = await including.then(
    (gathered) => gathered.cut,
    (cause: unknown) => cause,
  )
  if (!(cut instanceof Refusal && stumbles.has(cut.code))) return including
  // Where it goes no further without them, what came with them stands.
  return gather(params).catch((cause: unknown) => including.catch(() => Promise.reject(cause)))
}

const stumbles: ReadonlySet<string> = new Set(['ehr-refused', 'ehr-failed'])

/** Whether it is FHIR at all, and not a page that calls itself JSON. */
const isResource = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && typeof Reflect.get(body, 'resourceType') === 'string'

/** The resource a body is, if it is this one; undefined for any other, and for what is none. */
export function resourceIn<T extends ReadType>(type: T, body: unknown, id: string): Resource<T> | undefined {
  const read = readable[type].safeParse(body)
  return read.success && read.data.id === id ? (read.data as Resource<T>) : undefined // sound: this type's schema read it
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

/** The entries of one type, each once: pages of a search may repeat a resource. */
const of = <T extends ReadType>(type: T, entries: readonly unknown[]) => readOf(type, entries).found

/** The same, and what else there is of this type, or in its place, that nobody can read. */
function readOf<T extends ReadType>(type: T, entries: readonly unknown[]) {
  const found = new Map<string, Resource<T>>()
  const unread: Unread[] = []
  for (const entry of entries) {
    const read = readable[type].safeParse(entry)
    if (read.success)
      found.set(read.data.id, read.data as Resource<T>) // sound: this type's schema read it
    else if (standsForOne(type, entry)) unread.push(tracesOf(entry))
  }
  return { found: [...found.values()], unread }
}

/** Not so for resources of other types, which were included, and for hints. */
function standsForOne(type: ReadType, entry: unknown): boolean {
  const { resourceType } = { ...(typeof entry === 'object' ? entry : {}) } as { readonly resourceType?: unknown } // sound: unknown is any type
  return resourceType === type || typeof resourceType !== 'string' || saysFailed(readOutcome(entry))
}

// Without a token: SMART and FHIR both leave /metadata open, and a hint needs no proof.
async function statement(iss: Iss, timeoutMs: number, now: () => number): Promise<Statement | undefined> {
  try {
    const question = ask(`${iss}/metadata`, {
      headers: { accept: 'application/fhir+json' },
      mostBytes: fhirBytes,
      timeoutMs,
    })
    const answered = notBusy(await question, now())
    const read = CapabilityStatement.safeParse(answered.status === 200 ? jsonOf(answered) : undefined)
    return read.success ? read.data : undefined
  } catch (cause) {
    if (cause instanceof Refusal) throw cause
    return undefined // Not reached, or no JSON: the verdicts then say that it was not told.
  }
}

/** In If-Match an empty one is none, and `*` is any (RFC 9110, 13.1.1): by neither would the EHR see that somebody changed it meanwhile. */
const versionIn = (etag: string | null) => (etag === null || /^[\s*,]*$/.test(etag) ? undefined : etag)

/** Undefined for what cannot stand in an ETag (RFC 9110, 8.8.3). */
const weak = (versionId: string | undefined) =>
  versionId !== undefined && /^[\x21\x23-\x7e]+$/.test(versionId) ? `W/"${versionId}"` : undefined
