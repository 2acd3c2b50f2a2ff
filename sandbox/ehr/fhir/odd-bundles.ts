// Owns answers to a Bundle that are not as R4 has them (3.1.0.11.1: one for each entry, in their order, each with a status): what was kept
// is told in another way, in part, or not at all.
import type { Bundle, BundleEntry } from '@medplum/fhirtypes'
import type { OddBundle } from '../faults.ts'

export const oddly = (bundle: Bundle, how: OddBundle): Bundle => ({ ...bundle, entry: ways[how](bundle.entry ?? []) })

type Entries = readonly BundleEntry[]

const ways: Readonly<Record<OddBundle, (entries: Entries) => BundleEntry[]>> = {
  'turned-round': (entries) => entries.toReversed(),
  'last-missing': (entries) => entries.slice(0, -1),
  'first-missing': (entries) => entries.slice(1),
  'one-more': (entries) => [...entries, { response: { status: '200 OK' } }],
  empty: () => [],
  'without-status': told(({ status: _status, ...response }) => response as Response),
  'status-in-words': told((response) => ({ ...response, status: `${response.status} Created, as you wished` })),
  'status-unreadable': told((response) => ({ ...response, status: 'done' })),
  unnamed: (entries) => entries.map(({ response }) => ({ response: { status: response?.status ?? '' } })),
  'other-base': told((response) =>
    response.location ? { ...response, location: `https://internal-fhir.example/r4/${response.location}` } : response,
  ),
  'outcomes-for-resources': (entries) =>
    entries.map(({ response }) => ({
      resource: {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'information', code: 'informational', details: { text: 'Kept.' } }],
      },
      response: { status: response?.status ?? '', ...(response?.location && { location: response.location }) },
    })),
}

type Response = NonNullable<BundleEntry['response']>

function told(how: (response: Response) => Response): (entries: Entries) => BundleEntry[] {
  // Sound: a test wants members that R4's types do not leave out.
  return (entries) =>
    entries.map(({ resource: _resource, response, ...entry }) => ({
      ...entry,
      ...(response && { response: how(response) }),
    }))
}
