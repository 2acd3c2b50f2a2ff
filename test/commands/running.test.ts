// The commands a newcomer types, really run: the demo, the fixtures, the keys; and what is left of one that is ended from outside.
// The only tests of the units that need a build: two at the same time would write into one folder.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withGreedyPatient } from '../../bench/hostile.ts'
import type { Instant } from '../../server/domain/ids.ts'
import type { openPrinter as print } from '../../server/outside/pdf/printer.ts'
import { openStore } from '../../server/outside/store/lowdb.ts'
import { settings } from './settings.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'housecall-commands-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

type Ran = { readonly code: number; readonly out: string; readonly err: string }
const npm = (...given: readonly string[]) =>
  new Promise<Ran>((done) => {
    execFile('npm', ['run', '--silent', ...given], (cause, out, err) =>
      done({ code: cause === null ? 0 : Number(cause.code), out, err }),
    )
  })

test('npm run demo prints links that answer and lead to our page, whichever EHR it plays', {
  timeout: 240_000,
}, async () => {
  for (const [ehr, bases] of Object.entries(demoBases)) {
    // What the first one built is enough for the others.
    const command =
      ehr === 'generic'
        ? ['npm', 'run', '--silent', 'demo', '--']
        : [process.execPath, '--import', 'tsx', 'sandbox/demo.ts']
    const demo = await startDemo([...command, '--ehr', ehr, '--data', join(root, 'demo')])
    try {
      const links = [...demo.said.matchAll(/http:\/\/\S+/g)].map((found) => found[0])
      const paths = ['/desktop', '/portal', '/launch.html', '/', ...bases, '/', '/faults', '/mail']
      expect(links.map((link) => new URL(link).pathname)).toEqual(paths)
      for (const link of links.slice(0, 4)) expect([link, (await fetch(link)).status]).toEqual([link, 200])
      const [desktop = '', portal = '', page = ''] = links
      const issuers = links.slice(4, -3)
      expect([await launchedFrom(desktop), await launchedFrom(portal)]).toEqual([
        { page, iss: issuers[0] },
        { page, iss: issuers.at(-1) },
      ])
    } finally {
      await demo.stop()
    }
  }
  // npm may be gone a moment before what it started has cleared up.
  await expect.poll(() => readdir(join(root, 'demo')), { timeout: 120_000 }).toEqual([])
})

// The tsx command kills what it runs when that does not answer a signal within milliseconds, as on a busy machine: then the app goes on.
test('no command of ours stands behind a process that would kill it while it clears up', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: Record<string, string> } // sound: npm reads it so

  expect(Object.values(scripts).filter((script) => /(^|&& )(npx )?tsx /.test(script))).toEqual([])
})

test('npm run fixtures refuses what is no FHIR base, in a sentence', { timeout: 120_000 }, async () => {
  const { code, out } = await npm('fixtures', '--', 'not-an-address')
  expect(code).toBe(1)
  expect(out).toMatch(/is not a URL/)
})

test('npm run keys prints lines for the environment and nothing else', { timeout: 120_000 }, async () => {
  const { code, out } = await npm('keys', '--', join(root, 'keys'), '--organisation', 'riverside')
  expect(code).toBe(0)
  expect(out.trim().split('\n')).toEqual([
    expect.stringMatching(/^HOUSECALL_SEAL_KEYS=[0-9a-f]{8}:[\w-]{43}$/),
    expect.stringMatching(/^HOUSECALL_ROOM_KEY=[\w-]{43}$/),
    `HOUSECALL_CLIENT_KEYS=${join(root, 'keys', 'client-keys.json')}`,
    expect.stringMatching(/^HOUSECALL_JITSI_SECRET_RIVERSIDE=[\w-]{64}$/),
    expect.stringMatching(/^HOUSECALL_JITSI_EVENTS_RIVERSIDE=[\w-]{64}$/),
  ])
})

