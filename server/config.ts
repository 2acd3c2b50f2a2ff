// The settings: a JSON file of organisations and secrets from the environment. The only file that reads process.env.
// Refuses to start, naming each setting that is wrong and how to mend it; never repeats a secret's value.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Iss, OrganisationId } from './domain/ids.ts'

// Aborts: what follows would try to read as a URL what is none.
const origin = z.url({ protocol: /^https?$/, abort: true }).refine((url) => new URL(url).origin === url, {
  message: 'must be an origin such as https://visits.example.org, with no path and no slash at its end',
})
const iss = z
  .url({ protocol: /^https?$/, abort: true })
  .refine((url) => !url.endsWith('/') && !url.includes('?') && !url.includes('#'), {
    message: 'must be the FHIR base URL, with no slash, query or fragment at its end',
  })
  .refine(safeTransport, { message: 'must be https (http is allowed on loopback only)' })
  .refine((url) => new URL(url).href === url, {
    message: 'must be in its plain form: lower-case host, no default port, no ..',
  })
const timeZone = z.string().refine(isTimeZone, { message: 'must be an IANA name such as America/New_York' })

const Issuer = z.strictObject({
  iss: iss as unknown as z.ZodType<Iss>, // sound: Iss is text that passed these checks
  /** Shown where one signs in without an EHR. */
  title: z.string().min(1),
  clientId: z.string().min(1),
  client: z.enum(['public', 'private_key_jwt']),
  /** The id_token's issuer, where it differs from what the smart-configuration says. */
  idTokenIssuer: z.url().exactOptional(),
  /** Replaces the scopes asked for. */
  scopes: z.string().exactOptional(),
})
const Jitsi = z.strictObject({
  origin: origin.refine(safeTransport, { message: 'must be https (http is allowed on loopback only)' }),
  /** Accepted by Prosody as issuer (JWT_ACCEPTED_ISSUERS) and audience. */
  issuer: z.string().min(1),
  audience: z.string().min(1).default('jitsi'),
  /** Prosody's internal XMPP domain, or the tenant. */
  subject: z.string().min(1).default('meet.jitsi'),
})
const Organisation = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'must be lower-case letters, digits and -') as unknown as z.ZodType<OrganisationId>, // sound: OrganisationId is text that passed this check
  name: z.string().min(1),
  phone: z.string().min(3),
  timeZone,
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #0b5fa5')
    .exactOptional(),
  beforeVisit: z.string().max(500).exactOptional(),
  issuers: z.array(Issuer).min(1),
  jitsi: Jitsi,
  /** Origins of the EHR's pages that may show us in a frame. */
  frameAncestors: z.array(origin).default([]),
  /** Minutes around the Appointment in which patients may knock. */
  joinWindow: z.strictObject({ before: z.int().min(0), after: z.int().min(0) }).default({ before: 30, after: 120 }),
})
const File = z.strictObject({ organisations: z.array(Organisation).min(1) })

export type Issuer = z.infer<typeof Issuer>
export type Organisation = z.infer<typeof Organisation> & { readonly jitsiSecret: Uint8Array }

export type Config = {
  /** Our own public origin: redirect_uri, Origin checks and cookies follow from it, never from a request's headers. */
  readonly url: string
  readonly host: string
  readonly port: number
  readonly data: string
  readonly organisations: readonly Organisation[]
  /** Seals rows at rest; the first seals, all open. */
  readonly sealKeys: readonly { readonly kid: string; readonly key: Uint8Array }[]
  readonly roomKey: Uint8Array
  /** Private JWKs for private_key_jwt, absent when no issuer needs one. */
  readonly clientKeys: readonly ClientKey[]
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info'
}

const ClientKey = z.looseObject({
  kty: z.string(),
  kid: z.string().min(1),
  alg: z.enum(['RS384', 'ES384']),
  d: z.string(),
})
export type ClientKey = z.infer<typeof ClientKey>

/** Thrown at start; `problems` are sentences for the administrator. */
export class ConfigProblem extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigProblem'
    this.problems = problems
  }
}

