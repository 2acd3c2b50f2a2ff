// What a call's page concludes about people: who is really there, whom the room's door is opened to, who is there uninvited.
import { describe, expect, test } from 'vitest'
import { answerTo } from '../../client/call/people.ts'
import type { Someone } from '../../client/call/same-person.ts'
import { hintsOf } from '../../client/call/strip.tsx'
import { type Unlisted, uninvited, unlisted } from '../../client/call/uninvited.tsx'
import { whoIsHere, whoIsHereSentences } from '../../client/call/who-is-here.ts'
import type { InCall, Instant } from '../../server/wire/wire.ts'
import { person, shown, shownWithId } from '../support/in-call.ts'

const at = '2026-03-02T10:05:00.000Z' as Instant // an instant as our server writes it

describe('who is really there', () => {
  const words = (inside: readonly Someone[], others: readonly InCall[]) =>
    whoIsHereSentences(whoIsHere(inside, others), () => '10:05')

  test.each([
    ['nobody has come', [], [], 'You are alone in the call.'],
    ['the other side is there', ['Ana Silva'], [person('Ana Silva', 'in')], 'Ana Silva is here.'],
    ['a page does not tell of itself, but its person is shown', ['Ana Silva'], [], 'Ana Silva is here.'],
    [
      'one will be right back, and nobody else is there',
      ['Ana'],
      [{ ...person('Ana', 'in'), awaySince: at }],
      'Ana will be right back (away since 10:05).',
    ],
    [
      'one of two will be right back',
      ['Ana', 'Ben'],
      [{ ...person('Ana', 'in'), awaySince: at }, person('Ben', 'in')],
      'Ben is here. Ana will be right back (away since 10:05).',
    ],
    ['who left is not away', [], [{ ...person('Ana', 'gone') }], 'You are alone in the call. Ana left at 10:05.'],
    ['two are', ['Ana', 'Ben'], [], 'Ana and Ben are here.'],
    ['three are', ['Ana', 'Ben', 'Cleo'], [], 'Ana, Ben and Cleo are here.'],
    ['someone left', [], [person('Ana', 'gone')], 'You are alone in the call. Ana left at 10:05.'],
    [
      'a picture stands without a page',
      ['Ana'],
      [person('Ana', 'gone')],
      'You are alone in the call. Ana left at 10:05.',
    ],
    [
      'what an earlier connection left behind is shown while its person comes back',
      ['Ana'],
      [person('Ana', 'door')],
      'You are alone in the call. Ana is coming in.',
    ],
    ['someone is at the room’s door', [], [person('Ana', 'door')], 'You are alone in the call. Ana is coming in.'],
    ['one is shown twice after coming back', ['Ana', 'Ana'], [person('Ana', 'in')], 'Ana is here.'],
  ] as const)('%s', (_case, names, others, said) => {
    const byName = names.map((name, n) => shown(name, `connection ${n}`))

    expect(words(byName, others)).toBe(said)
    expect(
      words(
        names.map((name) => shownWithId(name)),
        others,
      ),
    ).toBe(said)
  })

  test('whoever calls themselves otherwise is said by the name our server has for them', () => {
    const renamed = shownWithId('Somebody Else', 'Ana')

    expect(words([renamed], [person('Ana', 'in')])).toBe('Ana is here.')
    expect(words([renamed], [person('Ana', 'door')])).toBe('You are alone in the call. Ana is coming in.')
  })

  test('somebody with another id is not the person whose name they have', () => {
    expect(words([shownWithId('Ana', 'nobody')], [person('Ana', 'door')])).toBe('Ana is here. Ana is coming in.')
  })
})

