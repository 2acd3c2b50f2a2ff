// What a person is called, out of all the names that a record has of them.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { interpreterFor, saidOfInterpreter } from '../../server/domain/ehr/interpreter.ts'
import { nameOf } from '../../server/domain/ehr/names.ts'
import { instantOf } from '../../server/domain/instant.ts'

type Names = NonNullable<Parameters<typeof nameOf>[0]>

const at = (text: string) => ({ now: instantOf(text) ?? expect.fail(text), timeZone: 'America/New_York' })
const today = at('2026-03-02T12:00:00Z')
const called = (names: Names) => nameOf(names, today)
const [jane, robert] = [
  { family: 'Doe', given: ['Jane'] },
  { family: 'Brown', given: ['Robert'] },
]
const unsaid = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
}
const name = (use: string, more: object) => ({ use, ...more }) as Names[number] // sound: as a schema would read it

describe('a person', () => {
  test.each<[what: string, names: Names, is: string | undefined]>([
    [
      'who is called otherwise since',
      [
        { ...name('official', { family: 'Before', given: ['Ann'] }), period: { end: '2015-06-01' } },
        { ...name('official', { family: 'After', given: ['Ann'] }), period: { start: '2015-06-01' } },
      ],
      'Ann After',
    ],
    [
      'whose usual name is over',
      [
        { ...name('usual', { family: 'Before', given: ['Ann'] }), period: { end: '2015-06' } },
        name('official', { family: 'After', given: ['Ann'] }),
      ],
      'Ann After',
    ],
    [
      'whose next name has not begun',
      [
        { ...name('official', { family: 'Next', given: ['Ann'] }), period: { start: '2031' } },
        name('temp', { family: 'Now', given: ['Ann'] }),
      ],
      'Ann Now',
    ],
    ['whose every name is over', [{ ...jane, period: { end: '2015' } }], undefined],
    [
      'whose name ends on a day that no calendar has',
      [{ ...jane, period: { end: '2030-02-30' } }, robert],
      'Robert Brown',
    ],
    ['with an entry that says nothing before the name', [unsaid as Names[number], jane], 'Jane Doe'],
    ['whose usual name is not known', [name('usual', unsaid), name('official', jane)], 'Jane Doe'],
    ['whose name has an empty text', [name('official', { text: '', ...jane })], 'Jane Doe'],
    ['whose name has blanks for a text', [name('official', { text: ' \n', ...jane })], 'Jane Doe'],
    ['whose name has a dash for a text', [name('official', { text: '-', ...jane })], 'Jane Doe'],
    [
      'who has a dash, a title and a dot',
      [{ text: '-' }, { prefix: ['Dr.'] }, { family: '.', given: ['?'] }, jane],
      'Jane Doe',
    ],
    ['with a nickname first', [name('nickname', { given: ['Bobby'] }), robert], 'Robert Brown'],
    ['with a nickname alone', [name('nickname', { text: 'Bobby Brown' })], undefined],
    ['with names from before alone', [name('old', jane), name('maiden', jane)], undefined],
    [
      'usually called by the given name',
      [name('usual', { given: ['Bobby'] }), name('official', robert)],
      'Robert Brown',
    ],
    ['usually called so in one text', [name('usual', { text: 'Bobby' }), robert], 'Robert Brown'],
    [
      'usually called by two given names',
      [name('usual', { text: 'Mary Ann', given: ['Mary', 'Ann'] }), jane],
      'Jane Doe',
    ],
    [
      'usually called by a title and a given name',
      [name('usual', { text: 'Dr. Jane', prefix: ['Dr.'], given: ['Jane'] }), robert],
      'Robert Brown',
    ],
    ['usually called by the family name', [name('usual', { prefix: ['Mr'], family: 'Brown' }), robert], 'Robert Brown'],
    ['whose text leaves out what the parts have', [{ text: 'Robert', ...robert }], 'Robert Brown'],
    ['whose text is what friends say', [{ text: 'Bob', ...robert }], 'Robert Brown'],
    [
      'whose text is a title and what friends say',
      [{ text: 'Mr. Bob', prefix: ['Mr.'], ...robert }],
      'Mr. Robert Brown',
    ],
    ['whose text has no blanks', [{ text: '王小明', family: '王', given: ['小明'] }], '王小明'],
    ['whose text says more than the parts', [{ text: 'Robert J. Brown', ...robert }], 'Robert J. Brown'],
    [
      'who has a given name and no other',
      [name('usual', { given: ['Suharto'] }), name('official', { given: ['Suharto'] })],
      'Suharto',
    ],
    [
      'whose usual name is whole',
      [name('official', robert), name('usual', { text: 'Bobby Brown', given: ['Bobby'] })],
      'Bobby Brown',
    ],
    [
      'whose usual name is whole in one text',
      [name('official', robert), name('usual', { text: 'BROWN, BOB' })],
      'BROWN, BOB',
    ],
    ['with a temporary name beside one without a use', [name('temp', jane), robert], 'Robert Brown'],
    ['with a temporary name alone', [name('temp', { text: 'Baby Girl Smith' })], 'Baby Girl Smith'],
    ['with a pseudonym beside the name', [name('anonymous', jane), name('official', robert)], 'Robert Brown'],
    [
      'with a pseudonym beside a part of the name',
      [name('anonymous', jane), name('official', { given: ['Robert'] })],
      'Robert',
    ],
    ['with a pseudonym alone', [name('anonymous', jane)], 'Jane Doe'],
    ['whose use is none of FHIR’s', [name('constructor', jane)], 'Jane Doe'],
    ['with a title and a degree', [{ prefix: ['Dr.'], ...jane, suffix: ['MD', ''] }], 'Dr. Jane Doe, MD'],
    ['without a name', [], undefined],
  ])('%s is called by the right name, if any', (_what, names, is) => {
    expect(called(names)).toBe(is)
  })

  test('changes names at the clinic’s midnight, on whatever day that is', () => {
    const names: Names = [
      { ...jane, period: { end: '2026-03-02' } },
      { family: 'Roe', given: ['Jane'], period: { start: '2026-03-03' } },
    ]

    expect(nameOf(names, at('2026-03-03T04:59:59Z'))).toBe('Jane Doe')
    expect(nameOf(names, at('2026-03-03T05:00:00Z'))).toBe('Jane Roe')
  })

  test('is never called by a name that is over, from before or a nickname, nor by nothing', () => {
    const text = fc.constantFrom('Ann', 'Bo', '', ' ', '-', 'Doe')
    const use = fc.constantFrom('usual', 'official', 'temp', 'nickname', 'anonymous', 'old', 'maiden', 'x')
    const period = fc.constantFrom(
      {},
      { end: '2015' },
      { start: '2015' },
      { end: '2031-01' },
      { start: '2031' },
      { end: 'x' },
    )
    const entry = fc.record({ use, family: text, given: fc.array(text, { maxLength: 2 }), period })

    fc.assert(
      fc.property(fc.array(entry, { maxLength: 5 }), (names) => {
        const own = names.map((one, n) => ({ ...one, suffix: [`n${n}`] }))
        const is = called(own)
        const which = own.find(({ suffix: [mark = ''] }) => is?.endsWith(mark))
        if (is === undefined) return
        expect(is).toMatch(/Ann|Bo|Doe/)
        expect(['old', 'maiden', 'nickname']).not.toContain(which?.use)
        expect([{ end: '2015' }, { start: '2031' }, { end: 'x' }]).not.toContainEqual(which?.period)
      }),
    )
  })
})

