// Owns what can go wrong in a storm of filing: the EHR's faults, at the write and around it, and the odd records in a patient's chart.
import fc from 'fast-check'
import type { FhirResource } from 'fhir/r4'
import { oddBundles } from '../../sandbox/ehr/faults.ts'
import type { FaultName } from '../../sandbox/ehr/main.ts'
import type { World } from '../support/world.ts'

export type Fault = readonly [FaultName, Parameters<World['ehr']['faults']['on']>[1]]
const naming = (names: readonly FaultName[], options: Fault[1] = {}): readonly Fault[] =>
  names.map((name) => [name, options])
const write = { type: 'DocumentReference' }
const post = { method: 'POST' }
const written = ['DocumentReference', 'Encounter', 'Appointment'] as const

/** Between the request and the answer: the note is there or not, and the answer says so, or not, or the opposite. */
const atTheWrite: readonly Fault[] = [
  ...naming(['cut-before-write', 'cut-after-write', '500-after-write', 'failed-with-200', 'created-empty-body'], write),
  ...naming(['created-unnamed', 'created-accepted', 'duplicate-after-write', 'location-other-host'], write),
  ...(['fatal', 'error', 'warning', 'information'] as const).flatMap((severity) =>
    naming(['written-outcome'], { ...write, severity, located: severity !== 'warning' }),
  ),
  ...naming(['fhir-503-retry-after', 'cut-after-write', 'failed-with-200'], { ...write, method: 'PUT' }),
]
/** What an answer says of each entry, of an update and of a version, and is so, or not. */
const inTheAnswer: readonly Fault[] = [
  ...oddBundles.flatMap((how) => naming(['bundle-answered-oddly'], { how })),
  ...written.flatMap((type) => [
    ...[403, 409, 422, 429].flatMap((status) => naming(['write-refused'], { type, status })),
    ...naming(['update-passed-over', 'etag-unlike-version'], { type }),
  ]),
  ...naming(['update-passed-over'], { ...write, elements: ['content'] }),
  ...naming(['update-passed-over'], { type: 'Encounter', elements: ['status', 'period'] }),
]
/** Before it, beside it, or a refusal. */
const around: readonly Fault[] = [
  ...naming(['fhir-500', 'fhir-503-retry-after', 'fhir-429-retry-after'], { ...write, method: 'GET' }),
  ...naming(['fhir-500', 'fhir-503-retry-after', 'fhir-429-retry-after', 'fhir-401'], post),
  ...naming(['fhir-429-retry-after'], { ...post, retryAfter: '30' }),
  ...[200, 403, 500, 501].flatMap((status) => [
    ...naming(['search-refused'], { ...write, status }),
    ...naming(['search-refused'], { type: 'Encounter', status }),
  ]),
  ...naming(['cut-after-write', '500-after-write'], { type: 'Encounter' }),
  ...naming(['ignore-if-none-exist', 'document-403', 'break-the-glass', 'note-duplicate', 'note-daily-limit']),
  ...naming(['encounter-create-refused', 'appointment-conflict', 'metadata-500']),
  ...written.flatMap((type) => naming(['lists-unwrapped', 'fhir-404-page'], { type, method: 'GET' })),
]

export const fault = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...atTheWrite) },
  { weight: 2, arbitrary: fc.constantFrom(...inTheAnswer) },
  { weight: 1, arbitrary: fc.constantFrom(...around) },
)

/** What a patient's chart has before there is anything of ours in it, that nobody can read, for good. */
export const chartOddities = ['nothing', 'an old document', 'a document of no day', 'an Encounter'] as const
export type ChartOddity = (typeof chartOddities)[number]

export async function oddlyKept(world: World, patient: string, oddity: ChartOddity): Promise<void> {
  const [, id = ''] = patient.split('/')
  const document = {
    ...{ resourceType: 'DocumentReference', id: `odd-${id}`, status: 'current', subject: { reference: patient } },
    content: { attachment: { contentType: 'text/plain', data: 'VGV4dA==' } },
  }
  const odd = {
    nothing: undefined,
    'an old document': { ...document, date: '2020-03-04T10:00:00Z' },
    'a document of no day': document,
    'an Encounter': {
      ...{ resourceType: 'Encounter', id: `odd-${id}`, status: 'planned', subject: { reference: patient } },
      participant: 'somebody',
    },
  }[oddity]
  if (odd !== undefined) await world.ehr.put(odd as unknown as FhirResource) // sound: that it is none is what is wanted
}
