// The pages for integrators, one an EHR: their settings are read by the real schema, their commands run where they can, their scopes are
// those that are asked for, and the launcher's link says what its table says. Links and named files are docs.test.ts's.
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { scopesFor } from '../../server/domain/ehr/scopes.ts'
import { OrganisationFile } from '../../server/settings/organisations.ts'
import { type StrictServer, strictServer } from '../fixtures/server.ts'
import { blocks } from '../support/fenced.ts'

const pages = readdirSync('docs/ehrs').map((name) => ({ name, text: readFileSync(`docs/ehrs/${name}`, 'utf8') }))
const page = (name: string) => pages.find((one) => one.name === name)?.text ?? ''

const settings = pages.flatMap(({ name, text }) => blocks(text, 'json').map((json) => ({ name, json })))
const commands = pages.flatMap(({ name, text }) =>
  blocks(text, 'sh').flatMap((block) =>
    block
      .trim()
      .split(/\n|&&/)
      .map((one) => ({ name, command: one.trim() })),
  ),
)

test('there is a page for each EHR, and every page says what nobody has verified', () => {
  expect(pages.map(({ name }) => name).toSorted()).toEqual([
    ...['epic.md', 'hapi.md', 'keycloak.md', 'medplum.md', 'oracle-health.md', 'public-sandbox.md'],
  ])
  expect(pages.filter(({ text }) => !/not verified yet/i.test(text)).map(({ name }) => name)).toEqual([])
})

describe('settings', () => {
  test('each example is what the app reads', () => {
    const wrong = settings.flatMap(({ name, json }) => {
      const { error } = OrganisationFile.safeParse(JSON.parse(json))
      return error === undefined ? [] : [`${name}: ${error.message}`]
    })

    expect(settings.length).toBeGreaterThan(4)
    expect(wrong).toEqual([])
  })

  test('the organisation a page examines is the one it has written', () => {
    const examined = commands.flatMap(({ name, command }) => {
      const id = /^npm run doctor -- (\S+) --env /.exec(command)?.[1]
      return id === undefined ? [] : [{ name, id }]
    })
    const Ids = z.object({ organisations: z.array(z.object({ id: z.string() })) })
    const written = (page: string) =>
      settings.filter(({ name }) => name === page).flatMap(({ json }) => Ids.parse(JSON.parse(json)).organisations)

    expect(examined.length).toBeGreaterThan(2)
    for (const { name, id } of examined) expect([name, written(name)]).toEqual([name, [{ id }]])
  })

  test("Epic's and Oracle's name the EHR's kind, and Oracle's the side each base URL serves", () => {
    const issuers = (name: string) =>
      OrganisationFile.parse(JSON.parse(blocks(page(name), 'json')[0] ?? '')).organisations.flatMap((o) => o.issuers)

    expect(issuers('epic.md').map(({ ehr, client, people }) => [ehr, client, people])).toEqual([
      ['epic', 'private_key_jwt', 'clinicians'],
      ['epic', 'private_key_jwt', 'patients'],
    ])
    expect(issuers('oracle-health.md').map(({ ehr, people }) => [ehr, people])).toEqual([
      ['oracle', 'clinicians'],
      ['oracle', 'patients'],
    ])
  })
})

test.each([
  ['epic.md', ['clinicians', 'patients']],
  ['keycloak.md', [undefined]],
  ['medplum.md', [undefined]],
  ['oracle-health.md', ['clinicians', 'patients']],
] as const)('%s names the scopes that are asked for', (name, sides) => {
  const asked = sides.map((side) => scopesFor(['permission-v2', 'permission-offline'], 'ehr', side))
  const shown = [...page(name).matchAll(/^ {4}(openid .*)$/gm)].map((found) => found[1])

  expect(shown).toEqual(asked)
})