describe('an interpreter', () => {
  const required = 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired'
  const needed = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-interpreter-needed'
  const r4 = (valueBoolean: unknown) => ({ url: required, valueBoolean })
  const usCore = (code: string) => ({ url: needed, valueCoding: { system: 'http://snomed.info/sct', code } })
  const [yes, no] = [usCore('373066001'), usCore('373067005')]
  const unknown = {
    url: needed,
    valueCoding: { system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' },
  }
  const communication = [{ language: { text: 'Spanish' } }]
  const forWhom = (ofPatient: unknown, ofEncounter?: unknown) =>
    interpreterFor(
      { extension: ofPatient, communication },
      ofEncounter === undefined ? undefined : saidOfInterpreter([{ extension: ofEncounter }]).needed,
    )?.language

  test.each<[string, ...Parameters<typeof forWhom>]>([
    ['R4’s own extension', [r4(true)]],
    ['US Core’s', [yes]],
    ['one of two that disagree', [r4(false), yes]],
    ['the Encounter alone', undefined, [yes]],
    ['the Encounter, against the record', [r4(false)], [yes]],
    ['the record, where the Encounter does not know', [yes], [unknown]],
    ['the record, where the Encounter says nothing', [r4(true)], []],
    [
      'one among extensions that nobody here knows',
      [null, 7, {}, { url: 7 }, { url: 'x', valueBoolean: 'maybe' }, yes],
    ],
  ])('is needed by the word of %s', (_what, ofPatient, ofEncounter) => {
    expect(forWhom(ofPatient, ofEncounter)).toBe('Spanish')
  })

  test.each<[string, ...Parameters<typeof forWhom>]>([
    ['where nobody says so', undefined],
    ['where both say no', [r4(false), no]],
    ['where nobody knows', [unknown]],
    ['where the Encounter says no, whatever the record says', [r4(true), yes], [no]],
    ['by a word that is none', [r4('true'), { url: needed, valueBoolean: true }, { url: needed, valueCoding: 'yes' }]],
    ['by what is no list', { url: required, valueBoolean: true }],
  ])('is not %s', (_what, ofPatient, ofEncounter) => {
    expect(forWhom(ofPatient, ofEncounter)).toBeUndefined()
  })
})
