// SMART App Launch 2.2 with one EHR at a time: discovery, authorize, code for tokens, refresh. Fences openid-client.
// Refuses what is not proven: no id_token, another signer, another audience, another nonce. Every issuer here is a listed one.
import * as client from 'openid-client'
import { z } from 'zod'
import type { Issuer } from '../config.ts'
import { Refusal } from '../domain/errors.ts'
import type { Instant, Ref } from '../domain/ids.ts'
import { instant } from '../domain/instant.ts'
import type { Tokens } from '../domain/launch.ts'
import { relative } from '../domain/reference.ts'
import { scopesFor } from '../domain/scopes.ts'
import type { Style } from '../domain/style.ts'
import { discover, type Known, type SmartOptions } from './discovery.ts'
import { readStyle } from './style.ts'

export type Smart = {
  /** Where the browser goes to sign in, with what must be remembered until it comes back. */
  begin(issuer: Issuer, launch: string | undefined): Promise<Departure>
  /** Exchanges the code of a callback. `query` is the callback's own query, nothing of its host or path is used. */
  finish(issuer: Issuer, query: URLSearchParams, departed: Departed): Promise<Arrival>
  /** Refuses `ehr-session-ended` when the EHR says the refresh token is no longer good. */
  refresh(issuer: Issuer, tokens: Tokens): Promise<Tokens>
  /** What its smart-configuration lists as `capabilities`; none where it does not answer. */
  capabilities(issuer: Issuer): Promise<readonly string[]>
  /** How the EHR looks, where it says so itself; never refuses. */
  style(issuer: Issuer, url: string | undefined): Promise<Style | undefined>
}

/** The authorization request: in the URL, or, where the EHR says `authorize-post`, in the fields of a form (SMART 2.2, "Obtain authorization code"). */
export type Way =
  | { readonly by: 'get'; readonly url: string }
  | {
      readonly by: 'post'
      readonly action: string
      readonly fields: Readonly<Record<string, string>>
      /** The EHR's own origins: the form, and the redirects after it, may lead there. */
      readonly reaches: readonly string[]
    }
type Departed = {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}
export type Departure = Departed & { readonly way: Way }

/** Who came, as the verified id_token and the token response say. References are relative to the FHIR base. */
export type Arrival = {
  readonly tokens: Tokens
  readonly fhirUser: Ref
  readonly patient?: string
  readonly encounter?: string
  readonly appointment?: string
  readonly needPatientBanner: boolean
  readonly styleUrl?: string
}

const keptMs = 60 * 60 * 1000
const styleMs = 3_000

/** One per process: discovery and keys are kept for an hour, a failed discovery is not kept. */
export function openSmart(options: SmartOptions): Smart {
  const kept = new Map<string, { until: number; known: Promise<Known> }>()
  const known = (issuer: Issuer): Promise<Known> => {
    const key = `${issuer.iss} ${issuer.clientId}`
    const now = Date.parse(options.now())
    const before = kept.get(key)
    if (before && before.until > now) return before.known
    const asked = discover(issuer, options)
    kept.set(key, { until: now + keptMs, known: asked })
    asked.catch(() => kept.delete(key))
    return asked
  }
  return {
    begin: async (issuer, launch) => departure(issuer, await known(issuer), launch, options.redirectUri),
    finish: async (issuer, query, departed) => arrival(issuer, await known(issuer), query, departed, options),
    refresh: async (issuer, tokens) => refreshed(await known(issuer), tokens, options),
    capabilities: (issuer) =>
      known(issuer).then(
        ({ capabilities }) => capabilities,
        () => [],
      ),
    style: (issuer, url) =>
      known(issuer).then(
        ({ origins }) => readStyle(url, origins, Math.min(styleMs, options.timeoutMs ?? styleMs)),
        () => undefined, // an EHR that has just stopped answering has no look
      ),
  }
}

async function departure(
  issuer: Issuer,
  known: Known,
  launch: string | undefined,
  redirectUri: string,
): Promise<Departure> {
  const { configuration, capabilities } = known
  const state = client.randomState()
  const nonce = client.randomNonce()
  const codeVerifier = client.randomPKCECodeVerifier()
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: asked(issuer, capabilities, launch === undefined ? 'standalone' : 'ehr'),
    state,
    nonce,
    aud: issuer.iss,
    code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    ...(launch === undefined ? {} : { launch }),
  })
  return { way: wayOf(url, known), state, nonce, codeVerifier }
}

function wayOf(url: URL, { configuration, capabilities, origins }: Known): Way {
  if (!capabilities.includes('authorize-post')) return { by: 'get', url: url.href }
  // The endpoint's own query stays where it is: what is ours comes after it.
  const action = configuration.serverMetadata().authorization_endpoint ?? ''
  const own = [...new URL(action).searchParams].length
  return { by: 'post', action, fields: Object.fromEntries([...url.searchParams].slice(own)), reaches: origins }
}

const asked = (issuer: Issuer, capabilities: readonly string[], launch: 'ehr' | 'standalone') =>
  issuer.scopes ?? scopesFor(capabilities, launch, issuer.people)

