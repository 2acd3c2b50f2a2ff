// The ledger under every sequence of events: never two notes of one version unless a person asked for the second, never a lost one,
// never "filed" without a document that says the same.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Entry } from '../../server/domain/note/ledger.ts'
import { entryOf } from '../../server/domain/note/note.ts'
import { begin, type Event, fates, keyOf, type Model, step } from './ledger-model.ts'

const fate = fc.constantFrom(...fates)
const save = fc.record({ do: fc.constant('save' as const), text: fc.constantFrom('a', 'b', 'c', 'd', '') })
const answer = fc.record({ do: fc.constant('answer' as const), of: fc.nat(2) })
const sending = fc.record({ do: fc.constantFrom(...(['file', 'draft'] as const)), fate })
const plain = (...of: readonly ('sign' | 'amend' | 'drop' | 'mistake' | 'crash' | 'look' | 'sendAgain')[]) =>
  fc.constantFrom(...of).map((word) => ({ do: word }))
const one: fc.Arbitrary<Event> = fc.oneof(
  { weight: 7, arbitrary: plain('sign', 'amend', 'drop', 'mistake', 'crash', 'look', 'sendAgain') },
  { weight: 2, arbitrary: save },
  { weight: 4, arbitrary: sending },
  { weight: 3, arbitrary: answer },
)
/** What people do in one go: single events alone would seldom get as far as the second amendment. */
const go: fc.Arbitrary<readonly Event[]> = fc.oneof(
  { weight: 4, arbitrary: one.map((event) => [event]) },
  fc.tuple(save, plain('sign')),
  fc.tuple(plain('amend'), save, plain('sign')),
  fc.tuple(plain('amend'), plain('sign', 'drop')),
  fc.tuple(plain('amend'), save, plain('drop')),
  { weight: 3, arbitrary: fc.tuple(sending, answer) },
  fc.tuple(sending, plain('crash'), plain('look'), answer),
  fc.tuple(sending, plain('crash'), plain('look', 'sendAgain'), sending, answer),
  fc.tuple(plain('look', 'sendAgain'), sending, answer),
  fc.tuple(plain('mistake'), plain('amend'), one, plain('sign'), sending, answer),
)
const events = fc.array(go, { maxLength: 16 }).map((goes) => goes.flat())
const ehr = fc.record({ amends: fc.constantFrom('replace' as const, 'update' as const), searchable: fc.boolean() })

const entriesOf = ({ note }: Model): readonly Entry[] => [
  ...(note.earlier ?? []),
  ...(note.docStatus === 'final' ? [entryOf(note)] : []),
]
const run = (start: Model, all: readonly Event[], each: (model: Model, before: Model) => void): Model =>
  all.reduce((before, event) => {
    const model = step(before, event)
    each(model, before)
    return model
  }, start)

const holds = (each: (model: Model, before: Model) => void) =>
  fc.assert(
    fc.property(ehr, events, (kind, all) => void run(begin(kind), all, each)),
    { numRuns: 1500 },
  )

describe('after any sequence of attempts, faults, crashes, looks and late answers', () => {
  test('the chart has no text twice, unless a person, told that nobody knows, had it sent again', () => {
    holds(({ docs, again }) => {
      for (const doc of docs) {
        const alike = docs.filter(({ of }) => of === doc.of).length
        expect(alike).toBeLessThanOrEqual(1 + (again[doc.of] ?? 0))
      }
    })
  })

  test('what the ledger calls filed is in the chart, under that id; and what it calls a mistake is marked', () => {
    holds((model) => {
      const last = entriesOf(model).at(-1)
      if (last?.filing.state !== 'filed' && last?.filing.state !== 'entered-in-error') return
      const [, id] = last.filing.documentReference.split('/')
      const status = last.filing.state === 'filed' ? 'current' : 'entered-in-error'
      // An amendment that was given up leaves the note a version of its own, and the chart as it was.
      const of = expect.stringMatching(new RegExp(`^\\d+\\.${last.docStatus}$`))
      expect(model.docs.find((d) => d.id === id)).toMatchObject({ of, text: last.soap.plan, status })
    })
  })

  test('what was marked as a mistake stays marked, whatever is written after', () => {
    holds((model, before) => {
      const marked = ({ docs }: Model) => docs.filter(({ status }) => status === 'entered-in-error')
      expect(marked(model)).toEqual(expect.arrayContaining([...marked(before)]))
    })
  })

  test('no word is lost: the note says what was last written, and what is in the chart stays in the ledger', () => {
    holds((model, before) => {
      expect(model.note.soap.plan).toBe(model.text)
      const told = (m: Model) =>
        entriesOf(m).flatMap(({ filing }) => ('documentReference' in filing ? [filing.documentReference] : []))
      expect(told(model)).toEqual(expect.arrayContaining(told(before)))
    })
  })

  test('one text at most is on its way or unknown, and no two entries are of the same version', () => {
    holds((model) => {
      const entries = entriesOf(model)
      const open = entries.filter(({ filing }) => filing.state === 'pending' || filing.state === 'unknown')
      expect(open.length).toBeLessThanOrEqual(1)
      expect(new Set(entries.map(keyOf)).size).toBe(entries.length)
    })
  })

  test('a filed text stays filed, and nothing is sent while one is on its way or unknown', () => {
    holds((model, before) => {
      const open = entriesOf(before).some(({ filing }) => filing.state === 'pending' || filing.state === 'unknown')
      if (open) expect(model.flights.length).toBeLessThanOrEqual(before.flights.length)
      for (const entry of entriesOf(before)) {
        if (entry.filing.state !== 'filed') continue
        const now = entriesOf(model).find((e) => e.docStatus === entry.docStatus && e.date === entry.date)
        expect(['filed', 'entered-in-error']).toContain(now?.filing.state)
      }
    })
  })

  test('once the faults are over, a few attempts bring the note into the chart', () => {
    const over: readonly Event[] = [
      ...([{ do: 'crash' }, { do: 'look' }, { do: 'sendAgain' }, { do: 'drop' }] as const),
      ...([{ do: 'save', text: 'the end' }, { do: 'sign' }] as const),
      ...([
        { do: 'file', fate: 'said' },
        { do: 'answer', of: 0 },
      ] as const),
    ]
    fc.assert(
      fc.property(ehr, events, (kind, all) => {
        const stormy = run(begin(kind), all, () => undefined)
        const calm = run({ ...stormy, flights: [] }, over, () => undefined)

        const { note } = calm
        expect(note.docStatus === 'final' ? note.filing.state : note.docStatus).toMatch(/^(filed|entered-in-error)$/)
      }),
      { numRuns: 1500 },
    )
  })
})
