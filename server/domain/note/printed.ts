// A signed note outside the chart, as one page of words: whose it is, which visit, where it stands, what was written, who signed.
// Pure. Refuses no visit: one that never ended, or was cancelled, may have a signed note too.
import type { Instant } from '../ids.ts'
import type { Visit } from '../visit/visit-shape.ts'
import type { Entry, Filing } from './ledger.ts'
import { amendedFrom, type Final } from './note.ts'
import { sections } from './soap.ts'

/** `system` names our deployment in identifiers, `iss` is the base URL under which the chart's references are meant. */
export type Exported = {
  readonly visit: Visit
  readonly note: Final
  readonly clinic: string
  readonly system: string
  readonly iss: string
  readonly timeZone: string
  readonly now: Instant
  /** A LOINC code for the note's type; Progress note unless told. */
  readonly noteType?: { readonly code: string; readonly display: string }
}

/** Everything a copy says, in the order it is read; the texts are as they were typed. */
export type Page = {
  readonly title: string
  readonly facts: readonly (readonly [label: string, words: string])[]
  readonly sections: readonly (readonly [title: string, text: string])[]
  readonly signature: string
  /** When the copy was made. */
  readonly at: Instant
}

export const noteTitle = 'Video visit note'
export const nothingRecorded = 'Nothing recorded.'

export function pageOf({ visit, note, clinic, timeZone, now }: Exported): Page {
  const { name, birthDate } = visit.face
  const before = amendedFrom(note)
  return {
    title: noteTitle,
    facts: [
      ['Patient', name],
      ['Born', birthDate === undefined ? 'Not in the chart' : dateWords(birthDate)],
      ['Visit', visitWords(visit, timeZone)],
      ['Clinic', clinic],
      ['Chart', standing(note.filing, timeZone, now, before)],
      ...(before === undefined ? [] : [['Amended', amends(before.date, timeZone)] as const]),
    ],
    sections: sections(note.soap).map(([title, , text]) => [title, text.trim() || nothingRecorded]),
    signature: `Signed by ${note.signerName}, ${clock(note.signedAt, timeZone)} (${timeZone})`,
    at: now,
  }
}

/** The page as plain text. */
export function pageText({ title, facts, sections: said, signature }: Page): string {
  const head = [title, '', ...facts.map(([label, words]) => `${label}: ${words}`)].join('\n')
  return `${[head, ...said.map(([name, text]) => `${name}\n${text}`), signature].join('\n\n')}\n`
}

/** Names nobody: the day of the visit at the clinic, such as `visit-note-2026-11-22.pdf`. */
export const fileName = ({ visit, timeZone }: Exported, ending: string): string =>
  `visit-note-${new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(Date.parse(visit.start))}.${ending}`

function visitWords(visit: Visit, timeZone: string): string {
  const span = (from: Instant, to: Instant) => `${clock(from, timeZone)} to ${clock(to, timeZone)} (${timeZone})`
  switch (visit.status) {
    case 'finished':
      return span(visit.startedAt, visit.finishedAt)
    case 'in-progress':
      return `Begun ${clock(visit.startedAt, timeZone)} (${timeZone}), not ended when this copy was made`
    case 'cancelled':
      return `Planned for ${span(visit.start, visit.end)}, cancelled`
    case 'planned':
    case 'arrived':
      return `Planned for ${span(visit.start, visit.end)}, not begun when this copy was made`
  }
}

const amends = (signedAt: Instant, timeZone: string) =>
  `Takes the place of the text signed ${clock(signedAt, timeZone)}`

/** A copy lives longer than what it says of the chart, so it says when that was so. */
function standing(filing: Filing, timeZone: string, now: Instant, before: Entry | undefined): string {
  const then = `when this copy was made, ${clock(now, timeZone)}`
  switch (filing.state) {
    case 'filed':
      return `In the chart since ${clock(filing.at, timeZone)} as ${filing.documentReference}`
    case 'entered-in-error':
      return `In the chart as ${filing.documentReference}, marked as entered in error ${clock(filing.at, timeZone)}`
    case 'pending':
      return `On its way to the chart ${then}`
    case 'unknown':
      return `Not known whether it is in the chart, ${then}`
    case 'unfiled':
    case 'not-filed':
      return before === undefined
        ? `Not in the chart ${then}`
        : `The chart still has the text signed ${clock(before.date, timeZone)} ${then}`
  }
}

const clock = (at: string, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(at))

/** A FHIR `date` (a year, a month or a day) with the month in letters; anything else as it stands. */
function dateWords(date: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(date) ?? []
  if (year === undefined) return date
  const options = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const
  const format = new Intl.DateTimeFormat('en-GB', day === undefined ? options : { ...options, day: 'numeric' })
  return format.format(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)))
}
