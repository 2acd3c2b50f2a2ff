// Who was in a visit's room and when, from two sources: the first token each person had from us, and what Jitsi's server says of
// joining and leaving. Pure. Refuses nothing: what is unknown, late, told twice or out of order is left aside, and said to be.
import { createHash } from 'node:crypto'
import type { Instant, Ref, RoomName } from './ids.ts'
import { earliest, instant, latest } from './instant.ts'
import type { Booking, Visit } from './visit.ts'

/** One connection to the room as Jitsi saw it. Without `until`, nobody has told that it ended. */
export type Connection = { readonly id: string; readonly from: Instant; readonly until?: Instant }

export type Attendance = {
  readonly who: Ref
  /** The first token. */
  readonly from: Instant
  /** The name shown in the room, the same for the whole visit and nobody else's. */
  readonly called?: string
  /** Absent where Jitsi tells us nothing. */
  readonly seen?: readonly Connection[]
}

/** Opaque, and the same for one person in one visit: everyone in the room may see it. It is the `id` in the person's token. */
export const seatId = (room: RoomName, who: Ref): string =>
  createHash('sha256').update(`${room}/${who}`).digest('base64url').slice(0, 22)

/** What Jitsi says of somebody's connection, in seconds since 1970 by its clock; its ids are made anew at each joining. */
export type Sighting = {
  readonly seat?: string | undefined
  readonly connection: string
  readonly joinedAt: number
  readonly leftAt?: number | undefined
}

/** `stranger`: somebody is in the room to whom we gave no token. */
export type Heard = 'joined' | 'left' | 'known' | 'stranger'

/**
 * A visit as it is after a sighting; the same visit where it says nothing new. The order of sightings does not matter: one that
 * tells the end tells the beginning too, and what has ended stays so.
 */
export function sighted<V extends Visit>(
  visit: V,
  room: RoomName,
  sighting: Sighting,
  now: Instant,
): { visit: V; heard: Heard; who?: Ref } {
  const person = visit.attendance.find(({ who }) => seatId(room, who) === sighting.seat)
  if (person === undefined) return { visit, heard: 'stranger' }
  const { who, seen = [] } = person
  const told = connectionOf(sighting, now)
  const before = seen.find(({ id }) => id === told.id)
  if (before !== undefined && (before.until !== undefined || told.until === undefined))
    return { visit, heard: 'known', who }
  const after = before === undefined ? [...seen, told] : seen.map((c) => (c === before ? { ...told, ...c } : c))
  const attendance = visit.attendance.map((a) => (a === person ? { ...a, seen: bounded(after) } : a))
  return { visit: { ...visit, attendance }, heard: told.until === undefined ? 'joined' : 'left', who }
}

/** When a person was there, once the visit is over: from the first joining to the last leaving, without one to the visit's end. */
export function timeIn({ from, seen = [] }: Attendance, finishedAt: Instant): { start: Instant; end: Instant } {
  const [first, ...more] = seen.map((c) => c.from)
  // Nobody joins before having a token, whatever a clock says; who came after the end was there for none of it.
  const start = earliest(first === undefined ? from : latest(from, earliest(first, ...more)), finishedAt)
  const left = seen.flatMap(({ until }) => until ?? [])
  if (left.length < seen.length || seen.length === 0) return { start, end: finishedAt }
  return { start, end: latest(start, earliest(latest(start, ...left), finishedAt)) }
}

/** How many connections to the room there are now, as far as Jitsi has told. */
export const inRoomNow = ({ attendance }: Pick<Booking, 'attendance'>): number =>
  attendance.flatMap(({ seen = [] }) => seen).filter(({ until }) => until === undefined).length

/** How far Jitsi's clock may be from ours, in seconds, before ours counts. */
const sane = 300

function connectionOf({ connection, joinedAt, leftAt }: Sighting, now: Instant): Connection {
  // An event comes when it happens: what it says just happened tells how far the two clocks are apart.
  const apart = Date.parse(now) / 1000 - (leftAt ?? joinedAt)
  const at = (seconds: number) => instant((seconds + (Math.abs(apart) <= sane ? 0 : apart)) * 1000)
  // By its own id alone a connection would be the same after a person left the room and came back over it.
  const id = createHash('sha256').update(`${connection}/${joinedAt}`).digest('base64url').slice(0, 16)
  const from = earliest(at(joinedAt), at(leftAt ?? joinedAt))
  return leftAt === undefined ? { id, from } : { id, from, until: at(leftAt) }
}

const most = 32

/** A phone on a train connects again and again: what has ended longest is counted together. */
function bounded(seen: readonly Connection[]): readonly Connection[] {
  if (seen.length <= most) return seen
  const [first, second] = seen.filter(({ until }) => until !== undefined)
  if (first?.until === undefined || second?.until === undefined) return seen.slice(-most)
  const both = { id: second.id, from: earliest(first.from, second.from), until: latest(first.until, second.until) }
  return seen.filter((c) => c !== first).map((c) => (c === second ? both : c))
}
