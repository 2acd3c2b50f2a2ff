// What a clinician reads and is asked before a visit ends and its note is signed: who is still in the call, and what happened where that is not known.
import { beforeEach, describe, expect, it } from 'vitest'
import { stillInCall } from '../../client/door/still-in-call.tsx'
import { letInSentence, saidSince } from '../../client/note/let-in.tsx'
import { calledOffWords } from '../../client/note/let-in-words.ts'
import { asks, chosenWord, firstChoice, kindsOf, optionOf, whoWasSeen } from '../../client/note/outcome-choice.ts'
import { now as clockNow } from '../../client/ui/clock.ts'
import type { CalledOff, ClinicianView, DoorPerson, Instant, Me } from '../../server/wire/wire.ts'

// Another day than those below, whatever a test before this one made of the clock.
beforeEach(() => {
  clockNow.value = Date.parse('2026-11-30T12:00:00.000Z')
})

// Sound, these casts: a test makes what it reads.
const since = '2026-03-02T15:05:00.000Z' as Instant
const view = (more: Partial<ClinicianView> = {}) =>
  ({ status: 'in-progress', door: [], start: since, closesAt: since, ...more }) as unknown as ClinicianView
const person = (name: string, at?: 'in' | 'door' | 'gone', state: DoorPerson['state'] = 'admitted') =>
  ({ name, state, ...(at && { call: { at, since } }) }) as unknown as DoorPerson

describe('who is still in the call', () => {
  it('is named by what their own pages say, and so is who is on the way in', () => {
    expect(stillInCall(view({ door: [person('Ada', 'in')] }))).toBe(
      'Ada is in the call now, and leaves it with the end of the visit.',
    )
    expect(stillInCall(view({ door: [person('Ada', 'in'), person('Ben', 'in'), person('Cleo', 'door')] }))).toBe(
      'Ada and Ben are in the call now, and leave it with the end of the visit. Cleo is on the way into the call, and does not get there any more.',
    )
  })

  it('is not claimed of whose page says nothing or has left, of who was sent away, nor of a visit that is over', () => {
    const others = [person('Ada'), person('Ben', 'gone'), person('Cleo', 'in', 'declined')]

    expect(stillInCall(view({ door: others }))).toBeUndefined()
    expect(stillInCall(view({ status: 'finished', door: [person('Ada', 'in')] }))).toBeUndefined()
  })
})

describe('what happened in a call in which nothing came through', () => {
  const blocked = view({ nothingThrough: true })

  it('is asked before the signature, and nobody is said not to have come', () => {
    const now = Date.parse(since)

    expect([asks(blocked, now), asks(view(), now)]).toEqual([true, false])
    expect(whoWasSeen(blocked)).toBe('The patient’s side was in the call, and neither picture nor sound came through.')
    expect(kindsOf(blocked, now)).toEqual(['came', 'telephone', 'moved', 'technical-failure'])
    expect(kindsOf(view({ nobodyCame: true }), now)).toEqual([
      'came',
      'telephone',
      'did-not-come',
      'moved',
      'technical-failure',
    ])
    expect(optionOf(blocked, 'came').label).toBe('It went by video all the same')
    expect(optionOf(view(), 'came').label).toBe('The patient came all the same')
  })

  it('is chosen by nobody but who says it, unless somebody asked for the telephone', () => {
    expect(chosenWord(firstChoice(blocked))).toBe('Choose what happened first.')
    expect(chosenWord(firstChoice({ ...blocked, byTelephone: true }))).toEqual({ is: 'telephone' })
  })
})

it('an appointment that was called off is told as what the health record system said, and nothing is asked for it', () => {
  const as = (is: CalledOff['as']) => calledOffWords({ as: is, at: since }, '10:05')

  expect(as('cancelled')).toBe(
    'At 10:05 the health record system said that this appointment was cancelled. The visit does not end by that. Look in the schedule.',
  )
  expect(as('noshow')).toContain('this appointment is marked as not attended')
  const me = { organisation: { timeZone: 'UTC' } } as unknown as Me
  expect(letInSentence(view({ calledOff: { as: 'cancelled', at: since } }), me)).toBeUndefined()
})

it('an appointment that was moved is told with both its times, and by no word of what to do', () => {
  // Sound, as above.
  const at = (clock: string) => `2026-03-02T${clock}:00.000Z` as Instant
  const moved = { start: at('16:00'), end: at('16:15'), movedFrom: { start: since, end: at('15:20'), at: at('15:12') } }

  expect(saidSince(view(moved), 'UTC')).toEqual([
    'At 2 Mar, 15:12 the health record system said that this appointment is now on Monday 2 March at 16:00, until 16:15. Before that it was on Monday 2 March at 15:05, until 15:20. The visit does not end by that. Look in the schedule.',
  ])
  expect(saidSince(view({ ...moved, calledOff: { as: 'cancelled', at: since } }), 'UTC')).toHaveLength(2)
  expect(saidSince(view(), 'UTC')).toEqual([])
})
