// What becomes of a visit when its Appointment is read again, as a rule: whom it names no longer is out, and nobody else.
import { describe, expect, test } from 'vitest'
import type { DoorId, LaunchId, Ref, VisitId } from '../../server/domain/ids.ts'
import { plus } from '../../server/domain/instant.ts'
import { type Launch, lost, opened } from '../../server/domain/sign-in/launch.ts'
import { mayHaveToken, namedIn, requireStillNamed } from '../../server/domain/visit/access.ts'
import { admitted, knocked } from '../../server/domain/visit/door.ts'
import { changesBetween, type Reading, reviewed } from '../../server/domain/visit/reviewed.ts'
import {
  cancelled,
  finished,
  isStale,
  type planned,
  rebooked,
  requireOpen,
  tokenGiven,
} from '../../server/domain/visit/visit.ts'
import { type Visit, waysOff } from '../../server/domain/visit/visit-shape.ts'
import { rememberReviews } from '../../server/outside/memory/reviews.ts'
import { refusalOf } from '../support/refusal-of.ts'
import { bookingOf, on, plannedAs, window } from './planned.ts'

const [chen, okafor, margaret, zoe]: [Ref, Ref, Ref<'Patient'>, Ref<'Patient'>] = [
  ...(['Practitioner/chen', 'Practitioner/okafor', 'Patient/margaret', 'Patient/zoe'] as const),
]
const guest = 'g' as DoorId // sound: what a test calls an id is one
const face = { name: 'Margaret', clinicians: ['Dr. Chen'], reason: 'Cough' }
const booking = {
  ...bookingOf({ patient: margaret, practitioners: [chen], face }),
  appointmentReadAt: on('14:50'),
}
const fresh = plannedAs(booking)
const devices = { camera: true, microphone: true }
const knock = {
  doorId: guest,
  who: margaret,
  as: 'patient',
  name: 'Margaret',
  knockedAt: on('15:01'),
  devices,
} as const
const waiting = knocked(fresh, knock, window)
const underWay = tokenGiven(admitted(waiting, guest, chen, on('15:02')), chen, 'clinician', on('15:03'))
const visits: Record<Visit['status'], Visit> = {
  planned: fresh,
  arrived: waiting,
  'in-progress': underWay,
  finished: finished(underWay, window, on('15:20')),
  cancelled: cancelled(fresh, on('14:00')),
}
const every = Object.entries(visits)

const now = on('15:06')
const words = { clinicians: ['Dr. Chen'], reason: 'Cough' }
const same: Reading = {
  ...{ status: 'booked', patients: [margaret], practitioners: [chen], by: 'clinician', face: words },
  ...{ start: booking.start, end: booking.end },
}
const look = (visit: Visit, said: Partial<Reading>) => reviewed(visit, { ...same, ...said }, now)
type Who = Pick<Launch, 'role' | 'self' | 'patients' | 'notFound'>
const hers: Who = { role: 'clinician', self: [chen, 'PractitionerRole/c'], patients: [] }
const theirs: Who = { role: 'patient', self: [margaret], patients: [margaret] }
const mothers: Who = { role: 'representative', self: ['RelatedPerson/m'], patients: [margaret] }

const codeOf = (act: () => unknown) => refusalOf(act) ?? 'passes'
const passes = (visit: Visit) => [hers, theirs, mothers].map((who) => codeOf(() => requireStillNamed(who, visit)))
const out = 'no-longer-participant'

