// The ring for whoever is let in: again and again until somebody is at the device, and not for ever.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

let page: EventTarget
let trembled: unknown[]
let active: unknown
class Frame {}

beforeEach(() => {
  vi.useFakeTimers()
  page = new EventTarget()
  trembled = []
  active = undefined
  vi.stubGlobal('window', page)
  vi.stubGlobal('navigator', { vibrate: (how: unknown) => trembled.push(how) })
  vi.stubGlobal('HTMLIFrameElement', Frame)
  vi.stubGlobal('document', {
    get activeElement() {
      return active
    },
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const { ring } = await import('../../client/ui/ring.ts')
const times = () => trembled.filter(Array.isArray).length

test('goes on until the device is touched', () => {
  ring()
  expect(times()).toBe(1)
  vi.advanceTimersByTime(20_000)
  expect(times()).toBe(6)

  page.dispatchEvent(new Event('pointerdown'))
  vi.advanceTimersByTime(60_000)

  expect(times()).toBe(6)
  expect(trembled.at(-1)).toBe(0)
})

test('stops for who goes into the frame of the call, but not for who looks at another window', () => {
  ring()
  page.dispatchEvent(new Event('blur'))
  vi.advanceTimersByTime(4_000)
  expect(times()).toBe(2)

  active = new Frame()
  page.dispatchEvent(new Event('blur'))
  vi.advanceTimersByTime(60_000)

  expect(times()).toBe(2)
})

test('stops by itself after two minutes, and when the visit is over', () => {
  ring()
  vi.advanceTimersByTime(600_000)
  expect(times()).toBeLessThanOrEqual(31)

  const before = times()
  ring()()
  vi.advanceTimersByTime(60_000)
  expect(times()).toBe(before + 1)
})

test('goes on without a sound and without a trembling where the browser has neither', () => {
  vi.stubGlobal('navigator', {})

  expect(() => {
    ring()
    vi.advanceTimersByTime(10_000)
  }).not.toThrow()
})
