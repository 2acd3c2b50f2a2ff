// Who watches a visit hears that it changed, at once and after a gap; who has stopped reading is let go.

import { once } from 'node:events'
import { createServer, get, type IncomingMessage, type Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { eventStream, type Listener, type Live, openLive } from '../../server/outside/live.ts'
import { eventually } from '../support/eventually.ts'

describe('the hub', () => {
  test('tells each watcher of a topic, once for each time it watches, and nobody else', () => {
    const live = openLive()
    const heard: string[] = []
    const ada: Listener = (revision) => heard.push(`ada ${revision}`)
    live.subscribe('visit-1', ada)
    live.subscribe('visit-1', ada)
    live.subscribe('visit-2', (revision) => heard.push(`grace ${revision}`))

    live.publish('visit-1', 7)
    live.publish('visit-3', 8)

    expect(heard).toEqual(['ada 7', 'ada 7'])
    live.close()
  })

  test('counts its watchers, and forgets who stopped', () => {
    const live = openLive()
    const stops = [live.subscribe('visit-1', () => undefined), live.subscribe('visit-1', () => undefined)]

    const before = live.watchers('visit-1')
    stops[0]?.()
    stops[0]?.()

    expect([before, live.watchers('visit-1'), live.watchers('visit-2')]).toEqual([2, 1, 0])
    live.close()
    expect(live.watchers('visit-1')).toBe(0)
  })

  test('lets a watcher stop while it is being told', () => {
    const live = openLive()
    const heard: Parameters<Listener>[0][] = []
    const stop = live.subscribe('visit-1', () => stop())
    live.subscribe('visit-1', (revision) => heard.push(revision))

    live.publish('visit-1', 1)
    live.publish('visit-1', 2)

    expect(heard).toEqual([1, 2])
    live.close()
  })
})

describe('an event stream', () => {
  let live: Live
  let server: Server
  let revision: () => Promise<number>
  const faults: unknown[] = []

  beforeEach(async () => {
    live = openLive()
    revision = async () => 5
    faults.length = 0
    server = createServer((request, response) => {
      eventStream({ live, request, response, topics: ['visit-1'], current: () => revision() }).catch((fault) =>
        faults.push(fault),
      )
    })
    server.listen(0)
    await once(server, 'listening')
  })
  afterEach(() => {
    live.close()
    server.closeAllConnections()
    server.close()
  })

  /** A browser's side: what was heard so far, and a wait for the next piece of it. */
  async function watching(headers: Record<string, string> = {}) {
    const request = get({ port: (server.address() as AddressInfo).port, headers })
    request.on('error', () => undefined)
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    const ended = new Promise((done) => response.once('close', done))
    let heard = ''
    response.setEncoding('utf8')
    response.on('error', () => undefined)
    response.on('data', (text: string) => {
      heard += text
    })
    const hears = (text: string) => eventually(() => expect(heard).toContain(text))
    return { response, request, hears, heard: () => heard, ended }
  }

  const look = (of: number) => `id: ${of}\nevent: look\ndata: look\n\n`

  test('is one that nothing on its way keeps or holds back', async () => {
    const { response, hears } = await watching()

    await hears('retry: 2000\n\n')

    expect(response.statusCode).toBe(200)
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    })
  })

  test('says look at once, and at each change', async () => {
    const { hears, heard } = await watching()
    await hears(look(5))

    live.publish('visit-1', 6)
    live.publish('visit-2', 60)
    live.publish('visit-1', 7)

    await hears(look(7))
    expect(heard()).toBe(`retry: 2000\n\n${look(5)}${look(6)}${look(7)}`)
  })

  test('says nothing to who comes back and has missed nothing', async () => {
    const { hears, heard } = await watching({ 'last-event-id': '5' })
    await hears('retry')

    live.publish('visit-1', 6)

    await hears(look(6))
    expect(heard()).not.toContain(look(5))
  })

  test.each(['4', '6', '5x', ''])('says look to who comes back with %j', async (seen) => {
    const { hears } = await watching({ 'last-event-id': seen })

    await hears(look(5))
  })

  test('misses no change that happens while the revision is being read', async () => {
    revision = async () => {
      live.publish('visit-1', 6)
      return 5
    }
    const { hears, heard } = await watching({ 'last-event-id': '5' })

    await hears(look(6))

    expect(heard()).not.toContain(look(5))
  })

  test('says the same change once', async () => {
    const { hears, heard } = await watching()
    await hears(look(5))

    for (const each of [6, 6, 5, 7]) live.publish('visit-1', each)

    await hears(look(7))
    expect(heard()).toBe(`retry: 2000\n\n${look(5)}${look(6)}${look(7)}`)
  })

  test('is let go when the browser leaves', async () => {
    const { request, hears } = await watching()
    await hears(look(5))

    request.destroy()

    await eventually(() => expect(live.watchers('visit-1')).toBe(0))
  })

  test('ends with the hub, also one that comes later', async () => {
    const { hears, ended } = await watching()
    await hears(look(5))

    live.close()
    const late = await watching()

    await Promise.all([ended, late.ended])
    expect(live.watchers('visit-1')).toBe(0)
  })

  test('is cut off when its revision cannot be read, and the fault is thrown on', async () => {
    const fault = new Error('no store')
    revision = () => Promise.reject(fault)

    const { ended } = await watching()

    await ended
    expect(faults).toEqual([fault])
    expect(live.watchers('visit-1')).toBe(0)
  })

  test('reaches a thousand browsers with one publication', async () => {
    const all = await Promise.all(Array.from({ length: 1_000 }, () => watching()))
    await Promise.all(all.map(({ hears }) => hears(look(5))))

    live.publish('visit-1', 6)

    await Promise.all(all.map(({ hears }) => hears(look(6))))
    expect(live.watchers('visit-1')).toBe(1_000)
  })
})