test('an app whose port is taken says so in a sentence, and ends', { timeout: 120_000 }, async () => {
  const there = createServer()
  await new Promise<void>((done) => there.listen(0, '127.0.0.1', done))
  const address = there.address()
  const taken = String(typeof address === 'object' ? address?.port : '')
  const texts = { es: { emergency: 'En una emergencia, llame al 911.' }, fr: { support: 'Accueil, 555-0100' } }
  const languages = ['en', 'es', 'fr', 'ar']
  const env = await settings(
    root,
    { HOUSECALL_PORT: taken, HOUSECALL_LOG: 'warn' },
    { languages, texts, accent: '#ffcc00' },
  )

  const { code, out, err } = await startApp(env)

  await new Promise((done) => there.close(done))
  // Until then it has warned of what its patients would miss.
  expect(out).toMatch(/"event":"own-colour".*"code":"accent-too-light"|"code":"accent-too-light".*"event":"own-colour"/)
  const warned = out.match(/\{.*own-text.*\}/g)?.map((line) => JSON.parse(line) as object) ?? [] // sound: a log of objects
  expect(warned).toEqual(
    ['fr', 'ar'].map((language) =>
      expect.objectContaining({ event: 'own-text', organisation: 'harbor', language, code: 'emergency-missing' }),
    ),
  )
  expect([code, err]).toEqual([
    69,
    expect.stringMatching(
      /^Housecall cannot start: listen EADDRINUSE: .*:\d+\. Choose another port with HOUSECALL_PORT\.\n$/,
    ),
  ])
})

/** Until it ends by itself. */
const startApp = (env: Readonly<Record<string, string>>) =>
  new Promise<Ran>((done) => {
    execFile(process.execPath, ['dist/server/main.js'], { env }, (cause, out, err) =>
      done({ code: Number(cause?.code ?? 0), out, err }),
    )
  })

/** The disc of this process answers each of these calls so, from the `after`th on. */
const disc = (calls: readonly string[], code: string, after = 1): string => {
  const program = `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module'; let n = 0
    for (const call of ${JSON.stringify(calls)}) { const as = fs.promises[call]
      fs.promises[call] = async (...given) => { if (++n < ${after}) return as(...given)
        throw Object.assign(new Error('${code}: so says the disc, ' + call), { code: '${code}', syscall: call }) } }
    syncBuiltinESMExports()`
  return `--import data:text/javascript,${encodeURIComponent(program)}`
}

let usual: ReturnType<typeof settings> | undefined

test.each([
  ['is full when it takes its lock', { NODE_OPTIONS: disc(['writeFile'], 'ENOSPC') }, 'is on a disc that is full'],
  ['is full when its index is written', { NODE_OPTIONS: disc(['open'], 'ENOSPC') }, 'is on a disc that is full'],
  [
    'is full when the audit trail is opened',
    { NODE_OPTIONS: disc(['chmod'], 'ENOSPC', 2) },
    'is on a disc that is full',
  ],
  ['is over its quota', { NODE_OPTIONS: disc(['writeFile'], 'EDQUOT') }, 'is on a disc that is full'],
  ['can only be read', { NODE_OPTIONS: disc(['mkdir'], 'EROFS') }, 'is on a disc that can only be read'],
  ['is another user’s', { NODE_OPTIONS: disc(['mkdir'], 'EACCES') }, 'may not be written to by the user'],
  ['may not be made ours', { NODE_OPTIONS: disc(['chmod'], 'EPERM') }, 'may not be written to by the user'],
  ['lies below a file', { HOUSECALL_DATA: '/proc/self/status/data' }, 'lies below something that is a file'],
  ['cannot be made', { NODE_OPTIONS: disc(['mkdir'], 'ENOENT') }, 'cannot be made'],
  ['breaks', { NODE_OPTIONS: disc(['open'], 'EIO') }, 'cannot be used: EIO'],
])(
  'an app whose data folder %s says so in a sentence that names it, and ends',
  { timeout: 120_000 },
  async (_name, but, says) => {
    usual ??= settings(root, { HOUSECALL_LOG: 'silent' })
    const env = { ...(await usual), HOUSECALL_DATA: join(await mkdtemp(join(root, 'data-')), 'data'), ...but }

    const { code, err } = await startApp(env)

    expect([code, err.trim().split('\n')]).toEqual([73, [expect.stringContaining(says)]])
    expect(err).toContain(`Housecall cannot start: the data folder ${env.HOUSECALL_DATA} (HOUSECALL_DATA) `)
  },
)

