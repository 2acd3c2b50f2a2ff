// What the file of organisations may hold: each clinic with its issuers, its Jitsi, its brand and its policies.
// Refuses what a clinic would stumble over later, in words an administrator can act on.
import { z } from 'zod'
import { type Abilities, abilities } from './domain/capability.ts'
import type { Iss, OrganisationId } from './domain/ids.ts'

// Aborts: what follows would try to read as a URL what is none.
export const origin = z.url({ protocol: /^https?$/, abort: true }).refine((url) => new URL(url).origin === url, {
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

const can = z.partialRecord(z.enum(abilities), z.boolean()).default({}) as z.ZodType<Abilities> // sound: as the enum says
const IssuerRow = z.strictObject({
  iss: iss as unknown as z.ZodType<Iss>, // sound: Iss is text that passed these checks
  /** Shown where one signs in without an EHR. */
  title: z.string().min(1),
  clientId: z.string().min(1),
  client: z.enum(['public', 'client_secret_basic', 'client_secret_post', 'private_key_jwt']),
  /** The environment variable that holds the client secret: the file itself holds none. */
  clientSecret: z
    .string()
    .regex(/^HOUSECALL_CLIENT_SECRET_[A-Z0-9_]+$/, 'must name a variable such as HOUSECALL_CLIENT_SECRET_RIVERSIDE')
    .exactOptional(),
  /** `kid` of the key that signs for private_key_jwt; unless told, the first of those the EHR takes. */
  signWith: z.string().min(1).exactOptional(),
  /** Whom this base URL serves, where it serves one side alone; the other side's scopes are not asked for there. */
  people: z.enum(['clinicians', 'patients']).exactOptional(),
  /** The id_token's issuer, where it differs from what the smart-configuration says. */
  idTokenIssuer: z.url().exactOptional(),
  /** Replaces the scopes asked for. */
  scopes: z.string().exactOptional(),
  /** Whose habits the EHR has; unless told, what its CapabilityStatement names. */
  ehr: z.enum(['generic', 'epic', 'oracle']).exactOptional(),
  /** What the administrator knows better than the EHR's CapabilityStatement says. */
  can,
  /** Where a new Encounter takes place, for EHRs that want it said and whose Appointments do not say it. */
  serviceProvider: z
    .string()
    .regex(/^Organization\/[A-Za-z0-9\-.]{1,64}$/, 'must be a reference such as Organization/675844')
    .exactOptional(),
  /** The note's type in LOINC, where it is not 11506-3, Progress note. */
  noteType: z
    .strictObject({
      code: z.string().regex(/^\d{1,7}-\d$/, 'must be a LOINC code such as 11506-3'),
      display: z.string().min(1),
    })
    .exactOptional(),
})

type IssuerRow = z.infer<typeof IssuerRow>

/** Each client proves itself in its own way: what another way needs is a mistake, and most likely in `client`. */
const Issuer = IssuerRow.superRefine((issuer, context) => {
  const wrong = (path: keyof IssuerRow, message: string) => context.addIssue({ code: 'custom', path: [path], message })
  const secret = issuer.client === 'client_secret_basic' || issuer.client === 'client_secret_post'
  if (secret && issuer.clientSecret === undefined)
    wrong(
      'clientSecret',
      `must name the environment variable that holds the secret, since "client" is "${issuer.client}"`,
    )
  if (!secret && issuer.clientSecret !== undefined)
    wrong('clientSecret', `is for "client_secret_basic" and "client_secret_post", but "client" is "${issuer.client}"`)
  if (issuer.client !== 'private_key_jwt' && issuer.signWith !== undefined)
    wrong('signWith', `is for "private_key_jwt", but "client" is "${issuer.client}"`)
})

/** What a clinic allows although, or unless, its EHR could. */
const Policies = z.strictObject({
  /** Make an Encounter where the EHR has none for the visit. */
  createEncounters: z.boolean().default(true),
  /** File a note that stands under no Encounter. */
  notesWithoutEncounter: z.boolean().default(true),
  /** Let a note that is not signed yet go into the chart as a draft. */
  drafts: z.boolean().default(false),
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
  policies: Policies.default({ createEncounters: true, notesWithoutEncounter: true, drafts: false }),
})
export const OrganisationFile = z.strictObject({ organisations: z.array(Organisation).min(1) })

export type ReadIssuer = z.infer<typeof Issuer>
export type ReadOrganisation = z.infer<typeof Organisation>
export type Policies = z.infer<typeof Policies>

export function safeTransport(url: string): boolean {
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
