// Owns what the demo's EHR and Jitsi are told of an app of somebody's own: read from its settings, as its operator would type it into an EHR's form.
// Refuses (in sentences) settings that name another EHR or Jitsi than those of this demo, and what no EHR would register.
import { readFile } from 'node:fs/promises'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import type { Client } from './ehr/contract.ts'
import { NotThere } from './ending.ts'
import { readJson } from './jitsi/json.ts'
import type { RegisteredApp } from './servers.ts'

const Issuer = z.object({
  name: z.string(),
  iss: z.string(),
  clientId: z.string().min(1),
  client: z.enum(['public', 'client_secret_basic', 'client_secret_post', 'private_key_jwt']),
  clientSecret: z.string().optional(),
  commonRedirect: z.boolean().optional(),
})
const Organisation = z.object({
  id: z.string(),
  issuers: z.array(Issuer),
  jitsi: z.object({
    origin: z.string(),
    issuer: z.string(),
    audience: z.string().default('jitsi'),
    subject: z.string().default('meet.jitsi'),
    signing: z.string().default('HS256'),
  }),
})
const Organisations = z.object({ organisations: z.array(Organisation) })
type Env = Readonly<Record<string, string | undefined>>

/** Where the demo's EHR and Jitsi will be: its FHIR base URLs, and Jitsi's origin. */
export type DemoPlaces = { readonly bases: readonly string[]; readonly jitsi: string }

/** `file` holds the app's environment, as for `node --env-file`. */
export async function ownApp(file: string, { bases, jitsi }: DemoPlaces): Promise<RegisteredApp> {
  const env: Env = parseEnv(await textOf(file, 'the file of settings'))
  const url = urlOf(env.HOUSECALL_URL)
  const { id, issuers, jitsi: its } = await clinicAt(set(env, 'HOUSECALL_CONFIG'), bases)
  if (its.origin !== jitsi) throw new NotThere(`The Jitsi of ${id} is ${its.origin}; this demo's is ${jitsi}.`)
  if (its.signing !== 'HS256' || its.audience !== 'jitsi')
    throw new NotThere(
      `The demo's Jitsi takes tokens that are signed with a secret and are for "jitsi": leave "signing" and "audience" of ${id} out.`,
    )
  const events = env[variable('JITSI_EVENTS', id)]
  return {
    url,
    clients: registrations(issuers.map((issuer) => clientOf(issuer, { url, id, env }))),
    realm: {
      issuer: its.issuer,
      audience: 'jitsi',
      domain: its.subject,
      secret: set(env, variable('JITSI_SECRET', id)),
    },
    ...(events && { reservations: { prefix: `${url}/jitsi/reservations`, authorization: `Bearer ${events}` } }),
  }
}

const variable = (what: string, id: string) => `HOUSECALL_${what}_${id.toUpperCase().replaceAll('-', '_')}`

function set(env: Env, name: string): string {
  const value = env[name]
  if (!value) throw new NotThere(`The settings have no ${name}.`)
  return value
}

const textOf = (path: string, what: string) =>
  readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new NotThere(`${path}, ${what}, cannot be read (${cause.code}).`, { cause })
  })

/** Only of this machine: everybody may sign in as anybody at this EHR. */
function urlOf(given: string | undefined): string {
  if (given !== undefined && /^http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?$/.test(given)) return given
  throw new NotThere('With this demo HOUSECALL_URL is an address of this machine, such as http://localhost:4000.')
}

/** The one organisation at this demo's EHR, with those of its issuers that are. */
async function clinicAt(path: string, bases: readonly string[]) {
  const text = await textOf(path, 'the organisations (HOUSECALL_CONFIG)')
  const read = Organisations.safeParse(readJson(text, z.unknown()))
  if (!read.success) throw new NotThere(`${path} cannot be read as organisations:\n${z.prettifyError(read.error)}`)
  const here = read.data.organisations
    .map((one) => ({ ...one, issuers: one.issuers.filter(({ iss }) => bases.includes(iss.replace(/\/$/, ''))) }))
    .filter(({ issuers }) => issuers.length > 0)
  const [clinic, another] = here
  if (clinic === undefined)
    throw new NotThere(`No issuer in ${path} has the "iss" of this demo's EHR: ${bases.join(' or ')}`)
  if (another !== undefined)
    throw new NotThere(`This demo is one hospital, and ${clinic.id} and ${another.id} both say that it is theirs.`)
  return clinic
}

type Whose = { readonly url: string; readonly id: string; readonly env: Env }

function clientOf(issuer: z.infer<typeof Issuer>, { url, id, env }: Whose): Client {
  const { name, clientId, client, clientSecret, commonRedirect } = issuer
  const redirectUris = [commonRedirect ? `${url}/smart/callback` : `${url}/smart/callback/${id}/${name}`]
  if (client === 'public') return { clientId, redirectUris, auth: { kind: 'public' } }
  if (client === 'private_key_jwt')
    return { clientId, redirectUris, auth: { kind: client, jwksUrl: `${url}/.well-known/jwks.json` } }
  const secret = set(env, clientSecret ?? variable('CLIENT_SECRET', id))
  return {
    clientId,
    redirectUris,
    auth: { kind: 'secret', secret, by: client === 'client_secret_basic' ? 'basic' : 'post' },
  }
}

/** A client id is registered once, with all its redirect URIs. */
const registrations = (clients: readonly Client[]): readonly Client[] =>
  clients
    .filter((client, n) => clients.findIndex(({ clientId }) => clientId === client.clientId) === n)
    .map((first) => ({
      ...first,
      redirectUris: clients.filter((one) => one.clientId === first.clientId).flatMap((one) => one.redirectUris),
    }))
