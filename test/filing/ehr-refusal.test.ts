// What an EHR's refusal is taken for: its status and the codes of its OperationOutcome, never its words and never its severity.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reasonOf, retryAfter, saysFailed, vendorCode } from '../../server/domain/note/ehr-refusal.ts'

const severities = ['fatal', 'error', 'warning', 'information'] as const
const saying = (code: string, severity = 'error') => ({ issue: [{ severity, code }] })

describe('a refusal', () => {
  test.each([
    [401, undefined, 'signed-out'],
    [401, 'login', 'signed-out'],
    [401, 'duplicate', 'signed-out'],
    [403, undefined, 'policy'],
    [403, 'forbidden', 'policy'],
    [403, 'business-rule', 'policy'],
    [400, 'security', 'policy'],
    [422, 'suppressed', 'policy'],
    [400, 'too-costly', 'limit'],
    [403, 'throttled', 'limit'],
    [409, 'duplicate', 'duplicate'],
    [422, 'duplicate', 'duplicate'],
    [409, undefined, 'conflict'],
    [412, undefined, 'conflict'],
    [412, 'conflict', 'conflict'],
    [400, 'conflict', 'conflict'],
    [404, undefined, 'not-supported'],
    [405, undefined, 'not-supported'],
    [400, 'not-supported', 'not-supported'],
    [400, undefined, 'invalid'],
    [422, 'business-rule', 'invalid'],
    [422, 'required', 'invalid'],
    [410, undefined, 'refused'],
    [413, 'too-long', 'refused'],
    [415, undefined, 'refused'],
  ] as const)('of status %i that says %s is %s, however severe it calls itself', (status, code, reason) => {
    const outcomes = code === undefined ? [undefined, { issue: [] }] : severities.map((s) => saying(code, s))

    expect(outcomes.map((outcome) => reasonOf(status, outcome))).toEqual(outcomes.map(() => reason))
  })

  test('is read out of all of its issues, whichever comes first', () => {
    const issue = [
      { severity: 'warning', code: 'informational' },
      { severity: 'information', code: 'duplicate' },
    ]

    expect(reasonOf(422, { issue })).toBe('duplicate')
  })

  test('of Epic’s Break-the-Glass is a policy, also where it calls itself a piece of information', () => {
    expect(reasonOf(403, saying('security', 'information'))).toBe('policy')
    expect(reasonOf(403, { issue: [{ severity: 'information' }] })).toBe('policy')
  })

  test('of any status and any code has one reason', () => {
    const text = fc.option(fc.string(), { nil: undefined })
    const issue = fc.array(fc.record({ severity: text, code: text }).map(without))

    fc.assert(
      fc.property(fc.integer({ min: 400, max: 499 }), fc.option(issue, { nil: undefined }), (status, issues) => {
        expect(reasonOf(status, issues && { issue: issues })).toMatch(/^[a-z-]+$/)
      }),
    )
  })
})

const without = ({ severity, code }: { severity: string | undefined; code: string | undefined }) => ({
  ...(severity === undefined ? {} : { severity }),
  ...(code === undefined ? {} : { code }),
})

const coded = (...codes: readonly string[]) => ({ issue: [{ details: { coding: codes.map((code) => ({ code })) } }] })

describe('the number of a refusal', () => {
  test.each([
    [coded('4130'), '4130'],
    [coded('59108'), '59108'],
    [coded('MSG_PARAM', '4134'), '4134'],
    [{ issue: [{ code: 'security' }, ...coded('59141').issue] }, '59141'],
    [coded('12'), undefined],
    [coded('123456789'), undefined],
    [coded('Margaret Whitfield'), undefined],
    [coded('4130 Margaret'), undefined],
    [coded('1954-03-09'), undefined],
    [{ issue: [] }, undefined],
    [undefined, undefined],
  ] as const)('of %j is %s', (outcome, code) => {
    expect(vendorCode(outcome)).toBe(code)
  })

  test('never holds a word, whatever the EHR put there', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (codes) => {
        expect(vendorCode(coded(...codes)) ?? '000').toMatch(/^[0-9]{3,8}$/)
      }),
    )
  })
})

test.each([
  ['fatal', true],
  ['error', true],
  ['warning', false],
  ['information', false],
] as const)('an answer that says "created" and has an issue of severity %s has failed: %s', (severity, failed) => {
  expect(saysFailed(saying('processing', severity))).toBe(failed)
  expect(saysFailed({ issue: [{ severity: 'information' }, { severity }] })).toBe(failed)
})

test('an answer without an outcome has not failed', () => {
  expect([saysFailed(undefined), saysFailed({ issue: [] })]).toEqual([false, false])
})

describe('Retry-After', () => {
  const now = Date.parse('2026-03-02T15:00:00Z')
  const day = 24 * 3600

  test.each([
    ['0', 0],
    ['3', 3],
    [' 12 ', 12],
    ['Mon, 02 Mar 2026 15:00:07 GMT', 7],
    ['Mon, 02 Mar 2026 14:59:00 GMT', 0],
    ['Mon, 02 Mar 2020 15:00:00 GMT', 0],
    ['999999999', day],
    ['Tue, 01 Jan 2999 00:00:00 GMT', day],
    ['Monday, 02-Mar-26 15:01:00 GMT', 60],
    ['soon', undefined],
    ['in 5 minutes', undefined],
    ['', undefined],
    ['1e3 seconds', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    [null, undefined],
  ] as const)('%j asks for %s seconds', (header, seconds) => {
    expect(retryAfter(header, now)).toBe(seconds)
  })

  test('of whatever text is nothing, or a whole number of seconds within a day', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const seconds = retryAfter(header, now)
        expect(seconds === undefined || (Number.isInteger(seconds) && seconds >= 0 && seconds <= day)).toBe(true)
      }),
    )
  })
})
