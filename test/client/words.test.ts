// The words people read: every refusal has a remedy, and none of them speaks of software.
import { describe, expect, it } from 'vitest'
import { chartRemedies } from '../../client/base/chart-words.ts'
import { problemRemedies } from '../../client/base/problem-words.ts'
import { isCode, learn, remedies, todoFor } from '../../client/base/remedies.ts'
import { errorName, meaningOf } from '../../client/call/trouble.ts'
import { troubleWords } from '../../client/call/words.ts'
import { deviceWords } from '../../client/door/device-words.ts'
import { causeOf } from '../../client/door/devices.ts'
import { checkWords, findingsWords, waitingWords } from '../../client/door/words.ts'
import { filingSentence, whySentence } from '../../client/note/sentences.ts'
import { refusals } from '../../server/domain/errors.ts'

const forbidden = /\b(errors?|tokens?|sessions?|servers?|http|json|cookies?|exception|timeout|backend|api)\b/i
const texts = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(texts)
      : []

learn({ ...problemRemedies, ...chartRemedies })

describe('remedies', () => {
  it('there is one for every refusal, and for no answer at all', () => {
    expect(Object.keys(remedies).sort()).toEqual([...Object.keys(refusals), 'fault', 'offline'].sort())
  })

  it('each has its own code for support', () => {
    const codes = [...Object.values(remedies), ...Object.values(troubleWords)].map((r) => r.support)

    expect(new Set(codes).size).toBe(codes.length)
  })

  it('each tells both sides what to do', () => {
    for (const remedy of Object.values(remedies))
      for (const role of ['clinician', 'patient'] as const) expect(todoFor(remedy, role)).not.toBe('')
  })

  it('a text that is no code of ours is not taken for one', () => {
    expect(['fault', 'toString', '', '__proto__'].map(isCode)).toEqual([true, false, false, false])
  })
})

it('nobody is told about software', () => {
  const all = texts([
    remedies,
    troubleWords,
    ...[checkWords, findingsWords, deviceWords, waitingWords],
    whySentence('encounter-refused'),
    whySentence('sign-in-ended'),
    filingSentence({ filing: { state: 'unfiled' } }, true, 'UTC'),
  ])

  expect(all.filter((text) => forbidden.test(text))).toEqual([])
})

describe('a camera that does not open', () => {
  const open = { secure: true, framed: false }
  const framed = { secure: true, framed: true }

  it.each([
    ['NotAllowedError', open, 'denied'],
    ['NotAllowedError', { ...framed, allowed: false }, 'framed'],
    ['NotAllowedError', { ...framed, allowed: true }, 'denied'],
    ['NotAllowedError', framed, 'framed'],
    ['NotFoundError', open, 'missing'],
    ['OverconstrainedError', open, 'missing'],
    ['NotReadableError', framed, 'busy'],
    ['NotFoundError', { ...open, secure: false }, 'insecure'],
    ['Whatever', open, 'unknown'],
  ] as const)('%s %o is %s', (name, around, cause) => {
    expect(causeOf(name, around)).toBe(cause)
  })
})

describe('what Jitsi reports', () => {
  it.each([
    ['conference.connectionError.membersOnly', 'lobby'],
    ['connection.passwordRequired', 'entry'],
    ['conference.connectionError.notAllowed', 'entry'],
    ['conference.connectionError.accessDenied', 'turned-away'],
    ['conference.destroyed', 'ended'],
    ['connection.droppedError', 'connection'],
    ['never.heard.of', 'unknown'],
  ])('%s means %s before the call', (name, meaning) => {
    expect(meaningOf(name, false)).toBe(meaning)
  })

  it('a running call is not taken away for what Jitsi mends by itself', () => {
    const mended = ['conference.connectionError', 'conference.focusDisconnected', 'never.heard.of']

    expect(mended.map((name) => meaningOf(name, true))).toEqual(['nothing', 'nothing', 'nothing'])
  })

  it('a connection that Jitsi gave up is ours to bring back', () => {
    const gaveUp = ['connection.droppedError', 'connection.otherError', 'connection.serverError']

    expect(gaveUp.map((name) => meaningOf(name, true))).toEqual(['cut', 'cut', 'cut'])
  })

  it('the name is found nested, as it comes, and bare, as the handbook says', () => {
    expect(errorName({ error: { name: 'a.b' } })).toBe('a.b')
    expect(errorName({ name: 'a.b' })).toBe('a.b')
    expect([undefined, null, 'x', { error: null }, { error: { name: 5 } }].map(errorName)).toEqual(['', '', '', '', ''])
  })
})
