// Owns records as real EHRs have them: with nulls and gaps, dates that are none, names of all kinds, and what is no such record at all.
// Each is made of an honest answer, by changing the record that is meant wherever it stands in it.
import type { Oddity } from './oddities.ts'

type Json = Readonly<Record<string, unknown>>
/** What stands in the record's place; the record itself stays where it stands. */
export type OddRecord = { readonly name: string; readonly of: string; readonly change: (record: Json) => unknown }

const absent = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
}
const put = (of: string, more: Json, name = JSON.stringify(more).slice(0, 80)): OddRecord => ({
  name: `a ${of} with ${name}`,
  of,
  change: (record) => ({ ...record, ...more }),
})

const dates = ['1954-03-09T00:00:00Z', '1954-02-30', '1954-13', '09.03.1954', 'unknown', '', null, '9999-12-31', '0001']
const names: readonly (readonly unknown[])[] = [
  [],
  [null],
  [absent],
  [{ given: [null, 'Maria'], _given: [absent, null], family: 'One' }],
  [{ text: '', family: '', given: ['', null], prefix: [null] }, { text: ' ' }],
  [{ use: 'nickname', given: ['Bobby'] }],
  [{ use: 'old', text: 'From Before' }],
  [{ use: 'official', text: 'Over Long', period: { end: '2015-06' } }],
  [{ use: 'official', text: 'Who Knows', period: { start: 'once', end: '2030-02-30' } }],
  [{ family: null, _family: absent, given: null }],
  [{ text: '\u202eevil\n\u0000' }],
]
const starts = ['2026-03-02T09:00:00', '2026-03-02', '2026-03', '2026-02-30T09:00:00Z', 'soon', '', null]
const people = [
  [],
  [null],
  [absent],
  [{ actor: absent }],
  [{ actor: { display: 'Somebody' } }],
  [{ status: 'accepted' }],
]

const patients: readonly OddRecord[] = [
  ...dates.map((birthDate) => put('Patient', { birthDate })),
  ...names.map((name) => put('Patient', { name })),
  put('Patient', { name: null, birthDate: null, communication: null, extension: null }, 'nulls for everything'),
  put('Patient', { communication: [absent, null, { language: absent }, { language: { coding: [null] } }] }),
  put('Patient', { extension: [null, absent, { url: null }, { url: 'x', valueBoolean: 'maybe' }] }),
  put('Patient', { active: null, meta: null }),
]
const appointments: readonly OddRecord[] = [
  ...starts.flatMap((start) => [put('Appointment', { start }), put('Appointment', { end: start })]),
  ...[null, '', 'entered-in-error', 'planned', 'waitlist', 'BOOKED'].map((status) => put('Appointment', { status })),
  ...people.map((participant) => put('Appointment', { participant })),
  put('Appointment', { description: '', reasonCode: [null, absent, { coding: [{ display: '' }] }], serviceType: null }),
]
/** What nobody can read. */
const none: readonly OddRecord[] = ['Patient', 'Appointment'].flatMap((of) => [
  put(of, { id: 7 }),
  put(of, { id: 'somebody-else' }),
  put(of, { resourceType: 'Basic' }),
  put(of, { name: 7, participant: 7 }, 'numbers for lists'),
  put(of, { birthDate: 19_540_309, start: 1_772_442_000 }, 'numbers for dates'),
  ...[null, 7, 'x', [], {}].map((is) => ({ name: `${JSON.stringify(is)} for a ${of}`, of, change: () => is })),
  {
    name: `an OperationOutcome for a ${of}`,
    of,
    change: () => ({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'processing' }] }),
  },
])

export const oddRecords: readonly OddRecord[] = [...patients, ...appointments, ...none]

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Changes the record wherever it stands: as the answer, or in the entries of one; all of its type unless an id is told. */
export function changed(answer: unknown, { of, change }: OddRecord, id?: string): unknown {
  if (!isObject(answer)) return answer
  if (answer.resourceType === of && (id === undefined || answer.id === id)) return change(answer)
  if (!Array.isArray(answer.entry)) return answer
  const entry = answer.entry.map((one: unknown) =>
    isObject(one) ? { ...one, resource: changed(one.resource, { name: '', of, change }, id) } : one,
  )
  return { ...answer, entry }
}

/** The same as an answer of the hostile EHR's. */
export const asOddity = (odd: OddRecord, id?: string): Oddity => ({
  name: odd.name,
  answer(response, { honest }) {
    let text = honest.text
    try {
      text = JSON.stringify(changed(JSON.parse(text), odd, id))
    } catch {
      // What is no JSON holds no record.
    }
    response.writeHead(honest.status, { 'content-type': honest.type }).end(text)
  },
})
