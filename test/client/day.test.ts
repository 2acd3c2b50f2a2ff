// Which visit a patient came for, and how far each appointment of the day has come.

import { describe, expect, it } from 'vitest'
import { byNeed } from '../../client/day/day-list.tsx'
import { hasWayIn, stateWords, wayOf } from '../../client/day/day-row.tsx'
import { meant } from '../../client/day/patient-home.tsx'
import { now } from '../../client/ui/clock.ts'
import type { AppointmentItem } from '../../server/wire/wire.ts'

const appointment = (id: string, over: Partial<AppointmentItem> = {}): AppointmentItem => ({
  id: id as AppointmentItem['id'], // an id as an EHR gives it
  start: '2026-03-02T15:30:00.000Z' as AppointmentItem['start'], // instants as our server writes them
  end: '2026-03-02T16:00:00.000Z' as AppointmentItem['end'],
  opensAt: '2026-03-02T15:00:00.000Z' as AppointmentItem['opensAt'],
  state: 'open',
  patient: { name: 'Ada' },
  clinicians: [],
  ...over,
})

describe('the visit a patient came for', () => {
  const early = appointment('b', { state: 'too-early' })

  it('is the one the launch named, else the only open one, else the only one', () => {
    expect(meant({ chosen: early.id, appointments: [appointment('a'), early] })?.id).toBe('b')
    expect(meant({ appointments: [appointment('a'), early] })?.id).toBe('a')
    expect(meant({ appointments: [early] })?.id).toBe('b')
  })

  it('is the patient’s to choose among several', () => {
    expect(meant({ appointments: [appointment('a'), appointment('c')] })).toBeUndefined()
    expect(meant({ appointments: [] })).toBeUndefined()
  })

  it('is the patient’s to choose where another may be missing, unless the launch named it', () => {
    expect(meant({ appointments: [appointment('a')], incomplete: true })).toBeUndefined()
    expect(meant({ appointments: [early], incomplete: true })).toBeUndefined()
    expect(meant({ appointments: [early], untimed: [{ ...early, state: 'unusable' }] })).toBeUndefined()
    expect(meant({ chosen: early.id, appointments: [early], incomplete: true })?.id).toBe('b')
  })
})

it('how far an appointment has come is said in words, who waits first', () => {
  const visit = {
    id: 'v' as NonNullable<AppointmentItem['visit']>['id'],
    status: 'arrived',
    waiting: 1,
    here: 1,
    note: 'none',
  } as const

  expect(stateWords(appointment('a', { visit }), 'UTC')).toBe('1 person waiting')
  expect(
    stateWords(appointment('a', { visit: { ...visit, waiting: 0, status: 'finished', note: 'unknown' } }), 'UTC'),
  ).toBe('Ended. Look for the note in the chart.')
  expect(stateWords(appointment('a', { state: 'cancelled' }), 'UTC')).toBe('Cancelled')
})

it('whoever waits or is in the call is reached, whatever has become of the appointment, and what the chart calls done is asked about', () => {
  const states = ['too-early', 'open', 'over', 'cancelled', 'finished', 'unusable', 'hidden'] as const
  const id = 'v' as NonNullable<AppointmentItem['visit']>['id']
  const ways = (visit?: Partial<NonNullable<AppointmentItem['visit']>>) =>
    states.filter((state) =>
      hasWayIn(
        appointment('a', {
          state,
          ...(visit && {
            visit: { id, status: 'planned', waiting: 0, here: visit.waiting ?? 0, note: 'none', ...visit },
          }),
        }),
      ),
    )

  expect(ways({ status: 'arrived', waiting: 1 })).toEqual(states)
  expect(ways({ status: 'in-progress' })).toEqual(states)
  expect(ways({})).toEqual(states.filter((state) => state !== 'cancelled'))
  expect(ways()).toEqual(['open', 'over', 'finished'])
})

it('what is odd about an appointment is said beside who waits for it', () => {
  const visit = {
    id: 'v' as NonNullable<AppointmentItem['visit']>['id'],
    ...({ status: 'arrived', waiting: 1, here: 1, note: 'none' } as const),
  }

  expect(stateWords(appointment('a', { visit, state: 'unusable' }), 'UTC')).toBe(
    '1 person waiting. Not complete in the schedule',
  )
  expect(stateWords(appointment('a', { state: 'hidden' }), 'UTC')).toBe(
    'The chart does not show you this appointment now',
  )
})

