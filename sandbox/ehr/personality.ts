// Owns what makes one vendor's EHR differ from another's: what it advertises, what it lets whom ask for, what it stores.
// Each personality is one file of data and small functions under personalities/; what it leaves out is done by the book.
import type { Resource } from '@medplum/fhirtypes'
import type { Client, ContextShape, UserRef, UserType } from './contract.ts'
import type { Store } from './fhir/store.ts'
import type { OAuthCode } from './oauth/errors.ts'
import type { SigningAlgorithm } from './oauth/keys.ts'

export type Interaction = 'read' | 'vread' | 'search-type' | 'create' | 'update' | 'patch'

export type Personality = {
  name: string
  /** smart-configuration's `capabilities`, word for word. */
  capabilities: readonly string[]
  /** The widest resource scopes (v2) a user of this kind can ever be granted. */
  may(user: UserType): readonly string[]
  /** The FHIR types served, and what can be done with each. */
  types: Readonly<Record<string, readonly Interaction[]>>
  system: readonly ('transaction' | 'batch')[]
  conditionalCreate: boolean
  accessTokenSeconds: number
  /** Whether a used refresh token is replaced by a new one. */
  rotatesRefreshTokens: boolean
  /** Where its FHIR base is on the origin; left out, `/fhir`. */
  path?: string
  /** What patients and relatives meet instead, at a base of its own. Left out, all meet the same. */
  forPatients?: Personality
  smart?: SmartWays
  fhir?: FhirWays
}

/** An error of the token endpoint: 401 for `invalid_client`, else 400. */
export type OAuthRefusal = { error: OAuthCode; description: string }

export type SmartWays = {
  /** No authorization server at all: no smart-configuration, and nobody signs in. */
  absent?: boolean
  scopesSupported?: readonly string[]
  /** How a client may prove itself; left out, in every way it can be registered for. */
  clientAuth?: readonly Client['auth']['kind'][]
  /** How the appointment is told when the launch does not say; `never`: whatever it says. */
  appointment?: ContextShape | 'never'
  /** Whether a launch without `launch` may ask for a patient or an encounter; left out, yes. */
  standaloneContext?: boolean
  /** The id_token's issuer is the FHIR base itself; left out, another URL. */
  issuerIsBase?: boolean
  /** Whatever the authorization endpoint answers says whose it is, as `iss` (RFC 9207); left out, no. */
  namesItself?: boolean
  /** The id_token names its key; left out, yes. */
  namesKey?: boolean
  /** What id_tokens are signed by, and by nothing else; left out, RS256. */
  signs?: SigningAlgorithm
  /** The published keys say their algorithm; left out, yes. */
  keysSayAlgorithm?: boolean
  /** A key for encrypting stands before the signing one in the JWKS; left out, no. */
  encrypts?: boolean
  /**
   * How id and secret are read out of Basic. `decoded`, by the book (RFC 6749, 2.3.1); `plain`, as they stand, so that `%2D` is no hyphen
   * and the secret ends at a second colon; `either`. Left out, by the book.
   */
  basic?: 'decoded' | 'plain' | 'either'
  /** Which ways of sending a secret are taken; left out, as the client was registered. */
  secretsBy?: 'basic'
  /** What a client is told that is not known, or not believed; left out, `invalid_client`. */
  refusesClients?: OAuthRefusal
  /** The launch's `iss` has a slash at its end, and `aud` must be the same; the FHIR base itself has none. Left out, no. */
  slashInLaunch?: boolean
  /** Who comes without a launch is sent back with `invalid_request`. */
  launchOnly?: boolean
  /** Errors that come back to the app without `state`; left out, none. */
  losesState?: readonly OAuthCode[]
  /** fhirUser is `Type/id`; left out, a whole URL. */
  relativeFhirUser?: boolean
  /** Seconds between two refreshes of one grant, at least. */
  refreshEverySeconds?: number
  /** A used refresh token is refused and ends nothing else; left out, it ends its whole family (RFC 9700, 4.14.2). */
  sparesReuse?: boolean
  /** Scopes that come back granted although nothing ever follows from them. */
  echoes?: readonly string[]
  /** Only scopes of `scopesSupported` may be asked for, letter by letter: any other is `invalid_scope`. */
  refusesUnlistedScopes?: boolean
  /** A launch's `launch` is read past: no patient, no Encounter and no word on the banner comes of it. */
  contextless?: boolean
  /** `need_patient_banner` is false whatever is open on the screen, and also where no patient is. */
  neverNeedsBanner?: boolean
  /** A code is looked at before the client, and this is said to an unknown one; left out, the client is looked at first. */
  codeFirst?: OAuthRefusal
  /** For so long a browser that has signed in is not asked again who it is, nor for whom; `prompt=login` asks. */
  remembersSeconds?: number
  /** So many requests from one address; above, 429 without Retry-After. */
  requestsPerMinute?: number
  /** The browser comes back with `session_state` as well (OpenID Connect Session Management 1.0, 2). */
  tellsSession?: boolean
}

