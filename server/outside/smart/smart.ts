// SMART App Launch 2.2 with one EHR at a time: discovery, authorize, code for tokens, refresh. Fences openid-client.
// Refuses what is not proven: no id_token, another signer, another audience, another nonce. Every issuer here is a listed one.

import { decodeProtectedHeader } from 'jose'
import * as client from 'openid-client'
import { relative } from '../../domain/ehr/reference.ts'
import { scopesOf } from '../../domain/ehr/scopes.ts'
import type { Style } from '../../domain/ehr/style.ts'
import { Refusal } from '../../domain/errors.ts'
import { given } from '../../domain/given.ts'
import type { Instant, Ref } from '../../domain/ids.ts'
import { plus } from '../../domain/instant.ts'
import { retention } from '../../domain/retention.ts'
import { requireForUsNow, requireItsKey } from '../../domain/sign-in/id-token.ts'
import type { Tokens } from '../../domain/sign-in/launch.ts'
import { type AuthorizationServer, requireItsOwn, requireSameServer } from '../../domain/sign-in/one-server.ts'
import type { Issuer } from '../../settings/config.ts'
import { neverSent } from '../ask.ts'
import { hintOf, openDiscoveries } from './discoveries.ts'
import type { Discovered, SmartOptions } from './discovery.ts'
import { type LaunchContext, launchContextOf } from './launch-context.ts'
import { readStyle } from './style.ts'
import { refusalOfExchange, refusalUnder, toldIn } from './why-not.ts'

export type Smart = {
  /**
   * Where the browser goes to sign in, with what must be remembered until it comes back. Refuses (`issuer-contested`) an EHR that goes by
   * another listed one's issuer. `aud` is the FHIR base URL as the launch wrote it; as it is listed unless told. `launch` is the EHR's; `prompt`: whoever it remembers must say who they are (OpenID Connect
   * Core, 3.1.2.1). `chart`: the clinic shows the patient's chart beside the video.
   */
  begin(
    issuer: Issuer,
    asked: { readonly aud?: string; readonly launch?: string; readonly prompt?: 'login'; readonly chart?: boolean },
  ): Promise<Departure>
  /** Exchanges the code of a callback. `query` is the callback's own query, nothing of its host or path is used. */
  finish(issuer: Issuer, query: URLSearchParams, departed: Departed): Promise<Arrival>
  /**
   * Refuses `ehr-session-ended` when the refresh token is no longer good, or nobody knows whether it was used; `ehr-unreachable` when it
   * surely was not, or the EHR takes it again; `ehr-busy` when it is to come back (429: a busy server has given no verdict on a sign-in).
   */
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
  /** Where the browser was sent; the code goes there, or nowhere. */
  readonly server?: AuthorizationServer
  /** The scopes of the chart were asked for as well. */
  readonly chart?: boolean
}
export type Departure = Required<Omit<Departed, 'chart'>> & { readonly way: Way }

/** Who came, as the verified id_token and the token response say. References are relative to the FHIR base. */
export type Arrival = LaunchContext & { readonly tokens: Tokens; readonly fhirUser: Ref }

/** One per process. */
export function openSmart(options: SmartOptions): Smart {
  const known = openDiscoveries(options)
  return {
    begin: async (issuer, asked) =>
      departure(issuer, await known.uncontested(issuer), asked, options.redirectUri(issuer)),
    finish: async (issuer, query, departed) => arrival(issuer, await known.of(issuer), query, departed, options),
    refresh: async (issuer, tokens) => refreshed(await known.of(issuer).catch(unreached), tokens, options),
    capabilities: async (issuer) => (await known.hint(issuer))?.capabilities ?? [],
    style: (issuer, url) =>
      known.of(issuer).then(
        ({ origins }) => readStyle(url, origins, hintOf(options)),
        () => undefined, // an EHR that has just stopped answering has no look
      ),
  }
}

async function departure(
  issuer: Issuer,
  known: Discovered,
  { aud = issuer.asListed ?? issuer.iss, launch, prompt, chart = false }: Parameters<Smart['begin']>[1],
  redirectUri: string,
): Promise<Departure> {
  const { configuration } = known
  const state = client.randomState()
  const nonce = client.randomNonce()
  const codeVerifier = client.randomPKCECodeVerifier()
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: scopesOf(issuer, known, launch === undefined ? 'standalone' : 'ehr', chart),
    state,
    nonce,
    aud,
    code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    ...given({ launch, prompt }),
  })
  return { way: wayOf(url, known), state, nonce, codeVerifier, server: known.server }
}

