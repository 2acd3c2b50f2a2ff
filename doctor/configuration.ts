// What the EHR's smart-configuration says of signing in: whether it is there, whole, and leads to addresses that may be used.
// Refuses nothing: a member of the wrong kind counts as absent.
import { z } from 'zod'
import { listOf } from '../server/outside/list-of.ts'
import { safeTransport } from '../server/settings/issuer-row.ts'
import { type Ask, about, type Finding, ofEhr, ofUs } from './finding.ts'
import { type Answer, readAs } from './request.ts'

const text = z.string().min(1).optional().catch(undefined)
const texts = listOf(z.string()).optional().catch(undefined)
const Configuration = z.looseObject({
  issuer: text,
  jwks_uri: text,
  authorization_endpoint: text,
  token_endpoint: text,
  grant_types_supported: texts,
  code_challenge_methods_supported: texts,
  token_endpoint_auth_methods_supported: texts,
  token_endpoint_auth_signing_alg_values_supported: texts,
  scopes_supported: texts,
  capabilities: texts,
})
export type Configuration = z.infer<typeof Configuration>

export type Configured = { readonly configuration: Configuration | undefined; readonly findings: readonly Finding[] }

export const configurationUrl = (iss: string) => `${iss}/.well-known/smart-configuration`

/** `idTokenIssuer` is the settings' own, which stands in for a missing `issuer`. */
export function readConfiguration(iss: string, answer: Answer, idTokenIssuer: string | undefined): Configured {
  const asked = about('smart-configuration', `GET ${configurationUrl(iss)}`)
  const unread = notRead(answer)
  if (unread !== undefined) return { configuration: undefined, findings: [asked.failed(unread.means, unread.extra)] }
  const configuration = answer.came ? readAs(Configuration, answer) : undefined
  if (configuration === undefined) {
    const ask = ofUs('Give the FHIR base URL itself: what answers there is a page for people, or another server.')
    return { configuration, findings: [asked.failed('What answers is no JSON: no sign-in here.', { ask })] }
  }
  const { authorization_endpoint, token_endpoint } = configuration
  if (authorization_endpoint === undefined || token_endpoint === undefined) {
    const ask = ofEhr('Publish authorization_endpoint and token_endpoint in the smart-configuration.')
    return { configuration: undefined, findings: [asked.failed('It names no place to sign in.', { ask })] }
  }
  return {
    configuration,
    findings: [
      asked.ok('The EHR says how to sign in.'),
      endpoints(iss, configuration),
      identity(configuration, idTokenIssuer),
      pkce(configuration),
      members(configuration),
    ],
  }
}

/** Why there is nothing to read, and what to do about it; undefined when there is. */
function notRead(answer: Answer): { means: string; extra: { ask?: Ask } } | undefined {
  if (!answer.came) return { means: `It does not answer: ${answer.why}.`, extra: {} }
  const { status, headers } = answer
  if (status === 200) return undefined
  if (status >= 300 && status < 400) {
    const to = (headers.get('location') ?? '').split('?')[0]?.replace(/\/\.well-known\/smart-configuration$/, '')
    const ask = ofUs(`Redirects are not followed. If ${to} is the EHR's own, use that base URL.`)
    return { means: 'It sends us on to another address, which is not followed.', extra: { ask } }
  }
  const ask =
    status >= 500
      ? ofEhr(`See why the smart-configuration answers ${status}.`)
      : ofEhr('Name the base URL that has a smart-configuration (SMART App Launch 2.2).')
  const means = status >= 500 ? 'nobody can sign in now' : 'no SMART sign-in at this address'
  return { means: `It answered ${status}: ${means}.`, extra: { ask } }
}

const endpointNames = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const

/** Where an endpoint leads; a relative one is legacy, and resolved against the base. Undefined where it is no URL. */
export function endpointOf(iss: string, configuration: Configuration, name: (typeof endpointNames)[number]) {
  const given = configuration[name]
  return given !== undefined && URL.canParse(given, `${iss}/`) ? new URL(given, `${iss}/`).href : undefined
}

function endpoints(iss: string, configuration: Configuration): Finding {
  const { ok, warning, failed } = about('endpoints', `its ${endpointNames.join(', ')}`)
  const given = endpointNames.filter((name) => configuration[name] !== undefined)
  const unsafe = given.filter((name) => {
    const url = endpointOf(iss, configuration, name)
    return url === undefined || !/^https?:/.test(url) || !safeTransport(url)
  })
  if (unsafe.length > 0) {
    const ask = ofEhr(`Give an https address as ${unsafe.join(' and ')}.`)
    return failed('It would sign people in over an unsafe address.', { ask, details: unsafe })
  }
  const relative = given.filter((name) => !URL.canParse(configuration[name] ?? ''))
  if (relative.length === 0) return ok('Its addresses are whole, and safe.')
  const ask = ofEhr(`Give whole URLs as ${relative.join(', ')}.`)
  return warning('Some addresses are relative: read as below the base URL.', { ask, details: relative })
}

/** Without a known issuer and its keys no id_token can be verified, and nobody is let in. */
function identity({ issuer, jwks_uri }: Configuration, idTokenIssuer: string | undefined): Finding {
  const { ok, failed } = about('identity', 'issuer and jwks_uri')
  const lacking = [...((issuer ?? idTokenIssuer) ? [] : ['issuer']), ...(jwks_uri ? [] : ['jwks_uri'])]
  if (lacking.length === 0) return ok('It says who signs for the people who come.')
  const ask = ofEhr(`Publish ${lacking.join(' and ')} (SMART 2.2 requires it with sso-openid-connect).`)
  const means = `It has no ${lacking.join(' and no ')}: nobody's identity can be checked.`
  return failed(means, { ask, details: lacking })
}

function pkce({ code_challenge_methods_supported: methods }: Configuration): Finding {
  const { ok, warning } = about('pkce', 'code_challenge_methods_supported')
  const ask = ofEhr('Support PKCE with S256 and not with plain, and say so (SMART 2.2 requires both).')
  if (methods === undefined) return warning('It does not speak of PKCE; S256 is sent all the same.', { ask })
  if (!methods.includes('S256')) return warning('It does not list S256: sign-ins may be refused.', { ask })
  if (methods.includes('plain')) return warning('It takes plain PKCE too, which SMART forbids. We send S256.', { ask })
  return ok('Sign-ins are protected by PKCE with S256.')
}

function members(configuration: Configuration): Finding {
  const { ok, warning } = about('members', 'what SMART 2.2 requires beside')
  const lacking = (['capabilities', 'grant_types_supported'] as const).filter((m) => configuration[m] === undefined)
  if (lacking.length === 0) return ok('It has all members that SMART 2.2 requires.')
  const ask = ofEhr(`Publish ${lacking.join(' and ')} in the smart-configuration.`)
  return warning(`It lacks ${lacking.join(' and ')}.`, { ask, details: lacking })
}
