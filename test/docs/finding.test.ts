// Whoever looks for something finds it: the tree in house.md names every folder, the recipes where things are, the decisions whether they hold.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { floors } from '../support/floors.ts'

const text = (path: string) => readFileSync(path, 'utf8')

/** The folders of a tree that is drawn with two spaces a level. */
function foldersIn(tree: string): readonly string[] {
  const above: string[] = []
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', name] = /^ {4}( *)([\w-]+\/) /.exec(line) ?? []
    if (name === undefined) return []
    above.splice(indent.length / 2, above.length, name)
    return [above.join('')]
  })
}

describe('the tree in house.md', () => {
  const house = text('docs/house.md')
  const drawn = foldersIn(house)
  const folders = (folder: string) =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [`${folder}/${entry.name}/`] : [],
    )

  test('has a line for each folder of server and client, and none for a folder that is gone', () => {
    const real = ['server', 'client'].flatMap(folders)

    expect(real.filter((folder) => !drawn.includes(folder))).toEqual([])
    expect(drawn.filter((folder) => !existsSync(folder))).toEqual([])
    expect(folders('server/outside').filter((folder) => !drawn.includes(folder))).toEqual([])
    expect(folders('server/domain').filter((folder) => !house.includes(`${folder.split('/').at(-2)}/`))).toEqual([])
  })

  test('is followed by the floors, bottom first, as the test of the house has them', () => {
    // Within the domain a subject is a floor of its own: the line says the domain once.
    const bare = (name: string) => `\`${name.replace(/^server\/([\w-]+).*$/, '$1')}\``
    const line = floors.server.map((floor) => [...new Set(floor.map(bare))].join(', '))
    const subjects = floors.server.flatMap((floor) =>
      floor.flatMap((name) => /^server\/domain\/([\w-]+)$/.exec(name)?.[1] ?? []),
    )

    const said = house.replaceAll('\n', ' ')
    expect(said).toContain(line.filter((one, at) => one !== line[at - 1]).join(' → '))
    expect(said).toContain(subjects.map((subject) => `\`${subject}\``).join(' → '))
  })
})

test('the recipes say where ten things and more are, each in a file that is there', () => {
  const recipes = text('docs/recipes.md')
  const table = recipes.slice(recipes.indexOf('## Where is …?'), recipes.indexOf('## To add a URL'))
  const named = [...table.matchAll(/^\| [a-z].*\| `([^`]+)` +\|$/gm)].map((found) => found[1] ?? '')

  expect(named.length).toBeGreaterThanOrEqual(10)
  expect(named.filter((path) => !existsSync(path))).toEqual([])
})

test('every recipe is linked from the top of its page', () => {
  const recipes = text('docs/recipes.md')
  const anchors = [...recipes.matchAll(/^## (To .*)$/gm)].map((found) => `#${slugOf(found[1] ?? '')}`)

  expect(anchors.filter((anchor) => !recipes.includes(`](${anchor})`))).toEqual([])
})
const slugOf = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-')

describe('a decision', () => {
  const names = readdirSync('docs/decisions').filter((name) => /^\d{4}-/.test(name))

  test('says under its title when it was taken and whether it holds, and stands in the list', () => {
    const list = text('docs/decisions/README.md')
    const status =
      /^# (\d+)\. .+\n\nDate: \d{4}-\d\d-\d\d\. Status: (accepted|replaced by \[decision \d+\]\(\d{4}-[\w-]+\.md\))\.( Replaces \[.*)?\n\n/

    expect(names.length).toBeGreaterThan(20)
    for (const name of names) {
      const page = text(`docs/decisions/${name}`)
      expect(page).toMatch(status)
      expect(Number(status.exec(page)?.[1])).toBe(Number(name.slice(0, 4)))
      expect(list).toContain(`](${name})`)
    }
  })
})

test('git blame is told to skip the commits that only moved files, and each says what it is', () => {
  const lines = text('.git-blame-ignore-revs').trim().split('\n')
  const commits = lines.filter((line) => !line.startsWith('#'))

  expect(commits.length).toBeGreaterThanOrEqual(4)
  expect(commits.filter((line) => !/^[0-9a-f]{40}$/.test(line))).toEqual([])
  expect(lines.filter((line, at) => /^[0-9a-f]/.test(line) && !lines[at - 1]?.startsWith('# Move '))).toEqual([])
})
