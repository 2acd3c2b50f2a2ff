// What the clinic's own command asks the running app, over a socket in the folder of data: whoever may open that folder may ask, and
// nobody over the network. Refuses every other question, and what is not as it should be.
import { chmod, mkdir, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { dirname } from 'node:path'
import type { House } from '../house/house.ts'
import { controlSocket } from '../settings/control-socket.ts'
import { endSignIns, listSignIns } from '../steps/sign-ins.ts'
import { AgainTo, EndSignIns } from '../wire/control.ts'

const mostBytes = 4_096

/** Answers how to close it. The store is locked by then, so a socket that lies there is a dead app's. */
export async function openControl(house: House): Promise<() => Promise<void>> {
  const path = controlSocket(house.config.data)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await chmod(dirname(path), 0o700)
  await rm(path, { force: true })
  const server = createServer((request, response) => {
    answer(house, request, response).catch((cause: unknown) => {
      house.log.error('fault', {}, cause)
      if (!response.headersSent) reply(response, 500, { error: 'fault' })
    })
  })
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(path, done)
  })
  return () =>
    new Promise((done) => {
      server.close(() => done())
      server.closeAllConnections()
    })
}

async function answer(house: House, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://app')
  if (pathname === '/hooks') return answerOfWebhooks(house, request, response)
  if (pathname !== '/sign-ins') return reply(response, 404, { error: 'not-found' })
  if (request.method === 'GET')
    return reply(response, 200, await listSignIns(house, searchParams.get('organisation') ?? undefined))
  const which = request.method === 'POST' ? EndSignIns.safeParse(await bodyOf(request)) : undefined
  if (!which?.success) return reply(response, 400, { error: 'bad-request' })
  reply(response, 200, await endSignIns(house, which.data))
}

async function answerOfWebhooks(
  { webhooks, notices }: House,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'GET')
    return reply(response, 200, { webhooks: await webhooks.standing(), notices: await notices.standing() })
  const which = request.method === 'POST' ? AgainTo.safeParse(await bodyOf(request)) : undefined
  if (!which?.success) return reply(response, 400, { error: 'bad-request' })
  const { organisation } = which.data
  const [events, told] = [await webhooks.again(organisation), await notices.again(organisation)]
  const isNone = events === undefined && told === undefined
  reply(response, 200, isNone ? {} : { due: (events ?? 0) + (told ?? 0) })
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

/** Undefined for what is no JSON, or too much. */
async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const part of request.setEncoding('utf8')) {
    text += String(part)
    if (text.length > mostBytes) return undefined
  }
  try {
    return JSON.parse(text)
  } catch {
    return undefined // whoever sent it is told that it is no request
  }
}
