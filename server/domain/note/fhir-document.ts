// A signed note as a FHIR document: http://hl7.org/fhir/R4/documents.html. A Composition, and what it refers to as far as we know it.
// Pure. Every literal reference resolves inside the Bundle; of the EHR's resources it holds what was known here, and says so.

import { createHash } from 'node:crypto'
import type { Bundle, BundleEntry, Composition, CompositionSection, Encounter, FhirResource, Narrative } from 'fhir/r4'
import { idOf } from '../ehr/reference.ts'
import type { Ref } from '../ids.ts'
import { isDate } from '../instant.ts'
import { asMarkup } from '../markup.ts'
import { isOfAnother } from '../visit/identity.ts'
import { isMissed, isUnsaid, outcomeIn } from '../visit/outcome.ts'
import { encounterOf } from './fhir-encounter.ts'
import { encounterIn } from './ledger.ts'
import { amendedFrom, entryOf } from './note.ts'
import { type NoteCopy, pageOf } from './printed.ts'
import { sections } from './soap.ts'
import { chartWords, printedWords } from './words.ts'

type Entry = BundleEntry<FhirResource>
const loinc = 'http://loinc.org'
const progressNote = { code: '11506-3', display: 'Progress note' }

export function documentOf(copy: NoteCopy): Bundle<FhirResource> {
  const { now } = copy
  const encounter = encounterEntry(copy)
  const entry: Entry[] = [
    { fullUrl: urn(copy, 'composition'), resource: compositionOf(copy, encounter?.fullUrl) },
    ...(encounter === undefined ? [] : [encounter]),
    ...people(copy, encounter?.resource).map((ref) => knownOf(copy, ref)),
    { fullUrl: urn(copy, 'clinic'), resource: { resourceType: 'Organization', name: copy.clinic } },
  ]
  // Each time it is assembled it is a document of its own, with an identifier that no other content ever has (bdl-9).
  const value = `urn:uuid:${uuidOf(JSON.stringify([now, entry]))}`
  const identifier = { system: 'urn:ietf:rfc:3986', value }
  return { resourceType: 'Bundle', identifier, type: 'document', timestamp: now, entry }
}

function compositionOf(copy: NoteCopy, encounter: string | undefined): Composition {
  const { visit, note, noteType = progressNote } = copy
  const signer = { reference: absolute(copy, note.signedBy), display: note.signerName }
  const page = pageOf(copy)
  const facts = page.facts.map(([label, words]) => `${label}: ${words}`).join('\n')
  return {
    resourceType: 'Composition',
    text: narrative([page.title, facts, page.signature]),
    // The mark it bears in the chart too: whoever finds both knows them for one note.
    identifier: markOf(copy, note.version),
    status: statusOf(copy),
    type: { coding: [{ system: loinc, ...noteType }], text: noteType.display },
    // Whoever takes it into a chart must not take it into this patient's.
    ...(isOfAnother(visit) ? {} : { subject: { reference: absolute(copy, visit.patient), display: visit.face.name } }),
    ...(encounter === undefined ? {} : { encounter: { reference: encounter } }),
    date: note.signedAt,
    author: [signer],
    title: chartWords.title,
    attester: [{ mode: 'professional', time: note.signedAt, party: signer }],
    custodian: { reference: urn(copy, 'clinic'), display: copy.clinic },
    ...amendsOf(copy),
    section: sections(note.soap).map(sectionOf),
  }
}

function statusOf({ note }: NoteCopy): Composition['status'] {
  if (note.filing.state === 'entered-in-error') return 'entered-in-error'
  return amendedFrom(note) === undefined ? 'final' : 'amended'
}

function amendsOf(copy: NoteCopy): Pick<Composition, 'relatesTo'> {
  const before = amendedFrom(copy.note)
  if (before === undefined) return {}
  return { relatesTo: [{ code: 'replaces', targetIdentifier: markOf(copy, before.version) }] }
}

/** Why nothing was recorded nobody said, so `emptyReason` has words and none of the codes, which each claim a reason (cmp-1, cmp-2). */
function sectionOf([title, code, text]: readonly [title: string, code: string, text: string]): CompositionSection {
  const said = text.trim()
  return {
    title,
    code: { coding: [{ system: loinc, code }], text: title },
    text: narrative([said === '' ? chartWords.nothingRecorded : said]),
    ...(said === '' ? { emptyReason: { text: printedWords.emptySection } } : {}),
  }
}