function wayOf(url: URL, { configuration, capabilities, origins }: Discovered): Way {
  if (!capabilities.includes('authorize-post')) return { by: 'get', url: url.href }
  // The endpoint's own query stays where it is: what is ours comes after it.
  const action = configuration.serverMetadata().authorization_endpoint ?? ''
  const own = [...new URL(action).searchParams].length
  return { by: 'post', action, fields: Object.fromEntries([...url.searchParams].slice(own)), reaches: origins }
}

async function arrival(
  issuer: Issuer,
  known: Discovered,
  query: URLSearchParams,
  departed: Departed,
  options: SmartOptions,
): Promise<Arrival> {
  const { configuration, server, namesItself, keys } = known
  requireSameServer(departed.server, server)
  const callback = new URL(options.redirectUri(issuer))
  callback.search = requireItsOwn(query, server, namesItself).toString()
  const response = await exchanged(configuration, callback, departed)
  const claims = response.claims()
  if (claims === undefined) throw new Refusal('identity-unverified')
  requireItsKey(decodeProtectedHeader(response.id_token ?? ''), keys())
  requireForUsNow(claims, issuer.clientId, options.now())
  return {
    ...launchContextOf(issuer.iss, response),
    // Left out, the granted scope is the one that was asked for (RFC 6749, 5.1).
    tokens: {
      ...tokensOf(response, response.scope ?? scopesOf(issuer, known, 'ehr', departed.chart === true), options.now()),
      issuedBy: server.token,
    },
    fhirUser: fhirUserOf(issuer, claims.fhirUser || claims.profile),
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
    throw refusalOfExchange(cause)
  }
}

async function refreshed(
  { configuration, server }: Discovered,
  tokens: Tokens,
  options: SmartOptions,
): Promise<Tokens> {
  const { refreshToken, issuedBy = server.token } = tokens
  // Another server that the EHR names by now did not give it, and is not shown it.
  if (refreshToken === undefined || issuedBy !== server.token) throw new Refusal('ehr-session-ended')
  try {
    const response = await client.refreshTokenGrant(configuration, refreshToken)
    const fresh = { ...tokensOf(response, response.scope ?? tokens.scope, options.now()), issuedBy }
    // Oracle gives no new refresh token: the old one stays good.
    const same = fresh.refreshToken === undefined || fresh.refreshToken === refreshToken
    return same ? { ...fresh, refreshToken, refreshUse: 'lasting' } : fresh
  } catch (cause) {
    throw refusalUnder(cause) ?? new Refusal(afterwards(cause, tokens), { cause, detail: toldIn(cause) })
  }
}

/** A refresh failed with `cause`. A 5xx, a time-out or a cut line says nothing of whether the token was used: then it was. */
function afterwards(cause: unknown, { refreshUse }: Tokens): 'ehr-session-ended' | 'ehr-unreachable' {
  if (neverSent(cause)) return 'ehr-unreachable'
  const verdict = cause instanceof client.ResponseBodyError && cause.status < 500
  return refreshUse === 'lasting' && !verdict ? 'ehr-unreachable' : 'ehr-session-ended'
}

/** Nothing was sent: it is not even known where to. */
function unreached(cause: unknown): never {
  throw cause instanceof Refusal && cause.code === 'ehr-busy' ? cause : new Refusal('ehr-unreachable', { cause })
}

/** What a header can show (RFC 6749, A.12), and no longer than any header may be. */
const isPresentable = (token: string) => token.length <= longestToken && /^[\x20-\x7e]+$/.test(token)
const longestToken = 16_000

/** Refuses (`launch-failed`) tokens and scopes that nobody could use. */
function tokensOf(response: client.TokenEndpointResponse, scope: string, now: Instant): Tokens {
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = response
  if (![accessToken, refreshToken ?? accessToken].every(isPresentable) || scope.length > longestToken)
    throw new Refusal('launch-failed')
  // No token is of use for longer than the sign-in: what is said beyond that, were it a thousand years, is as good.
  const expiresAt = seconds === undefined ? undefined : plus(now, Math.min(seconds, retention.launch))
  return { accessToken, scope, ...given({ refreshToken, expiresAt }) }
}
