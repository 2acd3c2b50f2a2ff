// Owns the authorization endpoint: reads a request strictly, and sends the browser back with a code, in one redirect.
// Refuses by a page when client or redirect_uri are unknown, else by a redirect with an RFC 6749 error.
import { randomUUID } from 'node:crypto'
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express'
import { z } from 'zod'
import { at, baseOf, toldIss } from '../bases.ts'
import type { Client } from '../contract.ts'
import type { Hospital } from '../hospital.ts'
import { type AuthorizationRequest, kindOf } from './context.ts'
import { itsName, paths } from './discovery.ts'
import { NowhereToGo, OAuthError } from './errors.ts'
import type { Context } from './grants.ts'
import { signInMemory } from './memory.ts'
import { grantedScopes, rulesOf, writeRule } from './scopes.ts'
import { nowhereToGo, type SignIn, signInDesk } from './signin.ts'

const Params = z.record(z.string(), z.string())

export function authorizationEndpoint(hospital: Hospital): Router {
  const router = Router()
  const form = express.urlencoded({ extended: false, limit: '100kb' })
  const memory = signInMemory(hospital)
  const finish = (request: AuthorizationRequest, context: Context, response: Response) => {
    memory.keep(response, context)
    response.redirect(303, codeUrl(hospital, request, context))
  }
  const desk: SignIn = signInDesk(hospital, finish)
  const answer = (params: unknown, response: Response) => {
    const { client, redirectUri, fields } = knownClient(hospital.clients, params)
    const back = (error: OAuthError) => {
      const its = baseOf(hospital, fields.aud) ?? hospital
      response.redirect(303, errorUrl(its, redirectUri, error, fields.state))
    }
    try {
      const request = readRequest(hospital, client, redirectUri, fields)
      authorizeTrouble(hospital.faults)
      if (request.launch === undefined) {
        const known = fields.prompt === 'login' ? undefined : memory.of(response.req, request.iss)
        return void (known ? finish(request, known, response) : desk.open(request, response))
      }
      finish(request, hospital.grants.spendLaunch(request.launch, client.clientId, request.iss), response)
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error
      back(error)
    }
  }
  router.use('/oauth', (_request, response, next) => {
    response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
    next()
  })
  router.all(paths.authorize, form, byAnotherName(hospital))
  router.get(paths.authorize, (request, response) => answer(request.query, response))
  router.post(paths.authorize, (request, response) => answer(request.body, response))
  router.post('/oauth/sign-in', form, (request: Request, response) => desk.answer(request, response))
  router.use('/oauth', showNo)
  return router
}

/** Sends the browser on to this machine's other name, while the fault is on. */
const byAnotherName =
  ({ origin, faults }: Hospital): RequestHandler =>
  (request, response, next) => {
    const here = new URL(origin)
    const struck = request.hostname === here.hostname ? faults.strike('authorize-other-host') : undefined
    if (struck === undefined) return next()
    const elsewhere = new URL(paths.authorize, struck.url ?? `http://localhost:${here.port}`)
    elsewhere.search = new URLSearchParams(Params.parse({ ...request.query, ...request.body })).toString()
    response.redirect(303, elsewhere.href)
  }

/** The launcher's `auth_error` simulations all come by redirect, under these RFC 6749 errors, and so does a cancelled sign-in. */
const simulated = {
  auth_invalid_client_id: ['invalid_client', 'Simulated invalid client_id parameter error'],
  auth_invalid_redirect_uri: ['invalid_request', 'Simulated invalid redirect_uri parameter error'],
  auth_invalid_scope: ['invalid_scope', 'Simulated invalid scope error'],
  'authorize-denied': ['access_denied', 'The sign-in was cancelled.'],
} as const

function authorizeTrouble(faults: Hospital['faults']): void {
  for (const name of [
    'auth_invalid_client_id',
    'auth_invalid_redirect_uri',
    'auth_invalid_scope',
    'authorize-denied',
  ] as const) {
    const [code, text] = simulated[name]
    if (faults.strike(name)) throw new OAuthError(code, text)
  }
}

function knownClient(clients: readonly Client[], params: unknown) {
  const read = Params.safeParse(params ?? {})
  if (!read.success) throw new NowhereToGo('The app sent a parameter more than once.')
  const fields = read.data
  const client = clients.find((one) => one.clientId === fields.client_id)
  if (!client) throw new NowhereToGo('The app is not registered here (client_id).')
  const redirectUri = fields.redirect_uri
  // Exact comparison, character by character (RFC 9700, 2.1).
  if (!redirectUri || !client.redirectUris.includes(redirectUri)) {
    throw new NowhereToGo('The address the app wants to return to is not registered (redirect_uri).')
  }
  return { client, redirectUri, fields }
}