// Loose on purpose: an EHR may add members, and each of these may be absent.
const contextId = z
  .string()
  .regex(/^(?:[A-Za-z]+\/)?[A-Za-z0-9\-.]{1,64}$/)
  .transform((id) => id.split('/').at(-1) ?? '')
const TokenResponse = z.object({
  scope: z.string().exactOptional(),
  patient: contextId.nullish(),
  encounter: contextId.nullish(),
  appointment: contextId.nullish(),
  need_patient_banner: z.boolean().default(true),
  // Of no use where it is no text, and no reason to send anybody away.
  smart_style_url: z.string().optional().catch(undefined),
  // SMART 2.1 and later give objects, 2.0 gave bare strings.
  fhirContext: z.array(z.union([z.string(), z.looseObject({ reference: z.string().exactOptional() })])).default([]),
})

async function arrival(
  issuer: Issuer,
  { configuration, capabilities }: Known,
  query: URLSearchParams,
  departed: Departed,
  options: SmartOptions,
): Promise<Arrival> {
  const callback = new URL(options.redirectUri)
  callback.search = query.toString()
  const response = await exchanged(configuration, callback, departed)
  const claims = response.claims()
  if (claims === undefined) throw new Refusal('identity-unverified')
  const said = TokenResponse.safeParse(response)
  if (!said.success) throw new Refusal('launch-failed')
  const { patient, encounter, needPatientBanner, appointment } = context(issuer, said.data)
  const { smart_style_url: styleUrl } = said.data
  return {
    // Left out, the granted scope is the one that was asked for (RFC 6749, 5.1).
    tokens: tokensOf(response, said.data.scope ?? asked(issuer, capabilities, 'ehr'), options.now()),
    fhirUser: fhirUserOf(issuer, claims.fhirUser ?? claims.profile),
    needPatientBanner,
    ...(patient === undefined ? {} : { patient }),
    ...(encounter === undefined ? {} : { encounter }),
    ...(appointment === undefined ? {} : { appointment }),
    ...(styleUrl === undefined ? {} : { styleUrl }),
  }
}

function context(issuer: Issuer, said: z.infer<typeof TokenResponse>) {
  const references = said.fhirContext.map((c) => (typeof c === 'string' ? c : (c.reference ?? '')))
  const found = references.map((r) => relative(issuer.iss, r)).find((r) => r?.startsWith('Appointment/'))
  return {
    patient: said.patient ?? undefined,
    encounter: said.encounter ?? undefined,
    appointment: found?.split('/').at(-1) ?? said.appointment ?? undefined,
    needPatientBanner: said.need_patient_banner,
  }
}

/** Refuses (`identity-unverified`) a fhirUser that is missing or on another host. */
function fhirUserOf(issuer: Issuer, claim: unknown): Ref {
  const reference = typeof claim === 'string' ? relative(issuer.iss, claim) : undefined
  if (reference === undefined) throw new Refusal('identity-unverified')
  return reference
}

async function exchanged(configuration: client.Configuration, callback: URL, departed: Departed) {
  try {
    return await client.authorizationCodeGrant(configuration, callback, {
      pkceCodeVerifier: departed.codeVerifier,
      expectedState: departed.state,
      expectedNonce: departed.nonce,
      idTokenExpected: true,
    })
  } catch (cause) {
    if (cause instanceof client.AuthorizationResponseError) throw new Refusal('launch-declined', { cause })
    // What the library finds wrong in an answer that did arrive is about the id_token or the parameters that prove it.
    if (cause instanceof client.ClientError && unproven.has(cause.code ?? ''))
      throw new Refusal('identity-unverified', { cause })
    throw new Refusal('launch-failed', { cause })
  }
}

const unproven = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_JWT_USERINFO_EXPECTED',
  'OAUTH_KEY_SELECTION_FAILED',
  'OAUTH_UNSUPPORTED_OPERATION',
  'OAUTH_PARSE_ERROR',
  'OAUTH_MISSING_SERVER_METADATA',
])

async function refreshed({ configuration }: Known, tokens: Tokens, options: SmartOptions): Promise<Tokens> {
  if (tokens.refreshToken === undefined) throw new Refusal('ehr-session-ended')
  try {
    const response = await client.refreshTokenGrant(configuration, tokens.refreshToken)
    const fresh = tokensOf(response, response.scope ?? tokens.scope, options.now())
    // Oracle gives no new refresh token: the old one stays good.
    return fresh.refreshToken === undefined ? { ...fresh, refreshToken: tokens.refreshToken } : fresh
  } catch (cause) {
    // 429 is a busy server, not a verdict on the sign-in: Oracle Health renews one about once a minute.
    if (cause instanceof client.ResponseBodyError && cause.status < 500 && cause.status !== 429)
      throw new Refusal('ehr-session-ended', { cause })
    throw new Refusal('ehr-unreachable', { cause })
  }
}

function tokensOf(response: client.TokenEndpointResponse, scope: string, now: Instant): Tokens {
  return {
    accessToken: response.access_token,
    scope,
    ...(response.refresh_token === undefined ? {} : { refreshToken: response.refresh_token }),
    ...(response.expires_in === undefined ? {} : { expiresAt: instant(Date.parse(now) + response.expires_in * 1000) }),
  }
}
