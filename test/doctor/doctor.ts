// Owns what the doctor's tests share: the command as an administrator runs it, a report in process, and an EHR that answers as it is told.
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { z } from 'zod'
import { doctorForIssuer } from '../../doctor/examine.ts'
import type { Finding, Report } from '../../doctor/finding.ts'
import type { World } from '../../doctor/request.ts'
import { commandRuns } from '../support/command.ts'

const FindingJson = z.strictObject({
  id: z.string().min(1),
  asked: z.string().min(1),
  result: z.enum(['ok', 'missing', 'warning', 'failed', 'not-checked']),
  essential: z.boolean(),
  means: z.string().regex(/^[A-Z0-9].*\.$/),
  ask: z.strictObject({ of: z.enum(['ehr', 'us']), text: z.string().min(10) }).optional(),
  details: z.array(z.string()).optional(),
})
const register = z.strictObject({
  ...{ launchUrl: z.string(), redirectUri: z.string(), jwksUrl: z.string(), scopes: z.string() },
})

/** The JSON as docs/doctor.md tells it. */
export const ReportJson = z.strictObject({
  doctor: z.literal(1),
  subject: z.string(),
  at: z.iso.datetime(),
  visits: z.enum(['would-work', 'would-not-work']),
  parts: z.array(
    z.strictObject({
      about: z.string(),
      kind: z.enum(['issuer', 'jitsi', 'organisation']),
      findings: z.array(FindingJson).min(1),
      register: register.optional(),
    }),
  ),
})

/** `npm run doctor -- …`, without npm. Nothing of this process's own settings is handed on. */
export const doctor = (given: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  commandRuns('doctor/main.ts', given, { env: { PATH: process.env.PATH, ...env } })

/** A world with our clock set `aheadMs` wrong, whose lines of progress are kept. */
export function worldOf({ aheadMs = 0, timeoutMs = 10_000 } = {}): World & { readonly lines: readonly string[] } {
  const lines: string[] = []
  return { now: () => Date.now() + aheadMs, timeoutMs, settleMs: 250, progress: (line) => void lines.push(line), lines }
}

export const reportOn = (iss: string, world: World = worldOf()): Promise<Report> => doctorForIssuer(world, iss)

/** The finding with this id, in the part about this subject or in any. */
export function found(report: Report, id: string, about?: string): Finding {
  const parts = report.parts.filter((part) => about === undefined || part.about === about)
  const finding = parts.flatMap(({ findings }) => findings).find((one) => one.id === id)
  if (finding === undefined) throw new Error(`the report has no finding ${id}`)
  return finding
}

type Said = {
  readonly status?: number
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}
/** By path; `undefined` never answers, and a path that is not told is a 404. */
export type Script = Readonly<Record<string, Said | undefined>>

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/** An EHR at `/fhir` that answers as the script says; `heard` has each request with what it carried. */
export async function startScripted(
  script: Script | ((origin: string) => Script),
  tls?: { cert: string; key: string },
  upgrade?: Upgrade,
) {
  const heard: string[] = []
  let origin = ''
  const listener: RequestListener = (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    heard.push(`${request.method} ${path} ${request.headers.authorization ?? ''}`)
    const told = typeof script === 'function' ? script(origin) : script
    if (path in told && told[path] === undefined) return
    const { status, type = 'application/json', headers, body = {} } = told[path] ?? { status: 404 }
    response.writeHead(status ?? 200, { 'content-type': type, ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
  const server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener)
  if (upgrade !== undefined) server.on('upgrade', upgrade)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}` // sound: it listens on a port
  return {
    ...{ origin, heard, iss: `${origin}/fhir` },
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}

/** A smart-configuration with nothing wrong, at its path; `changes` put it in. */
export const smart = (origin: string, changes: Readonly<Record<string, unknown>> = {}): Script => ({
  '/fhir/.well-known/smart-configuration': {
    body: {
      issuer: origin,
      jwks_uri: `${origin}/jwks`,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      grant_types_supported: ['authorization_code'],
      code_challenge_methods_supported: ['S256'],
      capabilities: ['launch-ehr', 'launch-standalone', 'sso-openid-connect', 'client-public', 'permission-v2'],
      ...changes,
    },
  },
})
export const jwks: Script = {
  '/jwks': { body: { keys: [{ kty: 'RSA', alg: 'RS256', kid: 'a', n: 'AQAB', e: 'AQAB' }] } },
}

/** A CapabilityStatement of these types and what can be done with them. */
export const metadata = (resource: readonly object[], changes: Readonly<Record<string, unknown>> = {}): Script => ({
  '/fhir/metadata': {
    body: { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', rest: [{ resource }], ...changes },
  },
})
