// Who was there and when, as a pure rule: what Jitsi tells, in whatever order and however often, beside the first token.
import { expect, test } from 'vitest'
import type { Instant, RoomName } from '../../server/domain/ids.ts'
import { idInRoom, type Sighting, sighted } from '../../server/domain/visit/attendance.ts'
import { periodInCall } from '../../server/domain/visit/time-in-call.ts'
import type { Attendance, Connection, Finished } from '../../server/domain/visit/visit-shape.ts'

const at = (clock: string) => `2026-05-01T${clock}.000Z` as Instant // sound: an instant
const seconds = (clock: string) => Date.parse(at(clock)) / 1000
const room = 'room' as RoomName // sound: no more than a name
const patient: Attendance = { who: 'Patient/1', from: at('10:00:00') }
const doctor: Attendance = { who: 'Practitioner/1', from: at('09:59:00') }
const theirs = idInRoom(room, patient.who)

const joined = (clock: string, connection = 'a'): Sighting => ({
  ...{ idInRoom: theirs, connection, joinedAt: seconds(clock), happenedAt: seconds(clock) },
})
/** Without `toldAt`, told when it happens. */
const left = (from: string, until: string, connection = 'a', toldAt = until): Sighting => ({
  ...joined(from, connection),
  ...{ leftAt: seconds(until), happenedAt: seconds(toldAt) },
})

type Told = readonly [sighting: Sighting, heardAt: string]
/** The patient's attendance after all this was told, each at its time. */
function after(...told: readonly Told[]): Attendance {
  const start = { attendance: [doctor, patient] } as unknown as Finished // sound: the rule looks at attendance alone
  const end = told.reduce((visit, [sighting, heardAt]) => sighted(visit, room, sighting, at(heardAt)).visit, start)
  return end.attendance[1] ?? patient
}
const time = (...told: readonly Told[]) =>
  periodInCall(after(...told), { startedAt: at('09:59:00'), finishedAt: at('10:30:00') })
const clocks = ({ start, end }: { start: string; end: string }) => [start.slice(11, 19), end.slice(11, 19)]

test.each<[what: string, told: readonly Told[], from: string, until: string]>([
  ['nobody tells anything of', [], '10:00:00', '10:30:00'],
  ['is still there at the end', [[joined('10:01:00'), '10:01:00']], '10:01:00', '10:30:00'],
  [
    'joins and leaves',
    [
      [joined('10:01:00'), '10:01:01'],
      [left('10:01:00', '10:20:00'), '10:20:01'],
    ],
    ...(['10:01:00', '10:20:00'] as const),
  ],
  [
    'leaves before word of the joining came',
    [
      [left('10:01:00', '10:20:00'), '10:20:00'],
      [joined('10:01:00'), '10:20:01'],
    ],
    ...(['10:01:00', '10:20:00'] as const),
  ],
  [
    'leaves, and of whose joining nobody ever told',
    [[left('10:01:00', '10:20:00'), '10:20:00']],
    '10:01:00',
    '10:20:00',
  ],
  [
    'is told of twice',
    [
      [joined('10:01:00'), '10:01:00'],
      [joined('10:01:00'), '10:01:02'],
      [left('10:01:00', '10:20:00'), '10:20:00'],
      [left('10:01:00', '10:20:00'), '10:20:03'],
    ],
    ...(['10:01:00', '10:20:00'] as const),
  ],
  [
    'comes back by another connection before the first is given up',
    [
      [joined('10:01:00'), '10:01:00'],
      [joined('10:05:00', 'b'), '10:05:00'],
      [left('10:01:00', '10:06:30'), '10:06:30'],
      [left('10:05:00', '10:20:00', 'b'), '10:20:00'],
    ],
    ...(['10:01:00', '10:20:00'] as const),
  ],
  [
    'leaves and comes back over the same connection',
    [
      [left('10:01:00', '10:05:00'), '10:05:00'],
      [joined('10:10:00'), '10:10:00'],
    ],
    ...(['10:01:00', '10:30:00'] as const),
  ],
  [
    'joined, by a clock four minutes slow, before having a token',
    [[joined('09:57:00'), '10:01:00']],
    '10:00:00',
    '10:30:00',
  ],
  [
    'is told of by a clock an hour ahead',
    [
      [joined('11:01:00'), '10:01:00'],
      [left('11:01:00', '11:20:00'), '10:20:00'],
    ],
    ...(['10:01:00', '10:20:00'] as const),
  ],
  [
    'left long before the room’s end, which alone tells of it',
    [
      [joined('10:01:00'), '10:01:00'],
      [left('10:01:00', '10:07:00', 'a', '10:29:00'), '10:29:01'],
    ],
    ...(['10:01:00', '10:07:00'] as const),
  ],
  [
    'left long before the room’s end, which alone tells of it, by a clock an hour behind',
    [
      [joined('09:01:00'), '10:01:00'],
      [left('09:01:00', '09:07:00', 'a', '09:29:00'), '10:29:00'],
    ],
    ...(['10:01:00', '10:07:00'] as const),
  ],
  [
    'is told to have left by the room’s end, and sooner by their own leaving',
    [
      [left('10:01:00', '10:20:00', 'a', '10:20:00'), '10:20:00'],
      [left('10:01:00', '10:19:58', 'a', '10:19:58'), '10:20:01'],
    ],
    ...(['10:01:00', '10:19:58'] as const),
  ],
  ['leaves after the visit has ended', [[left('10:01:00', '10:31:00'), '10:31:00']], '10:01:00', '10:30:00'],
  ['joins after the visit has ended', [[joined('10:31:00'), '10:31:00']], '10:30:00', '10:30:00'],
])('the time in the room is worked out for a patient who %s', (_, told, from, until) => {
  expect(clocks(time(...told))).toEqual([from, until])
})

