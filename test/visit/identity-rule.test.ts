// Who somebody in the call is, as rules: of which admission a word is, what it does to the door, and when nothing may be filed.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DoorId, Instant, Ref } from '../../server/domain/ids.ts'
import { plus } from '../../server/domain/instant.ts'
import { encounterOf } from '../../server/domain/note/fhir-encounter.ts'
import { emptySoap } from '../../server/domain/note/soap.ts'
import { admitted, declined, knocked, left, requireAdmitted, sentBack } from '../../server/domain/visit/door.ts'
import { identityAtDoor, identityIn, requireIdentified, unconfirmed } from '../../server/domain/visit/identity.ts'
import { confirmedOutside, saidToBe } from '../../server/domain/visit/identity-said.ts'
import { isUnsaid, wasInCall } from '../../server/domain/visit/outcome.ts'
import { cancelled, finished, rebooked, requireOpen, tokenGiven } from '../../server/domain/visit/visit.ts'
import type { Finished, InProgress, Open, Person, Visit } from '../../server/domain/visit/visit-shape.ts'
import { refusalOf } from '../support/refusal-of.ts'
import { bookingOf, on, plannedAs, window } from './planned.ts'

const [doctor, colleague] = ['Practitioner/d', 'Practitioner/c'] as const
const [patient, mother] = ['Patient/p', 'RelatedPerson/m'] as const
const face = { name: 'Somebody', clinicians: [] }
const booking = bookingOf({ patient, practitioners: [doctor, colleague], face })

const id = (who: Ref) => `door of ${who}`.replaceAll(/\W/g, '-') as DoorId // sound: what a test calls an id is one
const knock = (who: Ref, at: Instant) => ({
  ...{ doorId: id(who), who, name: who, knockedAt: at, devices: { camera: true, microphone: true } },
  as: who === patient ? ('patient' as const) : ('representative' as const),
})

const begun = (): InProgress => tokenGiven(plannedAs(booking), doctor, 'clinician', on('15:00')) as InProgress // sound: a clinician's token begins it

/** Knocks, is let in, has a token, and their page is in the call. */
function there(visit: Open, who: Ref, at = on('15:01')): Open {
  const inside = tokenGiven(admitted(knocked(visit, knock(who, at), window), id(who), doctor, at), who, 'other', at)
  const said = { from: at, until: at }
  return { ...inside, attendance: inside.attendance.map((one) => (one.who === who ? { ...one, said } : one)) }
}

const at = (visit: Visit, who: Ref) => requireOpen(visit).call.door.find((p) => p.who === who)
const admittedAt = (visit: Visit, who: Ref): Instant => {
  const person = at(visit, who)
  return person?.state === 'admitted' ? person.admittedAt : on('14:00')
}
const says = (visit: Visit, who: Ref, is: 'confirmed' | 'denied', now = on('15:03'), by: Ref = doctor) =>
  saidToBe(visit, { doorId: id(who), is, admittedAt: admittedAt(visit, who) }, by, now)
const over = (visit: Open): Finished => finished(visit, window, on('15:10'))

