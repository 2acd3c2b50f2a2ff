// Consent to telehealth as rules: nobody knocks without one to the text that stands, and nobody agrees to words they have not seen.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DoorId, Instant, Ref } from '../../server/domain/ids.ts'
import {
  agreed,
  type ConsentWording,
  consentOf,
  hasAgreed,
  requireConsent,
  requireSameWording,
  withdrawn,
} from '../../server/domain/visit/consent.ts'
import { admitted, knocked, left } from '../../server/domain/visit/door.ts'
import { cancelled, finished, requireOpen, tokenGiven } from '../../server/domain/visit/visit.ts'
import type { Open, Visit } from '../../server/domain/visit/visit-shape.ts'
import { VisitRow } from '../../server/house/rows.ts'
import { refusalOf } from '../support/refusal-of.ts'
import { bookingOf, on, plannedAs, window } from './planned.ts'

const margaret: Ref = 'Patient/margaret'
const layla: Ref = 'RelatedPerson/layla'
const chen: Ref<'Practitioner'> = 'Practitioner/chen'
const devices = { camera: true, microphone: true }
const wording = (version: string, more: Partial<ConsentWording> = {}): ConsentWording => ({
  ...{ version, language: 'en', hash: `hash of ${version}`, date: '2026-11-01', text: `Text ${version}.` },
  ...more,
})
const yes = (who: Ref, version: string, at: Instant = on('15:01')) => {
  const { language, hash } = wording(version)
  return { who, as: 'patient', name: who.split('/')[1] ?? '', version, language, hash, at } as const
}
const knock = (visit: Visit, who: Ref, version: string | undefined, knockedAt: Instant = on('15:02')): Open => {
  const doorId = who as unknown as DoorId // sound: no more than a name
  const person = { doorId, who, as: 'patient', name: who, devices, knockedAt } as const
  return knocked(requireConsent(visit, who, version), person, window)
}
const fresh = plannedAs(
  bookingOf({ patient: 'Patient/margaret', practitioners: [chen], face: { name: 'Margaret', clinicians: ['Chen'] } }),
)
const atDoor = (visit: Visit) => ('call' in visit ? visit.call.door.map(({ who, state }) => `${who} ${state}`) : [])
const codeOf = (act: () => unknown) => refusalOf(act) ?? 'done'

describe('a yes', () => {
  test('lets its giver knock, and nobody else', () => {
    const visit = agreed(fresh, yes(margaret, '1'))

    expect(atDoor(knock(visit, margaret, '1'))).toEqual([`${margaret} waiting`])
    expect(codeOf(() => knock(visit, layla, '1'))).toBe('consent-needed')
    expect(codeOf(() => knock(fresh, margaret, '1'))).toBe('consent-needed')
    expect(codeOf(() => knock(fresh, margaret, undefined))).toBe('done')
  })

  test('given twice to one version stands as it was first given, and to another version it is the last one', () => {
    const first = agreed(fresh, yes(margaret, '1'))

    expect(agreed(first, yes(margaret, '1', on('15:09')))).toBe(first)
    expect(agreed(first, yes(margaret, '2', on('15:09'))).consents).toEqual([yes(margaret, '2', on('15:09'))])
  })

  test('to an older version lets nobody knock', () => {
    const visit = agreed(fresh, yes(margaret, '1'))

    expect(codeOf(() => knock(visit, margaret, '2'))).toBe('consent-needed')
  })

  test.each<[string, Partial<ConsentWording> | undefined]>([
    ['another version', { version: '2' }],
    ['other words under the same version', { hash: 'another' }],
    ['another language', { language: 'es' }],
    ['no text at all any more', undefined],
  ])('to what was read is refused where there is %s now', (_what, now) => {
    const stands = now === undefined ? undefined : wording('1', now)

    expect(codeOf(() => requireSameWording(wording('1'), stands))).toBe('consent-changed')
    expect(requireSameWording(wording('1'), wording('1'))).toEqual(wording('1'))
  })

  test.each<[string, Visit, string]>([
    ['has ended', finished(tokenGiven(fresh, chen, 'clinician', on('15:05')), window, on('15:10')), 'visit-finished'],
    ['was cancelled', cancelled(fresh, on('15:05')), 'appointment-cancelled'],
  ])('is neither given nor taken back in a visit that %s', (_what, over, code) => {
    expect(codeOf(() => agreed(over, yes(margaret, '1')))).toBe(code)
    expect(codeOf(() => withdrawn(over, margaret, on('15:20')))).toBe(code)
  })
})

