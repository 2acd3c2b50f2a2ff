// A signed note as a FHIR document: valid R4, its four sections, every reference at home in the Bundle, no sign of the text astray.
import type { Bundle, BundleEntry, Composition, Encounter, FhirResource } from 'fhir/r4'
import { describe, expect, test } from 'vitest'
import { validate } from '../../sandbox/ehr/validate.ts'
import { noteIdentifier } from '../../server/domain/note/fhir.ts'
import { documentOf } from '../../server/domain/note/fhir-document.ts'
import { encounterOf } from '../../server/domain/note/fhir-encounter.ts'
import type { Filing } from '../../server/domain/note/ledger.ts'
import { entryOf, type Final } from '../../server/domain/note/note.ts'
import { pageOf } from '../../server/domain/note/printed.ts'
import type { Soap } from '../../server/domain/note/soap.ts'
import { textOf } from '../support/xhtml.ts'
import { copyOf, during, ended, iss, note, written } from './copies.ts'

const soap: Soap = { ...written, objective: ' ', assessment: 'a < b & c > d, "so" <b>bold</b>\n\nnext\r\n  indented' }
const whole = copyOf(ended, { ...note, soap })

const resources = (bundle: Bundle<FhirResource>): readonly FhirResource[] =>
  (bundle.entry ?? []).flatMap((e) => e.resource ?? [])
function only<T extends FhirResource['resourceType']>(bundle: Bundle<FhirResource>, type: T) {
  const [one, another] = resources(bundle).filter((r) => r.resourceType === type)
  if (one === undefined || another !== undefined) throw new Error(`not one ${type}`)
  return one as Extract<FhirResource, { resourceType: T }> // sound: of that type
}
const composition = (bundle: Bundle<FhirResource>): Composition => only(bundle, 'Composition')

/** Every literal reference, wherever it stands. */
function references(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(references)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'reference' && typeof inner === 'string' ? [inner] : references(inner),
  )
}

const standings: readonly Filing[] = [
  { state: 'unfiled' },
  { state: 'not-filed', at: note.signedAt, why: 'ehr-refused' },
  { state: 'unknown', at: note.signedAt, hash: 'h', encounter: 'Encounter/e1' },
  {
    state: 'filed',
    at: note.signedAt,
    documentReference: 'DocumentReference/d1',
    encounter: 'Encounter/e1',
    appointment: 'left',
  },
  { state: 'entered-in-error', at: note.signedAt, documentReference: 'DocumentReference/d1' },
]
const others = [
  ...[
    { who: 'Practitioner/okafor', from: ended.startedAt },
    { who: 'PractitionerRole/r1', from: ended.startedAt },
  ],
  ...[
    { who: 'RelatedPerson/lillian', from: ended.startedAt },
    { who: ended.patient, from: ended.startedAt },
  ],
] as const
const copies = [
  ...standings.map((filing) => [`that is ${filing.state}`, copyOf(ended, { ...note, soap, filing })] as const),
  ...during.map((visit) => [`of a visit that is ${visit.status}`, copyOf(visit, { ...note, soap })] as const),
  ['of a visit with many people', copyOf({ ...ended, attendance: others }, note)],
  ['signed in a role', copyOf(ended, { ...note, signedBy: 'PractitionerRole/r2' })],
  ['of a patient without a birth date', copyOf({ ...ended, face: { name: 'N. N.', clinicians: [] } }, note)],
  ...['unknown', '1954-02-30', '1954-13', '1954-03-09T00:00:00Z', '19'].map(
    (birthDate) =>
      [`of a patient born ${birthDate}`, copyOf({ ...ended, face: { ...ended.face, birthDate } }, note)] as const,
  ),
] as const