describe('an Appointment that is read again', () => {
  test.each(every)(
    'and says the same leaves a visit that is %s as it was, but for when it was read',
    (_status, visit) => {
      expect(look(visit, {})).toEqual({ ...visit, appointmentReadAt: now })
    },
  )

  test.each(every)(
    'and names another clinician takes a visit that is %s from the first one alone',
    (_status, visit) => {
      const after = look(visit, { practitioners: [okafor] })

      expect(passes(after)).toEqual([out, 'passes', 'passes'])
      expect(codeOf(() => requireStillNamed({ ...hers, self: [okafor] }, after))).toBe('passes')
    },
  )

  test.each(every)('and names a role of hers leaves a visit that is %s with her', (_status, visit) => {
    expect(passes(look(visit, { practitioners: ['PractitionerRole/c'] }))).toEqual(['passes', 'passes', 'passes'])
  })

  test.each(every)('and names another patient takes a visit that is %s from the first one’s side', (_status, visit) => {
    const another = {
      patients: [zoe],
      start: on('18:00'),
      end: on('18:15'),
      face: { clinicians: [], reason: 'Secret' },
    }
    const after = look(visit, another)

    expect(passes(after)).toEqual(['passes', out, out])
    // What is said of the other one is not said in this one's visit.
    expect([after.start, after.face, after.patient]).toEqual([visit.start, visit.face, margaret])
    expect('call' in after ? after.call.door : []).toEqual([])
  })

  test.each(every)('and names nobody takes a visit that is %s from everybody', (_status, visit) => {
    expect(passes(look(visit, { patients: [], practitioners: [] }))).toEqual([out, out, out])
  })

  test('and names another patient beside theirs takes nothing from anybody', () => {
    expect(passes(look(underWay, { patients: [margaret, zoe] }))).toEqual(['passes', 'passes', 'passes'])
  })

  test('and is another patient’s lets nobody into the room, however far they had come', () => {
    const token = (role: 'clinician' | 'patient', who: Ref) =>
      codeOf(() =>
        mayHaveToken(look(underWay, { patients: [zoe] }), { who, role }, { window, now, clinicianHere: true }),
      )

    expect([token('clinician', chen), token('patient', margaret)]).toEqual([
      'appointment-changed',
      'appointment-changed',
    ])
  })

  test('and names them again gives it back, to be knocked at anew', () => {
    const back = look(look(underWay, { patients: [zoe], practitioners: [okafor] }), {})

    expect(passes(back)).toEqual(['passes', 'passes', 'passes'])
    expect(back).toMatchObject({ status: 'in-progress', call: { room: 'room', door: [] } })
    expect(back).not.toHaveProperty('patientGone')
  })

  test.each(['cancelled', 'noshow', 'entered-in-error'])(
    'and is %s is over for who has not begun, and goes on for who has',
    (status) => {
      const after = every.map(([, visit]) => look(visit, { status }).status)

      expect(after).toEqual(['cancelled', 'cancelled', 'in-progress', 'finished', 'cancelled'])
      expect(every.flatMap(([, visit]) => passes(look(visit, { status })))).toEqual(Array(15).fill('passes'))
    },
  )

  test('and was cancelled without times is cancelled all the same', () => {
    const { start: _start, end: _end, ...timeless } = same

    expect(reviewed(waiting, { ...timeless, status: 'cancelled' }, now).status).toBe('cancelled')
  })

  test('and was deleted is over for who has not begun, and takes nothing from anybody', () => {
    const after = every.map(([, visit]) => reviewed(visit, 'deleted', now))

    expect(after.map(({ status }) => status)).toEqual([
      'cancelled',
      'cancelled',
      'in-progress',
      'finished',
      'cancelled',
    ])
    expect(after.flatMap(passes)).toEqual(Array(15).fill('passes'))
  })

  test('and was moved takes the new time, and its words, unless the visit is over', () => {
    const moved = { start: on('16:00'), end: on('16:15'), face: { clinicians: ['Dr. Okafor'], reason: 'Fever' } }
    const after = every.map(([, visit]) => look(visit, moved))

    expect(after.map(({ start }) => start)).toEqual([on('16:00'), on('16:00'), on('16:00'), on('15:00'), on('15:00')])
    expect(after[1]?.face).toEqual({ name: 'Margaret', clinicians: ['Dr. Okafor'], reason: 'Fever' })
  })

  test('and lacks its times keeps the ones it had', () => {
    const { start: _start, end: _end, ...timeless } = same

    expect(reviewed(waiting, timeless, now)).toMatchObject({ start: booking.start, end: booking.end })
  })

  test('by a patient from whom the clinicians are kept takes nothing from them, and does not count as read', () => {
    const seen = { by: 'patient', practitioners: [], face: { clinicians: [] } } as const

    for (const [, visit] of every) {
      expect(passes(look(visit, seen))).toEqual(['passes', 'passes', 'passes'])
      expect(look(visit, seen)).toMatchObject({ appointmentReadAt: on('14:50'), face: { clinicians: ['Dr. Chen'] } })
    }
    expect(passes(look(underWay, { by: 'patient', practitioners: [okafor] }))).toEqual([out, 'passes', 'passes'])
    expect(look(waiting, { ...seen, status: 'cancelled' }).status).toBe('cancelled')
  })

  test('tells in words for the record what it changed', () => {
    const changes = (said: Partial<Reading>) => changesBetween(waiting, look(waiting, said))

    expect([
      changes({}),
      changes({ practitioners: [okafor] }),
      changes({ patients: [zoe] }),
      changes({ start: on('15:05') }),
      changes({ face: { clinicians: ['Dr. C.'] } }),
      changes({ status: 'cancelled', practitioners: [] }),
      changes({ status: 'cancelled', practitioners: [okafor] }),
    ]).toEqual([
      [],
      ['other-clinicians'],
      ['other-patient'],
      ['moved'],
      ['reworded'],
      // Everybody was taken out of what was cancelled: that is told of nobody.
      ['cancelled'],
      ['cancelled', 'other-clinicians'],
    ])
  })

  test.each([...waysOff])('and is %s while the visit is under way is told of, once, until it is on again', (as) => {
    const said = (visit: Visit, at = now) =>
      as === 'deleted' ? reviewed(visit, as, at) : reviewed(visit, { ...same, status: as }, at)
    const off = said(underWay)

    expect(off).toMatchObject({ status: 'in-progress', calledOff: { as, at: now } })
    expect(changesBetween(underWay, off)).toEqual(['called-off'])
    expect(changesBetween(off, said(off, on('15:12')))).toEqual([])
    expect(said(off, on('15:12'))).toMatchObject({ calledOff: { as, at: now } })
    // What is unclear says neither.
    expect(look(off, { status: 'standby' })).toHaveProperty('calledOff')
    expect(changesBetween(off, look(off, {}))).toEqual(['on-again'])
    expect(look(off, {})).not.toHaveProperty('calledOff')
    // Kept at the end: the note is still to be written. What is off only then is our own doing, or nobody's call.
    expect(finished(requireOpen(off), window, on('15:20'))).toHaveProperty('calledOff')
    for (const visit of [visits.finished, waiting, fresh]) expect(said(visit)).not.toHaveProperty('calledOff')
  })

  test('and is at another time while the visit is under way is told of, with the time that it was booked for, until it is back there', () => {
    const later = { start: on('16:00'), end: on('16:15') }
    const moved = look(underWay, later)
    const { start, end } = booking

    expect(moved).toMatchObject({ status: 'in-progress', ...later, movedFrom: { start, end, at: now } })
    expect(reviewed(moved, { ...same, ...later }, on('15:12'))).toMatchObject({ movedFrom: { start, end, at: now } })
    // Moved once more, it still was booked for the first of all.
    const again = reviewed(moved, { ...same, start, end: on('15:50') }, on('15:12'))
    expect(again).toMatchObject({ end: on('15:50'), movedFrom: { start, end, at: on('15:12') } })
    expect(look(again, {})).not.toHaveProperty('movedFrom')
    expect(finished(requireOpen(moved), window, on('15:20'))).toMatchObject({ movedFrom: { start, end } })
    for (const visit of [visits.finished, waiting, fresh]) expect(look(visit, later)).not.toHaveProperty('movedFrom')
  })

  test('is due when it was last read five minutes ago, or nobody knows when', () => {
    const due = [on('14:54'), on('14:55')].map((at) => isStale(fresh.appointmentReadAt, at))

    expect([...due, isStale(undefined, on('14:50'))]).toEqual([false, true, true])
  })

  test('whatever a server writes into it, is read leniently: whom it names, and times that make hours', () => {
    const at = (reference: string, status?: string) => ({ actor: { reference }, ...(status ? { status } : {}) })
    const relative = (text: string) => (text.includes('://') ? undefined : (text as Ref))
    const read = (more: object) => namedIn({ id: 'a', status: 'booked', participant: [], ...more }, relative, 'UTC')

    expect(read({})).toEqual({ status: 'booked', patients: [], practitioners: [] })
    expect(read({ start: on('15:00'), end: on('14:00') })).not.toHaveProperty('start')
    const people = [at('Patient/p'), at('Patient/p'), at('https://x/Patient/q'), at('Practitioner/d', 'declined'), {}]
    expect(read({ participant: people })).toMatchObject({ patients: ['Patient/p'], practitioners: [] })
    expect(read({ status: 'cancelled', participant: people })).toMatchObject({ practitioners: ['Practitioner/d'] })
  })
})

