// What an EHR says that a clinician is: their roles' one word, or nothing; and beside their name only what that does not say.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { besideName, professionIn } from '../../server/domain/ehr/profession.ts'

const hl7 = (code: string) => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/practitioner-role', code }],
})

describe('what a clinician is', () => {
  test.each([
    ['the words of a role', [[{ text: 'Nurse practitioner' }]], 'Nurse practitioner'],
    [
      'a code’s display, where there are no words',
      [[{ coding: [{ code: '224535009', display: 'Registered nurse' }] }]],
      'Registered nurse',
    ],
    ['HL7’s own codes, which need no display', [[hl7('nurse')]], 'Nurse'],
    ['the same word at two places', [[{ text: 'Nurse' }], [{ text: 'nurse' }], undefined], 'Nurse'],
    ['nothing, where two roles say two things', [[{ text: 'Nurse' }], [{ text: 'Midwife' }]], undefined],
    ['nothing, where one role has two words', [[{ text: 'Doctor' }, { text: 'Teacher' }]], undefined],
    [
      'no code that nobody reads',
      [[{ coding: [{ code: '363LF0000X' }] }], [hl7('ict')], [hl7('constructor')]],
      undefined,
    ],
    ['nothing, where no role says anything', [undefined, [], [{}]], undefined],
    ['nothing that is longer than a word for somebody', [[{ text: 'x '.repeat(40) }]], undefined],
  ] as const)('is %s', (_case, codes, said) => {
    expect(professionIn(codes)).toBe(said)
  })

  test('comes of no odd record: nothing in one is thrown, and none is longer than a line', () => {
    fc.assert(
      fc.property(fc.array(fc.anything()), fc.anything(), (codes, concept) => {
        const said = professionIn([...codes, [concept]])
        expect(said === undefined || said.length <= 60).toBe(true)
      }),
    )
  })

  test('is said beside a name that does not say it', () => {
    const who = 'Practitioner/lee'

    expect(besideName('Kim Lee', { who, is: 'Nurse practitioner' })).toBe('Nurse practitioner')
    expect(besideName('Mary Doe', { who, is: 'Doctor' })).toBe('Doctor')
    expect(besideName('Dr. Lillian Chen, MD', { who, is: 'Doctor' })).toBeUndefined()
    expect(besideName('Nurse Kim Lee', { who, is: 'nurse' })).toBeUndefined()
    expect(besideName('Dr. Kim Lee', { who, is: 'Nurse practitioner' })).toBe('Nurse practitioner')
  })
})
