// What a call's page concludes about people: who is really there, whom the room's door is opened to, who is there uninvited.
import { describe, expect, test } from 'vitest'
import { answerTo } from '../../client/call/people.ts'
import { hintsOf } from '../../client/call/strip.tsx'
import { type Unlisted, uninvited, unlisted } from '../../client/call/uninvited.tsx'
import { whoIsHere, whoIsHereSentences } from '../../client/call/who-is-here.ts'
import type { InCall } from '../../server/wire/wire.ts'
import { person } from '../support/in-call.ts'

describe('who is really there', () => {
  const words = (shown: readonly string[], others: readonly InCall[]) =>
    whoIsHereSentences(whoIsHere(shown, others), () => '10:05')

  test.each([
    ['nobody has come', [], [], 'You are alone in the call.'],
    ['the other side is there', ['Ana Silva'], [person('Ana Silva', 'in')], 'Ana Silva is here.'],
    ['a page does not tell of itself, but its person is shown', ['Ana Silva'], [], 'Ana Silva is here.'],
    ['two are', ['Ana', 'Ben'], [], 'Ana and Ben are here.'],
    ['three are', ['Ana', 'Ben', 'Cleo'], [], 'Ana, Ben and Cleo are here.'],
    ['someone left', [], [person('Ana', 'gone')], 'You are alone in the call. Ana is gone since 10:05.'],
    [
      'a picture stands without a page',
      ['Ana'],
      [person('Ana', 'gone')],
      'You are alone in the call. Ana is gone since 10:05.',
    ],
    [
      'what an earlier connection left behind is shown while its person comes back',
      ['Ana'],
      [person('Ana', 'door')],
      'You are alone in the call. Ana is coming in.',
    ],
    ['someone is at the room’s door', [], [person('Ana', 'door')], 'You are alone in the call. Ana is coming in.'],
    ['one is shown twice after coming back', ['Ana', 'Ana'], [person('Ana', 'in')], 'Ana is here.'],
  ] as const)('%s', (_case, shown, others, said) => {
    expect(words(shown, others)).toBe(said)
  })
})

describe('at the room’s own door', () => {
  const ana = { id: 'a2', name: 'Ana Silva' }
  const before = { id: 'a1', name: 'Ana Silva' }

  test('whoever was let in at ours and is absent comes in', () => {
    const known = { inside: [], admitted: ['Ana Silva'], others: [person('Ana Silva', 'door')] }

    expect(answerTo(ana, known)).toEqual({ is: 'welcome', ghosts: [] })
  })

  test('whoever shows an entry of somebody whose own page is not at the door is only shown: it may be taken from them', () => {
    for (const others of [[], [person('Ana Silva', 'in')], [person('Ana Silva', 'gone')]])
      expect(answerTo(ana, { inside: [], admitted: ['Ana Silva'], others })).toEqual({ is: 'shown' })
  })

  test('whoever was not let in at ours is only shown', () => {
    const known = { inside: [], admitted: ['Ana Silva (2)'], others: [person('Ana Silva', 'door')] }

    expect(answerTo(ana, known)).toEqual({ is: 'shown' })
  })

  test('a second person by the name of somebody inside is only shown, as long as that one’s own page is in the call', () => {
    for (const others of [[], [person('Ana Silva', 'in')], [person('Ana Silva', 'gone')]])
      expect(answerTo(ana, { inside: [before], admitted: ['Ana Silva'], others })).toEqual({ is: 'shown' })
  })

  test('whoever comes back before the room noticed that they fell out comes in, and what they left behind goes', () => {
    const known = { inside: [before], admitted: ['Ana Silva'], others: [person('Ana Silva', 'door')] }

    expect(answerTo(ana, known)).toEqual({ is: 'welcome', ghosts: ['a1'] })
  })
})

describe('in the room', () => {
  const inside = [
    { id: 'a1', name: 'Ana Silva' },
    { id: 'e1', name: 'Eve' },
  ]
  /** After so many answers of our server. */
  const after = (answers: number, others: readonly InCall[], admitted: readonly string[] = []) =>
    uninvited(
      Array.from({ length: answers }).reduce<Unlisted>(
        (counts) => unlisted(counts, inside, others, admitted),
        new Map(),
      ),
      inside,
    ).map(({ name }) => name)

  test('whoever our server does not know to be there is uninvited, once three answers in a row say so', () => {
    const others = [person('Ana Silva', 'in')]

    expect([after(2, others), after(3, others)]).toEqual([[], ['Eve']])
  })

  test('whoever is let in, or is listed though their page is silent, is not', () => {
    expect(after(9, [person('Eve', 'gone')], ['Ana Silva'])).toEqual([])
  })

  test('whoever is listed once begins anew, and another connection of theirs counts for itself', () => {
    const twice = unlisted(unlisted(new Map(), inside, [], []), inside, [], [])
    const listed = unlisted(twice, inside, [person('Eve', 'in')], ['Ana Silva'])
    const again = unlisted(listed, [{ id: 'e2', name: 'Eve' }], [], ['Ana Silva'])

    expect([twice.get('e1'), listed.size, again.get('e2')]).toEqual([2, 0, 1])
  })
})

test('who is not heard or seen is told so, and nobody who came without a camera is asked for one', () => {
  expect(hintsOf({ microphone: 'on', camera: 'on' }, true)).toEqual([])
  expect(hintsOf({ microphone: 'off', camera: 'off' }, true)).toEqual([
    'Your microphone is off: nobody hears you.',
    'Your camera is off.',
  ])
  expect(hintsOf({ microphone: 'failed', camera: 'off' }, false).join()).toMatch(/^Your microphone does not work here/)
})
