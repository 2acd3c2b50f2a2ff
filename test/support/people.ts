// Owns the people of a test at their browsers: what they ask with the cookie of their sign-in, and what they are answered.
// Supertest's own agent would drop a Secure cookie over http.
import request from 'supertest'
import { z } from 'zod'
import { misfitOf } from './described.ts'

export type Answer = {
  /** Of the request. */
  readonly method: Method
  readonly status: number
  readonly code?: string
  readonly body: unknown
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
}

export type Method = 'get' | 'post' | 'put' | 'head'
export type Asking = {
  readonly method?: Method
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: object | string
}

/** Someone signed in: `home` is the path of their launch. */
export type Person = {
  readonly home: string
  readonly cookie: string
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(path: string, body?: object | string, headers?: Record<string, string>): Promise<Answer>
  put(path: string, body: object | string, headers?: Record<string, string>): Promise<Answer>
}

export function personAt(url: string, home: string, cookie: string): Person {
  const own = (headers: Record<string, string> = {}) => ({ Cookie: cookie, Origin: url, ...headers })
  return {
    home,
    cookie,
    get: (path, headers) => ask(url, `${home}${path}`, { headers: own(headers) }),
    post: (path, body = {}, headers) => ask(url, `${home}${path}`, { method: 'post', headers: own(headers), body }),
    put: (path, body, headers) => ask(url, `${home}${path}`, { method: 'put', headers: own(headers), body }),
  }
}

/** One request, redirects not followed. A body given as text is sent as it stands. Refuses (throws) an answer that is not as docs/openapi.json says. */
export async function ask(url: string, path: string, asking: Asking = {}): Promise<Answer> {
  const { method = 'get', headers = {}, body } = asking
  const sending = request(url)[method](path).set(headers).redirects(0)
  const { status, text = '', headers: got } = await (body === undefined ? sending : sending.send(body))
  const read = text !== '' && /json/.test(String(got['content-type'] ?? '')) ? (JSON.parse(text) as unknown) : undefined
  const misfit = misfitOf({ method, path, status, type: String(got['content-type'] ?? ''), body: read })
  if (misfit !== undefined) throw new Error(misfit)
  const code = codeOf(read)
  return { method, status, body: read, text, headers: got, ...(code === undefined ? {} : { code }) }
}

const Outcome = z.object({
  resourceType: z.literal('OperationOutcome'),
  issue: z.tuple([z.object({ details: z.object({ coding: z.tuple([z.object({ code: z.string() })]) }) })]),
})

/** Our code in an OperationOutcome; undefined for anything else. */
export function codeOf(body: unknown): string | undefined {
  const read = Outcome.safeParse(body)
  return read.success ? read.data.issue[0].details.coding[0].code : undefined
}

/** The cookies a reply sets, as the next request sends them; those it takes away are left out. */
export function cookiesOf(headers: { 'set-cookie'?: unknown }): string {
  const set = headers['set-cookie']
  const lines = Array.isArray(set) ? set : []
  return lines
    .map((c) => String(c).split(';')[0] ?? '')
    .filter((c) => !c.endsWith('='))
    .join('; ')
}
