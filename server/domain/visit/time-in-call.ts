// How long a person was in a visit, once it is over, worked out from what was told of them (attendance.ts), and by whose word. Pure.
// Where two sources differ Jitsi's server is believed; a person's own page only tells what Jitsi left open.

import type { Instant } from '../ids.ts'
import { earliest, latest, secondsBetween } from '../instant.ts'
import type { Attendance, Booking, Connection, Counted, Finished, Said, Visit } from './visit-shape.ts'

/** By whose word a time is known. `-doubted`: Jitsi never told of the leaving, and counted fewer people than it had told of. */
export type Source =
  | 'by-jitsi'
  | 'by-jitsi-doubted'
  | 'by-jitsi-and-count'
  | 'by-jitsi-and-page'
  | 'by-page'
  | 'by-token'

export type TimeInCall = { readonly start: Instant; readonly end: Instant; readonly by: Source }
type Over = Pick<Finished, 'startedAt' | 'finishedAt'>

/**
 * From the first joining to the last leaving, never beyond the visit. Whoever is not known to have left was there to the visit's end, or
 * to the last word of their own page where that has long been silent; of whom Jitsi tells nothing, by their page's word, and by their
 * first token where there is none either.
 */
export function timeInCall(person: Attendance, visit: Over): TimeInCall {
  const { from, seen = [], said } = person
  const inVisit = (at: Instant) => latest(visit.startedAt, earliest(at, visit.finishedAt))
  const [first, ...more] = seen.map((c) => c.from)
  // Nobody joins before having a token, whatever a clock says; who came after the end was there for none of it.
  const start = inVisit(latest(from, first === undefined ? (said?.from ?? from) : earliest(first, ...more)))
  const { end, by } = first === undefined ? endByPage(said, visit.finishedAt) : endByJitsi(seen, said, visit.finishedAt)
  return { start, end: latest(start, inVisit(end)), by }
}

export const periodInCall = (person: Attendance, visit: Over): { start: Instant; end: Instant } => {
  const { start, end } = timeInCall(person, visit)
  return { start, end }
}

type End = Pick<TimeInCall, 'end' | 'by'>

function endByPage(said: Said | undefined, finishedAt: Instant): End {
  if (said === undefined) return { end: finishedAt, by: 'by-token' }
  return { end: spokeUntil(said.until, finishedAt), by: 'by-page' }
}

function endByJitsi(seen: readonly Connection[], said: Said | undefined, finishedAt: Instant): End {
  const open = new Set(stillOpen(seen, finishedAt))
  // Never none: what is left out here has another beside it that lasted longer.
  const counting = seen.filter((c) => open.has(c) || endOf(c) !== undefined)
  const [first, ...more] = counting.map((c) => lastOf(c, said, finishedAt))
  return more.reduce((a, b) => (isAfter(b, a) ? b : a), first ?? { end: finishedAt, by: 'by-token' })
}

/** Of two that end together the less certain one names its source, in whatever order they were told. */
const isAfter = (a: End, b: End): boolean => a.end > b.end || (a.end === b.end && a.by > b.by)

/** The end of one connection: told; or not after the room was empty, nor after the visit, and no later than its page's last word says. */
function lastOf({ from, until, counted }: Connection, said: Said | undefined, finishedAt: Instant): End {
  if (until !== undefined) return { end: until, by: 'by-jitsi' }
  const empty = counted?.as === 'gone'
  const atMost: Instant = empty ? latest(from, counted.at) : finishedAt
  const by: Source = empty ? 'by-jitsi-and-count' : counted?.as === 'doubtful' ? 'by-jitsi-doubted' : 'by-jitsi'
  // What a page said before this connection says nothing of its end.
  if (said === undefined || said.until < from) return { end: atMost, by }
  const heard = counted?.as === 'there' ? latest(said.until, counted.at) : said.until
  const end = spokeUntil(heard, atMost)
  return { end, by: end === atMost ? by : 'by-jitsi-and-page' }
}

/** A page says every five seconds that it is in the call, in a tab nobody looks at once a minute. */
export const silentAfterSeconds = 90

/** `atMost` for a page that was never silent for long before it, else its last word. */
const spokeUntil = (heard: Instant, atMost: Instant): Instant =>
  secondsBetween(heard, atMost) <= silentAfterSeconds ? atMost : heard

/**
 * How long, in seconds, two connections of one person last side by side at most. A newer page has the older one leave within a minute
 * (decision 23), and Prosody gives up a cut line within another.
 */
const sideBySide = 180

const endOf = ({ from, until, counted }: Connection): Instant | undefined =>
  until ?? (counted?.as === 'gone' ? latest(from, counted.at) : undefined)

const isLater = (a: Connection, b: Connection): boolean => a.from > b.from || (a.from === b.from && a.id > b.id)

/**
 * The connections that nobody told the end of and that may be open at `now`. Left out is one beside which another of the same person
 * lasted longer than two can; of two that nobody told the end of the later one stayed. Where the other was short, either may have stayed.
 */
export const stillOpen = (seen: readonly Connection[], now: Instant): readonly Connection[] =>
  seen.filter((c) => endOf(c) === undefined && !seen.some((o) => o !== c && outlasted(c, o, now)))

const outlasted = (open: Connection, other: Connection, now: Instant): boolean =>
  (endOf(other) !== undefined || isLater(other, open)) &&
  secondsBetween(latest(open.from, other.from), endOf(other) ?? now) > sideBySide

const openIn = ({ attendance }: Pick<Booking, 'attendance'>, now: Instant): readonly Connection[] =>
  attendance.flatMap(({ seen = [] }) => stillOpen(seen, now))

/** How many connections to the room there are now, as far as Jitsi has told. */
export const inRoomNow = (visit: Pick<Booking, 'attendance'>, now: Instant): number => openIn(visit, now).length

/** A count of the room by Jitsi's server, and the visit as it was known when it was asked for. */
export type Count = { readonly asked: Pick<Booking, 'attendance'>; readonly people: number; readonly at: Instant }

/** A visit after a count: what was open when it was asked for is over in an empty room, and doubtful in one with too few. */
export function withCount<V extends Visit>(visit: V, { asked, people, at }: Count): V {
  const known = people === 0 ? asked.attendance.flatMap(({ seen = [] }) => seen) : openIn(asked, at)
  const meant = new Set(known.filter((c) => endOf(c) === undefined).map(({ id }) => id))
  if (meant.size === 0) return visit
  const as: Counted['as'] = people === 0 ? 'gone' : people < meant.size ? 'doubtful' : 'there'
  const counted = (c: Connection): Connection =>
    meant.has(c.id) && endOf(c) === undefined ? { ...c, counted: { at, as } } : c
  const attendance = visit.attendance.map((a) => (a.seen === undefined ? a : { ...a, seen: a.seen.map(counted) }))
  return { ...visit, attendance }
}
