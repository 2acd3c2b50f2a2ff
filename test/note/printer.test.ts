// PDFs are made by a thread of their own: whoever waits to be let in does not wait for the longest note; what breaks takes its page alone.
import { describe, expect, test } from 'vitest'
import type { Instant } from '../../server/domain/ids.ts'
import type { PrintedPage } from '../../server/domain/note/printed.ts'
import { printerFromSource } from '../support/printer.ts'
import { readPdf } from '../support/reading.ts'

/** As long as a note can be: four sections of 20,000 characters. */
const longest = (...texts: readonly string[]): PrintedPage => ({
  title: 'Video visit note',
  facts: [['Patient', 'Margaret Whitfield']],
  sections: ['Subjective', 'Objective', 'Assessment', 'Plan'].map((title, i) => [
    title,
    (texts[i] ?? texts[0] ?? '').slice(0, 20_000),
  ]),
  signature: 'Signed by Dr. Amy Chen',
  at: '2026-11-22T15:21:00.000Z' as Instant, // sound: it is one
})
const short = longest('Rest.')
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

test('the loop that admits people goes on turning while the longest note is printed', async () => {
  const print = printerFromSource()
  await print(short)
  let [turns, over] = [0, false]
  const turn = () => {
    turns += 1
    if (!over) setTimeout(turn, 1)
  }

  setTimeout(turn, 1)
  const made = await print(longest('word '.repeat(4_000)))
  over = true

  expect(text(made)).toMatch(/^%PDF-1\.7/)
  // Half a second of a processor and more: printed in the loop itself, it turns once or twice.
  expect(turns).toBeGreaterThan(20)
})

test('a text without a space, as long as a section can be, is printed within a thread’s memory and loses no letter', async () => {
  const runs = ['W', '\u00a0-', 'e\u0302\u0323'].map((sign) => sign.repeat(20_000).slice(0, 20_000).normalize('NFC'))

  const read = (await readPdf(await printerFromSource()(longest(...runs, 'Rest.')))).join('').normalize('NFC')

  const count = (all: string, sign: string) => all.split(sign).length - 1
  for (const run of runs) {
    const [sign = ''] = run.replaceAll('\u00a0', '')
    expect(count(read, sign)).toBeGreaterThanOrEqual(count(run, sign))
  }
})

describe('the queue', () => {
  test('takes no more than may wait, tells the next one so, and is free again once it has printed', async () => {
    const print = printerFromSource({ mostWaiting: 1 })

    const made = await Promise.allSettled([print(short), print(short), print(short)])

    expect(made.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    expect(made[2]).toMatchObject({ reason: { code: 'too-many' } })
    expect(text(await print(short))).toMatch(/^%PDF/)
  })

  test('goes on behind a page that could not be printed', async () => {
    const print = printerFromSource()
    const [faulty, refused] = [
      { ...short, at: 'never' as Instant },
      { ...short, signature: '头' },
    ]

    const made = await Promise.allSettled([print(faulty), print(refused), print(short)])

    expect(made).toMatchObject([
      { status: 'rejected', reason: expect.any(Error) },
      { status: 'rejected', reason: { code: 'note-unprintable' } },
      { status: 'fulfilled' },
    ])
  })
})

describe('the thread', () => {
  test('that takes too long is ended: its page is a fault, and the next one has another thread', async () => {
    const print = printerFromSource({ patienceMs: 1 })

    for (const _ of [1, 2]) await expect(print(short)).rejects.toThrow('a page took too long to print')
  })

  test('that went for want of pages comes back for the next one, with the same bytes', async () => {
    const print = printerFromSource({ idleMs: 0 })
    const first = await print(short)
    await new Promise((done) => setTimeout(done, 20))

    expect(Buffer.from(await print(short)).equals(first)).toBe(true)
  })
})
