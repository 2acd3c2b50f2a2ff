// One appointment as a calendar takes it over from a mail (RFC 5545, RFC 5546): asked for, moved, or called off. Says when, where to click, and from
// whom: no name of a person, nothing about health, and no id of the EHR's. Refuses nothing; what could break out of its line is written otherwise.
import { createHmac } from 'node:crypto'
import type { Instant, VisitId } from '../ids.ts'
import { localTime, zoneLines } from './zone.ts'

export type CalendarEntry = {
  readonly method: 'REQUEST' | 'CANCEL'
  /** The same for all that is ever said of this appointment. */
  readonly uid: string
  /** Rises with each change (RFC 5545, 3.8.7.4). */
  readonly sequence: number
  readonly start: Instant
  readonly end: Instant
  readonly timeZone: string
  /** When this is said. */
  readonly now: Instant
  readonly summary: string
  readonly description: string
  readonly link: string
  readonly from: { readonly name: string; readonly address: string }
  readonly to: string
}

/** `host`: ours. Nobody can tell the visit by it, nor the Appointment. */
export const calendarUid = (key: Uint8Array, visit: VisitId, host: string): string =>
  `${createHmac('sha256', key).update(`calendar ${visit}`).digest('hex').slice(0, 40)}@${host}`

/** The text of a part of type text/calendar. */
export function calendarOf(entry: CalendarEntry): string {
  const { method, uid, sequence, start, end, timeZone, from } = entry
  const at = (name: string, instant: Instant) => `${name};TZID=${timeZone}:${localTime(Date.parse(instant), timeZone)}`
  const lines = [
    ...['BEGIN:VCALENDAR', 'PRODID:-//Housecall//Video visits//EN', 'VERSION:2.0', 'CALSCALE:GREGORIAN'],
    `METHOD:${method}`,
    ...zoneLines(timeZone, start, end),
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${utc(entry.now)}`,
    at('DTSTART', start),
    at('DTEND', end),
    `SUMMARY:${escaped(entry.summary)}`,
    `DESCRIPTION:${escaped(entry.description)}`,
    `URL:${entry.link}`,
    `ORGANIZER;CN=${quoted(from.name)}:mailto:${from.address}`,
    `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:${entry.to}`,
    `STATUS:${method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED'}`,
    // In a calendar that others see it shows as busy, without its words.
    ...['CLASS:PRIVATE', 'TRANSP:OPAQUE', 'END:VEVENT', 'END:VCALENDAR'],
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

const utc = (at: Instant): string => `${at.replaceAll(/[-:]/g, '').slice(0, 15)}Z`

/** A TEXT value (RFC 5545, 3.3.11); of the signs that steer nothing but a line's end has a place in it (3.1). */
const escaped = (text: string): string =>
  text
    .replaceAll(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => inOneLine(line).replaceAll(/[\\;,]/g, (sign) => `\\${sign}`))
    .join('\\n')

/** A parameter's value: it can hold no quote (RFC 5545, 3.2). */
const quoted = (text: string): string => `"${inOneLine(text).replaceAll('"', '')}"`

const inOneLine = (text: string): string => text.replaceAll(/\p{Cc}/gu, ' ')

const mostOctets = 75

/** Lines of at most 75 octets (RFC 5545, 3.1), and no sign of UTF-8 cut in two. */
function folded(line: string): string {
  let [out, octets] = ['', 0]
  for (const sign of line) {
    const length = Buffer.byteLength(sign)
    if (octets + length > mostOctets) {
      out += '\r\n '
      octets = 1
    }
    out += sign
    octets += length
  }
  return out
}
