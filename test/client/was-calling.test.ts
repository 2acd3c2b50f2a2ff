// A page that is loaded again: in the call at once where it was there a moment ago, and only then.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { leaveCall, setCalling, setPageState, wasCalling } from '../../client/base/page-state.ts'

const second = 1_000
const then = 1_000 * second

beforeEach(() => {
  const history = { state: null as unknown, replaceState: (state: unknown) => Object.assign(history, { state }) }
  vi.stubGlobal('history', history)
  vi.useFakeTimers({ now: then })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a page that is loaded again', () => {
  test.each([
    ['in the same second', 0, true],
    ['a minute later', 60, true],
    ['a minute and a second later', 61, false],
    ['next morning', 12 * 3600, false],
  ])('was in the call, %s: %i s, is back in it: %s', (_words, laterS, is) => {
    setCalling()
    const loadedAt = then + laterS * second

    expect(wasCalling(loadedAt + second, loadedAt)).toBe(is)
  })

  test('was in the call while it has been open, however long', () => {
    setCalling()

    expect(wasCalling(then + 3600 * second, then - 3600 * second)).toBe(true)
  })

  test('asks where the call was left, where its person was taken out of it, and where it never was in one', () => {
    expect(wasCalling(then, then)).toBe(false)
    setCalling()
    setPageState({ callingAt: 0 })
    expect(wasCalling(then, then)).toBe(false)
    setCalling()
    leaveCall()
    expect(wasCalling(then, then)).toBe(false)
  })

  test('asks where the clock was put back meanwhile', () => {
    setCalling()

    expect(wasCalling(then - 3600 * second, then - 3601 * second)).toBe(false)
  })
})