describe.each(copies)('a note %s', (_how, exported) => {
  const bundle = documentOf(exported)
  const entries = bundle.entry ?? []

  test('is a document by FHIR’s own definitions, each part of it and the whole', () => {
    expect(resources(bundle).flatMap((resource) => validate(resource))).toEqual([])
    expect(validate(bundle)).toEqual([])
  })

  test('keeps what a document owes: a mark and a time of its own, the Composition first, no address twice', () => {
    const addresses = entries.map((e) => e.fullUrl)

    expect(bundle).toMatchObject({ type: 'document', timestamp: exported.now })
    expect(bundle.identifier).toEqual({
      system: 'urn:ietf:rfc:3986',
      value: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
    })
    expect(entries[0]?.resource?.resourceType).toBe('Composition')
    expect(new Set(addresses).size).toBe(entries.length)
    expect(addresses.every((url) => url?.startsWith('urn:uuid:') || url?.startsWith(`${iss}/`))).toBe(true)
    expect(entries.filter((e) => !atHome(e))).toEqual([])
  })

  test('has at home everything it refers to, and nothing that nobody refers to', () => {
    const [first, ...rest] = entries.map((e) => e.fullUrl)
    const pointed = new Set(references(bundle))

    expect([...pointed].sort()).toEqual([...rest].sort())
    expect(pointed).not.toContain(first)
  })

  test('says four sections by their LOINC codes, and of an empty one that it is', () => {
    const { section = [] } = composition(bundle)
    const codes = section.map((s) => s.code?.coding?.map((c) => `${c.system}|${c.code}`).join())
    const empty = Object.values(exported.note.soap).map((text) => text.trim() === '')

    expect(codes).toEqual(['61150-9', '61149-1', '51848-0', '18776-5'].map((code) => `http://loinc.org|${code}`))
    expect(section.map((s) => s.text?.status)).toEqual(['generated', 'generated', 'generated', 'generated'])
    expect(section.map((s) => s.emptyReason !== undefined)).toEqual(empty)
  })
})

/** http://hl7.org/fhir/R4/bundle.html: the address of one of the EHR's resources ends with its type and id. */
const atHome = ({ fullUrl = '', resource }: BundleEntry) =>
  fullUrl.startsWith('urn:uuid:') || fullUrl === `${iss}/${resource?.resourceType}/${resource?.id}`

test('the document names patient, author, who attests and when, and bears the note’s own mark', () => {
  const bundle = documentOf(whole)
  const chen = { reference: `${iss}/Practitioner/chen`, display: 'Dr. Amy Chen' }

  expect(composition(bundle)).toMatchObject({
    status: 'final',
    identifier: noteIdentifier({ visit: ended, note: entryOf(note), system: whole.system, timeZone: whole.timeZone }),
    type: { coding: [{ system: 'http://loinc.org', code: '11506-3' }] },
    subject: { reference: `${iss}/Patient/margaret`, display: 'Margaret Whitfield' },
    date: note.signedAt,
    author: [chen],
    attester: [{ mode: 'professional', time: note.signedAt, party: chen }],
    title: 'Video visit note',
  })
  expect(only(bundle, 'Patient')).toMatchObject({
    id: 'margaret',
    name: [{ text: 'Margaret Whitfield' }],
    birthDate: '1954-03-12',
  })
  expect(only(bundle, 'Practitioner')).toMatchObject({ id: 'chen', name: [{ text: 'Dr. Amy Chen' }] })
  expect(only(bundle, 'Organization').name).toBe('Riverside Family Clinic')
})

test('what is known of the EHR’s resources is marked as a part of them', () => {
  const subsetted = {
    tag: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' }],
  }
  const [, , , filed] = standings.map((filing) => documentOf(copyOf(ended, { ...note, filing })))
  const theirs = (filed?.entry ?? []).filter((e) => e.fullUrl?.startsWith(iss))

  expect(theirs.map((e) => e.resource?.resourceType)).toEqual(['Encounter', 'Patient', 'Practitioner'])
  expect(theirs.map((e) => e.resource?.meta)).toEqual([subsetted, subsetted, subsetted])
})

