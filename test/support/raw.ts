// Owns requests as no library would send them: bytes on a socket, and any method, address and header over HTTP.
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { given } from '../../server/domain/given.ts'

/** The status of the answer to these bytes; undefined where the server hangs up without one. Half a request is followed by the line's end. */
export function sendBytes(url: string, bytes: string): Promise<number | undefined> {
  return new Promise((done) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    let answer = ''
    const over = () => {
      socket.destroy()
      done(statusIn(answer))
    }
    socket.on('data', (part) => {
      answer += part.toString('latin1')
      if (answer.includes('\r\n\r\n')) over()
    })
    socket.on('error', over).on('close', over)
    socket.end(bytes, 'latin1')
  })
}

const statusIn = (answer: string) => {
  const digits = /^HTTP\/1\.\d (\d{3}) /.exec(answer)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

type Sent = {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 })

/** The status and the headers of an answer; its body is not waited for, since a stream's never ends. */
export function statusOf(url: string, { body, ...sent }: Sent): Promise<{ status: number; allow: string | undefined }> {
  const { hostname, port } = new URL(url)
  return new Promise((done, fail) => {
    const asking = request({ agent, hostname, port, ...sent }, (response) => {
      done({ status: response.statusCode ?? 0, allow: response.headers.allow })
      if (String(response.headers['content-type']).startsWith('text/event-stream')) response.destroy()
      else response.resume()
    })
    // A server may end a kept connection at any time, also while the next request is on its way (RFC 9112, 9.3.1): what is sent again is new.
    asking.on('error', (cause) =>
      asking.reusedSocket ? done(statusOf(url, { ...sent, ...given({ body }) })) : fail(cause),
    )
    asking.end(body)
  })
}
