// A visit's life as one table: every status, every event, and what becomes of it, a new status or a refusal.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Code, Refusal } from '../../server/domain/errors.ts'
import type { DoorId, Instant, Ref } from '../../server/domain/ids.ts'
import { plus } from '../../server/domain/instant.ts'
import { admitted, declined, knocked, left, requireAdmitted, waitingSince } from '../../server/domain/visit/door.ts'
import { roomName, visitId } from '../../server/domain/visit/room.ts'
import {
  cancelled,
  finished,
  hoursAt,
  planned,
  rebooked,
  requireOpen,
  tokenGiven,
} from '../../server/domain/visit/visit.ts'
import type { Person, Visit } from '../../server/domain/visit/visit-shape.ts'

// Sound, these casts: what a test calls an id or an instant is one.
const at = (text: string) => text as Instant
const id = <T extends string>(text: string) => text as T
const start = at('2026-03-02T15:00:00.000Z')
const end = at('2026-03-02T15:15:00.000Z')
const during = at('2026-03-02T15:05:00.000Z')
const window = { before: 30, after: 120 }
const margaret: Ref<'Patient'> = 'Patient/margaret'
const chen: Ref<'Practitioner'> = 'Practitioner/chen'
const organisation = id<Visit['organisation']>('riverside')
const appointment = id<Visit['appointment']>('a1')

const booking = {
  ...{ id: visitId(organisation, appointment), organisation, appointment, start, end, appointmentReadAt: start },
  ...{ expiresAt: plus(end, 3600), iss: id<Visit['iss']>('https://ehr.example/fhir') },
  ...{ patient: margaret, practitioners: [chen], face: { name: 'Margaret', clinicians: ['Dr. Chen'] } },
}
const elsewhere = id<Visit['iss']>('https://other.example/fhir')
const roomOf = (opening: number) => roomName(new Uint8Array(32), organisation, appointment, opening)
const knock = (doorId: string, now: Instant = during, who: Ref = margaret) =>
  ({
    doorId: doorId as DoorId,
    who,
    as: 'patient',
    name: 'Margaret',
    devices: { camera: true, microphone: true },
    knockedAt: now,
  }) as const

const fresh: Visit = planned(booking, roomOf(1))
const arrived: Visit = knocked(fresh, knock('g'), window)
const underWay: Visit = tokenGiven(admitted(arrived, knock('g').doorId, chen, during), chen, 'clinician', during)
const statuses: Record<Visit['status'], Visit> = {
  planned: fresh,
  arrived,
  'in-progress': underWay,
  finished: finished(underWay, window, during),
  cancelled: cancelled(arrived, during),
}

/** The new status, or the code of the refusal. */
function outcome(event: (visit: Visit) => Visit, visit: Visit): Visit['status'] | Code {
  try {
    return event(visit).status
  } catch (cause) {
    if (cause instanceof Refusal) return cause.code
    throw cause
  }
}

const doorId = knock('g').doorId
const events: Record<string, (visit: Visit) => Visit> = {
  'someone knocks': (v) => knocked(v, knock('h', during, 'Patient/other'), window),
  'someone knocks too early': (v) => knocked(v, knock('h', plus(start, -1801)), window),
  'someone knocks too late': (v) => knocked(v, knock('h', plus(end, 7200)), window),
  'the patient is let in': (v) => admitted(v, doorId, chen, during),
  'a stranger is let in': (v) => admitted(v, id<DoorId>('stranger'), chen, during),
  'the patient is sent away': (v) => declined(v, doorId, during),
  'the patient leaves': (v) => left(v, margaret),
  'the patient asks for a token': (v) => tokenGiven(requireAdmitted(v, margaret), margaret, 'other', during),
  'the clinician joins': (v) => tokenGiven(requireOpen(v), chen, 'clinician', during),
  'the clinician ends it': (v) => finished(v, window, during),
  'the EHR cancels it': (v) => cancelled(v, during),
  'the EHR moves it': (v) => rebooked(v, { ...booking, start: plus(start, 600) }, roomOf),
  'another EHR tells another time': (v) => rebooked(v, { ...booking, iss: elsewhere, start: plus(start, 600) }, roomOf),
  'the EHR gives it to another': (v) => rebooked(v, { ...booking, patient: 'Patient/other' }, roomOf),
}

const gone = ['visit-finished', 'appointment-cancelled']
const other = 'appointment-changed'

/** One row an event; the columns are planned, arrived, in-progress, finished, cancelled. */
const table: Record<string, readonly string[]> = {
  'someone knocks': ['arrived', 'arrived', 'in-progress', ...gone],
  'someone knocks too early': ['too-early', 'too-early', 'in-progress', ...gone],
  'someone knocks too late': ['appointment-past', 'appointment-past', 'in-progress', ...gone],
  'the patient is let in': ['not-at-door', 'arrived', 'in-progress', ...gone],
  'a stranger is let in': ['not-at-door', 'not-at-door', 'not-at-door', ...gone],
  'the patient is sent away': ['not-at-door', 'arrived', 'in-progress', ...gone],
  'the patient leaves': ['planned', 'arrived', 'in-progress', 'finished', 'cancelled'],
  'the patient asks for a token': ['not-admitted', 'not-admitted', 'in-progress', ...gone],
  'the clinician joins': ['in-progress', 'in-progress', 'in-progress', ...gone],
  'the clinician ends it': ['visit-not-started', 'visit-not-started', 'finished', 'finished', 'appointment-cancelled'],
  'the EHR cancels it': ['cancelled', 'cancelled', 'in-progress', 'finished', 'cancelled'],
  'the EHR moves it': ['planned', 'arrived', 'in-progress', 'finished', 'planned'],
  'another EHR tells another time': [other, other, other, other, other],
  'the EHR gives it to another': [other, other, other, other, other],
}

