// How the plan of the house is looked at, on a small invented house: what points up, what goes round, what stands nowhere.
import { describe, expect, test } from 'vitest'
import { circlesOf, lookAt } from './support/floors.ts'
import { longFunctions } from './support/sources.ts'

const plan = [['house/cellar'], ['house/hall', 'house/kitchen'], ['house/roof.ts']]

const file = (path: string, ...to: readonly string[]) => ({
  path: `house/${path}`,
  text: 'one\ntwo\n',
  imports: to.map((name) => ({ from: `house/${path}`, to: name.includes(':') ? name : `house/${name}` })),
})

describe('a house', () => {
  test('whose imports all point down has nothing against it', () => {
    const files = [
      file('cellar/wine.ts', 'cellar/rack.ts', 'node:fs'),
      file('cellar/rack.ts'),
      file('hall/door.ts', 'cellar/wine.ts', 'kitchen/stove.ts'),
      file('kitchen/stove.ts', 'cellar/rack.ts'),
      file('roof.ts', 'hall/door.ts', 'cellar/rack.ts'),
    ]

    expect(lookAt(plan, files)).toEqual({
      ...{ floors: 3, folders: 4, files: 5, lines: 10 },
      ...{ empty: [], loose: [], up: [], circles: [], pairs: [] },
    })
  })

  test('names the import that points up, and only that one', () => {
    const files = [
      file('cellar/wine.ts', 'hall/door.ts'),
      file('hall/door.ts', 'cellar/rack.ts'),
      file('cellar/rack.ts'),
    ]

    expect(lookAt(plan, files).up).toEqual(['house/cellar/wine.ts -> house/hall/door.ts'])
  })

  test('names two folders that import each other once, though no two of their files do', () => {
    const files = [
      file('hall/door.ts', 'kitchen/stove.ts'),
      file('hall/lamp.ts'),
      file('kitchen/stove.ts'),
      file('kitchen/sink.ts', 'hall/lamp.ts'),
    ]

    const { pairs, circles, up } = lookAt(plan, files)

    expect([pairs, circles, up]).toEqual([['house/hall <-> house/kitchen'], [], []])
  })

  test('counts a folder and one that lies in it as two, and files of one folder as none', () => {
    const files = [
      file('hall/door.ts', 'hall/lock/key.ts'),
      file('hall/lock/key.ts', 'hall/bell.ts'),
      file('hall/bell.ts', 'hall/wire.ts'),
      file('hall/wire.ts'),
    ]

    expect(lookAt(plan, files).pairs).toEqual(['house/hall <-> house/hall/lock'])
  })

  test('names the file that stands on no floor, and the floor on which no file stands', () => {
    const { loose, empty } = lookAt(plan, [file('cellar/wine.ts'), file('halls/door.ts'), file('hall/door.ts')])

    expect(loose).toEqual(['house/halls/door.ts'])
    expect(empty).toEqual(['house/kitchen', 'house/roof.ts'])
  })
})

describe('a circle', () => {
  const arrows = (...ways: readonly string[]) => ways.map((way) => ({ from: way.charAt(0), to: way.charAt(1) }))

  test('of three is found whole, and what leads to it or from it is no part of it', () => {
    expect(circlesOf(arrows('xa', 'ab', 'bc', 'ca', 'cy'))).toEqual([['a', 'b', 'c']])
  })

  test('that stands beside another one is told apart, and two that share a file are one', () => {
    expect(circlesOf(arrows('ab', 'ba', 'bc', 'cd', 'dc'))).toEqual([
      ['c', 'd'],
      ['a', 'b'],
    ])
    expect(circlesOf(arrows('ab', 'ba', 'bc', 'cb'))).toEqual([['a', 'b', 'c']])
  })

  test('is also a file that imports itself, and two ways to one file are none', () => {
    expect(circlesOf(arrows('aa'))).toEqual([['a']])
    expect(circlesOf(arrows('ab', 'ac', 'bd', 'cd'))).toEqual([])
  })
})

describe('a function', () => {
  const body = (lines: number) => '  act()\n'.repeat(lines)

  test('of forty lines is short enough, and of forty-one too long, whatever way it is written', () => {
    const written = (lines: number) =>
      [
        `export async function named(what: {\n  one: string\n}): void {\n${body(lines - 4)}}`,
        `export const arrow = ({ a }: Shown, b = () => 1): Answer => {\n${body(lines - 2)}}`,
        `const object = (side: Side) => ({\n${body(lines - 2)}})`,
        `const typed: Step<Body> = async (caller) => {\n${body(lines - 2)}}`,
        `const short = 1`,
      ].join('\n\n')

    expect(longFunctions(written(40))).toEqual([])
    expect(longFunctions(written(41))).toEqual(['named', 'arrow', 'object', 'typed'])
  })

  test('is no table, however long it is, though arrows stand in it', () => {
    expect(
      longFunctions(`export const table = {\n${'  a: () => 1,\n'.repeat(60)}}\nconst after = (a + b) * c`),
    ).toEqual([])
  })
})