test('a replayed joining does not bring back who has left', () => {
  const gone = after([left('10:01:00', '10:20:00'), '10:20:00'])

  expect(after([left('10:01:00', '10:20:00'), '10:20:00'], [joined('10:01:00'), '10:29:00'])).toEqual(gone)
  expect(gone.seen).toHaveLength(1)
})

test('a stranger, a person without an id and one of another room change nothing, and are called strangers', () => {
  const visit = { attendance: [patient] } as unknown as Finished // sound: the rule looks at attendance alone
  for (const other of ['somebody', undefined, idInRoom('another' as RoomName, patient.who)]) {
    const said = sighted(visit, room, { ...joined('10:01:00'), idInRoom: other }, at('10:01:00'))
    expect(said).toEqual({ visit, heard: 'stranger' })
    expect(said.visit).toBe(visit)
  }
})

test('of a phone that connects a hundred times 32 connections are kept, and it was there from the first time to the last', () => {
  const clock = (minute: number, second: number) =>
    `10:${String(minute).padStart(2, '0')}:${String(second).padStart(2, '0')}`
  const told = Array.from({ length: 100 }, (_, n): Told => {
    const [minute, second] = [Math.floor(n / 6) + 1, (n % 6) * 10]
    return [left(clock(minute, second), clock(minute, second + 5), `c${n}`), clock(minute, second + 5)]
  })

  const seen: readonly Connection[] = after(...told).seen ?? []

  expect(seen).toHaveLength(32)
  expect(clocks(time(...told))).toEqual(['10:01:00', '10:17:35'])
})

test('an end told twice changes nothing, even for a phone with a hundred connections', () => {
  const clock = (n: number) => new Date(Date.parse(at('10:00:00')) + n * 1000).toISOString().slice(11, 19)
  // The first lasted longest: the ones counted together with it ended before it did.
  const ends = Array.from({ length: 100 }, (_, n): Told => {
    const until = clock(n === 0 ? 200 : n * 10 + 5)
    return [left(clock(n * 10), until, `c${n}`), until]
  })
  const start = { attendance: [doctor, patient] } as unknown as Finished // sound: the rule looks at attendance alone
  const visit = ends.reduce((v, [end, heardAt]) => sighted(v, room, end, at(heardAt)).visit, start)

  const again = ends.map(([end, heardAt]) => sighted(visit, room, end, at(heardAt)))

  expect(again.filter(({ heard }) => heard !== 'known')).toEqual([])
  expect(again.every((said) => said.visit === visit)).toBe(true)
  expect(sighted(visit, room, left(clock(1000), clock(1005), 'new'), at(clock(1005))).heard).toBe('left')
})
