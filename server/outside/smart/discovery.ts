// What one EHR's smart-configuration says. Asked of listed issuers only.
// Refuses a server whose id_tokens could not be verified (no issuer, no keys), and one that would have us go anywhere without TLS.
import * as client from 'openid-client'
import { z } from 'zod'
import { Refusal } from '../../domain/errors.ts'
import type { Instant } from '../../domain/ids.ts'
import type { AuthorizationServer } from '../../domain/sign-in/one-server.ts'
import type { ClientKey, Issuer } from '../../settings/config.ts'
import { safeTransport } from '../../settings/organisations.ts'
import { clientAuthFor } from './client-auth.ts'

export type SmartOptions = {
  /** Where the browser comes back to from this issuer's sign-in, and from no other's. */
  readonly redirectUri: (issuer: Issuer) => string
  /** All that are listed: what one of them says of itself is held against what the others say. */
  readonly listed: readonly Issuer[]
  readonly clientKeys: readonly ClientKey[]
  readonly now: () => Instant
  /** How long one answer of the EHR may take, in milliseconds. */
  readonly timeoutMs?: number
}

export type Discovered = {
  readonly configuration: client.Configuration
  readonly capabilities: readonly string[]
  readonly server: AuthorizationServer
  /** Whether every answer of its authorization endpoint says whose it is (RFC 9207, 3). */
  readonly namesItself: boolean
  /** Of the FHIR base, and of the authorize and token endpoints. */
  readonly origins: readonly string[]
}

const SmartConfiguration = z.looseObject({
  issuer: z.string().exactOptional(),
  authorization_endpoint: z.string().min(1),
  token_endpoint: z.string().min(1),
  jwks_uri: z.string().exactOptional(),
  capabilities: z.array(z.string()).default([]),
  token_endpoint_auth_signing_alg_values_supported: z.array(z.string()).exactOptional(),
  authorization_response_iss_parameter_supported: z.boolean().catch(false).exactOptional(),
})

export async function discover(issuer: Issuer, options: SmartOptions): Promise<Discovered> {
  const read = await smartConfiguration(issuer, options)
  const under = (url: string) => endpoint(issuer, url)
  const idTokenIssuer = issuer.idTokenIssuer ?? read.issuer
  // Without a known issuer no id_token can be verified: never take it from the token itself.
  if (idTokenIssuer === undefined || read.jwks_uri === undefined) throw new Refusal('identity-unverified')
  const server: client.ServerMetadata = {
    issuer: idTokenIssuer,
    authorization_endpoint: under(read.authorization_endpoint),
    token_endpoint: under(read.token_endpoint),
    jwks_uri: under(read.jwks_uri),
  }
  const algorithms = read.token_endpoint_auth_signing_alg_values_supported
  const auth = await clientAuthFor(issuer, server, algorithms, options)
  const configuration = new client.Configuration(server, issuer.clientId, {}, auth)
  configuration.timeout = (options.timeoutMs ?? 10_000) / 1000
  configuration[client.customFetch] = (url, init) => fetch(url, { ...(init as RequestInit), redirect: 'error' })
  if (new URL(issuer.iss).protocol === 'http:') client.allowInsecureRequests(configuration) // the settings allow http on loopback only
  client.enableNonRepudiationChecks(configuration)
  const origins = [issuer.iss, server.authorization_endpoint, server.token_endpoint]
  return {
    configuration,
    capabilities: read.capabilities,
    server: {
      issuers: [...new Set([read.issuer, idTokenIssuer].flatMap((one) => one ?? []))],
      authorize: under(read.authorization_endpoint),
      token: under(read.token_endpoint),
    },
    namesItself: read.authorization_response_iss_parameter_supported ?? false,
    origins: [...new Set(origins.flatMap((url) => (url === undefined ? [] : [new URL(url).origin])))],
  }
}

/** Relative endpoints are legacy, and resolved against iss. Refuses plain http, but on loopback for an EHR that is there itself. */
function endpoint({ iss }: Issuer, url: string): string {
  if (!URL.canParse(url, `${iss}/`)) throw new Refusal('launch-failed')
  const whole = new URL(url, `${iss}/`)
  const here = iss.startsWith('http:') && whole.protocol === 'http:' && safeTransport(whole.href)
  if (whole.protocol !== 'https:' && !here) throw new Refusal('launch-failed')
  return whole.href
}

async function smartConfiguration(issuer: Issuer, options: SmartOptions) {
  try {
    const answer = await fetch(`${issuer.iss}/.well-known/smart-configuration`, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(options.timeoutMs ?? 10_000),
    })
    if (!answer.ok) throw new Error('discovery refused')
    return SmartConfiguration.parse(await answer.json())
  } catch (cause) {
    throw new Refusal('launch-failed', { cause })
  }
}
