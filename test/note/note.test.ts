// The note and the ledger of its filing as rules: no older text, no change after the signature, no second sending of what may have arrived.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Instant, OrganisationId, VisitId } from '../../server/domain/ids.ts'
import { plus } from '../../server/domain/instant.ts'
import { newLease } from '../../server/domain/note/lease.ts'
import { type Filing, notArrived } from '../../server/domain/note/ledger.ts'
import {
  amended,
  entryOf,
  type Final,
  filingBegun,
  filingEnded,
  filingInterrupted,
  type Note,
  saved,
  signed,
} from '../../server/domain/note/note.ts'
import { emptySoap, isEmpty } from '../../server/domain/note/soap.ts'
import { refusalOf } from '../support/refusal-of.ts'

// Sound, these casts: what a test calls an id or an instant is one.
const now = '2026-03-02T15:00:00.000Z' as Instant
const later = '2026-03-02T15:01:00.000Z' as Instant
const chen = { who: 'Practitioner/chen', name: 'Dr. Chen' } as const
const soap = { subjective: 'Coughs.', objective: '', assessment: '', plan: 'Rest.' }
const blank: Note = {
  ...{ id: 'v' as VisitId, revision: 0, expiresAt: later, version: 0, savedAt: now },
  ...{ soap: emptySoap, docStatus: 'preliminary', organisation: 'riverside' as OrganisationId, author: chen.who },
}
const draft = saved(blank, soap, 0, now)
const final = signed(draft, 1, chen, now)
const codeOf = (act: () => unknown) => refusalOf(act) ?? 'done'

describe('a note', () => {
  test('rises by one version with each text that differs, and stays as it is with the same', () => {
    expect(draft).toMatchObject({ version: 1, soap })
    expect(saved(draft, { ...soap }, 1, later)).toBe(draft)
    expect(saved(draft, { ...soap, plan: 'Tea.' }, 1, later)).toMatchObject({ version: 2, savedAt: later })
  })

  test('takes no text but on top of the one that is kept, and says which that is', () => {
    const other = { ...soap, plan: 'Other.' }

    expect(codeOf(() => saved(draft, other, 0, now))).toBe('note-changed')
    expect(() => saved(draft, other, 7, now)).toThrowError(expect.objectContaining({ detail: { revision: 1 } }))
  })

  test('whose save was acknowledged but never heard may be saved again with the version that was seen then', () => {
    expect(saved(draft, soap, 0, later)).toBe(draft)
  })

  test('takes a text on top of the one the same page sent before, whether that arrived or not', () => {
    const first = { ...soap, plan: 'Tea.' }
    const second = { ...soap, plan: 'Tea, and rest.' }
    const arrived = saved(draft, first, 1, now)
    const another = saved(draft, { ...soap, plan: 'Allergic to tea.' }, 1, now)

    expect(saved(draft, second, 1, later, first)).toMatchObject({ version: 2, soap: second })
    expect(saved(arrived, second, 1, later, first)).toMatchObject({ version: 3, soap: second })
    expect(codeOf(() => saved(another, second, 1, later, first))).toBe('note-changed')
    expect(codeOf(() => saved(saved(another, first, 2, now), second, 1, later, first))).toBe('note-changed')
    expect(codeOf(() => saved(signed(arrived, 2, chen, now), second, 1, later, first))).toBe('note-signed')
  })

  test('of two people who write in turns never loses a text that was acknowledged', () => {
    const write = fc.record({ plan: fc.string(), sees: fc.nat({ max: 6 }) })

    fc.assert(
      fc.property(fc.array(write), (writes) => {
        let note: Note = blank
        for (const { plan, sees } of writes) {
          const before = note
          const text = { ...soap, plan }
          const answer = codeOf(() => {
            note = saved(note, text, sees, later)
          })
          const same = before.soap.plan === plan && before.version > 0
          expect(answer).toBe(sees === before.version || same ? 'done' : 'note-changed')
          expect(note.soap).toEqual(answer === 'done' ? text : before.soap)
        }
      }),
    )
  })

  test('is signed once, as it was seen, and by one person', () => {
    expect(final).toMatchObject({
      docStatus: 'final',
      signedBy: chen.who,
      filing: { state: 'unfiled' },
      version: 1,
    })
    expect(signed(final, 1, chen, later)).toBe(final)
    expect(codeOf(() => signed(draft, 0, chen, now))).toBe('note-changed')
    expect(codeOf(() => signed(final, 1, { ...chen, who: 'Practitioner/okafor' }, now))).toBe('note-signed')
    expect(codeOf(() => saved(final, soap, 1, now))).toBe('note-signed')
  })

  test('of nothing but blanks is empty', () => {
    const blanks = fc.stringMatching(/^\s*$/)

    fc.assert(
      fc.property(fc.tuple(blanks, blanks, blanks, blanks), ([subjective, objective, assessment, plan]) => {
        expect(isEmpty({ subjective, objective, assessment, plan })).toBe(true)
      }),
    )
    expect(isEmpty({ ...emptySoap, plan: '.' })).toBe(false)
  })
})

