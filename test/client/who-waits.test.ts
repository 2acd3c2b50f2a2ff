// Who waits at a clinician's other visits, as her page tells it: who is another, and that each is told of once.
import { describe, expect, it } from 'vitest'
import { howManyFit } from '../../client/day/fitting.ts'
import { arrivalsIn, askingCount, inAll, longest, othersThan } from '../../client/day/who-waits.ts'
import { type Comer, news, spoken, titleOf } from '../../client/ui/knock-alert.ts'
import { comersTo, numberOf } from '../../client/visit/visit-alert.ts'
import type {
  AskingVisit,
  ClinicianView,
  DoorPerson,
  StuckPerson,
  TriedPerson,
  VisitOpened,
  WaitingVisit,
  WhoWaits,
} from '../../server/wire/wire.ts'

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

describe('names in one line', () => {
  const rest = { room: 100, restOf: () => 30 }

  it.each([
    ['all of them, where all fit', [40, 40], 2, 2],
    ['those that fit beside the number of the rest', [40, 40, 40], 3, 1],
    ['those that fit, where some have no name to be told', [40, 30], 5, 2],
    ['the first, cut short, where not even it fits', [140, 40], 2, 1],
    ['the one there is', [140], 1, 1],
    ['none, where there is none', [], 3, 0],
  ] as const)('are %s', (_which, widths, all, shown) => {
    expect(howManyFit(widths, all, rest)).toBe(shown)
  })
})

describe('at the visit that is shown', () => {
  const person = (name: string, more: Partial<DoorPerson> = {}): DoorPerson => ({
    ...{ doorId: name as DoorPerson['doorId'], name, as: 'patient', state: 'waiting', knockedAt: at('09:00') },
    ...{ devices: { camera: true, microphone: true }, here: true, ...more },
  })
  const since = at('09:05')
  const stuck = [
    { name: 'Eve', as: 'representative', here: true, hindrance: { since, byTelephone: true } },
    { name: 'Fay', as: 'representative', here: true, hindrance: { since, camera: 'denied' } },
  ] satisfies StuckPerson[]
  const tried = [
    { doorId: 'gus' as DoorPerson['doorId'], name: 'Gus', as: 'patient', here: true, triedAt: since },
  ] satisfies TriedPerson[]
  const view = (more: Partial<ClinicianView>) => ({ id: here, door: [], ...more }) as unknown as ClinicianView // sound: all that is read of it

  it('the number in the title counts who waits, who asks for the telephone and who stands before a locked door, here and elsewhere', () => {
    const asking: readonly AskingVisit[] = [{ as: 'by-telephone', since }]
    const others = othersThan(here, { ...told, asking })
    const shown = view({ door: [person('Ada'), person('Ben', { state: 'declined' })], stuck, tried, locked: true })

    expect(inAll(others)).toBe(3)
    expect(numberOf(shown, others)).toBe(1 + 1 + 1 + 3)
    expect(numberOf(shown, undefined)).toBe(3)
    expect(numberOf(view({}), undefined)).toBe(0)
  })

  it('whom she sent back, sent out or turned away is not told of as coming, and who comes back after it not by the patient’s name', () => {
    const back = { sentBackAt: at('09:02'), knockedAt: at('09:02') }
    const identity = { is: 'denied', at: at('09:02') } as const

    expect(comersTo(view({ door: [person('Ada', back), person('Ben', { ...back, identity })] }))).toEqual([])
    expect(comersTo(view({ door: [person('Ben', { state: 'declined' })] }))).toEqual([])
    const again = comersTo(view({ door: [person('Ben', { identity }), person('Cleo')] }))
    expect(spoken(again)).toBe(
      'Cleo waiting at the door. Somebody who was sent out, since they were not the patient, waits again.',
    )
  })

  it('the tab calls for what is so', () => {
    const asks = comersTo(view({ stuck, tried, locked: true }))

    expect(titleOf(asks.filter(({ not }) => not === 'by-telephone'))).toBe('Somebody asks for the telephone')
    expect(titleOf(asks.filter(({ not }) => not === 'locked'))).toBe('Somebody tried to come in')
    expect(titleOf([...asks, { to: 'a', at: since }])).toBe('Somebody is waiting')
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

  it('is silent for who was sent back from a call elsewhere, and tells no name of who was found to be another', () => {
    const { cameAt: _came, ...sentBack } = waits('a', '09:00')

    expect(arrivalsIn({ visits: [sentBack], count: 1, asking: [] }, false)).toEqual([])
    expect(arrivalsIn({ visits: [{ ...waits('a', '09:00'), another: true }], count: 1, asking: [] }, false)).toEqual([
      { to: 'a', at: at('09:00'), another: true, not: 'here', quiet: false },
    ])
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
