// What may be the id of a record, wherever one comes from: a page, a token, a reference, a Location, a resource. What is none leads
// nowhere: an address made of it would leave the type it stands under.
import { describe, expect, test } from 'vitest'
import { isFhirId, locationReference, relative } from '../../server/domain/ehr/reference.ts'
import type { Iss } from '../../server/domain/ids.ts'
import { readable } from '../../server/outside/ehr/resources.ts'
import { underBase } from '../../server/outside/ehr/under-base.ts'
import { launchContextOf } from '../../server/outside/smart/launch-context.ts'
import { OpenVisit } from '../../server/wire/wire.ts'

const iss = 'https://ehr.example/fhir' as Iss // sound: as the settings would read it

const none = [
  ...['', '.', '..', '%2e', '%2E%2e', '.%2e', '%2e%2e%2fx', '../x', 'x/..', '/', '\\', '..\\', 'a b', 'a\n', '\n'],
  ...['a\u0000', '\u0000', 'é', '‥', '．．', 'a?b', 'a#b', 'a;b', 'a_b', 'x'.repeat(65), 'x'.repeat(200_000)],
]
const ids = ['a', '7', '...', '.a', 'a.', '-', 'e3Mwy.2-Q', 'X'.repeat(64)]

describe('an id', () => {
  test.each(ids)('such as %j is taken wherever one comes from', (id) => {
    expect(isFhirId(id)).toBe(true)
    expect(relative(iss, `Patient/${id}`)).toBe(`Patient/${id}`)
    expect(relative(iss, `${iss}/Patient/${id}/_history/${id}`)).toBe(`Patient/${id}`)
    expect(locationReference(`https://other.example/x/Patient/${id}/_history/1`, 'Patient')).toBe(`Patient/${id}`)
    expect(launchContextOf(iss, { patient: `Patient/${id}` }).patient).toBe(id)
    expect(readable.Patient.safeParse({ resourceType: 'Patient', id }).success).toBe(true)
    expect(OpenVisit.safeParse({ appointment: id }).success).toBe(true)
    expect(underBase(iss, `Patient/${id}`)).toBe(`${iss}/Patient/${id}`)
  })

  test.each(none)('is none when it is %.40j, wherever it comes from', (id) => {
    expect(isFhirId(id)).toBe(false)
    expect(relative(iss, `Patient/${id}`)).toBeUndefined()
    expect(relative(iss, `${iss}/Patient/${id}/_history/1`)).toBeUndefined()
    expect(locationReference(`https://other.example/Patient/${id}`, 'Patient')).toBeUndefined()
    expect(() => launchContextOf(iss, { patient: id })).toThrow('launch-failed')
    expect(() => launchContextOf(iss, { encounter: `Encounter/${id}` })).toThrow('launch-failed')
    expect(launchContextOf(iss, { fhirContext: [{ reference: `Appointment/${id}` }] }).appointment).toBeUndefined()
    expect(readable.Patient.safeParse({ resourceType: 'Patient', id }).success).toBe(false)
    expect(OpenVisit.safeParse({ appointment: id }).success).toBe(false)
  })
})

describe('an address under the FHIR base', () => {
  test.each([
    'Patient/..',
    'Patient/.',
    '../Patient/x',
    'Patient/%2e%2E/x',
    `${iss}/../other`,
    `${iss}/Patient/.%2e?_id=7`,
  ])('has no segment that leads out of where it stands: %s is refused', (url) => {
    expect(() => underBase(iss, url)).toThrow('ehr-failed')
  })

  test('may have dots in its query, as a next link has them', () => {
    const next = `${iss}/Appointment?page=a/../b&from=..`

    expect(underBase(iss, next)).toBe(next)
  })
})

describe('what is longer than an honest one', () => {
  const long = 200_000
  test.each([
    ['of slashes and versions', '/_history/'.repeat(long / 10)],
    ['with a line end', `${'/_history/'.repeat(long / 10)}\n`],
    ['of one sign', 'x'.repeat(long)],
    ['behind a type', `Patient/${'x'.repeat(long)}`],
    ['under the base', `${iss}/Patient/x/_history/${'1'.repeat(long)}`],
  ])('is no reference, and is not looked at: 200 kB %s', (_what, reference) => {
    const took = Array.from({ length: 5 }, () => {
      const began = performance.now()
      expect(relative(iss, reference)).toBeUndefined()
      expect(locationReference(reference, 'Patient')).toBeUndefined()
      return performance.now() - began
    })

    // The least of several: whoever else uses the machine only adds.
    expect(Math.min(...took)).toBeLessThan(2)
  })
})
