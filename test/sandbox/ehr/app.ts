// Owns a SMART app in miniature, written with fetch alone, so that the tests can also do everything an app must not.
import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Client, Ehr, LaunchRequest } from '../../../sandbox/ehr/main.ts'

export const redirectUri = 'http://127.0.0.1:9/smart/callback'
export const publicClient: Client = { clientId: 'app', redirectUris: [redirectUri], auth: { kind: 'public' } }
export const launchUrls = [{ url: 'http://127.0.0.1:9/launch.html', title: 'Housecall' }]

const clinicianScopes = 'launch openid fhirUser offline_access launch/patient launch/appointment user/*.cruds'
export const patientScopes =
  'launch openid fhirUser launch/patient launch/encounter launch/appointment patient/*.rs user/*.rs'

export type Fields = Record<string, string>

const Json = z.record(z.string(), z.unknown())
export type Json = z.infer<typeof Json>

export type Reply = { status: number; headers: Headers; body: Json; text: string }

export async function reply(response: Response): Promise<Reply> {
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, headers: response.headers, text, body: isJson ? Json.parse(JSON.parse(text)) : {} }
}

export const verifier = randomBytes(32).toString('base64url')

/** An authorization request without mistakes; `changes` puts them in, and an undefined takes a parameter away. */
export function authorization(ehr: Ehr, changes: Record<string, string | undefined> = {}): URLSearchParams {
  const whole: Record<string, string | undefined> = {
    response_type: 'code',
    client_id: 'app',
    redirect_uri: redirectUri,
    scope: clinicianScopes,
    state: randomBytes(24).toString('base64url'),
    aud: ehr.iss,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    nonce: 'nonce-of-this-launch',
    ...changes,
  }
  return new URLSearchParams(
    Object.entries(whole).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

export async function launchOf(ehr: Ehr, request: LaunchRequest): Promise<string> {
  return new URL(await ehr.launchUrl(request)).searchParams.get('launch') ?? ''
}

/** Where the authorization endpoint sends the browser, or undefined when it shows a page. */
export async function authorize(ehr: Ehr, params: URLSearchParams): Promise<URL | undefined> {
  const response = await fetch(`${ehr.origin}/oauth/authorize?${params}`, { redirect: 'manual' })
  const location = response.headers.get('location')
  return location ? new URL(location) : undefined
}

export async function codeFor(
  ehr: Ehr,
  request: LaunchRequest,
  changes: Record<string, string | undefined> = {},
): Promise<string> {
  const { searchParams } = new URL(await ehr.launchUrl(request))
  const { launch, iss: aud } = Object.fromEntries(searchParams)
  const back = await authorize(ehr, authorization(ehr, { launch, aud, ...changes }))
  return back?.searchParams.get('code') ?? `no code: ${back?.searchParams.get('error_description')}`
}

export async function token(ehr: Ehr, fields: Fields, headers: Record<string, string> = {}): Promise<Reply> {
  return reply(await fetch(`${ehr.origin}/oauth/token`, { method: 'POST', body: new URLSearchParams(fields), headers }))
}

export function exchange(ehr: Ehr, code: string, changes: Fields = {}): Promise<Reply> {
  const fields = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier }
  return token(ehr, { ...fields, client_id: 'app', ...changes })
}

/** A whole launch: the token endpoint's answer. */
export async function launched(ehr: Ehr, request: LaunchRequest, scope = clinicianScopes): Promise<Json> {
  const { body } = await exchange(ehr, await codeFor(ehr, request, { scope }))
  return body
}

export type Fhir = (
  method: string,
  path: string,
  body?: object | string,
  headers?: Record<string, string>,
) => Promise<Reply>

/** FHIR calls with the access token of a fresh launch. */
export async function fhirAs(ehr: Ehr, request: LaunchRequest, scope = clinicianScopes): Promise<Fhir> {
  const { access_token } = await launched(ehr, request, scope)
  const isClinician = /^Practitioner/.test(request.user)
  return fhirWith({ iss: isClinician ? ehr.issuers.provider : ehr.issuers.patient }, String(access_token))
}

export function fhirWith(ehr: Pick<Ehr, 'iss'>, accessToken: string | undefined): Fhir {
  return async (method, path, body, headers = {}) => {
    const known = accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }
    const sent = { ...known, accept: 'application/fhir+json', ...headers }
    const isRaw = typeof body === 'string' || body instanceof URLSearchParams
    const content = body && { body: isRaw ? body : JSON.stringify(body) }
    const type = body && !(body instanceof URLSearchParams) && { 'content-type': 'application/fhir+json' }
    return reply(
      await fetch(path === '' ? ehr.iss : `${ehr.iss}/${path}`, { method, ...content, headers: { ...type, ...sent } }),
    )
  }
}
