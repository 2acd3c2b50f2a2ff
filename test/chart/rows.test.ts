// The rows of a chart: what matters most first, nothing said that the record does not say, and no text that is not one line.
import { describe, expect, test } from 'vitest'
import { notesIn, textShown } from '../../server/domain/chart/notes.ts'
import { allergiesIn, medicinesIn, problemsIn, resultsIn } from '../../server/domain/chart/rows.ts'

const coded = (code: string) => ({ coding: [{ code }] })
const base64 = (text: string | Uint8Array) => Buffer.from(text as string).toString('base64')

describe('problems', () => {
  test('stand active ones first, what is refuted last, and what was a mistake nowhere', () => {
    const rows = problemsIn([
      { code: { text: 'Old' }, clinicalStatus: coded('resolved') },
      { code: { text: 'Not so' }, clinicalStatus: coded('active'), verificationStatus: coded('refuted') },
      { code: { text: 'Now' }, clinicalStatus: coded('recurrence'), verificationStatus: coded('provisional') },
      { code: { text: 'Mistake' }, verificationStatus: coded('entered-in-error') },
      { code: coded('195967001'), onsetString: 'as a\nchild' },
    ])

    expect(rows).toEqual([
      { name: 'Now', state: 'active', unconfirmed: true },
      { state: 'unsaid', onset: 'as a child' },
      { name: 'Old', state: 'resolved' },
      { name: 'Not so', state: 'refuted' },
    ])
  })
})

describe('medicines', () => {
  test('are named by their code, by what they contain, or by what they point to; else not at all', () => {
    const rows = medicinesIn([
      { status: 'active', medicationCodeableConcept: { text: 'A' } },
      { status: 'on-hold', medicationReference: { reference: '#m' }, contained: [{ id: 'm', code: { text: 'B' } }] },
      {
        status: 'active',
        medicationReference: { reference: 'Medication/1', display: '<i>C</i>' },
        reportedBoolean: true,
      },
      { status: 'active', dosageInstruction: [{ text: 'at night' }] },
      { status: 'entered-in-error', medicationCodeableConcept: { text: 'D' } },
    ])

    expect(rows).toEqual([
      { name: 'A' },
      { name: 'B', onHold: true },
      { name: '<i>C</i>', reported: true },
      { dosage: 'at night' },
    ])
  })
})

describe('allergies', () => {
  test('that are known not to be there are a row of their own', () => {
    expect(allergiesIn([{ code: coded('716186003'), clinicalStatus: coded('active') }])).toEqual([
      { state: 'active', noneKnown: 'any', reactions: [] },
    ])
    expect(allergiesIn([])).toEqual([])
  })

  test('with a high risk stand first', () => {
    const rows = allergiesIn([
      { code: { text: 'Dust' }, clinicalStatus: coded('active') },
      {
        code: { text: 'Penicillin' },
        clinicalStatus: coded('active'),
        criticality: 'high',
        reaction: [{ manifestation: [{ text: 'Hives' }, { text: 'Hives' }] }],
      },
    ])

    expect(rows.map(({ name, reactions }) => [name, reactions])).toEqual([
      ['Penicillin', ['Hives']],
      ['Dust', []],
    ])
  })
})

describe('results', () => {
  test('say their value, its range and its flag, or why there is none', () => {
    const rows = resultsIn([
      {
        ...{ id: 'a', status: 'final', code: { text: 'Potassium' }, effectiveDateTime: '2026-03-02' },
        valueQuantity: { value: 5.9, unit: 'mmol/L' },
        interpretation: [coded('HH')],
        referenceRange: [{ low: { value: 3.5 }, high: { value: 5, unit: 'mmol/L' } }],
      },
      { id: 'b', status: 'registered', code: { text: 'Culture' }, dataAbsentReason: coded('not-performed') },
      {
        id: 'c',
        status: 'final',
        code: { text: 'TSH' },
        valueQuantity: { value: 0.01, comparator: '<', unit: 'mIU/L' },
      },
    ])

    expect(rows).toEqual([
      { name: 'Potassium', at: '2026-03-02', value: '5.9 mmol/L', flag: 'critically-high', range: '3.5 to 5 mmol/L' },
      { name: 'Culture', absent: 'not-performed', preliminary: true },
      { name: 'TSH', value: '< 0.01 mIU/L' },
    ])
  })
})

describe('a note', () => {
  test('has the format of its plain text where it has one, whatever stands before that', () => {
    const content = ['application/pdf', 'text/plain; charset=utf-8'].map((contentType) => ({
      attachment: { contentType },
    }))

    expect(notesIn([{ id: 'n', status: 'current', docStatus: 'final', content }])).toEqual([
      { id: 'n', state: 'final', format: 'text' },
    ])
  })

  test.each<[string, string, unknown]>([
    ['text', base64('Zoë\r\nfelt well.'), { text: 'Zoë\nfelt well.' }],
    ['markup, as text', base64('<b>bold</b><script>x</script>'), { text: '<b>bold</b><script>x</script>' }],
    ['a page', base64('  <!DOCTYPE html><p>'), 'not-text'],
    ['a PDF', base64('%PDF-1.7'), 'not-text'],
    ['bytes', base64(new Uint8Array([0xff, 0xd8, 0xff])), 'not-text'],
    ['a zero', base64('a\0b'), 'not-text'],
    ['nothing', base64(' \n '), 'empty'],
    ['too much', base64('x'.repeat(200_001)), 'too-large'],
    ['signs that turn a line around', base64('a\u202Eb\u0007c'), { text: 'abc' }],
  ])('that holds %s is shown as what it is', (_what, data, expected) => {
    expect(textShown(data)).toEqual(expected)
  })
})
