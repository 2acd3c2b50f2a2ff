// A double tap whose second half falls on another button.
import { expect, it } from 'vitest'
import { isSecondTap } from '../../client/ui/second-tap.ts'

const first = { clientX: 100, clientY: 300, timeStamp: 1_000, detail: 1 }

it.each([
  ['a quarter of a second later, at the same spot', { timeStamp: 1_250 }, true],
  ['a little beside it', { timeStamp: 1_250, clientX: 110, clientY: 310 }, true],
  ['as the second of two', { timeStamp: 1_250, detail: 2 }, true],
  ['later', { timeStamp: 1_500 }, false],
  ['elsewhere', { timeStamp: 1_250, clientY: 330 }, false],
  ['by a key', { timeStamp: 1_250, detail: 0 }, false],
])('%s: %o is its second half: %s', (_, change, is) => {
  expect(isSecondTap(first, { ...first, ...change })).toBe(is)
})

it('the first press of all is nobody’s second half', () => {
  expect(isSecondTap(undefined, first)).toBe(false)
})
