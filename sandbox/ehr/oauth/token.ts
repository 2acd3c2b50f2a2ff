// Owns the token endpoint: a code or a refresh token in, tokens and context out (RFC 6749, 4.1.3 and 6; RFC 7636, 4.6).
import { createHash } from 'node:crypto'
import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { at } from '../bases.ts'
import type { Client } from '../contract.ts'
import { isBusy } from '../faults.ts'
import type { Hospital } from '../hospital.ts'
import type { OAuthRefusal } from '../personality.ts'
import { clientDesk } from './clients.ts'
import { toldContext } from './context.ts'
import { clientAuthKinds, paths } from './discovery.ts'
import { OAuthError } from './errors.ts'
import type { Grant } from './grants.ts'
import { idToken } from './idtoken.ts'
import { grantedScopes, rulesOf, writeRule } from './scopes.ts'

/** RFC 6749, 3.2: no parameter may come twice (a repeated one arrives as an array). */
const Form = z.record(z.string(), z.string())

export function tokenEndpoint(hospital: Hospital): Router {
  const ways = hospital.personality.smart ?? {}
  const desk = clientDesk(hospital.clients, { tokenUrl: hospital.origin + paths.token, now: hospital.now, ways })
  const pace = refreshPace(hospital)
  const router = Router()
  router.use(paths.token, (_request, response, next) => {
    response.set({ 'Cache-Control': 'no-store', Pragma: 'no-cache', 'Access-Control-Allow-Origin': '*' })
    next()
  })
  router.post(paths.token, express.urlencoded({ extended: false, limit: '100kb' }), async (request, response) => {
    if (hospital.faults.strike('token-endpoint-hangs')) return
    if (hospital.faults.strike('token-endpoint-500')) {
      return void response.status(500).type('text/html').send('<h1>500 Internal Server Error</h1>')
    }
    if (isBusy(hospital.faults, 'token-429', response)) return
    const form = readForm(request)
    mustKnowCode(hospital, form)
    const { authorization } = request.headers
    const proof = { form, ...(authorization !== undefined && { authorization }) }
    const client = await desk.identify(proof).catch((cause: unknown) => {
      const isRefused = cause instanceof OAuthError && cause.code === 'invalid_client'
      throw ways.refusesClients && isRefused ? said(ways.refusesClients, cause) : cause
    })
    tokenTrouble(hospital, client)
    response.json(await exchanged(hospital, pace, client.clientId, form))
  })
  router.use(paths.token, sayNo)
  return router
}

/** As Medplum and the launcher do: who asks is looked at only once the code is one of ours. */
function mustKnowCode({ personality, grants }: Hospital, { grant_type, code = '' }: Record<string, string>): void {
  const codeFirst = grant_type === 'authorization_code' ? personality.smart?.codeFirst : undefined
  if (codeFirst && !grants.knowsCode(code)) throw said(codeFirst)
}

const said = ({ error, description }: OAuthRefusal, cause?: unknown) => new OAuthError(error, description, { cause })

function readForm(request: Request): Record<string, string> {
  if (!request.is('application/x-www-form-urlencoded')) {
    throw new OAuthError('invalid_request', 'The token endpoint takes application/x-www-form-urlencoded.')
  }
  if (request.url.includes('?')) throw new OAuthError('invalid_request', 'Nothing belongs in the query here.')
  const form = Form.safeParse(request.body)
  if (!form.success) throw new OAuthError('invalid_request', 'A parameter is missing, or came more than once.')
  return form.data
}

/** Refuses clients that may not prove themselves in their way here, and simulates the launcher's `auth_error`s. */
function tokenTrouble({ personality, faults }: Hospital, { auth }: Client): void {
  const taken = personality.smart?.clientAuth ?? clientAuthKinds
  if (!taken.includes(auth.kind))
    throw new OAuthError('invalid_client', 'Clients do not prove themselves in this way here.')
  if (auth.kind === 'secret' && faults.strike('auth_invalid_client_secret')) {
    throw new OAuthError('invalid_client', 'Simulated invalid client secret error')
  }
  if (faults.strike('token_invalid_token')) throw new OAuthError('invalid_client', 'Simulated invalid client error')
}

type Pace = (grant: Grant) => void

/** Refuses a refresh of a grant that was refreshed a moment ago, where the personality minds. */
function refreshPace({ personality, now }: Hospital): Pace {
  const last = new Map<string, number>()
  const gap = (personality.smart?.refreshEverySeconds ?? 0) * 1000
  return ({ family }) => {
    const before = last.get(family)
    if (before !== undefined && now().getTime() - before < gap) {
      throw new OAuthError('temporarily_unavailable', 'This grant was refreshed a moment ago.', { status: 429 })
    }
    last.set(family, now().getTime())
  }
}