describe("the launcher's options", () => {
  /** launch.smarthealthit.org's array, in its order. */
  const flag = z.union([z.literal(0), z.literal(1)])
  const Options = z.tuple([
    z.int().min(0).max(3),
    ...[z.string(), z.string(), z.string()],
    ...[flag, flag, flag],
    ...[z.string(), z.string(), z.string(), z.string(), z.string(), z.string(), z.string()],
    ...[z.int().min(0).max(2), z.int().min(0).max(2)],
    z.union([z.literal(''), z.url({ protocol: /^https$/ })]),
  ])
  const decoded = (code: string) => Options.parse(JSON.parse(Buffer.from(code, 'base64url').toString('utf8')))
  const text = page('public-sandbox.md')
  const link = new URL(/^ *(https:\/\/launch\.smarthealthit\.org\/\?\S+)$/m.exec(text)?.[1] ?? '')

  test('the link that is pasted opens our launch page, with what the table says', () => {
    const rows = [...text.matchAll(/^\| (\d+) +\|[^|]*\| `([^`]*)` *\|$/gm)].map(([, at, here = '']) => [
      Number(at),
      JSON.parse(here),
    ])

    expect(link.searchParams.get('launch_url')).toBe('http://localhost:4000/launch.html')
    expect(rows).toEqual(decoded(link.searchParams.get('launch') ?? '').map((value, at) => [at, value]))
  })

  test('each issuer with options in it is a standalone launch into the same open server', () => {
    const codes = [...text.matchAll(/\/v\/r4\/sim\/([\w-]+)\/fhir"/g)].map((found) => decoded(found[1] ?? ''))

    expect(codes.map((options) => [options[0], options[16]])).toEqual([
      [2, 'https://r4.example.org/fhir'],
      [3, 'https://r4.example.org/fhir'],
    ])
  })

  test('the command that makes a link makes that one', async () => {
    const command = commands.find((one) => one.command.startsWith('node -p '))?.command ?? ''
    const { out } = await run(process.execPath, ['-p', /^node -p "(.*)"$/.exec(command)?.[1] ?? ''])

    expect(out.trim()).toBe(link.searchParams.get('launch'))
  })
})

describe('commands', () => {
  /** Those that are not run here, and why. */
  const elsewhere: readonly (readonly [command: RegExp, why: string])[] = [
    [/^npm ci$/, 'fetches from the registry; it has been run, or nothing would run here'],
    [/^npm run build$/, 'docs.test.ts builds for its demo'],
    [
      /^npm run demo -- --ehr (generic|epic|oracle|launcher|medplum|keycloak)$/,
      'docs.test.ts starts the demo; the name is checked here',
    ],
    [/^umask 077$/, 'changes the shell it is typed in'],
    [/^mkdir -p data$/, 'npm run keys makes its directory itself'],
    [/^node --env-file=data\/housecall\.env dist\/server\/main\.js$/, 'is npm start, which the demo runs'],
    [/^node -p "/, 'is run above'],
    [/^npm run doctor -- https:\/\/\S+$/, 'asks a server on the internet'],
    [
      /^npm run fixtures -- https:\/\/\S+$/,
      'wants a token; the tests of the fixtures load with one, and by credentials',
    ],
    [
      /^npm run doctor -- riverside --env data\/housecall\.env$/,
      'reads settings of an EHR on the internet; its id is checked above',
    ],
  ]
  const here = [
    ...['npm run fixtures -- http://localhost:8080/fhir', 'npm run doctor -- http://localhost:8080/fhir'],
    'npm run --silent keys -- data --organisation riverside > data/housecall.env',
  ]

  test('each is run here, or is listed with the reason why it is not', () => {
    const all = [...new Set(commands.map(({ command }) => command))]

    expect(all.filter((one) => !here.includes(one) && !elsewhere.some(([pattern]) => pattern.test(one)))).toEqual([])
    expect(here.filter((one) => !all.includes(one))).toEqual([])
    expect(elsewhere.filter(([pattern]) => !all.some((one) => pattern.test(one)))).toEqual([])
  })

  let root = ''
  let server: StrictServer
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'housecall-ehrs-'))
    server = await strictServer(true, ({ path }) => (path.startsWith('.well-known/') ? { status: 404 } : undefined))
  })
  afterAll(async () => {
    server.close()
    await rm(root, { recursive: true, force: true })
  })

  test('the day is loaded into an open server, and the doctor says that nobody can sign in there', {
    timeout: 120_000,
  }, async () => {
    const loaded = await npm('fixtures', '--', server.base)
    const examined = await npm('doctor', '--', server.base)

    expect([loaded.code, loaded.out]).toEqual([0, expect.stringMatching(/\nDone: \d+ created, 0 updated, 0 failed\./)])
    expect([examined.code, examined.out]).toEqual([
      1,
      expect.stringMatching(/! smart-configuration .*no SMART sign-in/),
    ])
  })

  test('the keys are made, and what goes into the file of the environment is lines for it', {
    timeout: 120_000,
  }, async () => {
    const { code, out } = await npm('--silent', 'keys', '--', join(root, 'data'), '--organisation', 'riverside')

    expect(code).toBe(0)
    expect(
      out
        .trim()
        .split('\n')
        .filter((line) => !/^HOUSECALL_[A-Z_]+=\S+$/.test(line)),
    ).toEqual([])
  })
})

type Ran = { readonly code: number; readonly out: string }
const run = (command: string, given: readonly string[]) =>
  new Promise<Ran>((done) => {
    execFile(command, given, (cause, out) => done({ code: cause === null ? 0 : Number(cause.code), out }))
  })
const npm = (...given: readonly string[]) => run('npm', ['run', ...given])
