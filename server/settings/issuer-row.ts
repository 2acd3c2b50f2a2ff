// What the file of organisations may hold of one issuer: where the EHR is, who we are there and how we prove it, and what is known of it.
// Refuses what would let nobody sign in later, and an issuer whose client lacks what its kind needs.

import { z } from 'zod'
import { type Abilities, abilities } from '../domain/ehr/capability.ts'
import { isFhirId, withoutSlash } from '../domain/ehr/reference.ts'
import type { Iss } from '../domain/ids.ts'

// Aborts: what follows would try to read as a URL what is none.
export const origin = z.url({ protocol: /^https?$/, abort: true }).refine((url) => new URL(url).origin === url, {
  message: 'must be an origin such as https://visits.example.org, with no path and no slash at its end',
})
const iss = z
  .url({ protocol: /^https?$/, abort: true })
  .refine((url) => !url.endsWith('//') && !url.includes('?') && !url.includes('#'), {
    message: 'must be the FHIR base URL, with one slash at its end at most, and no query or fragment',
  })
  .refine(safeTransport, { message: 'must be https (http is allowed on loopback only)' })
  .refine((url) => [url, `${url}/`].includes(new URL(url).href), {
    message: 'must be in its plain form: lower-case host, no default port, no ..',
  })
/** Within, a base URL has no slash at its end; where it is listed with one, it is written so to its EHR. */
export const issOf = ({ iss }: Pick<IssuerRow, 'iss'>): { readonly iss: Iss; readonly asListed?: string } =>
  iss.endsWith('/') ? { iss: withoutSlash(iss), asListed: iss } : { iss }

/** Also where something else of the same object is wrong. */
export const always = { when: () => true }

const can = z.partialRecord(z.enum(abilities), z.boolean()).default({}) as z.ZodType<Abilities> // sound: as the enum says
const ownName = 'must be a name of its own in the organisation, lower-case letters, digits and -, such as "staff"'
const IssuerRow = z.strictObject({
  /** The end of the redirect URI that is registered at this EHR: one of its own, so that no other EHR's answer comes in there. */
  name: z.string({ error: ownName }).regex(/^[a-z0-9-]{1,40}$/, ownName),
  iss: iss as unknown as z.ZodType<Iss>, // sound: Iss is text that passed these checks
  /** It is registered with /smart/callback alone, as all once were: for one base URL at most. */
  commonRedirect: z.literal(true).exactOptional(),
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
  serviceProvider: z.string().refine(isOrganization, 'must be a reference such as Organization/675844').exactOptional(),
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
export const IssuerEntry = IssuerRow.superRefine((issuer, context) => {
  // Looked at whatever else is wrong: all of it is said in one round.
  if (!IssuerRow.shape.client.safeParse(issuer?.client).success) return
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
}, always)
export type ReadIssuer = z.infer<typeof IssuerEntry>

export function safeTransport(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

function isOrganization(reference: string): boolean {
  const [type, id = '', ...more] = reference.split('/')
  return type === 'Organization' && isFhirId(id) && more.length === 0
}
