// A time zone as a calendar wants it said (RFC 5545, 3.6.5): the clocks of one appointment's days, with the change that led to them and any that
// falls into it. Refuses nothing: the settings have looked at the zone's name.
import type { Instant } from '../ids.ts'
import { zoneOffset } from '../instant.ts'

const day = 24 * 3_600_000
/** A zone that has not changed its clocks for so long says since 1970 what they show. */
const farthest = 400 * day

/** Lines without their breaks. */
export function zoneLines(timeZone: string, start: Instant, end: Instant): readonly string[] {
  const [from, until] = [Date.parse(start), Date.parse(end)]
  const before = lastChange(from, timeZone)
  const first = before === undefined ? observed(0, from, timeZone) : observed(before, before, timeZone)
  const within = changeBetween(from, until, timeZone)
  const more = within === undefined ? [] : observed(within, within, timeZone)
  return ['BEGIN:VTIMEZONE', `TZID:${timeZone}`, ...first, ...more, 'END:VTIMEZONE']
}

/** Local time as RFC 5545, 3.3.5, form 3 has it: `ms` since 1970. */
export const localTime = (ms: number, timeZone: string): string => stamped(ms + zoneOffset(ms, timeZone))

/** What the clocks show at `ms`, from `onset` on. */
function observed(onset: number, ms: number, timeZone: string): readonly string[] {
  const to = zoneOffset(ms, timeZone)
  // The onset is told by the clocks as they stood before it.
  const from = onset === 0 ? to : zoneOffset(onset - 1_000, timeZone)
  const kind = to > standardOffset(ms, timeZone) ? 'DAYLIGHT' : 'STANDARD'
  return [
    `BEGIN:${kind}`,
    `DTSTART:${stamped(onset === 0 ? 0 : onset + from)}`,
    `TZOFFSETFROM:${written(from)}`,
    `TZOFFSETTO:${written(to)}`,
    `END:${kind}`,
  ]
}

/** The smaller of the two that a year has. */
const standardOffset = (ms: number, timeZone: string) =>
  Math.min(...[0, 90, 180, 270].map((days) => zoneOffset(ms + days * day, timeZone)))

function lastChange(ms: number, timeZone: string): number | undefined {
  for (let at = ms; at > ms - farthest; at -= 7 * day) {
    const found = changeBetween(at - 7 * day, at, timeZone)
    if (found !== undefined) return found
  }
  return undefined
}

/** The first second after a change of the clocks; undefined where they show the same at both ends: none is taken back within a week. */
function changeBetween(from: number, until: number, timeZone: string): number | undefined {
  const is = zoneOffset(from, timeZone)
  if (zoneOffset(until, timeZone) === is) return undefined
  let [early, late] = [Math.floor(from / 1_000), Math.ceil(until / 1_000)]
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2)
    if (zoneOffset(middle * 1_000, timeZone) === is) early = middle
    else late = middle
  }
  return late * 1_000
}

function written(offset: number): string {
  const minutes = Math.abs(Math.round(offset / 60_000))
  const two = (n: number) => String(n).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`
}

/** As if it were UTC, without its Z. */
const stamped = (ms: number): string => new Date(ms).toISOString().replaceAll(/[-:]/g, '').slice(0, 15)
