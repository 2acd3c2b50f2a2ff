// Reads a request's body as JSON.
// Refuses another media type, a compressed body, what is no JSON, and more than a note can hold.
import type { IncomingMessage } from 'node:http'
import { Refusal } from './domain/errors.ts'

// A note is at most four sections of 20,000 characters, each up to four bytes: no sentence is lost to this limit.
const mostBytes = 400 * 1024

// JSON is UTF-8 (RFC 8259, 8.1); a charset that says so is harmless.
const json = /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i

/** What was sent, `{}` when nothing was; refuses `media-type`, `too-large` and `bad-request`. */
export async function jsonBody(request: IncomingMessage): Promise<unknown> {
  const { headers } = request
  const length = Number(headers['content-length'] ?? 0)
  if (length === 0 && headers['transfer-encoding'] === undefined) return {}
  if (!json.test(headers['content-type'] ?? '') || headers['content-encoding'] !== undefined)
    throw new Refusal('media-type')
  if (length > mostBytes) throw new Refusal('too-large')
  const text = await textOf(request)
  if (text === '') return {}
  try {
    return JSON.parse(text) as unknown
  } catch {
    // Without its cause, which quotes what was sent.
    throw new Refusal('bad-request')
  }
}

function textOf(request: IncomingMessage): Promise<string> {
  return new Promise((done, fail) => {
    let parts: Buffer[] = []
    let bytes = 0
    request.on('data', (part: Buffer) => {
      bytes += part.length
      if (bytes <= mostBytes) return void parts.push(part)
      // The rest is read and dropped, so that the refusal reaches a sender who is still sending.
      parts = []
      fail(new Refusal('too-large'))
    })
    request.once('end', () => done(Buffer.concat(parts).toString('utf8')))
    // Sent in part and then cut off.
    request.once('close', () => {
      if (!request.complete) fail(new Refusal('bad-request'))
    })
    request.once('error', () => fail(new Refusal('bad-request')))
  })
}
