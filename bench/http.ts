// Asks the app over connections that stay open, as a browser does, and listens to its event streams.
// Refuses nothing: the caller looks at the status.
import { Agent, type ClientRequest, type OutgoingHttpHeaders, request } from 'node:http'

export type Answer = {
  readonly status: number
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined }
  readonly text: string
}
type Asked = { readonly method?: string; readonly headers?: OutgoingHttpHeaders; readonly body?: object }

const kept = new Agent({ keepAlive: true, maxSockets: 64 })

export type Ask = (url: string, asked?: Asked) => Promise<Answer>

export const ask: Ask = (url, asked) => asking(url, asked, kept)

/** By a connection of its own, as a browser that has just come. */
export const askAnew: Ask = (url, asked) => asking(url, asked, false)

function asking(
  url: string,
  { method = 'GET', headers = {}, body }: Asked = {},
  agent: Agent | false,
): Promise<Answer> {
  const text = body === undefined ? undefined : JSON.stringify(body)
  const sent =
    text === undefined
      ? headers
      : { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
  return new Promise((done, fail) => {
    const asking = request(url, { agent, method, headers: sent }, (response) => {
      let read = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        read += part
      })
      response.once('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, text: read }))
      response.once('error', fail)
    })
    asking.once('error', fail)
    asking.end(text)
  })
}

export const get = (url: string, headers: OutgoingHttpHeaders = {}): Promise<Answer> => ask(url, { headers })

export type Stream = { readonly close: () => void }

type Listening = {
  readonly headers: OutgoingHttpHeaders
  /** Each event's id: the visit's revision. */
  readonly onLook: (revision: number) => void
  readonly onEnd?: () => void
}

/** Settles once the stream is up; each stream has a connection of its own. */
export function listen(url: string, { headers, onLook, onEnd = () => undefined }: Listening): Promise<Stream> {
  return new Promise((done, fail) => {
    const asking: ClientRequest = request(url, { agent: false, headers }, (response) => {
      if (response.statusCode !== 200) return fail(new Error(`the stream answered ${response.statusCode}`))
      let rest = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        const events = (rest + part).split('\n\n')
        rest = events.pop() ?? ''
        for (const event of events) {
          const id = /^id: (\d+)$/m.exec(event)?.[1]
          if (id !== undefined) onLook(Number(id))
        }
      })
      response.once('close', onEnd)
      response.on('error', () => undefined) // cut with the app: `close` has said it
      done({ close: () => asking.destroy() })
    })
    asking.on('error', fail)
    asking.end()
  })
}
