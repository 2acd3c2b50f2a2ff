// Two windows at one note, and both texts kept: nothing is lost, each is dated, and what was chosen can be taken back.
import { describe, expect, it, test } from 'vitest'
import { joined, longestSection } from '../../client/note/join-texts.ts'
import { asSaved, next, otherText, type Saving } from '../../client/note/saving.ts'
import { dateAndClock } from '../../client/ui/times.ts'
import type { NoteView, SoapText } from '../../server/wire/wire.ts'
import { SoapText as SoapBody } from '../../server/wire/wire.ts'

const empty: SoapText = { subjective: '', objective: '', assessment: '', plan: '' }
const mine = { ...empty, subjective: 'Coughs.', assessment: 'fever', plan: 'Rest.' }
const other = {
  ...empty,
  subjective: 'Coughs.',
  objective: 'Chest clear.',
  assessment: 'no fever',
  plan: 'Blood test.',
}
const written = { mine: 'Nov 30, 2026, 2:03 PM', other: 'Nov 29, 2026, 11:58 PM' }
const noteOf = (version: number, soap: SoapText, signed = false): NoteView => ({
  ...{
    version,
    soap,
    filing: { state: 'unfiled' },
    savedAt: '2026-11-30T04:58:00Z' as NonNullable<NoteView['savedAt']>,
  }, // an instant
  sign: signed
    ? { docStatus: 'final', signedAt: '2026-11-30T05:00:00Z' as NonNullable<NoteView['savedAt']>, signedBy: 'Dr. Ruiz' }
    : { docStatus: 'preliminary' },
})
const changed: Saving = { at: 'changed', text: mine, theirs: noteOf(7, other) }

describe('both texts as one', () => {
  const text = joined({ mine, other }, written)

  test('say once what is the same and what only one has, and the rest twice, each with its time', () => {
    expect(text).toEqual({
      subjective: 'Coughs.',
      objective: 'Chest clear.',
      assessment: '[Other window, Nov 29, 2026, 11:58 PM]\nno fever\n\n[This window, Nov 30, 2026, 2:03 PM]\nfever',
      plan: '[Other window, Nov 29, 2026, 11:58 PM]\nBlood test.\n\n[This window, Nov 30, 2026, 2:03 PM]\nRest.',
    })
  })

  test('hold every character of either, whatever they are', () => {
    const odd = ['', ' ', 'x', 'x\n', '[This window, x]', 'no fever', 'fever', '$& \\1 \u{1F60A}']
    for (const a of odd)
      for (const b of odd) {
        const plan = joined({ mine: { ...empty, plan: a }, other: { ...empty, plan: b } }, written)?.plan
        for (const one of [a, b]) if (one.trim() !== '') expect(plan).toContain(one)
      }
  })

  test('are no text where a section would be longer than one may be, and one that fits is taken by the server', () => {
    const long = { ...empty, plan: 'x'.repeat(longestSection - 5) }

    expect(joined({ mine: long, other }, written)).toBeUndefined()
    expect(SoapBody.safeParse({ ...empty, plan: 'x'.repeat(longestSection) }).success).toBe(true)
    expect(SoapBody.safeParse({ ...empty, plan: 'x'.repeat(longestSection + 1) }).success).toBe(false)
  })

  test('have their times with the day, in the clinic’s zone', () => {
    expect(dateAndClock('2026-11-30T04:58:00Z', 'America/New_York', 'en-US', 'America/New_York')).toBe(
      'Nov 29, 2026, 11:58 PM',
    )
    expect(dateAndClock('2026-11-30T04:58:00Z', 'Europe/Berlin', 'en-US', 'Europe/Berlin')).toBe(
      'Nov 30, 2026, 5:58 AM',
    )
  })
})

describe('a choice between two texts', () => {
  const text = joined({ mine, other }, written) ?? empty
  const both = next(changed, { is: 'keep-both', text })
  const saved = next(both, { is: 'saved', note: noteOf(8, text) })
  const again = (theirs: NoteView) => next(asSaved(theirs), { is: 'choose-again', mine, other, theirs })

  it('of both goes to the server as the next version', () => {
    expect(both).toMatchObject({ at: 'saving', version: 7, sent: text })
    expect(saved).toMatchObject({ at: 'saved', version: 8, text })
  })

  it('that is taken back shows the same two texts, and each can be chosen then', () => {
    const back = next(saved, { is: 'choose-again', mine, other, theirs: noteOf(8, text) })

    expect(back).toMatchObject({ at: 'changed', text: mine })
    expect(back.at === 'changed' && otherText(back)).toEqual(other)
    expect(next(back, { is: 'keep-mine' })).toMatchObject({ at: 'saving', version: 8, sent: mine })
    expect(next(back, { is: 'take-theirs' })).toMatchObject({ at: 'saving', version: 8, sent: other })
    expect(next(back, { is: 'keep-both', text })).toMatchObject({ at: 'saving', version: 8, sent: text })
  })

  it('of the other text is taken back without a sending where the server still has it', () => {
    const back = again(noteOf(7, other))

    expect(next(back, { is: 'take-theirs' })).toMatchObject({ at: 'saved', version: 7, text: other })
  })

  it('is open no more once the note is signed, nor while something else was typed', () => {
    const signed: Saving = { at: 'changed', text: mine, theirs: noteOf(9, other, true) }
    const edited = next(saved, { is: 'typed', text: { ...text, plan: 'More.' } })

    expect(next(signed, { is: 'keep-both', text })).toBe(signed)
    expect(next(edited, { is: 'choose-again', mine, other, theirs: noteOf(8, text) })).toBe(edited)
    expect(
      next(asSaved(noteOf(9, other, true)), { is: 'choose-again', mine, other, theirs: noteOf(9, other, true) }),
    ).toMatchObject({ at: 'signed' })
  })
})
