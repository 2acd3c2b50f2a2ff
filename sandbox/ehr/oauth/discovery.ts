// Owns what the EHR says about its authorization server: smart-configuration, the OpenID configuration, and the public keys.
import { type Request, type Response, Router } from 'express'
import { seenFrom } from '../bases.ts'
import type { Client } from '../contract.ts'
import { isBusy } from '../faults.ts'
import type { Hospital } from '../hospital.ts'

export const paths = { authorize: '/oauth/authorize', token: '/oauth/token', jwks: '/oauth/jwks' } as const

export function discovery(hospital: Hospital): Router {
  const { faults } = hospital
  const router = Router()
  const { bases } = hospital
  router.use([...bases.map(({ path }) => `${path}/.well-known`), '/oauth/.well-known', paths.jwks], openToAll)
  for (const base of bases.filter(({ personality }) => !personality.smart?.absent)) {
    router.get(`${base.path}/.well-known/smart-configuration`, (_request, response) => {
      if (faults.strike('discovery-500'))
        return void response.status(500).type('text/plain').send('Internal Server Error')
      if (isBusy(faults, 'discovery-429', response)) return
      response.json(smartConfiguration(seenFrom(hospital, base)))
    })
  }
  const { pathname } = new URL(hospital.issuer)
  router.get(`${pathname}/.well-known/openid-configuration`, (_request, response) => {
    response.json({
      ...smartConfiguration(hospital),
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: [hospital.keys.alg],
    })
  })
  router.get(paths.jwks, (_request, response) => {
    if (!isBusy(faults, 'keys-429', response)) response.json(hospital.keys.jwks)
  })
  return router
}

type AuthKind = Client['auth']['kind']

export const clientAuthKinds: readonly AuthKind[] = ['public', 'secret', 'private_key_jwt']
const authMethods: Readonly<Record<AuthKind, readonly string[]>> = {
  public: [],
  secret: ['client_secret_basic', 'client_secret_post'],
  private_key_jwt: ['private_key_jwt'],
}

const scopesSupported: readonly string[] = [
  ...['openid', 'fhirUser', 'profile', 'launch', 'launch/patient', 'launch/encounter', 'launch/appointment'],
  ...['offline_access', 'user/*.cruds', 'patient/*.cruds', 'user/*.rs', 'patient/*.rs'],
]

/** Discovery is public, and browsers of other origins may read it. */
function openToAll(_request: Request, response: Response, next: () => void): void {
  response.set('Access-Control-Allow-Origin', '*')
  next()
}

function smartConfiguration({ origin, issuer, personality, faults }: Hospital): Record<string, unknown> {
  return {
    ...(!faults.strike('discovery-no-issuer') && { issuer, jwks_uri: origin + paths.jwks }),
    authorization_endpoint: origin + paths.authorize,
    token_endpoint: origin + paths.token,
    token_endpoint_auth_methods_supported: (personality.smart?.clientAuth ?? clientAuthKinds).flatMap(
      (kind) => authMethods[kind],
    ),
    token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: personality.smart?.scopesSupported ?? scopesSupported,
    capabilities: personality.capabilities,
    ...(personality.smart?.namesItself && { authorization_response_iss_parameter_supported: true }),
  }
}

/** What every answer of the authorization endpoint says of whose it is (RFC 9207, 2), where it does. */
export const itsName = ({ issuer, personality }: Hospital): { iss?: string } =>
  personality.smart?.namesItself ? { iss: issuer } : {}
