// Reads a request's body as JSON, or as a form, by express's own parsers, and what was sent by its schema.
// Refuses another media type, a compressed body, what is no JSON, more than a note can hold, and what its schema does not take.
import express, { type Request, type Response } from 'express'
import type { z } from 'zod'
import { Refusal } from '../domain/errors.ts'

// A note is at most four sections of 20,000 characters, each up to three bytes, and may come with the text it follows: no sentence is
// lost to this limit. What anybody may send is short.
const parsers = {
  note: express.json({ limit: 512 * 1024, inflate: false, strict: false }),
  short: express.json({ limit: 4 * 1024, inflate: false, strict: false }),
}

/** What was sent, `{}` when nothing was; refuses `media-type`, `too-large` (longer than `most`) and `bad-request`. */
export async function jsonBody(
  request: Request,
  response: Response,
  most: keyof typeof parsers = 'note',
): Promise<unknown> {
  const { headers } = request
  if (Number(headers['content-length'] ?? 0) === 0 && headers['transfer-encoding'] === undefined) return {}
  if (isPlain(request)) return readPlain(request)
  if (!request.is('application/json') || headers['content-encoding'] !== undefined) throw new Refusal('media-type')
  await parsed(parsers[most], request, response)
  // `null` was sent, and is not nothing.
  const sent: unknown = request.body
  return sent === undefined ? {} : sent
}

/** As our own pages send what is short: its length told, as it is, and by these very words. All that is sent otherwise is express's. */
const isPlain = ({ headers }: Request): boolean =>
  headers['content-type'] === 'application/json' &&
  Number(headers['content-length']) <= mostPlain &&
  headers['transfer-encoding'] === undefined &&
  headers['content-encoding'] === undefined

/** In bytes: no more than what anybody may send. */
const mostPlain = 4 * 1024
const utf8 = new TextDecoder()

/** What express's parser would make of it, without the dozen steps in which it finds out how: they cost a fifth of a room token. */
function readPlain(request: Request): Promise<unknown> {
  return new Promise((done, fail) => {
    const cutOff = () => fail(new Refusal('bad-request'))
    // Whoever has gone while we looked who it was sends no end and no error any more: waited for, they would be under way for ever.
    if (request.destroyed) return cutOff()
    const parts: Uint8Array[] = []
    request.on('data', (part: Uint8Array) => parts.push(part))
    request.once('error', cutOff)
    request.once('close', () => {
      if (!request.readableEnded) cutOff()
    })
    request.once('end', () => {
      try {
        done(JSON.parse(utf8.decode(parts.length === 1 ? parts[0] : Buffer.concat(parts))))
      } catch {
        // Without its cause, which quotes what was sent.
        fail(new Refusal('bad-request'))
      }
    })
  })
}

// What Jitsi's server asks is three short fields.
const parseForm = express.urlencoded({ limit: 8 * 1024, extended: false, inflate: false })

/** The fields of a form; refuses as `jsonBody` does. */
export async function formBody(request: Request, response: Response): Promise<unknown> {
  const compressed = request.headers['content-encoding'] !== undefined
  if (!request.is('application/x-www-form-urlencoded') || compressed) throw new Refusal('media-type')
  await parsed(parseForm, request, response)
  return request.body ?? {}
}

/** What was sent, as its schema reads it; refuses `bad-request`, and names the field. */
export function readSent<B>(schema: z.ZodType<B>, sent: unknown): B {
  const answer = schema.safeParse(sent)
  if (answer.success) return answer.data
  // The path alone: the value may be what somebody wrote about a patient.
  const field = answer.error.issues[0]?.path.map(String).join('.') ?? ''
  throw new Refusal('bad-request', field === '' ? {} : { detail: { field } })
}

const parsed = (parser: typeof parseForm, request: Request, response: Response) =>
  new Promise<void>((done, fail) => {
    parser(request, response, (cause?: unknown) => (cause === undefined ? done() : fail(refusalOf(cause))))
  })

/** Without its cause, which quotes what was sent. */
function refusalOf(cause: unknown): Refusal {
  const type = cause instanceof Error && 'type' in cause ? cause.type : undefined
  if (type === 'entity.too.large') return new Refusal('too-large')
  return new Refusal(type === 'charset.unsupported' || type === 'encoding.unsupported' ? 'media-type' : 'bad-request')
}