type FhirWays = {
  /** What its CapabilityStatement says it is; left out, the sandbox by the personality's name. */
  software?: { name: string; version: string; publisher?: string }
  /** No id but UUIDs: whatever is put in under another gets the UUID that is made of it. */
  ids?: 'uuid'
  /** The largest page; left out, a hundred. */
  maxCount?: number
  /** A search by a day (`date=2026-11-29`) finds no moment of that day: only bounds (`ge`, `lt`) do. */
  daysFindNothing?: boolean
  /** A search says its total only where it is asked to, by `_total=accurate`; left out, unless it is asked not to. */
  countsWhenAsked?: boolean
  /** `_include` is answered, and not listed in the CapabilityStatement. */
  includesUnlisted?: boolean
  /** The parameters each type is searched by, these alone; left out, all that can be matched. */
  searchParams?: Readonly<Record<string, readonly string[]>>
  /** The parameters that steer a search (`_count`, …), these alone; left out, all there are. */
  controls?: readonly string[]
  /** Refuses searches that are understood and yet not answered. */
  checkSearch?(type: string, params: URLSearchParams): void
  /** What is made of a resource somebody writes; refuses what is not taken. Runs before R4's own validation. */
  receive?(resource: Resource, writing: Writing): Resource
  /** The elements a patch may touch, by type. */
  patchable?: Readonly<Record<string, readonly string[]>>
  /**
   * Whether PUT and PATCH need If-Match (412 without), and are 409 at another version; `put-only`: PATCH reads past it. Left out,
   * optional, and 412.
   */
  ifMatch?: 'required' | 'put-only'
  /** A transaction is worked off as a batch: each entry is kept or refused by itself, and the whole is 200 all the same. */
  transactionsAreBatches?: boolean
  /** References that lead nowhere are taken. */
  takesDanglingReferences?: boolean
  /** Elements that nobody changes from outside, by type: what is sent there is passed over without a word. */
  readOnly?: Readonly<Record<string, readonly string[]>>
  /** How a write is answered: with the resource, or empty, Location relative or absolute. Left out, `whole`. */
  answers?: 'whole' | 'empty-relative' | 'empty-located'
  /** Location names this base instead of the one that was asked. */
  locationBase?: string
  /** Each page of a search begins with the last resource of the one before. */
  repeatsOnPages?: boolean
  /** A search is answered for so many seconds as it was the first time, unless `Cache-Control: no-cache` asks for more; left out, never. */
  searchesKeptSeconds?: number
  /** Every answer carries X-Request-Id. */
  requestIds?: boolean
  /** A proxy that lets everybody in, checks no scopes, drops most headers, and answers 500 to a body over 1 MB. */
  openProxy?: boolean
}

/** Who writes, where, and what was there before. */
export type Writing = {
  interaction: 'create' | 'update' | 'patch'
  /** Undefined where nobody has to sign in. */
  user: UserRef | undefined
  store: Store
  iss: string
  before?: Resource
}
