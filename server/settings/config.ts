// The settings: a JSON file of organisations and secrets from the environment. The only file that reads process.env.
// Refuses to start, naming each setting that is wrong and how to mend it; never repeats a secret's value.

import { z } from 'zod'
import { given } from '../domain/given.ts'
import type { OrganisationId } from '../domain/ids.ts'
import { differentBases, withAndWithoutSlash } from './bases.ts'
import { clinicsIn, type RoughOrganisation } from './clinics.ts'
import { issOf, origin, type ReadIssuer, safeTransport } from './issuer-row.ts'
import { logoIn, type Picture } from './logo.ts'
import { MailPassword, type MailSettings, mailOf } from './mail.ts'
import type { ReadOrganisation } from './organisations.ts'
import { type AskSetting, asker, type Env } from './problems.ts'
import { type TrustedProxies, trustedProxies } from './proxies.ts'
import { base64Bytes, fileOf, JitsiKeys, longestSecret, sealKeys, secret, securityContacts } from './variables.ts'
import { type Webhook, WebhookSecrets, webhookOf } from './webhook.ts'

/** `secret` is what the variable named by `clientSecret` holds; `asListed` is `iss` with the slash that it is listed with. */
export type Issuer = Omit<ReadIssuer, 'clientSecret'> & { readonly secret?: string; readonly asListed?: string }
export type Organisation = Omit<ReadOrganisation, 'issuers' | 'logo' | 'webhook' | 'mail'> & {
  readonly logo?: Picture
  readonly webhook?: Webhook
  readonly mail?: MailSettings
  readonly issuers: readonly Issuer[]
  /** What room tokens are signed with. */
  readonly jitsiSigner:
    | { readonly alg: 'HS256'; readonly secret: Uint8Array }
    | { readonly alg: 'RS256'; readonly key: JitsiKey }
  /** All are published, also before anything is signed with them. */
  readonly jitsiKeys: readonly JitsiKey[]
  readonly jitsiEvents?: string // what Jitsi's server shows when it tells who joins and leaves; without it we do not listen
}

export type Config = {
  /** Our own public origin: redirect_uri, Origin checks and cookies follow from it, never from a request's headers. */
  readonly url: string
  readonly host: string
  readonly port: number
  /** Whose `X-Forwarded-For` is believed: limits count by it, and lines of the log and the trail are found by it. */
  readonly trustedProxies: TrustedProxies
  readonly data: string
  readonly organisations: readonly Organisation[]
  /** Seals rows at rest; the first seals, all open. */
  readonly sealKeys: readonly { readonly kid: string; readonly key: Uint8Array }[]
  readonly roomKey: Uint8Array
  /** Private JWKs for private_key_jwt, absent when no issuer needs one. */
  readonly clientKeys: readonly ClientKey[]
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info'
  /** Whom to tell of a weakness, as `security.txt` says it; absent where nobody is named. */
  readonly securityContact?: readonly string[]
}

const ClientKey = z.looseObject({
  kty: z.string(),
  kid: z.string().min(1),
  alg: z.enum(['RS384', 'ES384']),
  d: z.string(),
})
export type ClientKey = z.infer<typeof ClientKey>

export type JitsiKey = z.infer<typeof JitsiKeys>['keys'][number]

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
export function readConfig(env: Env = process.env): Config {
  const problems: string[] = []
  const ask = asker(env, problems)
  const { organisations, rough } = clinicsIn(ask, env)
  for (const one of rough) askRoughly(ask, one, env)
  const config: Config = {
    url:
      ask(
        'HOUSECALL_URL',
        origin.refine(safeTransport, { message: 'must be https (http is allowed on loopback only)' }),
      ) ?? '',
    host: ask('HOUSECALL_HOST', z.string().default('0.0.0.0')) ?? '',
    port: ask('HOUSECALL_PORT', z.coerce.number().int().min(0).max(65_535).default(4000)) ?? 0,
    trustedProxies: ask('HOUSECALL_TRUST_PROXY', z.string().default('loopback').pipe(trustedProxies)) ?? 0,
    data: ask('HOUSECALL_DATA', z.string().min(1)) ?? '',
    organisations: organisations.map(({ logo, webhook, mail, ...o }) => ({
      ...{ ...o, ...webhookOf(ask, webhookSecretName(o.id), webhook), ...mailOf(ask, mailPasswordName(o.id), mail) },
      ...logoIn(env.HOUSECALL_CONFIG ?? '', logo, problems),
      issuers: o.issuers.map(({ clientSecret, ...i }) => ({ ...i, ...issOf(i), ...secretOf(ask, clientSecret) })),
      ...jitsiSigning(ask, o, env),
      ...eventsSecret(ask, o.id, env),
    })),
    sealKeys: ask('HOUSECALL_SEAL_KEYS', sealKeys) ?? [],
    roomKey: ask('HOUSECALL_ROOM_KEY', base64Bytes(32)) ?? new Uint8Array(),
    clientKeys: env.HOUSECALL_CLIENT_KEYS
      ? (ask('HOUSECALL_CLIENT_KEYS', fileOf(z.object({ keys: z.array(ClientKey).min(1) })))?.keys ?? [])
      : [],
    logLevel: ask('HOUSECALL_LOG', z.enum(['silent', 'error', 'warn', 'info']).default('info')) ?? 'info',
    ...contactIn(ask, env),
  }
  const keyed = rough.some(({ issuers }) => issuers.some(({ client }) => client === 'private_key_jwt'))
  problems.push(...contradictions(config, keyed, env))
  if (problems.length > 0) throw new ConfigProblem(problems)
  return config
}

