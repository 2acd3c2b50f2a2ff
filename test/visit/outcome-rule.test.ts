// What happened in a visit, as rules: when it is asked, who is believed, and what stands against another word.
import { describe, expect, test } from 'vitest'
import type { Instant, Ref } from '../../server/domain/ids.ts'
import { atClock } from '../../server/domain/instant.ts'
import { withHeartbeats } from '../../server/domain/visit/attendance.ts'
import {
  isNothingThrough,
  isUnsaid,
  outcomeIn,
  requireChangeable,
  type Saying,
  saidToHave,
  timeOf,
  withOutcomeInChart,
} from '../../server/domain/visit/outcome.ts'
import { finished, tokenGiven } from '../../server/domain/visit/visit.ts'
import {
  type Attendance,
  type Finished,
  happenings,
  type SaidOutcome,
  type Visit,
} from '../../server/domain/visit/visit-shape.ts'
import { refusalOf } from '../support/refusal-of.ts'
import { bookingOf, on, plannedAs, window } from './planned.ts'

const [doctor, patient, mother] = ['Practitioner/d', 'Patient/p', 'RelatedPerson/m'] as const
const face = { name: 'Somebody', clinicians: [] }
const by = { who: doctor, timeZone: 'Europe/Berlin' }
const said = { from: on('15:02'), until: on('15:03') }
const seen = [{ id: 'one', from: on('15:02') }]

/** Begun by the doctor at three, and ended ten minutes later. */
function ended(others: readonly Partial<Attendance>[] = []): Finished {
  const visit = tokenGiven(
    plannedAs(bookingOf({ patient, practitioners: [doctor], face })),
    doctor,
    'clinician',
    on('15:00'),
  )
  const came = others.map((one) => ({ who: patient, from: on('15:01'), ...one }))
  return finished({ ...visit, attendance: [...visit.attendance, ...came] }, window, on('15:10'))
}

const says = (visit: Finished, saying: Saying, now = on('15:11')) => saidToHave(visit, saying, by, now)

describe('at the end of a visit it is asked what happened, or not', () => {
  test.each<[string, readonly Partial<Attendance>[], boolean]>([
    ['nobody else had a token', [], true],
    ['the patient was let in, and seen by nobody', [{}], true],
    ['a clinician beside the first was seen', [{ who: 'Practitioner/other', seen }], true],
    ['a role of a clinician was seen', [{ who: 'PractitionerRole/other', seen }], true],
    ['Jitsi saw the patient', [{ seen }], false],
    ['the patient’s own page was in the call', [{ said }], false],
    ['who acts for the patient was in the call', [{ who: mother, said }], false],
  ])('where %s', (_how, others, asked) => {
    const visit = ended(others)

    expect(isUnsaid(visit)).toBe(asked)
    expect(outcomeIn(visit)).toEqual(asked ? { is: 'unsaid' } : undefined)
  })

  const told = (media?: 'flows' | 'blocked') => ({ said: { ...said, ...(media && { media }) } })
  const doctors = 'Practitioner/other'
  test.each<[string, readonly Partial<Attendance>[], boolean]>([
    ['the patient’s page said that nothing came through, and no page ever that something did', [told('blocked')], true],
    ['Jitsi saw the patient too', [{ ...told('blocked'), seen }], true],
    [
      'the clinician’s page alone said that nothing came through',
      [told('flows'), { who: doctors, ...told('blocked') }],
      true,
    ],
    [
      'the patient’s page said so, while the clinician’s line was sound',
      [told('blocked'), { who: doctors, ...told('flows') }],
      true,
    ],
    ['something came through on both sides at last', [told('flows'), { who: doctors, ...told('flows') }], false],
    [
      'something came through to the mother, and nothing to the child',
      [told('blocked'), { who: mother, ...told('flows') }, { who: doctors, ...told('flows') }],
      false,
    ],
    ['no page said anything of it', [told()], false],
  ])('where %s', (_how, others, asked) => {
    const visit = ended(others)

    expect(isUnsaid(visit)).toBe(asked)
    expect(isNothingThrough(visit)).toBe(asked)
    if (asked) expect(says(visit, { is: 'telephone' }).outcome).toMatchObject({ is: 'telephone' })
  })

  test('what came through at any time is not taken back, whatever is told later and in which order', () => {
    const kept = (...all: Attendance['said'][]) =>
      all.reduce<Visit>((visit, word) => withHeartbeats(visit, new Map(word && [[patient, word]])), ended([{}]))
    const media = (visit: Visit) => visit.attendance.find(({ who }) => who === patient)?.said?.media

    expect(media(kept(told('blocked').said, told('flows').said, told('blocked').said, told().said))).toBe('flows')
    expect(media(kept(told('blocked').said, told().said))).toBe('blocked')
    expect(media(kept(told().said))).toBeUndefined()
  })

  test('a row of before this was asked is left in peace', () => {
    const { outcome: _outcome, ...older } = ended()

    expect(isUnsaid(older)).toBe(false)
    expect(refusalOf(() => says(older, { is: 'did-not-come' }))).toBe('outcome-known')
  })

  test('a late word that the patient was in the call answers it, and takes back no word of a person', () => {
    const late = (visit: Finished): Finished => ({ ...visit, attendance: [{ who: patient, from: on('15:01'), seen }] })

    expect(isUnsaid(late(ended()))).toBe(false)
    expect(refusalOf(() => says(late(ended()), { is: 'did-not-come' }))).toBe('outcome-known')
    expect(outcomeIn(late(says(ended(), { is: 'did-not-come' })))?.is).toBe('did-not-come')
  })
})

