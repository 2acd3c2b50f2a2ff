// What README and docs say is held against the code: commands, paths, settings, scopes, refusals, links.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, normalize } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { chartRemedies } from '../../client/base/chart-words.ts'
import { problemRemedies } from '../../client/base/every-remedy.ts'
import { learn, remedies } from '../../client/base/remedies.ts'
import { scopesFor } from '../../server/domain/ehr/scopes.ts'
import { type Code, refusals } from '../../server/domain/errors.ts'
import { readConfig } from '../../server/settings/config.ts'
import { Policies } from '../../server/settings/organisations.ts'
import { commandRuns } from '../support/command.ts'
import { blocks, fenceless } from '../support/fenced.ts'

const text = (path: string) => readFileSync(path, 'utf8')
const pages = [
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]
const readme = text('README.md')
const configuration = text('docs/configuration.md')

/** What stands in backquotes. */
const quoted = (page: string) => [...fenceless(page).matchAll(/`([^`\n]+)`/g)].map((found) => found[1] ?? '')

const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(text('package.json')))

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'housecall-docs-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

learn({ ...problemRemedies, ...chartRemedies })

describe('commands', () => {
  const commands = pages.flatMap((page) =>
    blocks(text(page), 'sh').flatMap((block) =>
      block
        .trim()
        .split(/\n|&&/)
        .map((one) => one.trim()),
    ),
  )

  test('every command a reader is told to type exists', () => {
    const wrong = commands.filter((command) => !known(command))
    expect(commands.length).toBeGreaterThan(5)
    expect(wrong).toEqual([])
  })

  test('every npm script that is named anywhere exists, and the table has them all', () => {
    const named = pages.flatMap((page) => quoted(text(page)).flatMap((code) => scriptsIn(code)))
    const listed = quoted(text('docs/commands.md')).flatMap(scriptsIn)

    expect(named.filter((name) => !(name in scripts))).toEqual([])
    expect(Object.keys(scripts).filter((name) => !name.startsWith('pre') && !listed.includes(name))).toEqual([])
  })
})

const scriptsIn = (code: string) =>
  [...code.matchAll(/\bnpm (?:run (?:--silent )?([\w:-]+)|(test|start)\b)/g)].map((found) => found[1] ?? found[2] ?? '')

/** A command of a shell block; one of a kind nobody checks yet is not known. */
function known(command: string): boolean {
  if (/^(umask \d+|mkdir -p [\w/-]+|npm ci|npm audit --omit=dev|npm outdated|npx tsc -p \.)$/.test(command)) return true
  const [script] = scriptsIn(command)
  if (script !== undefined) return script in scripts
  const ours = /^(deploy\/[\w-]+\.sh)\b/.exec(command)?.[1]
  if (ours !== undefined) return existsSync(ours)
  const units = /^npx vitest run (test\/\S+\.test\.ts)$/.exec(command)?.[1]
  if (units !== undefined) return existsSync(units)
  const spec = /^npx playwright test (\S+)$/.exec(command)?.[1]
  if (spec !== undefined) return existsSync(`test/browser/${spec}.spec.ts`)
  // Makes a link of the launcher's options: test/docs/ehrs.test.ts runs it.
  if (command.startsWith('node -p "Buffer.from(JSON.stringify(')) return true
  // The contract held against a real Jitsi: by its variables, in its file.
  const contract =
    /^((?:JITSI_CONTRACT_\w+=(?:'[^']*'|\S+) )+)npx vitest run (test\/sandbox\/jitsi\/contract\.test\.ts)$/.exec(
      command,
    )
  if (contract !== null) {
    const [, variables = '', file = ''] = contract
    const told = [...variables.matchAll(/(JITSI_CONTRACT_\w+)=/g)].map(([, name = '']) => name)
    return existsSync(file) && told.every((name) => text('test/sandbox/jitsi/places.ts').includes(name))
  }
  // `npm start` with a file of settings.
  return /^node --env-file=\S+ /.test(command) && scripts.start === command.replace(/--env-file=\S+ /, '')
}

describe('figures', () => {
  const page = text('docs/figures.md')
  const list = /^const benches[^{]*\{\n([\s\S]*?)^\}/m.exec(text('bench/bench.ts'))?.[1] ?? ''
  const benches = [...list.matchAll(/^ {2}'?([\w-]+)'?[:,]/gm)].map((found) => found[1] ?? '')

  test('every benchmark stands in the table and is explained, and no other is', () => {
    const told = [...page.matchAll(/^- \*\*((?:`[\w-]+`(?: and )?)+)\*\*:/gm)].flatMap((found) =>
      quoted(found[1] ?? ''),
    )
    const rows = [...page.matchAll(/^\| `([\w-]+)`/gm)].map((found) => found[1] ?? '')

    expect(benches).toContain('admit-push')
    expect(told.toSorted()).toEqual(benches.toSorted())
    expect(benches.filter((name) => !rows.includes(name))).toEqual([])
  })
})

describe('paths and links', () => {
  const folders = [
    'server',
    'client',
    'doctor',
    'sandbox',
    'fhir-fixtures',
    'test',
    'scripts',
    'docs',
    'bench',
    'deploy',
  ]
  const isPath = (code: string) => new RegExp(`^(${folders.join('|')})/[\\w./-]*$`).test(code)

  test('every file that is named is there', () => {
    const named = pages.flatMap((page) => quoted(text(page)).filter(isPath))
    expect(named.length).toBeGreaterThan(50)
    expect(named.filter((path) => !existsSync(path))).toEqual([])
  })

  test('every relative link leads somewhere, also within its page', () => {
    const broken = pages.flatMap((page) =>
      linksIn(page)
        .filter((link) => !resolves(page, link))
        .map((link) => `${page}: ${link}`),
    )
    expect(broken).toEqual([])
  })
})

test('every picture in README and docs is one that a browser test takes (PICTURES=docs npx playwright test journey languages), and no other lies there', () => {
  const shown = pages.flatMap((page) =>
    linksIn(page)
      .filter((link) => link.endsWith('.png'))
      .map((link) => normalize(join(dirname(page), link)))
      // A decision's own drawings are as they were when it was taken.
      .filter((path) => !path.startsWith('docs/decisions/')),
  )
  const specs = readdirSync('test/browser').filter((name) => name.endsWith('.spec.ts'))
  const taken = specs.flatMap((name) =>
    [...text(`test/browser/${name}`).matchAll(/\bpicture\(\w+, '([\w-]+)'\)/g)].map(([, picture]) => `${picture}.png`),
  )

  expect(shown).toEqual(expect.arrayContaining(['docs/screenshots/clinician-call.png']))
  expect(shown.map((path) => path.replace('docs/screenshots/', '')).toSorted()).toEqual(taken.toSorted())
  expect(readdirSync('docs/screenshots').toSorted()).toEqual(taken.toSorted())
})

function linksIn(page: string): readonly string[] {
  const body = fenceless(text(page))
  const links = [...body.matchAll(/\]\(([^)\s]+)\)/g), ...body.matchAll(/<img src="([^"]+)"/g)]
  return links.map((found) => found[1] ?? '').filter((link) => !/^(https?|mailto):/.test(link))
}

function resolves(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? page : normalize(join(dirname(page), path))
  if (!existsSync(target)) return false
  return anchor === undefined || headings(text(target)).includes(anchor)
}

/** As code hosts make anchors of headings. */
const headings = (page: string) =>
  [...fenceless(page).matchAll(/^#+ (.+)$/gm)].map((found) =>
    (found[1] ?? '')
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  )

describe('settings', () => {
  const variables = (page: string) => [...page.matchAll(/HOUSECALL_[A-Z]+(?:_[A-Z]+)*/g)].map((found) => found[0])
  /** One variable for each organisation's Jitsi, webhook and mail server, and for each secret of an EHR's. */
  const plain = (name: string) =>
    /^HOUSECALL_(?:(?:JITSI|CLIENT|WEBHOOK)_SECRET|JITSI_KEYS|JITSI_EVENTS|MAIL_PASSWORD)/.exec(name)?.[0] ?? name
  const unique = (names: readonly string[]) => [...new Set(names.map(plain))].sort()

  test('configuration.md has every variable of the environment, and no page has another', () => {
    const real = unique(variables(text('server/settings/config.ts')))

    expect(unique(quoted(configuration).flatMap(variables))).toEqual(real)
    expect(unique(pages.flatMap((page) => variables(text(page)))).filter((name) => !real.includes(name))).toEqual([])
  })

  test('the example in configuration.md is a configuration the app starts with', async () => {
    const config = join(root, 'organisations.json')
    const clientKeys = join(root, 'client-keys.json')
    await writeFile(config, blocks(configuration, 'json')[0] ?? '')
    await writeFile(clientKeys, JSON.stringify({ keys: [{ kty: 'EC', kid: 'k', alg: 'ES384', d: 'secret' }] }))
    const lines = (blocks(configuration, 'ini')[0] ?? '').trim().split('\n')
    const env = envOf(lines.join('\n'))

    const read = readConfig({ ...env, HOUSECALL_CONFIG: config, HOUSECALL_CLIENT_KEYS: clientKeys })

    expect(read.organisations).toHaveLength(1)
    expect(unique(lines.flatMap(variables))).toEqual(unique(variables(text('server/settings/config.ts'))))
  })

  test('the smallest one in README, with the secrets that its command makes, is all that the app starts with', {
    timeout: 180_000,
  }, async () => {
    const data = join(root, 'data')
    const command = blocks(readme, 'sh')
      .join('\n')
      .match(/^npm run --silent keys -- data (.*) > data\/housecall\.env$/m)
    const made = await npmKeys(data, (command?.[1] ?? '').split(' '))
    const written = (blocks(readme, 'ini')[0] ?? '').replaceAll('=data/', `=${data}/`)
    await writeFile(join(data, 'organisations.json'), blocks(readme, 'json')[0] ?? '')
    const env = envOf(`${made}\n${written}`)

    const { organisations, clientKeys } = readConfig(env)

    expect([organisations.length, clientKeys.length]).toEqual([1, 2])
    const needless = Object.keys(env).filter((name) => starts({ ...env, [name]: undefined }))
    expect(needless).toEqual(['HOUSECALL_JITSI_EVENTS_RIVERSIDE'])
  })

  test('integrate.md names the scopes that are asked for', () => {
    const scopes = scopesFor(['permission-v2', 'permission-offline'], 'ehr')
    expect(text('docs/integrate.md')).toContain(`\n    ${scopes}\n`)
  })
})

const envOf = (lines: string): Record<string, string> =>
  Object.fromEntries(lines.split('\n').flatMap((line) => (line.includes('=') ? [line.trim().split(/=(.*)/, 2)] : [])))

function starts(env: Parameters<typeof readConfig>[0]): boolean {
  try {
    return readConfig(env).organisations.length > 0
  } catch {
    return false
  }
}

async function npmKeys(data: string, more: readonly string[]): Promise<string> {
  const { code, out } = await commandRuns('scripts/keys.ts', [data, ...more])
  expect(code).toBe(0)
  return out
}

test('a policy that is named anywhere is one that a clinic can set', () => {
  const named = pages.flatMap((page) => [...text(page).matchAll(/`policies\.(\w+)`/g)].map(([, name = '']) => name))

  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((name) => !(name in Policies.shape))).toEqual([])
})

test('what clinicians.md and README call a button is what the button says', () => {
  const sources = ['client', 'sandbox/ehr/face'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => text(join(folder, name))),
  )
  const said = sources.join('\n').replaceAll(/Open \$\{which\}/g, 'Open video visit')
  const named = ['README.md', 'docs/clinicians.md'].flatMap((page) =>
    [...fenceless(text(page)).matchAll(/(?<![\w`])_([A-Z][^_\n]*)_(?!\w)/g)].map(([, words = '']) => words),
  )

  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((words) => !said.includes(words))).toEqual([])
})

test('README ends after what a newcomer needs', () => {
  const words =
    fenceless(readme)
      .replaceAll(/\]\([^)]*\)|<[^>]*>/g, '')
      .match(/[\p{L}\p{N}][\p{L}\p{N}’'./-]*/gu) ?? []

  expect(words.length).toBeLessThan(1_000)
  expect(words.length).toBeGreaterThan(500)
})

test('troubleshooting.md has a row for every refusal, with its support code and status', () => {
  const rows = [...text('docs/troubleshooting.md').matchAll(/^\| `([a-z-]+)` *\| ([A-Z]\d+) *\| (\d{3}) *\|/gm)]
  const listed = rows.map(([, code, support, status]) => `${code} ${support} ${status}`)
  const real = Object.entries(refusals).map(
    // Sound: these are the table's own keys.
    ([code, { status }]) => `${code} ${remedies[code as Code].support} ${status}`,
  )

  expect(listed.toSorted()).toEqual(real.toSorted())
})
