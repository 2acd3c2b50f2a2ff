// What the doctor says of a clinic's consent text: which version, in which languages; and that a day to come is odd.
import { expect, test } from 'vitest'
import { consentAsked } from '../../doctor/consent.ts'

const text = 'A video visit is a visit by picture and sound. You can ask for a visit in person instead.'
const consent = { version: '2026-11', date: '2026-11-01', texts: { en: text, ar: text } }
const now = new Date('2026-11-30T12:00:00Z')

test('nothing is said of a clinic that asks for none', () => {
  expect(consentAsked({}, now)).toEqual([])
})

test('version and languages are said', () => {
  expect(consentAsked({ consent }, now)).toMatchObject([
    { result: 'ok', means: 'Patients are asked for consent to telehealth: version 2026-11, in English and Arabic.' },
  ])
})

test('a version that counts from a day to come is warned of, with what to do', () => {
  const [finding] = consentAsked({ consent: { ...consent, date: '2026-12-01' } }, now)

  expect(finding).toMatchObject({ result: 'warning', ask: { of: 'us', text: expect.stringContaining('consent.date') } })
})
