// A signed note outside the chart, as one page of words: whose it is, which visit, where it stands, what was written, who signed.
// Pure. Refuses no visit: one that never ended, or was cancelled, may have a signed note too.
import { isPatient } from '../ehr/reference.ts'
import type { Instant } from '../ids.ts'
import { identityIn, isOfAnother } from '../visit/identity.ts'
import { isByTelephone, isMissed, outcomeIn } from '../visit/outcome.ts'
import type { Finished, IdentityWord, Visit } from '../visit/visit-shape.ts'
import { consentLines, visitInWords } from './fhir.ts'
import type { Entry, Filing } from './ledger.ts'
import { amendedFrom, type Final } from './note.ts'
import { sections } from './soap.ts'
import { birthDate, chartWords, clock, printedWords } from './words.ts'

/** What a copy is made of. `system` names our deployment in identifiers, `iss` is the base URL under which the chart's references are meant. */
export type NoteCopy = {
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
export type PrintedPage = {
  readonly title: string
  readonly facts: readonly (readonly [label: string, words: string])[]
  readonly sections: readonly (readonly [title: string, text: string])[]
  readonly signature: string
  /** When the copy was made. */
  readonly at: Instant
}

export function pageOf({ visit, note, clinic, timeZone, now }: NoteCopy): PrintedPage {
  const { name, birthDate: born } = visit.face
  const before = amendedFrom(note)
  const whose = isOfAnother(visit)
    ? ([
        [printedWords.about, printedWords.aboutAnother],
        [printedWords.bookedFor, name],
      ] as const)
    : ([[printedWords.patient, name]] as const)
  return {
    title: chartWords.title,
    facts: [
      ...whose,
      [printedWords.born, born === undefined ? printedWords.bornUnknown : birthDate(born)],
      [printedWords.visit, visitSentence(visit, timeZone)],
      [printedWords.identity, identitySentence(visit, timeZone)],
      ...consentLines(visit, timeZone).map((line) => [printedWords.consent, line] as const),
      [printedWords.clinic, clinic],
      [printedWords.chart, chartSentence(note.filing, timeZone, now, before)],
      ...(before === undefined
        ? []
        : [[printedWords.amended, printedWords.replaces(clock(before.date, timeZone))] as const]),
    ],
    sections: sections(note.soap).map(([title, , text]) => [title, text.trim() || chartWords.nothingRecorded]),
    signature: printedWords.signedBy(note.signerName, clock(note.signedAt, timeZone), timeZone),
    at: now,
  }
}

/** The page as plain text. */
export function pageText({ title, facts, sections: said, signature }: PrintedPage): string {
  const head = [title, '', ...facts.map(([label, words]) => `${label}: ${words}`)].join('\n')
  return `${[head, ...said.map(([name, text]) => `${name}\n${text}`), signature].join('\n\n')}\n`
}

/**
 * Names nobody: when the visit was, and when the copy was made, by the clinic's clocks, such as
 * `visit-note-2026-11-22-1403-copy-20261122-150907.pdf`. Two visits of one minute, and a note before and after its amendment, are two files.
 */
export function fileName({ visit, timeZone, now }: NoteCopy, ending: string): string {
  const [day, minutes] = stamp(visit.start, timeZone)
  const [copied, seconds] = stamp(now, timeZone)
  return `visit-note-${day}-${minutes.slice(0, 4)}-copy-${copied.replaceAll('-', '')}-${seconds}.${ending}`
}

/** `2026-11-22` and `140309`. */
function stamp(at: Instant, timeZone: string): readonly [day: string, time: string] {
  const of = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', ...options }).format(Date.parse(at))
  return [of({ dateStyle: 'short' }), of({ timeStyle: 'medium' }).replaceAll(/\D/g, '')]
}

function visitSentence(visit: Visit, timeZone: string): string {
  const span = (from: Instant, to: Instant) => ({ from: clock(from, timeZone), to: clock(to, timeZone), timeZone })
  switch (visit.status) {
    case 'finished':
      return endSentence(visit, timeZone)
    case 'in-progress':
      return printedWords.underWay(span(visit.startedAt, visit.end))
    case 'cancelled':
      return printedWords.cancelled(span(visit.start, visit.end))
    case 'planned':
    case 'arrived':
      return printedWords.notBegun(span(visit.start, visit.end))
  }
}

function endSentence(visit: Finished, timeZone: string): string {
  const { startedAt, finishedAt, start, end } = visit
  const outcome = outcomeIn(visit)
  if (outcome?.is === 'unsaid')
    return printedWords.unsaid({ from: clock(start, timeZone), to: clock(end, timeZone), timeZone })
  if (isMissed(outcome) || isByTelephone(visit)) return visitInWords(visit, timeZone)
  return printedWords.took({ from: clock(startedAt, timeZone), to: clock(finishedAt, timeZone), timeZone })
}

/** What was said of each who came, and whether anybody is confirmed. */
function identitySentence(visit: Visit, timeZone: string): string {
  const each = (visit.identity ?? []).map((word) => wordSentence(word, timeZone))
  const known = identityIn(visit)
  if (known === undefined) return printedWords.unconfirmed
  if (known.is === 'denied') return [...each, printedWords.nobodyConfirmed].join('. ')
  return known.in === 'call'
    ? each.join('. ')
    : [...each, printedWords.confirmedOutside(clock(known.at, timeZone))].join('. ')
}

function wordSentence({ who, is, at }: IdentityWord, timeZone: string): string {
  const { confirmed, denied } = printedWords[isPatient(who) ? 'cameAsPatient' : 'cameForPatient']
  return (is === 'confirmed' ? confirmed : denied)(clock(at, timeZone))
}

/** A copy lives longer than what it says of the chart, so it says when that was so. */
function chartSentence(filing: Filing, timeZone: string, now: Instant, before: Entry | undefined): string {
  const made = clock(now, timeZone)
  switch (filing.state) {
    case 'filed':
      return printedWords.filed(clock(filing.at, timeZone), filing.documentReference)
    case 'entered-in-error':
      return printedWords.enteredInError(clock(filing.at, timeZone), filing.documentReference)
    case 'pending':
      return printedWords.pending(made)
    case 'unknown':
      return printedWords.unknown(made)
    case 'unfiled':
    case 'not-filed':
      return before === undefined
        ? printedWords.notFiled(made)
        : printedWords.earlierText(clock(before.date, timeZone), made)
  }
}
