// How long somebody was there, as a pure rule, where Jitsi's word, its count of the room and people's own pages differ or fall silent.
import { expect, test } from 'vitest'
import type { Instant } from '../../server/domain/ids.ts'
import { inRoomNow, type Source, timeInCall, withCount } from '../../server/domain/visit/time-in-call.ts'
import type { Attendance, Connection, Counted, Finished, Said } from '../../server/domain/visit/visit-shape.ts'

const at = (clock: string) => `2026-05-01T${clock}.000Z` as Instant // sound: an instant
const visit = { startedAt: at('09:59:00'), finishedAt: at('10:30:00') }

/** A connection from then until then, or whose end nobody told. */
const seen = (from: string, until = '', counted?: readonly [string, Counted['as']]): Connection => ({
  ...{ id: from, from: at(from) },
  ...(until === '' ? {} : { until: at(until) }),
  ...(counted === undefined ? {} : { counted: { at: at(counted[0]), as: counted[1] } }),
})
const said = (from: string, until: string): Said => ({ from: at(from), until: at(until) })

type Told = { readonly seen?: readonly Connection[]; readonly said?: Said; readonly from?: string }
const stay = ({ from = '10:00:00', ...told }: Told) => {
  const { start, end, by } = timeInCall({ who: 'Patient/1', from: at(from), ...told }, visit)
  return [start.slice(11, 19), end.slice(11, 19), by]
}

test.each<[what: string, told: Told, from: string, until: string, by: Source]>([
  ['of whom nothing is told', {}, '10:00:00', '10:30:00', 'by-token'],
  ['who had a token before the visit began', { from: '09:50:00' }, '09:59:00', '10:30:00', 'by-token'],

  ['whose page alone tells', { said: said('10:02:00', '10:20:00') }, '10:02:00', '10:20:00', 'by-page'],
  ['whose page spoke to the end', { said: said('10:02:00', '10:29:55') }, '10:02:00', '10:30:00', 'by-page'],
  [
    'whose page, in a tab nobody looks at, spoke a minute before the end',
    { said: said('10:02:00', '10:28:58') },
    ...(['10:02:00', '10:30:00', 'by-page'] as const),
  ],
  [
    'whose page spoke once, and after the visit’s end as it was counted',
    { said: said('10:40:00', '10:40:00') },
    ...(['10:30:00', '10:30:00', 'by-page'] as const),
  ],

  [
    'whose first device’s leaving was lost, and whose second left',
    { seen: [seen('10:01:00'), seen('10:10:00', '10:20:00')] },
    ...(['10:01:00', '10:20:00', 'by-jitsi'] as const),
  ],
  [
    'of whose three lost lines the last one was told of',
    { seen: [seen('10:01:00'), seen('10:05:00'), seen('10:10:00', '10:20:00')] },
    ...(['10:01:00', '10:20:00', 'by-jitsi'] as const),
  ],
  [
    'whose second device’s leaving was lost, and whose first stayed on alone, as it could only then',
    { seen: [seen('10:01:00', '10:20:00'), seen('10:10:00')] },
    ...(['10:01:00', '10:20:00', 'by-jitsi'] as const),
  ],
  [
    'whose second device was there for a moment, while the first one stayed',
    { seen: [seen('10:01:00'), seen('10:10:00', '10:10:20')] },
    ...(['10:01:00', '10:30:00', 'by-jitsi'] as const),
  ],
  [
    'who came by two devices at once, of which the one that was slower left',
    { seen: [seen('10:01:03'), seen('10:01:05', '10:01:09')] },
    ...(['10:01:03', '10:30:00', 'by-jitsi'] as const),
  ],
  [
    'who came by two devices in one second, of neither of which a leaving is told',
    { seen: [seen('10:01:03'), { ...seen('10:01:03'), id: 'other' }] },
    ...(['10:01:03', '10:30:00', 'by-jitsi'] as const),
  ],
  [
    'whose two devices both left',
    { seen: [seen('10:01:00', '10:12:00'), seen('10:10:00', '10:11:00')] },
    ...(['10:01:00', '10:12:00', 'by-jitsi'] as const),
  ],

  [
    'whose leaving was lost, and whose page fell silent',
    { seen: [seen('10:01:00')], said: said('10:01:05', '10:17:00') },
    ...(['10:01:00', '10:17:00', 'by-jitsi-and-page'] as const),
  ],
  [
    'whose last leaving was lost, after a stay that was told',
    { seen: [seen('10:01:00', '10:09:00'), seen('10:12:00')], said: said('10:01:05', '10:17:00') },
    ...(['10:01:00', '10:17:00', 'by-jitsi-and-page'] as const),
  ],
  [
    'whose page spoke last before the connection that is open: it says nothing of its end',
    { seen: [seen('10:01:00', '10:09:00'), seen('10:20:00')], said: said('10:01:05', '10:08:55') },
    ...(['10:01:00', '10:30:00', 'by-jitsi'] as const),
  ],
  [
    'who left by Jitsi’s word while a page whose frame is dead still says that they are there',
    { seen: [seen('10:01:00', '10:09:00')], said: said('10:01:05', '10:29:58') },
    ...(['10:01:00', '10:09:00', 'by-jitsi'] as const),
  ],
  [
    'whose page says that they came sooner than Jitsi does',
    { seen: [seen('10:05:00', '10:09:00')], said: said('10:01:05', '10:08:58') },
    ...(['10:05:00', '10:09:00', 'by-jitsi'] as const),
  ],

  [
    'whose room was counted as empty',
    { seen: [seen('10:01:00', '', ['10:18:00', 'gone'])] },
    ...(['10:01:00', '10:18:00', 'by-jitsi-and-count'] as const),
  ],
  [
    'whose room was counted as empty long after their page fell silent',
    { seen: [seen('10:01:00', '', ['10:18:00', 'gone'])], said: said('10:01:05', '10:06:00') },
    ...(['10:01:00', '10:06:00', 'by-jitsi-and-page'] as const),
  ],
  [
    'whose room was counted as empty while a page whose frame is dead says that they are there',
    { seen: [seen('10:01:00', '', ['10:18:00', 'gone'])], said: said('10:01:05', '10:29:00') },
    ...(['10:01:00', '10:18:00', 'by-jitsi-and-count'] as const),
  ],
  [
    'whose room was counted as empty, before they came back and left',
    { seen: [seen('10:01:00', '', ['10:18:00', 'gone']), seen('10:20:00', '10:22:00')] },
    ...(['10:01:00', '10:22:00', 'by-jitsi'] as const),
  ],
  [
    'who left, by late word, before the count that found nobody',
    { seen: [seen('10:01:00', '10:11:00', ['10:18:00', 'gone'])] },
    ...(['10:01:00', '10:11:00', 'by-jitsi'] as const),
  ],
  [
    'who is counted at the end although their page is silent',
    { seen: [seen('10:01:00', '', ['10:29:59', 'there'])], said: said('10:01:05', '10:17:00') },
    ...(['10:01:00', '10:30:00', 'by-jitsi'] as const),
  ],
  [
    'who was counted once after their page fell silent, and never again',
    { seen: [seen('10:01:00', '', ['10:19:00', 'there'])], said: said('10:01:05', '10:17:00') },
    ...(['10:01:00', '10:19:00', 'by-jitsi-and-page'] as const),
  ],
  [
    'who may be the one that a count misses',
    { seen: [seen('10:01:00', '', ['10:29:59', 'doubtful'])] },
    ...(['10:01:00', '10:30:00', 'by-jitsi-doubted'] as const),
  ],
  [
    'who is the one that a count misses, by their page’s silence',
    { seen: [seen('10:01:00', '', ['10:29:59', 'doubtful'])], said: said('10:01:05', '10:17:00') },
    ...(['10:01:00', '10:17:00', 'by-jitsi-and-page'] as const),
  ],
])('the time in the call is worked out, and by whose word, for somebody %s', (_, told, from, until, by) => {
  expect(stay(told)).toEqual([from, until, by])
})

