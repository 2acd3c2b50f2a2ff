// Owns the names of everything that can go wrong on purpose, and which of them are on. Each acts like a real system would;
// where it acts is the business of the file that acts.

import type { Response } from 'express'

/** Every fault with what it does, for people who switch one on. */
export const faultNames = {
  'id-token-other-key': 'signs the id_token with a key that is not in the JWKS, under the right kid',
  'id-token-wrong-aud': 'names another client in the id_token',
  'id-token-wrong-iss': 'names another issuer in the id_token',
  'id-token-expired': 'sends an id_token that ended an hour ago',
  'id-token-missing': 'sends no id_token',
  'id-token-wrong-nonce': 'sends a nonce nobody asked for',
  'id-token-alg-none': 'sends an id_token without a signature',
  'id-token-no-fhir-user': 'leaves fhirUser out of the id_token',
  'token-endpoint-500': 'answers 500 at the token endpoint',
  'token-endpoint-hangs': 'never answers at the token endpoint',
  'refresh-refused': 'refuses every refresh with invalid_grant',
  'scope-read-only': 'grants no writes, whatever was asked',
  'authorize-other-host': 'sends the browser on to another name of this machine before it signs anybody in',
  'authorize-denied': 'sends the browser back with access_denied',
  'fhir-401': 'takes no access token any more',
  'fhir-403': 'answers 403, as to somebody who may not see it',
  'fhir-404-page': 'answers 404 with a page, as a gateway does whose server is not there',
  'fhir-410': 'answers 410, as for what was deleted',
  'fhir-500': 'answers 500',
  'fhir-503-retry-after': 'answers 503 with Retry-After: 1',
  'fhir-429-retry-after': 'answers 429 with Retry-After: 1',
  'fhir-timeout': 'never answers',
  'fhir-slow': 'answers two seconds late',
  'cut-before-write': 'closes the connection before anything is kept',
  'cut-after-write': 'keeps what was sent, then closes the connection without an answer',
  '500-after-write': 'keeps what was sent, then answers 500',
  'created-empty-body': 'answers a create with 201, a relative Location and nothing else',
  'created-unnamed': 'answers a create with 200 and says neither what nor where it is',
  'created-accepted': 'answers a create with 202 and says neither what nor where it is',
  'written-outcome': 'keeps what was sent and answers with an OperationOutcome',
  'failed-with-200': 'keeps nothing, and says so in an OperationOutcome with status 200',
  'duplicate-after-write': 'keeps the note and calls it a duplicate, 59141, as when a proxy sent it twice',
  'location-other-host': 'names another host in Location',
  'ignore-if-none-exist': 'creates again although If-None-Exist finds one',
  'no-transaction': 'takes no transactions, and says so in /metadata',
  'appointment-conflict': 'answers 412 to an update of an Appointment',
  'write-refused': 'refuses with 403 what is written, alone or in a Bundle',
  'update-passed-over': 'answers 200 to an update and leaves the status as it was',
  'bundle-answered-oddly': 'works a Bundle off and answers with its entries turned round',
  'etag-unlike-version': 'names a version in ETag that no If-Match is taken by, as a proxy does that packs: W/"1-gzip"',
  'read-sent-on': 'answers a read with 301 and another address',
  'document-403': 'refuses DocumentReference creates with an empty 403',
  'encounter-create-refused': 'refuses Encounter creates with 403',
  'context-bare-strings': "tells fhirContext as SMART 2.0's bare strings",
  'context-appointment-member': "tells the Appointment as the 2020 draft's member",
  'context-none': 'leaves patient, encounter and fhirContext out of the token response',
  'next-link-other-host': 'names another host in the next link',
  'search-refused': 'answers a search with 501 and an OperationOutcome',
  'search-silent': 'never answers a search',
  'lists-unwrapped':
    'tells a record, read or found, with each list of one as the one alone, as XML turned into JSON by rule',
  'search-repeats': 'repeats the last resource of a page on the next one',
  'break-the-glass': "refuses a note as Epic's Break-the-Glass does, 4130",
  'note-duplicate': "refuses a note as Epic's duplicate, 59141",
  'note-daily-limit': "refuses a note for Epic's daily limit, 4135",
  auth_invalid_client_id: "the launcher's auth_error: sends the browser back with invalid_client",
  auth_invalid_redirect_uri: "the launcher's auth_error: sends the browser back with invalid_request",
  auth_invalid_scope: "the launcher's auth_error: sends the browser back with invalid_scope",
  auth_invalid_client_secret: "the launcher's auth_error: 401 at the token endpoint for clients with a secret",
  token_invalid_token: "the launcher's auth_error: 401 at the token endpoint",
  token_expired_refresh_token: "named as the launcher's auth_error, which does nothing there: 403 to every refresh",
  request_invalid_token:
    "named as the launcher's auth_error, which does nothing there: 401 to FHIR requests with a token",
  request_expired_token: "the launcher's auth_error that is announced in the token response and never comes",
  'discovery-500': 'answers 500 to smart-configuration',
  'discovery-no-issuer': 'leaves issuer and jwks_uri out of smart-configuration',
  'metadata-500': 'answers 500 to /metadata',
  'metadata-slow': 'answers /metadata two seconds late',
  'metadata-silent': 'never answers /metadata',
  'metadata-large': 'says as much in /metadata as HAPI does: 1.8 MB',
  'metadata-bare': 'lists no type in /metadata, as a server that is still starting',
  'discovery-429': 'answers 429 to smart-configuration, with Retry-After: 1',
  'keys-429': 'answers 429 where its keys are, with Retry-After: 1',
  'token-429': 'answers 429 at the token endpoint, with Retry-After: 1',
  'metadata-429': 'answers 429 to /metadata, with Retry-After: 1',
  'style-429': 'answers 429 where its style is, with Retry-After: 1',
  'error-without-state': 'leaves the state out when it sends the browser back with an error',
} as const

