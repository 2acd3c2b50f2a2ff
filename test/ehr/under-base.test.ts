// Where a person's token may go: compared by the parts of an address, so that nothing that looks like the base is taken for it.
import { describe, expect, test } from 'vitest'
import type { Iss } from '../../server/domain/ids.ts'
import { underBase } from '../../server/outside/ehr/under-base.ts'

const iss = 'https://ehr.example/fhir' as Iss // sound: as the settings would read it

describe('a token goes', () => {
  test.each([
    ['Patient/1', `${iss}/Patient/1`],
    ['Appointment?patient=1&date=ge2026', `${iss}/Appointment?patient=1&date=ge2026`],
    [`${iss}?_getpages=1%2F2&_getpagesoffset=20`, `${iss}?_getpages=1%2F2&_getpagesoffset=20`],
    [`${iss}/Appointment?page=2#there`, `${iss}/Appointment?page=2`],
    ['HTTPS://EHR.EXAMPLE:443/fhir/Appointment?page=2', `${iss}/Appointment?page=2`],
    ['/fhir/Appointment?page=2', `${iss}/Appointment?page=2`],
    [iss, iss],
  ])('to %s', (url, whole) => {
    expect(underBase(iss, url)).toBe(whole)
  })

  test.each([
    'https://ehr.example/fhirX/Patient/1',
    'https://ehr.example/fhir.evil/Patient/1',
    'https://ehr.example/FHIR/Patient/1',
    'https://ehr.example/other',
    'https://ehr.example/',
    'https://ehr.example',
    'https://ehr.example:8443/fhir/Patient/1',
    'http://ehr.example/fhir/Patient/1',
    'https://ehr.example.evil.example/fhir/Patient/1',
    'https://ehr.example.:443/fhir/Patient/1',
    'https://ehr.example@evil.example/fhir/Patient/1',
    'https://me@ehr.example/fhir/Patient/1',
    'https://me:too@ehr.example/fhir/Patient/1',
    '//evil.example/fhir/Patient/1',
    '\\\\evil.example\\fhir',
    'https:\\\\evil.example\\fhir\\Patient\\1',
    '../oauth/token',
    'Patient/../../oauth/token',
    'Patient/%2e%2e/%2E%2E/oauth/token',
    '..\\oauth\\token',
    'Patient/..%2f..%2foauth%2ftoken',
    'Patient/..%5c..%5coauth',
    'Patient/%252e%252e/x',
    '/fhir/../oauth/token',
    '/',
    'Patient/..',
    'Patient/.',
    'Patient/../Observation/1',
    `${iss}/Patient/../Patient/1`,
    '\t//evil.example/fhir',
    'ftp://ehr.example/fhir/x',
    'javascript:alert(1)',
    'data:application/json,{}',
    'https://',
    'https://ehr.example/fhir/Patient/'.padEnd(20_000, '1'),
  ])('never to %s', (url) => {
    expect(() => underBase(iss, url)).toThrow('ehr-failed')
  })

  test('nowhere else where the base is a whole host, or is written in capitals', () => {
    const [host, loud] = ['https://ehr.example', 'HTTPS://EHR.example/Fhir'] as Iss[] // sound: as the settings would read them

    expect(underBase(host as Iss, 'Patient/1')).toBe('https://ehr.example/Patient/1')
    expect(underBase(loud as Iss, 'Patient/1')).toBe('https://ehr.example/Fhir/Patient/1')
    expect(() => underBase(host as Iss, 'https://ehr.example.evil/Patient/1')).toThrow('ehr-failed')
    expect(() => underBase(loud as Iss, 'https://ehr.example/fhir/Patient/1')).toThrow('ehr-failed')
  })
})
