// How far up or down the quality ladder a call stands on a weak line.
import { describe, expect, test } from 'vitest'
import { firstQuality, type Noticed, noticed, type Quality, thinness } from '../../client/call/quality-ladder.ts'

describe('on a weak line', () => {
  const after = (...signs: readonly Noticed[]): Quality => signs.reduce(noticed, firstQuality)
  const goodMinute: readonly Noticed[] = Array.from({ length: 12 }, () => 'good')

  test('one bad moment changes nothing, two in a row make the picture small, and no late answer of ours takes it away', () => {
    expect(after('slow').level).toBe('full')
    expect(after('slow', 'good', 'slow').level).toBe('full')
    expect(after('slow', 'slow').level).toBe('small')
    expect(after('slow', 'slow', 'slow', 'slow', 'slow', 'slow').level).toBe('small')
  })

  test('after a good minute a small picture grows again', () => {
    expect(after('slow', 'slow', ...goodMinute.slice(1)).level).toBe('small')
    expect(after('slow', 'slow', ...goodMinute).level).toBe('full')
  })

  test('a picture that the line took away comes back by itself after a good minute, at first small', () => {
    expect(after('thinnest', ...goodMinute.slice(1)).level).toBe('sound')
    expect(after('thinnest', ...goodMinute).level).toBe('small')
    expect(after('thinnest', ...goodMinute, ...goodMinute).level).toBe('full')
    expect(after('thinnest', ...goodMinute.slice(1), 'slow', 'good').level).toBe('sound')
  })

  test('whoever wants to do without it has none until they want it back', () => {
    const quiet = after('no-picture', ...goodMinute, ...goodMinute)

    expect(quiet.level).toBe('sound')
    expect(noticed(quiet, 'picture').level).toBe('small')
  })

  test('a call that had to be opened anew has a small picture, however often', () => {
    expect([after('reopened').level, after('reopened', 'reopened').level]).toEqual(['small', 'small'])
  })

  test('the browser’s own estimate is heard where it has one', () => {
    expect(['4g', '3g', '2g', 'slow-2g', undefined].map(thinness)).toEqual([
      undefined,
      'thin',
      'thinnest',
      'thinnest',
      undefined,
    ])
    expect([after('thin').level, after('thinnest').level]).toEqual(['small', 'sound'])
  })
})
