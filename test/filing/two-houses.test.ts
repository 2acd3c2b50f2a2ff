// Two processes over one store: what one sends the other sees as being on its way, however long that takes, and as unknown only once the
// one that sends has died. Whatever becomes of either, the chart has the note once, unless a person asked for the second.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Fate, fates } from './scripted-chart.ts'
import { type Kind, openTwo, type TwoHouses } from './two-houses.ts'

const plain = { searchable: true, encounters: false }

describe('what one process sends', () => {
  test('is on its way for the other as long as it takes, and nobody else sends it', async () => {
    const two = await openTwo(plain)
    await two.file(0, 'said')

    for (let minutes = 0; minutes < 10; minutes++) {
      await two.later(60)
      expect([await two.shown(1), await two.file(1, 'said', true)]).toMatchObject([
        { state: 'pending' },
        'filing-under-way',
      ])
    }

    await two.answer(0)
    expect([await two.shown(1), two.docs()]).toMatchObject([{ state: 'filed' }, { length: 1 }])
  })

  test('is unknown a minute after that process died, and not before', async () => {
    const two = await openTwo(plain)
    await two.file(0, 'cut')
    await two.die(0)

    await two.later(59)
    expect(await two.shown(1)).toMatchObject({ state: 'pending' })
    await two.later(1)

    expect(await two.shown(1)).toMatchObject({ state: 'unknown' })
    expect([await two.file(1, 'said'), two.docs()]).toMatchObject(['filed', { length: 1 }])
  })

  test('and was taken for lost, but arrived, is filed when the word comes late', async () => {
    const two = await openTwo(plain)
    await two.file(0, 'said')
    two.stall(0)
    await two.later(61)
    expect(await two.shown(1)).toMatchObject({ state: 'unknown' })
    await two.wake(0)

    await two.answer(0)

    expect(await two.shown(1)).toMatchObject({ state: 'filed' })
  })
})

test('a process that was held up between the Encounter and the note, and taken for dead, does not send the note', async () => {
  const two = await openTwo({ searchable: true, encounters: true })
  await two.file(0, 'said')
  two.stall(0)
  await two.later(61)
  expect(await two.shown(1)).toMatchObject({ state: 'unknown' })
  await two.later(301)
  expect(await two.file(1, 'said')).toBe('not-filed')
  await two.file(1, 'said')
  for (const _ of ['Encounter', 'note']) await two.answer(1)
  expect(await two.shown(1)).toMatchObject({ state: 'filed' })

  await two.wake(0)
  for (const _ of ['Encounter', 'note']) await two.answer(0)

  expect(two.docs()).toHaveLength(1)
  expect(await two.shown(0)).toMatchObject({ state: 'filed' })
})

type Event =
  | { readonly does: 'file'; readonly at: number; readonly fate: Fate; readonly sendAgain: boolean }
  | { readonly does: 'answer' | 'die' | 'stall' | 'wake'; readonly at: number }
  | { readonly does: 'later'; readonly seconds: number }

const at = fc.nat(1)
const filing = fc.record({
  ...{ does: fc.constant('file' as const), at, fate: fc.constantFrom(...fates) },
  sendAgain: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
})
const acts = (...of: readonly ('answer' | 'die' | 'stall' | 'wake')[]) =>
  fc.record({ does: fc.constantFrom(...of), at })
const later = fc.record({ does: fc.constant('later' as const), seconds: fc.constantFrom(1, 25, 61, 400) })
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 6, arbitrary: filing },
  { weight: 6, arbitrary: acts('answer') },
  { weight: 4, arbitrary: acts('die', 'stall', 'wake') },
  { weight: 5, arbitrary: later },
)
const kind: fc.Arbitrary<Kind> = fc.record({ searchable: fc.boolean(), encounters: fc.boolean() })

async function happen(two: TwoHouses, event: Event): Promise<void> {
  if (event.does === 'file') await two.file(event.at, event.fate, event.sendAgain)
  else if (event.does === 'later') await two.later(event.seconds)
  else await two[event.does](event.at)
}

async function holds(two: TwoHouses): Promise<void> {
  const [one, other] = [await two.shown(0), await two.shown(1)]
  expect(one).toEqual(other)
  // Never unknown while a process that lives still sends.
  if (two.isSending(0) || two.isSending(1)) expect(one.state).not.toBe('unknown')
  // Never two, unless a person asked for the second.
  expect(two.docs().length).toBeLessThanOrEqual(1 + two.again())
  // Nothing lost: what a process that lives has heard of is kept, and what is called filed is there.
  if (two.isTold()) expect(one.state).toBe('filed')
  if (one.state === 'filed') expect(two.docs()).toContain(one.documentReference)
}

test('whatever two processes send, hear and miss, the note is there once, and is never called unknown while one of them sends it', {
  timeout: 120_000,
}, async () => {
  const anything = fc.asyncProperty(kind, fc.array(event, { maxLength: 24 }), async (of, events) => {
    const two = await openTwo(of)
    for (const one of events) {
      await happen(two, one)
      await holds(two)
    }
    // The faults are over: everybody answers, and a few attempts bring the note in.
    for (const house of [0, 1]) await two.wake(house)
    for (let attempts = 0; attempts < 6; attempts++) {
      for (const house of [0, 1, 0, 1]) await two.answer(house)
      await two.later(400)
      await holds(two)
      await two.file(0, 'said', true)
    }
    for (const house of [0, 1, 0, 1]) await two.answer(house)
    await holds(two)
    expect(await two.shown(0)).toMatchObject({ state: 'filed' })
  })
  await fc.assert(anything, { numRuns: 200, seed: 9 })
})
