// What a patient's page concludes before the call: why a camera does not open, whether a voice is heard, whose turn it is.
import { describe, expect, it } from 'vitest'
import { causeOf } from '../../client/door/devices.ts'
import { loudness } from '../../client/door/meter.tsx'
import { waitingWords } from '../../client/door/words.ts'

describe('a camera that does not open', () => {
  const open = { secure: true, framed: false }
  const framed = { secure: true, framed: true }

  it.each([
    ['NotAllowedError', open, 'denied'],
    ['NotAllowedError', { ...framed, allowed: false }, 'framed'],
    ['NotAllowedError', { ...framed, allowed: true }, 'denied'],
    ['NotAllowedError', framed, 'framed'],
    ['NotFoundError', open, 'missing'],
    ['OverconstrainedError', open, 'missing'],
    ['NotReadableError', framed, 'busy'],
    ['NotFoundError', { ...open, secure: false }, 'insecure'],
    ['Whatever', open, 'unknown'],
  ] as const)('%s %o is %s', (name, around, cause) => {
    expect(causeOf(name, around)).toBe(cause)
  })
})

it('a silent microphone is near nothing, a loud one near full', () => {
  expect(loudness(new Float32Array(64))).toBe(0)
  expect(loudness(new Float32Array(64).fill(0.5))).toBeGreaterThan(80)
})

it('the queue is said in words', () => {
  expect([0, 1, 2].map(waitingWords.turn)).toEqual([
    'You are next.',
    '1 person is before you.',
    '2 people are before you.',
  ])
})