test('an app whose data folder was sealed with other keys, or holds something else, says so in a sentence, and ends', {
  timeout: 120_000,
}, async () => {
  const env = await settings(root, { HOUSECALL_LOG: 'silent' })
  const { ring, directory } = {
    ring: [{ kid: 'old', key: new Uint8Array(32) }],
    directory: join(env.HOUSECALL_DATA ?? '', 'rows'),
  }
  await (await openStore({ directory, ring })).close()
  const sealed = await startApp(env)
  await rm(directory, { recursive: true })
  const audit = join(env.HOUSECALL_DATA ?? '', 'audit')
  await mkdir(audit)
  await writeFile(join(audit, 'audit-2026-03.jsonl'), 'x'.repeat(100_000))
  const strange = await startApp(env)

  expect([sealed.code, sealed.err]).toEqual([
    73,
    expect.stringMatching(/ was sealed with a key that is not in HOUSECALL_SEAL_KEYS\. .*\n$/),
  ])
  expect([strange.code, strange.err]).toEqual([
    73,
    expect.stringMatching(/: audit-2026-03\.jsonl is not an audit trail\.\n$/),
  ])
})

test('an app whose log is on a full disc answers all the same, and ends when it is told to', {
  timeout: 120_000,
}, async () => {
  const port = await freePort()
  const env = await settings(root, { HOUSECALL_PORT: String(port) })
  const full = await open('/dev/full', 'w')
  const app = spawn(process.execPath, ['dist/server/main.js'], { env, stdio: ['ignore', full.fd, 'ignore'] })
  const ended = once(app, 'exit')
  const well = () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ status }) => status,
      () => 0,
    )

  await expect.poll(well, { timeout: 60_000 }).toBe(200)
  for (let i = 0; i < 50; i++) await well()
  app.kill('SIGTERM')

  expect(await ended).toEqual([0, null])
  await full.close()
})

test('the built app finds the thread that makes PDFs', { timeout: 120_000 }, async () => {
  const { openPrinter } = (await import(join(process.cwd(), 'dist/server/outside/pdf/printer.js'))) as {
    openPrinter: typeof print
  } // sound: built from it

  const made = await openPrinter()({
    title: 'Note',
    facts: [],
    sections: [],
    signature: '',
    at: '2026-03-02T09:30:00.000Z' as Instant,
  }) // sound: it is one

  expect(Buffer.from(made).toString('latin1')).toMatch(/^%PDF/)
})

test.each([40, 150, 199])(
  'an app that may have no more than %i files and connections open says so in a sentence, and ends',
  {
    timeout: 120_000,
  },
  async (allowed) => {
    const env = await settings(root, { HOUSECALL_LOG: 'silent' })

    const { code, err } = await new Promise<Ran>((done) => {
      const few = ['-c', `ulimit -n ${allowed}; exec "$@"`, 'sh', process.execPath, 'dist/server/main.js']
      execFile('/bin/sh', few, { env }, (cause, out, err) => done({ code: Number(cause?.code ?? 0), out, err }))
    })

    expect([code, err]).toEqual([
      78,
      expect.stringContaining(`ulimit -n: lets the app have ${allowed} files and connections open; it needs 200`),
    ])
  },
)