/** Reads and checks everything at once, so that all that is wrong is said in one go. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const problems: string[] = []
  const ask = asker(env, problems)
  const organisations = ask('HOUSECALL_CONFIG', fileOf(File))?.organisations ?? []
  const config: Config = {
    url:
      ask(
        'HOUSECALL_URL',
        origin.refine(safeTransport, { message: 'must be https (http is allowed on loopback only)' }),
      ) ?? '',
    host: ask('HOUSECALL_HOST', z.string().default('0.0.0.0')) ?? '',
    port: ask('HOUSECALL_PORT', z.coerce.number().int().min(0).max(65_535).default(4000)) ?? 0,
    data: ask('HOUSECALL_DATA', z.string().min(1)) ?? '',
    organisations: organisations.map((o) => ({
      ...o,
      jitsiSecret: ask(secretName(o.id), secret(32)) ?? new Uint8Array(),
    })),
    sealKeys: ask('HOUSECALL_SEAL_KEYS', sealKeys) ?? [],
    roomKey: ask('HOUSECALL_ROOM_KEY', base64Bytes(32)) ?? new Uint8Array(),
    clientKeys: env.HOUSECALL_CLIENT_KEYS
      ? (ask('HOUSECALL_CLIENT_KEYS', fileOf(z.object({ keys: z.array(ClientKey).min(1) })))?.keys ?? [])
      : [],
    logLevel: ask('HOUSECALL_LOG', z.enum(['silent', 'error', 'warn', 'info']).default('info')) ?? 'info',
  }
  problems.push(...contradictions(config))
  if (problems.length > 0) throw new ConfigProblem(problems)
  return config
}

/** The environment variable of an organisation's Jitsi secret: HOUSECALL_JITSI_SECRET_RIVERSIDE_CLINIC. */
export const secretName = (id: OrganisationId): string =>
  `HOUSECALL_JITSI_SECRET_${id.toUpperCase().replaceAll('-', '_')}`

function asker(env: Readonly<Record<string, string | undefined>>, problems: string[]) {
  return <T>(name: string, schema: z.ZodType<T>): T | undefined => {
    const read = schema.safeParse(env[name])
    if (read.success) return read.data
    for (const issue of read.error.issues) {
      const where = issue.path.length > 0 ? ` at ${issue.path.join('.')}` : ''
      problems.push(`${name}${where}: ${env[name] === undefined ? 'is not set' : issue.message}`)
    }
    return undefined
  }
}

function contradictions(config: Config): string[] {
  const issuers = config.organisations.flatMap((o) => o.issuers)
  const twice = (values: readonly string[]) => values.filter((v, i) => values.indexOf(v) !== i)
  const keyless = config.clientKeys.length === 0 && issuers.some((i) => i.client === 'private_key_jwt')
  return [
    ...twice(config.organisations.map((o) => o.id)).map(
      (id) => `HOUSECALL_CONFIG: organisation ${id} stands there twice`,
    ),
    ...twice(issuers.map((i) => i.iss)).map(
      (i) => `HOUSECALL_CONFIG: issuer ${i} stands there twice; one issuer belongs to one organisation`,
    ),
    ...(keyless ? ['HOUSECALL_CLIENT_KEYS: is not set, but an issuer has "client": "private_key_jwt"'] : []),
  ]
}

const fileOf = <T>(schema: z.ZodType<T>) =>
  z
    .string()
    .min(1)
    .transform((path, context) => {
      try {
        return JSON.parse(readFileSync(path, 'utf8')) as unknown
      } catch {
        context.addIssue({ code: 'custom', message: 'names a file that cannot be read as JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)

const base64Bytes = (least: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/, 'must be base64url')
    .transform((text) => new Uint8Array(Buffer.from(text, 'base64url')))
    .refine((bytes) => bytes.length >= least, { message: `must hold at least ${least} random bytes, as base64url` })

const secret = (least: number) =>
  z
    .string()
    .transform((text) => new TextEncoder().encode(text))
    .refine((bytes) => bytes.length >= least, { message: `must be at least ${least} characters` })

const sealKeys = z
  .string()
  .min(1)
  .transform((text) => text.split(',').map((part) => part.split(':')))
  .pipe(
    z.array(
      z
        .tuple(
          [
            z.string().min(1),
            base64Bytes(32).refine((b) => b.length === 32, { message: 'each key must hold exactly 32 bytes' }),
          ],
          {
            error: 'must be kid:key pairs with commas between them',
          },
        )
        .transform(([kid, key]) => ({ kid, key })),
    ),
  )

function safeTransport(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0
  } catch {
    return false
  }
}
