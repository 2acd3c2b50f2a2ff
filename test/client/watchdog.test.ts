// When a call's page opens the room anew by itself, and when it leaves that to a person.
import { describe, expect, test } from 'vitest'
import { due, isSeen, isUnheard, isUnseen, mayTry, type Signs, type Try } from '../../client/call/watchdog.ts'
import { person, shown, shownWithId } from '../support/in-call.ts'

const minute = 60_000

describe('the room is opened anew', () => {
  const now = 100 * minute
  const well: Signs = {
    ...{
      now,
      joinedAt: now - 30 * minute,
      endsAt: now + 60 * minute,
      shown: [shown('Ana')],
      others: [person('Ana', 'in')],
    },
    ...{ sleptMs: 0, cutAt: undefined, unseenAt: undefined, unheardAt: undefined },
  }
  const having = (signs: Partial<Signs>) => due({ ...well, ...signs })

  test('never while all is well', () => {
    expect(due(well)).toBeUndefined()
  })

  test('five minutes before the entry ends when nobody is disturbed, and else two minutes before', () => {
    expect(having({ endsAt: now + 5 * minute + 1, shown: [] })).toBeUndefined()
    expect(having({ endsAt: now + 5 * minute, shown: [] })).toBe('ends')
    expect(having({ endsAt: now + 5 * minute })).toBeUndefined()
    expect(having({ endsAt: now + 2 * minute })).toBe('ends')
  })

  test('also for who still waits at the room’s door when the entry ends', () => {
    expect(having({ joinedAt: undefined, endsAt: now + minute })).toBe('ends')
  })

  test('after a minute and a half of sleep; a hidden page whose timers run once a minute is not asleep', () => {
    expect([having({ sleptMs: 90_000 }), having({ sleptMs: minute })]).toEqual(['slept', undefined])
  })

  test('after a long cut, if the others lost us, or nobody is there to say; not if they see us, or we alone were away', () => {
    const cutAt = now - 20_000
    const [lost, alone] = [{ others: [person('Ana', 'in', false)] }, { shown: [], others: [person('Ana', 'gone')] }]

    expect([having({ cutAt: now, ...lost }), having({ cutAt, ...alone })]).toEqual(['cut', 'cut'])
    // After an outage of our server nobody's page has told of itself yet.
    expect([having({ cutAt: now, ...alone }), having({ cutAt, others: [person('Ana', 'gone')] })]).toEqual([
      undefined,
      undefined,
    ])
    expect([isSeen([person('Ana', 'in')]), isSeen([person('Ana', 'gone'), person('Ben', 'in', false)])]).toEqual([
      true,
      false,
    ])
  })

  test('when the others have not seen us for twenty seconds, though not while everyone is still coming in', () => {
    expect(having({ unseenAt: now - 20_000 })).toBe('unseen')
    expect(having({ unseenAt: now - 19_999 })).toBeUndefined()
    expect(having({ unseenAt: now - 20_000, joinedAt: now - 10_000 })).toBeUndefined()
  })

  test('when every picture shown is of somebody whose page is silent', () => {
    expect(isUnheard([shown('Ana')], [person('Ana', 'gone')])).toBe(true)
    expect(isUnheard([shown('Ana'), shown('Ben')], [person('Ana', 'gone'), person('Ben', 'in')])).toBe(false)
    expect(isUnheard([], [person('Ana', 'gone')])).toBe(false)
    // By the id where the room tells it, whatever the name.
    expect(isUnheard([shownWithId('A.', 'Ana')], [person('Ana', 'gone')])).toBe(true)
    expect(isUnheard([shownWithId('Ana', 'nobody')], [person('Ana', 'gone')])).toBe(false)
    expect(having({ unheardAt: now - 75_000 })).toBe('unheard')
    // Whoever hangs up is silent before the room has dropped them.
    expect(having({ unheardAt: now - 74_999 })).toBeUndefined()
  })

  test('nobody is unseen by people who are not in the call, or by some of several', () => {
    expect(isUnseen([person('Ana', 'in', false)])).toBe(true)
    expect(isUnseen([person('Ana', 'in', false), person('Ben', 'in')])).toBe(false)
    expect(isUnseen([person('Ana', 'door', false), person('Ben', 'gone', false)])).toBe(false)
  })

  test('three times in ten minutes by itself, then a person decides; a fresh entry in time always', () => {
    const tries: readonly Try[] = [9, 5, 1].map((ago) => ({ why: 'cut', at: now - ago * minute }))

    expect(mayTry('cut', tries.slice(1), now)).toBe(true)
    expect(mayTry('cut', tries, now)).toBe(false)
    expect(mayTry('ends', tries, now)).toBe(true)
    expect(mayTry('cut', tries, now + 2 * minute)).toBe(true)
  })

  test('once in ten minutes for somebody whose page is silent: perhaps they are away from our server alone', () => {
    const once: readonly Try[] = [{ why: 'unheard', at: now - 9 * minute }]

    expect([mayTry('unheard', [], now), mayTry('unheard', once, now)]).toEqual([true, false])
    expect([mayTry('unheard', once, now + 2 * minute), mayTry('cut', once, now)]).toEqual([true, true])
  })
})