describe('the ledger of a filing', () => {
  const at = (filing: Filing): Final => ({ ...final, filing })
  const encounter = 'Encounter/e'
  const states: Record<Filing['state'], Final> = {
    unfiled: at({ state: 'unfiled' }),
    pending: at({ state: 'pending', since: now, hash: 'h', encounter }),
    filed: at({ state: 'filed', at: now, documentReference: 'DocumentReference/d', appointment: 'left' }),
    unknown: at({ state: 'unknown', at: now, hash: 'h', encounter }),
    'not-filed': at({ state: 'not-filed', at: now, why: 'ehr-refused', encounter }),
    'entered-in-error': at({ state: 'entered-in-error', at: now, documentReference: 'DocumentReference/d' }),
  }
  const me = { process: 'me', onlyProcess: false }
  const begun = (note: Note) => codeOf(() => filingBegun(note, { hash: 'h' }, later))

  test('lets a note be sent that certainly is not there, and no other', () => {
    expect(Object.values(states).map(begun)).toEqual([
      'done',
      'filing-under-way',
      'done',
      'filing-unknown',
      'done',
      'done',
    ])
    expect(begun(draft)).toBe('note-not-signed')
    expect(filingBegun(states.filed, { hash: 'h' }, later)).toBe(states.filed)
  })

  test('keeps the Encounter of an attempt for the next one', () => {
    expect(filingBegun(states['not-filed'], { hash: 'h' }, later).filing).toMatchObject({ state: 'pending', encounter })
    expect(filingInterrupted(states.pending, me, later)).toMatchObject({ filing: { state: 'unknown', encounter } })
    expect(notArrived(states.unknown.filing, later)).toMatchObject({
      state: 'not-filed',
      why: 'not-arrived',
      encounter,
    })
  })

  test('that was cut by a restart is unknown, and nothing else is', () => {
    const after = Object.values(states).map((note) => filingInterrupted(note, me, later))

    expect(after.map((n) => (n.docStatus === 'final' ? n.filing.state : ''))).toEqual([
      ...['unfiled', 'unknown', 'filed', 'unknown', 'not-filed', 'entered-in-error'],
    ])
    expect(filingInterrupted(draft, me, later)).toBe(draft)
    const held = at({
      state: 'pending',
      since: now,
      hash: 'h',
      lease: newLease('one', { ...me, process: 'another' }, now),
    })
    const [soon, tooLate] = [plus(now, 59), plus(now, 60)]
    expect(filingInterrupted(held, me, soon)).toBe(held)
    expect(filingInterrupted(held, me, tooLate)).toMatchObject({ filing: { state: 'unknown' } })
    // Where there is one process, another's lease is a dead one's.
    expect(filingInterrupted(held, { ...me, onlyProcess: true }, soon)).toMatchObject({ filing: { state: 'unknown' } })
  })

  describe('told by a slow attempt', () => {
    const { filing } = states.filed
    const unknown: Filing = { state: 'unknown', at: later, hash: 'h' }
    const begunAgain = at({ state: 'pending', since: later, hash: 'h' })
    const told = (note: Note, word: Filing) => filingEnded(note, entryOf(final), states.pending.filing, word)

    test('takes its word while no other has come', () => {
      expect([told(states.pending, filing), told(states.pending, unknown)]).toMatchObject([
        { filing },
        { filing: unknown },
      ])
    })

    test('takes no late word of it but that the note is there, which is true whatever was thought since', () => {
      for (const note of [begunAgain, states.filed, states['not-filed'], states['entered-in-error']])
        expect(told(note, unknown)).toEqual(note)
      for (const note of [begunAgain, states.unknown, states['not-filed']])
        expect(told(note, filing)).toMatchObject({ filing })
      expect(told(states['entered-in-error'], filing)).toEqual(states['entered-in-error'])
    })

    test('keeps that it is there, too, of a text that was given up for another', () => {
      const other = saved(amended(states['not-filed'], chen.who), { ...soap, plan: 'Tea.' }, 2, later)
      const given = { ...other, earlier: [] }

      expect(told(given, unknown)).toBe(given)
      expect(told(given, filing).earlier).toMatchObject([{ docStatus: 'final', version: 1, filing }])
    })
  })

  test('is looked after only where the outcome is unknown', () => {
    for (const state of ['unfiled', 'pending', 'filed', 'not-filed', 'entered-in-error'] as const)
      expect(notArrived(states[state].filing, later)).toBe(states[state].filing)
  })
})
