// Who waits at a clinician's other visits, as her page tells it: who is another, and that each is told of once.
import { describe, expect, it } from 'vitest'
import { arrivalsIn, askingCount, longest, othersThan } from '../../client/day/who-waits.ts'
import { type Comer, news, spoken } from '../../client/ui/knock-alert.ts'
import type { AskingVisit, VisitOpened, WaitingVisit, WhoWaits } from '../../server/wire/wire.ts'

const at = (clock: string) => `2026-03-02T${clock}:00.000Z` as WaitingVisit['since'] // an instant as our server writes it
const waits = (visit: string, since: string, cameAt = since): WaitingVisit => ({
  visit: visit as WaitingVisit['visit'], // ids as our server and an EHR give them
  appointment: visit as WaitingVisit['appointment'],
  patient: `Patient of ${visit}`,
  since: at(since),
  cameAt: at(cameAt),
})
const here = 'here' as VisitOpened['visit']
const outOfReach = { count: 2, since: at('08:50'), cameAt: at('09:10') }
const told: WhoWaits = { visits: [waits('a', '09:00'), waits('here', '09:01'), waits('b', '09:05')], count: 3 }

describe('the others', () => {
  it('are those of all visits but the one that is shown, with those that cannot be opened from here', () => {
    expect(othersThan(here, told)).toEqual({ visits: [told.visits[0], told.visits[2]], count: 2, asking: [] })
    expect(othersThan(here, { ...told, outOfReach })).toMatchObject({ count: 4, outOfReach })
    // Where more wait than are named, they are counted.
    expect(othersThan(here, { ...told, count: 70 }).count).toBe(69)
    expect(othersThan('elsewhere' as VisitOpened['visit'], told).count).toBe(3)
  })

  it('have waited for as long as the longest of them, whether it is named or not', () => {
    expect(longest(othersThan(here, told))).toBe(at('09:00'))
    expect(longest(othersThan(here, { ...told, outOfReach }))).toBe(at('08:50'))
    expect(longest({ visits: [], count: 0, asking: [] })).toBeUndefined()
  })
})

describe('who asks without waiting at a door', () => {
  const asks = (as: AskingVisit['as'], visit?: string): AskingVisit => {
    const { since, ...named } = waits(visit ?? '', '09:10')
    return { as, since, ...(visit !== undefined && { named }) }
  }
  const asking = [asks('by-telephone', 'a'), asks('by-telephone', 'here'), asks('by-telephone'), asks('locked', 'b')]
  const others = othersThan(here, { visits: [], count: 0, asking })

  it('is counted at all visits but the one that is shown, each in its way', () => {
    expect(others).toEqual({ visits: [], count: 0, asking: [asking[0], asking[2], asking[3]] })
    expect(askingCount(others.asking)).toEqual({ 'by-telephone': 2, locked: 1 })
  })

  it('is told of as on the day, once, and not where no name may be told', () => {
    expect(arrivalsIn(others, true)).toEqual([
      { to: 'a#telephone', at: at('09:10'), name: 'Patient of a', not: 'by-telephone', quiet: true },
      { to: 'b#locked', at: at('09:10'), name: 'Patient of b', not: 'locked', quiet: true },
    ])
  })
})

describe('a bell', () => {
  const one = (to: string, clock: string, more: Partial<Comer> = {}): Comer => ({ to, at: at(clock), ...more })

  it('rings once for each who comes, on whichever page it is told first', () => {
    const heard = new Map<string, string>()

    expect(news([one('a', '09:00')], heard)).toHaveLength(1)
    expect(news([one('a', '09:00'), one('b', '09:01')], heard)).toMatchObject([{ to: 'b' }])
    expect(news([one('a', '09:00'), one('b', '09:01')], heard)).toEqual([])
  })

  it('does not ring again for who closed the page and is back in their place, nor where one of two leaves', () => {
    const heard = new Map<string, string>()
    news([one('a', '09:00'), one('a', '09:04')], heard)

    expect(news([], heard)).toEqual([])
    expect(news([one('a', '09:04')], heard)).toEqual([])
    expect(news([one('a', '09:00')], heard)).toEqual([])
    // Another one came to the same visit.
    expect(news([one('a', '09:06')], heard)).toHaveLength(1)
  })

  it('is silent for who comes elsewhere while a microphone is open, and for nobody else', () => {
    const others = othersThan(here, { ...told, outOfReach })

    expect(arrivalsIn(others, true).map(({ quiet }) => quiet)).toEqual([true, true, true])
    expect(arrivalsIn(others, false).some(({ quiet }) => quiet)).toBe(false)
  })

  it('is told in words that say where each of them is, and names nobody whom it must not', () => {
    const fresh = [
      one('here', '09:00', { name: 'Ada' }),
      ...arrivalsIn(othersThan(here, { ...told, outOfReach }), true),
    ]

    expect(spoken(fresh)).toBe(
      'Ada waiting at the door. Patient of a, Patient of b waiting for you at another visit. Somebody is waiting for you at another visit. Open it from your health record system.',
    )
    expect(
      spoken([
        one('a', '09:00', { name: 'Ada', not: 'by-telephone' }),
        one('b', '09:00', { name: 'Ben', not: 'locked' }),
      ]),
    ).toBe('Ada would rather speak by telephone. Ben tried to come in. The door is locked.')
  })
})