describe('what a clinician says', () => {
  test.each(happenings)('%s is kept with who said it and when', (is) => {
    const visit = says(ended(), { is })

    expect(visit.outcome).toEqual({ is, by: doctor, at: on('15:11') })
    expect(isUnsaid(visit)).toBe(false)
  })

  test.each(happenings)('%s said twice is kept once', (is) => {
    const visit = says(ended(), { is })

    expect(says(visit, { is }, on('15:20'))).toBe(visit)
  })

  test('the times of a telephone call are the clinic’s, and the visit’s own day', () => {
    const visit = says(ended(), { is: 'telephone', period: { start: '16:05', end: '16:11' } }, on('15:15'))

    expect(visit.outcome).toMatchObject({ period: { start: on('15:05'), end: on('15:11') } })
    expect(timeOf(visit)).toEqual({ start: on('15:05'), end: on('15:11') })
    // Told again without its times it is the same call.
    expect(says(visit, { is: 'telephone' }, on('15:20'))).toBe(visit)
  })

  test('a telephone call without times has none, whatever the room was open for', () => {
    expect(timeOf(says(ended(), { is: 'telephone' }))).toBeUndefined()
  })

  test.each([
    ['ends before it begins', '16:05', '16:04'],
    ['is not over', '16:05', '16:12'],
  ])('a telephone call that %s is refused', (_how, start, end) => {
    expect(refusalOf(() => says(ended(), { is: 'telephone', period: { start, end } }))).toBe('telephone-times')
  })

  test('another word than the one on the screen is refused, and taken where it is', () => {
    const visit = says(ended(), { is: 'did-not-come' })

    expect(refusalOf(() => says(visit, { is: 'came' }))).toBe('outcome-said')
    expect(refusalOf(() => says(visit, { is: 'came', instead: 'telephone' }))).toBe('outcome-said')
    expect(says(visit, { is: 'came', instead: 'did-not-come' }).outcome).toMatchObject({ is: 'came' })
  })

  test('nothing is said of a visit that goes on', () => {
    const visit = plannedAs(bookingOf({ patient, practitioners: [doctor], face }))

    expect(refusalOf(() => saidToHave(visit, { is: 'did-not-come' }, by, on('15:11')))).toBe('visit-not-finished')
  })
})

describe('what the chart has', () => {
  const nothing = { text: false, encounter: false }

  test('of a note keeps another word out, and so does an Encounter that was cancelled', () => {
    const [unsaid, came, missed] = [ended(), says(ended(), { is: 'came' }), says(ended(), { is: 'did-not-come' })]

    const code = (visit: Finished, note: object) => refusalOf(() => requireChangeable(visit, { ...nothing, ...note }))
    expect([code(unsaid, { text: true }), code(came, { text: true }), code(missed, { text: true })]).toEqual([
      undefined,
      'outcome-kept',
      'outcome-kept',
    ])
    expect([code(came, { encounter: true }), code(missed, { encounter: true })]).toEqual([undefined, 'outcome-kept'])
  })

  const told = (visit: Finished, appointment: (SaidOutcome['inChart'] & {})['appointment']) =>
    withOutcomeInChart(visit, visit.outcome as SaidOutcome, { appointment }) as Finished // sound: it was said

  test.each([
    ['noshow', 'noshow'],
    ['unknown', 'noshow'],
    ['left', undefined],
    ['not-its-way', undefined],
  ] as const)('as %s after "did not come" leaves to a later word: %s', (appointment, wrote) => {
    const visit = told(says(ended(), { is: 'did-not-come' }), appointment)

    const { outcome } = says(visit, { is: 'came', instead: 'did-not-come' })

    expect(outcome).toEqual({ is: 'came', by: doctor, at: on('15:11'), ...(wrote && { wrote }) })
  })

  test('is kept of the word that was told, not of one that was said meanwhile', () => {
    const [first, second] = [says(ended(), { is: 'did-not-come' }), says(ended(), { is: 'came' })]

    expect(withOutcomeInChart(second, first.outcome as SaidOutcome, { appointment: 'noshow' })).toBe(second)
    expect(told(first, 'noshow').outcome).toMatchObject({ inChart: { appointment: 'noshow' } })
  })
})

test.each([
  ['2026-03-29T09:00:00.000Z', '01:30', '2026-03-29T00:30:00.000Z'],
  ['2026-03-29T09:00:00.000Z', '03:30', '2026-03-29T01:30:00.000Z'],
  ['2026-10-25T09:00:00.000Z', '04:00', '2026-10-25T03:00:00.000Z'],
  ['2026-07-01T22:30:00.000Z', '00:45', '2026-07-01T22:45:00.000Z'],
])('on the day of %s the clocks of Berlin show %s at %s', (at, clock, instant) => {
  expect(atClock(at as Instant, clock, 'Europe/Berlin')).toBe(instant)
})

test('who says it stands in it', () => {
  const who: Ref = 'PractitionerRole/r'

  expect(saidToHave(ended(), { is: 'came' }, { ...by, who }, on('15:11')).outcome).toMatchObject({ by: who })
})
