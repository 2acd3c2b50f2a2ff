// Owns talking to one R4 server, open or by the proof it is given: opens it after a look at /metadata, waits when it is asked to, follows
// nothing elsewhere.
// Refuses an address that is no FHIR base, a server that is not R4, and one that sends too much, each with what to do about it.
import { z } from 'zod'
import { type Env, howToSignIn, type Proof, proofOf } from './sign-in.ts'
import { Stop } from './stop.ts'

/** What the loader needs of the world outside: requests, time, and somewhere to say things. */
export type World = {
  fetch: (url: string, init: RequestInit) => Promise<Response>
  pause: (milliseconds: number) => Promise<void>
  print: (line: string) => void
  /** Where a token or client credentials may stand. */
  env: Env
}

export type Reply = { status: number; location: string; retryAfter: string; body: unknown }

export type Server = {
  base: string
  /** The text without a token or a secret of ours in it, should a server have echoed one. */
  hides: (text: string) => string
  /** Sends, and where the server is busy waits and sends again; a POST, which could then happen twice, only once. */
  send: (
    method: 'GET' | 'PUT' | 'POST',
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ) => Promise<Reply>
  /** True after waiting as long as a busy server (429, 503) asked for; false for any other reply, or when patience ends. */
  waited: (reply: Reply, attempt: number) => Promise<boolean>
}

const ATTEMPTS = 5
const LONGEST_WAIT_SECONDS = 120
const TIMEOUT = 60_000
/** How much is read of a reply, in bytes as they are when unpacked. */
const MOST_BYTES = 5_000_000

const Capabilities = z.looseObject({ resourceType: z.literal('CapabilityStatement'), fhirVersion: z.string() })
const Fault = z.looseObject({ cause: z.looseObject({ code: z.string() }) })
const Outcome = z.looseObject({
  resourceType: z.literal('OperationOutcome'),
  issue: z.array(
    z.looseObject({
      diagnostics: z.string().optional(),
      details: z.looseObject({ text: z.string().optional() }).optional(),
    }),
  ),
})

/** The server at `address`, once its /metadata says that it speaks R4. */
export async function openServer(address: string, world: World): Promise<Server> {
  const base = baseOf(address)
  const server = serverAt(base, world, proofOf(base, world.env, world.fetch))
  const { status, body } = await server.send('GET', 'metadata')
  const read = Capabilities.safeParse(body)
  if (status !== 200 || !read.success) {
    throw new Stop(
      `${server.base}/metadata answered ${status} and no FHIR CapabilityStatement. Give the FHIR base URL itself; it often ends in /fhir or /r4.`,
    )
  }
  if (!/^4\.0\.\d/.test(read.data.fhirVersion)) {
    throw new Stop(
      `${server.base} speaks FHIR ${plain(read.data.fhirVersion)}, and these fixtures are R4 (4.0.1). Many servers have another base URL for R4: give that one.`,
    )
  }
  return server
}

/** Why the server refused, in its own words where it gave any: safe to print on a terminal. */
export function reasonOf({ status, body }: Reply): string {
  const read = Outcome.safeParse(body)
  const said = read.success ? read.data.issue.map(({ details, diagnostics }) => details?.text ?? diagnostics ?? '') : []
  return plain(`the server answered ${status} ${said.filter(Boolean).join('; ')}`).trim()
}

function plain(text: string): string {
  return text.replace(/\p{C}+/gu, ' ').slice(0, 300)
}

function baseOf(address: string): string {
  const remedy = 'Give the base URL of an R4 server: npm run fixtures -- http://localhost:8080/fhir'
  if (!address) throw new Stop(`No server was given. ${remedy}`)
  if (!URL.canParse(address)) throw new Stop(`"${plain(address)}" is not a URL. ${remedy}`)
  const { protocol, username, password, search, hash, origin, pathname } = new URL(address)
  if (protocol !== 'https:' && protocol !== 'http:') throw new Stop(`"${plain(address)}" is not an http URL. ${remedy}`)
  if (username || password)
    throw new Stop(`A URL with a user name or password is not sent anywhere. ${howToSignIn} ${remedy}`)
  if (search || hash) throw new Stop(`A FHIR base URL has nothing after a ? or a #. ${remedy}`)
  return origin + pathname.replace(/\/+$/, '')
}

