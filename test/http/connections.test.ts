// What a connection may do and for how long: a request arrives whole in its time or not at all, streams last, and where there are too
// many connections those of whoever has most give way, never one that is being answered.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, type Socket } from 'node:net'
import express, { type Response } from 'express'
import { afterEach, describe, expect, test } from 'vitest'
import { openServer } from '../../server/http/connections.ts'
import { know } from '../../server/http/guards.ts'
import { fewestHandles, mostFiles, sharedOut } from '../../server/outside/handles.ts'
import { eventually } from '../support/eventually.ts'

type Served = { readonly port: number; readonly warned: string[]; readonly working: Response[]; close(): void }
const all: { close(): void }[] = []
afterEach(() => {
  for (const one of all.splice(0)) one.close()
})

/** An app that answers at once, never, by a stream, or once a body is there; who asks is whom the path names. */
async function served({ most = 1_000, arriveMs = 30_000 } = {}): Promise<Served> {
  const app = express()
  const working: Response[] = []
  app.use('/:who', (request, _response, next) => {
    const launch = { iss: 'https://ehr.example/fhir' }
    const organisation = { id: 'clinic', issuers: [launch] }
    const caller = { organisation, launch, person: { who: request.params.who } }
    know(request, { caller } as never) // sound: what is asked of it here is who it is
    next()
  })
  app.get('/:who/now', (_request, response) => void response.end('done'))
  app.get('/:who/work', (_request, response) => void working.push(response))
  app.get('/:who/stream', (_request, response) => void response.write('a beat'))
  app.post('/:who/note', express.text(), (_request, response) => void response.end('kept'))
  const warned: string[] = []
  const log = { warn: (event: string) => void warned.push(event), info: () => undefined, error: () => undefined }
  const server = openServer(app, { most, arriveMs, log })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // sound: it listens on a port
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  const one = { port, warned, working, close }
  all.push(one)
  return one
}

/** A connection over which `said` was sent. */
async function said(
  { port }: Served,
  text: string,
): Promise<{ socket: Socket; heard: () => string; ended: () => boolean }> {
  const socket = connect({ host: '127.0.0.1', port })
  all.push({ close: () => socket.destroy() })
  let [heard, ended] = ['', false]
  socket.setEncoding('utf8').on('data', (part: string) => {
    heard += part
  })
  socket.on('error', () => undefined)
  socket.once('close', () => {
    ended = true
  })
  await once(socket, 'connect')
  socket.write(text)
  return { socket, heard: () => heard, ended: () => ended }
}
const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`
const post = (path: string, length: number, body: string) =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: ${length}\r\n\r\n${body}`

describe('a request', () => {
  test('that is sent by half ends in its time, whether its head or its body is missing, and so does a connection that says nothing', async () => {
    const server = await served({ arriveMs: 600 })
    const halves = await Promise.all(
      ['', 'GET /a/now HT', post('/a/note', 9, 'half')].map((text) => said(server, text)),
    )

    await eventually(() => expect(halves.map(({ ended }) => ended())).toEqual([true, true, true]))
    expect(halves.map(({ heard }) => heard().slice(0, 12))).toEqual(Array(3).fill('HTTP/1.1 408'))
  })

  test('that is answered for longer, and a stream, are not cut', async () => {
    const server = await served({ arriveMs: 300 })
    const [stream, work] = await Promise.all([said(server, get('/a/stream')), said(server, get('/a/work'))])
    const half = await said(server, 'GET /a/now HT')
    await eventually(() => expect(half.ended()).toBe(true))
    const another = await said(server, 'GET /a/now HT')
    await eventually(() => expect(another.ended()).toBe(true))

    server.working[0]?.end('worked')

    await eventually(() => expect(work.heard()).toContain('worked'))
    expect([stream.ended(), stream.heard().includes('a beat')]).toEqual([false, true])
  })
})

describe('where there are as many connections as there may be', () => {
  const asks = async (server: Served, path: string) => (await said(server, get(path))).heard
  const open = (many: readonly { ended: () => boolean }[]) => many.filter(({ ended }) => !ended()).length

  test('somebody new gets in, and whoever has most has fewer', async () => {
    const server = await served({ most: 40 })
    const calm = await Promise.all(['/ada/stream', '/grace/stream', '/ada/work'].map((path) => said(server, get(path))))
    const greedy: Awaited<ReturnType<typeof said>>[] = []
    for (let n = 0; n < 60; n++) greedy.push(await said(server, get('/greedy/stream')))
    await eventually(() => expect(server.warned).toEqual(['connections-full']))

    for (let n = 0; n < 20; n++) {
      const heard = await asks(server, `/new-${n}/now`)
      await eventually(() => expect(heard()).toContain('done'))
    }

    expect(open(calm)).toBe(3)
    expect(open(greedy)).toBeLessThan(38)
  })

  test.each<[what: string, text: string]>([
    ['say nothing', ''],
    ['ask by half', 'GET /greedy/now HT'],
    ['send by half', post('/greedy/note', 9, 'half')],
    ['have asked', get('/greedy/now')],
  ])('those that %s give way to who comes', async (_, text) => {
    const server = await served({ most: 40 })
    const calm = await said(server, get('/ada/stream'))
    await eventually(() => expect(calm.heard()).toContain('a beat'))
    const greedy: Awaited<ReturnType<typeof said>>[] = []
    for (let n = 0; n < 60; n++) greedy.push(await said(server, text))

    const note = await said(server, post('/ada/note', 5, 'whole'))

    await eventually(() => expect(note.heard()).toContain('kept'))
    expect([calm.ended(), open(greedy) < 40]).toEqual([false, true])
  })

  test('none is cut that is being answered: who comes is turned away, and comes back', async () => {
    const server = await served({ most: 10 })
    const work: Awaited<ReturnType<typeof said>>[] = []
    for (let n = 0; n < 10; n++) work.push(await said(server, get('/greedy/work')))
    await eventually(() => expect(server.working).toHaveLength(10))

    const early = await said(server, get('/ada/now'))
    await eventually(() => expect(early.ended()).toBe(true))
    server.working[0]?.end('worked')
    await eventually(() => expect(work[0]?.heard()).toContain('worked'))
    const heard = await asks(server, '/ada/now')

    await eventually(() => expect(heard()).toContain('done'))
    expect(open(work.slice(1))).toBe(9)
  })
})

describe('file handles', () => {
  test.each([200, 1_024, 20_000, 1_048_576, Number.POSITIVE_INFINITY])(
    'of %d leave what notes, the trail and EHRs need, and streams leave room for who comes',
    (allowed) => {
      const { connections, streams, questions } = sharedOut(allowed)

      expect(connections + questions + mostFiles).toBeLessThanOrEqual(allowed - 30)
      expect(connections).toBeGreaterThanOrEqual(60)
      expect(connections - streams).toBeGreaterThanOrEqual(15)
      expect([connections, streams].every((n) => Number.isInteger(n) && n <= 25_000)).toBe(true)
    },
  )

  test('that are too few for that are refused at the start', () => {
    expect(fewestHandles).toBe(200)
  })
})
