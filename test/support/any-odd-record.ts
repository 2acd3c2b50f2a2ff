// Owns the drawing of odd records: an honest one of which some values, however deep, are another thing than they should be, or which is none at
// all; and of the ways in which a server answers for one record alone. The same ones for the same seed.
import fc from 'fast-check'
import type { OddRecord } from './odd-records.ts'
import type { Oddity } from './oddities.ts'

type Json = Readonly<Record<string, unknown>>
type Path = readonly (string | number)[]

const absent = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }],
}

/** What stands where something else should. */
const values: readonly unknown[] = [
  ...[null, '', ' \n ', undefined, absent, [], {}, [null], [absent], [[[]]], [{}], {}],
  ...[7, -1, 1e308, true, false, 'x'.repeat(30_000), 'A'.repeat(400), '\u202egnp.exe\u0000\n', '<b>&amp;'],
  ...[
    '2026-03-02T09:00:00',
    '2026-03-02',
    '2026',
    '2026-02-30T09:00:00Z',
    '24:00',
    'soon',
    '0000-00-00',
    '-0001-01-01',
  ],
  ...['9999-12-31T23:59:60Z', '2026-03-02T09:00:00+99:99', '1954-02-30', '09.03.1954'],
  ...['https://other.example/fhir/Patient/p', 'Patient/', '#contained', 'urn:uuid:0', 'Patient/p/_history/3', '/', '?'],
  ...[
    { reference: null },
    { reference: 'Practitioner/nobody' },
    { display: 'Somebody' },
    { identifier: { value: '7' } },
  ],
  ...['entered-in-error', 'cancelled', 'waitlist', 'BOOKED', 'unknown', 'in-progress'],
]

/** Every place in a record, but its type. */
function placesIn(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return at.length > 0 ? [at] : []
  const inside = Object.entries(value).flatMap(([key, one]) =>
    at.length === 0 && key === 'resourceType' ? [] : placesIn(one, [...at, Array.isArray(value) ? Number(key) : key]),
  )
  return at.length > 0 ? [at, ...inside] : inside
}

function put(value: unknown, [key, ...rest]: Path, is: unknown): unknown {
  if (key === undefined) return is
  if (Array.isArray(value)) return value.with(Number(key), put(value[Number(key)], rest, is))
  const record = { ...(value as Json) } // sound: a place is in an object or in a list
  const extended = rest.length === 0 && (is === null || is === undefined) ? { [`_${key}`]: absent } : {}
  return { ...record, [key]: put(record[key], rest, is), ...extended }
}

const step = fc.tuple(fc.nat(), fc.constantFrom(...values))
const bent = (of: string): fc.Arbitrary<OddRecord> =>
  fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => ({
    name: JSON.stringify(steps)?.slice(0, 300),
    of,
    change: (record) =>
      steps.reduce<unknown>((now, [which, is]) => {
        const places = placesIn(now)
        return places.length === 0 ? now : put(now, places[which % places.length] ?? [], is)
      }, record),
  }))

const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'processing' }] }
const none = (of: string): fc.Arbitrary<OddRecord> =>
  fc
    .constantFrom<(record: Json) => unknown>(
      ...[null, 7, 'x', [], {}, outcome].map((is) => () => is),
      (record) => ({ ...record, id: 'somebody-else' }),
      (record) => ({ ...record, id: undefined }),
      (record) => ({ ...record, resourceType: 'Basic' }),
      ({ resourceType, id }) => ({ resourceType, id }),
    )
    .map((change) => ({ name: `none: ${change}`, of, change }))

export const anyOddRecord = (of: string): fc.Arbitrary<OddRecord> =>
  fc.oneof({ weight: 4, arbitrary: bent(of) }, { weight: 1, arbitrary: none(of) })

/** How one record is answered when it is read by itself: no list brings it along with others, and where it is what is listed it stands as it is. */
export const anyOddAnswer = (id: string): fc.Arbitrary<Oddity> =>
  fc
    .tuple(
      fc.constantFrom(200, 201, 204, 301, 401, 403, 404, 410, 429, 500, 503),
      fc.constantFrom('', 'Sorry', '{', '<h1>Sorry</h1>', JSON.stringify(outcome), 'null', '[]'),
    )
    .map(([status, body]) => ({
      name: `${status} ${body}`,
      answer(response, { honest }) {
        const told = honest.text.startsWith('{') ? (JSON.parse(honest.text) as Told) : {} // sound: it begins as an object
        if (told.id === id) response.writeHead(status, { 'content-type': 'application/fhir+json' }).end(body)
        else {
          const entry = told.entry?.filter((one) => one.search?.mode !== 'include' || one.resource?.id !== id)
          const text = entry === undefined ? honest.text : JSON.stringify({ ...told, entry })
          response.writeHead(honest.status, { 'content-type': honest.type }).end(text)
        }
      },
    }))

type Told = {
  readonly id?: unknown
  readonly entry?: readonly {
    readonly search?: { readonly mode?: string }
    readonly resource?: { readonly id?: unknown }
  }[]
}
