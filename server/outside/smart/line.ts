// What openid-client asks of one EHR, its keys and its tokens, by our own door: led nowhere else, no longer than it may be, and read as it
// was meant. Refuses (`ehr-busy`) where the EHR asks to come back. Sends Basic a second time where the client was refused, and nothing else.
import type * as client from 'openid-client'
import { given } from '../../domain/given.ts'
import type { PublishedKey } from '../../domain/sign-in/id-token.ts'
import { type Answered, ask, jsonOf, textOf } from '../ask.ts'
import { notBusy } from '../busy.ts'
import { type Basic, refusesClient } from './basic.ts'
import { withoutEmpty } from './token-members.ts'

/** Of what it answers about itself, its keys and its tokens: what is longer is none of these. */
export const signInBytes = 256_000

type Line = {
  readonly send: client.CustomFetch
  /** The keys it last published. */
  keys(): readonly PublishedKey[]
}

type Options = {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** How long one question may take, both times together, in milliseconds. */
  readonly timeoutMs: number
  /** Where we prove ourselves by Basic. */
  readonly basic?: Basic
}

export function openLine({ now, timeoutMs, basic }: Options): Line {
  let published: readonly PublishedKey[] = []
  return {
    keys: () => published,
    async send(url, { headers, body }) {
      const form = body == null ? undefined : String(body) // the library sends forms alone
      const until = performance.now() + timeoutMs
      const once = async (authorization: string | undefined) => {
        const answered = await ask(url, {
          method: form === undefined ? 'GET' : 'POST',
          headers: { ...headers, ...given({ authorization }) },
          ...given({ body: form }),
          mostBytes: signInBytes,
          timeoutMs: Math.max(1, Math.ceil(until - performance.now())),
        })
        return notBusy(answered, now())
      }
      if (form !== undefined) return asResponse(await proven(basic, headers.authorization, once), withoutEmpty)
      return asResponse(await once(undefined), (said) => {
        const { keys } = readable(said)
        published = keys
        return { ...said, keys }
      })
    },
  }
}

/** Once, or twice where the first form of Basic was refused and there is another. */
async function proven(
  basic: Basic | undefined,
  sent: string | undefined,
  once: (authorization: string | undefined) => Promise<Answered>,
): Promise<Answered> {
  const answered = await once(sent)
  const other = sent !== undefined && refusesClient(answered) ? basic?.after(sent) : undefined
  if (other === undefined) return answered
  const again = await once(other)
  if (again.status === 200) basic?.taken(other)
  return again
}

/** An answer of 200 that is an object is read by `as`; any other is handed on as it came. */
function asResponse(answered: Answered, as: (said: object) => object): Response {
  const { status } = answered
  const headers = new Headers(answered.headers)
  headers.delete('www-authenticate') // the library would take the scheme for the answer, and read no error
  const bodiless = [101, 204, 205, 304].includes(status)
  const said = status === 200 ? objectIn(answered) : undefined
  const text = said === undefined ? textOf(answered) : JSON.stringify(as(said))
  return new Response(bodiless ? null : text, { status, headers })
}

function objectIn(answered: Answered): object | undefined {
  const said = jsonOf(answered)
  return typeof said === 'object' && said !== null && !Array.isArray(said) ? said : undefined
}

/** The library takes a list in which one thing is no key for no list at all. */
const readable = (said: object): { readonly keys: readonly PublishedKey[] } => {
  const keys: unknown = 'keys' in said ? said.keys : undefined
  return {
    keys: Array.isArray(keys)
      ? keys.flatMap((one) => (typeof one === 'object' && one !== null && !Array.isArray(one) ? withoutEmpty(one) : []))
      : [],
  }
}
