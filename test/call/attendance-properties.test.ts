// Whatever Jitsi, people's pages and counts of the room tell, and in whatever order: a stay lies in the visit, and the order changes nothing.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Instant, Ref, RoomName } from '../../server/domain/ids.ts'
import { instant } from '../../server/domain/instant.ts'
import { idInRoom, type Sighting, sighted, withHeartbeats } from '../../server/domain/visit/attendance.ts'
import { timeInCall, withCount } from '../../server/domain/visit/time-in-call.ts'
import type { Finished, Said } from '../../server/domain/visit/visit-shape.ts'

const room = 'room' as RoomName // sound: no more than a name
const ten = Date.parse('2026-05-01T10:00:00.000Z')
const at = (second: number): Instant => instant(ten + second * 1000)
const people: readonly Ref[] = ['Practitioner/1', 'Patient/1']
const visit = {
  attendance: people.map((who, i) => ({ who, from: at(i * 7) })),
  startedAt: at(0),
  finishedAt: at(1800),
} as unknown as Finished // sound: the rules look at these alone

/** Seconds after ten, from before the visit to after its end. */
const second = fc.integer({ min: -200, max: 2200 })
const who = fc.constantFrom(...people)
/** One that joins, and leaves or not: each word of it may be lost, and may come with the end of the room. */
const connection = fc.record({
  ...{ who, name: fc.constantFrom('a', 'b', 'c'), joined: second },
  lasted: fc.option(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 1500 })), { nil: undefined }),
  told: fc.subarray(['joined', 'left', 'closed'] as const, { minLength: 1 }),
})
type Made = typeof connection extends fc.Arbitrary<infer T> ? T : never

const sane = { late: 299 }
function sightingsOf({ who: person, name, joined, lasted, told }: Made): readonly [Sighting, heardAt: number][] {
  const seconds = ten / 1000
  const its = { idInRoom: idInRoom(room, person), connection: name, joinedAt: seconds + joined }
  const leftAt = joined + (lasted ?? 0)
  return told.flatMap((word): [Sighting, number][] => {
    if (word === 'joined') return [[{ ...its, happenedAt: seconds + joined }, joined]]
    if (lasted === undefined) return []
    const happened = word === 'left' ? leftAt : leftAt + 1000
    return [[{ ...its, leftAt: seconds + leftAt, happenedAt: seconds + happened }, happened]]
  })
}
/** In two orders, each heard at once or late, some of it twice. */
const sightings = fc
  .array(connection, { maxLength: 10 })
  .map((all) => all.flatMap(sightingsOf))
  .chain((all) => {
    const heard = fc.tuple(...all.map((one) => fc.tuple(fc.constant(one), fc.nat(sane.late))))
    const anyOrder = heard.chain((each) =>
      fc.shuffledSubarray([...each, ...each.slice(0, 3)], { minLength: each.length + Math.min(each.length, 3) }),
    )
    return fc.tuple(anyOrder, anyOrder)
  })
type Order = typeof sightings extends fc.Arbitrary<[infer T, infer _]> ? T : never

const words = fc
  .array(fc.tuple(who, second, fc.nat(1500)), { maxLength: 3 })
  .map((all) => new Map<Ref, Said>(all.map(([of, from, more]) => [of, { from: at(from), until: at(from + more) }])))
const counts = fc.array(fc.tuple(second, fc.nat(3)), { maxLength: 3 })

const hear = (before: Finished, order: Order) =>
  order.reduce((v, [[sighting, heardAt], late]) => sighted(v, room, sighting, at(heardAt + late)).visit, before)
const stays = (v: Finished) => v.attendance.map((a) => timeInCall(a, v))

test('the order in which Jitsi’s words come, how late, and how often, changes nobody’s time', () => {
  fc.assert(
    fc.property(sightings, words, ([one, other], told) => {
      expect(stays(hear(withHeartbeats(visit, told), one))).toEqual(stays(withHeartbeats(hear(visit, other), told)))
    }),
    { numRuns: 1000 },
  )
})

test('nobody is there before the visit begins, after it ends, or before they came', () => {
  fc.assert(
    fc.property(sightings, words, counts, fc.nat(20), ([order], told, all, cut) => {
      const begun = hear(visit, order.slice(0, cut))
      const counted = all.reduce((v, [when, n]) => withCount(v, { asked: v, people: n, at: at(when) }), begun)
      for (const { start, end } of stays(hear(withHeartbeats(counted, told), order.slice(cut)))) {
        expect(visit.startedAt <= start && start <= end && end <= visit.finishedAt).toBe(true)
      }
    }),
    { numRuns: 1000 },
  )
})

test('a leaving that Jitsi tells, however late, is believed over a count and over a page', () => {
  fc.assert(
    fc.property(connection, words, counts, (of, told, all) => {
      const whole: Made = { ...of, lasted: of.lasted ?? 60, told: ['joined', 'left'] }
      const [joined, left] = sightingsOf(whole)
      if (joined === undefined || left === undefined) throw new Error('both are told')
      const alone = hear(visit, [[left, 0]])
      const counted = all.reduce(
        (v, [when, n]) => withCount(v, { asked: v, people: n, at: at(when) }),
        withHeartbeats(hear(visit, [[joined, 0]]), told),
      )

      const stay = (v: Finished) => v.attendance.filter((a) => a.who === of.who).map((a) => timeInCall(a, v))
      expect(stay(hear(counted, [[left, 0]]))).toEqual(stay(alone))
    }),
    { numRuns: 1000 },
  )
})
