// Every refusal in the table is provoked by a person somewhere in these tests: a new code without such a test fails here.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { outcome, Refusal, refusals } from '../../server/domain/errors.ts'

const folder = new URL('../', import.meta.url)
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))

/** The codes that a test expects over HTTP, read out of the calls of `refuses`. */
const provoked = new Set(
  sources.flatMap((text) => [...text.matchAll(/\brefuses\(\s*\w+,\s*'([a-z-]+)'/g)].map((m) => m[1])),
)

test('every refusal of the table is provoked over HTTP', () => {
  const unprovoked = Object.keys(refusals).filter((code) => !provoked.has(code))

  expect(unprovoked).toEqual([])
})

test('every refusal is for people: a sentence without the software’s words, and a status that is no fault of ours', () => {
  for (const [code, { says, status }] of Object.entries(refusals)) {
    expect([code, says]).toEqual([code, expect.stringMatching(/^[A-Z].*\.$/)])
    expect([code, says]).not.toEqual([
      code,
      expect.stringMatching(/\b(token|session id|error|exception|null|undefined)\b/i),
    ])
    expect(status === 502 || status === 504 || (status >= 400 && status < 500)).toBe(true)
  }
})

test('a fault says nothing of what went wrong', () => {
  const said = outcome('fault')

  expect(said.issue[0]).toMatchObject({ code: 'exception', details: { coding: [{ code: 'fault' }] } })
  expect(JSON.stringify(said)).not.toContain('stack')
})

test('a refusal’s cause is kept for the log, and is not in the reply', () => {
  const refusal = new Refusal('launch-failed', { cause: new Error('secret of Margaret') })

  expect(JSON.stringify(outcome(refusal))).not.toContain('Margaret')
  expect(refusal.cause).toBeInstanceOf(Error)
})
