// What is written into the chart: Encounter and DocumentReference in US Core's shape, built from the visit and its signed note.
// Pure; which of them an EHR takes is decided by the filing step.

import { createHash } from 'node:crypto'
import type { DocumentReference, Encounter, EncounterStatusHistory } from 'fhir/r4'
import type { Ref } from '../ids.ts'
import { periodInCall } from '../visit/time-in-call.ts'
import type { Finished } from '../visit/visit-shape.ts'
import type { Entry } from './ledger.ts'
import { sections } from './soap.ts'
import { chartWords, clock } from './words.ts'

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
  const [from, to] = [clock(visit.startedAt, timeZone), clock(visit.finishedAt, timeZone)]
  const by = note.docStatus === 'final' ? chartWords.signedBy : chartWords.draftBy
  return [chartWords.times({ from, to, timeZone }), ...said, by(note.authorName, clock(note.date, timeZone))].join(
    '\n\n',
  )
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

/** A finished virtual Encounter of this Appointment (http://hl7.org/fhir/R4/encounter.html; US Core: type 1..*). */
export function encounterOf(forChart: NoteForChart): Encounter {
  const { visit, note } = forChart
  return {
    resourceType: 'Encounter',
    identifier: [encounterIdentifier(forChart)],
    status: 'finished',
    statusHistory: statusHistoryOf(visit),
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'VR', display: 'virtual' },
    type: [
      {
        coding: [
          { system: 'http://snomed.info/sct', code: '448337001', display: 'Telemedicine consultation with patient' },
        ],
        text: chartWords.visit,
      },
    ],
    subject: { reference: visit.patient },
    participant: participantsOf(visit, note.author),
    appointment: [{ reference: `Appointment/${visit.appointment}` }],
    period: { start: visit.startedAt, end: visit.finishedAt },
  }
}

/** Where a visit took place, for EHRs that must be told: an Organization, or a Location of the Appointment. */
export type Venue = { readonly serviceProvider: string } | { readonly location: string }

/** The little that Oracle Health lets be written: neither class nor appointment, and where it was. */
export function leanEncounterOf(forChart: NoteForChart, venue: Venue): Omit<Encounter, 'class'> {
  const { resourceType, identifier, status, type, subject } = encounterOf(forChart)
  const where =
    'location' in venue
      ? { location: [{ location: { reference: venue.location } }] }
      : { serviceProvider: { reference: venue.serviceProvider } }
  return {
    resourceType,
    status,
    ...(identifier && { identifier }),
    ...(type && { type }),
    ...(subject && { subject }),
    ...where,
  }
}

/** What we read of an Encounter the EHR has already; all else in it passes through. */
type FoundEncounter = {
  readonly status: string
  readonly statusHistory?: readonly object[]
  readonly participant?: readonly { readonly individual?: { readonly reference?: string } }[]
  readonly period?: { readonly start?: string; readonly end?: string }
}

/** An Encounter the EHR had for this Appointment, brought to its end. What others wrote in it stays. */
export function encounterFinished<E extends FoundEncounter>(found: E, { visit, note }: NoteForChart) {
  const there = new Set(found.participant?.map((p) => p.individual?.reference))
  const came = participantsOf(visit, note.author).filter((p) => !there.has(p.individual?.reference))
  const began = found.status === 'planned' ? undefined : found.period?.start
  const before = { status: found.status, period: { end: visit.arrivedAt ?? visit.startedAt } }
  return {
    ...found,
    status: 'finished',
    statusHistory: [
      ...(found.statusHistory ?? []),
      ...(began === undefined ? [before] : []),
      ...statusHistoryOf(visit),
    ],
    participant: [...(found.participant ?? []), ...came],
    period: { ...found.period, start: began ?? visit.startedAt, end: visit.finishedAt },
  }
}

// The states before the last one: the current status stands in `status` alone.
function statusHistoryOf(visit: Finished): EncounterStatusHistory[] {
  const { arrivedAt, startedAt, finishedAt } = visit
  return [
    ...(arrivedAt !== undefined && arrivedAt < startedAt
      ? [{ status: 'arrived' as const, period: { start: arrivedAt, end: startedAt } }]
      : []),
    { status: 'in-progress', period: { start: startedAt, end: finishedAt } },
  ]
}

// The patient is the subject. R4 takes these alone here: who was in the visit and has no record in the EHR stands in no Encounter.
const participants = /^(Practitioner|PractitionerRole|RelatedPerson)\//

function participantsOf(visit: Finished, author: Ref): NonNullable<Encounter['participant']> {
  const there = visit.attendance.filter((a) => participants.test(a.who))
  const came = there.some((a) => a.who === author) ? there : [{ who: author, from: visit.startedAt }, ...there]
  return came.map((a) => ({
    type: [
      {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: codeOf(a.who, author) }],
      },
    ],
    period: periodInCall(a, visit),
    individual: { reference: a.who },
  }))
}

const codeOf = (who: Ref, author: Ref) => (who === author ? 'PPRF' : 'PART')

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
      period: { start: visit.startedAt, end: visit.finishedAt },
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
