// A window whose event stream gave way to a newer one does not fight for it: it asks now and then, until somebody looks at it again.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { reopening } from '../../client/base/stream.ts'

/** A browser's side of event streams, over a server that lets four be open and tells the oldest to stay away. */
class Source extends EventTarget {
  static readonly CLOSED = 2
  static readonly OPEN = 1
  static readonly opened: Source[] = []
  readyState = 0
  onopen: (() => void) | undefined
  onerror: (() => void) | undefined
  constructor() {
    super()
    Source.opened.push(this)
    queueMicrotask(() => this.connect())
  }
  connect() {
    if (this.readyState === Source.CLOSED) return
    this.readyState = Source.OPEN
    this.onopen?.()
    setInterval(() => this.readyState === Source.OPEN && this.dispatchEvent(new Event('beat')), 10_000)
    const open = Source.opened.filter((s) => s.readyState === Source.OPEN)
    if (open.length > 4) open[0]?.drivenOut()
  }
  drivenOut() {
    this.dispatchEvent(new Event('away'))
    // The server ends the stream: a browser that did not close it comes back by itself.
    if (this.readyState === Source.CLOSED) return
    this.readyState = 0
    this.onerror?.()
    Source.opened.push(Source.opened.splice(Source.opened.indexOf(this), 1)[0] as Source) // sound: it is in the list
    setTimeout(() => this.connect(), 2_000)
  }
  close() {
    this.readyState = Source.CLOSED
  }
}

describe('six windows of one sign-in, where four may have a stream', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('EventSource', Source)
    Source.opened.length = 0
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  const six = () =>
    Array.from({ length: 6 }, () =>
      reopening(
        '/events',
        () => undefined,
        () => undefined,
      ),
    )
  const up = (windows: ReturnType<typeof six>) => windows.map((window) => window.up())

  test('come to rest: the two oldest stay away however often they would open theirs, and six streams were opened in all', async () => {
    const windows = six()
    for (const window of windows) window.open()
    for (let minute = 0; minute < 10; minute++) {
      await vi.advanceTimersByTimeAsync(60_000)
      for (const window of windows) window.open()
    }

    expect(up(windows)).toEqual([false, false, true, true, true, true])
    expect(Source.opened).toHaveLength(6)
  })

  test('let one that somebody looks at again have its stream back, and the next oldest stays away', async () => {
    const windows = six()
    for (const window of windows) window.open()
    await vi.advanceTimersByTimeAsync(60_000)

    windows[0]?.takeBack()
    for (const window of windows) window.open()
    await vi.advanceTimersByTimeAsync(60_000)

    expect(up(windows)).toEqual([true, false, false, true, true, true])
  })
})