describe('a clinician says who somebody in the call is', () => {
  test('confirmed, they stay, and are asked no more', () => {
    const inside = there(begun(), patient)

    const after = says(inside, patient, 'confirmed')

    expect(at(after, patient)).toBe(at(inside, patient))
    expect([unconfirmed(inside).length, unconfirmed(after).length]).toEqual([1, 0])
    expect(identityIn(after)).toEqual({ is: 'confirmed', in: 'call', at: on('15:03') })
  })

  test('not this person, they wait at the door as if sent back, and have no token', () => {
    const inside = there(begun(), patient)

    const after = says(inside, patient, 'denied')

    expect(at(after, patient)).toMatchObject({ state: 'waiting', sentBackAt: on('15:03'), knockedAt: on('15:03') })
    expect(refusalOf(() => requireAdmitted(after, patient))).toBe('not-admitted')
    expect(identityAtDoor(after, at(after, patient) as Person)).toMatchObject({ is: 'denied', by: doctor })
    expect(refusalOf(() => requireIdentified(after))).toBe('identity-unconfirmed')
  })

  test.each(['confirmed', 'denied'] as const)('%s twice, by whomever, changes nothing', (is) => {
    const inside = there(begun(), patient)
    const asked = { doorId: id(patient), is, admittedAt: admittedAt(inside, patient) }
    const once = saidToBe(inside, asked, doctor, on('15:03'))

    expect(saidToBe(once, asked, doctor, on('15:04'))).toBe(once)
    expect(saidToBe(once, asked, colleague, on('15:05'))).toBe(once)
  })

  test('a slip can be put right: whoever was confirmed can be sent out as another after all', () => {
    const after = says(says(there(begun(), patient), patient, 'confirmed'), patient, 'denied', on('15:05'))

    expect(at(after, patient)?.state).toBe('waiting')
    expect(identityIn(after)).toEqual({ is: 'denied', at: on('15:05') })
  })

  test('the word of an old question is not taken for whoever was let in anew since', () => {
    const inside = there(begun(), patient)
    const old = { doorId: id(patient), admittedAt: admittedAt(inside, patient) }
    const back = sentBack(inside, id(patient), on('15:04'))
    const anew = admitted(back, id(patient), doctor, on('15:05'))

    for (const is of ['confirmed', 'denied'] as const)
      for (const visit of [back, anew])
        expect(refusalOf(() => saidToBe(visit, { ...old, is }, doctor, on('15:06')))).toBe('admission-over')
  })

  test('whoever is sent back and let in again is asked anew, also after they were confirmed', () => {
    const known = says(there(begun(), patient), patient, 'confirmed')

    const anew = admitted(sentBack(known, id(patient), on('15:05')), id(patient), doctor, on('15:06'))

    expect(unconfirmed(anew).map(({ who }) => who)).toEqual([patient])
  })

  test('nobody who is not at the door is spoken of, and nobody in a visit that is over', () => {
    const asked = { doorId: id(mother), is: 'confirmed', admittedAt: on('15:01') } as const

    expect(refusalOf(() => saidToBe(there(begun(), patient), asked, doctor, on('15:03')))).toBe('not-at-door')
    expect(refusalOf(() => saidToBe(over(there(begun(), mother)), asked, doctor, on('15:11')))).toBe('visit-finished')
  })
})

describe('whether anything may be filed for the patient', () => {
  const blocked = (visit: Visit) => refusalOf(() => requireIdentified(visit)) !== undefined

  test('it may where nobody said anything, and where another was sent out and somebody is confirmed, before or after', () => {
    const nothing = over(there(begun(), patient))
    const wrongThenRight = says(
      there(says(there(begun(), patient), patient, 'denied'), patient, on('15:05')),
      patient,
      'confirmed',
      on('15:06'),
    )
    const rightThenWrong = says(
      there(says(there(begun(), patient), patient, 'confirmed'), mother, on('15:05')),
      mother,
      'denied',
      on('15:06'),
    )

    expect([nothing, over(wrongThenRight), over(rightThenWrong)].map(blocked)).toEqual([false, false, false])
  })

  test('it may not where whoever came in after another was sent out was never confirmed', () => {
    const again = there(says(there(begun(), patient), patient, 'denied'), patient, on('15:05'))

    expect(blocked(over(again))).toBe(true)
  })

  test('it may once the clinician says that she confirmed who it was outside of the call, and not before the end', () => {
    const out = says(there(begun(), patient), patient, 'denied')
    expect(refusalOf(() => confirmedOutside(out, doctor, on('15:05')))).toBe('visit-not-finished')

    const after = confirmedOutside(over(out), doctor, on('15:20'))

    expect(blocked(after)).toBe(false)
    expect(identityIn(after)).toEqual({ is: 'confirmed', in: 'afterwards', at: on('15:20') })
    expect(confirmedOutside(after, colleague, on('15:21'))).toBe(after)
  })

  test('another in the call is nobody of the patient’s side: what happened is asked at the end, and stays asked', () => {
    const out = says(there(begun(), patient), patient, 'denied')

    const end = over(out)

    expect([wasInCall(there(begun(), patient)), wasInCall(out)]).toEqual([true, false])
    expect([isUnsaid(end), isUnsaid(confirmedOutside(end, doctor, on('15:20')))]).toEqual([true, true])
  })

  test('a representative who was another stands in no Encounter, and one who was confirmed does', () => {
    const inside = there(there(begun(), patient), mother)
    const note = { docStatus: 'final', version: 1, author: doctor, authorName: '', date: on('15:11') } as const
    const named = (visit: Open) =>
      encounterOf({
        visit: over(visit),
        note: { ...note, soap: emptySoap, filing: { state: 'unfiled' } },
        ...{ system: 'https://visits.example', timeZone: 'UTC' },
      }).participant?.map(({ individual }) => individual?.reference)

    expect(named(says(inside, mother, 'confirmed'))).toEqual([doctor, mother])
    expect(named(says(inside, mother, 'denied'))).toEqual([doctor])
  })

  test('nothing that was said of one opening is said of the next', () => {
    const early = admitted(
      knocked(plannedAs(booking), knock(patient, on('14:50')), window),
      id(patient),
      doctor,
      on('14:51'),
    )
    const off = cancelled(says(early, patient, 'denied', on('14:52')), on('14:53'))
    const { iss, practitioners, start, end } = booking
    const now = { iss, patient, practitioners, start, end, face, appointmentReadAt: on('14:54') } as const

    expect(rebooked(off, now, () => 'room-2' as Open['call']['room']).identity).toBeUndefined()
  })
})

