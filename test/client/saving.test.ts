// The note's saving, as a rule: nothing typed is ever forgotten, and nobody's text is overwritten without being asked.

import { describe, expect, it } from 'vitest'
import { chartRemedies } from '../../client/base/chart-words.ts'
import { problemRemedies } from '../../client/base/every-remedy.ts'
import { learn } from '../../client/base/remedies.ts'
import { asSaved, atRisk, next, retryDelay, type Saving, type SavingEvent, standsOn } from '../../client/note/saving.ts'
import { savingSentence } from '../../client/note/sentences.ts'
import { now } from '../../client/ui/clock.ts'
import type { NoteView, SoapText } from '../../server/wire/wire.ts'

learn({ ...problemRemedies, ...chartRemedies })

const soap = (subjective: string): SoapText => ({ subjective, objective: '', assessment: '', plan: '' })
const savedNote = (version: number, subjective: string, over: Partial<NoteView> = {}): NoteView => ({
  version,
  soap: soap(subjective),
  savedAt: '2026-03-02T15:42:00.000Z' as NonNullable<NoteView['savedAt']>, // an instant as the server writes it
  sign: { docStatus: 'preliminary' },
  filing: { state: 'unfiled' },
  ...over,
})
const signed = (version: number, subjective: string) =>
  savedNote(version, subjective, {
    sign: {
      docStatus: 'final',
      signedAt: '2026-03-02T15:50:00.000Z' as NonNullable<NoteView['savedAt']>,
      signedBy: 'Dr. Ruiz',
    },
  })
const after = (start: Saving, ...events: SavingEvent[]) => events.reduce(next, start)
const typed = (text: string): SavingEvent => ({ is: 'typed', text: soap(text) })
const offline: SavingEvent = { is: 'failed', problem: { code: 'offline' } }
const due: SavingEvent = { is: 'due' }
const start = asSaved(savedNote(3, 'a'))

describe('a note that is typed', () => {
  it('is sent with the version it changes, and is safe once the answer comes', () => {
    const sending = after(start, typed('ab'), due)
    const done = next(sending, { is: 'saved', note: savedNote(4, 'ab') })

    expect(sending).toMatchObject({ at: 'saving', version: 3, sent: soap('ab') })
    expect(done).toMatchObject({ at: 'saved', version: 4, text: soap('ab') })
    expect([atRisk(sending), atRisk(done)]).toEqual([true, false])
  })

  it('keeps what was typed while it was on its way, and sends that against the new version', () => {
    const state = after(start, typed('ab'), due, typed('abc'), { is: 'saved', note: savedNote(4, 'ab') })

    expect(state).toMatchObject({ at: 'edited', version: 4, text: soap('abc') })
    expect(next(state, due)).toMatchObject({ at: 'saving', version: 4, sent: soap('abc') })
  })

  it('is kept on the page without a connection, and tried again with longer and longer pauses', () => {
    const once = after(start, typed('ab'), due, offline)
    const twice = after(once, typed('abc'), due, offline)

    expect(once).toMatchObject({ at: 'unsaved', tries: 1, text: soap('ab'), version: 3 })
    expect(twice).toMatchObject({ at: 'unsaved', tries: 2, text: soap('abc'), version: 3 })
    expect([1, 2, 3, 4, 5, 9].map(retryDelay)).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000])
  })

  it('is not sent when nothing changed', () => {
    expect(after(start, typed('a'))).toBe(start)
    expect(after(start, due)).toBe(start)
  })
})