async function exchanged(
  hospital: Hospital,
  pace: Pace,
  clientId: string,
  form: Record<string, string>,
): Promise<object> {
  if (form.grant_type === 'authorization_code') return fromCode(hospital, clientId, form)
  if (form.grant_type === 'refresh_token') return fromRefresh(hospital, pace, clientId, form)
  throw new OAuthError('unsupported_grant_type', 'Only authorization_code and refresh_token are taken here.')
}

async function fromCode(whole: Hospital, clientId: string, form: Record<string, string>): Promise<object> {
  const { code = '', redirect_uri: redirectUri, code_verifier: verifier = '' } = form
  const grant = whole.grants.spendCode(code)
  const hospital = at(whole, grant.context.iss) ?? whole
  if (grant.clientId !== clientId) throw new OAuthError('invalid_grant', 'This code was given to another client.')
  if (grant.redirectUri !== redirectUri) {
    throw new OAuthError('invalid_grant', 'The redirect_uri is not the one the code was sent to.')
  }
  // RFC 7636, 4.1: 43 to 128 unreserved characters.
  if (!/^[A-Za-z0-9\-._~]{43,128}$/.test(verifier)) {
    throw new OAuthError('invalid_grant', 'The code_verifier is missing or malformed.')
  }
  if (createHash('sha256').update(verifier).digest('base64url') !== grant.challenge) {
    throw new OAuthError('invalid_grant', 'The code_verifier does not fit the code_challenge.')
  }
  const isOffline = grant.scopes.includes('offline_access')
  return {
    ...tokens(hospital, grant),
    ...(isOffline && { refresh_token: hospital.grants.mintRefresh(grant) }),
    ...(grant.scopes.includes('openid') && { id_token: await idToken(hospital, grant) }),
  }
}

function fromRefresh(hospital: Hospital, pace: Pace, clientId: string, form: Record<string, string>): object {
  const { grants, personality, faults } = hospital
  if (faults.strike('refresh-refused')) throw new OAuthError('invalid_grant', 'This refresh token has ended.')
  const rotates = personality.rotatesRefreshTokens
  if (faults.strike('token_expired_refresh_token')) {
    throw new OAuthError('invalid_grant', 'Expired refresh token', { status: 403 })
  }
  const grant = grants.useRefresh(form.refresh_token ?? '', clientId, {
    rotate: rotates,
    spare: personality.smart?.sparesReuse ?? false,
  })
  pace(grant)
  const narrowed = form.scope === undefined ? grant : { ...grant, scopes: narrower(grant, form.scope) }
  // The new refresh token keeps the whole grant: RFC 6749, 6 narrows the access token alone.
  return { ...tokens(hospital, narrowed), ...(rotates && { refresh_token: grants.mintRefresh(grant) }) }
}

function narrower({ scopes }: Grant, wanted: string): string[] {
  const asked = wanted.split(' ').filter(Boolean)
  const limits = rulesOf(scopes).map((rule) => writeRule({ ...rule, version: 2 }))
  const kept = grantedScopes(asked, limits, { specials: new Set(scopes), hasPatient: true })
  if (asked.some((scope) => !kept.includes(scope) && !scopes.includes(scope))) {
    throw new OAuthError('invalid_scope', 'A refresh cannot ask for more than was granted.')
  }
  return kept
}

function tokens(hospital: Hospital, grant: Grant): Record<string, unknown> {
  const seconds = hospital.personality.accessTokenSeconds
  return {
    access_token: hospital.grants.mintAccess(grant, seconds),
    token_type: 'Bearer',
    expires_in: seconds,
    scope: grant.scopes.join(' '),
    ...simulatedError(hospital.faults),
    ...toldContext(hospital, grant),
  }
}

/** The launcher says beforehand which error its FHIR proxy will simulate. */
function simulatedError(faults: Hospital['faults']): { sim_error?: string } {
  if (faults.isOn('request_invalid_token')) return { sim_error: 'Invalid token' }
  return faults.isOn('request_expired_token') ? { sim_error: 'Token expired' } : {}
}

const sayNo: ErrorRequestHandler = (error: unknown, request: Request, response: Response, next) => {
  if (!(error instanceof OAuthError)) return next(error)
  const basic = error.code === 'invalid_client' && request.headers.authorization !== undefined
  // RFC 6749, 5.2: 401 with the scheme the client tried; every other refusal is a 400.
  if (basic) response.set('WWW-Authenticate', 'Basic realm="sandbox-ehr"')
  response.status(error.status ?? (error.code === 'invalid_client' ? 401 : 400))
  response.json({ error: error.code, error_description: error.message })
}