test.each([
  ['before its hours', 'too-early', plus(start, -1801)],
  ['in its hours', 'open', during],
  ['after its hours', 'over', plus(end, 7200)],
] as const)('%s a visit that has not begun is %s, and one under way is open', (_when, told, now) => {
  const hours = (['planned', 'arrived', 'in-progress'] as const).map((s) => hoursAt(statuses[s], window, now))

  expect(hours).toEqual([told, told, 'open'])
  expect(hoursAt({ start, end }, window, now)).toBe(told)
})

test('the table of what becomes of a visit has every event', () => {
  expect(Object.keys(table)).toEqual(Object.keys(events))
})

describe('by the rules', () => {
  const rows = Object.entries(events).flatMap(([name, event]) =>
    Object.values(statuses).map((visit, i) => {
      const becomes = table[name]?.[i] ?? ''
      const then = becomes in statuses ? `it is then ${becomes}` : `the refusal is ${becomes}`
      return [visit.status, name, then, becomes, event, visit] as const
    }),
  )
  test.each(rows)('when a visit is %s and %s, %s', (_status, _name, _then, becomes, event, visit) => {
    const before = structuredClone(visit)

    const after = outcome(event, visit)

    expect(after).toBe(becomes)
    expect(visit).toEqual(before)
  })

  test('a finished or cancelled visit has no room and no door: there is nothing left to join', () => {
    for (const status of ['finished', 'cancelled'] as const) {
      for (const part of ['call', 'room', 'door']) expect(statuses[status]).not.toHaveProperty(part)
    }
  })

  test('a cancelled visit that is on again begins afresh, in another room', () => {
    const again = rebooked(statuses.cancelled, booking, roomOf)

    expect(again).toMatchObject({ status: 'planned', opening: 2, call: { room: roomOf(2), door: [] }, attendance: [] })
    expect(again).not.toHaveProperty('cancelledAt')
    expect(roomOf(2)).not.toBe(roomOf(1))
  })

  test('a visit somebody forgot to end did not last for days', () => {
    const closes = plus(end, 7200)
    const lasted = [plus(closes, 60), plus(closes, 2 * 86_400)].map((now) => finished(underWay, window, now).finishedAt)

    expect(lasted).toEqual([plus(closes, 60), closes])
  })

  test('an Appointment that was read again and says the same writes nothing', () => {
    for (const visit of [fresh, arrived, underWay, statuses.finished])
      expect(rebooked(visit, booking, roomOf)).toBe(visit)
  })

  test('a cancelled visit does not say that someone had arrived', () => {
    expect(statuses.cancelled).not.toHaveProperty('arrivedAt')
  })

  test('a second knock, admission, refusal, join or end changes nothing, and so writes nothing', () => {
    const sentAway = declined(arrived, doorId, during)

    expect(knocked(arrived, knock('other-id'), window)).toBe(arrived)
    expect(admitted(underWay, doorId, chen, end)).toBe(underWay)
    expect(declined(sentAway, doorId, end)).toBe(sentAway)
    expect(tokenGiven(requireOpen(underWay), chen, 'clinician', end)).toBe(underWay)
    expect(finished(statuses.finished, window, end)).toBe(statuses.finished)
  })

  test('the first clinician’s first token begins the visit, and no later one moves that', () => {
    const later = tokenGiven(requireOpen(underWay), 'Practitioner/okafor', 'clinician', end)

    expect(later).toMatchObject({ status: 'in-progress', startedAt: during })
    expect(later.attendance).toEqual([
      { who: chen, from: during },
      { who: 'Practitioner/okafor', from: end },
    ])
  })

  test('whatever people do at the door, nobody stands there twice, and only who was let in may join', () => {
    const people = ['Patient/a', 'Patient/b', 'RelatedPerson/c'] as const
    const step = fc.record({
      who: fc.constantFrom(...people),
      does: fc.constantFrom('knock', 'admit', 'decline', 'leave'),
      doorId: fc.uuid(),
    })

    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let visit: Visit = fresh
        const letIn = new Set<string>()
        for (const { who, does, doorId: fresh } of steps) {
          const stands: Person | undefined = requireOpen(visit).call.door.find((p) => p.who === who)
          if (does === 'knock') visit = knocked(visit, knock(fresh, during, who), window)
          if (does === 'leave') visit = left(visit, who)
          if (does === 'admit' && stands?.state === 'waiting') visit = admitted(visit, stands.doorId, chen, during)
          if (does === 'decline' && stands) visit = declined(visit, stands.doorId, during)
          if (does === 'admit' && stands && stands.state !== 'declined') letIn.add(who)
          if (does === 'decline') letIn.delete(who)
        }
        const { door } = requireOpen(visit).call
        expect(new Set(door.map((p) => p.who)).size).toBe(door.length)
        for (const who of people) {
          const may = outcome((v) => requireAdmitted(v, who), visit)
          expect(may === 'not-admitted' || may === 'admission-declined').toBe(!letIn.has(who))
        }
        const waiting = door.filter((p) => p.state === 'waiting')
        expect(waitingSince(door)).toBe(waiting[0]?.knockedAt)
      }),
    )
  })
})