describe('a visit that is opened again', () => {
  const roomOf = () => 'room-2' as Parameters<typeof planned>[1]

  test('by whom the Appointment names again gives the patient’s side theirs back', () => {
    const gone = look(underWay, { patients: [zoe] })

    expect(passes(rebooked(gone, booking, roomOf))).toEqual(['passes', 'passes', 'passes'])
  })

  test('by a patient from whom the clinicians are kept stays theirs', () => {
    const kept = { ...booking, practitioners: [], face: { ...face, clinicians: [] } }

    expect(rebooked(waiting, kept, roomOf)).toMatchObject({ practitioners: [chen], face: { clinicians: ['Dr. Chen'] } })
  })

  test('says when it was read once in five minutes, and by whom it is held once it is over', () => {
    const later = { ...booking, appointmentReadAt: now, practitioners: [okafor] }

    expect(rebooked(waiting, { ...booking, appointmentReadAt: on('14:54') }, roomOf)).toBe(waiting)
    expect(rebooked(waiting, { ...booking, appointmentReadAt: now }, roomOf).appointmentReadAt).toBe(now)
    expect(rebooked(visits.finished, { ...later, start: on('18:00') }, roomOf)).toEqual({
      ...visits.finished,
      ...{ practitioners: [okafor], appointmentReadAt: now },
    })
  })

  test('is given back to a sign-in that the EHR had told of no such Appointment', () => {
    const launch = { visits: ['v'] } as unknown as Launch // sound: all that is looked at
    const id = 'v' as VisitId
    const gone = lost(launch, id)

    expect(codeOf(() => requireStillNamed({ ...theirs, notFound: gone.notFound ?? [] }, fresh))).toBe(
      'appointment-unknown',
    )
    expect(lost(gone, id)).toBe(gone)
    expect(opened(gone, id)).toEqual(launch)
    expect(opened(launch, id)).toBe(launch)
  })
})

