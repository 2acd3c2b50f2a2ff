// What was told of each person's time in a visit's room: the first token they had from us, what Jitsi's server says of joining and
// leaving, and what their own page says. What follows from it stands in time-in-call.ts. Pure.
// What is unknown, late, told twice or out of order is left aside, and said to be.

import { hash } from 'node:crypto'
import { given } from '../given.ts'
import type { Instant, Ref, RoomName } from '../ids.ts'
import { earliest, instant, latest } from '../instant.ts'
import type { Connection, Said, Visit } from './visit-shape.ts'

/** Opaque, and the same for one person in one visit: everyone in the room may see it. It is the `id` in the person's token. */
export const idInRoom = (room: RoomName, who: Ref): string => hash('sha256', `${room}/${who}`, 'base64url').slice(0, 22)

/** What Jitsi says of somebody's connection, in seconds since 1970 by its clock; its ids are made anew at each joining. */
export type Sighting = {
  /** The `id` in the token they came with. */
  readonly idInRoom?: string | undefined
  readonly connection: string
  readonly joinedAt: number
  readonly leftAt?: number | undefined
  /** When the event happened that tells of this: the end of a room also tells of people who left long before. */
  readonly happenedAt: number
}

/** `stranger`: somebody is in the room to whom we gave no token. */
export type Heard = 'joined' | 'left' | 'known' | 'stranger'

/**
 * A visit as it is after a sighting; the same visit where it says nothing new. The order of sightings does not matter: one that tells the
 * end tells the beginning too, what has ended stays so, and of two ends the earlier one counts.
 */
export function sighted<V extends Visit>(
  visit: V,
  room: RoomName,
  sighting: Sighting,
  now: Instant,
): { visit: V; heard: Heard; who?: Ref } {
  const person = visit.attendance.find(({ who }) => idInRoom(room, who) === sighting.idInRoom)
  if (person === undefined) return { visit, heard: 'stranger' }
  const { who, seen = [] } = person
  const told = connectionOf(sighting, now)
  const before = seen.find(({ id }) => id === told.id)
  if (before === undefined && seen.some((c) => c.id === earlierOnes && isWithin(told, c)))
    return { visit, heard: 'known', who }
  const both = before === undefined ? told : together(before, told)
  if (both === before) return { visit, heard: 'known', who }
  const after = before === undefined ? [...seen, both] : seen.map((c) => (c === before ? both : c))
  const attendance = visit.attendance.map((a) => (a === person ? { ...a, seen: bounded(after) } : a))
  const changed = { ...visit, attendance }
  if (before?.until !== undefined) return { visit: changed, heard: 'known', who }
  return { visit: changed, heard: told.until === undefined ? 'joined' : 'left', who }
}

/** Two words of one connection; the first itself where the second adds nothing. */
function together(before: Connection, told: Connection): Connection {
  const from = earliest(before.from, told.from)
  const [first, ...more] = [before.until ?? [], told.until ?? []].flat()
  const until = first === undefined ? undefined : earliest(first, ...more)
  if (from === before.from && until === before.until) return before
  return { ...before, from, ...given({ until }) }
}

/** A visit with what each person's own page said added to it; the same visit where that is nothing new. */
export function withHeartbeats<V extends Visit>(visit: V, words: ReadonlyMap<Ref, Said>): V {
  const attendance = visit.attendance.map((a) => {
    const word = words.get(a.who)
    if (word === undefined) return a
    const from = earliest(word.from, a.said?.from ?? word.from)
    const until = latest(word.until, a.said?.until ?? word.until)
    const media = everOf(word.media, a.said?.media)
    if (from === a.said?.from && until === a.said.until && media === a.said.media) return a
    return { ...a, said: { from, until, ...given({ media }) } }
  })
  return attendance.every((a, i) => a === visit.attendance[i]) ? visit : { ...visit, attendance }
}

/** Of two words on what came through: that something did, at any time, is not taken back. */
export const everOf = (a: Said['media'], b: Said['media']): Said['media'] =>
  a === 'flows' || b === 'flows' ? 'flows' : (a ?? b)

/** By our clock, the time that Jitsi tells: `seconds` and `happenedAt` (of the event that tells it) are in seconds by Jitsi's clock. */
export function byOurClock(seconds: number, happenedAt: number, now: Instant): Instant {
  // An event comes when it happens: what it says just happened tells how far the two clocks are apart.
  const apart = Date.parse(now) / 1000 - happenedAt
  return instant((seconds + (Math.abs(apart) <= sane ? 0 : apart)) * 1000)
}

/** How far Jitsi's clock may be from ours, in seconds, before ours counts. */
const sane = 300

function connectionOf({ connection, joinedAt, leftAt, happenedAt }: Sighting, now: Instant): Connection {
  const at = (seconds: number) => byOurClock(seconds, happenedAt, now)
  // By its own id alone a connection would be the same after a person left the room and came back over it.
  const id = hash('sha256', `${connection}/${joinedAt}`, 'base64url').slice(0, 16)
  const from = earliest(at(joinedAt), at(leftAt ?? joinedAt))
  return leftAt === undefined ? { id, from } : { id, from, until: at(leftAt) }
}

const most = 32
/** In place of an id, for several ended connections counted together: word of one of them that comes again changes nothing. */
const earlierOnes = 'earlier'

const isWithin = (told: Connection, { from, until }: Connection): boolean =>
  told.until !== undefined && until !== undefined && from <= told.from && told.until <= until

/** A phone on a train connects again and again: what has ended longest is counted together. */
function bounded(seen: readonly Connection[]): readonly Connection[] {
  if (seen.length <= most) return seen
  const ended = seen.filter(({ until }) => until !== undefined)
  const first = ended.find(({ id }) => id === earlierOnes) ?? ended[0]
  const second = ended.find((c) => c !== first)
  if (first?.until === undefined || second?.until === undefined) return seen.slice(-most)
  const both = { id: earlierOnes, from: earliest(first.from, second.from), until: latest(first.until, second.until) }
  return seen.filter((c) => c !== first).map((c) => (c === second ? both : c))
}