function serverAt(base: string, world: World, proof: Proof): Server {
  const waited: Server['waited'] = async ({ status, retryAfter }, attempt) => {
    if ((status !== 429 && status !== 503) || attempt >= ATTEMPTS) return false
    const seconds = secondsOf(retryAfter) ?? 2 ** attempt
    if (seconds > LONGEST_WAIT_SECONDS) return false
    world.print(`The server is busy (${status}); asking again in ${seconds} s.`)
    await world.pause(seconds * 1000)
    return true
  }
  const send: Server['send'] = async (method, path, body, headers) => {
    for (let attempt = 1; ; attempt += 1) {
      const reply = await sendOnce(world, proof, `${base}/${path}`, {
        method,
        // A server that caches searches would not see what was created a moment ago.
        headers: {
          accept: 'application/fhir+json',
          'content-type': 'application/fhir+json',
          'cache-control': 'no-cache',
          ...headers,
        },
        ...(body && { body: JSON.stringify(body) }),
      })
      if (method === 'POST' || !(await waited(reply, attempt))) return reply
    }
  }
  return { base, hides: proof.hides, send, waited }
}

type Init = { method: string; headers: Record<string, string>; body?: string }

async function sendOnce(world: World, proof: Proof, url: string, init: Init): Promise<Reply> {
  const { origin } = new URL(url)
  let response = await fetched(world, url, init, await proof.header())
  // Nothing was done: a token that has ended is renewed once, where there is something to renew it by.
  const fresh = response.status === 401 ? await proof.header(true) : undefined
  if (fresh !== undefined) response = await fetched(world, url, init, fresh)
  const { status, headers } = response
  const location = headers.get('location') ?? ''
  if (status >= 300 && status < 400) {
    throw new Stop(
      `${origin} sends us on to "${plain(location)}", and this command follows nobody. If you trust that server, give its address.`,
    )
  }
  if (status === 401 || status === 403) {
    const why = proof.isGiven ? 'it does not take this proof, or allows it no writing' : 'it is no open server'
    throw new Stop(`${origin} answered ${status}: ${why}. ${howToSignIn}`)
  }
  return {
    status,
    location,
    retryAfter: headers.get('retry-after') ?? '',
    body: parsed(await textOf(response, origin)),
  }
}

async function fetched(
  { fetch }: World,
  url: string,
  init: Init,
  authorization: string | undefined,
): Promise<Response> {
  const headers = { ...init.headers, ...(authorization !== undefined && { authorization }) }
  try {
    const signal = AbortSignal.timeout(TIMEOUT)
    return await fetch(url, { ...sending({ ...init, headers }), redirect: 'manual', signal })
  } catch (cause) {
    const why = Fault.safeParse(cause)
    const code = why.success ? ` (${why.data.cause.code})` : ''
    const { origin } = new URL(url)
    throw new Stop(`${origin} does not answer${code}. See that it is running and can be reached from here.`, { cause })
  }
}

/** As a stream: what has another source is sent a second time by fetch itself where the answer is 421. */
function sending(init: Init): RequestInit & { duplex?: 'half' } {
  if (init.body === undefined) return init
  const bytes = new Blob([init.body])
  const headers = { ...init.headers, 'content-length': String(bytes.size) }
  return { ...init, headers, body: bytes.stream(), duplex: 'half' }
}

async function textOf({ body }: Response, origin: string): Promise<string> {
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for await (const part of body ?? []) {
      length += part.length
      if (length > MOST_BYTES) break // leaving the loop ends the download
      parts.push(part)
    }
  } catch (cause) {
    throw new Stop(`${origin} broke off in the middle of an answer. See that it runs, and load again.`, { cause })
  }
  if (length > MOST_BYTES)
    throw new Stop(
      `${origin} answered with more than ${MOST_BYTES / 1_000_000} MB. See that the address is a FHIR base URL.`,
    )
  return Buffer.concat(parts).toString('utf8')
}

/** The JSON of a reply; undefined for an empty one, and for a page of HTML, which proxies answer with. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Retry-After is seconds or a date (RFC 9110, 10.2.3). */
function secondsOf(retryAfter: string): number | undefined {
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter)
  const date = Date.parse(retryAfter)
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000))
}
