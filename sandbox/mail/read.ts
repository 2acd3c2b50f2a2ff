// Reads a mail as its recipient's programs do, by parsers that are nobody's of ours: MIME by postal-mime, the calendar by ical.js.
// Refuses (an Error that says why) what breaks a rule: lines that are too long, headers that come twice, a calendar that does not agree with its mail.
import ICAL from 'ical.js'
import PostalMime, { type Email } from 'postal-mime'

export type Mail = {
  readonly subject: string
  readonly from: { readonly name: string; readonly address: string }
  readonly to: string
  readonly id: string
  readonly language: string
  readonly text: string
  readonly html: string
  readonly calendar?: CalendarRead
  /** Each header as it came, its name in lower case. */
  readonly headers: ReadonlyMap<string, string>
}

export type CalendarRead = {
  readonly method: string
  readonly uid: string
  readonly sequence: number
  readonly status: string
  /** Milliseconds since 1970, by the calendar's own words on its zone. */
  readonly start: number
  readonly end: number
  readonly timeZone: string
  readonly summary: string
  readonly description: string
  readonly organizer: string
  readonly attendees: readonly string[]
  readonly raw: string
}

const once = ['from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'content-language', 'auto-submitted']
const never = ['cc', 'bcc', 'x-mailer', 'reply-to', 'sender']

export async function readMail(bytes: Buffer, { recipient }: { readonly recipient: string }): Promise<Mail> {
  mustBe(
    bytes.every((byte) => byte < 128),
    'signs beyond ASCII that were not encoded (RFC 5321, 2.4)',
  )
  const lines = bytes.toString('latin1').split('\r\n')
  mustBe(!lines.some((line) => /[\r\n]/.test(line)), 'a line that ends with CR or LF alone (RFC 5321, 2.3.8)')
  mustBe(
    lines.every((line) => line.length <= 998),
    'a line of more than 998 octets (RFC 5322, 2.1.1)',
  )
  const mail = await new PostalMime().parse(bytes)
  const names = mail.headers.map(({ key }) => key)
  for (const name of once) mustBe(names.filter((one) => one === name).length === 1, `not one header ${name}`)
  for (const name of never) mustBe(!names.includes(name), `a header ${name}`)
  const headers = new Map(mail.headers.map(({ key, value }) => [key, value]))
  const to = (mail.to ?? []).map(({ address }) => address ?? '')
  mustBe(to.length === 1 && to[0] === recipient, 'it is addressed to somebody else than its envelope is')
  const calendar = calendarIn(mail, bytes.toString('latin1'))
  return {
    ...{
      subject: mail.subject ?? '',
      from: { name: mail.from?.name ?? '', address: mail.from?.address ?? '' },
      to: to[0] ?? '',
    },
    ...{ id: mail.messageId ?? '', language: headers.get('content-language') ?? '' },
    ...{ text: mail.text ?? '', html: mail.html ?? '', headers, ...(calendar && { calendar }) },
  }
}

function calendarIn({ attachments }: Email, source: string): CalendarRead | undefined {
  const parts = attachments.filter(({ mimeType }) => /calendar|ics/.test(mimeType))
  if (parts.length === 0) return undefined
  const inline = parts.find(({ mimeType }) => mimeType === 'text/calendar')
  mustBe(inline !== undefined, 'a calendar that programs cannot show: no part of type text/calendar')
  // The parser gives the lines of a calendar its own ends: what was sent, to the octet, is the part that can be kept as a file.
  const [, kept = ''] = /\r\nContent-Type: application\/ics[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(source) ?? []
  const raw = Buffer.from(kept, 'base64').toString()
  mustBe(
    textOf(inline?.content).replaceAll('\r\n', '\n') === raw.replaceAll('\r\n', '\n'),
    'two calendars that are not one',
  )
  const read = calendarRead(raw)
  mustBe(inline?.method === read.method, 'a method that is another in the mail than in the calendar (RFC 6047, 2.4)')
  return read
}

const textOf = (content: unknown): string =>
  typeof content === 'string' ? content : Buffer.from(content as ArrayBuffer).toString() // sound: postal-mime gives one of both

/** RFC 5545 to the octet, and what RFC 5546, 3.2.2 and 3.2.5, ask of a REQUEST and a CANCEL. */
export function calendarRead(raw: string): CalendarRead {
  const lines = raw.split('\r\n')
  mustBe(lines.at(-1) === '' && !/(^|[^\r])\n|\r(?!\n)/.test(raw), 'a calendar whose lines do not end with CRLF')
  mustBe(
    lines.every((line) => Buffer.byteLength(line) <= 75),
    'a calendar with a line of more than 75 octets',
  )
  mustBe(!raw.includes('\uFFFD'), 'a calendar with a sign cut in two')
  const calendar = new ICAL.Component(ICAL.parse(raw))
  const [event, ...more] = calendar.getAllSubcomponents('vevent')
  if (event === undefined || more.length > 0) throw new Error('not one VEVENT')
  for (const name of ['uid', 'dtstamp', 'dtstart', 'dtend', 'sequence', 'organizer', 'attendee', 'summary', 'status'])
    mustBe(event.getAllProperties(name).length === 1, `not one ${name} in the calendar`)
  const timeZone = String(event.getFirstProperty('dtstart')?.getFirstParameter('tzid'))
  const zones = calendar.getAllSubcomponents('vtimezone').map((one) => one.getFirstPropertyValue('tzid'))
  mustBe(zones.length === 1 && zones[0] === timeZone, 'a zone that the calendar does not explain (RFC 5545, 3.6.5)')
  const value = (name: string) => String(event.getFirstPropertyValue(name))
  const method = String(calendar.getFirstPropertyValue('method'))
  mustBe(
    value('status') === (method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED'),
    'a status that its method does not have',
  )
  const zone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone') ?? event)
  return {
    ...{ method, uid: value('uid'), sequence: Number(value('sequence')), status: value('status'), timeZone, raw },
    ...{ start: instantIn(event, 'dtstart', zone), end: instantIn(event, 'dtend', zone) },
    ...{ summary: value('summary'), description: value('description'), organizer: value('organizer') },
    attendees: event.getAllProperties('attendee').map((one) => String(one.getFirstValue())),
  }
}

function instantIn(event: ICAL.Component, name: string, zone: ICAL.Timezone): number {
  const time = event.getFirstPropertyValue(name)
  if (!(time instanceof ICAL.Time)) throw new Error(`${name} is no time`)
  time.zone = zone
  return time.toUnixTime() * 1000
}

function mustBe(is: boolean, why: string): void {
  if (!is) throw new Error(why)
}