describe('a day with six patients', () => {
  const id = 'v' as NonNullable<AppointmentItem['visit']>['id'] // an id as our server gives it
  const at = (clock: string) => `2026-03-02T${clock}:00.000Z` as AppointmentItem['start'] // an instant as our server writes it
  const visit = { id, status: 'arrived', waiting: 0, here: 0, note: 'none' } as const
  const day = {
    waits: appointment('waits', {
      start: at('15:00'),
      visit: { ...visit, waiting: 1, here: 1, waitingSince: at('14:50') },
    }),
    'waits longer': appointment('waits longer', {
      start: at('15:20'),
      visit: { ...visit, waiting: 1, here: 1, waitingSince: at('14:40') },
    }),
    'in the call': appointment('in the call', { start: at('14:45'), visit: { ...visit, status: 'in-progress' } }),
    'closed the page': appointment('closed the page', {
      start: at('14:30'),
      visit: { ...visit, waiting: 1, leftAt: at('14:35') },
    }),
    'came and left': appointment('came and left', { start: at('14:15'), visit }),
    'never came': appointment('never came', { start: at('14:00') }),
    'by telephone': appointment('by telephone', {
      start: at('15:40'),
      visit: { ...visit, status: 'planned', byTelephoneSince: at('15:01') },
    }),
  }

  it('has who tried to come in at a locked door before who is in a call', () => {
    const { 'in the call': call } = day
    const shutOut = appointment('shut out', {
      start: at('15:50'),
      visit: { ...visit, status: 'in-progress', triedAt: at('15:05') },
    })

    expect([call, shutOut].toSorted(byNeed).map((one) => one.id)).toEqual(['shut out', 'in the call'])
  })

  it('has who waits on top, the longest first, then who asks for the telephone, then the call, then all others by their time', () => {
    const order = Object.values(day).toSorted(byNeed)

    expect(order.map((one) => one.id)).toEqual([
      ...['waits longer', 'waits', 'by telephone', 'in the call'],
      ...['never came', 'came and left', 'closed the page'],
    ])
  })

  it('says of each how it is: who has left is not waiting, nor is it nobody, and who does not come is overdue', () => {
    now.value = Date.parse(at('15:05'))
    const told = (name: keyof typeof day) => stateWords(day[name], 'UTC')

    expect(told('waits')).toMatch(/^1 person waiting, .+, since 2:50\sPM$|^1 person waiting, .+, since 14:50$/)
    expect(told('closed the page')).toMatch(/^Left at (2:35\sPM|14:35)$/)
    now.value += 24 * 3_600_000
    expect(told('closed the page')).toMatch(/^Left at (Mar 2, 2:35\sPM|2 Mar, 14:35)$/)
    now.value -= 24 * 3_600_000
    expect(told('came and left')).toBe('Came, and left again')
    const became = (how: 'let-in' | 'sent-away') =>
      stateWords({ ...day['came and left'], visit: { ...visit, became: how } }, 'UTC')
    expect([became('let-in'), became('sent-away')]).toEqual([
      'Let in. The call has not begun.',
      'Came, and was sent away',
    ])
    expect(told('never came')).toMatch(/^Nobody there yet, .+ after the start$/)
    const checking = { ...visit, status: 'planned', waiting: 0, here: 0, checking: true } as const
    expect(stateWords({ ...day['never came'], visit: checking }, 'UTC')).toBe('Signed in, has not knocked yet')
    expect(told('in the call')).toBe('In progress')
    expect(stateWords({ ...day['closed the page'], visit: { ...visit, waiting: 1 } }, 'UTC')).toBe(
      'Came to the door; their page is not open now',
    )
  })
})

it('a note of whoever came and was not the patient is said to be kept, and is not on its way to the chart', () => {
  const visit = {
    id: 'v' as NonNullable<AppointmentItem['visit']>['id'], // an id as our server gives it
    ...({ status: 'finished', waiting: 0, here: 0, outcome: 'another-came', ofAnother: true } as const),
  }
  const said = (note: 'final' | 'preliminary') =>
    stateWords(appointment('a', { state: 'finished', visit: { ...visit, note } }), 'UTC')

  expect(said('final')).toBe(
    'Another person came; the patient did not. Note signed, and kept here: whoever came was not this patient.',
  )
  expect(said('preliminary')).toMatch(/Note not signed, and kept here: whoever came was not this patient\.$/)
})

it('a visit whose time has passed and that nobody began asks what happened, whatever was written of it', () => {
  const id = 'v' as NonNullable<AppointmentItem['visit']>['id'] // an id as our server gives it
  const visit = { id, status: 'planned', waiting: 0, here: 0, note: 'none' } as const
  now.value = Date.parse('2026-03-02T15:59:00.000Z')
  expect(wayOf(appointment('a'))).toBe('visit')

  // Its door is open still, and nobody will come.
  now.value = Date.parse('2026-03-02T17:15:00.000Z')
  expect(wayOf(appointment('a'))).toBe('what')
  expect(wayOf(appointment('a', { visit: { ...visit, note: 'preliminary' } }))).toBe('what')
  expect(wayOf(appointment('a', { visit: { ...visit, status: 'arrived', waiting: 1 } }))).toBe('visit')

  const over = (more: object = {}) => wayOf(appointment('a', { state: 'over', visit: { ...visit, ...more } }))
  expect(wayOf(appointment('a', { state: 'over' }))).toBe('what')
  expect(over({ note: 'final' })).toBe('what')
  expect(over({ status: 'arrived', waiting: 1 })).toBe('what')
  expect(over({ status: 'arrived', waiting: 1, here: 1 })).toBe('visit')
  expect(over({ status: 'in-progress' })).toBe('back')
})
