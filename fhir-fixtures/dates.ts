// Owns the date placeholders of the resources: what @now, @today and @slot mean at a given moment, in the clinic's zone.
// Refuses a placeholder it cannot read: a typing error must not travel into a chart as text.

/** Turns one placeholder into a FHIR date or an instant with the clinic's UTC offset. */
export type Calendar = (placeholder: string) => string

const MINUTE = 60_000
const STEP = 5 * MINUTE
const DAY = 24 * 60 * MINUTE

const TODAY = /^@today(?:([+-])P(\d+)D)?(?: (\d\d:\d\d))?$/
const NOW = /^@now(?:([+-])(P\S+))?$/
const SLOT = /^@slot([+-])(P[^+-]+)(?:\+(P[^+-]+))?$/
const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/

/**
 * The calendar at `now` in `timeZone`. `slots` are all placeholders `@slot±…` in which something starts: near the clinic's
 * midnight they are moved as little as keeps them all on the clinic's day, in their order and five minutes apart.
 */
export function calendarAt(now: Date, timeZone: string, slots: readonly string[]): Calendar {
  const clock = clockOf(timeZone)
  const today = clock(now).slice(0, 10)
  const starts = slotStarts(now, clock, slots)
  const read: Calendar = (placeholder) => {
    const day = TODAY.exec(placeholder)
    if (day) {
      const date = addDays(today, signed(day[1], Number(day[2] ?? 0)))
      return day[3] ? clock(atLocal(date, day[3], clock)) : date
    }
    const moment = NOW.exec(placeholder)
    if (moment) return clock(new Date(now.getTime() + signed(moment[1], minutesOf(moment[2] ?? 'P0D')) * MINUTE))
    const slot = SLOT.exec(placeholder)
    const start = slot ? starts.get(signed(slot[1], minutesOf(slot[2] ?? ''))) : undefined
    if (start === undefined) throw new Error(`Not a date placeholder of these fixtures: ${placeholder}`)
    return clock(new Date(start + minutesOf(slot?.[3] ?? 'P0D') * MINUTE))
  }
  // Few placeholders stand in many places, and a zone's offset is dear to ask for.
  const known = new Map<string, string>()
  return (placeholder) => {
    const said = known.get(placeholder) ?? read(placeholder)
    known.set(placeholder, said)
    return said
  }
}

/** Reads an instant on the clinic's wall: 2026-03-02T09:30:00-05:00. */
type Clock = (instant: Date) => string

function clockOf(timeZone: string): Clock {
  const zone = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  return (instant) => {
    const named = zone.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
    const offset = named.slice(3) || '+00:00'
    const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number)
    const shift = signed(offset[0], hours * 60 + minutes) * MINUTE
    return new Date(instant.getTime() + shift).toISOString().slice(0, 19) + offset
  }
}

/** The instant at which the clinic's clock shows `time` on `date`; an hour lost to summer time is the one after it. */
function atLocal(date: string, time: string, clock: Clock): Date {
  const wanted = new Date(`${date}T${time}:00Z`)
  const offsetAt = (instant: Date) =>
    Date.parse(`${clock(instant).slice(0, 19)}Z`) - Math.floor(instant.getTime() / 1000) * 1000
  const guess = new Date(wanted.getTime() - offsetAt(wanted))
  return new Date(wanted.getTime() - offsetAt(guess))
}

function slotStarts(now: Date, clock: Clock, slots: readonly string[]): Map<number, number> {
  const today = clock(now).slice(0, 10)
  const midnight = atLocal(today, '00:00', clock).getTime()
  const lastStep = atLocal(addDays(today, 1), '00:00', clock).getTime() - STEP
  const base = now.getTime() - (now.getTime() % STEP)
  const offsets = [...new Set(slots.map(slotMinutes))].sort((a, b) => a - b)
  const starts = offsets.map((minutes, index) =>
    Math.min(
      Math.max(base + minutes * MINUTE, midnight + index * STEP),
      lastStep - (offsets.length - 1 - index) * STEP,
    ),
  )
  return new Map(offsets.map((minutes, index) => [minutes, starts[index] ?? base]))
}

function slotMinutes(placeholder: string): number {
  const slot = SLOT.exec(placeholder)
  if (!slot) throw new Error(`Not a slot of these fixtures: ${placeholder}`)
  return signed(slot[1], minutesOf(slot[2] ?? ''))
}

function minutesOf(duration: string): number {
  const parts = DURATION.exec(duration)
  if (!parts || duration === 'P') throw new Error(`Not a duration of these fixtures: ${duration}`)
  const [, days = 0, hours = 0, minutes = 0] = parts.map(Number).map((n) => n || 0)
  return days * 24 * 60 + hours * 60 + minutes
}

function signed(sign: string | undefined, amount: number): number {
  return sign === '-' ? -amount : amount
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10)
}
