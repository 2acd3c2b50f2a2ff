// What is asked of an EHR and what was granted, in both of SMART's ways of writing it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { covers, scopesFor } from '../../server/domain/ehr/scopes.ts'

const v2 = ['permission-v1', 'permission-v2', 'permission-offline']

test('an EHR that knows v2 is asked in v2, with the letters in their order', () => {
  const scopes = scopesFor(v2, 'ehr').split(' ')

  expect(scopes).toEqual(
    expect.arrayContaining(['openid', 'fhirUser', 'launch', 'offline_access', 'user/Encounter.crus']),
  )
  for (const scope of scopes.filter((s) => s.includes('/') && !s.startsWith('launch')))
    expect(scope).toMatch(/^(user|patient)\/[A-Z][A-Za-z]+\.c?r?u?d?s?$/)
})

test('an EHR that knows v1 alone is asked in v1', () => {
  const scopes = scopesFor(['permission-v1'], 'ehr').split(' ')

  expect(scopes).toEqual(
    expect.arrayContaining(['user/Appointment.read', 'user/Appointment.write', 'patient/Patient.read']),
  )
  expect(scopes.join(' ')).not.toMatch(/\.[cruds]+( |$)(?<!read |write )/)
  expect(scopes).not.toContain('offline_access')
})

test('a standalone launch does not ask for the launch of an EHR', () => {
  expect(scopesFor(v2, 'standalone').split(' ')).not.toContain('launch')
})

test('where one side alone is served, the other side’s scopes are not asked for', () => {
  const levels = (people: 'clinicians' | 'patients') =>
    new Set(
      scopesFor(v2, 'ehr', people)
        .split(' ')
        .flatMap((s) => /^(user|patient)\//.exec(s)?.[1] ?? []),
    )

  expect([...levels('clinicians')]).toEqual(['user'])
  expect([...levels('patients')]).toEqual(['patient'])
  for (const people of ['clinicians', 'patients'] as const)
    expect(scopesFor(v2, 'ehr', people).split(' ')).toEqual(
      expect.arrayContaining(['openid', 'fhirUser', 'launch', 'offline_access']),
    )
})

test('nobody is asked for more than the walk uses: no deletions, and no writes for patients', () => {
  const scopes = scopesFor(v2, 'ehr').split(' ')

  expect(scopes.filter((s) => s.startsWith('patient/')).every((s) => /\.r?s?$/.test(s))).toBe(true)
  expect(scopes.filter((s) => s.includes('/') && /\.[a-z]*d/.test(s))).toEqual([])
  expect(scopes.some((s) => s.includes('*'))).toBe(false)
})

test.each([
  ['user/Encounter.crus', 'Encounter', 'c', true],
  ['user/Encounter.rs', 'Encounter', 'c', false],
  ['user/Encounter.read', 'Encounter', 's', true],
  ['user/Encounter.write', 'Encounter', 'u', true],
  ['user/Encounter.write', 'Encounter', 'r', false],
  ['user/*.cruds', 'Encounter', 'c', true],
  ['user/*.*', 'Encounter', 'd', true],
  ['patient/DocumentReference.c', 'DocumentReference', 'c', true],
  ['user/Encounter.c?status=finished', 'Encounter', 'c', true],
  ['user/EncounterX.c', 'Encounter', 'c', false],
  ['openid fhirUser launch', 'Encounter', 'r', false],
  ['', 'Encounter', 'r', false],
] as const)('granted "%s", and %s may be %s: %s', (granted, type, action, may) => {
  expect(covers(granted, type, action)).toBe(may)
})

test('what was asked for and granted word for word covers the walk, in v1 and in v2', () => {
  for (const capabilities of [v2, ['permission-v1']]) {
    const granted = scopesFor(capabilities, 'ehr')
    for (const [type, action] of [
      ...([
        ['DocumentReference', 'c'],
        ['Encounter', 'c'],
        ['Encounter', 's'],
      ] as const),
      ...([
        ['Appointment', 'u'],
        ['Appointment', 's'],
        ['Patient', 'r'],
      ] as const),
    ] as const)
      expect([type, action, covers(granted, type, action)]).toEqual([type, action, true])
  }
})

test('an unrelated scope never lets anything more', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z/_.]{0,20}$/), (word) => {
      fc.pre(!/^(user|patient|system)\//.test(word))
      expect(covers(word, 'Encounter', 'c')).toBe(false)
    }),
  )
})
