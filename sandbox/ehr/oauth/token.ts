// Owns the token endpoint: a code or a refresh token in, tokens and context out (RFC 6749, 4.1.3 and 6; RFC 7636, 4.6).
import { createHash } from 'node:crypto'
import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Hospital } from '../hospital.ts'
import { clientDesk } from './clients.ts'
import { toldContext } from './context.ts'
import { paths } from './discovery.ts'
import { OAuthError } from './errors.ts'
import type { Grant } from './grants.ts'
import { idToken } from './idtoken.ts'
import { grantedScopes, rulesOf, writeRule } from './scopes.ts'

/** RFC 6749, 3.2: no parameter may come twice (a repeated one arrives as an array). */
const Form = z.record(z.string(), z.string())

export function tokenEndpoint(hospital: Hospital): Router {
  const desk = clientDesk(hospital.clients, hospital.origin + paths.token, hospital.now)
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
    const form = readForm(request)
    const { authorization } = request.headers
    const client = await desk.identify({ form, ...(authorization !== undefined && { authorization }) })
    response.json(await exchanged(hospital, client.clientId, form))
  })
  router.use(paths.token, sayNo)
  return router
}

function readForm(request: Request): Record<string, string> {
  if (!request.is('application/x-www-form-urlencoded')) {
    throw new OAuthError('invalid_request', 'The token endpoint takes application/x-www-form-urlencoded.')
  }
  if (request.url.includes('?')) throw new OAuthError('invalid_request', 'Nothing belongs in the query here.')
  const form = Form.safeParse(request.body)
  if (!form.success) throw new OAuthError('invalid_request', 'A parameter is missing, or came more than once.')
  return form.data
}

async function exchanged(hospital: Hospital, clientId: string, form: Record<string, string>): Promise<object> {
  if (form.grant_type === 'authorization_code') return fromCode(hospital, clientId, form)
  if (form.grant_type === 'refresh_token') return fromRefresh(hospital, clientId, form)
  throw new OAuthError('unsupported_grant_type', 'Only authorization_code and refresh_token are taken here.')
}

async function fromCode(hospital: Hospital, clientId: string, form: Record<string, string>): Promise<object> {
  const { code = '', redirect_uri: redirectUri, code_verifier: verifier = '' } = form
  const grant = hospital.grants.spendCode(code)
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

function fromRefresh(hospital: Hospital, clientId: string, form: Record<string, string>): object {
  const { grants, personality, faults } = hospital
  if (faults.strike('refresh-refused')) throw new OAuthError('invalid_grant', 'This refresh token has ended.')
  const rotates = personality.rotatesRefreshTokens
  const grant = grants.useRefresh(form.refresh_token ?? '', clientId, rotates)
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
    ...toldContext(hospital, grant),
  }
}

const sayNo: ErrorRequestHandler = (error: unknown, request: Request, response: Response, next) => {
  if (!(error instanceof OAuthError)) return next(error)
  const basic = error.code === 'invalid_client' && request.headers.authorization !== undefined
  // RFC 6749, 5.2: 401 with the scheme the client tried; every other refusal is a 400.
  if (basic) response.set('WWW-Authenticate', 'Basic realm="sandbox-ehr"')
  response.status(error.code === 'invalid_client' ? 401 : 400)
  response.json({ error: error.code, error_description: error.message })
}