test('whatever is said in whatever order, only who is let in has the call, each admission is asked of once, and nothing is filed on another', () => {
  const people = [patient, mother] as const
  const step = fc.record({
    who: fc.constantFrom(...people),
    does: fc.constantFrom(
      'knock',
      'admit',
      'back',
      'decline',
      'leave',
      'confirmed',
      'denied',
      'old confirmed',
      'old denied',
    ),
    by: fc.constantFrom<Ref>(doctor, colleague),
  })

  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let visit: Visit = begun()
      let now = on('15:01')
      const last = new Map<Ref, 'confirmed' | 'denied'>()
      const first = new Map<Ref, Instant>()
      const attempt = (change: (v: Visit) => Visit): boolean => {
        const before = visit
        const code = refusalOf(() => {
          visit = change(before)
        })
        return code === undefined && visit !== before
      }
      for (const { who, does, by } of steps) {
        now = plus(now, 1)
        if (does === 'knock') attempt((v) => knocked(v, knock(who, now), window))
        if (does === 'admit' && attempt((v) => admitted(v, id(who), by, now)) && !first.has(who)) first.set(who, now)
        if (does === 'back') attempt((v) => sentBack(v, id(who), now))
        if (does === 'decline') attempt((v) => declined(v, id(who), now))
        if (does === 'leave') attempt((v) => left(v, who))
        if (does === 'confirmed' || does === 'denied') {
          const asked = { doorId: id(who), is: does, admittedAt: admittedAt(visit, who) }
          if (attempt((v) => saidToBe(v, asked, by, now))) last.set(who, does)
          const once = visit
          if (last.get(who) === does) attempt((v) => saidToBe(v, asked, by, now))
          expect(visit).toBe(once)
        }
        if (does === 'old confirmed' || does === 'old denied') {
          const [is, asked] = [does === 'old denied' ? 'denied' : 'confirmed', first.get(who)] as const
          // Of an admission that is over nothing can be said any more.
          if (asked !== undefined && asked !== admittedAt(visit, who))
            expect(attempt((v) => saidToBe(v, { doorId: id(who), is, admittedAt: asked }, by, now))).toBe(false)
        }
      }
      const words = [...last.values()]
      const end = over(requireOpen(visit))
      const blocked = refusalOf(() => requireIdentified(end)) !== undefined
      expect(blocked).toBe(words.includes('denied') && !words.includes('confirmed'))
      for (const one of requireOpen(visit).call.door)
        if (identityAtDoor(visit, one)?.is === 'denied') expect(one.state).not.toBe('admitted')
      expect(new Set(end.identity?.map(({ who }) => who)).size).toBe(end.identity?.length ?? 0)
    }),
  )
})