export type FaultName = keyof typeof faultNames

/** Narrows a fault to a resource type or one resource, a method, and a number of times, and says the rest that some of them need. */
type FaultOptions = {
  type?: string
  id?: string
  method?: string
  times?: number
  /** Only searches by this parameter. */
  by?: string
  /** How late `fhir-slow` and `metadata-slow` answer. */
  ms?: number
  until?: Promise<void>
  /** The other host. */
  url?: string
  /** Retry-After's value: seconds or an HTTP date; false: no such header. */
  retryAfter?: string | false
  status?: number
  /** The code in the OperationOutcome. */
  code?: string
  severity?: 'fatal' | 'error' | 'warning' | 'information'
  /** false: no Location. */
  located?: boolean
  elements?: readonly string[]
  how?: OddBundle
}

/** What is happening when a fault may strike: `types` are the resource types touched, several in a transaction; `by` is what is searched by. */
type Occasion = { types?: readonly string[]; id?: string | undefined; method?: string; by?: readonly string[] }

/** What is wrong with the answer to a Bundle; what was kept is not touched. */
export const oddBundles = [
  'turned-round',
  'last-missing',
  'first-missing',
  'one-more',
  'empty',
  'without-status',
  'status-in-words',
  'status-unreadable',
  'unnamed',
  'other-base',
  'outcomes-for-resources',
] as const
export type OddBundle = (typeof oddBundles)[number]

export type Faults = {
  on(name: FaultName, options?: FaultOptions): void
  off(name: FaultName): void
  clear(): void
  /** The options of the fault if it strikes on this occasion, and one of its times is spent; else undefined. */
  strike(name: FaultName, occasion?: Occasion): FaultOptions | undefined
  /** Like strike, but spends nothing: for things that are only said (metadata). */
  isOn(name: FaultName): boolean
}

/** Answers 429 where this fault strikes; whether it did. */
export function isBusy(faults: Faults, name: FaultName, response: Response): boolean {
  const busy = faults.strike(name)
  if (busy === undefined) return false
  const { retryAfter = '1' } = busy
  if (retryAfter !== false) response.set('Retry-After', retryAfter)
  response.status(429).type('text/plain').send('Too Many Requests')
  return true
}

export function newFaults(): Faults {
  const active = new Map<FaultName, FaultOptions>()
  return {
    on: (name, options = {}) => void active.set(name, { ...options }),
    off: (name) => void active.delete(name),
    clear: () => active.clear(),
    isOn: (name) => active.has(name),
    strike(name, occasion = {}) {
      const options = active.get(name)
      if (!options) return undefined
      if (options.type !== undefined && !occasion.types?.includes(options.type)) return undefined
      if (options.id !== undefined && options.id !== occasion.id) return undefined
      if (options.method !== undefined && options.method !== occasion.method) return undefined
      if (options.by !== undefined && !occasion.by?.includes(options.by)) return undefined
      if (options.times !== undefined) {
        options.times -= 1
        if (options.times <= 0) active.delete(name)
      }
      return options
    },
  }
}