describe('at the room’s own door', () => {
  const ana = shown('Ana Silva', 'a2')
  const [admitted, atDoor] = [[person('Ana Silva', 'in')], [person('Ana Silva', 'door')]]

  test('whoever was let in at ours and is absent comes in', () => {
    expect(answerTo(ana, { inside: [], admitted, others: atDoor })).toEqual({ is: 'welcome', ghosts: [] })
  })

  test('whoever shows an entry of somebody whose own page is not at the door is only shown: it may be taken from them', () => {
    for (const others of [[], [person('Ana Silva', 'in')], [person('Ana Silva', 'gone')]])
      expect(answerTo(ana, { inside: [], admitted, others })).toEqual({ is: 'shown' })
  })

  test('whoever was not let in at ours is only shown', () => {
    const known = { inside: [], admitted: [person('Ana Silva (2)', 'in')], others: atDoor }

    expect(answerTo(ana, known)).toEqual({ is: 'shown' })
  })

  describe.each([
    ['by name', shown('Ana Silva', 'a1')],
    ['by id, and called otherwise', { ...shownWithId('A. S.', 'Ana Silva'), id: 'a1' }],
  ])('with somebody inside whom the room tells %s', (_how, before) => {
    test('a second person by that one’s name is only shown, as long as the first one’s own page is in the call', () => {
      for (const others of [[], [person('Ana Silva', 'in')], [person('Ana Silva', 'gone')]])
        expect(answerTo(ana, { inside: [before], admitted, others })).toEqual({ is: 'shown' })
    })

    test('whoever comes back before the room noticed that they fell out comes in, and what they left behind goes', () => {
      const known = { inside: [before], admitted, others: atDoor }

      expect(answerTo(ana, known)).toEqual({ is: 'welcome', ghosts: ['a1'] })
    })
  })

  test('somebody inside with another id is not what the person of their name left behind', () => {
    const known = { inside: [shownWithId('Ana Silva', 'nobody')], admitted, others: atDoor }

    expect(answerTo(ana, known)).toEqual({ is: 'welcome', ghosts: [] })
  })
})

describe('in the room', () => {
  const byName = [shown('Ana Silva', 'a1'), shown('Eve', 'e1')]
  const ana = [person('Ana Silva', 'in')]
  /** After so many answers of our server. */
  const after = (
    answers: number,
    others: readonly InCall[],
    admitted: readonly InCall[] = [],
    inside: readonly Someone[] = byName,
  ) =>
    uninvited(
      Array.from({ length: answers }).reduce<Unlisted>(
        (counts) => unlisted(counts, inside, others, admitted),
        new Map(),
      ),
      inside,
    ).map(({ name }) => name)

  test('whoever our server does not know to be there is uninvited, once three answers in a row say so', () => {
    expect([after(2, ana), after(3, ana)]).toEqual([[], ['Eve']])
  })

  test('whoever is let in, or is listed though their page is silent, is not', () => {
    expect(after(9, [person('Eve', 'gone')], ana)).toEqual([])
  })

  test('whoever is listed once begins anew, and another connection of theirs counts for itself', () => {
    const twice = unlisted(unlisted(new Map(), byName, [], []), byName, [], [])
    const listed = unlisted(twice, byName, [person('Eve', 'in')], ana)
    const again = unlisted(listed, [shown('Eve', 'e2')], [], ana)

    expect([twice.get('e1'), listed.size, again.get('e2')]).toEqual([2, 0, 1])
  })

  test('an id that is nobody’s is uninvited even under an invited name, and an invited one is not whatever its name', () => {
    const stranger = { ...shownWithId('Ana Silva', 'nobody'), id: 'x1' }

    expect(after(3, ana, ana, [stranger])).toEqual(['Ana Silva'])
    expect(after(3, ana, [], [shownWithId('Eve', 'Ana Silva')])).toEqual([])
    expect(after(3, [], ana, [shownWithId('Eve', 'Ana Silva')])).toEqual([])
  })
})

test('who is not heard or seen is told so, and nobody who came without a camera is asked for one', () => {
  expect(hintsOf({ microphone: 'on', camera: 'on' }, true)).toEqual([])
  expect(hintsOf({ microphone: 'off', camera: 'on' }, true)).toEqual(['Your microphone is off: nobody hears you.'])
  // One sentence for both: on a phone on its side a second one would push what matters out of sight.
  expect(hintsOf({ microphone: 'off', camera: 'off' }, true)).toEqual([
    'Your camera and your microphone are off: nobody sees or hears you.',
  ])
  expect(hintsOf({ microphone: 'failed', camera: 'failed' }, true)).toHaveLength(1)
  expect(hintsOf({ microphone: 'off', camera: 'off' }, true, true)).toEqual([])
  expect(hintsOf({ microphone: 'failed', camera: 'off' }, true, true)).toHaveLength(1)
  expect(hintsOf({ microphone: 'off', camera: 'off' }, false)).toEqual(['Your microphone is off: nobody hears you.'])
  expect(hintsOf({ microphone: 'failed', camera: 'off' }, false).join()).toMatch(/^Your microphone does not work here/)
})