describe('a note changed in another window', () => {
  const changed = after(start, typed('mine'), due, { is: 'differs', theirs: savedNote(7, 'theirs') })

  it('is shown with both texts, and typing goes on in mine', () => {
    expect(changed).toMatchObject({ at: 'changed', text: soap('mine'), theirs: { version: 7 } })
    expect(next(changed, typed('mine!'))).toMatchObject({ at: 'changed', text: soap('mine!') })
  })

  it('is overwritten only by choice, against the version that was shown', () => {
    expect(next(changed, due)).toBe(changed)
    expect(next(changed, { is: 'keep-mine' })).toMatchObject({ at: 'saving', version: 7, sent: soap('mine') })
    expect(next(changed, { is: 'take-theirs' })).toMatchObject({ at: 'saved', version: 7, text: soap('theirs') })
  })

  it('that is signed there cannot be overwritten', () => {
    const state = after(start, typed('mine'), due, { is: 'differs', theirs: signed(7, 'theirs') })

    expect(next(state, { is: 'keep-mine' })).toBe(state)
    expect(next(state, { is: 'take-theirs' })).toMatchObject({ at: 'signed', text: soap('theirs') })
  })

  it('is no quarrel when the other text is ours, sent before and kept, with its answer lost', () => {
    const lost = after(start, typed('ab'), due, offline, typed('abc'), due)
    const state = next(lost, { is: 'differs', theirs: savedNote(4, 'abc') })

    expect(state).toMatchObject({ at: 'saved', version: 4, text: soap('abc') })
  })

  it('is taken quietly when nothing was typed here', () => {
    expect(next(start, { is: 'seen', note: savedNote(5, 'newer') })).toMatchObject({
      at: 'saved',
      version: 5,
      text: soap('newer'),
    })
    expect(after(start, typed('x'), { is: 'seen', note: savedNote(5, 'newer') })).toMatchObject({
      at: 'edited',
      text: soap('x'),
    })
    expect(next(start, { is: 'seen', note: savedNote(2, 'older') })).toBe(start)
  })
})

it('a signed note takes no more text', () => {
  const state = asSaved(signed(3, 'a'))

  expect(after(state, typed('b'), due)).toBe(state)
})

it('a note is shown only where it is the one whose text stands in the fields', () => {
  const edited = after(start, typed('mine'))
  const changed = after(edited, due, { is: 'differs', theirs: signed(7, 'theirs') })
  const theirs = changed.at === 'changed' ? changed.theirs : savedNote(0, '')

  expect([savedNote(3, 'a'), savedNote(2, 'old'), signed(3, 'a')].map((n) => standsOn(start, n))).toEqual([
    true,
    false,
    false,
  ])
  expect([savedNote(5, 'newer'), signed(5, 'a')].map((n) => standsOn(edited, n))).toEqual([true, false])
  expect([signed(4, 'a'), signed(3, 'a'), savedNote(5, 'a')].map((n) => standsOn(asSaved(signed(4, 'a')), n))).toEqual([
    ...[true, false, false],
  ])
  expect([theirs, signed(7, 'theirs')].map((n) => standsOn(changed, n))).toEqual([true, false])
})

it('of two texts the other one is the newest that was seen', () => {
  const changed = after(start, typed('mine'), due, { is: 'differs', theirs: signed(7, 'theirs') })
  const again = next(changed, { is: 'seen', note: savedNote(8, 'theirs') })

  expect(again).toMatchObject({ at: 'changed', text: soap('mine'), theirs: { version: 8 } })
  expect(next(again, { is: 'seen', note: signed(7, 'theirs') })).toBe(again)
  expect(next(again, { is: 'keep-mine' })).toMatchObject({ at: 'saving', version: 8 })
})

it('whatever happens, the last text typed is on the page or on the server', () => {
  const events: SavingEvent[] = [
    due,
    offline,
    typed('b'),
    { is: 'saved', note: savedNote(4, 'b') },
    { is: 'differs', theirs: savedNote(9, 'z') },
  ]
  let states: Saving[] = [after(start, typed('b'))]
  for (let depth = 0; depth < 5; depth++) states = states.flatMap((state) => events.map((event) => next(state, event)))

  expect(states.every((state) => state.text.subjective === 'b')).toBe(true)
})

it('the state of saving is said in words', () => {
  const words = (state: Saving) => savingSentence(state, 'America/New_York')

  expect(words(asSaved(savedNote(0, '', { savedAt: undefined as never })))).toBe('Nothing written yet')
  now.value = Date.parse('2026-03-02T15:43:00.000Z')
  expect(words(start)).toMatch(/^Saved 10:42/)
  now.value = Date.parse('2026-03-03T15:43:00.000Z')
  expect(words(start)).toMatch(/^Saved (2 Mar|Mar 2), 10:42/)
  expect(words(after(start, typed('b')))).toBe('Saving…')
  expect(words(after(start, typed('b'), due, offline))).toBe(
    'Not saved: no connection. Your text is kept on this page; we keep trying.',
  )
})
