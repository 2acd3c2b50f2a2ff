// Owns how the loader proves itself to a server that is not open: by a token, or by client credentials that are exchanged for one, both read
// from the environment alone. Refuses half of a proof, two at once, and to send any of it over plain HTTP beyond this machine.
import { z } from 'zod'
import { Stop } from './stop.ts'

export type Env = Readonly<Record<string, string | undefined>>

type Ask = (url: string, init: RequestInit) => Promise<Response>

export type Proof = {
  /** The Authorization header's value, if there is any. `renew` after a 401: undefined where there is nothing new to try. */
  header(renew?: boolean): Promise<string | undefined>
  /** The text without any secret in it that was read or given. */
  hides(text: string): string
  readonly isGiven: boolean
}

const names = {
  token: 'FIXTURES_TOKEN',
  id: 'FIXTURES_CLIENT_ID',
  secret: 'FIXTURES_CLIENT_SECRET',
  url: 'FIXTURES_TOKEN_URL',
  scope: 'FIXTURES_SCOPE',
} as const

export const howToSignIn = `Give a token in ${names.token}, or ${names.id} and ${names.secret}, in the environment.`

const Configuration = z.looseObject({ token_endpoint: z.url() })
const Token = z.looseObject({ access_token: z.string().regex(/^[\x21-\x7e]+$/), expires_in: z.number().optional() })

export function proofOf(base: string, env: Env, ask: Ask): Proof {
  const { token, id, secret, url, scope } = read(env)
  const secrets = new Set([token, secret].flatMap((one) => one ?? []))
  const hides = (text: string) => [...secrets].reduce((said, one) => said.replaceAll(one, '…'), text)
  const isGiven = secrets.size > 0
  if (isGiven) mustBeSafe(base)
  if (token !== undefined) return { header: async (renew) => (renew ? undefined : `Bearer ${token}`), hides, isGiven }
  if (id === undefined || secret === undefined) return { header: async () => undefined, hides, isGiven }
  let kept: string | undefined
  return {
    hides,
    isGiven,
    async header(renew) {
      if (kept === undefined || renew) {
        kept = await exchanged(url ?? (await tokenUrl(base, ask)), { id, secret, scope }, ask)
        secrets.add(kept)
      }
      return `Bearer ${kept}`
    },
  }
}

function read(env: Env): { [Name in keyof typeof names]: string | undefined } {
  const given = (name: keyof typeof names) => env[names[name]] || undefined
  const { token, id, secret } = { token: given('token'), id: given('id'), secret: given('secret') }
  if (token !== undefined && (id ?? secret) !== undefined)
    throw new Stop(`${names.token} and client credentials are both set. Set one of them.`)
  if ((id === undefined) !== (secret === undefined))
    throw new Stop(`${names.id} and ${names.secret} belong together, and one of them is not set.`)
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
    throw new Stop(`${names.token} has signs in it that no token has.`)
  return { token, id, secret, url: given('url'), scope: given('scope') }
}

function mustBeSafe(address: string): void {
  const { protocol, hostname, origin } = new URL(address)
  if (protocol === 'https:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) return
  throw new Stop(
    `${origin} is plain http beyond this machine: no token or secret is sent there. Give its https address.`,
  )
}

async function tokenUrl(base: string, ask: Ask): Promise<string> {
  const answer = await asked(
    `${base}/.well-known/smart-configuration`,
    { headers: { accept: 'application/json' } },
    ask,
  )
  const told = Configuration.safeParse(await answer.json().catch(() => undefined))
  if (answer.status === 200 && told.success) return told.data.token_endpoint
  throw new Stop(`${base} does not say where its token endpoint is. Set ${names.url}.`)
}

type Client = { id: string; secret: string; scope: string | undefined }

/** Both ways there are: first in the header as it stands, then in the body, for servers that read the header in another way. */
async function exchanged(url: string, { id, secret, scope }: Client, ask: Ask): Promise<string> {
  if (!URL.canParse(url)) throw new Stop(`${names.url} is not a URL.`)
  mustBeSafe(url)
  const form = { grant_type: 'client_credentials', ...(scope !== undefined && { scope }) }
  const basic = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
  const byHeader = await asked(url, sent(form, { authorization: basic }), ask)
  const answer = [400, 401].includes(byHeader.status)
    ? await asked(url, sent({ ...form, client_id: id, client_secret: secret }), ask)
    : byHeader
  const told = Token.safeParse(await answer.json().catch(() => undefined))
  if (answer.status === 200 && told.success) return told.data.access_token
  throw new Stop(`${new URL(url).origin} gave no token for this client: it answered ${answer.status}.`)
}

const sent = (form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): RequestInit => ({
  method: 'POST',
  headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded', ...headers },
  body: new URLSearchParams(form).toString(),
})

async function asked(url: string, init: RequestInit, ask: Ask): Promise<Response> {
  const { origin } = new URL(url)
  const answer = await ask(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(60_000) }).catch(
    (cause: unknown) => {
      throw new Stop(`${origin} does not answer. See that it is running and can be reached from here.`, { cause })
    },
  )
  if (answer.status >= 300 && answer.status < 400)
    throw new Stop(`${origin} sends us on, and this command follows nobody, least of all with a secret.`)
  return answer
}
