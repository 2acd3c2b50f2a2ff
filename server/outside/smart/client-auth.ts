// How we prove at a token endpoint who we are: as the EHR registered us, at the exchange of a code and at each refresh alike.
// Refuses to put `client_id` into the body beside a signed assertion: SMART 2.2 leaves that to public clients.
import { importJWK } from 'jose'
import * as client from 'openid-client'
import { Refusal } from '../../domain/errors.ts'
import type { Instant } from '../../domain/ids.ts'
import type { ClientKey, Issuer } from '../../settings/config.ts'
import type { Basic } from './basic.ts'

type AuthOptions = { readonly clientKeys: readonly ClientKey[]; readonly now: () => Instant; readonly basic?: Basic }

/** `algorithms` are those the EHR says it takes of an assertion, absent when it does not say. */
export async function clientAuthFor(
  issuer: Issuer,
  server: client.ServerMetadata,
  algorithms: readonly string[] | undefined,
  { clientKeys, now, basic }: AuthOptions,
): Promise<client.ClientAuth> {
  switch (issuer.client) {
    case 'public':
      return client.None()
    case 'client_secret_basic':
      return (_server, _client, _body, headers) => headers.set('authorization', basic?.first() ?? '')
    case 'client_secret_post':
      return client.ClientSecretPost(issuer.secret)
    case 'private_key_jwt':
      return assertion(keyFor(issuer, algorithms, clientKeys), server.token_endpoint ?? '', now)
  }
}

/** The one the settings name, else the first the EHR takes, else the first of all: lists of algorithms are not always complete. */
function keyFor(
  { signWith }: Issuer,
  algorithms: readonly string[] | undefined,
  keys: readonly ClientKey[],
): ClientKey | undefined {
  if (signWith !== undefined) return keys.find((key) => key.kid === signWith)
  return keys.find((key) => algorithms?.includes(key.alg)) ?? keys[0]
}

async function assertion(jwk: ClientKey | undefined, audience: string, now: () => Instant): Promise<client.ClientAuth> {
  if (jwk === undefined) throw new Refusal('launch-failed')
  const key = await importJWK(jwk, jwk.alg)
  if (key instanceof Uint8Array) throw new Refusal('launch-failed')
  const signed = client.PrivateKeyJwt(
    { key, kid: jwk.kid },
    {
      [client.modifyAssertion](header, payload) {
        // SMART 2.2, "Client authentication: asymmetric": aud is the token URL, at most five minutes, typ JWT.
        header.typ = 'JWT'
        payload.aud = audience
        const seconds = Math.floor(Date.parse(now()) / 1000)
        Object.assign(payload, { iat: seconds, nbf: seconds, exp: seconds + 240 })
      },
    },
  )
  return async (server, metadata, body, headers) => {
    await signed(server, metadata, body, headers)
    body.delete('client_id')
  }
}
