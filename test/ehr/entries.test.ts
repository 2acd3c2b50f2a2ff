// What a Bundle's answer says of each entry: by its own status, and only where it is clear whose it is.
import { describe, expect, test } from 'vitest'
import { entriesWritten } from '../../server/outside/ehr/ehr.ts'

const asked = [
  { method: 'POST', path: 'Encounter' },
  { method: 'POST', path: 'DocumentReference', ifNoneExist: 'identifier=a|b' },
] as const

type Answer = { status?: unknown; location?: string; outcome?: object; resource?: object }
const bundle = (...answers: Answer[]) => ({
  resourceType: 'Bundle',
  type: 'transaction-response',
  entry: answers.map(({ resource, ...response }) => ({ response, ...(resource && { resource }) })),
})
const made = (type: string, status = '201 Created') => ({ status, location: `${type}/1/_history/1` })
const encounter = made('Encounter')
const note = made('DocumentReference')
const outcome = (code: string, severity = 'error') => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity, code }],
})
const said = (body: unknown) => {
  const { each, ...rest } = entriesWritten(body, asked)
  const short = each.map((w) => ('reference' in w ? w.reference : 'reason' in w ? w.reason : w.outcome))
  return [...short, ...Object.entries(rest).flatMap(([name, is]) => (is ? [name] : []))]
}

const [e, n] = ['Encounter/1', 'DocumentReference/1']

describe('an entry', () => {
  test.each([
    ['both made', bundle(encounter, note), [e, n, 'certain']],
    ['a bare status', bundle(made('Encounter', '201'), made('DocumentReference', '200')), [e, n, 'certain']],
    ['a status with words', bundle(made('Encounter', '201 Created, thank you'), note), [e, n, 'certain']],
    [
      'locations at another base',
      bundle({ status: '201', location: 'https://internal.example/r4/Encounter/1/_history/2' }, note),
      [e, n, 'certain'],
    ],
    ['the note refused', bundle(encounter, { status: '403' }), [e, 'policy', 'certain', 'apart']],
    ['the Encounter refused', bundle({ status: '403 Forbidden' }, note), ['policy', n, 'certain', 'apart']],
    ['both refused', bundle({ status: '403' }, { status: '422' }), ['policy', 'invalid', 'certain', 'apart']],
    ['both too many', bundle({ status: '429' }, { status: '429' }), ['busy', 'busy', 'certain', 'apart']],
    [
      'a refusal whose outcome tells more',
      bundle(encounter, { status: '422', outcome: outcome('duplicate') }),
      [e, 'duplicate', 'certain', 'apart'],
    ],
    ['several there already', bundle(encounter, { status: '412' }), [e, 'duplicate', 'certain', 'apart']],
    [
      'ids in the resources alone',
      bundle(
        { status: '201', resource: { resourceType: 'Encounter', id: '1', status: 'finished' } },
        { status: '201', resource: { resourceType: 'DocumentReference', id: '1', status: 'current', content: [] } },
      ),
      [e, n, 'certain'],
    ],
  ])('is believed by its own status: %s', (_what, body, expected) => {
    expect(said(body)).toEqual(expected)
  })

  test.each([
    ['a failure of the server', bundle(encounter, { status: '500' }), [e, 'unknown', 'apart']],
    ['a redirect', bundle(encounter, { status: '302' }), [e, 'unknown', 'apart']],
    ['no status', bundle(encounter, { location: 'DocumentReference/1' }), [e, 'unknown']],
    ['a status that is none', bundle(encounter, { ...note, status: 'done' }), [e, 'unknown']],
    ['a status that is a number', bundle(encounter, { ...note, status: 201 }), [e, 'unknown']],
    ['a status too long', bundle(encounter, { ...note, status: '2010' }), [e, 'unknown']],
    [
      'taken and failed in one breath',
      bundle(encounter, { ...note, outcome: outcome('exception', 'fatal') }),
      [e, 'written'],
    ],
    ['no response at all', { resourceType: 'Bundle', entry: [{ response: encounter }, {}] }, [e, 'unknown']],
  ])('is not known by %s', (_what, body, expected) => {
    expect(said(body)).toEqual(expect.arrayContaining(expected))
    expect(said(body).slice(0, 2)).toEqual(expected.slice(0, 2))
  })
})

describe('answers that are not one for each entry, in their order', () => {
  test.each([
    ['turned round', bundle(note, encounter), [e, n]],
    ['turned round, one refused', bundle(note, { status: '403' }), ['unknown', n, 'apart']],
    ['the note refused, turned round', bundle({ status: '403' }, encounter), [e, 'unknown', 'apart']],
    ['one missing', bundle(encounter), [e, 'unknown']],
    ['only the note', bundle(note), ['unknown', n]],
    ['only a refusal', bundle({ status: '403' }), ['unknown', 'unknown', 'apart']],
    ['one more', bundle(encounter, note, { status: '200' }), [e, n]],
    ['two notes', bundle(note, note), ['unknown', 'unknown']],
    ['none', bundle(), ['unknown', 'unknown']],
    ['no Bundle', { resourceType: 'OperationOutcome', issue: [] }, ['unknown', 'unknown']],
    ['nothing', undefined, ['unknown', 'unknown']],
    ['entries that are no list', { resourceType: 'Bundle', entry: { 0: encounter } }, ['unknown', 'unknown']],
  ])('are believed only of what names itself: %s', (_what, body, expected) => {
    expect(said(body)).toEqual(expected)
  })

  test('a refusal beside a thing that was made and is not named may be of either', () => {
    expect(said(bundle({ status: '201' }, { status: '403' }))).toEqual(['written', 'policy', 'apart'])
  })
})
