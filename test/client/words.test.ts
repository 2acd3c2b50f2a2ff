// The words people read: every refusal has a remedy, and none of them speaks of software.
import { describe, expect, it } from 'vitest'
import { passing, problemIn } from '../../client/base/api.ts'
import { chartRemedies } from '../../client/base/chart-words.ts'
import { problemRemedies } from '../../client/base/every-remedy.ts'
import { isCode, learn, remedies, todoFor } from '../../client/base/remedies.ts'
import { troubleWords } from '../../client/call/words.ts'
import { refusals } from '../../server/domain/errors.ts'
import { filesIn } from '../support/sources.ts'

const forbidden = /\b(errors?|tokens?|sessions?|servers?|http|json|cookies?|exception|timeout|backend|api)\b/i
/** All texts in a value; those of a function as its source has them. */
const texts = (value: unknown): string[] =>
  typeof value === 'string' || typeof value === 'function'
    ? [String(value)]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(texts)
      : []

learn({ ...problemRemedies, ...chartRemedies })

describe('remedies', () => {
  it('there is one for every refusal, and for no answer at all', () => {
    expect(Object.keys(remedies).sort()).toEqual([...Object.keys(refusals), 'fault', 'offline', 'unavailable'].sort())
  })

  it('each has its own code for support', () => {
    const codes = [...Object.values(remedies), ...Object.values(troubleWords)].map((r) => r.support)

    expect(new Set(codes).size).toBe(codes.length)
  })

  it('each tells both sides what to do', () => {
    for (const remedy of Object.values(remedies))
      for (const role of ['clinician', 'patient'] as const) expect(todoFor(remedy, role)).not.toBe('')
  })

  it('no clinician is told to call the clinic, and whoever may be one only beside what clinicians do', () => {
    const callsClinic = /call (the|your) clinic/i
    const all = Object.values(remedies)

    expect(all.filter((remedy) => callsClinic.test(todoFor(remedy, 'clinician')))).toEqual([])
    expect(
      all
        .map((remedy) => todoFor(remedy, undefined))
        .filter((todo) => callsClinic.test(todo) && !/^As a patient: .* As a clinician: /.test(todo)),
    ).toEqual([])
    expect(Object.values(troubleWords).filter(({ todo }) => callsClinic.test(todo))).toEqual([])
  })

  it('a fault of ours is not blamed on anybody’s internet, nor is a gateway that answers for us', () => {
    const gateway = (status: number) => problemIn(undefined, new Response('', { status }))

    expect([502, 503, 504].map((status) => gateway(status).code)).toEqual(Array(3).fill('unavailable'))
    expect(passing({ code: 'unavailable' })).toBe(true)
    const blaming = [...Object.values(remedies), ...Object.values(troubleWords)].filter((one) =>
      /check your internet/i.test(texts(one).join(' ')),
    )
    expect(blaming).toEqual([])
  })

  it('a text that is no code of ours is not taken for one', () => {
    expect(['fault', 'toString', '', '__proto__'].map(isCode)).toEqual([true, false, false, false])
  })
})

const root = new URL('../../', import.meta.url).href

/** FHIR's own words for a note that is no note. */
const fhirs = /entered in error/g

it('nobody is told about software', async () => {
  const modules = filesIn('client').filter(({ path }) => /words\.ts$/.test(path))
  const all = await Promise.all(modules.map(async ({ path }) => texts({ ...(await import(`${root}${path}`)) })))

  expect(modules.length).toBeGreaterThan(10)
  expect(all.flat().filter((text) => forbidden.test(text.replaceAll(fhirs, '')))).toEqual([])
})

/** What no physician says of a note, each with what is said. */
const unsaid: readonly (readonly [RegExp, string])[] = [
  [/\btake it along\b|\btaken along\b/i, 'Download'],
  [/mark it as a mistake/i, 'Mark as entered in error'],
  [/\bis gone since\b/i, 'Left at'],
  [/^Waiting for the (note|visit|health record system|list)/i, 'Loading'],
  [/\bwrite it anew\b/i, 'Write a new note'],
  [/\bthrow\b.*\baway\b|\bgive the amendment up\b/i, 'Discard'],
  [/\bsignature is taken off\b/i, 'Your signature is removed'],
  [/\b(your|the) doctor\b/i, 'Your clinician: a nurse is a nurse'],
]

it('a clinician’s own words are those of a clinic', async () => {
  const modules = filesIn('client').filter(({ path }) => /words\.ts$/.test(path))
  const all = await Promise.all(modules.map(async ({ path }) => texts({ ...(await import(`${root}${path}`)) })))

  const found = all
    .flat()
    .flatMap((text) => unsaid.filter(([odd]) => odd.test(text)).map(([, said]) => `${text} → ${said}`))
  expect(found).toEqual([])
})
