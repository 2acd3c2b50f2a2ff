// What one EHR's smart-configuration says. Asked of listed issuers only.
// Refuses a server whose id_tokens could not be verified (no issuer, no keys), and one that would have us go anywhere without TLS.
import * as client from 'openid-client'
import { z } from 'zod'
import { Refusal } from '../../domain/errors.ts'
import { given } from '../../domain/given.ts'
import type { Instant } from '../../domain/ids.ts'
import { idTokenAlgorithms, type PublishedKey } from '../../domain/sign-in/id-token.ts'
import type { AuthorizationServer } from '../../domain/sign-in/one-server.ts'
import type { ClientKey, Issuer } from '../../settings/config.ts'
import { safeTransport } from '../../settings/issuer-row.ts'
import { ask, jsonOf } from '../ask.ts'
import { notBusy } from '../busy.ts'
import { listOf } from '../list-of.ts'
import { type Basic, openBasic, type TakenForms } from './basic.ts'
import { clientAuthFor } from './client-auth.ts'
import { openLine, signInBytes } from './line.ts'
import { withoutEmpty } from './token-members.ts'

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
  /** The keys it last published; none before it was asked for them. */
  keys(): readonly PublishedKey[]
  readonly capabilities: readonly string[]
  /** Its `scopes_supported`; none where it lists none, or what is no list. */
  readonly scopes: readonly string[]
  readonly server: AuthorizationServer
  /** Whether every answer of its authorization endpoint says whose it is (RFC 9207, 3). */
  readonly namesItself: boolean
  /** Of the FHIR base, and of the authorize and token endpoints. */
  readonly origins: readonly string[]
}

const address = z.string().min(1).max(2_000)
const SmartConfiguration = z.looseObject({
  issuer: address.exactOptional(),
  authorization_endpoint: address,
  token_endpoint: address,
  jwks_uri: address.exactOptional(),
  capabilities: listOf(z.string()).default([]),
  scopes_supported: listOf(z.string()).catch([]).default([]),
  token_endpoint_auth_signing_alg_values_supported: listOf(z.string()).exactOptional(),
  authorization_response_iss_parameter_supported: z.boolean().catch(false).exactOptional(),
})

/** `takenForms` outlives what is kept of the discovery. */
export async function discover(issuer: Issuer, options: SmartOptions, takenForms: TakenForms): Promise<Discovered> {
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
    // Not what it says of itself: which of these it is, the key decides (`requireItsKey`).
    id_token_signing_alg_values_supported: [...idTokenAlgorithms],
  }
  const algorithms = read.token_endpoint_auth_signing_alg_values_supported
  const basic = basicOf(issuer, takenForms)
  const auth = await clientAuthFor(issuer, server, algorithms, { ...options, ...given({ basic }) })
  const configuration = new client.Configuration(server, issuer.clientId, {}, auth)
  const now = () => Date.parse(options.now())
  const line = openLine({ now, timeoutMs: patienceOf(options), ...given({ basic }) })
  configuration.timeout = (2 * patienceOf(options)) / 1000 // the line's own time ends before
  configuration[client.customFetch] = line.send
  if (new URL(issuer.iss).protocol === 'http:') client.allowInsecureRequests(configuration) // the settings allow http on loopback only
  client.enableNonRepudiationChecks(configuration)
  const origins = [issuer.iss, server.authorization_endpoint, server.token_endpoint]
  return {
    configuration,
    keys: line.keys,
    capabilities: read.capabilities,
    scopes: read.scopes_supported,
    server: {
      issuers: [...new Set([read.issuer, idTokenIssuer].flatMap((one) => one ?? []))],
      authorize: under(read.authorization_endpoint),
      token: under(read.token_endpoint),
    },
    namesItself: read.authorization_response_iss_parameter_supported ?? false,
    origins: [...new Set(origins.flatMap((url) => (url === undefined ? [] : [new URL(url).origin])))],
  }
}

/** Where we prove ourselves by a secret in HTTP Basic. */
const basicOf = (issuer: Issuer, takenForms: TakenForms): Basic | undefined =>
  issuer.client === 'client_secret_basic'
    ? openBasic(`${issuer.iss} ${issuer.clientId}`, issuer.clientId, issuer.secret ?? '', takenForms)
    : undefined

/**
 * Relative endpoints are legacy, and resolved against iss. Refuses plain http, but on loopback for an EHR that is there itself; a name or
 * password in the address, and what comes after a #, which no endpoint has (RFC 6749, 3.1 and 3.2).
 */
function endpoint({ iss }: Issuer, url: string): string {
  if (!URL.canParse(url, `${iss}/`)) throw new Refusal('launch-failed')
  const whole = new URL(url, `${iss}/`)
  if (whole.username !== '' || whole.password !== '' || whole.hash !== '') throw new Refusal('launch-failed')
  const here = iss.startsWith('http:') && whole.protocol === 'http:' && safeTransport(whole.href)
  if (whole.protocol !== 'https:' && !here) throw new Refusal('launch-failed')
  return whole.href
}

async function smartConfiguration(issuer: Issuer, options: SmartOptions) {
  const question = { headers: { accept: 'application/json' }, mostBytes: signInBytes, timeoutMs: patienceOf(options) }
  try {
    const url = `${issuer.iss}/.well-known/smart-configuration`
    const answered = notBusy(await ask(url, question), Date.parse(options.now()))
    if (answered.status !== 200) throw new Error('discovery refused')
    const said = jsonOf(answered)
    return SmartConfiguration.parse(typeof said === 'object' && said !== null ? withoutEmpty(said) : said)
  } catch (cause) {
    throw cause instanceof Refusal ? cause : new Refusal('launch-failed', { cause })
  }
}

const patienceOf = ({ timeoutMs = 10_000 }: SmartOptions) => timeoutMs
