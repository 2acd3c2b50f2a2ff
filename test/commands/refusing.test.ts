// A command that needs something that is not there says so in a sentence, with a code, before it does anything.
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { programRuns } from '../support/command.ts'
import { settings } from './settings.ts'

let [folder, file, taken] = ['', '', '']
const listener = createServer()
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'housecall-commands-'))
  file = join(folder, 'a-file')
  await writeFile(file, 'nothing of use')
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done))
  const address = listener.address()
  taken = String(typeof address === 'object' ? address?.port : '')
})
afterAll(async () => {
  await new Promise((done) => listener.close(done))
  await rm(folder, { recursive: true, force: true })
})

type Ended = { readonly code: number; readonly said: readonly string[] }
type Where = { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> }

const run = async (program: string, given: readonly string[], { cwd, env }: Where = {}): Promise<Ended> => {
  const where = { env: { ...process.env, ...env }, ...(cwd === undefined ? {} : { cwd }) }
  const { code, out, err } = await programRuns(program, given, where)
  return { code, said: (err || out).trim().split('\n') }
}
const tsx = ['--import', 'tsx']
const script = (...given: readonly string[]) => run(process.execPath, [...tsx, ...given])
const withoutBrowser = (...given: readonly string[]) =>
  run(process.execPath, [...tsx, ...given], { env: { CHROMIUM: '/nowhere/chromium' } })

const commands: readonly [what: string, run: () => Promise<Ended>, code: number, says: RegExp][] = [
  [
    'a benchmark nobody knows',
    () => script('bench/bench.ts', 'launch', 'toString'),
    64,
    /no benchmark toString\. There are: bundle, /,
  ],
  [
    'all benchmarks without a browser',
    () => withoutBrowser('bench/bench.ts'),
    69,
    /needs a browser\. Install a Chromium/,
  ],
  [
    'the browser tests without a browser',
    () => withoutBrowser('node_modules/@playwright/test/cli.js', 'test'),
    1,
    /need a Chromium\. Install/,
  ],
  [
    'the tests with a browser named that is none',
    () => withoutBrowser('scripts/install-browser.ts'),
    1,
    /need a Chromium\. Install/,
  ],
  ['the units on no line of Node', () => script('scripts/test-node.ts'), 1, /^On which line of Node\? Name one, 20 or/],
  [
    'the units on a word',
    () => script('scripts/test-node.ts', 'latest'),
    1,
    /^"latest" is no line of Node: a line is a whole number, as in npm run test:node -- 24$/,
  ],
  [
    'the units on a line that is too old',
    () => script('scripts/test-node.ts', '18'),
    1,
    /^The app runs on Node 20 and later, and not on 18: npm run test:node -- 24$/,
  ],
  [
    'a demo of an EHR nobody knows',
    () => script('sandbox/demo.ts', '--ehr', 'toString'),
    1,
    /no EHR called toString\. Choose one of: generic, /,
  ],
  [
    'a demo with a fault nobody knows',
    () => script('sandbox/demo.ts', '--fault', 'fhir-500', '--fault', 'toString'),
    1,
    /There is no fault called toString\. Choose of these:/,
  ],
  [
    'a demo at a port that is none',
    () => script('sandbox/demo.ts', '--app-port', 'http'),
    1,
    /--app-port is a number up to 65535.* not "http"/,
  ],
  [
    'a demo at a port that is taken',
    () => script('sandbox/demo.ts', '--ehr-port', taken),
    1,
    /Port \d+ is taken\. Choose others: npm run demo/,
  ],
  [
    'a demo in a folder that is a file',
    () => script('sandbox/demo.ts', '--data', file),
    1,
    /no folder in .*a-file \(ENOTDIR\)/,
  ],
  ['fixtures for no server', () => script('fhir-fixtures/load.ts'), 1, /No server was given\. Give the base URL/],
  [
    'keys in a folder that is a file',
    () => script('scripts/keys.ts', file, '--organisation', 'harbor'),
    1,
    /client-keys\.json cannot be made \(EEXIST\)/,
  ],
  ['a doctor without a patient', () => script('doctor/main.ts'), 2, /^Usage: npm run doctor/],
  [
    'a doctor with an environment that is a folder',
    () => script('doctor/main.ts', 'harbor', '--env', folder),
    2,
    /no file .* that can be read/,
  ],
  [
    'an app without a setting',
    () => script('server/main.ts'),
    78,
    /^Housecall cannot start\. Please mend these settings:/,
  ],
  [
    'an app whose folder is a file',
    async () =>
      run(process.execPath, [...tsx, 'server/main.ts'], { env: await settings(folder, { HOUSECALL_DATA: file }) }),
    73,
    /^Housecall cannot start: the data folder .*a-file \(HOUSECALL_DATA\) .*(EEXIST|ENOTDIR)/,
  ],
  ['an app that was never built', neverBuilt, 66, /no build yet: run npm run build first/],
]

test.each(commands)(
  '%s ends with a sentence, its code, and no stack',
  { timeout: 120_000 },
  async (_what, end, code, says) => {
    const ended = await end()

    expect({ code: ended.code, said: ended.said[0] ?? '' }).toEqual({ code, said: expect.stringMatching(says) })
    expect(ended.said.filter((line) => /^\s+at |^Node\.js v/.test(line))).toEqual([])
  },
)

test('the walk in other browsers says of each in a line that it is not installed, and does not fail for it', async () => {
  const env = { FIREFOX: '/nowhere/firefox', WEBKIT_DRIVER: '/nowhere/driver' }

  const ended = await run(process.execPath, [...tsx, 'scripts/test-browsers.ts'], { env })

  expect(ended).toEqual({
    code: 0,
    said: [
      expect.stringMatching(
        /^Firefox was not tried: there is no firefox on this machine\. On Debian: apt-get install /,
      ),
      expect.stringMatching(/^WebKit was not tried: there is no WebKitWebDriver( and no Xvfb)? on this machine\. On /),
    ],
  })
})

/** `npm start` where there is this package and nothing else. */
async function neverBuilt(): Promise<Ended> {
  const place = await mkdtemp(join(folder, 'clone-'))
  await copyFile('package.json', join(place, 'package.json'))
  return run('npm', ['start', '--silent'], { cwd: place })
}
