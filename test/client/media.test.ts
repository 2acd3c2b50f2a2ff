// When a page says that neither picture nor sound comes through, and when it does not.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockedAt, blockedMs, type Media, type MediaSigns, mediaAfter } from '../../client/call/media.ts'

const alone: Media = { at: 'alone' }
const second = 1_000

/** Looks once a second, as the page does, at what is so in that second. */
function walk(seconds: readonly Omit<MediaSigns, 'now'>[], from: Media = alone) {
  let media = from
  return seconds.map((signs, n) => {
    media = mediaAfter(media, { ...signs, now: n * second })
    return media.at
  })
}
const nothing = { connected: false, company: true }
const through = { connected: true, company: true }
const nobody = { connected: false, company: false }
const times = <T>(n: number, what: T): T[] => Array.from({ length: n }, () => what)

describe('no picture and no sound', () => {
  test('is said after eight seconds in which somebody is there and nothing comes through, and not before', () => {
    expect(walk(times(10, nothing))).toEqual([...times(8, 'awaited'), 'blocked', 'blocked'])
  })

  test('goes by itself as soon as something comes through, or nobody is there any more', () => {
    expect(walk([...times(9, nothing), through]).at(-1)).toBe('flows')
    expect(walk([...times(9, nothing), nobody]).at(-1)).toBe('alone')
  })

  test('is never said while nobody else is there, nor of a line that carried it a moment ago', () => {
    expect(walk(times(60, nobody))).toEqual(times(60, 'alone'))
    expect(walk([through, ...times(8, nothing)])).toEqual(['flows', ...times(8, 'awaited')])
  })

  test('is not concluded from the time a device slept', () => {
    const waiting = mediaAfter(alone, { ...nothing, now: 0 })
    const woken = mediaAfter(waiting, { ...nothing, now: 600 * second })

    expect(woken).toEqual({ at: 'awaited', since: 600 * second })
    expect(mediaAfter(woken, { ...through, now: 601 * second })).toEqual({ at: 'flows' })
  })

  test('whatever comes and goes, it stands only at the end of eight such seconds, and stands then; what stays the same is the same object', () => {
    const signs = fc.constantFrom(nothing, nothing, nothing, through, nobody)
    fc.assert(
      fc.property(fc.array(fc.tuple(signs, fc.nat(12)), { maxLength: 40 }), (parts) => {
        const seconds = parts.flatMap(([what, n]) => times(n, what))
        const said = walk(seconds)
        let inRow = 0
        seconds.forEach((what, n) => {
          inRow = what === nothing ? inRow + 1 : 0
          expect(said[n] === 'blocked').toBe(inRow * second > blockedMs)
        })
      }),
    )
    const blocked: Media = { at: 'blocked' }
    expect(mediaAfter(blocked, { ...nothing, now: 99 })).toBe(blocked)
  })

  test('says on which side it is only where that is known: here all comes through, and the other page says that there nothing does', () => {
    expect(blockedAt({ at: 'flows' }, true)).toBe('theirs')
    expect(blockedAt({ at: 'blocked' }, true)).toBe('unknown')
    expect(blockedAt({ at: 'blocked' }, false)).toBe('unknown')
    expect(blockedAt({ at: 'awaited', since: 0 }, true)).toBe('unknown')
    expect([
      blockedAt({ at: 'flows' }, false),
      blockedAt(alone, true),
      blockedAt({ at: 'awaited', since: 0 }, false),
    ]).toEqual([undefined, undefined, undefined])
  })
})