describe('readings in the background', () => {
  const launch = 'l' as LaunchId
  const asked = (visit: string, by = launch, iss = booking.iss) => ({ subject: visit as VisitId, launch: by, iss })
  const later = (seconds: number) => plus(now, seconds)

  test('are one at a time for a visit, and eight at one EHR', () => {
    const reviews = rememberReviews()
    const begun = Array.from({ length: 10 }, (_, i) => reviews.begin(asked(`v${i}`), now))

    expect(begun.map((one) => one !== undefined)).toEqual([...Array(8).fill(true), false, false])
    expect(reviews.begin(asked('w', launch, 'https://other.example' as Visit['iss']), now)).toBeDefined()
    begun[0]?.('read', now)
    expect([reviews.begin(asked('v1'), now), reviews.begin(asked('v9'), now)]).toEqual([undefined, expect.anything()])
  })

  test.each([
    ['was not reached is left in peace by everybody', 'silent', [false, false, false, true]],
    ['failed is not asked for that visit', 'failed', [false, false, true, true]],
    ['told this sign-in nothing is asked by others', 'withheld', [false, true, true, true]],
  ] as const)('an EHR that %s, for a minute', (_what, end, expected) => {
    const reviews = rememberReviews()
    reviews.begin(asked('v'), now)?.(end, now)
    const others = [
      ...[asked('v'), asked('v', 'm' as LaunchId), asked('w')],
      asked('x', launch, 'https://other.example' as Visit['iss']),
    ]

    const tried = others.map((one) => {
      const ended = reviews.begin(one, later(59))
      ended?.('read', later(59))
      return ended !== undefined
    })

    expect(tried).toEqual(expected)
  })

  test('that fail again and again are tried after 1, 2, 4, 8 and 16 minutes, and never more rarely', () => {
    const reviews = rememberReviews()
    const tries: number[] = []
    for (let minute = 0; minute <= 64; minute++) {
      const ended = reviews.begin(asked('v'), later(60 * minute))
      if (ended) tries.push(minute)
      ended?.('silent', later(60 * minute))
    }

    expect(tries).toEqual([0, 1, 3, 7, 15, 31, 47, 63])
    expect(reviews.sweep(later(60 * 64))).toBe(0)
    expect(reviews.sweep(later(60 * 120))).toBe(1)
  })

  test('that failed side by side count as one failure, and one that went well forgets them', () => {
    const reviews = rememberReviews()
    const ends = ['v', 'w', 'x'].map((visit) => reviews.begin(asked(visit), now))
    for (const end of ends) end?.('silent', now)

    const again = reviews.begin(asked('v'), later(60))
    again?.('read', later(61))

    expect(reviews.begin(asked('w'), later(62))).toBeDefined()
  })
})
