// The app's image: its recipe is read, checked, and walked in folders; what comes out is started, asked how it is, and told to stop.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { validate } from 'dockerfile-utils'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { filesIn, isPackage, packageOf } from '../support/sources.ts'
import { stagesOf, text } from './deploy.ts'
import { meant, productionPackages, walked } from './image.ts'

const recipe = 'deploy/Dockerfile'
const stages = stagesOf(recipe)
const every = Object.values(stages).flat()
const of = (stage: string, verb: string) => (stages[stage] ?? []).filter((one) => one.verb === verb).map((o) => o.words)
/** The last of an instruction counts. */
const last = (verb: string) => of('app', verb).at(-1) ?? ''
const words = (list: string) => z.array(z.string()).parse(JSON.parse(list))

const root = mkdtempSync(join(tmpdir(), 'housecall-image-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('the recipe', () => {
  test('is well formed', () => {
    expect(validate(text(recipe)).map(({ message }) => message)).toEqual([])
  })

  test('builds in one stage, puts packages together in another, and runs the third, all on one exact Node', () => {
    const bases = every.filter(({ verb }) => verb === 'FROM').map((one) => one.words.split(' ')[0])

    expect(Object.keys(stages)).toEqual(['build', 'packages', 'app'])
    expect(new Set(bases).size).toBe(1)
    expect(bases[0]).toMatch(/^node:(20|22)\.\d+\.\d+-bookworm-slim$/)
    // As package.json wants it, and the build tools (Vite: 20.19, or 22.12 and later).
    const [, major, minor] = /^node:(\d+)\.(\d+)/.exec(bases[0] ?? '') ?? []
    expect(Number(major) * 100 + Number(minor)).toBeGreaterThanOrEqual(2019)
  })

  test('ends as nobody special, and lets a stop reach the app itself', () => {
    expect(last('USER')).toBe('1000:1000')
    expect(last('STOPSIGNAL')).toBe('SIGTERM')
    expect(words(last('CMD'))).toEqual(['node', 'dist/server/main.js'])
    expect(every.filter(({ verb }) => verb === 'ENTRYPOINT')).toEqual([])
  })

  test('says how to ask whether the app is well, with nothing but node', () => {
    expect(words(last('HEALTHCHECK').replace(/^.*?CMD /, ''))[0]).toBe('node')
  })

  test('brings nothing from elsewhere, and no secret', () => {
    expect(every.filter(({ verb }) => verb === 'ADD' || verb === 'ARG')).toEqual([])
    expect(every.filter((one) => /https?:\/\/(?!127\.0\.0\.1)|SECRET|_KEY/.test(one.words))).toEqual([])
  })

  test('brings what is in the repository, and the list of what may go into a layer has just that', () => {
    const brought = every
      .filter((one) => one.verb === 'COPY' && !one.words.startsWith('--from'))
      .flatMap((one) => one.words.split(' ').slice(0, -1))
    const allowed = text('deploy/Dockerfile.dockerignore').match(/^!.+$/gm) ?? []

    expect(brought.filter((path) => meant(path).length === 0)).toEqual([])
    expect(brought.flatMap(meant).filter((path) => !existsSync(path))).toEqual([])
    expect(text('deploy/Dockerfile.dockerignore')).toMatch(/^\*$/m)
    expect(allowed.map((line) => line.slice(1)).toSorted()).toEqual([...new Set(brought)].toSorted())
  })
})

test('the server needs nothing that is for development only', () => {
  const { dependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(text('package.json')))
  const imports = filesIn('server').flatMap((file) => file.imports.filter(({ typesOnly }) => !typesOnly))
  const needed = imports.map(({ to }) => to).filter((to) => isPackage(to) && !to.startsWith('node:'))
  const left = productionPackages()

  expect(needed.length).toBeGreaterThan(10)
  expect(needed.map(packageOf).filter((name) => !(name in dependencies))).toEqual([])
  expect(Object.keys(dependencies).filter((name) => !left.includes(`node_modules/${name}`))).toEqual([])
})

/** What the image's own settings are, with the folders of this test instead of the container's. */
function settings(port: number): Readonly<Record<string, string>> {
  const given = Object.fromEntries(
    last('ENV')
      .split(' ')
      .map((pair) => pair.split('=', 2)),
  )
  expect(given).toMatchObject({ NODE_ENV: 'production', HOUSECALL_DATA: '/var/lib/housecall', HOUSECALL_PORT: '4000' })
  const key = (byte: number) => Buffer.alloc(32, byte).toString('base64url')
  const clientKeys = join(root, 'client-keys.json')
  writeFileSync(clientKeys, JSON.stringify({ keys: [{ kty: 'EC', kid: 'k', alg: 'ES384', d: key(5) }] }))
  return {
    ...given,
    PATH: process.env.PATH ?? '',
    HOUSECALL_CONFIG: join(process.cwd(), 'deploy/organisations.example.json'),
    HOUSECALL_DATA: join(root, 'data'),
    HOUSECALL_PORT: String(port),
    HOUSECALL_URL: 'https://visits.example.org',
    HOUSECALL_SEAL_KEYS: `k1:${key(7)}`,
    HOUSECALL_ROOM_KEY: key(9),
    HOUSECALL_JITSI_SECRET_RIVERSIDE: 'j'.repeat(40),
    HOUSECALL_CLIENT_KEYS: clientKeys,
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

const ends = (command: readonly string[], env: Readonly<Record<string, string>>) =>
  new Promise<number>((done) => {
    execFile(process.execPath, command.slice(1), { env }, (cause) => done(cause === null ? 0 : Number(cause.code)))
  })

test('what the recipe builds starts with production packages alone, is well, and stops when told', async () => {
  const { app = '' } = walked(stages, root)
  const env = settings(await freePort())
  const health = words(last('HEALTHCHECK').replace(/^.*?CMD /, ''))
  expect(existsSync(join(app, 'node_modules/express'))).toBe(true)
  expect(existsSync(join(app, 'node_modules/vitest'))).toBe(false)

  expect(await ends(health, env)).toBe(1)
  // Links are kept as they are: a package sees its neighbours in this folder, and not those in the repository.
  const links = ['--preserve-symlinks', '--preserve-symlinks-main']
  const running = spawn(process.execPath, [...links, ...words(last('CMD')).slice(1)], { cwd: app, env })
  const ended = once(running, 'exit')
  const said: string[] = []
  await Promise.race([
    (async () => {
      for await (const line of createInterface(running.stdout)) if (said.push(line) && line.includes('"ready"')) return
    })(),
    ended.then(() => Promise.reject(new Error(`it ended: ${said.join('\n')}${running.stderr.read() ?? ''}`))),
  ])
  expect(await ends(health, env)).toBe(0)
  const signIns = [...links, 'dist/server/sign-ins.js', 'list', '--json']
  const listed = await promisify(execFile)(process.execPath, signIns, {
    cwd: app,
    env: { HOUSECALL_DATA: env.HOUSECALL_DATA },
  })
  expect(JSON.parse(listed.stdout)).toEqual([])
  running.kill('SIGTERM')

  expect(await ended).toEqual([0, null])
  expect(readFileSync(join(app, 'package.json'), 'utf8')).toContain('"type": "module"')
}, 300_000)