test('the Encounter is the one that is filed, but for references, which lead into the document', () => {
  const encounter: Encounter = only(documentOf(whole), 'Encounter')
  const { visit, note: final, system, timeZone } = { ...whole, visit: ended }
  const {
    subject: _subject,
    participant: _participant,
    appointment: _appointment,
    ...same
  } = encounterOf({ visit, system, timeZone, note: entryOf(final) })

  expect(encounter).toMatchObject(same)
  expect(encounter.appointment).toEqual([
    { type: 'Appointment', identifier: { system: `${iss}/Appointment`, value: 'a1' } },
  ])
})

test('before the visit has ended there is no Encounter to tell of', () => {
  for (const visit of during) {
    const bundle = documentOf(copyOf(visit, note))
    expect(resources(bundle).map((r) => r.resourceType)).not.toContain('Encounter')
    expect(composition(bundle)).not.toHaveProperty('encounter')
  }
})

test('each section is read back from its XHTML to the letter, line breaks, angle brackets and all', () => {
  const { section = [], text } = composition(documentOf(whole))
  const read = section.map((s) => textOf(s.text?.div ?? ''))

  expect(read).toEqual([
    written.subjective,
    'Nothing recorded.',
    soap.assessment.replaceAll('\r\n', '\n'),
    written.plan,
  ])
  expect(textOf(text?.div ?? '')).toContain('Patient: Margaret Whitfield\nBorn: 12 March 1954\n')
  expect(textOf(text?.div ?? '')).toContain('Signed by Dr. Amy Chen, 2 Mar 2026, 10:20 (America/New_York)')
})

test('a sign that XML cannot hold is seen to be missing, and the document is valid all the same', () => {
  const bundle = documentOf(copyOf(ended, { ...note, soap: { ...soap, plan: 'a\u0000b\ud800c\u{1f600}d\ufffee' } }))

  expect(textOf(composition(bundle).section?.[3]?.text?.div ?? '')).toBe('a\ufffdb\ufffdc\u{1f600}d\ufffde')
  expect(validate(bundle)).toEqual([])
})

test('an amendment says so and which text it takes the place of; what was a mistake says that', () => {
  const before = entryOf({ ...note, filing: standings[3] ?? note.filing })
  const amendment: Final = { ...note, version: 4, earlier: [before] }
  const mistaken = copyOf(ended, { ...note, filing: standings[4] ?? note.filing })

  const { status, relatesTo, identifier } = composition(documentOf(copyOf(ended, amendment)))

  expect([status, composition(documentOf(mistaken)).status]).toEqual(['amended', 'entered-in-error'])
  expect(relatesTo).toEqual([{ code: 'replaces', targetIdentifier: composition(documentOf(whole)).identifier }])
  expect(identifier?.value).toBe('visit1.1.4')
  expect(validate(documentOf(copyOf(ended, amendment)))).toEqual([])
})

test('the same note at the same moment is the same document; a moment later it is another of the same note', () => {
  const later = documentOf({ ...whole, now: note.savedAt })

  expect(documentOf(whole)).toEqual(documentOf(whole))
  expect(later.identifier).not.toEqual(documentOf(whole).identifier)
  expect(composition(later).identifier).toEqual(composition(documentOf(whole)).identifier)
})

test('the note’s type is the organisation’s own where it has one', () => {
  const type = { code: '75496-0', display: 'Telehealth Note' }

  expect(composition(documentOf({ ...whole, noteType: type })).type.coding).toEqual([
    { system: 'http://loinc.org', ...type },
  ])
})

test('a birth date that is no date stands on the page as the chart has it, and is no other day', () => {
  const said = (birthDate: string) =>
    pageOf(copyOf({ ...ended, face: { ...ended.face, birthDate } }, note)).facts.find(
      ([label]) => label === 'Born',
    )?.[1]

  for (const odd of ['1954-02-30', '1954-13-01', '1954-03-09T00:00:00Z', '0054-03-09', 'unknown', '1954'])
    expect(said(odd)).toBe(odd)
  expect([said('1954-03'), said('2024-02-29')]).toEqual(['March 1954', '29 February 2024'])
})