/** Where the app keeps what it keeps, for a command that asks it there. */
export const dataFolder = (env: Env = process.env): string | undefined => env.HOUSECALL_DATA || undefined

/** The environment variable of an organisation's Jitsi secret: HOUSECALL_JITSI_SECRET_RIVERSIDE_CLINIC. */
export const secretName = (id: OrganisationId): string => `HOUSECALL_JITSI_SECRET_${inCapitals(id)}`
/** And of the file with its keys, where it signs by one. */
export const jitsiKeysName = (id: OrganisationId): string => `HOUSECALL_JITSI_KEYS_${inCapitals(id)}`
/** And of what its Jitsi's server shows when it tells who joins and leaves. */
export const eventsName = (id: OrganisationId): string => `HOUSECALL_JITSI_EVENTS_${inCapitals(id)}`
/** And of what its webhook is signed with. */
const webhookSecretName = (id: OrganisationId): string => `HOUSECALL_WEBHOOK_SECRET_${inCapitals(id)}`
/** And the password of whoever signs in at its mail server. */
const mailPasswordName = (id: OrganisationId): string => `HOUSECALL_MAIL_PASSWORD_${inCapitals(id)}`
const inCapitals = (id: string) => id.toUpperCase().replaceAll('-', '_')

/** Keys may be there, and published, before they sign. */
function jitsiSigning(
  ask: AskSetting,
  { id, jitsi }: ReadOrganisation,
  env: Env,
): Pick<Organisation, 'jitsiSigner' | 'jitsiKeys'> {
  const name = jitsiKeysName(id)
  const needed = jitsi.signing === 'RS256'
  const jitsiKeys = needed || env[name] ? (ask(name, fileOf(JitsiKeys))?.keys ?? []) : []
  const [key] = jitsiKeys
  if (needed && key !== undefined) return { jitsiSigner: { alg: 'RS256', key }, jitsiKeys }
  const bytes = needed ? undefined : ask(secretName(id), secret(32))
  return { jitsiSigner: { alg: 'HS256', secret: bytes ?? new Uint8Array() }, jitsiKeys }
}

const eventsSecretText = z
  .string()
  .min(32, 'must be at least 32 characters')
  .max(longestSecret, `must be at most ${longestSecret} characters`)

function eventsSecret(ask: AskSetting, id: OrganisationId, env: Env): Pick<Organisation, 'jitsiEvents'> {
  const name = eventsName(id)
  const jitsiEvents = env[name] ? ask(name, eventsSecretText) : undefined
  return given({ jitsiEvents })
}

const contactIn = (ask: AskSetting, env: Env): Pick<Config, 'securityContact'> =>
  given({
    securityContact: env.HOUSECALL_SECURITY_CONTACT ? ask('HOUSECALL_SECURITY_CONTACT', securityContacts) : undefined,
  })

/** The variable that the settings name, such as HOUSECALL_CLIENT_SECRET_PORTAL. A client secret is as long as the EHR made it. */
function secretOf(ask: AskSetting, name: string | undefined): { secret?: string } {
  const secret = name === undefined ? undefined : ask(name, z.string().min(1, 'is empty'))
  return given({ secret })
}

/** Of an organisation in which something is wrong, its variables all the same: whoever mends the file is not told of them afterwards. */
function askRoughly(ask: AskSetting, { id, jitsi, issuers, webhook, mail }: RoughOrganisation, env: Env): void {
  if (webhook !== undefined) ask(webhookSecretName(id), WebhookSecrets)
  if (mail?.user !== undefined) ask(mailPasswordName(id), MailPassword)
  if (jitsi.signing === 'RS256') ask(jitsiKeysName(id), fileOf(JitsiKeys))
  else ask(secretName(id), secret(32))
  eventsSecret(ask, id, env)
  for (const { clientSecret } of issuers) secretOf(ask, clientSecret)
}