test('with 200 file handles and one greedy patient every note is saved, and everybody new gets in', {
  timeout: 240_000,
}, async () => {
  const { saved, arrived, trouble, connections } = await withGreedyPatient({ notes: 25, people: 5 })

  expect(trouble).toEqual([])
  expect([saved, arrived]).toEqual([25, 5])
  expect(connections).toBeGreaterThan(200)
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  'a benchmark that %s ends while it measures leaves no app and no folder behind',
  { timeout: 180_000 },
  async (signal) => {
    const place = await mkdtemp(join(root, 'bench-'))
    const bench = spawn(process.execPath, ['--import', 'tsx', 'bench/bench.ts', 'cold-start'], {
      env: { ...process.env, TMPDIR: place },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    bench.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    const ended = once(bench, 'exit')
    // The app says its port when it is ready, in a folder of the benchmark's.
    const port = await Promise.race([portOf(place), ended.then(() => Promise.reject(new Error(said)))])

    bench.kill(signal)

    expect(await ended).toEqual([1, null])
    expect(await answers(port)).toBe(false)
    expect((await readdir(place)).filter((name) => name.startsWith('housecall-'))).toEqual([])
  },
)

test('a demo that is ended before it is ready leaves no app and no folder behind', { timeout: 180_000 }, async () => {
  const port = await freePort()
  const data = join(root, 'early')
  const ports = ['--app-port', String(port), '--ehr-port', '0', '--jitsi-port', '0']
  const demo = spawn(process.execPath, ['--import', 'tsx', 'sandbox/demo.ts', '--data', data, ...ports], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(demo, 'exit')
  let said = ''
  demo.stdout.setEncoding('utf8').on('data', (piece: string) => {
    said += piece
  })
  // The keys are written just before the app is started.
  await expect
    .poll(() => existsSync(join(data, `demo-${demo.pid}`, 'client-keys.json')), { timeout: 150_000 })
    .toBe(true)

  demo.kill('SIGTERM')

  expect(await ended).toEqual([0, null])
  expect([said, await answers(port), await readdir(data)]).toEqual(['', false, []])
})

/** The port of the app whose log lies in the folder of a benchmark; 0 while there is none. */
async function portOf(place: string): Promise<number> {
  let port = 0
  const look = async () => {
    port ||= await portIn(place)
    return port
  }
  await expect.poll(look, { timeout: 150_000 }).toBeGreaterThan(0)
  return port
}

async function portIn(place: string): Promise<number> {
  const names = await readdir(place, { recursive: true })
  const log = names.find((name) => name.endsWith('app.log'))
  const said = log === undefined ? '' : await readFile(join(place, log), 'utf8')
  return Number(/"port":(\d+)/.exec(said)?.[1] ?? 0)
}

const answers = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, 'localhost')
    socket.once('connect', () => done(true)).once('error', () => done(false))
    socket.once('connect', () => socket.destroy())
  })

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, 'localhost', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Where each kind of EHR has its FHIR base: the clinicians', then the patients' where they have one of their own. */
const tenant = 'c0ffee00-4a1b-4c58-9d2e-5a0d0b0e1ab5'
const demoBases = {
  generic: ['/fhir'],
  epic: ['/interconnect-fhir-oauth/api/FHIR/R4'],
  oracle: [`/r4/${tenant}`, `/myrecord/r4/${tenant}`],
  launcher: ['/v/r4/fhir'],
}

/** Presses the first video visit there is on a desktop or a portal: which of our pages that opens, and for whom. */
async function launchedFrom(face: string) {
  const shown = await (await fetch(face)).text()
  const link = /href="(\/(?:desktop|portal)\/launch\?[^"]*appointment=[^"]*)"/.exec(shown)?.[1] ?? ''
  const { status, url } = await fetch(new URL(link.replaceAll('&amp;', '&'), face))
  const { origin, pathname, searchParams } = new URL(url)
  expect([status, searchParams.get('launch')]).toEqual([200, expect.stringMatching(/^[\w-]{43}$/)])
  return { page: `${origin}${pathname}`, iss: searchParams.get('iss') }
}

/** On free ports, in a process group of its own, which `stop` ends as Ctrl+C in a terminal does. */
async function startDemo([program = '', ...given]: readonly string[]) {
  const ports = ['--app-port', '0', '--ehr-port', '0', '--jitsi-port', '0']
  const child = spawn(program, [...given, ...ports], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  let said = ''
  const ready = new Promise<void>((done, fail) => {
    const late = setTimeout(() => fail(new Error(`no links in time, only: ${said}`)), 150_000)
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (piece: string) => {
        said += piece
        if (said.includes('Ctrl+C')) done(clearTimeout(late))
      })
    void ended.then(() => fail(new Error(`the demo ended: ${said}`)))
  })
  const stop = async () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT')
    await ended
  }
  await ready.catch(async (cause: unknown) => {
    await stop()
    throw cause
  })
  return { said, stop }
}