const both = (...attendance: readonly (readonly Connection[])[]) =>
  ({
    attendance: attendance.map((of, i): Attendance => ({ who: `Patient/${i}`, from: at('10:00:00'), seen: of })),
  }) as unknown as Finished // sound: the rule looks at attendance alone
const counted = (of: Finished, people: number, asked = of) =>
  withCount(of, { asked, people, at: at('10:20:00') }).attendance.map(({ seen: its = [] }) =>
    its.map((c) => c.counted?.as),
  )

test('a count is compared with the connections that are open, one for each person who changed devices', () => {
  const room = both([seen('10:01:00'), seen('10:10:00')], [seen('10:02:00'), seen('10:03:00', '10:04:00')])

  expect(inRoomNow(room, at('10:20:00'))).toBe(2)
  expect(inRoomNow(both([seen('10:01:00'), { ...seen('10:01:00'), id: 'other' }]), at('10:20:00'))).toBe(1)
  expect(inRoomNow(both([seen('10:01:00'), { ...seen('10:01:00'), id: 'other' }]), at('10:02:00'))).toBe(2)
  expect(counted(room, 2)).toEqual([
    [undefined, 'there'],
    ['there', undefined],
  ])
  expect(counted(room, 5)).toEqual(counted(room, 2))
  expect(counted(room, 1)).toEqual([
    [undefined, 'doubtful'],
    ['doubtful', undefined],
  ])
  expect(counted(room, 0)).toEqual([
    ['gone', 'gone'],
    ['gone', undefined],
  ])
})

test('a count says nothing of who came while it was asked for, and an empty room is not filled by a later count', () => {
  const before = both([seen('10:01:00')])
  const after = both([seen('10:01:00'), seen('10:20:00')])
  const emptied = withCount(after, { asked: before, people: 0, at: at('10:20:00') })

  expect(counted(after, 0, before)).toEqual([['gone', undefined]])
  expect(counted(emptied, 1)).toEqual([['gone', 'there']])
})

test('a count of a room that nobody is known to be in changes nothing', () => {
  const room = both([seen('10:01:00', '10:02:00')])

  for (const people of [0, 1, 7]) expect(withCount(room, { asked: room, people, at: at('10:20:00') })).toBe(room)
})
