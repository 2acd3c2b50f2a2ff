// How kept sign-ins are read that an older app wrote, before it was known which server had given what.
import { expect, test } from 'vitest'
import { LaunchRow, PendingRow } from '../../server/house/sign-in-rows.ts'

const at = '2026-03-02T15:02:00.000Z'
const kept = { id: 'x', revision: 0, expiresAt: at, organisation: 'riverside', iss: 'https://ehr.example/fhir' }

test('a sign-in under way that does not say where it went is read without', () => {
  const row = { ...kept, nonce: 'n', codeVerifier: 'v', secretHash: 'h', spent: false }

  expect(PendingRow.parse(row)).toEqual(row)
})

test('a sign-in whose tokens do not say who gave them is read without', () => {
  const person = { role: 'clinician', fhirUser: 'Practitioner/chen', name: 'Dr. Chen', self: [], patients: [] }
  const times = { startedAt: at, seenAt: at, endsAt: at }
  const tokens = { accessToken: 'a', refreshToken: 'r', scope: 'openid' }
  const row = { ...kept, ...person, ...times, patientBanner: true, secretHash: 'h', tokens, visits: [] }

  expect(LaunchRow.parse(row)).toEqual(row)
})

test('a row whose base URL has a slash at its end is read as one of the same EHR', () => {
  const row = { ...kept, iss: `${kept.iss}/`, nonce: 'n', codeVerifier: 'v', secretHash: 'h', spent: false }

  expect(PendingRow.parse(row).iss).toBe(kept.iss)
})
