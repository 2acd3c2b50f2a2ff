// What one EHR's smart-configuration says, and how we prove to it who we are. Asked of listed issuers only.
// Refuses a server whose id_tokens could not be verified: no issuer, no keys.
import { importJWK } from 'jose'
import * as client from 'openid-client'
import { z } from 'zod'
import type { ClientKey, Issuer } from '../config.ts'
import { Refusal } from '../domain/errors.ts'
import type { Instant } from '../domain/ids.ts'

export type SmartOptions = {
  readonly redirectUri: string
  readonly clientKeys: readonly ClientKey[]
  readonly now: () => Instant
  /** How long one answer of the EHR may take, in milliseconds. */
  readonly timeoutMs?: number
}

export type Known = { readonly configuration: client.Configuration; readonly capabilities: readonly string[] }

const SmartConfiguration = z.looseObject({
  issuer: z.string().exactOptional(),
  authorization_endpoint: z.string().min(1),
  token_endpoint: z.string().min(1),
  jwks_uri: z.string().exactOptional(),
  capabilities: z.array(z.string()).default([]),
})

export async function discover(issuer: Issuer, options: SmartOptions): Promise<Known> {
  const read = await smartConfiguration(issuer, options)
  const under = (url: string) => new URL(url, `${issuer.iss}/`).href // relative endpoints are legacy, but resolved against iss
  const idTokenIssuer = issuer.idTokenIssuer ?? read.issuer
  // Without a known issuer no id_token can be verified: never take it from the token itself.
  if (idTokenIssuer === undefined || read.jwks_uri === undefined) throw new Refusal('identity-unverified')
  const server: client.ServerMetadata = {
    issuer: idTokenIssuer,
    authorization_endpoint: under(read.authorization_endpoint),
    token_endpoint: under(read.token_endpoint),
    jwks_uri: under(read.jwks_uri),
  }
  const configuration = new client.Configuration(server, issuer.clientId, {}, await clientAuth(issuer, server, options))
  configuration.timeout = (options.timeoutMs ?? 10_000) / 1000
  configuration[client.customFetch] = (url, init) => fetch(url, { ...(init as RequestInit), redirect: 'error' })
  if (new URL(issuer.iss).protocol === 'http:') client.allowInsecureRequests(configuration) // the settings allow http on loopback only
  client.enableNonRepudiationChecks(configuration)
  return { configuration, capabilities: read.capabilities }
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

async function clientAuth(
  issuer: Issuer,
  server: client.ServerMetadata,
  options: SmartOptions,
): Promise<client.ClientAuth> {
  if (issuer.client === 'public') return client.None()
  const jwk = options.clientKeys[0]
  if (jwk === undefined) throw new Refusal('launch-failed')
  const key = await importJWK(jwk, jwk.alg)
  if (key instanceof Uint8Array) throw new Refusal('launch-failed')
  return client.PrivateKeyJwt(
    { key, kid: jwk.kid },
    {
      [client.modifyAssertion](header, payload) {
        // SMART 2.2, "Client authentication: asymmetric": aud is the token URL, at most five minutes, typ JWT.
        header.typ = 'JWT'
        payload.aud = server.token_endpoint ?? ''
        payload.exp = Math.floor(Date.parse(options.now()) / 1000) + 240
      },
    },
  )
}