const twice = (values: readonly string[]) => values.filter((v, i) => values.indexOf(v) !== i)

function contradictions(config: Config, keyed: boolean, env: Env): string[] {
  const issuers = config.organisations.flatMap((o) => o.issuers)
  const kids = config.clientKeys.map((key) => key.kid)
  // One that is set and cannot be read was told of already.
  const keyless = !env.HOUSECALL_CLIENT_KEYS && (keyed || issuers.some((i) => i.client === 'private_key_jwt'))
  return [
    ...twice(config.organisations.map((o) => o.id)).map(
      (id) => `HOUSECALL_CONFIG: organisation ${id} stands there twice`,
    ),
    ...twice(config.organisations.flatMap((o) => [...new Set(o.issuers.map((i) => i.iss))])).map(
      (i) => `HOUSECALL_CONFIG: issuer ${i} stands there twice; one issuer belongs to one organisation`,
    ),
    ...withAndWithoutSlash(issuers).map(
      (i) => `HOUSECALL_CONFIG: issuers ${i} and ${i}/ are one: a slash at the end makes no other; write them alike`,
    ),
    ...config.organisations.flatMap(registeredTwice),
    ...config.organisations.flatMap(sharingUntold),
    ...config.organisations.flatMap(namedTwice),
    ...sharedCallback(issuers),
    ...twice(kids).map((kid) => `HOUSECALL_CLIENT_KEYS: the kid ${kid} stands there twice; each key has its own`),
    ...(config.clientKeys.length === 0 ? [] : issuers.flatMap(({ iss, signWith }) => unsigned(iss, signWith, kids))),
    ...(keyless
      ? [
          'HOUSECALL_CLIENT_KEYS: is not set, but an issuer has "client": "private_key_jwt"; `npm run keys -- <directory> --organisation <id>` makes them',
        ]
      : []),
  ]
}

/** An EHR may know us as two clients under one base URL: one for the clinicians, one for the patients. */
function registeredTwice({ id, issuers }: Organisation): readonly string[] {
  const shared = issuers.filter((a) => issuers.some((b) => a !== b && a.iss === b.iss))
  const clear = shared.every(
    (a) => a.people !== undefined && !shared.some((b) => a !== b && a.iss === b.iss && a.people === b.people),
  )
  if (clear) return []
  const [iss] = [...new Set(shared.map((i) => i.iss))]
  return [
    `HOUSECALL_CONFIG: issuer ${iss} stands there twice in organisation ${id}; give one "people": "clinicians" and the other "people": "patients"`,
  ]
}

/** Nobody can tell by the ids themselves whether two base URLs mean the same by them, and either guess does harm. */
function sharingUntold(organisation: Organisation): readonly string[] {
  const bases = differentBases(organisation)
  if (bases.length < 2 || organisation.sharesIds !== undefined) return []
  return [
    `HOUSECALL_CONFIG: organisation ${organisation.id} has several FHIR base URLs (${bases.join(', ')}), and "sharesIds" is not set; give it "sharesIds": true if they are one EHR, where an id means the same under each of them, else "sharesIds": false`,
  ]
}

/** A redirect URI belongs to one issuer. */
function namedTwice({ id, issuers }: Organisation): readonly string[] {
  return [...new Set(twice(issuers.map(({ name }) => name)))].map(
    (name) => `HOUSECALL_CONFIG: two issuers of organisation ${id} have the "name": "${name}"; give each its own`,
  )
}

/** At one address two EHRs could answer for each other. Two base URLs count as two EHRs: what they say of themselves can change. */
function sharedCallback(issuers: readonly Issuer[]): readonly string[] {
  const bases = new Set(issuers.flatMap(({ iss, commonRedirect }) => (commonRedirect ? [iss] : [])))
  if (bases.size < 2) return []
  return [
    `HOUSECALL_CONFIG: "commonRedirect" is for the issuers of one base URL, but ${[...bases].join(' and ')} have it; register the redirect URIs of the others anew`,
  ]
}

function unsigned(iss: string, signWith: string | undefined, kids: readonly string[]): readonly string[] {
  if (signWith === undefined || kids.includes(signWith)) return []
  return [
    `HOUSECALL_CONFIG: issuer ${iss} has "signWith": "${signWith}", which is the kid of none of our keys; there are ${kids.join(', ')}`,
  ]
}