function readRequest(
  hospital: Hospital,
  client: Client,
  redirectUri: string,
  fields: Readonly<Record<string, string>>,
): AuthorizationRequest {
  const { response_type, scope = '', state, aud, code_challenge, code_challenge_method, nonce, launch } = fields
  const invalid = (description: string) => new OAuthError('invalid_request', description)
  if (response_type !== 'code') throw new OAuthError('unsupported_response_type', 'The response_type must be code.')
  const base = baseOf(hospital, aud)
  if (base === undefined) throw invalid('The aud must be the FHIR base URL, exactly.')
  const { iss } = base
  if (launch !== undefined && aud !== toldIss(base)) throw invalid('The aud must be the iss of the launch, exactly.')
  if (code_challenge_method !== 'S256') throw invalid('PKCE with code_challenge_method S256 is required.')
  if (!code_challenge || !/^[A-Za-z0-9_-]{43}$/.test(code_challenge)) throw invalid('The code_challenge is malformed.')
  // SMART 2.2 wants at least 122 bits: 22 characters at the very least say so.
  if (!state || state.length < 22) throw invalid('The state is missing, or too short to be unguessable.')
  const scopes = scope.split(' ').filter(Boolean)
  mustBeListed(at(hospital, iss) ?? hospital, scopes)
  if (scopes.length === 0) throw new OAuthError('invalid_scope', 'No scope was asked for.')
  rulesOf(scopes)
  if (launch !== undefined && !scopes.includes('launch')) {
    throw new OAuthError('invalid_scope', 'A launch parameter needs the scope launch.')
  }
  if (launch === undefined && at(hospital, iss)?.personality.smart?.launchOnly) throw invalid('Invalid launch options')
  if (launch === undefined && scopes.includes('launch')) {
    throw invalid('The scope launch needs the launch parameter; a standalone launch asks for launch/patient.')
  }
  return {
    ...{ iss, clientId: client.clientId, redirectUri, state, scopes, challenge: code_challenge },
    ...(nonce !== undefined && { nonce }),
    ...(launch !== undefined && { launch }),
  }
}

function mustBeListed({ personality }: Hospital, scopes: readonly string[]): void {
  const { refusesUnlistedScopes, scopesSupported = [] } = personality.smart ?? {}
  const unknown = refusesUnlistedScopes ? scopes.filter((scope) => !scopesSupported.includes(scope)) : []
  if (unknown.length > 0) throw new OAuthError('invalid_scope', `Invalid scopes: ${scopes.join(' ')}`)
}

/** Where the browser goes with a fresh code. */
function codeUrl(hospital: Hospital, request: AuthorizationRequest, context: Context): string {
  const { clientId, redirectUri, challenge, nonce, state } = request
  const scopes = granted(hospital, request, context)
  const code = hospital.grants.mintCode({
    ...{ clientId, redirectUri, challenge, context, scopes },
    ...(nonce !== undefined && { nonce }),
  })
  const its = at(hospital, request.iss) ?? hospital
  const session = its.personality.smart?.tellsSession ? { session_state: randomUUID() } : {}
  return withParams(redirectUri, { code, state, ...session, ...itsName(its) })
}

function granted(hospital: Hospital, request: AuthorizationRequest, context: Context): string[] {
  const { personality, faults } = at(hospital, request.iss) ?? hospital
  const specials = new Set(['openid', 'fhirUser', 'profile', 'offline_access'])
  if (request.launch !== undefined) specials.add('launch')
  for (const what of ['patient', 'encounter', 'appointment'] as const) if (context[what]) specials.add(`launch/${what}`)
  for (const scope of personality.smart?.echoes ?? []) specials.add(scope)
  const may = personality.may(kindOf(hospital.store, context.user))
  const readOnly = faults.strike('scope-read-only')
  const limits = readOnly ? rulesOf(may).map((rule) => writeRule({ ...rule, letters: 'rs' })) : may
  return grantedScopes(request.scopes, limits, { specials, hasPatient: context.patient !== undefined })
}

function errorUrl(hospital: Hospital, redirectUri: string, error: OAuthError, state: string | undefined): string {
  const { personality, faults } = hospital
  const loses = personality.smart?.losesState?.includes(error.code) || faults.strike('error-without-state')
  const said = { error: error.code, error_description: error.message, ...(state && !loses && { state }) }
  return withParams(redirectUri, { ...said, ...itsName(hospital) })
}

function withParams(url: string, params: Record<string, string>): string {
  const whole = new URL(url)
  for (const [name, value] of Object.entries(params)) whole.searchParams.set(name, value)
  return whole.href
}

const showNo: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (!(error instanceof NowhereToGo) && !(error instanceof OAuthError)) return next(error)
  nowhereToGo(response, error.message)
}
