// A signed note as a PDF, read back: every sign of it is there, in order, on sheets that say whose they are; else there is no PDF.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instant } from '../../server/domain/ids.ts'
import type { PrintedPage } from '../../server/domain/note/printed.ts'
import { printerFromSource } from '../support/printer.ts'
import { metaOf, plainly, readPdf } from '../support/reading.ts'

const print = printerFromSource()
const at = '2026-11-22T15:21:00.000Z' as Instant // sound: it is one
const page = (text: string, name = 'Margaret Whitfield'): PrintedPage => ({
  title: 'Video visit note',
  facts: [
    ['Patient', name],
    ['Born', '12 March 1954'],
    ['Chart', 'Not in the chart when this copy was made, 22 Nov 2026, 10:21'],
  ],
  sections: [
    ['Subjective', text],
    ['Plan', 'Rest.'],
  ],
  signature: 'Signed by Dr. Amy Chen, 22 Nov 2026, 10:20 (America/New_York)',
  at,
})

test('a note is read off its PDF as it was written: who, when, each section, where it stands, who signed', async () => {
  const [sheet = '', ...more] = await readPdf(await print(page('Sleeps badly.\nSince the tablets were changed.')))

  expect(more).toEqual([])
  const order = ['Video visit note', 'Patient Margaret Whitfield', 'Born 12 March 1954', 'Chart Not in the chart']
  const then = ['Subjective Sleeps badly. Since the tablets', 'Plan Rest.', 'Signed by Dr. Amy Chen', 'Page 1 of 1']
  const places = [...order, ...then].map((words) => sheet.indexOf(words))
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(places).not.toContain(-1)
})

test.each([
  ['German and ligatures', 'Äußerst müde, Größe 1,80 m; office, fi ffl, 37,5 °C, ½ Tablette, ≤ 140/90'],
  ['French and Turkish', 'Œdème, naïveté, ça va ; İstanbul, ığüşöç'],
  ['Polish and Czech', 'Zażółć gęślą jaźń. Příliš žluťoučký kůň'],
  ['Greek', 'Πονοκέφαλος από χθες, ῥῆμα'],
  ['Russian and Ukrainian', 'Головная боль. Біль у горлі, їжа, ґанок'],
  ['Vietnamese', 'Đau đầu từ hôm qua, khó thở khi leo cầu thang, uống thuốc mỗi sáng'],
  ['accents written apart', 'Ze\u0301ro, To\u0302\u0301i'],
])('what is written in %s is in the PDF to the letter', async (_name, text) => {
  const [sheet = ''] = await readPdf(await print(page(text)))

  expect(sheet).toContain(plainly(text))
})

test('a note of many pages loses no word, and every sheet says whose it is and which of how many', async () => {
  const words = Array.from({ length: 4_000 }, (_, i) => `word${i}`)
  const sheets = await readPdf(await print(page(words.join(' '))))

  expect(sheets.length).toBeGreaterThan(5)
  const feet = sheets.map((sheet, i) => sheet.includes(`Page ${i + 1} of ${sheets.length}`))
  expect(feet).toEqual(sheets.map(() => true))
  expect(sheets.every((sheet) => sheet.includes('Margaret Whitfield, 12 March 1954'))).toBe(true)
  expect(sheets.join(' ').match(/word\d+/g)).toEqual(words)
})

test('a word without an end, and the widest lines, stay on the sheet', async () => {
  const endless = 'W'.repeat(3_000)
  const sheets = await readPdf(await print(page(endless, 'W'.repeat(120))))

  const first = sheets.join('').split('Subjective')[1] ?? ''
  expect(first.replaceAll(/[^W]/g, '').length).toBeGreaterThanOrEqual(3_000)
})

describe('no PDF is made, rather than one that lacks a sign', () => {
  test.each([
    ['Chinese', '头痛两天'],
    ['Hindi', 'सिर दर्द'],
    ['Arabic, which we would set the wrong way round', 'صداع'],
    ['Hebrew', 'כאב ראש'],
    ['a sign that turns the line around', 'no \u202eniap'],
    ['half a sign', 'broken \ud83d'],
    ['a control character', 'bell \u0007'],
    ['more marks on a letter than any script writes', `a${'\u0315\u0300'.repeat(10_000)}`],
  ])('of %s', async (_name, text) => {
    const refused = expect.objectContaining({ code: 'note-unprintable' })

    await expect(print(page(`Says: ${text}.`))).rejects.toEqual(refused)
    await expect(print(page('Rest.', text))).rejects.toEqual(refused)
  })

  test('of any other text that would not be read back from it', { timeout: 120_000 }, async () => {
    const between = (min: number, max: number) => fc.integer({ min, max }).map((n) => String.fromCodePoint(n))
    const likely = [between(0x20, 0x24f), between(0x300, 0x52f), between(0x1e00, 0x1fff), between(0x2010, 0x27bf)]
    const signs = fc.array(fc.oneof(...likely, fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })), {
      maxLength: 8,
    })
    const outcomes = new Set<string>()

    await fc.assert(
      fc.asyncProperty(signs, async (given) => {
        const text = `[${given.join('')}]`
        const made = await print(page(text)).catch((cause: { code?: string }) => cause.code ?? 'fault')
        outcomes.add(typeof made === 'string' ? made : 'made')
        if (typeof made !== 'string') expect(seen((await readPdf(made)).join(' '))).toContain(seen(text))
      }),
      { numRuns: 80, examples: [[['\u0085', '\u2028', 'a']]] },
    )

    expect([...outcomes].sort()).toEqual(['made', 'note-unprintable'])
  })
})

/** What the eye sees: the reader takes ligatures and the like apart, and leaves out what has no shape; \u0085 ends a line. */
const seen = (text: string) =>
  plainly(text.normalize('NFKC').replaceAll(/\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb\u0085]/gu, '')).replaceAll(
    ' ',
    '',
  )

test('the file itself names nobody, and the same page gives the same file', async () => {
  const [made, again] = [await print(page('Rest.')), await print(page('Rest.'))]

  const { info } = await metaOf(made)
  expect(info).toMatchObject({ Title: 'Video visit note', Creator: 'Housecall', Producer: 'Housecall', Language: 'en' })
  expect(JSON.stringify(info)).not.toMatch(/Whitfield|Chen/)
  expect(Buffer.from(made).equals(again)).toBe(true)
})

test('the font comes along, and only the part of it that is used', async () => {
  const made = Buffer.from(await print(page('Rest.')))

  expect(made.toString('latin1')).toMatch(/\/FontFile2 /)
  expect(made.length).toBeLessThan(60_000)
})
