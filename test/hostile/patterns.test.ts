// No regular expression of ours takes more than linear time, whatever the text: strangers and other systems choose what is read.
// The patterns are taken out of the sources, so that a new one is found too, and strained with long texts made of their own parts.
import { describe, expect, test } from 'vitest'
import { patternsIn, patternsOf } from '../support/patterns.ts'
import { strains } from '../support/strain.ts'

describe('a pattern', () => {
  test.each([
    ['the bearer of a hook', /^Bearer +(.*\S)/i],
    ['a version cut off a reference', /\/_history\/.*$/],
    ['a room out of its address', /^\[[^\]]*\]|@.*$/g],
    ['a place in a stack', /^ {4}at .*?((?:[\w@.+-]+\/){0,2}[\w@.+-]+\.[cm]?[jt]sx?):(\d+):\d+\)?$/],
    ['a picture behind its comments', /^(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg[\s>]/],
    ['tags', /<[^>]*>/g],
    ['slashes at an end', /\/+$/],
    ['spaces at an end', /\s+$/gm],
    ['lines that are commented out', /^\s*(\/\/|\*).*$/gm],
    ['repeats of repeats', /^(?:a+)+$/],
    ['alternatives that are the same', /^(?:\w|\d)*;$/],
    ['a list with optional commas', /^(?:[a-z]+,?)*!$/],
    ['a number', /^\d*\.?\d+(?:em|px)$/],
  ])('for %s that needs more than linear time is found out', (_what, pattern) => {
    expect(strains(pattern)).toBeDefined()
  })

  test.each([
    ['letters', /^[A-Za-z0-9\-.]{1,64}$/],
    ['words with commas', /^\w+(?:, ?\w+)*$/],
    ['what stands in braces', /{[^{}]*}/g],
    ['runs of white space', /\s+/g],
    ['a bounded run', /\p{M}{31}/u],
  ])('for %s that is linear is left in peace', (_what, pattern) => {
    expect(strains(pattern)).toBeUndefined()
  })

  test('is found in whatever way it is written', () => {
    const source = `
      const digits = String.raw\`\\d+\`
      const numbers = new RegExp(\`^\${digits}(?:,\${digits})*$\`, 'u')
      const typed = (type: string) => RegExp('^' + type + '/')
      const schema = z.string().regex(/^a$/)
      text.split(/,/g).join().match('b+')
      z.iso.datetime()
    `

    const found = patternsOf('written.ts', source).map(({ pattern }) => String(pattern))

    expect(found.slice(0, -1)).toEqual([String.raw`/^\d+(?:,\d+)*$/u`, String.raw`/^Word\//`, '/^a$/', '/b+/', '/,/g'])
    expect(found.at(-1)).toContain('T')
  })
})

describe.each(['server', 'doctor', 'client'])('of the patterns of the %s', (folder) => {
  test('each takes no more than linear time', () => {
    const found = new Map(patternsIn(folder).map((one) => [String(one.pattern), one]))
    const slow = [...found].flatMap(([text, { where, pattern }]) => {
      const strain = strains(pattern)
      return strain === undefined ? [] : [{ where, text, strain }]
    })

    expect(found.size).toBeGreaterThan(5)
    expect(slow).toEqual([])
  })
})
