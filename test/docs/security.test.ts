// docs/security.md goes through OWASP's ASVS 5.0.0, levels 1 and 2: each row that applies once, what is met beside what shows it, and no
// file, decision or count that is not so.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const page = readFileSync('docs/security.md', 'utf8')
const [, table = ''] = /^## Row by row\n([\s\S]*?)^## /m.exec(page) ?? []
const rows = [...table.matchAll(/^\| (V\d+\.\d+\.\d+) +\| (.*?) +\| (.*?) +\| (.*?) +\|$/gm)].map(
  ([, row = '', about = '', stands = '', shown = '']) => ({ row, about, stands, shown }),
)

/** The rows of levels 1 and 2 that concern this app: by section, which of its numbers. */
const applicable: Readonly<Record<string, readonly number[]>> = {
  '1.1': [1, 2],
  '1.2': [1, 2, 3, 9],
  '1.3': [2, 3, 4, 5, 6, 11],
  '1.4': [2],
  '1.5': [2],
  '2.1': [1, 2, 3],
  '2.2': [1, 2, 3],
  '2.3': [1, 2, 3, 4],
  '2.4': [1],
  '3.2': [1, 2],
  '3.3': [1, 2, 3, 4],
  '3.4': [1, 2, 3, 4, 5, 6],
  '3.5': [1, 2, 3, 4, 5],
  '3.7': [1, 2],
  '4.1': [1, 2, 3],
  '4.2': [1],
  '5.2': [1],
  '5.3': [2],
  '5.4': [1, 2],
  '6.1': [1, 3],
  '6.3': [2, 4],
  '6.5': [1, 5],
  '6.8': [1, 2, 4],
  '7.1': [1, 2, 3],
  '7.2': [1, 2, 3, 4],
  '7.3': [1, 2],
  '7.4': [1, 2, 4, 5],
  '7.5': [2],
  '7.6': [1, 2],
  '8.1': [1, 2],
  '8.2': [1, 2, 3],
  '8.3': [1],
  '8.4': [1],
  '9.1': [1, 2, 3],
  '9.2': [1, 2, 3, 4],
  '10.1': [1, 2],
  '10.2': [1, 2],
  '10.5': [1, 2, 3, 4],
  '11.1': [1, 2],
  '11.2': [1, 2, 3],
  '11.3': [1, 2, 3],
  '11.4': [1, 3],
  '11.5': [1],
  '11.6': [1],
  '12.1': [1, 2],
  '12.2': [1, 2],
  '12.3': [1, 2, 3, 4],
  '13.1': [1],
  '13.2': [1, 2, 3, 4, 5],
  '13.3': [1, 2],
  '13.4': [1, 2, 3, 4, 5],
  '14.1': [1, 2],
  '14.2': [1, 2, 3, 4],
  '14.3': [1, 2, 3],
  '15.1': [1, 2, 3],
  '15.2': [1, 2, 3],
  '15.3': [1, 2, 3, 4, 5, 6, 7],
  '16.1': [1],
  '16.2': [1, 2, 3, 4, 5],
  '16.3': [1, 2, 3, 4],
  '16.4': [1, 2, 3],
  '16.5': [1, 2, 3],
  '17.1': [1],
}
const wanted = Object.entries(applicable).flatMap(([section, numbers]) => numbers.map((n) => `V${section}.${n}`))
const paths = (text: string) =>
  [
    ...text.matchAll(
      /`((?:server|client|doctor|sandbox|test|scripts|docs|bench|deploy)\/[\w./-]+|[A-Z]+\.md|[\w.-]+\.(?:ts|json))`/g,
    ),
  ].map((found) => found[1] ?? '')

describe('docs/security.md', () => {
  test('has each row that applies, once and in order, and no other', () => {
    expect(wanted).toHaveLength(171)
    expect(rows.map(({ row }) => row)).toEqual(wanted)
    expect(rows.filter(({ about }) => about.length < 5)).toEqual([])
  })

  test('says of each where it stands; what is met has a file or a decision beside it, what is not has words', () => {
    const known = ['met', 'partly', 'not met', 'not checked']
    const bare = ({ shown }: { shown: string }) => paths(shown).length === 0 && !/decisions? \d|\]\(#/.test(shown)

    expect(rows.filter(({ stands }) => !known.includes(stands))).toEqual([])
    expect(rows.filter((row) => row.stands === 'met' && bare(row))).toEqual([])
    expect(
      rows.filter(({ stands, shown }) => stands !== 'met' && shown.replaceAll(/`[^`]*`/g, '').length < 10),
    ).toEqual([])
  })

  test('names files and decisions that there are', () => {
    const named = paths(page)
    const decisions = readdirSync('docs/decisions').flatMap((name) => /^0*(\d+)-/.exec(name)?.[1] ?? [])
    const told = [...page.matchAll(/\bdecisions? ((?:\d+(?:, | and )?)+)/g)].flatMap(
      (found) => found[1]?.match(/\d+/g) ?? [],
    )

    expect(named.length).toBeGreaterThan(150)
    expect(named.filter((path) => !existsSync(path))).toEqual([])
    expect(told.length).toBeGreaterThan(10)
    expect(told.filter((number) => !decisions.includes(number))).toEqual([])
  })

  test('counts right', () => {
    const count = (stands: string) => rows.filter((row) => row.stands === stands).length

    expect(page).toContain(`Of its 253 rows ${rows.length} concern this app`)
    expect(page.replaceAll(/\s+/g, ' ')).toContain(
      `${count('met')} rows are met, ${count('partly')} partly, ${count('not met')} not met, ${count('not checked')} not checked; ${253 - rows.length} do not apply.`,
    )
  })

  test('says in plain words what is not met at all', () => {
    const [, plain = ''] = /^## What is not met, in plain words\n([\s\S]*?)^## /m.exec(page) ?? []

    const open = rows.filter(({ stands }) => stands === 'not met' || stands === 'not checked')
    const said = ({ row }: { row: string }) =>
      plain.includes(row) ||
      plain.includes(`${row.replace(/\.\d+$/, '')})`) ||
      plain.includes(`${row.replace(/\.\d+$/, '')},`)
    expect(open.filter((row) => !said(row))).toEqual([])
  })
})
