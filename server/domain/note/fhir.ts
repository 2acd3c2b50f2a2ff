// What is written into the chart of a note: its DocumentReference in US Core's shape, built from the visit and the signed note, and the marks
// of both. Pure; whether an EHR takes it is decided by the filing step.

import { createHash } from 'node:crypto'
import type { DocumentReference } from 'fhir/r4'
import type { Instant } from '../ids.ts'
import { outcomeIn, timeOf } from '../visit/outcome.ts'
import type { Finished, Visit } from '../visit/visit-shape.ts'
import type { Entry } from './ledger.ts'
import { sections } from './soap.ts'
import { chartWords, clock, languageName } from './words.ts'

/** One text of a visit's note, as it goes into the chart. `system` names our deployment in identifiers: our own origin. */
export type NoteForChart = {
  readonly visit: Finished
  readonly note: Entry
  readonly system: string
  readonly timeZone: string
  /** A LOINC code for the note's type; Progress note unless told. */
  readonly noteType?: { readonly code: string; readonly display: string }
}

/** The note as one page of text, the way it is filed and shown before signing. */
export function noteText({ visit, note, timeZone }: NoteForChart): string {
  const said = sections(note.soap).map(([title, , text]) => `${title}\n${text.trim() || chartWords.nothingRecorded}`)
  const by = note.docStatus === 'final' ? chartWords.signedBy : chartWords.draftBy
  const head = [visitInWords(visit, timeZone), ...consentLines(visit, timeZone)].join('\n')
  return [head, ...said, by(note.authorName, clock(note.date, timeZone))].join('\n\n')
}

/** Who agreed to telehealth, to which text and when, and whether they took it back; nothing where the clinic asked nobody. */
export const consentLines = ({ consents = [] }: Visit, timeZone: string): readonly string[] =>
  consents.map(({ name, as, at, version, language, withdrawnAt }) =>
    chartWords.consent({
      ...{ name, forPatient: as === 'representative', at: clock(at, timeZone) },
      text: `${version} (${languageName(language)})`,
      withdrawn: withdrawnAt && clock(withdrawnAt, timeZone),
    }),
  )

/** What kind of visit it was and when, as far as it is known; or that there was none. */
export function visitInWords(visit: Finished, timeZone: string): string {
  const outcome = outcomeIn(visit)
  const span = (start: string, end: string) => ({ from: clock(start, timeZone), to: clock(end, timeZone), timeZone })
  const planned = span(visit.start, visit.end)
  switch (outcome?.is) {
    case 'telephone':
      return outcome.period === undefined
        ? chartWords.telephone(planned)
        : chartWords.telephoneTimes(span(outcome.period.start, outcome.period.end))
    case 'did-not-come':
    case 'another-came':
      return chartWords.didNotCome(planned)
    case 'moved':
      return chartWords.moved(planned)
    case 'technical-failure':
      return chartWords.technicalFailure(planned)
    default:
      return chartWords.times(span(visit.startedAt, visit.finishedAt))
  }
}

/** Whether an attachment's data says what we sent: base64 may be broken into lines, and line ends turned into others. */
export const saysTheSame = (data: string, sent: string): boolean => data === sent || plainText(data) === plainText(sent)

const plainText = (data: string) => Buffer.from(data, 'base64').toString('utf8').replaceAll(/\s+/g, ' ').trim()

/** The text as a DocumentReference's attachment carries it. */
export const noteData = (forChart: NoteForChart): string => Buffer.from(noteText(forChart), 'utf8').toString('base64')

/** What makes one version of a note the same note, whoever sends it and however often. */
export const noteHash = (forChart: NoteForChart): string =>
  createHash('sha256').update(noteText(forChart)).digest('base64url')

export const encounterIdentifier = ({ visit, system }: NoteForChart) => ({
  system: `${system}/visits`,
  value: `${visit.id}.${visit.opening}`,
})
export const noteIdentifier = ({ visit, note, system }: NoteForChart) => ({
  system: `${system}/notes`,
  value: `${visit.id}.${visit.opening}.${note.version}${note.docStatus === 'final' ? '' : '.draft'}`,
})

/** For the note, which Oracle Health takes with an end alone: by then it was over. */
function timeDocumented(visit: Finished): { start?: Instant; end: Instant } {
  const outcome = outcomeIn(visit)
  return timeOf(visit) ?? { end: outcome?.is === 'telephone' ? outcome.at : visit.finishedAt }
}

type NoteLinks = {
  /** Left out where the EHR has none for us. */
  readonly encounter?: string
  /** The note in the chart that this one takes the place of (http://hl7.org/fhir/R4/documentreference.html, relatesTo). */
  readonly replaces?: string
}

/** The note as US Core's "Writing Clinical Notes" shapes it; `preliminary` for a draft. */
export function documentReferenceOf(forChart: NoteForChart, { encounter, replaces }: NoteLinks): DocumentReference {
  const { visit, note, noteType = progressNote } = forChart
  return {
    resourceType: 'DocumentReference',
    identifier: [noteIdentifier(forChart)],
    status: 'current',
    docStatus: note.docStatus,
    type: { coding: [{ system: 'http://loinc.org', ...noteType }], text: noteType.display },
    category: [{ coding: [{ system: usCoreCategory, code: 'clinical-note', display: 'Clinical Note' }] }],
    subject: { reference: visit.patient },
    date: note.date,
    author: [{ reference: note.author, display: note.authorName }],
    ...(replaces === undefined ? {} : { relatesTo: [{ code: 'replaces', target: { reference: replaces } }] }),
    content: [contentOf(forChart)],
    context: {
      ...(encounter === undefined ? {} : { encounter: [{ reference: encounter }] }),
      period: timeDocumented(visit),
    },
  }
}

const progressNote = { code: '11506-3', display: 'Progress note' }

const contentOf = (forChart: NoteForChart): DocumentReference['content'][number] => ({
  attachment: {
    contentType: 'text/plain;charset=utf-8',
    data: noteData(forChart),
    title: chartWords.title,
    creation: forChart.note.date,
  },
  format: { system: formatCodes, code: 'urn:ihe:iti:xds:2017:mimeTypeSufficient', display: 'mimeType Sufficient' },
})

/** A new version of a note that is in the chart: its text, status, author and mark. What else the EHR keeps in it stays. */
export function documentReferenceOnto<D extends object>(found: D, forChart: NoteForChart) {
  const { identifier, docStatus, date, author, content } = documentReferenceOf(forChart, {})
  const others = 'identifier' in found && Array.isArray(found.identifier) ? (found.identifier as Identified[]) : []
  const mine = `${forChart.system}/notes`
  return {
    ...found,
    identifier: [...others.filter((i) => i.system !== mine), ...(identifier ?? [])],
    status: 'current',
    docStatus,
    date,
    author,
    content,
  }
}

/** Without our mark of it: nothing finds it as that note any more. */
export function withoutMark<D extends object>(found: D, forChart: NoteForChart): D {
  const mark = noteIdentifier(forChart)
  const marks = 'identifier' in found && Array.isArray(found.identifier) ? (found.identifier as Identified[]) : []
  const others = marks.filter((i) => i.system !== mark.system)
  const { identifier: _identifier, ...rest } = found as D & { readonly identifier?: unknown }
  // FHIR knows no empty list (R4, JSON representation).
  return (others.length === 0 ? rest : { ...found, identifier: others }) as D // sound: the same resource with fewer identifiers
}

type Identified = { readonly system?: string }

const usCoreCategory = 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category'
const formatCodes = 'http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode'