/**
 * The Encounter as it is filed, once the visit has ended: until then there is none to tell of, nor of one that nobody is known to have come to, or
 * somebody else than its patient.
 */
function encounterEntry(copy: NoteCopy): { fullUrl: string; resource: Encounter } | undefined {
  const { visit, note, system, timeZone, iss } = copy
  if (visit.status !== 'finished' || isMissed(outcomeIn(visit)) || isUnsaid(visit) || isOfAnother(visit))
    return undefined
  const {
    appointment: _appointment,
    participant = [],
    ...rest
  } = encounterOf({
    visit,
    system,
    timeZone,
    note: entryOf(note),
  })
  const known = encounterIn(note.filing).encounter
  const resource: Encounter = {
    ...(known === undefined ? {} : { id: idOf(known), ...subsetted }),
    ...rest,
    subject: { reference: absolute(copy, visit.patient) },
    participant: participant.map((p) => ({
      ...p,
      individual: { reference: absolute(copy, p.individual?.reference ?? '') },
    })),
    // Of the Appointment we know no state that lasts: it is named, not enclosed.
    appointment: [{ type: 'Appointment', identifier: { system: `${iss}/Appointment`, value: visit.appointment } }],
  }
  return { fullUrl: known === undefined ? urn(copy, 'encounter') : absolute(copy, known), resource }
}

/** Whom Composition and Encounter name, each once. */
function people({ visit, note, iss }: NoteCopy, encounter: Encounter | undefined): readonly Ref[] {
  const there = (encounter?.participant ?? []).map((p) => p.individual?.reference?.slice(iss.length + 1) as Ref) // sound: made so above
  return [...new Set<Ref>([...(isOfAnother(visit) ? [] : [visit.patient]), note.signedBy, ...there])]
}

/** One of the EHR's resources with what we know of it, marked as a part: nobody may take it for the whole, or write it back. */
function knownOf(copy: NoteCopy, ref: Ref): Entry {
  return { fullUrl: absolute(copy, ref), resource: { ...resourceOf(copy, ref), id: idOf(ref), ...subsetted } }
}

function resourceOf(copy: NoteCopy, ref: Ref): FhirResource {
  const { visit, note } = copy
  const [type] = ref.split('/')
  if (ref === visit.patient) {
    const { name, birthDate } = visit.face
    const born = birthDate !== undefined && isDate(birthDate) ? { birthDate } : {}
    return { resourceType: 'Patient', name: [{ text: name }], ...born }
  }
  if (type === 'RelatedPerson')
    return { resourceType: 'RelatedPerson', patient: { reference: absolute(copy, visit.patient) } }
  if (type === 'PractitionerRole') return { resourceType: 'PractitionerRole' }
  return { resourceType: 'Practitioner', ...(ref === note.signedBy ? { name: [{ text: note.signerName }] } : {}) }
}

const subsetted = {
  meta: { tag: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' }] },
}

const absolute = ({ iss }: NoteCopy, ref: string): string => `${iss}/${ref}`
/** As `noteIdentifier` has it, for the visits too that have nothing to file yet. */
const markOf = ({ visit, system }: NoteCopy, version: number) => ({
  system: `${system}/notes`,
  value: `${visit.id}.${visit.opening}.${version}`,
})
function urn(copy: NoteCopy, part: string): string {
  const { system, value } = markOf(copy, copy.note.version)
  return `urn:uuid:${uuidOf(`${system}/${value}/${part}`)}`
}

const urlNamespace = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex')

/** A name's UUID: the same name has the same one (RFC 9562, 5.5: version 5, in the namespace of URLs). */
function uuidOf(name: string): string {
  const hash = createHash('sha1').update(urlNamespace).update(name).digest().subarray(0, 16)
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6)
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8)
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** XHTML of plain text: a paragraph each, lines and spaces kept (http://hl7.org/fhir/R4/narrative.html). */
const narrative = (paragraphs: readonly string[]): Narrative => ({
  status: 'generated',
  div: `<div xmlns="http://www.w3.org/1999/xhtml">${paragraphs.map(paragraph).join('')}</div>`,
})

const paragraph = (text: string) =>
  `<p style="white-space: pre-wrap">${inXml(text)
    .split(/\r\n|[\n\r]/)
    .join('<br/>')}</p>`

/** What XML cannot hold (https://www.w3.org/TR/xml/#charsets) shows as a replacement character: seen to be missing, never lost unseen. */
const inXml = (text: string): string =>
  asMarkup(text).replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')
