// The rules of a locked door as a table: who comes to it, who is known to have tried, and whom a clinician's word lets wait.
import { describe, expect, test } from 'vitest'
import type { DoorId, Instant, Ref } from '../../server/domain/ids.ts'
import { admitted, declined, knocked, left, turnedOut } from '../../server/domain/visit/door.ts'
import { hindered, hindranceOf } from '../../server/domain/visit/hindrance.ts'
import { letWait, locked, mostTried, triedBy } from '../../server/domain/visit/locked-door.ts'
import { cancelled, finished, requireOpen, tokenGiven } from '../../server/domain/visit/visit.ts'
import type { Open, Visit } from '../../server/domain/visit/visit-shape.ts'
import { VisitRow } from '../../server/house/rows.ts'
import { refusalOf } from '../support/refusal-of.ts'
import { bookingOf, on, plannedAs, window } from './planned.ts'

const margaret: Ref<'Patient'> = 'Patient/margaret'
const layla: Ref = 'RelatedPerson/layla'
const chen: Ref<'Practitioner'> = 'Practitioner/chen'
const handle = (text: string) => text as DoorId // sound: no more than a name
const devices = { camera: true, microphone: true }
const knock = (who: Ref, doorId: string, knockedAt: Instant = on('15:05')) =>
  ({ doorId: handle(doorId), who, as: 'patient', name: who.split('/')[1] ?? '', devices, knockedAt }) as const
const comes = (visit: Visit, who: Ref, doorId: string = who, now?: Instant) =>
  knocked(visit, knock(who, doorId, now), window)

const fresh = plannedAs(
  bookingOf({ patient: margaret, practitioners: [chen], face: { name: 'Margaret', clinicians: ['Dr. Chen'] } }),
)
const shut = locked(fresh, true)
const tried = comes(shut, margaret, 'm1')
const atDoor = (visit: Open) => visit.call.door.map(({ who, state }) => `${who} ${state}`)
const outside = (visit: Open) => (visit.call.tried ?? []).map(({ who, mayWait }) => `${who}${mayWait ? ' may' : ''}`)

const codeOf = (act: () => unknown) => refusalOf(act) ?? 'done'

describe('somebody new at a locked door', () => {
  test('does not come to it, and is known with the time, their name and no more than one place', () => {
    const again = comes(tried, margaret, 'm2', on('15:09'))

    expect([atDoor(tried), tried.status]).toEqual([[], 'planned'])
    expect(tried.call.tried).toEqual([
      { doorId: 'm1', who: margaret, as: 'patient', name: 'margaret', devices, triedAt: on('15:05') },
    ])
    // The handle stays: a button that is pressed meanwhile means the same person.
    expect(again.call.tried).toMatchObject([{ doorId: 'm1', triedAt: on('15:09') }])
  })

  test.each<[string, (visit: Open) => Visit, string[], string[]]>([
    ['is let wait', (v) => comes(letWait(v, handle('m1')), margaret), [`${margaret} waiting`], []],
    ['finds it unlocked', (v) => comes(locked(v, false), margaret), [`${margaret} waiting`], []],
    ['is not let wait', (v) => comes(v, margaret), [], [margaret]],
    [
      'sees another let wait',
      (v) => comes(letWait(comes(v, layla), handle(layla)), margaret),
      [],
      [`${layla} may`, margaret],
    ],
    [
      'is let wait and it is unlocked and locked again',
      (v) => {
        const relocked = locked(locked(letWait(v, handle('m1')), false), true)
        return comes(relocked, margaret)
      },
      [],
      [margaret],
    ],
    ['walks away', (v) => left(v, margaret), [], []],
    ['may not be in the visit any more', (v) => turnedOut(v, margaret), [], []],
    [
      'would rather speak by telephone',
      (v) => {
        const person = { who: margaret, as: 'patient', name: 'M', byTelephone: true, since: on('15:06') } as const
        return hindered(v, person, window)
      },
      [],
      [],
    ],
  ])('who %s stands where they should', (_who, then, door, waits) => {
    const after = requireOpen(then(tried))

    expect([atDoor(after), outside(after)]).toEqual([door, waits])
  })

  test('is one of so many at most, and each of those may come again', () => {
    let visit: Open = shut
    for (let i = 0; i < mostTried; i += 1) visit = comes(visit, `RelatedPerson/r${i}`)

    expect(codeOf(() => comes(visit, margaret))).toBe('door-locked')
    expect(comes(visit, 'RelatedPerson/r0', 'x', on('15:10')).call.tried).toHaveLength(mostTried)
  })

  test('comes by video after all, when they had asked for the telephone', () => {
    const asked = { who: margaret, as: 'patient', name: 'M', byTelephone: true, since: on('15:04') } as const

    expect(hindranceOf(comes(hindered(shut, asked, window), margaret), margaret)).toBeUndefined()
  })

  test('is refused outside the hours and after the end, as at an open door', () => {
    const early = () => comes(shut, margaret, 'm', on('12:00'))
    const inCall = tokenGiven(shut, chen, 'clinician', on('15:01'))

    expect([codeOf(early), codeOf(() => comes(finished(inCall, window, on('15:10')), margaret))]).toEqual([
      'too-early',
      'visit-finished',
    ])
    expect(codeOf(() => comes(cancelled(shut, on('15:01')), margaret))).toBe('appointment-cancelled')
  })
})

describe('who had come before it was locked', () => {
  const waiting = comes(fresh, margaret, 'm1')

  test('keeps the place, waiting or let in, and who was sent away is refused', () => {
    const letIn = admitted(waiting, handle('m1'), chen, on('15:06'))
    const away = locked(declined(waiting, handle('m1'), on('15:06')), true)

    expect([waiting, letIn].map((v) => atDoor(comes(locked(v, true), margaret)))).toEqual([
      [`${margaret} waiting`],
      [`${margaret} admitted`],
    ])
    expect(codeOf(() => comes(away, margaret))).toBe('door-locked')
  })
})

describe('letting one wait', () => {
  test('twice, or at an open door, changes nothing, and whoever did not try cannot be let wait', () => {
    const once = letWait(tried, handle('m1'))
    const open = locked(tried, false)

    expect(letWait(once, handle('m1'))).toBe(once)
    expect(letWait(open, handle('m1'))).toBe(open)
    expect(codeOf(() => letWait(tried, handle('nobody')))).toBe('not-at-door')
    expect(codeOf(() => letWait(comes(once, margaret), handle('m1')))).toBe('not-at-door')
  })
})

describe('the row', () => {
  test('has who tried, and one of before that is read as it was', () => {
    const rows = [tried, letWait(tried, handle('m1')), shut]

    expect(rows.map((row) => VisitRow.parse(JSON.parse(JSON.stringify(row))))).toEqual(rows)
    expect(triedBy(VisitRow.parse(shut), margaret)).toBeUndefined()
  })

  test('is refused where somebody tried at no time', () => {
    const [one] = tried.call.tried ?? []
    const { triedAt: _triedAt, ...timeless } = one ?? { triedAt: '' }

    expect(VisitRow.safeParse({ ...tried, call: { ...tried.call, tried: [timeless] } }).success).toBe(false)
  })
})