describe('streams nobody has anything to say to', () => {
  /** A response whose reader takes what fits into `room` bytes and then nothing. */
  function reader(room: number) {
    const request = { headers: {} } as IncomingMessage
    const response = new ServerResponse(request)
    const got: string[] = []
    let left = room
    response.assignSocket({
      on() {},
      once() {},
      setKeepAlive() {},
      writable: true,
      _httpMessage: null,
    } as unknown as Socket)
    response.write = ((text: string) => {
      got.push(text)
      left -= text.length
      return left > 0
    }) as typeof response.write
    response.end = (() => response) as typeof response.end
    response.destroy = (() => {
      response.emit('close')
      return response
    }) as typeof response.destroy
    return { request, response, got }
  }

  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('are kept alive by one timer for them all', async () => {
    const live = openLive({ heartbeatMs: 1_000 })
    const readers = Array.from({ length: 600 }, () => reader(10_000))
    for (const each of readers) await eventStream({ live, ...each, topics: ['visit-1'], current: async () => 1 })

    const timers = vi.getTimerCount()
    await vi.advanceTimersByTimeAsync(2_500)

    expect(timers).toBe(1)
    for (const { got } of readers) expect(got.filter((text) => text === 'event: beat\ndata: beat\n\n')).toHaveLength(2)
    live.close()
  })

  test('are let go when their reader has stopped reading', async () => {
    const live = openLive({ heartbeatMs: 1_000 })
    const stuck = reader(60)
    await eventStream({ live, ...stuck, topics: ['visit-1'], current: async () => 1 })

    const before = live.watchers('visit-1')
    live.publish('visit-1', 2)
    const after = live.watchers('visit-1')
    await vi.advanceTimersByTimeAsync(5_000)

    expect([before, after]).toEqual([1, 0])
    expect(stuck.got).not.toContain('event: beat\ndata: beat\n\n')
    live.close()
  })
})
