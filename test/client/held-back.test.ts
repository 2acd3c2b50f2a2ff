// A page whose event stream is held back by a proxy on its way notices it within twenty seconds, and asks every two seconds until something comes.
import { once } from 'node:events'
import { createServer, get, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watch } from '../../client/base/live.ts'
import { reopening } from '../../client/base/stream.ts'
import { eventStream, type Live, openLive } from '../../server/outside/live.ts'
import { type BufferingProxy, bufferingProxy } from '../support/buffering-proxy.ts'

/** A browser's side of an event stream, over a real connection. */
class OverHttp extends EventTarget {
  static readonly CLOSED = 2
  static readonly OPEN = 1
  static readonly all: OverHttp[] = []
  readyState = 0
  onopen: (() => void) | undefined
  onerror: (() => void) | undefined
  readonly #request
  constructor(url: string) {
    super()
    OverHttp.all.push(this)
    this.#request = get(url, (response) => this.#read(response))
    this.#request.on('error', () => this.onerror?.())
  }
  #read(response: IncomingMessage) {
    if (this.readyState === OverHttp.CLOSED) return
    this.readyState = OverHttp.OPEN
    this.onopen?.()
    let wire = ''
    response.setEncoding('utf8').on('error', () => undefined)
    response.on('data', (text: string) => {
      wire += text
      const whole = wire.split('\n\n')
      wire = whole.pop() ?? ''
      for (const one of whole) {
        const event = /^event: (\w+)$/m.exec(one)?.[1]
        if (event === undefined) continue
        const lastEventId = /^id: (\d+)$/m.exec(one)?.[1] ?? ''
        this.dispatchEvent(Object.assign(new Event(event), { lastEventId }))
      }
    })
  }
  close() {
    this.readyState = OverHttp.CLOSED
    this.#request.destroy()
  }
}

let live: Live
let server: Server
let proxy: BufferingProxy | undefined
const app = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}` // sound: it listens on a port

beforeEach(async () => {
  // The page's own clock alone: connections, and our server's heartbeat, go by the real one.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.stubGlobal('EventSource', OverHttp)
  OverHttp.all.length = 0
  live = openLive({ heartbeatMs: 20 })
  server = createServer((request, response) => {
    void eventStream({ live, request, response, topics: ['visit-1'], current: async () => 5, lastEventId: '5' })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(async () => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  for (const one of OverHttp.all) one.close()
  live.close()
  await proxy?.close()
  proxy = undefined
  server.closeAllConnections()
  server.close()
})

const realTimeout = setTimeout
/** Real time passes until it is so: the page's clock stands meanwhile. */
async function until(isSo: () => boolean): Promise<void> {
  const started = Date.now()
  while (!isSo()) {
    if (Date.now() - started > 60_000) throw new Error(`it never became so: ${isSo}`)
    await new Promise((done) => realTimeout(done, 5))
  }
}

test('a stream that brings a heartbeat is believed for as long as it does', async () => {
  let beats = 0
  const stream = reopening(
    app(),
    () => undefined,
    () => undefined,
  )
  stream.open()
  OverHttp.all[0]?.addEventListener('beat', () => beats++)

  for (let round = 1; round <= 3; round++) {
    const before = beats
    await until(() => beats > before)
    await vi.advanceTimersByTimeAsync(15_000)
  }

  expect([stream.up(), stream.isSilent(), OverHttp.all.length]).toEqual([true, false, 1])
  stream.close()
})

test.each(['body', 'all'] as const)(
  'one whose %s a proxy keeps is noticed after twenty seconds, opened anew, and believed again once something comes',
  async (keeps) => {
    proxy = await bufferingProxy(app(), keeps)
    const through = proxy
    let changes = 0
    const stream = reopening(
      through.url,
      () => undefined,
      () => void changes++,
    )
    stream.open()
    await until(() => through.streams() === 1)
    if (keeps === 'body') await until(stream.up)

    await vi.advanceTimersByTimeAsync(19_999)
    expect(stream.isSilent()).toBe(false)
    const before = changes
    await vi.advanceTimersByTimeAsync(1)
    expect(stream.isSilent()).toBe(true)
    expect(changes).toBe(before + 1)
    await until(() => through.streams() === 2)

    through.passOn()
    await vi.advanceTimersByTimeAsync(60_000)
    await until(() => !stream.isSilent())
    stream.close()
  },
)

test('a page behind such a proxy asks every two seconds from then on, and no more once something comes', async () => {
  proxy = await bufferingProxy(app(), 'body')
  const through = proxy
  let looks = 0
  const nothing = () => undefined
  vi.stubGlobal('document', { visibilityState: 'visible', addEventListener: nothing, removeEventListener: nothing })
  vi.stubGlobal('window', { addEventListener: nothing, removeEventListener: nothing })
  vi.stubGlobal('fetch', async () => {
    looks += 1
    return Response.json({ revision: 5 })
  })
  const during = async (ms: number) => {
    const before = looks
    await vi.advanceTimersByTimeAsync(ms)
    return looks - before
  }
  const watched = watch<{ revision: number }>({ path: '/view', events: through.url, revisionOf: (v) => v.revision })
  await until(() => OverHttp.all[0]?.readyState === OverHttp.OPEN && watched.seen.value.at === 'shown')

  expect(await during(19_999)).toBe(0)
  // At once when it is noticed, and then again and again.
  expect(await during(1)).toBe(1)
  expect(await during(10_000)).toBe(5)

  through.passOn()
  await during(50_000)
  let beats = 0
  OverHttp.all.at(-1)?.addEventListener('beat', () => beats++)
  await until(() => beats > 0)
  expect(await during(15_000)).toBe(0)
  watched.stop()
})
