// A page whose device has a wrong clock counts by the server's, as its answers tell it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { aheadBy } from '../../client/base/server-time.ts'

const hour = 3_600_000
const date = (ms: number) => new Date(ms).toUTCString()
const at = Date.parse('2026-03-02T10:00:00Z')

describe('how far the server is ahead', () => {
  it('is learned of one answer, to a second', () => {
    const ahead = aheadBy(date(at), at - hour, at - hour + 100, 0)

    expect(Math.abs(ahead - hour)).toBeLessThan(1_000)
  })

  it('stays nothing on a device whose clock is right, whatever the second', () => {
    for (const ms of [0, 300, 999]) expect(aheadBy(date(at + ms), at + ms, at + ms + 40, 0)).toBe(0)
  })

  it('is not unlearned of an answer that was long on its way, nor of one that does not say', () => {
    expect(aheadBy(date(at), at - hour - 20_000, at - hour + 20_000, hour + 5_000)).toBe(hour + 5_000)
    expect(aheadBy(null, at, at, hour)).toBe(hour)
    expect(aheadBy('soon', at, at, hour)).toBe(hour)
  })

  it('follows a clock that is put right meanwhile', () => {
    expect(Math.abs(aheadBy(date(at), at, at + 50, hour))).toBeLessThan(1_000)
  })
})

describe('the page’s time', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: at - hour })
    vi.resetModules()
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
    // Whoever comes next must not find this clock.
    vi.resetModules()
  })

  it('is the server’s from its first answer on', async () => {
    vi.stubGlobal('fetch', async () => Response.json({}, { headers: { Date: date(at) } }))
    const [{ ask }, { now }] = await Promise.all([
      import('../../client/base/api.ts'),
      import('../../client/ui/clock.ts'),
    ])

    await ask('/me')
    expect(Math.abs(now.value - at)).toBeLessThan(1_000)

    await vi.advanceTimersByTimeAsync(60_000)
    expect(Math.abs(now.value - at - 60_000)).toBeLessThan(6_000)
  })
})