describe('a consent that is taken back', () => {
  const both = [margaret, layla].reduce<Visit>((visit, who) => knock(agreed(visit, yes(who, '1')), who, '1'), fresh)
  const inside = [margaret, layla].reduce<Visit>(
    (visit, who) => admitted(visit, who as unknown as DoorId, chen, on('15:03')), // sound: as knocked
    both,
  )

  test.each<[string, Visit]>([
    ['the door', both],
    ['the call', inside],
  ])('takes its giver out of %s, leaves the others where they are, and must be given anew', (_where, visit) => {
    const after = withdrawn(visit, margaret, on('15:06'))

    expect(atDoor(after).map((one) => one.split(' ')[0])).toEqual([layla])
    expect(consentOf(after, margaret)).toEqual({ ...yes(margaret, '1'), withdrawnAt: on('15:06') })
    expect(hasAgreed(after, layla, '1')).toBe(true)
    expect(codeOf(() => knock(after, margaret, '1'))).toBe('consent-needed')
    const again = agreed(after, yes(margaret, '1', on('15:07')))
    expect(consentOf(again, margaret)).toEqual(yes(margaret, '1', on('15:07')))
    expect(atDoor(knock(again, margaret, '1'))).toContain(`${margaret} waiting`)
  })

  test('once, or by somebody who gave none, changes nothing', () => {
    const after = withdrawn(both, margaret, on('15:06'))

    expect(withdrawn(after, margaret, on('15:09'))).toBe(after)
    expect(withdrawn(fresh, margaret, on('15:06'))).toBe(fresh)
  })

  test('is read back as it was kept', () => {
    const after = withdrawn(both, margaret, on('15:06'))

    expect(VisitRow.parse(JSON.parse(JSON.stringify(after)))).toEqual(after)
  })
})

type Act = { readonly do: 'agree' | 'withdraw' | 'knock' | 'leave' | 'new-text'; readonly who: Ref }
const act = fc.record<Act>({
  do: fc.constantFrom('agree', 'withdraw', 'knock', 'leave', 'new-text'),
  who: fc.constantFrom(margaret, layla),
})

test('whatever is done in whatever order, whoever comes to the door has agreed to the text that stood then, and has not taken it back', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      let visit: Visit = fresh
      let version = 1
      // The plain model: what each agreed to last, if anything, and has not taken back.
      const standing = new Map<Ref, string>()
      const came = new Set<Ref>()
      for (const one of acts) {
        if (one.do === 'new-text') version += 1
        if (one.do === 'agree') {
          visit = agreed(visit, yes(one.who, `${version}`))
          standing.set(one.who, `${version}`)
        }
        if (one.do === 'withdraw') {
          visit = withdrawn(visit, one.who, on('15:30'))
          if (standing.delete(one.who)) came.delete(one.who)
        }
        if (one.do === 'leave') {
          visit = left(visit, one.who)
          came.delete(one.who)
        }
        if (one.do === 'knock') {
          const may = standing.get(one.who) === `${version}`
          const refused = refusalOf(() => knock(visit, one.who, `${version}`))
          expect(refused).toBe(may ? undefined : 'consent-needed')
          if (may) {
            visit = knock(visit, one.who, `${version}`)
            came.add(one.who)
          }
        }
      }
      const there = requireOpen(visit).call.door.map(({ who }) => who)
      expect(new Set(there)).toEqual(came)
      expect(there.every((who) => consentOf(visit, who)?.withdrawnAt === undefined)).toBe(true)
    }),
  )
})
