// Asks a host whose address others may choose: its name is looked up once, every address that it has is looked at, and one of these is connected to,
// so that no later answer of a name server leads elsewhere. Refuses (`InsideAddress`) a name of which any address is not `open`; heeds no proxy.
import { type LookupAddress, lookup as lookUp } from 'node:dns'
import { type IncomingMessage, request as plainly } from 'node:http'
import { request as secretly } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { addressIn } from '../settings/addresses.ts'

/** Which addresses may be connected to, and who looks a name up; the machine's own resolver unless told. */
export type Reach = { readonly open: (address: string) => boolean; readonly lookUp?: NameLookUp }
export type NameLookUp = (
  name: string,
  done: (cause: Error | null, addresses: readonly LookupAddress[]) => void,
) => void

/** Nothing was sent. Says no address: it may stand in a log. */
export class InsideAddress extends Error {
  override readonly name = 'InsideAddress'
  readonly code = 'INSIDE'
  constructor() {
    super('an address within a network')
  }
}

type Going = {
  readonly method: string
  readonly headers: Headers
  readonly body: string | undefined
  readonly signal: AbortSignal
}

/** Its head as soon as it comes; whoever does not read the body to its end ends the connection by leaving off. */
export function fetchPinned(
  url: URL,
  { headers, body, ...going }: Going,
  reach: Reach,
): Promise<{ status: number; headers: Headers; body: AsyncIterable<Uint8Array> }> {
  return new Promise((done, fail) => {
    const literal = addressIn(url)
    if (literal !== undefined && !reach.open(literal)) return fail(new InsideAddress())
    const question = (url.protocol === 'https:' ? secretly : plainly)(url, {
      ...going,
      headers: Object.fromEntries(headers),
      // A connection of its own: none that was made when the name meant another address.
      agent: false,
      lookup: lookupWithin(reach),
    })
    question.once('response', (answer) =>
      done({ status: answer.statusCode ?? 0, headers: headersOf(answer), body: answer }),
    )
    question.once('error', fail)
    question.end(body)
  })
}

function lookupWithin({ open, lookUp: ask = byMachine }: Reach): LookupFunction {
  return (name, { all }, done) =>
    ask(name, (cause, addresses) => {
      const [first] = addresses
      if (cause !== null || first === undefined) return done(cause ?? unknown(), [])
      if (!addresses.every(({ address }) => open(address))) return done(new InsideAddress(), [])
      if (all === true) return done(null, [...addresses])
      done(null, first.address, first.family)
    })
}

/** One address that a name, or an address, has: looked up once, and every one that it has is looked at. */
export const pinnedAddress = (host: string, reach: Reach): Promise<string> =>
  new Promise((done, fail) => {
    if (isIP(host) > 0) return reach.open(host) ? done(host) : fail(new InsideAddress())
    lookupWithin(reach)(host, {}, (cause, address) =>
      cause === null && typeof address === 'string' ? done(address) : fail(cause ?? unknown()),
    )
  })

const byMachine: NameLookUp = (name, done) =>
  lookUp(name, { all: true }, (cause, addresses) => done(cause, cause === null ? addresses : []))

const unknown = () => Object.assign(new Error('a name without an address'), { code: 'ENOTFOUND' })

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers()
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    try {
      headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '')
    } catch {
      // A header with signs that none has is none.
    }
  }
  return headers
}
